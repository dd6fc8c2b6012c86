"""Where a quote stands, and the sentences around it that a claim may rest on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.passages import Passage
from ingest.reading import Quote, Sentence, sentences_of
from ingest.text import normalise

SHORTEST_QUOTE = 8  # letters; less stands anywhere
ALIKE = 84.0  # rapidfuzz's partial ratio (0..100) from which a quote is taken for a slip
_BEFORE, _AFTER = 2, 2  # sentences around the quoted ones that belong to them


@dataclass(frozen=True, slots=True)
class Support:
    """What a claim may rest on, the nearest first: the sentences quoted, what stands around them
    (neighbours, the list's introduction, headings, the title), and the rest of what is cited.

    `headings` are those of `around`, with the title; `passage` is where the quote stands; `exact`
    is False where the quote had to be corrected.
    """

    passage: Passage
    quoted: tuple[Sentence, ...]
    around: tuple[str, ...]
    headings: tuple[str, ...]
    rest: tuple[str, ...]
    exact: bool

    @property
    def core(self) -> str:
        """The source's own words that were quoted, as whole sentences."""
        return " ".join(s.text for s in self.quoted)


def support_of(
    quote: str, passages: Sequence[Passage], titles: Mapping[str, str]
) -> Support | None:
    """Where `quote` stands in `passages`; None when it does not. An exact place in any of them
    goes before a similar one.
    """
    wanted = letters(quote)
    if len(wanted) < SHORTEST_QUOTE:
        return None
    for exact in (True, False):
        for passage in passages:
            if found := _quoted(wanted, passage, exact):
                return _around(found, passage, passages, titles, exact)
    return None


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """The letters and digits of `text`, lower-cased: what no line end, dash or quote changes."""
    return re.sub(r"[\W_]+", "", normalise(text).lower())


@lru_cache(maxsize=2048)
def units_of(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of `passage`, with the rest of one from the page before where it has that."""
    found = sentences_of(passage)
    if not passage.lead:
        return found
    text = " ".join(passage.text[: passage.lead].split())
    rest = Sentence(
        len(found), -1, text, (Quote(passage.page, text),), False, False, -1, -1, False, frozenset()
    )
    return (*found, rest)


def _quoted(wanted: str, passage: Passage, exact: bool) -> tuple[Sentence, ...]:
    """The sentences in which `wanted` stands."""
    units = units_of(passage)
    whole = "".join(letters(u.text) for u in units)
    at = whole.find(wanted)
    span = (at, at + len(wanted)) if at >= 0 else None
    if span is None and not exact:
        span = _similar(wanted, whole)
    if span is None:
        return _in_rows(wanted, units) if exact else ()
    found, start = [], 0
    for unit in units:
        end = start + len(letters(unit.text))
        if start < span[1] and span[0] < end:
            found.append(unit)
        start = end
    return tuple(found)


def _in_rows(wanted: str, units: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """A table row as it stands on the page, without the headings it is read with."""
    return tuple(u for u in units if u.is_row and any(wanted in letters(q.text) for q in u.quotes))[
        :1
    ]


def _similar(wanted: str, whole: str) -> tuple[int, int] | None:
    from rapidfuzz.fuzz import partial_ratio_alignment

    if len(whole) < len(wanted):
        return None
    found = partial_ratio_alignment(wanted, whole, score_cutoff=ALIKE)
    if found is None or found.score < ALIKE:
        return None
    return found.dest_start + 1, found.dest_end - 1


def _around(
    quoted: tuple[Sentence, ...],
    passage: Passage,
    passages: Sequence[Passage],
    titles: Mapping[str, str],
    exact: bool,
) -> Support:
    units = units_of(passage)
    numbers = {u.number for u in quoted}
    near = set(range(min(numbers) - _BEFORE, max(numbers) + _AFTER + 1))
    near |= {n for u in quoted for n in (u.intro, u.question)}
    title = titles.get(passage.document, "")
    around = [u.text for u in units if u.number in near - numbers]
    others = [u.text for u in units if u.number not in near | numbers]
    for other in passages:
        if other.id != passage.id:
            others += [u.text for u in units_of(other)]
            others += other.section
    headings = (*passage.section, title)
    return Support(passage, quoted, (*around, *headings), headings, tuple(others), exact)
