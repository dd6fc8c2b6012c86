"""The report: one HTML file in Danish that needs nothing else, for who is no engineer."""
