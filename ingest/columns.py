"""Tables that are set without vertical rules: known by columns that line up over several lines.

Care is taken that prose is not one: a line counts only if the PDF itself sets it across the
columns, which a page of prose in two columns does not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ingest.printed import Fragment, Line, Table
from ingest.text import clean, join_lines

_LEAST_LINES = 3
_GAP = 0.75  # type sizes between two cells of a line
_NEXT_LINE = 2.6  # type sizes from one line of a table to the next
_ROW_GAP = 1.25  # times the distance of lines within a row
_SAME = 2.0  # points
_MARKER = re.compile(r"^(?:[•*–—o-]|\(?\w{1,3}[.)]|\d+(?:\.\d+)*)$")

Column = tuple[float, float]  # left and right edge
Box = tuple[float, float, float, float]  # x0, top, x1, bottom, from the upper left corner


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed line of words, as pieces with wide gaps between them."""

    top: float
    bottom: float
    size: float
    pieces: tuple[tuple[float, float, str], ...]


def may_have_columns(lines: Sequence[Line]) -> bool:
    """Whether enough of `lines` go on at the same place for a table to be worth looking for."""
    starts = Counter(
        round(after.x)
        for line in lines
        for before, after in pairwise(_words(line))
        if not _MARKER.match(before.text.strip())
    )
    return any(starts[x] + starts[x + 1] >= _LEAST_LINES for x in list(starts))


def aligned_tables(page: Any, taken: Sequence[Box], lines: Sequence[Line]) -> list[Table]:
    """The tables without rules on pdfplumber's `page`, outside the boxes in `taken`; `lines` are
    what pypdf reads on the same page.
    """
    base = float(page.mediabox[1]) + float(page.height)
    tables = []
    for group in _groups(_rows(page, taken)):
        columns = _columns(group)
        left, right = columns[0][0], columns[-1][1]
        place = (left, base - group[-1].bottom, right, base - group[0].top)
        frame = Table(*place, (), header=False, marked=False)
        inside = [line for line in lines if frame.holds(line.x, line.y)]
        if sum(_crosses(line, columns) for line in inside) < _LEAST_LINES:
            continue
        starts = _row_starts(page, group, columns)
        if starts:
            rows = [_cells(band, columns) for band in _bands(group, starts)]
        else:
            rows = _in_order(inside, columns)
        if _reads_as_table(rows):
            marked = _heads(page, (left, group[0].top, right, group[0].bottom), group[1])
            tables.append(replace(frame, rows=tuple(rows), header=marked, marked=marked))
    return tables


def _words(line: Line) -> list[Fragment]:
    return [f for f in line.fragments if f.text.strip()]


def _crosses(line: Line, columns: Sequence[Column]) -> bool:
    return len({_column_at(f.x, columns) for f in _words(line)}) > 1


def _column_at(x: float, columns: Sequence[Column]) -> int:
    return max(n for n, (left, _) in enumerate(columns) if n == 0 or left - _SAME <= x)


def _rows(page: Any, taken: Sequence[Box]) -> list[_Row]:
    words = [
        w
        for w in page.extract_words(extra_attrs=["size"])
        if not any(
            x0 <= w["x0"] <= x1 and top <= w["top"] <= bottom for x0, top, x1, bottom in taken
        )
    ]
    words.sort(key=lambda w: (w["bottom"], w["x0"]))
    rows: list[list[Any]] = []
    for word in words:
        if rows and abs(word["bottom"] - rows[-1][0]["bottom"]) < _SAME:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_row(sorted(row, key=lambda w: float(w["x0"]))) for row in rows]


