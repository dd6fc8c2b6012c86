"""Documents that disagree on a number: which one counts, and how the other is told.

Two sentences disagree when they say much the same and differ in how many of the same thing it is.
The limits were set on the tuning sets (docs/decisions/evals.md has the figures).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.facts import UNITS, WORDS, facts_of
from assistant.models import Language
from assistant.verdicts.phrases import PHRASES
from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, stem
from ingest.reading import Sentence
from ingest.register import Document

_LOOKED_AT = 24  # sentences, the likeliest first
_LIKELY = 0.05  # of the best one's chance
_COVERED = 0.6  # of the share of the question that the best one covers
_SHARED = 0.65  # of the words of content of the one that has fewer
_NEAR = 0.5  # cosine of the two, as the built-in encoder sees them
_COUNTED = re.compile(r"(?<![\w.,-])(\d[\d.]*)\s+([a-zæøå]{3,})\b")


@dataclass(frozen=True, slots=True)
class Settled:
    """Evidence in which no two sentences disagree, that of the document that counts first;
    `against` is what another document says instead, None where all agree.
    """

    evidence: Sequence[Evidence]
    against: Evidence | None = None


def settled(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> Settled:
    """`evidence`, the likeliest first, without the sentences of documents that do not count
    against the others': an earlier kind goes first, then a newer date. `documents` by file.
    """
    best = evidence[0]
    near = [e for e in evidence[1:_LOOKED_AT] if _likely(e, best)]
    others = [e for e in near if disagree(best, e)]
    if not others:
        return Settled(evidence)
    counts = max((best, *others), key=lambda e: documents[e.hit.passage.document].standing)
    lost = {id(e) for e in (best, *near) if disagree(counts, e)}
    kept = [e for e in evidence if id(e) not in lost and e is not counts]
    return Settled((counts, *kept), next(e for e in (best, *near) if id(e) in lost))


def told(text: str, winner: Document, loser: Document, language: Language) -> str:
    """The line that says what `loser` says instead, with its markers, and why `winner` counts."""
    words = PHRASES[language]
    said = words["disagree"].format(loser.title or loser.file, text)
    if winner.standing == loser.standing:
        return f"{said} {words['neither']}"
    why = f"{winner.kind}_first" if winner.kind != loser.kind else "newer"
    return f"{said} {words['counts'].format(winner.title or winner.file, words[why])}"


def disagree(one: Evidence, other: Evidence) -> bool:
    """Whether sentences of two documents say the same of another number."""
    if one.hit.passage.document == other.hit.passage.document:
        return False
    mine, theirs = _amounts(one.sentence.text), _amounts(other.sentence.text)
    if not any(mine[u] - theirs[u] and theirs[u] - mine[u] for u in mine.keys() & theirs.keys()):
        return False
    return _alike(one.sentence, other.sentence)


def _likely(other: Evidence, best: Evidence) -> bool:
    likely = other.chance >= _LIKELY * best.chance
    return likely and other.features.covered >= _COVERED * best.features.covered


def _amounts(text: str) -> dict[str, set[str]]:
    """How many there are, by what is counted: {"dag": {"14"}, "tegn": {"10"}}."""
    found: dict[str, set[str]] = {}
    for kind, value in facts_of(text):
        if kind == "measure":
            number, unit = value.split(" ", 1)
            found.setdefault(unit, set()).add(number)
        elif kind == "date":
            found.setdefault(kind, set()).add(value)
    for match in _COUNTED.finditer(text):
        if match[2] not in UNITS and match[2] not in STOP_WORDS:
            found.setdefault(stem(match[2]), set()).add(match[1].replace(".", ""))
    return found


def _alike(one: Sentence, other: Sentence) -> bool:
    mine, theirs = _content(one), _content(other)
    if len(mine & theirs) < _SHARED * min(len(mine), len(theirs)):
        return False
    vectors = builtin().vectors([one.text, other.text])
    return float(vectors[0] @ vectors[1]) >= _NEAR


def _content(sentence: Sentence) -> set[str]:
    """Its stems, without those of numbers and of what they count in."""
    return {s for s in sentence.stems if s not in _AMOUNT and not any(c.isdigit() for c in s)}


_AMOUNT = frozenset(stem(word) for word in (*UNITS, *WORDS, *STOP_WORDS))
