"""A rule made ready to be matched: its concepts as sets, its words as stems, its vectors."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from assistant.verdicts.asked import GENERIC, HANDLING
from assistant.verdicts.grades import grades_in
from ingest.lexical import STOP_WORDS, Vocabulary, stem, words
from ingest.passages import Passage
from ingest.reading import Sentence, sentences_of
from ingest.register import Document
from ingest.rules.lexicon import tokens_of
from ingest.rules.modality import cell_modality, column_modality
from ingest.rules.model import Rule

_LEAST_PROTECTED = frozenset(("data.public", "data.green"))
_FOR_EXAMPLE = re.compile(r"\b(?:fx|f\.eks\.|for eksempel|såsom)(?= )", re.IGNORECASE)
_RARE = 4  # idf from which a word counts in full
_SAYS_SOMETHING = 0.7  # weight of the words of an enumerated thing
_ENUMERATION = re.compile(r", (?:og |eller )?| og | eller | samt |; ")
_ALL_OTHERS = re.compile(r"\b(?:alle|enhver|samtlige) andre\b|\ball other\b", re.IGNORECASE)
_CHATS = re.compile(r"\b(?:chat|sprogmodel)", re.IGNORECASE)
_PURPOSE = re.compile(r"\b(?:til|for) at\b(.+)$", re.IGNORECASE)
# "Billeder er ikke tilladt – Det gælder også plakater": of posters, it is still about pictures.
_RULED_THERE = re.compile(r"^(.+?) – (?:og )?(?:det|dette) (?:gælder|omfatter)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:når|hvis|som|der|fordi|også|heller|hvor|så|uanset|selv om)\b", re.IGNORECASE
)
_MUNICIPALITY = re.compile(r"\b([A-ZÆØÅ]\w+) Kommune\b")
_NORMS = re.compile(
    r"^(?:må|kan|skal|bør|ikke|kun|aldrig|hverken|heller|tilladt|forbudt|godkendt|lov|gerne|godt"
    r"|frit|altid|udelukkende|alene|frarådes|anbefales|endnu|dog|også|samt|alle|enhver|ingen|nogen"
    r"|slags|fx|træffer?|træffes)$"
)


# One thing of an enumeration in a rule: its stems with what each counts, and its activities.
Item: TypeAlias = tuple[Mapping[str, float], frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A rule with what is made of it once. `own` are the stems of its scope that are neither tool,
    data, role, norm nor mere handling, with what each counts, `listed` the same for each thing
    that it enumerates, `purpose` for what it says a use is for ("til at oplære kolleger"), or is
    about where it goes on; `around`, `whole` and `heading` are the stems of its context, its
    sentence and its headings.
    """

    rule: Rule
    passage: Passage
    sentence: Sentence
    document: Document
    tools: frozenset[str]
    data: frozenset[str]
    roles: frozenset[str]
    activities: frozenset[str]
    own: Mapping[str, float]
    listed: tuple[Item, ...]
    purpose: Item | None
    around: frozenset[str]
    whole: frozenset[str]
    heading: frozenset[str]
    grades: frozenset[int]
    beside: frozenset[str]  # the tools that the other sentences of its passage name

    @property
    def standing(self) -> tuple[int, str]:
        """What decides between documents that disagree: the kind, then the date."""
        return self.document.standing

    @property
    def forbids(self) -> bool:
        """Whether it says no."""
        return self.rule.modality in ("forbudt", "afventer")

    @property
    def permits(self) -> bool:
        """Whether it says yes, if only on conditions."""
        return self.rule.modality in ("tilladt", "kun")

    @property
    def rules_out_the_rest(self) -> bool:
        """Whether it is about all tools but those that its passage names: "alle andre"."""
        return "tool.other-tools" in self.tools and bool(_ALL_OTHERS.search(self.rule.scope))

    @property
    def is_of_chats(self) -> bool:
        """Whether the other tools that it is about are chat services."""
        return bool(_CHATS.search(self.rule.scope))

    @property
    def is_general(self) -> bool:
        """Whether it is about any use of its tools and data; a cell of a table of tools is."""
        if self.rule.column and self.tools and self.data and not self.rule.is_of_task:
            return True
        return not self.activities and sum(self.own.values()) < 1.0

    @property
    def is_of_any_tool(self) -> bool:
        """Whether it is about AI at large: any use of any tool with any data."""
        return self.is_general and not self.data and self.tools <= GENERIC

    @property
    def says_something(self) -> bool:
        """Whether it is about anything: "Det er i orden" alone is not."""
        named = self.tools or self.data or self.roles or self.activities
        return bool(named) or sum(self.own.values()) >= _SAYS_SOMETHING

    @property
    def scope(self) -> str:
        """What it rules, in words."""
        rule = self.rule
        return f"{rule.scope} {rule.column} {rule.cell}" if rule.column else rule.scope

    @property
    def ruled(self) -> str:
        """What it rules with the heading of its column, without what a cell says."""
        return f"{self.rule.scope} {self.rule.column}"

    @property
    def reads(self) -> str:
        """The text that it stands in: its sentence, or its own cell of a row."""
        return self.scope if self.rule.column else self.sentence.text

    @property
    def lent(self) -> str:
        """The heading over it, and what introduces it."""
        return " ".join((*self.passage.section[-1:], self.rule.context))

    @property
    def setting(self) -> str:
        """Its sentence with the heading and what introduces it."""
        return f"{self.lent} {self.sentence.text}"


