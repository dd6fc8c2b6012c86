"""argparse in Danish, and the arguments that several commands share."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from assistant.errors import UsageError

Run = Callable[[argparse.Namespace], int]
Commands = Any  # argparse's own type for what add_subparsers returns is private

# argparse takes its messages from the system's locale, which is hardly ever Danish.
_IN_DANISH = tuple(
    (re.compile(pattern, re.DOTALL), danish)
    for pattern, danish in (
        (r"the following arguments are required: (.*)", r"\1 mangler"),
        (r"one of the arguments (\S+) (\S+) is required", r"angiv enten \1 eller \2"),
        (r"unrecognized arguments: (.*)", r'kender ikke \1; sæt "" om en tekst med mellemrum'),
        (r"argument (.*?): not allowed with argument (.*)", r"\1 kan ikke bruges sammen med \2"),
        (r"argument (.*?): expected .*", r"\1 mangler sin værdi"),
        (r"argument (.*?): ignored explicit argument (.*)", r"\1 tager ingen værdi (fik \2)"),
        (
            r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
            r"\1 kan ikke være \2; vælg mellem \3",
        ),
        (r"argument (.*?): (.*)", r"\1: \2"),
    )
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Danish, and raises UsageError where others exit."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog,
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self.words = self.add_argument_group("argumenter")
        self.options = self.add_argument_group("valgmuligheder")
        self.options.add_argument("-h", "--help", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        """See argparse."""
        raise UsageError(f"{self.format_usage()}{self.prog}: {_danish(message)}.")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "brug: " if prefix is None else prefix)


def add_command(commands: Commands, name: str, run: Run, purpose: str, more: str = "") -> Parser:
    """A parser for the command `name`, which `run` carries out; `more` follows in its help."""
    description = f"{purpose[0].upper()}{purpose[1:]}.\n{more}".strip()
    parser: Parser = commands.add_parser(name, help=purpose, description=description)
    parser.set_defaults(run=run)
    return parser


def add_subcommands(commands: Commands, name: str, purpose: str) -> Commands:
    """Where the commands below `name` are added."""
    parser: Parser = commands.add_parser(
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}."
    )
    return parser.add_subparsers(
        title="kommandoer", dest=f"{name}_command", metavar="KOMMANDO", required=True
    )


def add_index(parser: Parser) -> None:
    """`--index DIR`."""
    parser.options.add_argument(
        "--index", metavar="MAPPE", type=folder, help="mappen med indekset (ellers MAAVI_INDEX)"
    )


def add_json(parser: Parser, result: str) -> None:
    """`--json`."""
    parser.options.add_argument("--json", action="store_true", help=f"skriv {result}")


def add_question_or_batch(parser: Parser, name: str, purpose: str, keys: str) -> None:
    """One text on the command line, or a file of JSON lines."""
    either = parser.words.add_mutually_exclusive_group(required=True)
    either.add_argument("question", metavar=name, nargs="?", help=purpose)
    either.add_argument(
        "--batch",
        metavar="FIL",
        help=f'mange på én gang: en JSON-linje til hver, med {keys}; "-" er standard input',
    )


def folder(text: str) -> Path:
    """A path that was given; for argparse."""
    if not text.strip():
        raise argparse.ArgumentTypeError("navnet er tomt")
    return Path(text)


def number_between(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`; for argparse."""

    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"skal være et helt tal fra {least} til {most}")

    return read


def _danish(message: str) -> str:
    for english, danish in _IN_DANISH:
        if match := english.fullmatch(message):
            return match.expand(danish)
    return message
