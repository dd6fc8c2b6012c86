"""Lines of text, with their place and type, out of PDF files.

pypdf reads; pypdfium2 is the second opinion for pages where pypdf fails or finds no text.
Pages count from 1 here and everywhere after.
"""

import logging
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pypdf
import pypdf.errors
import pypdfium2
import pypdfium2.raw
from pypdf.generic import DecodedStreamObject, NameObject

from ingest.columns import may_have_columns
from ingest.errors import PdfRejected
from ingest.printed import Fragment, Line, RawPage
from ingest.tables import find_tables
from ingest.text import clean

Method = Literal["pypdf", "pdfium"]
# Drawing operators on a page before it is worth asking for ruled tables: two cells' worth.
_RULES_OF_A_TABLE = 6
_BOLD = re.compile(r"bold|black|heavy|demi|(?<![a-z])bd(?![a-z])", re.IGNORECASE)
_GARBLED = re.compile(r"\(cid:\d+\)|/[a-zA-Z]{1,2}\d{1,4}\b|\ufffd|[\ue000-\uf8ff]")


def read_pages(path: Path, method: Method) -> Iterator[RawPage]:
    """The pages of the PDF at `path` in order; with "pypdf" each page that it cannot read, or
    finds garbled or empty, is read by pdfium.

    Raises:
        PdfRejected: encrypted, broken, or without pages.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if method == "pdfium":
        yield from _pdfium_pages(path)
        return
    try:
        reader = _open(path)
    except PdfRejected:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file does to pypdf, pdfium may cope
        yield from _pdfium_pages(path)
        return
    yield from _pypdf_pages(path, reader)


def metadata_title(path: Path) -> str:
    """The title in the PDF's metadata, "" when it has none that reads like one."""
    try:
        metadata = pypdf.PdfReader(path).metadata
        title = clean(str(metadata.title or "")).strip() if metadata else ""
    except Exception:  # noqa: BLE001 - a title is a courtesy
        return ""
    # Word and scanners leave "Microsoft Word - Dokument1.docx" and the like behind.
    useless = re.search(r"(?i)\.(docx?|pdf|pptx?|odt|indd|xlsx?)$|^(untitled|dokument\d*)$", title)
    return "" if useless else re.sub(r"^Microsoft (Word|PowerPoint) - ", "", title)


def garbled(text: str) -> bool:
    """Whether `text` is what a font without a character map leaves behind."""
    signs = [c for c in text if not c.isspace()]
    if not signs:
        return False
    readable = sum(c.isalnum() or c in ".,;:!?()-–•/\"'%§+&@" for c in signs) / len(signs)
    codes = sum(len(m) for m in _GARBLED.findall(text)) / len(signs)
    return readable < 0.6 or codes > 0.3 or not any(c.isalnum() for c in signs)


def _open(path: Path) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfRejected("er låst med adgangskode; gem en kopi uden adgangskode")
    if len(reader.pages) == 0:
        raise PdfRejected("har ingen sider")
    return reader


def _pypdf_pages(path: Path, reader: pypdf.PdfReader) -> Iterator[RawPage]:
    labels = _labels(reader)
    for at in range(len(reader.pages)):
        try:
            page = _pypdf_page(path, reader, at, labels[at])
        except Exception:  # noqa: BLE001 - one bad page must not cost the others
            page = _pdfium_page(path, at)
        if not page.text.strip() or garbled(page.text):
            page = _pdfium_page(path, at)
        yield page


def _labels(reader: pypdf.PdfReader) -> list[str]:
    count = len(reader.pages)
    try:
        labels = list(reader.page_labels)
    except Exception:  # noqa: BLE001 - a broken label tree
        labels = []
    return labels if len(labels) == count else [str(n) for n in range(1, count + 1)]


