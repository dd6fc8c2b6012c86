"""How a new tool gets approved: what the section on it says is to be done."""

import re
from collections.abc import Sequence

from assistant.overview.sections import LEAST, LEAST_WORTH, MINOR, MOST, Part, Section
from ingest.rules.book import RuleBook

_NEW_TOOL = re.compile(
    r"\b(?:nyt?|nye) (?:\w+-?)?(?:værktøj|tjeneste|program|system|løsning|legetøj|app|ai|noget)\w*"
    r"|\b(?:noget|værktøjer) nyt\b|\bgodkendelse\b|\btrin og frister\b|\bansøgning\b"
    r"|\bhvem (?:beslutter|godkender|bestemmer)\b|\bbliver .*\bgodkendt\b",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\b(?:ansøg\w*|udfyld\w*|skriv\w*|send\w*|blanket\w*|formular\w*|godkend\w*|behandlingstid\w*"
    r"|arbejdsdage|hverdage|svar\w*|afgør\w*|vurder\w*|screen\w*|møde[rs]|beslutter|konsekvensanalyse"
    r"|databehandleraftale|risikovurdering|siger ja|sagt ja|tages i brug|anmod\w*)\b",
    re.IGNORECASE,
)
_OF_A_TOOL = re.compile(r"\b(?:værktøj|tjeneste|program|system|app|løsning)\w*", re.IGNORECASE)


def approval(sections: Sequence[Section], _book: RuleBook) -> list[Part]:
    """What the section on how a new tool gets approved says is to be done."""
    best = max(sections, key=_of_approval, default=None)
    if best is None or _of_approval(best) < LEAST_WORTH + 1:
        return []
    kept: set[tuple[str, int]] = set()
    points = []
    for point in best.points:
        passage, first = point.lines[0]
        under = first.intro >= 0 and (passage.id, first.intro) in kept
        if under or first.is_row or any(_STEP.search(s.text) for _, s in point.lines):
            kept |= {(p.id, s.number) for p, s in point.lines}
            points.append(point)
    return [(best.document.file, tuple(points[:MOST]))]


def _of_approval(section: Section) -> float:
    """How much a section is about the approval of new tools."""
    text = " ".join(sentence.text for _, sentence in section.lines)
    steps = sum(bool(_STEP.search(sentence.text)) for _, sentence in section.lines)
    numbered = sum(sentence.text[:1].isdigit() for _, sentence in section.lines) >= LEAST
    titled = _NEW_TOOL.search(section.heading) or _NEW_TOOL.search(section.document.title)
    return (
        2.0 * bool(titled)
        + 1.5 * bool(_NEW_TOOL.search(section.heading))
        + 1.0 * bool(_NEW_TOOL.search(text) and _OF_A_TOOL.search(text))
        + 0.5 * min(4, steps)
        + 1.5 * (numbered and steps >= LEAST)
        - 3.0 * (section.document.kind in MINOR)
    )
