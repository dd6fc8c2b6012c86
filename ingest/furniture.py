"""Running headers, footers and page numbers: recognised by repeating, and left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.printed import Line, RawPage

_MARGIN = 0.18  # share of the page's height, above and below, in which furniture stands
_DEPTH = 3  # lines from the top or bottom that are looked at
_SHARE = 0.4  # of the pages: odd and even pages may differ
_APART = 1.8  # type sizes between a page number and the text
_HEADING = 1.15  # times the page's usual type size
_NUMBER = r"(\d{1,4}|(?=[ivxl])(?:xl|l?x{0,3})(?:i[xv]|v?i{0,3}))"
_PAGE_NUMBER = re.compile(
    rf"^[-–—|\[ ]*(?:(?:side|page|s\.|p\.)\s*)?{_NUMBER}(?:\s*(?:af|of|/)\s*\d+)?[-–—|\] ]*$",
    re.IGNORECASE,
)
_SAME_LINE = 2.0  # points
_NUMBER_IN_LINE = re.compile(rf"\b(?:side|page)\s+{_NUMBER}\b", re.IGNORECASE)

Key = tuple[str, str]  # where a line stands, and what it says


@dataclass(frozen=True, slots=True)
class Furniture:
    """For each page: the lines that are not content, by their place, and the printed label."""

    lines: tuple[frozenset[int], ...]
    labels: tuple[str, ...]

    def on(self, at: int) -> frozenset[int]:
        """Indices into the lines of page number `at` (from 0)."""
        return self.lines[at]


def find_furniture(pages: Sequence[RawPage]) -> Furniture:
    """What repeats at the same place of many of `pages`, and numbers alone at their edges."""
    seen: Counter[Key] = Counter()
    for page in pages:
        edges = list(_edge_lines(page))
        exact = {_key(line, edge) for _, line, edge in edges}
        seen.update(exact | {_key(line, edge, number="#") for _, line, edge in edges})
    needed = max(2, _SHARE * len(pages))
    repeated = {key for key, count in seen.items() if count >= needed}
    lines = tuple(_furniture_of(page, repeated) for page in pages)
    labels = (_label(page, on) for page, on in zip(pages, lines, strict=True))
    return Furniture(lines, tuple(labels))


def _edge_lines(page: RawPage) -> Iterator[tuple[int, Line, str]]:
    """Index, line and edge ("top" or "bottom") of lines outside tables, the outermost first."""
    free = [
        (n, line)
        for n, line in enumerate(page.lines)
        if not any(table.holds(line.x, line.y) for table in page.tables)
    ]
    free.sort(key=lambda pair: pair[1].y)
    for n, line in free[:_DEPTH]:
        if line.y < _MARGIN * page.height:
            yield n, line, "bottom"
    for n, line in reversed(free[-_DEPTH:]):
        if line.y > (1 - _MARGIN) * page.height:
            yield n, line, "top"


def _key(line: Line, edge: str, number: str = r"\g<0>") -> Key:
    return edge + str(round(line.y / 6)), re.sub(r"\d+", number, line.text).lower()


def _furniture_of(page: RawPage, repeated: set[Key]) -> frozenset[int]:
    edges = list(_edge_lines(page))
    same = {n for n, line, edge in edges if _key(line, edge) in repeated}
    numbered = {
        n
        for n, line, edge in edges
        if (_key(line, edge, number="#") in repeated or _PAGE_NUMBER.match(line.text))
        and _stands_apart(page, n, same)
    }
    outside: set[tuple[str, bool]] = set()
    found = []
    for n, _, edge in edges:
        outside.add((edge, n in same | numbered))
        if (edge, False) not in outside:  # what stands inside the text is text
            found.append(n)
    return frozenset(found)


def _stands_apart(page: RawPage, at: int, same: set[int]) -> bool:
    """Whether a line is neither part of the text nor a heading: "Case 1", "Case 2" … may open
    one page each.
    """
    line = page.lines[at]
    others = [other for n, other in enumerate(page.lines) if n != at and n not in same]
    usual = Counter(round(other.size) for other in others for _ in other.text)
    if usual and line.size > _HEADING * usual.most_common(1)[0][0]:
        return False
    distances = (abs(line.y - other.y) for other in others)
    return all(d < _SAME_LINE or d > _APART * line.size for d in distances)


def _label(page: RawPage, furniture: frozenset[int]) -> str:
    """The number printed on the page, else the label that the PDF gives it."""
    for n, line, _ in _edge_lines(page):
        match = _PAGE_NUMBER.match(line.text) or _NUMBER_IN_LINE.search(line.text)
        if match and n in furniture:
            return match.group(1)
    return page.label
