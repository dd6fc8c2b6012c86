"""`maavi feedback export`: what the users thought of the answers, as JSON lines."""

import argparse
from contextlib import closing

from assistant.commands.arguments import Commands, add_command, add_subcommands
from assistant.commands.exits import DONE
from assistant.commands.output import counted, print_json, say
from assistant.settings import load_settings


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    below = add_subcommands(commands, "feedback", "brugernes tilbagemeldinger på svarene")
    add_command(
        below,
        "export",
        run_export,
        "skriv dem som JSON-linjer, den ældste først",
        "Hver linje har spørgsmål, svar, årsag, kommentar, kilder, dato og svarets spor; "
        "ikke hvem der skrev.",
    )


def run_export(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    from assistant.store.store import Store

    with closing(Store(load_settings())) as store:
        store.open()
        number = 0
        for feedback in store.feedback.all():
            print_json(feedback.to_json())
            number += 1
    say(f"{counted(number, 'tilbagemelding', 'tilbagemeldinger')}.")
    return DONE
