"""What was found for an open question, put into words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.citing import Citations, markers
from assistant.models import Citation, Claim, Language
from assistant.opening import Opening
from assistant.overview.approval import approval
from assistant.overview.help import whom_to_ask
from assistant.overview.important import general, most_important
from assistant.overview.sections import Part, Section, sections_of
from assistant.overview.tools import tools
from ingest.passages import Passage
from ingest.register import Document
from ingest.rules.book import RuleBook

Subject = Literal["tools", "newcomer", "rules", "approval", "help"]  # what an intro says is told

_INTROS: Mapping[str, Mapping[Language, str]] = {
    "tools": {
        "da": "Det siger ”{}” om værktøjerne:",
        "en": "This is what ”{}” says about the tools, in Danish:",
    },
    "rules": {
        "da": "Nogle af reglerne i ”{}”:",
        "en": "Some of the rules in ”{}”, in Danish:",
    },
    "newcomer": {
        "da": "Det vigtigste ifølge ”{}”:",
        "en": "The most important things according to ”{}”, in Danish:",
    },
    "help": {
        "da": "Her kan du spørge ifølge ”{}”:",
        "en": "This is whom to ask according to ”{}”, in Danish:",
    },
    "approval": {
        "da": "Sådan bliver et nyt værktøj godkendt ifølge ”{}”:",
        "en": "How a new tool gets approved according to ”{}”, in Danish:",
    },
}

_ENDED = (".", "!", "?", ":", ",", ";")
_Finder = Callable[[Sequence[Section], RuleBook], list[Part]]
_FINDERS: Mapping[Opening, Mapping[Subject, _Finder]] = {
    "tools": {"tools": tools},
    "newcomer": {"newcomer": most_important, "rules": general},
    "approval": {"approval": approval},
    "help": {"help": whom_to_ask},
}


@dataclass(frozen=True, slots=True)
class Overview:
    """What is told: the points of each document, in the order of its pages."""

    subject: Subject
    parts: tuple[Part, ...]


def overview(
    opening: Opening,
    passages: Sequence[Passage],
    documents: Mapping[str, Document],
    book: RuleBook,
) -> Overview | None:
    """What `passages` have for an open question; None when they have nothing for it. `documents`
    are those in force, by file.
    """
    sections = [s for s in sections_of(passages, documents) if s.lines]
    for subject, find in _FINDERS[opening].items():
        if parts := find(sections, book):
            return Overview(subject, tuple(parts))
    return None


def in_words(
    found: Overview,
    titles: Mapping[str, str],
    labels: Mapping[tuple[str, int], str],
    language: Language,
) -> tuple[str, tuple[Claim, ...], tuple[Citation, ...]]:
    """What was `found` as the text of an answer, its claims and its citations. `titles` are those
    of the documents by file, `labels` what is printed on their pages.
    """
    citations = Citations(titles, labels)
    claims: list[Claim] = []
    texts = []
    for file, points in found.parts:
        intro = _INTROS[found.subject][language].format(titles.get(file, file))
        told = [f"**{intro}**\n"]
        for point in points:
            own = [Claim(s.text, citations.of(p, s)) for p, s in point.lines]
            claims += own
            told.append(f"- {_as_label(point.label)}{_in_a_row(own)}")
        texts.append("\n".join(told))
    return "\n\n".join(texts), tuple(claims), tuple(citations.all)


def _in_a_row(claims: Sequence[Claim]) -> str:
    """The claims one after the other, list items told apart by semicolons."""
    told = [
        f"{c.text} {markers(c.citations)}{'' if c.text.endswith(_ENDED) else ';'}" for c in claims
    ]
    return " ".join(told).rstrip(";")


def _as_label(heading: str) -> str:
    if not heading:
        return ""
    return f"{heading} " if heading.endswith(("?", ":", ".")) else f"{heading}: "