def _row(words: list[Any]) -> _Row:
    size = float(max(w["size"] for w in words))
    pieces: list[tuple[float, float, str]] = []
    for word in words:
        x0, x1, text = float(word["x0"]), float(word["x1"]), clean(word["text"])
        if pieces and x0 - pieces[-1][1] < _GAP * size:
            pieces[-1] = (pieces[-1][0], x1, f"{pieces[-1][2]} {text}")
        else:
            pieces.append((x0, x1, text))
    top, bottom = min(w["top"] for w in words), max(w["bottom"] for w in words)
    return _Row(float(top), float(bottom), size, tuple(pieces))


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Runs of lines that begin and end with one set across columns and keep the columns apart."""
    group: list[_Row] = []
    for row in rows:
        if group and not _fits(group, row):
            yield from _trimmed(group)
            group = []
        if group or len(row.pieces) > 1:
            group.append(row)
    yield from _trimmed(group)


def _fits(group: list[_Row], row: _Row) -> bool:
    last = group[-1]
    if row.bottom - last.bottom > _NEXT_LINE * last.size or abs(row.size - last.size) > 1:
        return False
    columns = _columns([*group, row])
    if len(columns) < len(group[0].pieces):
        return False
    # A line at the left edge alone goes on with a label only if it stands close to it.
    alone = len(row.pieces) == 1 and row.pieces[0][0] < columns[0][1]
    return not alone or row.bottom - last.bottom < 1.5 * last.size


def _trimmed(group: list[_Row]) -> Iterator[list[_Row]]:
    """`group` without a label at its end that has no cells, if enough of it has cells."""
    while group and len(group[-1].pieces) == 1 and group[-1].pieces[0][0] <= _columns(group)[0][1]:
        group = group[:-1]
    if sum(len(row.pieces) > 1 for row in group) >= _LEAST_LINES:
        yield group


def _columns(group: Sequence[_Row]) -> list[Column]:
    """Left and right edge of each column: what is left when the common gaps are taken away."""
    columns: list[Column] = []
    for x0, x1, _ in sorted(piece for row in group for piece in row.pieces):
        if columns and x0 < columns[-1][1] + _SAME:
            columns[-1] = (columns[-1][0], max(x1, columns[-1][1]))
        else:
            columns.append((x0, x1))
    return columns


def _cells(band: Sequence[_Row], columns: Sequence[Column]) -> tuple[str, ...]:
    cells: list[list[str]] = [[] for _ in columns]
    for row in band:
        for at, (left, right) in enumerate(columns):
            inside = [text for x0, _, text in row.pieces if left <= x0 < right]
            cells[at].append(" ".join(inside))
    return tuple(join_lines([line for line in cell if line]) for cell in cells)


def _row_starts(page: Any, group: Sequence[_Row], columns: Sequence[Column]) -> set[int]:
    """The lines after which rules, or else wider gaps, say that a row starts; empty if none do."""
    starts = {at for at, row in enumerate(group) if at and _is_ruled_off(page, group[at - 1], row)}
    full = {at for at, row in enumerate(group) if at and len(row.pieces) == len(columns)}
    return _by_gaps(group, full) if len(starts) < max(2, len(full) / 2) else starts


def _bands(group: Sequence[_Row], starts: set[int]) -> list[list[_Row]]:
    bands: list[list[_Row]] = []
    for at, row in enumerate(group):
        if not bands or at in starts:
            bands.append([])
        bands[-1].append(row)
    return bands


def _by_gaps(group: Sequence[_Row], full: set[int]) -> set[int]:
    """Where a row starts after a wider gap; nothing if that leaves two full lines in one row."""
    gaps = [below.bottom - above.bottom for above, below in pairwise(group)]
    starts = {at for at, gap in enumerate(gaps, 1) if gap > _ROW_GAP * min(gaps)}
    return starts if full <= starts else set()


def _in_order(lines: Sequence[Line], columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """The rows as the PDF sets them, cell by cell: going back to the left starts a row."""
    rows: list[list[list[str]]] = []
    before, y = len(columns), 0.0
    for f in (f for line in lines for f in _words(line)):
        at = _column_at(f.x, columns)
        if at < before:
            rows.append([[] for _ in columns])
        cell = rows[-1][at]
        if cell and abs(f.y - y) < _SAME:
            cell[-1] += f.text
        else:
            cell.append(f.text)
        before, y = at, f.y
    return [tuple(join_lines([clean(text) for text in cell]) for cell in row) for row in rows]


def _is_ruled_off(page: Any, above: _Row, below: _Row) -> bool:
    """Whether rules or the edges of shading run between the two lines, most of their width."""
    left = min(above.pieces[0][0], below.pieces[0][0])
    right = max(above.pieces[-1][1], below.pieces[-1][1])
    covered = sum(
        max(0.0, min(edge["x1"], right) - max(edge["x0"], left))
        for edge in page.horizontal_edges
        if above.bottom - _SAME < edge["top"] < below.top + _SAME
    )
    return bool(covered > 0.6 * (right - left))


def _heads(page: Any, box: Box, following: _Row) -> bool:
    """Whether the line in `box` is marked as head of the columns: bold, shaded or ruled off."""
    if is_bold(page, box):
        return True
    middle = (box[1] + box[3]) / 2
    shaded = [r for r in page.rects if r["fill"] and r["top"] < middle < r["bottom"]]
    return bool(shaded) and not any(r["bottom"] > following.bottom for r in shaded)


def is_bold(page: Any, box: Box) -> bool:
    """Whether all text in `box` is set in bold."""
    fonts = {c["fontname"].lower() for c in page.crop(box, strict=False).chars if c["text"].strip()}
    return bool(fonts) and all("bold" in font or "black" in font for font in fonts)


def _reads_as_table(rows: Sequence[tuple[str, ...]]) -> bool:
    """Not a list with its markers set apart, and mostly rows of two cells or more."""
    filled = [row for row in rows if sum(map(bool, row)) > 1]
    return (
        len(filled) >= _LEAST_LINES
        and 2 * len(filled) > len(rows)
        and not all(_MARKER.match(row[0]) for row in filled)
    )
