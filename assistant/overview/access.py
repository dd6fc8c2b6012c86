"""How one gets a tool that there is already: what the documents say of its licence, access or
course.
"""

import re
from collections.abc import Sequence

from assistant.overview.sections import Part, Point, Section, label_of
from ingest.rules.book import RuleBook

_MOST = 5
_GET = re.compile(
    r"\b(?:licens\w*|adgang\w*|bestil\w*|søge[rs]?|ansøg\w*|tildel\w*|åbne[rs]?|opret\w*|kursus\w*"
    r"|kurset|gennemført|godkend\w*|brugerliste\w*|ventelist\w*|kræver|åben for|logget på"
    r"|(?:fået|får) licens)\b|\b(?:kr\.|kroner)",
    re.IGNORECASE,
)


def access(sections: Sequence[Section], book: RuleBook, text: str) -> list[Part]:
    """Of the sentences on the tools that `text` names those that say how one gets them, of the
    document that has most.
    """
    wanted = _tools(text, book)
    found: dict[str, list[Point]] = {}
    for section in sections:
        heading = next((h for h in reversed(section.path) if wanted & _tools(h, book)), "")
        for passage, sentence in section.lines:
            said = bool(wanted & _tools(sentence.text, book))
            if (said or heading) and _GET.search(sentence.text):
                point = Point(((passage, sentence),), "" if said else label_of(heading))
                found.setdefault(section.document.file, []).append(point)
    minor = {s.document.file for s in sections if s.document.kind in ("lov", "notat", "kursus")}
    file, points = max(
        found.items(), key=lambda each: (each[0] not in minor, len(each[1])), default=("", [])
    )
    return [(file, tuple(points[:_MOST]))] if points else []


def _tools(text: str, book: RuleBook) -> set[str]:
    return {part.concept for part in book.lexicon.parts(text) if part.kind == "tool"}
