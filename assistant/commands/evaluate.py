"""`maavi eval`: how good the answers are, on sets of questions."""

import argparse
from pathlib import Path

from assistant.commands.arguments import Commands, Parser, add_command, add_index, add_json, folder
from assistant.errors import UsageError
from assistant.settings import load_settings

_MORE = """Uden valg måles der på sættene i evals/questions/*.reporting.jsonl, og der sammenlignes
med evals/baseline.json. Egne spørgsmål kan stå i JSON-linjer, CSV eller XLSX."""


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    purpose = "mål, hvor gode svarene er, på sæt af spørgsmål"
    parser = add_command(commands, "eval", run, purpose, _MORE)
    _add_files(parser)
    _add_instead(parser)
    add_index(parser)
    add_json(parser, "målingerne som ét JSON-objekt")


def _add_files(parser: Parser) -> None:
    add = parser.options.add_argument
    add("--questions", metavar="FIL", type=Path, nargs="+", default=[],
        help="filer med spørgsmål (.jsonl, .csv eller .xlsx)")  # fmt: skip
    add("--answers", metavar="FIL", type=Path,
        help="brug svar, som er optaget med --save, i stedet for at spørge")  # fmt: skip
    add("--save", metavar="FIL", type=Path, help="gem svarene som JSON-linjer")
    add("--report", metavar="FIL", type=Path, help="skriv en rapport, der kan åbnes i en browser")
    add("--gate", action="store_true",
        help="fejl (kode 1), hvis svarene er blevet ringere, end det er tilladt")  # fmt: skip
    add("--judge", metavar="MAPPE", type=folder,
        help="lad også sprogmodellen i MAAVI_LLM bedømme; dens svar gemmes i mappen")  # fmt: skip


def _add_instead(parser: Parser) -> None:
    add = parser.options.add_argument
    add("--ablate", action="store_true", help="sluk én del ad gangen, og vis, hvad den er værd")
    add("--compare", metavar=("A", "B"), type=Path, nargs=2,
        help="sammenlign i stedet to målinger, som er skrevet med --json")  # fmt: skip
    add("--template", metavar="FIL", type=Path,
        help="skriv en tom skabelon til egne spørgsmål (.csv eller .xlsx)")  # fmt: skip
    add("--check", action="store_true", help="efterse spørgsmålene uden at stille dem")
    add("--feedback", metavar="FIL", type=Path,
        help="lav tommelfingre ned fra chatten om til forslag til spørgsmål")  # fmt: skip
    add("--beir", metavar="MAPPE", type=folder, help="mål i stedet søgningen på et sæt i BEIR-form"
        ": corpus.jsonl, queries.jsonl, qrels.tsv")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    settings = load_settings(index=arguments.index)
    if arguments.beir:
        return _beir(arguments.beir, settings.embedder, arguments.json)
    for file in arguments.questions:
        if not file.is_file():
            raise UsageError(f"--questions {file}: der er ingen fil med det navn.")
    from evals.command import carry_out

    code: int = carry_out(arguments, settings)
    return code


def _beir(place: Path, embedder: str, as_json: bool) -> int:
    if not place.is_dir():
        raise UsageError(f"--beir {place}: der er ingen mappe med det navn.")
    from evals import beir
    from ingest.embedders import embedder_named

    code: int = beir.run(place, embedder_named(embedder), as_json)
    return code
