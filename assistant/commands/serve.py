"""`maavi serve`: the chat in the browser."""

import argparse

from assistant.commands.arguments import Commands, add_command, number_between
from assistant.commands.exits import DONE
from assistant.settings import load_settings

HOST = "localhost"
PORT = 8000


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = add_command(commands, "serve", run, f"åbn chatten på http://{HOST}:{PORT}")
    parser.options.add_argument(
        "--host",
        metavar="NAVN",
        default=HOST,
        help=f"adressen, der lyttes på ({HOST}; 0.0.0.0 er alle maskinens)",
    )
    parser.options.add_argument(
        "--port", type=number_between(0, 65_535), default=PORT, help=f"porten ({PORT})"
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    settings = load_settings()
    from assistant.web.server import serve

    serve(settings, arguments.host, arguments.port)
    return DONE
