"""Whom to ask when in doubt: the section on it, else what the documents say one does then."""

import re
from collections.abc import Sequence

from assistant.overview.sections import MOST, Line, Part, Point, Section
from ingest.reading import sentences_of
from ingest.rules.book import RuleBook

_WHO = re.compile(
    r"\bhvem (?:spørger|svarer|hjælper)\b|\bhvem kan (?:du|jeg|vi|man) (?:spørge|få hjælp)\b"
    r"|\bsteder at få hjælp\b",
    re.IGNORECASE,
)
_ASK = re.compile(r"\bhvem (?:spørger|kan (?:du|jeg|vi|man) spørge)\b", re.IGNORECASE)
_CONTACT = re.compile(r"^(?:\d+(?:\.\d+)* )?kontakt\b", re.IGNORECASE)
_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\blokal \d|\b(?:\d{2} ){3}\d{2}\b|\b(?:spørg|kontakt|ring|skriv)\b", re.I
)
_IN_DOUBT = re.compile(r"\bi tvivl\b.*\b(?:spørg|kontakt|ring|skriv)\w*\b", re.IGNORECASE)


def whom_to_ask(sections: Sequence[Section], _book: RuleBook) -> list[Part]:
    """The section on whom to ask, else the sentences that say so of whoever is in doubt."""
    best = max(sections, key=_worth, default=None)
    if best is not None and _worth(best) >= 1:
        return [(best.document.file, tuple(best.points[:MOST]))]
    for says in (_answers_it, _is_in_doubt):
        found: dict[str, list[Point]] = {}
        for section in sections:
            for line in filter(says, section.lines):
                found.setdefault(section.document.file, []).append(Point((line,)))
        if found:
            return [(file, tuple(points[:MOST])) for file, points in found.items()]
    return []


def _worth(section: Section) -> float:
    """How much a section tells whom to ask, of everything and not of one task."""
    heading = section.heading
    about = 2.0 * bool(_WHO.search(heading)) + bool(_CONTACT.search(heading))
    about += bool(_ASK.search(heading))
    reached = sum(bool(_REACHED.search(sentence.text)) for _, sentence in section.lines)
    return about and about + 0.2 * min(10, reached) - (not reached) + 0.1 * (not section.path[1:])


def _answers_it(line: Line) -> bool:
    """Whether it answers "Hvem kan jeg spørge?" in a list of frequent questions."""
    passage, sentence = line
    return sentence.question >= 0 and bool(
        _WHO.search(sentences_of(passage)[sentence.question].text)
    )


def _is_in_doubt(line: Line) -> bool:
    return bool(_IN_DOUBT.search(line[1].text))
