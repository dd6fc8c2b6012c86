"""Verdicts: what a question asks leave for, the rules that match it, and what follows from them."""
