"""`maavi ingest`: read the PDFs of a folder into the index, and say what became of each."""

import argparse
import contextlib
import errno
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.arguments import Commands, add_command, add_index, add_json, folder
from assistant.commands.disk import free_bytes
from assistant.commands.exits import DONE, SOME_REJECTED
from assistant.commands.output import counted, print_json, printable, say
from assistant.errors import UsageError
from assistant.settings import Settings, load_settings
from ingest.errors import IngestError

if TYPE_CHECKING:
    from ingest.run import DocumentReport, Outcome, Report

_IN_DANISH: "dict[Outcome, str]" = {
    "added": "tilføjet",
    "updated": "opdateret",
    "unchanged": "uændret",
    "removed": "fjernet",
    "rejected": "afvist",
}
_WIDEST_NAME = 44
_FULL = 16 * 2**20  # bytes free below which a failure is put down to the disk


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands,
        "ingest",
        run,
        "læs PDF'erne i en mappe ind i indekset",
        "Kun nye og ændrede PDF'er læses. documents.toml i mappen fortæller om hver af dem.",
    )
    parser.words.add_argument(
        "corpus",
        metavar="MAPPE",
        nargs="?",
        type=folder,
        help="mappen med PDF'er (ellers MAAVI_CORPUS, ellers corpus/)",
    )
    add_index(parser)
    add_json(parser, "rapporten som ét JSON-objekt")


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    settings = load_settings(index=arguments.index, corpus=arguments.corpus)
    if settings.index.exists() and not settings.index.is_dir():
        raise UsageError(f"{settings.index}: er en fil. Vælg en mappe til indekset.")
    # Whatever a library prints must not get between the lines of the report.
    with contextlib.redirect_stdout(sys.stderr):
        report = _ingested(settings)
    if report.rebuilt:
        say(f"Bemærk: {report.rebuilt}.")
    if not _documents(report):
        say(f"{settings.corpus}: her er ingen PDF'er. Læg nogle i mappen, og kør igen.")
    if arguments.json:
        print_json(_row(report))
    else:
        print(_text(report))
    return SOME_REJECTED if report.rejected else DONE


def _ingested(settings: Settings) -> "Report":
    from assistant.commands.progress import TerminalProgress
    from ingest.embedders import embedder_named
    from ingest.run import ingest_corpus

    embedder = embedder_named(settings.embedder)
    with _full_disk_named(settings.index), contextlib.closing(TerminalProgress()) as progress:
        return ingest_corpus(
            settings.corpus, settings.index, embedder, progress, settings.pdf_patience
        )


@contextlib.contextmanager
def _full_disk_named(index: Path) -> Iterator[None]:
    """Numpy, SQLite and Chroma each have an error of their own for a full disk: make it one."""
    try:
        yield
    except IngestError:
        raise
    except Exception as error:
        if free_bytes(index) > _FULL:
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(index)) from error


def _documents(report: "Report") -> "list[DocumentReport]":
    """Those that the folder or its register names."""
    return [d for d in report.documents if d.status != "removed"]


def _row(report: "Report") -> dict[str, Any]:
    return {
        "documents": [asdict(document) for document in report.documents],
        "passages": report.passages,
        "seconds": report.seconds,
    }


def _text(report: "Report") -> str:
    return "\n".join((*_lines(report.documents), _summary(report)))


def _lines(documents: "Sequence[DocumentReport]") -> Iterator[str]:
    names = [printable(document.document) for document in documents]
    width = min(max(map(len, names), default=0), _WIDEST_NAME)
    for name, document in zip(names, documents, strict=True):
        yield f"{_IN_DANISH[document.status]:<9}  {name:<{width}}  {_found(document)}".rstrip()


def _found(document: "DocumentReport") -> str:
    if document.status in ("removed", "rejected"):
        return printable(document.reason)
    pages = counted(document.pages, "side ", "sider")
    passages = counted(document.passages, "afsnit", "afsnit")
    return f"{pages:>11}  {passages:>13}  {document.reason}"


def _summary(report: "Report") -> str:
    became = Counter(document.status for document in report.documents)
    parts = [f"{became[status]} {word}" for status, word in _IN_DANISH.items() if became[status]]
    seconds = f"{report.seconds:.1f}".replace(".", ",")
    passages = f"{report.passages:,}".replace(",", ".")
    done = f"{', '.join(parts)}. " if parts else ""
    return f"{done}{passages} afsnit i indekset. {seconds} sekunder."
