"""`maavi eval`: how good the answers are, on sets of questions."""

import argparse
from pathlib import Path

from assistant.commands.arguments import Commands, add_command, add_index, add_json, folder
from assistant.errors import UsageError
from assistant.settings import load_settings


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = add_command(commands, "eval", run, "mål, hvor gode svarene er, på sæt af spørgsmål")
    parser.options.add_argument(
        "--questions",
        metavar="FIL",
        type=Path,
        nargs="+",
        default=[],
        help="filer med spørgsmål, en JSON-linje til hvert (ellers det til dokumenterne i corpus/)",
    )
    parser.options.add_argument(
        "--beir",
        metavar="MAPPE",
        type=folder,
        help="mål i stedet søgningen på et sæt i BEIR-form: corpus.jsonl, queries.jsonl, qrels.tsv",
    )
    add_index(parser)
    add_json(parser, "målingerne som ét JSON-objekt")


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    settings = load_settings(index=arguments.index)
    if arguments.beir:
        return _beir(arguments.beir, settings.embedder, arguments.json)
    for file in arguments.questions:
        if not file.is_file():
            raise UsageError(f"--questions {file}: der er ingen fil med det navn.")
    from evals import report

    code: int = report.run(settings, arguments.questions, arguments.json)
    return code


def _beir(place: Path, embedder: str, as_json: bool) -> int:
    if not place.is_dir():
        raise UsageError(f"--beir {place}: der er ingen mappe med det navn.")
    from evals import beir
    from ingest.embedders import embedder_named

    code: int = beir.run(place, embedder_named(embedder), as_json)
    return code
