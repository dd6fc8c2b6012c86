"""Whether what a question tells meets the conditions of a rule."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.verdicts.absence import is_absent
from assistant.verdicts.asked import Asked
from assistant.verdicts.matching import Match, Rules
from assistant.verdicts.meeting import LIKELY, Said, chance_met
from assistant.verdicts.prepared import Prepared
from assistant.verdicts.told import state_of
from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, stem, words
from ingest.rules.lexicon import Mention

_SATISFIED = 0.6  # share of a condition's words that the question says, for it to be met
_SAID = 0.8  # … for it to be broken, where it wants something not to be there
_TEMPORAL = re.compile(r"^(?:før|inden(?! for)|forinden)\b", re.IGNORECASE)
WITHOUT = re.compile(r"^(?:uden|medmindre|med mindre)\b", re.IGNORECASE)
_ALIKE = 0.5  # cosine from which a piece of the question says that a condition is met
_FOR_SOME = re.compile(r"^(?:kun|for|alene|gælder)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:konsulent|medarbejder|leder|rådgiver|chef|ansat|vejleder|assistent|hjælper|udvikler"
    r"|ansvarlig|lærer|behandler|plejerske)(?:e|en|er|erne|ne)?\b",
    re.IGNORECASE,
)
_WITHOUT_LEAVE = re.compile(
    r"^uden (?:at (?:spørge|søge|bede|have)\b"
    r"|(?:\w+ ){0,2}(?:ansøgning|tilladelse|godkendelse|aftale|lov|accept)\b)",
    re.IGNORECASE,
)
# Something that somebody does first, not whom it is for.
_DONE = re.compile(r"^(?:kun |først )?(?:når|hvis|såfremt|så længe|forudsat)\b", re.IGNORECASE)
# What the text is about or holds, not what somebody does.
_OF_CONTENT = re.compile(
    r"^(?:kun )?(?:når|hvis|såfremt|så længe|forudsat at|forudsat) (?:[^\s,;:.]+ ){0,4}?"
    r"(?:er|indgår|handler|drejer|gælder|indeholder|vedrører|rummer|nævnes|står|fremgår"
    r"|bruges|indtastes|lægges|skrives|arbejder|behandler|har med)\b(?! (?:sløret|fjernet|læst|set"
    r"|taget|skiftet|streget))",
    re.IGNORECASE,
)
_BRIEF = 3  # words of a condition that only names an activity
_OPENING = 12  # characters within which a condition names who it is for: "kun sagsbehandlere"
_ABSENT = re.compile(r"\b(?:ikke|ingen|uden|aldrig)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a question says of a condition, "met", "broken" or "": by its concepts, by those of
    consents, courses and the like alone, and in all, "open" for nothing.
    """

    about: str
    told: str
    state: str


