"""Which tools there are, and for what: the documents' tables of tools, else rules that name one."""

import re
from collections.abc import Sequence

from assistant.opening import GENERIC
from assistant.overview.sections import LEAST, MOST, Part, Point, Section, label_of
from ingest.reading import Sentence
from ingest.rules.book import RuleBook

_MOST_TABLES = 3
_OF_TOOLS = 0.7  # share of a table's rows that name a tool, for it to be of tools
_NEW_TOOLS = 2  # tools that a further table must add
_ALLOWS = re.compile(r"\b(?:ja|nej|må|kun|tilladt|godkendt|✔|✓|forbudt)", re.IGNORECASE)


def tools(sections: Sequence[Section], book: RuleBook) -> list[Part]:
    """The tables whose rows are tools, the fullest first; a further one when it adds some. Where
    there is none, the rules that allow or forbid one by name.
    """
    tables = [(s, _tools_of(s, book)) for s in sections]
    tables = [(section, tools) for section, tools in tables if tools]
    tables.sort(key=lambda each: (each[0].document.kind == "kursus", -len(each[1])))
    seen: set[str] = set()
    parts: list[Part] = []
    for section, tools in tables:
        if len(tools - seen) >= _NEW_TOOLS and len(parts) < _MOST_TABLES:
            seen |= tools
            rows = tuple(Point((line,)) for line in section.lines if line[1].is_row)
            parts.append((section.document.file, rows))
    return parts or _by_rules(sections, book)


def _tools_of(section: Section, book: RuleBook) -> frozenset[str]:
    """The tools that a table is of; empty where it is of something else, or says of none what it
    may be used for.
    """
    rows = [sentence.text for _, sentence in section.lines if sentence.is_row]
    named = [(row, tool) for row in rows if (tool := _tool_of(row, book))]
    ruled = sum(bool(_ALLOWS.search(row)) for row, _ in named)
    enough = len(named) >= max(LEAST, _OF_TOOLS * len(rows)) and 2 * ruled >= len(named)
    return frozenset(tool for _, tool in named) if enough else frozenset()


def _tool_of(row: str, book: RuleBook) -> str:
    """The tool that opens a table row; "" for none."""
    label = row.split(":", maxsplit=1)[0]
    named = [p for p in book.lexicon.parts(label) if p.kind == "tool" and p.concept != "tool.ai"]
    return named[0].concept if named and label.lower().startswith(named[0].said.lower()) else ""


def _by_rules(sections: Sequence[Section], book: RuleBook) -> list[Part]:
    """For each tool a sentence that says of which data it may have, else one that allows or forbids
    it; of the document that rules on most of them.
    """
    there = {(p.id, s.number): (section, (p, s)) for section in sections for p, s in section.lines}
    by_file: dict[str, dict[str, tuple[bool, Point]]] = {}
    for rule in book.rules:
        tools = [tool for tool in rule.concepts("tool") if tool not in GENERIC]
        place = there.get((rule.passage, rule.number))
        if place is None or len(tools) != 1 or rule.modality in ("påbud", "ikke påbud", "bør"):
            continue
        section, (passage, sentence) = place
        label = naming(section.path, sentence, tools[0], book)
        best = by_file.setdefault(section.document.file, {})
        of_data = bool(rule.concepts("data"))
        if label is not None and (tools[0] not in best or (of_data and not best[tools[0]][0])):
            best[tools[0]] = (of_data, Point(((passage, sentence),), label))
    file, found = max(by_file.items(), key=lambda each: len(each[1]), default=("", {}))
    points = tuple({point.lines: point for _, point in found.values()}.values())[:MOST]
    return [(file, points)] if len(points) >= LEAST else []


def naming(path: Sequence[str], sentence: Sentence, tool: str, book: RuleBook) -> str | None:
    """The heading of `path` that names `tool`, "" where `sentence` does so itself; None when
    none does.
    """
    if _is_of(sentence.text, tool, book):
        return ""
    return next((label_of(h) for h in reversed(path) if _is_of(h, tool, book)), None)


def _is_of(text: str, tool: str, book: RuleBook) -> bool:
    return any(part.concept == tool for part in book.lexicon.parts(text))
