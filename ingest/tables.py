"""Tables: rows of cells, each cell's lines joined."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber

from ingest.columns import Box, aligned_tables, is_bold
from ingest.printed import Line, Table
from ingest.text import clean, join_lines

_OUTSIDE = 5.0  # points


def find_tables(path: Path, at: int, lines: Sequence[Line]) -> list[Table]:
    """The tables on page number `at` (from 0), those with drawn rules first; `lines` are what
    pypdf reads there.
    """
    with pdfplumber.open(path, pages=[at + 1]) as pdf:
        page = pdf.pages[0]
        found = [(_table(page, table), table.bbox) for table in page.find_tables()]
        ruled = [(table, box) for table, box in found if table is not None]
        return [*(t for t, _ in ruled), *aligned_tables(page, [box for _, box in ruled], lines)]


def _table(page: Any, found: Any) -> Table | None:
    rows = [tuple(_cell(text) for text in row) for row in found.extract()]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or max(len(row) for row in rows) < 2 or _is_open(page, found.bbox):
        return None  # a framed box of text, or only the middle of a table without a frame
    x0, top, x1, bottom = found.bbox
    base = float(page.mediabox[1]) + float(page.height)
    marked = is_bold(page, found.rows[0].bbox)
    header = marked or len(rows[0]) > 2  # any first row of three cells or more heads its columns
    return Table(x0, base - bottom, x1, base - top, tuple(rows), header=header, marked=marked)


def _is_open(page: Any, box: Box) -> bool:
    """Whether rules go on to the left or right of the grid that they make."""
    x0, top, x1, bottom = box
    beside = [e for e in page.horizontal_edges if top - 1 <= e["top"] <= bottom + 1]
    return any(
        (e["x0"] < x0 - _OUTSIDE and e["x1"] > x0 - 1)
        or (e["x1"] > x1 + _OUTSIDE and e["x0"] < x1 + 1)
        for e in beside
    )


def _cell(text: str | None) -> str:
    return join_lines([clean(line) for line in (text or "").split("\n")])
