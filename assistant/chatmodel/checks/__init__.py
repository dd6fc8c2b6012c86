"""Whether a claim stands in the passages that it cites: one thing looked at in each module."""
