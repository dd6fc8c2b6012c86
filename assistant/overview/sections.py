"""The sections of documents, and what is told of one, point by point."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.pointing import points_on
from ingest.passages import Passage
from ingest.reading import Sentence, sentences_of
from ingest.register import Document

MOST = 10  # points of a list
LEAST = 3  # points, rows or tools that make a list
MINOR = ("lov", "notat", "kursus")  # kinds of document that do not rule themselves
LEAST_WORTH = 2.0  # of a section, to be told
_YES_OR_NO = re.compile(r"(?:ja|nej)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:§ ?)?\d+(?:\.\d+)*\.?\s+")

Line = tuple[Passage, Sentence]


@dataclass(frozen=True, slots=True)
class Point:
    """A list item, row or paragraph that is told; `label` is the heading that says what it is
    about where it does not say so itself, `intro` the sentence that introduces its list.
    """

    lines: tuple[Line, ...]
    label: str = ""
    intro: Line | None = None


Part = tuple[str, tuple[Point, ...]]  # the file of a document, and what is told of it


@dataclass(frozen=True, slots=True)
class Section:
    """All that stands under one heading of one document."""

    document: Document
    path: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def heading(self) -> str:
        """The nearest heading; "" for what stands before any."""
        return self.path[-1] if self.path else ""

    @property
    def points(self) -> list[Point]:
        """Its sentences, those of one block together, without those that only point on."""
        blocks: dict[tuple[str, int], list[Line]] = {}
        for passage, sentence in self.lines:
            if not points_on(sentence.text, ""):
                blocks.setdefault((passage.id, sentence.block), []).append((passage, sentence))
        return [Point(tuple(lines)) for lines in blocks.values()]


def sections_of(
    passages: Iterable[Passage], documents: Mapping[str, Document]
) -> Iterator[Section]:
    """The sections of `passages` that are of one of `documents`, which are by file."""
    found: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for passage in passages:
        if passage.document in documents:
            found.setdefault((passage.document, passage.section), []).append(passage)
    for (file, path), parts in found.items():
        lines = [(p, s) for p in parts for s in sentences_of(p) if not s.asks]
        yield Section(documents[file], path, tuple(lines))


def point_of(line: Line, section: Section) -> Point:
    """A line of `section` with what it does not make sense without: the question that it answers,
    the sentence that introduces its list, else the heading.
    """
    passage, sentence = line
    there = sentences_of(passage)
    if sentence.question >= 0 and _YES_OR_NO.match(sentence.text):
        return Point(((passage, there[sentence.question]), line), label_of(section.heading))
    if sentence.is_item and sentence.intro >= 0:
        return Point((line,), intro=(passage, there[sentence.intro]))
    return Point((line,), label_of(section.heading))


def label_of(heading: str) -> str:
    """`heading` without its number."""
    return _NUMBER.sub("", heading)