def prepare(
    rule: Rule,
    passage: Passage,
    document: Document,
    vocabulary: Vocabulary,
    beside: frozenset[str] = frozenset(),
) -> Prepared:
    """`rule` of `passage` of `document`, made ready; `beside` are the tools that its passage
    names.
    """
    own = _own_words(rule, f"{rule.scope} {_column_of(rule)}".strip())
    weights = {s: min(1.0, vocabulary.idf(s) / _RARE) for s in own}
    activities = frozenset(p.concept for p in rule.parts if p.kind == "activity")
    if not activities and sum(weights.values()) < 1.0:
        activities = frozenset(rule.concepts("activity"))  # "men kun i Skriveren"
    return Prepared(
        rule=rule,
        passage=passage,
        sentence=sentences_of(passage)[rule.number],
        document=document,
        tools=frozenset(rule.concepts("tool")),
        data=_data(rule),
        roles=frozenset(p.concept for p in rule.parts if p.kind == "role"),
        activities=activities,
        own=weights,
        listed=tuple(_items(rule, weights, activities)),
        purpose=_purpose(rule, weights),
        around=_stems(rule.context),
        whole=sentences_of(passage)[rule.number].stems,
        heading=frozenset(s for heading in passage.section for s in _stems(heading)),
        grades=grades_in(rule.scope),
        beside=beside,
    )


def _column_of(rule: Rule) -> str:
    """The heading of its cell, where that names a thing: "Lydoptagelse", not "Må vi?"."""
    names = rule.column and cell_modality(rule.cell) and not column_modality(rule.column)
    return rule.column if names else ""


def _data(rule: Rule) -> frozenset[str]:
    """The data that it is about: any, where a tool is forbidden even for public ones."""
    data = frozenset(rule.concepts("data")) - _examples_of_public(rule)
    bans = rule.modality in ("forbudt", "afventer") and bool(rule.concepts("tool"))
    return frozenset() if bans and data <= _LEAST_PROTECTED else data


def _examples_of_public(rule: Rule) -> frozenset[str]:
    """Data that it names as examples of public ones only: "åbne oplysninger, fx adresser" allows no
    citizen's address.
    """
    ahead, _, after = _FOR_EXAMPLE.sub("\0", rule.scope, count=1).partition("\0")
    named = [p for p in rule.parts if p.kind == "data"]
    if not any(p.concept in _LEAST_PROTECTED and p.said in ahead for p in named):
        return frozenset()
    others = (p for p in named if p.concept not in _LEAST_PROTECTED)
    return frozenset(p.concept for p in others if p.said in after and p.said not in ahead)


def _items(rule: Rule, weights: Mapping[str, float], lent: frozenset[str]) -> Iterator[Item]:
    """The whole scope, and each thing that it enumerates ("ikoner, baggrunde og plakater")."""
    ruled = rule.scope.split(", hverken ")[0]  # what comes after only says how
    listed = (t for t in _ENUMERATION.split(ruled) if not _CLAUSE.search(t))
    for text in dict.fromkeys((rule.scope, *listed)):
        stems = {s: weights[s] for s in _own_words(rule, text) if s in weights}
        said = (p for p in rule.parts if p.kind == "activity" and p.said in text)
        activities = frozenset(p.concept for p in said) or (
            lent if text == rule.scope else frozenset()
        )
        if activities or sum(stems.values()) >= _SAYS_SOMETHING:
            yield stems, activities


def _purpose(rule: Rule, weights: Mapping[str, float]) -> Item | None:
    said = _RULED_THERE.match(rule.scope) or _PURPOSE.search(rule.scope)
    if said is None:
        return None
    stems = {s: weights[s] for s in _own_words(rule, said.group(1)) if s in weights}
    named = (p for p in rule.parts if p.kind == "activity" and p.said in said.group(1))
    activities = frozenset(p.concept for p in named)
    return (stems, activities) if stems or activities else None


def _own_words(rule: Rule, text: str) -> list[str]:
    said = {t.word for p in rule.parts for t in tokens_of(p.said)}
    said |= {m.group(1).lower() for m in _MUNICIPALITY.finditer(text)}
    found = {
        stem(w)
        for w in words(text)
        if w not in said
        and w not in STOP_WORDS
        and not _NORMS.match(w)
        and stem(w) not in HANDLING
        and not any(part in said for part in w.split("-"))
    }
    return sorted(found)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in words(text) if w not in STOP_WORDS)