class Telling:
    """Compares conditions with what the question says."""

    def __init__(self, asked: Asked, rules: Rules) -> None:
        self._asked = asked
        self._rules = rules
        self._chances: dict[tuple[str, Prepared], float] = {}
        self._hearings: dict[tuple[str, frozenset[str]], _Heard] = {}

    def open_conditions(self, match: Match) -> tuple[list[str], bool]:
        """The conditions that the question does not say are met, and whether it says that one is
        not met.
        """
        left, broken = [], False
        for condition in match.prepared.rule.conditions:
            if self._is_waived(condition):
                continue  # "uden særlig aftale": it takes none
            state = self.state(condition, match)
            broken = broken or state == "broken"
            if state == "open":
                left.append(condition)
        return left, broken

    def is_there(self, way_out: str) -> bool:
        """Whether the question says that what a ban may be lifted by is there: "uden kursus" of
        one who has taken it.
        """
        return self.state(WITHOUT.sub("", way_out).strip()) == "met"

    def share_known(self, stems: Collection[str]) -> float:
        """The share of `stems` that the documents have in some form; 1 for none."""
        known = sum(bool(self._rules.vocabulary.df.get(s)) for s in stems)
        return known / len(stems) if stems else 1.0

    def _is_waived(self, condition: str) -> bool:
        if not WITHOUT.match(condition):
            return False
        parts = self._rules.book.lexicon.parts(condition)
        return bool(_WITHOUT_LEAVE.match(condition)) or not any(p.kind == "data" for p in parts)

    def state(self, condition: str, match: Match | None = None) -> str:
        """ "met", "broken" or "open"; a time ("før du …") is met. What the rule of `match` is about
        anyhow does not tell that its condition is met; where no concept tells, that of a leave is
        met where it is likely.
        """
        if _TEMPORAL.match(condition):
            return "met"
        heard = self._heard(condition, match.prepared.own if match else ())
        if heard.about or not (match and match.permits):
            return heard.state
        if self.chance(condition, match) >= LIKELY:
            return "met"
        return "open" if heard.state == "met" else heard.state

    def chance(self, condition: str, match: Match) -> float:
        """The chance that a condition of the rule of `match` is met: 0 or 1 where concepts tell."""
        heard = self._heard(condition, match.prepared.own)
        if heard.about:
            return float(heard.about == "met")
        key = (condition, match.prepared)
        if key not in self._chances:
            rule = match.prepared
            self._chances[key] = chance_met(self.signs(condition, rule.rule.scope, rule.own))
        return self._chances[key]

    def signs(self, condition: str, scope: str, ruled: Collection[str] = ()) -> dict[str, float]:
        """The signs of whether a condition of a leave of `scope` is met; `ruled` are the stems of
        what its rule is about anyhow.
        """
        heard = self._heard(condition, ruled)
        said = {
            "about met": heard.about == "met",
            "about broken": heard.about == "broken",
            "told met": heard.told == "met",
            "words met": not heard.about and heard.state == "met",
            "words broken": not heard.about and heard.state == "broken",
            "waived": self._is_waived(condition),
        }
        return self._said.signs(condition, scope, said)

    @cached_property
    def _said(self) -> Said:
        asked = self._asked
        return Said(asked.standalone or asked.text, asked.pieces, bool(asked.told.met))

    def _heard(self, condition: str, ruled: Collection[str]) -> _Heard:
        key = (condition, frozenset(ruled))
        if key not in self._hearings:
            self._hearings[key] = self._listen(condition, ruled)
        return self._hearings[key]

    def _listen(self, condition: str, ruled: Collection[str]) -> _Heard:
        lexicon = self._rules.book.lexicon
        mentions = lexicon.mentions(condition)
        told = state_of(condition, self._asked.told, lexicon)
        about = (
            self._about_data(condition, mentions)
            or self._about_roles(condition, mentions)
            or self._about_activity(condition, mentions)
            or told
        )
        return _Heard(about, told, about or self._about_words(condition, ruled))

    def _about_data(self, condition: str, mentions: Sequence[Mention]) -> str:
        """What the data of the question say of a condition on data; "" for nothing."""
        data = [m for m in mentions if m.concept.startswith("data.")]
        barred = frozenset(m.concept for m in data if is_absent(condition, m.start))
        wanted = frozenset(m.concept for m in data) - barred
        hierarchy = self._rules.hierarchy
        if barred and any(a in barred or hierarchy.above(a) & barred for a in self._asked.absent):
            return "met"
        if not self._asked.data or not data:
            return ""
        if barred and hierarchy.data(self._asked.data, barred) in ("equal", "covers"):
            return "broken"
        if _DONE.match(condition) and not _OF_CONTENT.match(condition):
            return ""  # "når to kolleger har set ansøgningerne": what is done with them
        if wanted:
            inside = hierarchy.data(self._asked.data, wanted) in ("equal", "covers")
            return "met" if inside else "broken"
        return "met"

    def _about_roles(self, condition: str, mentions: Sequence[Mention]) -> str:
        roles = [m for m in mentions if m.concept.startswith("role.")]
        named = frozenset(m.concept for m in roles)
        if named & self._asked.roles and not _DONE.match(condition):
            return "met"
        opens = bool(_FOR_SOME.match(condition)) and any(m.start < _OPENING for m in roles)
        if opens and (named & self._asked.absent or self._asked.roles):
            return "" if self._says_some(condition) else "broken"
        return ""

    def _says_some(self, condition: str) -> bool:
        """Whether the question has a word of its own in common with the condition."""
        stems = {stem(w) for w in words(condition) if w not in STOP_WORDS}
        return bool((stems - _CONNECT) & self._asked.words)

    def _about_activity(self, condition: str, mentions: Sequence[Mention]) -> str:
        """ "kun oversættelse" asked about a translation, or about something else."""
        named = [m.concept for m in mentions if m.concept.startswith("activity.")]
        if len(named) != 1 or len(condition.split()) > _BRIEF or not self._asked.activities:
            return ""
        if _PEOPLE.search(condition):
            return ""  # "for indkøbskonsulenterne"
        kin = any(self._rules.hierarchy.reaches(a, named[0]) for a in self._asked.activities)
        return "met" if kin else "broken" if _FOR_SOME.match(condition) else ""

    def _about_words(self, condition: str, ruled: Collection[str]) -> str:
        weigh = self._rules.vocabulary.idf
        stems = {
            s: weigh(s)
            for w in words(condition)
            if w not in STOP_WORDS and (s := stem(w)) not in _CONNECT
        }
        own = {s: weight for s, weight in stems.items() if s not in ruled}
        said = [s for s in own if s in self._asked.words]
        if not stems:
            return "open"
        share = sum(own[s] for s in said) / sum(own.values()) if own else 0.0
        enough = share >= _SATISFIED
        if not enough and not self._says_alike(condition):
            return "open"
        refused = bool(self._asked.refused & set(said))
        if _ABSENT.search(condition):
            return "met" if refused else "broken" if share >= _SAID else "open"
        return "broken" if refused else "met"

    def _says_alike(self, condition: str) -> bool:
        """Whether a piece of the question means the same as the condition."""
        vectors = builtin().vectors([condition, *self._asked.pieces])
        return bool((vectors[1:] @ vectors[0]).max(initial=0.0) >= _ALIKE)

    def is_ruled_out(self, match: Match) -> bool:
        """Whether a rule is about data that the question says are not there."""
        data, absent = match.prepared.data, self._asked.absent
        hierarchy = self._rules.hierarchy
        return bool(data and absent) and all(
            d in absent or hierarchy.above(d) & absent for d in data
        )

    def is_for_another_case(self, match: Match) -> bool:
        """Whether a ban holds in a case only that the question does not speak of."""
        if match.implied:
            return False
        cases = [c for c in match.prepared.rule.conditions if not WITHOUT.match(c)]
        return any(self.state(c, match) != "met" for c in cases)


# Words of conditions that say little of what is to be met.
_CONNECT = frozenset(
    stem(w)
    for w in (
        "hvis når såfremt så længe forudsat kun først efter med uden medmindre at dog bliver "
        "være er "
        "har gennemført gennemføre taget bestået bestå logget logge kurset kursus ja sagt sige "
        "siger "
        "givet give det forudsætter kræver din dit jeres vedkommende samtlige alle begge forhånd"
    ).split()
)
