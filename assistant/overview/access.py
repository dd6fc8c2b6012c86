"""How one gets a tool that there is already: what the documents say of its licence, access or
course.
"""

import re
from collections.abc import Sequence

from assistant.opening import GENERIC
from assistant.overview.sections import MINOR, Part, Point, Section, label_of
from ingest.rules.book import RuleBook

_MOST = 5
_ENOUGH = 2  # sentences that name a licence or access, for others to be left out
_GET = re.compile(
    r"\b(?:licens\w*|adgang\w*|bestil\w*|søge[rs]?|ansøge[rs]?|ansøgning(?:en)?|tildel\w*|åbne[rs]?"
    r"|opret\w*|kursus\w*|kurset|gennemført|godkend\w*|brugerliste\w*|ventelist\w*|kræver|åben for"
    r"|logget på)\b|\b(?:kr\.|kroner)",
    re.IGNORECASE,
)

_FIRST = re.compile(
    r"\b(?:licens\w*|adgang\w*|bestil\w*|tildel\w*|åbne[rs]?|brugerliste\w*|søger|søge om)\b",
    re.IGNORECASE,
)


def access(sections: Sequence[Section], book: RuleBook, text: str) -> list[Part]:
    """Of the sentences on the tools that `text` names those that say how one gets them, of the
    document that has most.
    """
    wanted = {p.concept for p in book.lexicon.parts(text) if p.kind == "tool"} - GENERIC
    found: dict[str, list[Point]] = {}
    for section in sections:
        heading = next((h for h in reversed(section.path) if wanted & _tools(h, book)), "")
        for passage, sentence in section.lines:
            said = bool(wanted & _tools(sentence.text, book))
            if (said or heading) and _GET.search(sentence.text):
                point = Point(((passage, sentence),), "" if said else label_of(heading))
                found.setdefault(section.document.file, []).append(point)
    found = {file: points for file, points in found.items() if any(map(_says_how, points))}
    minor = {s.document.file for s in sections if s.document.kind in MINOR}
    file, points = max(
        found.items(), key=lambda each: (each[0] not in minor, len(each[1])), default=("", [])
    )
    how = list(filter(_says_how, points))
    return [(file, tuple((how if len(how) >= _ENOUGH else points)[:_MOST]))] if points else []


def _says_how(point: Point) -> bool:
    return any(_FIRST.search(sentence.text) for _, sentence in point.lines)


def _tools(text: str, book: RuleBook) -> set[str]:
    """The tools that `text` names, and what they are a kind of, but for AI at large."""
    named = {part.concept for part in book.lexicon.parts(text) if part.kind == "tool"}
    return {t for tool in named for t in (tool, *book.lexicon.above(tool))} - GENERIC
