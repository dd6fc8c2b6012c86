"""A conversation as a file that its user takes along: Markdown or PDF."""
