"""From printed lines to pages of headings, paragraphs, list items and table rows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ingest.furniture import Furniture, find_furniture
from ingest.printed import Line, RawPage, Table
from ingest.text import hyphenated_words, join_lines

BlockKind = Literal["heading", "paragraph", "item", "row"]
# Larger type, then bold, then fewer numbers ("1" before "1.1"): sorts headings by depth.
Rank = tuple[float, bool, int]

ITEM = re.compile(
    r"^(?:[•*–—-]\s+|\(?\d{1,3}[.)]\s+(?=[^\Wa-zæøå\d])|\(?[a-zæøå]\)\s+|\d+(?:\.\d+)+\.?\s+)"
)
# "1. borgeren har givet samtykke", but not a date or a school class: in a paragraph it is one where
# the number before or after it opens a line too.
NUMBERED = re.compile(
    r"^\(?(\d{1,2})[.)]\s+(?!(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober"
    r"|november|december|kvartal|halvår|klasse|klassetrin|årgang|sal|etape|udgave|gang)\b)"
    r"(?=[a-zæøå])"
)
# An item that its own words number; they are part of what it says.
LABELLED = re.compile(
    r"^(?:model|trin|fase|niveau|punkt|regel|krav|princip|case|øvelse|del|skridt|scenarie|spor|mål)"
    r" (?:\d{1,2}|[A-Z])\s*[–:.-]",
    re.IGNORECASE,
)
_BULLET_ALONE = re.compile(r"^(?:[•*–—o-]|\(?\d{1,3}[.)])$")
_HEADING_NUMBER = re.compile(r"^(?:(?:kapitel|afsnit|bilag|del)\s+)?(\d+(?:\.\d+)*)\.?\s+\S", re.I)
_FULL_STOP = re.compile(r"[.!?:;,…][\"”“»«’')\]]*$")
_LONGEST_HEADING = 140
_SHORT = 60  # characters of a heading in bold within a section
_LARGER = 1.08  # times the body's type size
_WIDE_GAP = 1.3  # times the document's usual line distance
_FAR_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page; `start` and `end` are its place in the page's text.

    `raw` is the text as it stands on the page: a row's cells with spaces between.
    """

    kind: BlockKind
    text: str
    raw: str
    start: int = 0
    end: int = 0
    rank: Rank = (0.0, False, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in reading order: `text` is its blocks, a line each; `number` counts from 1."""

    number: int
    label: str
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    """What is usual in this document."""

    size: float
    leading: float
    title: float
    hyphenated: frozenset[str]


@dataclass(slots=True)
class _Open:
    """The block whose lines are being collected."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)


def lay_out(raw: Sequence[RawPage]) -> list[Page]:
    """The pages of one document without their furniture, in blocks."""
    furniture = find_furniture(raw)
    style = _style(raw, furniture)
    pages: list[Page] = []
    table: Table | None = None
    for at, page in enumerate(raw):
        blocks = list(_blocks(page, furniture.on(at), style, table))
        pages.append(_page(page.number, furniture.labels[at], blocks))
        table = _last_table(page, furniture.on(at), table)
    return pages


def printed_title(raw: Sequence[RawPage]) -> str:
    """The largest type on the first page, when it is larger than the body's; else ""."""
    if not raw or not raw[0].lines:
        return ""
    furniture = find_furniture(raw)
    style = _style(raw, furniture)
    lines = [line for n, line in enumerate(raw[0].lines) if n not in furniture.on(0)]
    largest = max((line.size for line in lines), default=0)
    if largest < _LARGER * style.size:
        return ""
    first = next(n for n, line in enumerate(lines) if line.size == largest)
    run = [line.text for line in lines[first : first + 3] if line.size == largest]
    title = join_lines(run, style.hyphenated)
    return re.sub(r"^\d+(\.\d+)*\.?\s+(?=\D)", "", title)


def _style(raw: Sequence[RawPage], furniture: Furniture) -> _Style:
    sizes: Counter[float] = Counter()
    in_tables: Counter[float] = Counter()
    gaps: Counter[float] = Counter()
    largest: Counter[float] = Counter()
    for at, page in enumerate(raw):
        content = [line for n, line in enumerate(page.lines) if n not in furniture.on(at)]
        for line in content:
            inside = any(table.holds(line.x, line.y) for table in page.tables)
            (in_tables if inside else sizes)[line.size] += len(line.text)
        for above, below in pairwise(content):
            if above.size == below.size and above.y > below.y:
                gaps[round((above.y - below.y) * 2) / 2] += 1
        largest[max((line.size for line in content), default=0)] += 1
    # Tables may be most of a document, in smaller type than its text.
    size = (sizes or in_tables or Counter({11.0: 1})).most_common(1)[0][0]
    usual = [g for g in gaps.elements() if 0.8 * size <= g <= 2.2 * size]
    leading = Counter(usual).most_common(1)[0][0] if usual else 1.3 * size
    return _Style(size, leading, _title_size(largest), _all_hyphenated(raw))


def _title_size(largest: Counter[float]) -> float:
    """The size that only one page has, the largest of all: the document's title. 0 if none."""
    top = max(largest, default=0.0)
    return top if largest[top] == 1 and len(largest) > 1 else 0.0


def _all_hyphenated(raw: Sequence[RawPage]) -> frozenset[str]:
    return hyphenated_words("\n".join(page.text for page in raw))


def _page(number: int, label: str, blocks: list[Block]) -> Page:
    placed, at = [], 0
    for block in blocks:
        end = at + len(block.text)
        placed.append(Block(block.kind, block.text, block.raw, at, end, block.rank))
        at = end + 1
    return Page(number, label, "\n".join(b.text for b in placed), tuple(placed))


def _blocks(
    page: RawPage, furniture: frozenset[int], style: _Style, before: Table | None
) -> Iterator[Block]:
    """The blocks of `page`; `before` is the table that the page before it ended with."""
    lines: list[Line] = []
    done: set[int] = set()
    first = True
    for n, line in enumerate(page.lines):
        if n in furniture:
            continue
        table = next((t for t in page.tables if t.holds(line.x, line.y)), None)
        if table is None:
            lines.append(line)
        elif id(table) not in done:
            yield from _text_blocks(lines, style)
            yield from _row_blocks(table, before if first and not lines else None)
            done.add(id(table))
            lines = []
        first = False
    yield from _text_blocks(lines, style)


def _last_table(page: RawPage, furniture: frozenset[int], before: Table | None) -> Table | None:
    """The table that the page ends with, with the header it has from the page before."""
    lines = [line for n, line in enumerate(page.lines) if n not in furniture]
    table = next((t for t in page.tables if lines and t.holds(lines[-1].x, lines[-1].y)), None)
    if table is None or before is None or not _continues(table, before):
        return table
    return before


def _continues(table: Table, before: Table) -> bool:
    if table.marked and table.rows[0] != before.rows[0]:
        return False  # it has headings of its own
    return len(table.rows[0]) == len(before.rows[0]) and abs(table.left - before.left) < 3


def _row_blocks(table: Table, before: Table | None) -> Iterator[Block]:
    head = table.rows[0] if table.header else None
    rows = table.rows[1:] if table.header else table.rows
    if before is not None and before.header and _continues(table, before):
        head = before.rows[0]
        rows = rows if table.rows[0] == head else table.rows
    label = ""
    for row in rows:
        label = row[0] or label  # one that spans several rows belongs to each of them
        text = _readable((label, *row[1:]), head)
        yield Block("row", text, " ".join(cell for cell in row if cell))


def _readable(row: Sequence[str], head: Sequence[str] | None) -> str:
    """ "DeepL Pro: Åben: Ja; Intern: Efter aftale": a row that makes sense on its own."""
    label, *cells = row
    if head is None:
        return ": ".join(part for part in (label, "; ".join(c for c in cells if c)) if part)
    named = [_named(h, c) for h, c in zip(head[1:], cells, strict=False) if c]
    if not label:
        return "; ".join(named)
    return f"{label}{' ' if label[-1] in '.:?!' else ': '}{'; '.join(named)}" if named else label


def _named(head: str, cell: str) -> str:
    if not head:
        return cell
    return f"{head} {cell}" if head[-1] in "?:" else f"{head}: {cell}"


def _text_blocks(lines: Sequence[Line], style: _Style) -> Iterator[Block]:
    current: _Open | None = None
    numbered = _numbered(lines)
    for at, line in enumerate(lines):
        previous = lines[at - 1] if at else None
        opens = at in numbered or _is_bold_heading(lines, at, style)
        if current and previous and not opens and _goes_on(current, previous, line, style):
            current.lines.append(line)
            continue
        if current:
            yield from _closed(current, style)
        current = _Open("item" if at in numbered else _kind(lines, at, style), [line])
    if current:
        yield from _closed(current, style)


def _numbered(lines: Sequence[Line]) -> frozenset[int]:
    """Where an item opens with its number and goes on in lower case: those that count 1, 2, …"""
    found: list[int] = []
    ahead: list[int] = []
    for at, line in enumerate(lines):
        match = NUMBERED.match(line.text)
        number = int(match.group(1)) if match else 0
        if number == 1:
            ahead = [at]
        elif number and number == len(ahead) + 1:
            ahead.append(at)
            found += ahead if number == 2 else [at]
    return frozenset(found)


def _is_bold_heading(lines: Sequence[Line], at: int, style: _Style) -> bool:
    """Whether a line all in bold stands alone between lines that are not."""
    line, before = lines[at], lines[at - 1] if at else None
    if before is None or before.bold or not line.text[0].isupper() or len(line.text) > _SHORT:
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    runs_on = following is not None and following.text[0].islower() and not _opens(following)
    return line.bold and not runs_on and _is_heading(line, following, style)


def _opens(line: Line) -> bool:
    return _opens_item(line.text) or bool(NUMBERED.match(line.text))


def _goes_on(current: _Open, previous: Line, line: Line, style: _Style) -> bool:
    """Whether `line` belongs to the block that `previous` ends."""
    if len(current.lines) == 1 and _BULLET_ALONE.match(previous.text):
        return True
    gap = (previous.y - line.y) / max(style.leading, 1.2 * line.size)
    if abs(line.size - previous.size) > 0.6 or not -0.1 <= gap <= _FAR_GAP:
        return False
    if current.kind == "heading":
        alike = (line.bold, line.text.isupper()) == (previous.bold, previous.text.isupper())
        return gap <= _WIDE_GAP and alike and not _HEADING_NUMBER.match(line.text)
    if _opens_item(line.text) or _outdented(current, line):
        return False
    if line.text[0].islower() and not _FULL_STOP.search(previous.text):
        return True  # a sentence is under way, whatever the distance
    return gap <= _WIDE_GAP and not _ends_paragraph(current, previous, line)


def _outdented(current: _Open, line: Line) -> bool:
    """Whether `line` stands to the left of the list item's text, as the paragraph after it does."""
    if current.kind != "item":
        return False
    first, *more = current.lines
    if line.x < first.x - 1.5:
        return True
    hanging = [f.x for f in first.fragments[1:2] if _BULLET_ALONE.match(first.fragments[0].text)]
    text_x = more[0].x if more else min(hanging, default=line.x)
    return line.x < text_x - 2 and not line.text[0].islower()


def _ends_paragraph(current: _Open, previous: Line, line: Line) -> bool:
    """A short last line that ends a sentence, or a line set in bold after one that is not."""
    if line.bold and not previous.bold and _FULL_STOP.search(previous.text):
        return True
    widest = max(len(each.text) for each in (*current.lines, line))
    return len(previous.text) < 0.7 * widest and bool(_FULL_STOP.search(previous.text))


def _kind(lines: Sequence[Line], at: int, style: _Style) -> BlockKind:
    line = lines[at]
    if _is_heading(line, lines[at + 1] if at + 1 < len(lines) else None, style):
        return "heading"
    return "item" if _opens_item(line.text) else "paragraph"


def _opens_item(text: str) -> bool:
    return bool(ITEM.match(text) or _BULLET_ALONE.match(text) or LABELLED.match(text))


def _is_heading(line: Line, following: Line | None, style: _Style) -> bool:
    text = line.text
    if len(text) > _LONGEST_HEADING or not re.search(r"[^\W\d_]", text) or text.startswith("•"):
        return False
    if line.size >= _LARGER * style.size:
        return True
    if line.size < style.size - 0.3 or _FULL_STOP.search(text.rstrip(":")):
        return False
    alone = following is None or not following.bold or following.size != line.size
    if line.bold and alone:
        return True
    return text.isupper() and len(text) > 3 and not ITEM.match(text)


def _closed(block: _Open, style: _Style) -> Iterator[Block]:
    text = join_lines([line.text for line in block.lines], style.hyphenated)
    first = block.lines[0]
    if block.kind == "heading" and first.size == style.title:
        return  # the document's title is the register's matter
    rank: Rank = (0.0, False, 0)
    if block.kind == "heading":
        number = _HEADING_NUMBER.match(text)
        rank = (-first.size, not first.bold, len(number.group(1).split(".")) if number else 0)
    yield Block(block.kind, text, text, rank=rank)
