"""The files of the corpus folder: whether one can be a PDF, before anything tries to read it."""

import hashlib
import re
from pathlib import Path

from ingest.errors import PdfRejected

# What a file name may hold and a line of text may not.
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\ud800-\udfff\x00-\x1f\x7f\u2028\u2029]")


def check_file(path: Path, corpus: Path) -> None:
    """Raises PdfRejected unless `path` is a file that lies in the folder `corpus`."""
    if _SURROGATES.search(path.name):
        raise PdfRejected("har et filnavn, der ikke er UTF-8; giv filen et andet navn")
    if not path.exists():
        broken = path.is_symlink()
        raise PdfRejected("er en genvej til intet" if broken else "findes ikke i mappen")
    if not path.resolve().is_relative_to(corpus.resolve()):
        raise PdfRejected("er en genvej til en fil uden for mappen; læg selve filen i mappen")
    if not path.is_file():
        raise PdfRejected("er ikke en fil")


def check_content(path: Path) -> None:
    """Raises PdfRejected unless the file at `path` begins like a PDF."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise PdfRejected("er tom (0 byte)")
    if b"%PDF-" not in head:
        web_page = head.lstrip()[:1] == b"<"
        raise PdfRejected(
            f"er ikke en PDF{', men en webside' if web_page else ''}; gem den som PDF"
        )


def digest(path: Path) -> str:
    """The SHA-256 of the file at `path`, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encodable(name: str) -> str:
    """`name` as it can be written in UTF-8."""
    return _SURROGATES.sub("\ufffd", name)


def one_line(text: str) -> str:
    """`text` without line breaks and other signs that do not print."""
    return _UNPRINTABLE.sub("\ufffd", text)
