"""The exit codes of `maavi`; scripts depend on them."""

DONE = 0
FAILED = 1
WRONG_USE = 2
SOME_REJECTED = 3
INTERRUPTED = 130
