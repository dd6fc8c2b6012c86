"""What was found for an open question, put into words."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Literal

from assistant import wording
from assistant.citing import Citations, markers
from assistant.loaded import Loaded
from assistant.models import Claim, Language
from assistant.opening import Opening
from assistant.overview.access import access
from assistant.overview.approval import approval
from assistant.overview.focused import BANS, WORTH, all_ruled, focus_in, is_strange, ruled_on
from assistant.overview.help import whom_to_ask
from assistant.overview.important import general, most_important, never, never_written
from assistant.overview.sections import Line, Part, Point, Section, sections_of
from assistant.overview.suited import suited
from assistant.overview.tools import tools
from ingest.lexical import words

# What an intro says is told.
Subject = Literal[
    "tools", "leave", "newcomer", "rules", "document", "focus", "bans", "approval", "access", "help"
]  # fmt: skip

_INTROS: Mapping[str, Mapping[Language, str]] = {
    "tools": {
        "da": "Det siger ”{}” om værktøjerne:",
        "en": "This is what ”{}” says about the tools, in Danish:",
    },
    "leave": {
        "da": "Det kommer an på værktøjet og på, hvad du lægger ind i det. Det siger ”{}”:",
        "en": "That depends on the tool and on what you put into it. This is what ”{}” says, in "
        "Danish:",
    },
    "rules": {
        "da": "Nogle af reglerne i ”{}”:",
        "en": "Some of the rules in ”{}”, in Danish:",
    },
    "document": {
        "da": "Det siger ”{}” blandt andet:",
        "en": "This is some of what ”{}” says, in Danish:",
    },
    "focus": {
        "da": "Det siger ”{}” om det:",
        "en": "This is what ”{}” says about that, in Danish:",
    },
    "bans": {
        "da": "Det må du ikke ifølge ”{}”:",
        "en": "What you may not do according to ”{}”, in Danish:",
    },
    "newcomer": {
        "da": "Det vigtigste ifølge ”{}”:",
        "en": "The most important things according to ”{}”, in Danish:",
    },
    "help": {
        "da": "Her kan du spørge ifølge ”{}”:",
        "en": "This is whom to ask according to ”{}”, in Danish:",
    },
    "access": {
        "da": "Det siger ”{}” om at få det:",
        "en": "This is what ”{}” says about getting it, in Danish:",
    },
    "approval": {
        "da": "Sådan bliver et nyt værktøj godkendt ifølge ”{}”:",
        "en": "How a new tool gets approved according to ”{}”, in Danish:",
    },
}

# A question of what must not be written anywhere, not of what must not be done.
_INTO = re.compile(
    r"\b(?:skriv\w*|indtast\w*|lægge?r?|putte\w*|indsæt\w*|dele?r?|uploade\w*|fodre\w*|oplysninger"
    r"|data|put|enter|type|paste|share|upload)\b",
    re.IGNORECASE,
)
_ENDED = (".", "!", "?", ":", ",", ";")
_Finder = Callable[[], list[Part]]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is told: the points of each document, in the order of its pages."""

    subject: Subject
    parts: tuple[Part, ...]

    def has(self, line: Line) -> bool:
        """Whether `line` is told."""
        told = (each for _, points in self.parts for point in points for each in point.lines)
        return any(line[1].text in sentence.text for _, sentence in told)


@dataclass(frozen=True, slots=True)
class Beside:
    """The other question, where two are asked at once and one is open: the words it is asked in,
    without a question mark, and what answers it; without lines nothing does.
    """

    asked: str
    lines: tuple[Line, ...]


def overview(opening: Opening, loaded: Loaded) -> Overview | None:
    """What the documents in force have for an open question; None when they have nothing."""
    if not opening.is_sure and is_strange(opening, loaded):
        return None
    day = loaded.today()
    valid = {f: d for f, d in loaded.documents.items() if d.valid_on(day)}
    sections = [s for s in sections_of(loaded.passages, valid) if s.lines]
    for subject, find in _finders(opening, loaded, sections):
        if parts := find():
            return Overview(subject, tuple(parts))
    return None


def of_documents(files: Collection[str], loaded: Loaded) -> Overview | None:
    """What the documents `files` rule, whether they are in force or not; None when it is little."""
    documents = {f: d for f, d in loaded.documents.items() if f in files}
    sections = [s for s in sections_of(loaded.passages, documents) if s.lines]
    parts = all_ruled(sections, loaded)
    return Overview("document", tuple(parts)) if parts else None


def _finders(
    opening: Opening, loaded: Loaded, sections: Sequence[Section]
) -> Iterator[tuple[Subject, _Finder]]:
    """What may be told, the first that there is, and how it is found."""
    book = loaded.rules.book
    focus = focus_in(opening, loaded)
    on_focus = partial(ruled_on, sections, loaded, focus)
    if opening.kind == "tools":
        who = {
            w for p in book.lexicon.parts(opening.text) if p.kind == "role" for w in words(p.said)
        }
        if set(focus.split()) - who:
            yield "tools", partial(suited, sections, loaded, opening.text)
        else:
            yield "tools", partial(tools, sections, book)
    elif opening.kind == "bans":
        if focus:
            yield "bans", partial(on_focus, BANS, 0.0 if opening.named else WORTH)
        if _INTO.search(opening.text):
            yield "bans", partial(never_written, sections, book)
        yield "bans", partial(never, sections, book)
    elif opening.kind == "rules":
        if focus:
            yield "focus", partial(on_focus, (), WORTH)
        yield "newcomer", partial(most_important, sections, book)
        yield "rules", partial(general, sections, book)
        if focus:
            yield "focus", on_focus
    elif opening.kind == "approval" and "tool" in opening.named:
        yield "access", partial(access, sections, book, opening.text)
    elif opening.kind == "approval":
        yield "approval", partial(approval, sections, book)
    elif not focus:
        yield "help", partial(whom_to_ask, sections, book)


def in_words(
    found: Overview,
    besides: Sequence[Beside],
    citations: Citations,
    titles: Mapping[str, str],
    language: Language,
) -> tuple[str, tuple[Claim, ...]]:
    """What was `found` and what answers the other question `besides`, as the text of an answer and
    its claims. `titles` are those of the documents by file; `citations` are added to.
    """
    claims: list[Claim] = []
    texts = []
    for file, points in found.parts:
        intro = _INTROS[found.subject][language].format(titles.get(file, file))
        texts.append("\n".join((f"**{intro}**\n", *_points(points, citations, claims))))
    for beside in besides:
        own = [Claim(s.text, citations.of(p, s)) for p, s in beside.lines]
        claims += own
        told = f"**{beside.asked}?** {_in_a_row(own)}"
        texts.append(told if own else f"*{wording.also_asked(beside.asked, language)}*")
    return "\n\n".join(texts), tuple(claims)


def _points(points: Sequence[Point], citations: Citations, claims: list[Claim]) -> Iterator[str]:
    """The lines of a list of `points`; their claims are added to `claims`."""
    for (label, head), together in groupby(points, key=lambda p: (p.label, p.intro)):
        rows = [[Claim(s.text, citations.of(p, s)) for p, s in point.lines] for point in together]
        led = [Claim(head[1].text, citations.of(*head))] if head else []
        claims += [*led, *(claim for own in rows for claim in own)]
        named = f"**{label}**" if label else _in_a_row(led)
        if named and len(rows) > 1:
            yield f"- {named}"
            yield from (f"  - {_in_a_row(own)}" for own in rows)
        else:
            yield from (f"- {_as_label(label)}{_in_a_row([*led, *own])}" for own in rows)


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
