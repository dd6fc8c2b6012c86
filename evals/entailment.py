"""Whether a Danish sentence follows from its source, by rules: the same every time, and no model.

It is the measure's own and shares nothing with the checks of assistant/chatmodel, which are what is
measured. A sentence follows when its numbers, names and words of content stand in the sentences
of the source that it is about, it denies no more and no less than they do, is no firmer, and keeps
their conditions. docs/decisions/evals.md has its agreement with hand labels.
"""

import re
from functools import lru_cache

from ingest.lexical import related, stems
from ingest.sentences import sentences
from ingest.text import normalise

_COVERED = 0.67  # share of the words of content that the source must have
_ABOUT = 0.5  # share of a source sentence's best match, from which another is read with it
_NUMBERS = {
    "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "syv": "7", "otte": "8",
    "ni": "9", "ti": "10", "elleve": "11", "tolv": "12", "femten": "15", "tyve": "20",
    "halvtreds": "50", "hundrede": "100", "halvandet": "1,5",
}  # fmt: skip
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[\wæøå,;:)] )[A-ZÆØÅ][\w-]+|\b\w*[A-ZÆØÅ]{2,}\w*\b")
_NEGATION = re.compile(
    r"\b(ikke|ingen|intet|aldrig|hverken|uden|nej|ej|forbudt|forbyde[rs]?|ulovlig\w*|frarådes"
    r"|undlad\w*|uegnet|ugyldig\w*|afvis\w*|afslå\w*|spærret|spærre[rs]?)\b",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"\bikke (uden|forbud\w*|ulovlig\w*)\b", re.IGNORECASE)
_LIMITS = re.compile(
    r"\b(før|efter|mindst|højst|senest|tidligst|alle|altid|over|under|hver|samtlige)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:]\s+|\s+(?:og|men)\s+(?=(?:må|skal|bør|kan|er|har|tager|bliver|gælder|holdes|udpeger)\b)"
)
# A table row reads "head: column: cell; column: cell"; the names of columns are the table's.
_COLUMN = re.compile(r"(?:(?<=: )|(?<=; )|(?<=– )|(?<=\? ))[A-ZÆØÅ][^:;?.]{0,60}[:?]\s+")
_ONLY = re.compile(r"\b(kun|alene|udelukkende|først)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(hvis|når|medmindre|forudsat|såfremt|undtagen|undtaget|så længe|efter aftale|bortset fra"
    r"|dog|betinget|kræver|med samtykke)\b",
    re.IGNORECASE,
)
_FORCES: tuple[tuple[str, str], ...] = (
    ("must", r"\b(skal|påkrævet|kræve[rs]?|krav|pligt\w*|obligatorisk\w*|nødt)\b"),
    ("may", r"\b(må|tillad\w*|godkendt|lov til|gerne|frit|lovligt?)\b"),
    ("should", r"\b(bør|anbefal\w*|burde)\b"),
)
# Which forces of the source bear which of the sentence.
_BORNE = {"must": {"must"}, "may": {"may", "must"}, "should": {"should", "must"}}
_EMPTY = frozenset(
    stems(
        "må skal kan bør vil er har får bliver gælder sker ikke ingen aldrig kun alene også dog "
        "men altid hver hvis når der det den de som at til for fra med ved om af i på og eller "
        "man du jeg vi kommunen medarbejder ansat bruge benytte lave sige stå findes være blive"
    )
)


def entails(source: str, claim: str) -> bool:
    """Whether `claim` follows from `source`."""
    return not why_not(source, claim)


@lru_cache(maxsize=20_000)
def why_not(source: str, claim: str) -> str:
    """What in `claim` does not follow from `source`; "" when it does."""
    said, there = normalise(claim).strip(" .…"), normalise(source)
    if not said:
        return "siger ingenting"
    if _letters(said) in _letters(there) or _letters(_COLUMN.sub("", said)) in _letters(there):
        return ""
    said = _COLUMN.sub("", said)
    if why := _adds(said, there):
        return why
    about = _about(said, there)
    return _contradicts(said, about) or _loses(said, about)


def _adds(said: str, there: str) -> str:
    """Numbers, names, limits or content that the source does not have."""
    if numbers := _numbers(said) - _numbers(there):
        return f"tal: {', '.join(sorted(numbers))}"
    if names := [n for n in _NAME.findall(said) if not _is_named(n, there)]:
        return f"navn: {', '.join(names)}"
    if limits := _limits(said) - _limits(there):
        return f"grænse: {', '.join(sorted(limits))}"
    return "" if _share(said, there) >= _COVERED else "handler om andet"


def _contradicts(said: str, about: str) -> str:
    if _denials(said) != _denials(_nearest_clause(said, about)):
        return "benægter andet"
    for force, pattern in _FORCES:
        if re.search(pattern, said, re.IGNORECASE):
            borne = (p for name, p in _FORCES if name in _BORNE[force])
            if not any(re.search(p, about, re.IGNORECASE) for p in borne):
                return "siger det stærkere eller svagere"
    return ""


def _loses(said: str, about: str) -> str:
    """A rule without its condition, or without its "kun", is another rule."""
    rules = any(re.search(p, said, re.IGNORECASE) for _, p in _FORCES)
    if rules and _ONLY.search(about) and not (_ONLY.search(said) or _CONDITION.search(said)):
        return "udelader kun"
    if rules and _CONDITION.search(about) and not (_CONDITION.search(said) or _ONLY.search(said)):
        return "udelader en betingelse"
    return ""


def _about(said: str, there: str) -> str:
    """The sentences of the source that `said` shares most with."""
    scored = [(_overlap(said, sentence), sentence) for sentence in sentences(there)]
    best = max((score for score, _ in scored), default=0.0)
    return " ".join(sentence for score, sentence in scored if score > 0 and score >= best * _ABOUT)


def _nearest_clause(said: str, about: str) -> str:
    """The clause that `said` shares most with, or all when `said` has several itself."""
    if len(_CLAUSE.split(said)) > 1:
        return about
    clauses = _CLAUSE.split(about)
    return max(clauses, key=lambda clause: (_overlap(said, clause), -len(clause)))


def _is_named(name: str, there: str) -> bool:
    """Whether a name stands in the source, in some form."""
    return _letters(name) in _letters(there) or _share(name, there) == 1.0


def _limits(text: str) -> set[str]:
    return {found.lower() for found in _LIMITS.findall(text)}


def _denials(text: str) -> bool:
    """Whether it denies: an odd number of negations."""
    return (len(_NEGATION.findall(text)) - 2 * len(_DOUBLE.findall(text))) % 2 == 1


def _numbers(text: str) -> set[str]:
    written = {_NUMBERS[w] for w in re.findall(r"\w+", text.lower()) if w in _NUMBERS}
    return {n.rstrip(".,") for n in _DIGITS.findall(text)} | written


def _share(said: str, there: str) -> float:
    words, source = _content(said), _content(there)
    return sum(_stands(w, source) for w in words) / len(words) if words else 1.0


def _overlap(said: str, sentence: str) -> float:
    return sum(_stands(w, _content(sentence)) for w in _content(said))


def _content(text: str) -> frozenset[str]:
    return frozenset(stems(text)) - _EMPTY


def _stands(word: str, source: frozenset[str]) -> bool:
    return word in source or any(related(word, other) for other in source)


@lru_cache(maxsize=20_000)
def _letters(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).lower()
