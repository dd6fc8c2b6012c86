"""Numbers, dates, paragraphs, lengths of time, addresses and telephone numbers in a text."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from ingest.text import normalise

Fact: TypeAlias = tuple[str, str]  # what kind of fact, and which one, normalised

_MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december"
).split()
_ONES = (
    "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten "
    "atten nitten"
).split()
_TENS = "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems".split()
_BIG = {"hundrede": 100, "hundred": 100, "tusind": 1_000, "tusinde": 1_000}
_ORDINALS = {
    "første": 1, "anden": 2, "andet": 2, "tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6,
    "syvende": 7, "ottende": 8, "niende": 9, "tiende": 10,
}  # fmt: skip
# "en" and "et" are articles before they are numbers; "én" and "ét" are numbers.
WORDS: dict[str, int] = {
    **{w: n for n, w in enumerate(_ONES) if n > 1},
    **{w: 20 + 10 * n for n, w in enumerate(_TENS)},
    **{
        f"{one}og{ten}": n + 20 + 10 * m
        for n, one in enumerate(_ONES) if 0 < n < 10 for m, ten in enumerate(_TENS)
    },
    **_BIG, "én": 1, "ét": 1, "halvtredive": 25, "halvanden": 1, "begge": 2,
}  # fmt: skip
_SCALES = {"mio": 6, "million": 6, "millioner": 6, "mia": 9, "milliard": 9, "milliarder": 9}
# Units of which the number is meant: what differs in one of these is another fact.
UNITS = {
    "minut": "minut", "minutter": "minut", "min": "minut", "time": "time", "timer": "time",
    "timers": "time", "døgn": "dag", "dag": "dag", "dage": "dag", "dages": "dag",
    "arbejdsdag": "arbejdsdag", "arbejdsdage": "arbejdsdag", "hverdag": "arbejdsdag",
    "hverdage": "arbejdsdag", "uge": "uge", "uger": "uge", "ugers": "uge", "måned": "måned",
    "måneder": "måned", "måneders": "måned", "år": "år", "års": "år", "sekund": "sekund",
    "sekunder": "sekund", "kvartal": "kvartal", "kvartaler": "kvartal", "kr": "kr",
    "kroner": "kr", "euro": "euro", "eur": "euro", "€": "euro", "%": "%", "procent": "%",
    "pct": "%", "dollar": "dollar",
}  # fmt: skip
_SAME_TIME = {
    ("24", "time"): ("1", "dag"), ("48", "time"): ("2", "dag"), ("72", "time"): ("3", "dag"),
    ("7", "dag"): ("1", "uge"), ("14", "dag"): ("2", "uge"), ("12", "måned"): ("1", "år"),
    ("24", "måned"): ("2", "år"), ("36", "måned"): ("3", "år"), ("60", "minut"): ("1", "time"),
    ("6", "måned"): ("½", "år"), ("3", "måned"): ("1", "kvartal"),
}  # fmt: skip

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\w")
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s)\]>”\"]+|\b[\w-]+(?:\.[\w-]+)*\.(?:dk|com|org|net|eu|io|ai|example)\b"
    r"(?:/[^\s)\]>”\"]*)?",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(\d{{1,2}})\.?\s*(?:({'|'.join(_MONTHS)})\b|[./-]\s*(\d{{1,2}})\b(?=[./-]\s*\d{{2,4}}))"
    r"\.?(?:[./-]?\s*((?:19|20)\d\d))?",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})\b")
_PARAGRAPH = re.compile(r"(?:§+|\bparagraf(?:fen)?)\s*(\d+)\s?([a-hj-z])?(?!\w)", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.,])(?:\+45\s?)?\d{2}\s\d{2}\s\d{2}\s\d{2}\b|(?<![\d.,])\d{8}\b")
_CLOCK = re.compile(r"\b(?:kl|klokken)\.?\s*(\d{1,2})(?:[.:](\d\d))?", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w@])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?:\s*(mio|mia|million\w*|milliard\w*)\b\.?)?"
    r"\s*([%€]|[^\W\d_]+)?",
    re.IGNORECASE,
)
_WORD_NUMBER = re.compile(
    rf"\b({'|'.join(sorted(WORDS, key=len, reverse=True))})\b\s*([^\W\d_]+)?", re.IGNORECASE
)
_ONE_UNIT = re.compile(r"\b(?:en|et|hver|hvert|om|i)\s+([^\W\d_]+)", re.IGNORECASE)
# "senest efter et døgn" is a length of time, "et døgn" after anything else may be a rate.
_LENGTH = re.compile(r"\b(?:efter|inden for|højst|senest|mindst|op til|i|på) $", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(næste|samme|forrige) (hverdag|arbejdsdag|dag|uge|måned|år)\b", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def facts_of(text: str) -> frozenset[Fact]:
    """The facts in `text`. A date gives its day with and without the year; a number its value,
    and with a unit of time, money or share also both together.
    """
    return frozenset(_facts(normalise(text)))


def _facts(text: str) -> Iterator[Fact]:
    for pattern, kind in ((_MAIL, "mail"), (_LINK, "link")):
        yield from ((kind, m.group().lower().rstrip("/.")) for m in pattern.finditer(text))
        text = pattern.sub(" ¤ ", text)
    for match in _PARAGRAPH.finditer(text):
        yield "paragraph", f"§{match[1]}{(match[2] or '').lower()}"
    text = _PARAGRAPH.sub(" ¤ ", text)
    for match in _PHONE.finditer(text):
        yield "phone", re.sub(r"\D", "", match.group())[-8:]
    text = _PHONE.sub(" ¤ ", text)
    yield from _dates(text)
    text = _DATE.sub(" ¤ ", _ISO.sub(" ¤ ", text))
    yield from _numbers(text)


def _dates(text: str) -> Iterator[Fact]:
    for match in _ISO.finditer(text):
        yield "date", f"{int(match[3])}.{int(match[2])}.{match[1]}"
        yield "day", f"{int(match[3])}.{int(match[2])}"
        yield from _month(int(match[2]))
    for match in _MONTH.finditer(text):
        yield "month", match[1].lower()
    for match in _DATE.finditer(_ISO.sub(" ¤ ", text)):
        month = _MONTHS.index(match[2].lower()) + 1 if match[2] else int(match[3])
        yield from _month(month)
        yield "day", f"{int(match[1])}.{month}"
        if match[4]:
            yield "date", f"{int(match[1])}.{month}.{match[4]}"


def _month(number: int) -> Iterator[Fact]:
    if 1 <= number <= len(_MONTHS):
        yield "month", _MONTHS[number - 1]


def _numbers(text: str) -> Iterator[Fact]:
    for match in _NUMBER.finditer(text):
        value = match[1].replace(".", "") + (f",{match[2]}" if match[2] else "")
        if match[3]:
            value += f"e{_SCALES[match[3].lower()]}"
        yield from _measured(value.lstrip("0") or "0", match[4])
    for match in _WORD_NUMBER.finditer(text):
        value = WORDS[match[1].lower()]
        if value > 1 or (match[2] or "").lower() in UNITS:
            yield from _measured(str(value), match[2])
    for match in _ONE_UNIT.finditer(text):
        if unit := UNITS.get(match[1].lower()):
            yield from _with_unit("1", unit)
            if _LENGTH.search(text[: match.start()]):
                yield "number", "1"
    for match in _NEXT.finditer(text):
        yield "when", f"{match[1]} {UNITS.get(match[2], match[2])}".lower()


def _measured(value: str, after: str | None) -> Iterator[Fact]:
    yield "number", value
    if after and (unit := UNITS.get(after.lower())):
        yield from _with_unit(value, unit)


def _with_unit(value: str, unit: str) -> Iterator[Fact]:
    yield "measure", f"{value} {unit}"
    for one, other in _SAME_TIME.items():
        if (value, unit) in (one, other):
            same = other if (value, unit) == one else one
            yield "same", f"{same[0]} {same[1]}"


_SHORTEST = 4  # words of a clause
_CLEARLY = 0.4  # share by which another clause says more of it
_CLAUSE = re.compile(r"[;:?!] |, |\. (?=[A-ZÆØÅ])| og (?=\S+ )| – | mens | men ")


def missing(claim: str, support: str) -> list[str]:
    """The facts of `claim` that `support` does not have, as a reader would name them."""
    wanted, there = facts_of(claim), facts_of(support)
    known = _equivalents(there)
    lost = []
    for kind, value in sorted(wanted):
        if kind == "same" or (kind, value) in known:
            continue
        if kind == "number" and _counted_otherwise(value, wanted, known):
            continue
        if kind == "measure" and _other_words(value, wanted, there, known):
            continue
        lost.append(value)
    return lost


def misplaced(claim: str, core: str, alike: Callable[[str, str], float]) -> list[str]:
    """The facts of `claim` that `core` has, but where another clause says what the claim's does:
    there another fact of the same kind stands. `alike` gives how well one clause says another.
    """
    there = [(clause, facts_of(clause)) for clause in _clauses(core)]
    found = []
    for clause in _clauses(claim):
        bare = _undated(clause)
        if len(bare.split()) < _SHORTEST:
            continue  # too little to tell which clause it is of
        for kind, value in facts_of(clause):
            of_kind = [(c, f) for c, f in there if any(k == kind for k, _ in f)]
            inside = [alike(bare, _undated(c)) for c, f in of_kind if (kind, value) in f]
            outside = [alike(bare, _undated(c)) for c, f in of_kind if (kind, value) not in f]
            if inside and outside and max(outside) > max(inside) + _CLEARLY:
                found.append(value)
    return found


def _undated(text: str) -> str:
    return _DATE.sub(" ", text)


def _clauses(text: str) -> list[str]:
    return [c for c in _CLAUSE.split(normalise(text)) if c.strip()]


def swapped(claim: str, core: str) -> list[str]:
    """The facts of `claim` that `core`, the words quoted, does not have, where it has another of
    the same kind that the claim leaves out.
    """
    lost = missing(claim, core)
    wanted, there = facts_of(claim), facts_of(core)
    kinds = {kind for kind, _ in there - wanted - _same_times(wanted)}
    return [value for value in lost if _kinds_of(value, wanted) & kinds]


def _kinds_of(value: str, facts: frozenset[Fact]) -> set[str]:
    return {kind for kind, fact in facts if fact == value}


def _same_times(facts: frozenset[Fact]) -> frozenset[Fact]:
    return frozenset(("measure", value) for kind, value in facts if kind == "same")


def _equivalents(there: frozenset[Fact]) -> frozenset[Fact]:
    """What the text says, the same lengths of time in other units, and the years of its dates."""
    years = {("number", value.rpartition(".")[2]) for kind, value in there if kind == "date"}
    return there | years | {("measure", value) for kind, value in there if kind == "same"}


def _counted_otherwise(value: str, wanted: frozenset[Fact], known: frozenset[Fact]) -> bool:
    """Whether a bare number is that of a length of time which the text has in another unit."""
    return any(
        kind == "measure" and fact.split()[0] == value and (kind, fact) in known
        for kind, fact in wanted
    )


def _other_words(
    value: str, wanted: frozenset[Fact], there: frozenset[Fact], known: frozenset[Fact]
) -> bool:
    """Whether a measured number stands in the text with the unit left out ("8 – 20 dage")."""
    number, unit = value.split()
    if ("number", number) not in known:
        # "om året", "hver måned": a rate of one is no number of its own.
        return number == "1" and ("number", "1") not in wanted
    others = {
        fact.split()[1] for kind, fact in there if kind == "measure" and fact.split()[0] == number
    }
    same_unit = {fact for kind, fact in there if kind == "measure" and fact.split()[1] == unit}
    said = {fact for kind, fact in wanted if kind == "measure"}
    return not others and same_unit <= said
