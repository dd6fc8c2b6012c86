"""What the documents rule of one thing, role or task: the sections that are about it."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from assistant.loaded import Loaded
from assistant.opening import Opening
from assistant.overview.sections import LEAST, Line, Part, Point, Section, point_of
from assistant.question import is_light
from ingest.embedders import builtin
from ingest.rules.model import Modality

BANS: frozenset[Modality] = frozenset(("forbudt", "afventer", "kun", "frarådes"))
_PASSAGES = 12  # that are searched for
_HEADING = 0.6  # what the likeness of the headings counts, beside the score of the passages
_RULE = 0.06  # … and each of the first few rules
_MANY = 5
_NEAR = 0.1  # behind the best, for a further section to be told too
_MOST_SECTIONS = 2
_MOST_LINES = 10
WORTH = 1.05  # of a section that is about the focus and not just near it
_WHEN = re.compile(r"(?:man|tirs|ons|tors|fre|lør|søn)dags?|\w*day|uger?|weeks?|måned\w*|months?")
# Sections in which a document only tells of itself.
_OF_ITSELF = re.compile(
    r"\b(?:formål|gælder for|anvendelsesområde|ikrafttræd\w*|indledning|forord|hvorfor (?:har|en)"
    r"|opfølgning)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:ja|nej|det må du(?: ikke)?|aldrig|altid)[.!]?", re.IGNORECASE)  # "Nej."


def focus_in(opening: Opening, loaded: Loaded) -> str:
    """The words that narrow `opening`, of those that the documents or the encoder know."""
    return " ".join(word for word in _own(opening, loaded) if _is_known(word, loaded))


def is_strange(opening: Opening, loaded: Loaded) -> bool:
    """Whether half of the words that narrow `opening` are in no document."""
    found = list(_own(opening, loaded))
    return bool(found) and 2 * sum(map(loaded.analyst.knows, found)) <= len(found)


def _own(opening: Opening, loaded: Loaded) -> Iterator[str]:
    """The words that narrow it and say something, but for the name of the municipality."""
    for word in opening.focus.split():
        if word not in loaded.municipalities and not (is_light(word) or _WHEN.fullmatch(word)):
            yield word


def _is_known(word: str, loaded: Loaded) -> bool:
    return loaded.analyst.knows(word) or builtin().has_word(word)


def ruled_on(
    sections: Sequence[Section],
    loaded: Loaded,
    focus: str,
    only: Collection[Modality] = (),
    least: float = 0.0,
) -> list[Part]:
    """What the sections nearest to `focus` rule, in the order of the pages; with `only`, rules of
    these modalities alone. Nothing where the nearest is not worth `least`.
    """
    there = {
        (r.passage, r.number) for r in loaded.rules.book.rules if not only or r.modality in only
    }
    told = [(s, _ruling(s, there)) for s in sections if _may_rule(s)]
    told = [(section, lines) for section, lines in told if lines]
    worth = _worth(told, loaded, focus)
    best = sorted(range(len(told)), key=lambda n: -worth[n])[:_MOST_SECTIONS]
    if not best or worth[best[0]] < least:
        return []
    chosen = [n for n in best if worth[n] >= worth[best[0]] - _NEAR]
    points = [
        (told[n][0].document.file, point_of(line, told[n][0]))
        for n in chosen
        for line in told[n][1]
    ]
    parts = groupby(points[:_MOST_LINES], key=lambda each: each[0])
    return [(file, tuple(point for _, point in each)) for file, each in parts]


def all_ruled(sections: Sequence[Section], loaded: Loaded) -> list[Part]:
    """The first of what the `sections` rule, in the order of the pages."""
    there = {(r.passage, r.number) for r in loaded.rules.book.rules}
    found: dict[str, list[Point]] = {}
    for section in sections:
        if not _OF_ITSELF.search(section.heading):
            points = (point_of(line, section) for line in _ruling(section, there))
            found.setdefault(section.document.file, []).extend(points)
    return [(f, tuple(p[:_MOST_LINES])) for f, p in found.items() if len(p) >= LEAST]


def _ruling(section: Section, there: Collection[tuple[str, int]]) -> list[Line]:
    """Its sentences that rule, and say what."""
    return [
        (p, s)
        for p, s in section.lines
        if (p.id, s.number) in there
        and (s.question >= 0 or not _BARE.fullmatch(s.text))
        and not s.text.endswith(":")
    ]


def _may_rule(section: Section) -> bool:
    """Whether it is no exercise of a course, and does not only tell of its document."""
    return section.document.kind != "kursus" and not _OF_ITSELF.search(section.heading)


def _worth(
    told: Sequence[tuple[Section, Sequence[Line]]], loaded: Loaded, focus: str
) -> list[float]:
    """How much each section is about `focus`."""
    if not told:
        return []
    hits = loaded.search(loaded.analyst.understand(focus), _PASSAGES)
    fused = {hit.passage.id: hit.fused for hit in hits}
    encoder = builtin()
    wanted = encoder.vectors([focus])[0]
    whole = encoder.vectors([" ".join((s.document.title, *s.path)) for s, _ in told]) @ wanted
    last = encoder.vectors([s.heading or s.document.title for s, _ in told]) @ wanted
    return [
        max(fused.get(passage.id, 0.0) for passage, _ in section.lines)
        + _HEADING * max(float(one), float(other))
        + _RULE * min(_MANY, len(lines))
        for (section, lines), one, other in zip(told, whole, last, strict=True)
    ]