def _pypdf_page(path: Path, reader: pypdf.PdfReader, at: int, label: str) -> RawPage:
    page = reader.pages[at]
    found = _Found(page)
    if turns := found.turns.most_common(1)[0][0]:
        _turn_back(page, turns)
        found = _Found(page)
    lines = tuple(line for ff in found.lines if ff and (line := Line(tuple(ff))).text)
    likely = found.rules >= _RULES_OF_A_TABLE or may_have_columns(lines)
    # pdfplumber would have its own idea of where things are on a page that is turned.
    upright = not turns and not page.rotation
    tables = find_tables(path, at, lines) if likely and upright else []
    height = page.mediabox.width if turns % 2 else page.mediabox.height
    return RawPage(at + 1, label, float(height), lines, tuple(tables))


class _Found:
    """What pypdf comes by on a page, in the order in which the page sets it."""

    def __init__(self, page: pypdf.PageObject) -> None:
        self.lines: list[list[Fragment]] = [[]]
        self.rules = 0
        self.turns = Counter({0: 0})  # letters by quarter turns of their line, anticlockwise
        page.extract_text(visitor_text=self._text, visitor_operand_before=self._operator)

    def _text(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        for n, piece in enumerate(text.split("\n")):
            if n:
                self.lines.append([])
            if piece:
                self.lines[-1].append(_fragment(piece, cm, tm, font, size))
        along = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
        self.turns[round(math.atan2(along[1], along[0]) / (math.pi / 2)) % 4] += len(text.strip())

    def _operator(self, operator: bytes, *_: Any) -> None:
        self.rules += operator in (b"re", b"l")


def _turn_back(page: pypdf.PageObject, turns: int) -> None:
    """Turn the page, as it is in memory, so that its lines run from left to right."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    matrix = {
        1: f"0 -1 1 0 0 {width}",
        2: f"-1 0 0 -1 {width} {height}",
        3: f"0 1 -1 0 {height} 0",
    }[turns]
    contents = page.get_contents()
    data = b"" if contents is None else contents.get_data()
    # Not add_transformation: it writes the stream anew, and loses two-byte text over it.
    turned = DecodedStreamObject()
    turned.set_data(f"q {matrix} cm\n".encode() + data + b"\nQ")
    page[NameObject("/Contents")] = turned


def _fragment(
    text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float
) -> Fragment:
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
    name = str((font or {}).get("/BaseFont", ""))
    return Fragment(
        text, round(x, 1), round(y, 1), round(size * (scale or 1), 1), bool(_BOLD.search(name))
    )


def _pdfium_pages(path: Path) -> Iterator[RawPage]:
    try:
        with pypdfium2.PdfDocument(path) as document:
            count = len(document)
    except pypdfium2.PdfiumError as error:
        raise PdfRejected(_pdfium_reason(str(error))) from error
    if not count:
        raise PdfRejected("har ingen sider")
    for at in range(count):
        yield _pdfium_page(path, at)


def _pdfium_reason(message: str) -> str:
    if "assword" in message:
        return "er låst med adgangskode; gem en kopi uden adgangskode"
    return "er beskadiget og kan ikke læses; hent eller gem den igen"


def _pdfium_page(path: Path, at: int) -> RawPage:
    empty = RawPage(at + 1, str(at + 1), 842.0, ())
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[at]
            lines = _pdfium_lines(page.get_textpage())
            page = RawPage(
                at + 1, document.get_page_label(at) or str(at + 1), page.get_height(), lines
            )
    except pypdfium2.PdfiumError:
        return empty
    return empty if garbled(page.text) else page


def _pdfium_lines(textpage: Any) -> tuple[Line, ...]:
    text = textpage.get_text_range()
    lines, at = [], 0
    for piece in re.split(r"(\r?\n)", text):
        if clean(piece).strip():
            first = at + len(piece) - len(piece.lstrip())
            left, bottom, _, _ = textpage.get_charbox(first)
            size = pypdfium2.raw.FPDFText_GetFontSize(textpage, first)
            lines.append(
                Line((Fragment(piece, round(left, 1), round(bottom, 1), round(size, 1), False),))
            )
        at += len(piece)
    return tuple(lines)
