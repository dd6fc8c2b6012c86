"""What a newcomer must know: what the documents themselves call the most important."""

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.opening import GENERIC
from assistant.overview.sections import (
    LEAST,
    LEAST_WORTH,
    MINOR,
    MOST,
    Line,
    Part,
    Point,
    Section,
    label_of,
    point_of,
)
from ingest.reading import Sentence
from ingest.rules.book import RuleBook
from ingest.rules.model import Modality, Rule

_FIRST = 3  # sentences told of a point that has a heading of its own
_MOST_RULES = 8
_IMPORTANT = re.compile(
    r"\b(?:(?:det|de) vigtigste|kort (?:fortalt|sagt)|det korte af det lange|gyldne regler"
    r"|grundregler|leveregler|spilleregler|(?:gode|vigtige) råd|huskeseddel|gælder altid"
    r"|(?:to|tre|fire|fem|seks|syv|otte|ni|ti) (?:principper|regler|ting|råd)"
    r"|overordnede regler)\b",
    re.IGNORECASE,
)
_LIMITS: tuple[Modality, ...] = ("påbud", "forbudt", "kun")
_WRITES = re.compile(
    r"\b(?:skriv\w*|indtast\w*|læg\w*|indsæt\w*|dele\w*|upload\w*|kopier\w*|hører|komme[rs]?|indgå\w*"
    r"|fodre\w*|indgiv\w*|behandl\w*)\b",
    re.IGNORECASE,
)
_FORBID: tuple[Modality, ...] = ("forbudt",)
_FORBIDS = re.compile(
    r"\b(?:(?:det )?må (?:du|man|vi|I|AI|det)? ?(?:ikke|aldrig)|ikke (?:tilladt|bruges)|forbudt?"
    r"|aldrig|undgå|siger (?:vi )?nej)\b",
    re.IGNORECASE,
)
# "Princip 3. Mennesker afgør": one of a row of sections that are the list.
_ONE_OF = re.compile(r"^(?:princip|regel|råd|bud|spilleregel) \d", re.IGNORECASE)
_FOR_NEW = re.compile(r"\b(?:nye?|nyansat\w*|velkommen|første (?:dag|tid|uge))\b", re.IGNORECASE)
_OF_SOME = re.compile(r"\b(?:skole|dagtilbud|sfo|hjemmepleje|leder|hr|sagsbehandling)\w*", re.I)
_EARLIER = re.compile(r"(?:indtil|inden|siden) (?:da|dette|så)\b|indtil\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:AI|KI|kunstig intelligens|værktøj\w*)\b|\bansvar\w*", re.IGNORECASE)


def most_important(sections: Sequence[Section], book: RuleBook) -> list[Part]:
    """The list that the documents themselves call the most important, rather one for newcomers."""

    def worth(section: Section) -> float:
        document = section.document
        path = " ".join(section.path)
        where = f"{document.title} {path}"
        named = (
            2.0 * bool(_IMPORTANT.search(where) or _ONE_OF.search(section.heading))
            + 1.0 * bool(_IMPORTANT.search(path))
            + 0.5 * bool(_IMPORTANT.search(section.heading))
        )
        of_some = {p.kind for p in book.lexicon.parts(document.title)} & {"role", "activity"}
        return (
            named
            + 2.0 * bool(named and _FOR_NEW.search(where))
            + 0.1 * min(5, len(section.lines))
            - 2.0 * (document.kind in ("lov", "notat"))
            - 1.0 * bool(of_some or _OF_SOME.search(document.title))
        )

    best = max(sections, key=worth, default=None)
    if best is None or worth(best) < LEAST_WORTH:
        return []
    return [(best.document.file, tuple(_whole(best, sections))[:MOST])]


def _whole(best: Section, sections: Sequence[Section]) -> Iterator[Point]:
    """The points of `best`; where each has a heading of its own, that and the first of each."""
    deep = next((n for n, h in enumerate(best.path, 1) if _IMPORTANT.search(h)), len(best.path) - 1)
    if _ONE_OF.search(best.heading):
        deep = len(best.path) - 1
    above = best.path[: max(0, deep)]
    if best.path == above:
        yield from best.points
    for section in sections:
        if section.document == best.document and section.path[:-1] == above and section.points:
            first = tuple(line for point in section.points for line in point.lines)[:_FIRST]
            yield Point(first, label_of(section.heading))


def never_written(sections: Sequence[Section], book: RuleBook) -> list[Part]:
    """What is not to be written in AI at large, of the document that says so most often."""
    there = {(p.id, s.number): (section, (p, s)) for section in sections for p, s in section.lines}
    found: dict[str, dict[Line, Point]] = {}
    for rule in book.rules:
        place = there.get((rule.passage, rule.number))
        tools = set(rule.concepts("tool"))
        of_all = tools and tools <= GENERIC
        forbids = rule.modality == "forbudt" and not rule.cell and _WRITES.search(rule.scope)
        if place and forbids and of_all and place[0].document.kind not in MINOR:
            section, line = place
            found.setdefault(section.document.file, {})[line] = point_of(line, section)
    file, points = max(found.items(), key=lambda each: len(each[1]), default=("", {}))
    return [(file, tuple(points.values())[:_MOST_RULES])] if len(points) >= LEAST else []


def never(sections: Sequence[Section], book: RuleBook) -> list[Part]:
    """What the documents list as not allowed, of the fullest such list that is not for some alone;
    else the general rules that forbid.
    """
    bans = {(r.passage, r.number) for r in book.rules if r.modality == "forbudt" and not r.cell}

    def worth(section: Section) -> float:
        found = sum((p.id, s.number) in bans for p, s in section.lines)
        of_some = _OF_SOME.search(f"{section.document.title} {section.heading}")
        minor = section.document.kind in MINOR
        return found - 3.0 * bool(of_some) - 3.0 * minor

    listed = [s for s in sections if _FORBIDS.search(s.heading)]
    best = max(listed, key=worth, default=None)
    if best is None or worth(best) < LEAST:
        return general(sections, book, _FORBID)
    lines = [(p, s) for p, s in best.lines if (p.id, s.number) in bans and s.text[-1:] != ":"]
    points = tuple(point_of(line, best) for line in lines)
    return [(best.document.file, points[:MOST])]


def general(
    sections: Sequence[Section], book: RuleBook, only: Collection[Modality] = _LIMITS
) -> list[Part]:
    """What the documents rule, in `only` these ways, without a condition and for no tool, data or
    role of its own; of the document that does so most often, in its order.
    """
    there = {(p.id, s.number): (section, (p, s)) for section in sections for p, s in section.lines}
    by_file: dict[str, dict[Line, None]] = {}
    for rule in book.rules:
        place = there.get((rule.passage, rule.number))
        if place and rule.modality in only and _is_general(rule, place[1][1]):
            by_file.setdefault(place[0].document.file, {})[place[1]] = None
    file, found = max(by_file.items(), key=lambda each: len(each[1]), default=("", {}))
    points = tuple(Point((line,)) for line in found)[:_MOST_RULES]
    return [(file, points)] if len(points) >= LEAST else []


def _is_general(rule: Rule, sentence: Sentence) -> bool:
    concepts = [part.concept for part in (*rule.parts, *rule.inherited)]
    special = [c for c in concepts if not c.startswith("activity") and c not in GENERIC]
    bound = rule.conditions or rule.exceptions or rule.cell
    loose = bound or sentence.leans or _EARLIER.match(sentence.text)
    answers = sentence.question >= 0 or sentence.is_item
    return not (loose or answers or special) and bool(_OWN.search(sentence.text))
