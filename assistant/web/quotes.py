"""Finding a quote on a page, although the two were read by different PDF readers.

The quote comes from pypdf, with cut words joined, ligatures apart and table cells in a row; the
page's signs come from pdfium. Both are compared as letters and digits only, so spaces, hyphens,
quotation marks and case cannot come between them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.text import join_lines

# A quote that is not found in one piece: how many letters a piece needs to be marked, and which
# part of the quote the pieces must make up together.
_SHORTEST_PIECE = 5
_LEAST_FOUND = 0.5

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands: runs of the page's signs, first to last, and how it reads there."""

    runs: tuple[Run, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of a text, simplified; `at` has the place of each in the text."""

    letters: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    letters: str
    start: int
    end: int


def find_quote(quote: str, page: str) -> Found:
    """Where `quote` stands in `page`, whole if it can be, else the pieces that are there.

    `text` is the quote itself when it is found whole, else the page's own words with "…" between
    the pieces: a reader is never shown words that do not stand on the page.
    """
    wanted, there = _letters(quote), _letters(page)
    if not wanted.letters:
        return Found()
    start = _whole_words(wanted.letters, there, page)
    if start >= 0:
        last = start + len(wanted.letters) - 1
        return Found(((there.at[start], there.at[last]),), quote.strip())
    return _pieces(quote, page)


def stands_in(text: str, page: str) -> bool:
    """Whether all of `text` stands in `page`, in one piece."""
    wanted = _letters(text).letters
    return bool(wanted) and wanted in _letters(page).letters


def _letters(text: str) -> _Letters:
    signs: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        for simple in unicodedata.normalize("NFKD", sign.casefold()):
            if simple.isalnum():
                signs.append(simple)
                at.append(place)
    return _Letters("".join(signs), tuple(at))


def _whole_words(wanted: str, there: _Letters, page: str) -> int:
    """Where `wanted` begins among the letters, not in mid-word if it can be helped; -1: nowhere."""
    first = start = there.letters.find(wanted)
    while start >= 0:
        place = there.at[start]
        if place == 0 or not page[place - 1].isalnum():
            return start
        start = there.letters.find(wanted, start + 1)
    return first


def _pieces(quote: str, page: str) -> Found:
    """The longest runs of words that both have, in the same order."""
    wanted, there = list(_words(quote)), list(_words(page))
    matcher = SequenceMatcher(
        None, [w.letters for w in wanted], [w.letters for w in there], autojunk=False
    )
    blocks = [
        block
        for block in matcher.get_matching_blocks()
        if _size(wanted[block.a : block.a + block.size]) >= _SHORTEST_PIECE
    ]
    found = sum(_size(wanted[block.a : block.a + block.size]) for block in blocks)
    if not blocks or found < _LEAST_FOUND * _size(wanted):
        return Found()
    runs = tuple((there[b.b].start, there[b.b + b.size - 1].end - 1) for b in blocks)
    shown = [_readable(page[first : last + 1]) for first, last in runs]
    before = [""] if blocks[0].a else []
    after = [""] if blocks[-1].a + blocks[-1].size < len(wanted) else []
    return Found(runs, " … ".join((*before, *shown, *after)).strip())


def _words(text: str) -> Iterator[_Word]:
    for match in re.finditer(r"\S+", text):
        letters = _letters(match.group()).letters
        if letters:
            yield _Word(letters, match.start(), match.end())


def _size(words: Sequence[_Word]) -> int:
    return sum(len(word.letters) for word in words)


def _readable(text: str) -> str:
    # pdfium writes a hyphen at a line's end as U+0002 or U+FFFE.
    return join_lines(re.sub(r"[\x02\ufffe]", "-", text).splitlines())
