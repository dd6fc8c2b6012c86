"""`maavi doctor`: what is configured, what works, what is missing, and what to do about it."""

import argparse
from collections.abc import Iterator

from assistant.commands.arguments import Commands, add_command
from assistant.commands.checks import Check, bad
from assistant.commands.exits import DONE, FAILED
from assistant.errors import SettingsError
from assistant.settings import load_settings


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    add_command(
        commands,
        "doctor",
        run,
        "se, hvad der er sat op, hvad der mangler, og hvad du kan gøre",
        "✓ er i orden, ! bør du se på, ✗ skal rettes.",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    wrong = False
    for check in _checks():
        print(check.line(), flush=True)
        wrong = wrong or check.mark == "✗"
    return FAILED if wrong else DONE


def _checks() -> Iterator[Check]:
    from assistant.commands import check_accounts, check_corpus, check_machine

    yield from check_machine.installation()
    try:
        settings = load_settings()
    except SettingsError as error:
        yield from (bad(line, "Ret den, og kør igen.") for line in str(error).splitlines())
        return
    yield from check_machine.in_force(settings)
    yield from check_corpus.all_of(settings)
    yield from check_accounts.all_of(settings)
    if settings.llm:
        from assistant.commands import check_model

        yield from check_model.all_of(settings)
    yield from check_machine.room(settings)
