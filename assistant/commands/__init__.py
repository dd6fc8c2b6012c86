"""One module a command: what it takes on the command line, and what it does.

Each has `add_to(commands)` and `run(arguments) -> exit code`. They import the heavy parts when they
run, so that one command does not wait for what only another needs.
"""
