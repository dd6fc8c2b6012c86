"""`maavi retention`: delete the conversations that are too old, or see which would go."""

import argparse
from contextlib import closing

from assistant.commands.arguments import Commands, add_command
from assistant.commands.exits import DONE
from assistant.commands.output import counted
from assistant.settings import load_settings


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "retention",
        run,
        "slet samtaler, der er ældre end MAAVI_RETENTION_DAYS",
        "Chatten gør det selv, når den starter, og derefter hver dag.",
    )
    parser.options.add_argument(
        "--dry-run", action="store_true", help="vis kun, hvad der ville blive slettet"
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    from assistant.store.retention import expire, expired
    from assistant.store.store import Store

    settings = load_settings()
    with closing(Store(settings)) as store:
        store.open()
        found = (expired if arguments.dry_run else expire)(store.database, settings.retention_days)
    told = "ville blive slettet" if arguments.dry_run else "er slettet"
    parts = (
        counted(found.threads, "samtale", "samtaler"),
        counted(found.steps, "trin", "trin"),
        counted(found.feedback, "tilbagemelding", "tilbagemeldinger"),
    )
    days = counted(settings.retention_days, "dag", "dage")
    print(f"{parts[0]} med {parts[1]} og {parts[2]} {told}: ingen har skrevet i dem i {days}.")
    return DONE
