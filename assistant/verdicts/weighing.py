"""The verdict weighed: what the rules that match come to together.

Rules one by one decide too much by the one that happens to be nearest. This weighs them all, by a
`mixture` of what each would come to, and says too when they settle nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.models import Verdict
from assistant.verdicts.asked import UNKNOWN_TOOL, Asked
from assistant.verdicts.bearing import Bearing, bearing_of
from assistant.verdicts.conditions import Telling
from assistant.verdicts.ending import names_a_case, ways_out
from assistant.verdicts.judgement import NONE, Case, Judgement
from assistant.verdicts.matching import Match
from assistant.verdicts.mixture import MOST, Mixture, Signs, in_force
from assistant.verdicts.signals import (
    VERDICTS,
    duty_signals,
    signs_of_question,
    signs_of_verdict,
    signs_to_decide,
)

DUTY = "duty"  # the name in the file of the model of duties
SURE_OF_YES = 0.55  # of what is settled, the chance that a "ja" must have: a wrong one costs most
UNLIKELY = 0.3  # chance of nothing being settled from which no verdict is given
LIKELY_DUTY = 0.6  # chance from which a rule settles whether something must be done
_LOOKED_AT = 8  # rules that may bear a verdict out, those with the largest part in its chance
_LEAST = 0.1  # of the largest part, for a rule to bear the verdict out
_ALONE = 0.7  # of a chance, for the conditions of one rule to be told without other cases
_BESIDE = 0.4  # of the part of the first that bears it out, for another to be told too
_TOLD = 2  # rules at most
_SHOWN = 6  # cases at most

_BANS: tuple[Bearing, ...] = (
    "ban", "implied ban", "leave that fails", "ban of a use", "ban of data", "ban of a tool",
)  # fmt: skip
_LEAVES: tuple[Bearing, ...] = (
    "leave", "only leave", "leave for a use", "leave for data", "leave for a tool", "lifted ban",
)  # fmt: skip
_ON_CONDITIONS: tuple[Bearing, ...] = (
    "leave on conditions",
    "ban with a way out",
    "leave for a use on conditions",
    "leave for data on conditions",
    "leave for a tool on conditions",
)
_PARTS: tuple[Bearing, ...] = (
    "leave for data", "leave for a tool", "leave for a use", "ban of data", "ban of a tool",
    "leave for data on conditions", "leave for a tool on conditions",
)  # fmt: skip
# The rules that bear a verdict out as they stand, and those that may where the question tells that
# their conditions are met, or are not.
_BY: dict[Verdict, tuple[Bearing, ...]] = {
    "ja": (*_LEAVES, *_ON_CONDITIONS),
    "nej": (*_BANS, *_ON_CONDITIONS, "only leave"),
    "betinget": (*_ON_CONDITIONS, "duty"),
}

# What a rule has in the chance of a verdict, the rule, and how it bears on the question.
_Part: TypeAlias = tuple[float, Match, Bearing | None]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The matches, likeliest first, and how they bear on what is asked."""

    asked: Asked
    told: Telling
    matches: Sequence[Match]
    bearings: Sequence[Bearing | None]

    @classmethod
    def of(cls, asked: Asked, matches: Sequence[Match], told: Telling) -> "Weighing":
        """Of `matches`, likeliest first."""
        return cls(asked, told, matches, [bearing_of(match, told) for match in matches[:MOST]])

    def signs(self, first: Judgement) -> tuple[list[Signs], list[Signs], Signs]:
        """What the mixture looks at; `first` is what the rules came to one by one."""
        near = list(zip(self.matches, self.bearings, strict=False))
        deciding: list[Signs] = [signs_to_decide(m, how, self.told, first) for m, how in near]
        ruling: list[Signs] = [signs_of_verdict(m, how, self.told) for m, how in near]
        question = signs_of_question(self.asked, self.matches, self.told, first.verdict)
        return deciding, ruling, question

    def settled(self, first: Judgement) -> Judgement:
        """What the rules come to together, by the models in force."""
        return self.weighed(first, Mixture.of(*self.signs(first)))

    def weighed(self, first: Judgement, mixture: Mixture, unlikely: float = UNLIKELY) -> Judgement:
        """The likeliest verdict that some rule bears out; NONE where it is likely that the rules
        settle nothing.
        """
        if not self.matches or self._bars_the_tool(first) or self._is_by_name(first):
            return first
        chances = mixture.chances
        if first.against and self._stays(first, chances):
            return first  # where documents disagree, their rank decides
        if chances[None] >= unlikely:
            return NONE
        for verdict in sorted(VERDICTS, key=lambda v: -chances[v]):
            if verdict == "ja" and not _is_sure_of_yes(chances):
                continue
            if judgement := self._borne_out(verdict, mixture, first):
                return judgement
        return first

    def _stays(self, first: Judgement, chances: Mapping[Verdict | None, float]) -> bool:
        """Whether rank decides: no likelier leave stands in a document that counts as much as that
        of the ban; a yes must be sure.
        """
        if first.verdict == "ja":
            return _is_sure_of_yes(chances)
        ban = first.because[0]
        leaves = (m for m in self.matches if m.permits and m.score > ban.score)
        return not any(m.prepared.standing >= ban.prepared.standing for m in leaves)

    def _is_by_name(self, first: Judgement) -> bool:
        """Whether nothing but a tool and data is asked about, and a rule on just these says it."""
        named = any(m.tool == "equal" and m.data in ("equal", "covers") for m in first.because)
        return named and bool(self.asked.data) and not self.asked.units

    def _bars_the_tool(self, first: Judgement) -> bool:
        """Whether it is a ban of the very tool that is asked about, or of the class of one that
        nobody knows, which no rule on that tool softens: what is said of AI at large does not.
        """
        closest = ("equal", "covers") if UNKNOWN_TOOL in self.asked.tools else ("equal",)
        near = zip(self.matches, self.bearings, strict=False)
        leaves = (m for m, how in near if how in _LEAVES + _ON_CONDITIONS)
        return (
            first.verdict == "nej"
            and any(m.tool in closest and m.activity == "open" for m in first.because)
            and not any(m.tool in ("equal", "narrower") for m in leaves)
        )

    def _borne_out(self, verdict: Verdict, mixture: Mixture, first: Judgement) -> Judgement | None:
        """The judgement with this verdict, None when no rule bears it out: `first`, where it has
        it by the rule that has the largest part in its chance.
        """
        near = list(zip(mixture.parts(verdict), self.matches, self.bearings, strict=False))
        near = sorted(near, key=lambda one: -one[0])[:_LOOKED_AT]
        same = first if verdict == first.verdict else None
        if same and _tells(same, near[0], mixture.chances[verdict]):
            return same
        near = [one for one in near if one[0] >= _LEAST * near[0][0]]
        found = [(part, m) for part, m, how in near if how in _BY[verdict]]
        if verdict != "betinget":
            return _judgement(verdict, _beside(found), first) if found else same
        found = [(part, m) for part, m in found if self._open(m)]
        # A leave on a condition says more than a duty.
        leaves = [(part, m) for part, m in found if m.permits or m.forbids]
        cases = [m for _, m, how in near if how in _PARTS and names_a_case(m)]
        return (
            self._on_conditions(_beside(leaves or found), first) or _by_cases(cases, first) or same
        )

    def _on_conditions(self, rules: Sequence[Match], first: Judgement) -> Judgement | None:
        missing = tuple((c, m) for m in rules for c in self._open(m))
        return _judgement("betinget", rules, first, conditions=missing) if missing else None

    def _open(self, match: Match) -> list[str]:
        if not (match.forbids or match.permits):
            return [match.prepared.rule.scope]  # a duty
        if match.forbids:
            return [way for way in ways_out(match) if not self.told.is_there(way)]
        return self.told.open_conditions(match)[0]


def _tells(first: Judgement, best: _Part, chance: float) -> bool:
    """Whether `first` tells what the rule with the largest part in the chance of its verdict says:
    conditions, or cases where that rule alone does not make the chance.
    """
    part, match, bearing = best
    if not any(m is match for m in first.because):
        return False
    if first.cases:
        return bearing not in _ON_CONDITIONS or part < _ALONE * chance
    return first.verdict != "betinget" or bearing in _BY["betinget"]


def _beside(found: Sequence[tuple[float, Match]]) -> list[Match]:
    """The first of the rules that bear a verdict out, and another that has as good a part."""
    return [m for part, m in found if part >= _BESIDE * found[0][0]][:_TOLD]


def _by_cases(parts: Sequence[Match], first: Judgement) -> Judgement | None:
    """What is permitted for a part of what is asked, and what is not."""
    if not any(m.permits for m in parts):
        return None
    cases = tuple(Case("nej" if m.forbids else "ja", m) for m in parts)[:_SHOWN]
    return _judgement("betinget", parts[:_TOLD], first, cases=cases)


def _is_sure_of_yes(chances: Mapping[Verdict | None, float]) -> bool:
    return chances["ja"] >= SURE_OF_YES * (1 - chances[None])


def settles_duty(match: Match) -> bool:
    """Whether the rule, which says that something must be done or need not, is likely to be about
    what is asked.
    """
    odds = in_force()[DUTY].odds(duty_signals(match))
    return 1 / (1 + math.exp(-odds)) >= LIKELY_DUTY


def _judgement(
    verdict: Verdict,
    because: Sequence[Match],
    first: Judgement,
    conditions: tuple[tuple[str, Match], ...] = (),
    cases: tuple[Case, ...] = (),
) -> Judgement:
    outweighed = tuple((m, "vejer mindre end resten") for m in first.because if m not in because)
    return Judgement(
        verdict,
        tuple(because),
        conditions=conditions,
        cases=cases,
        against=tuple(m for m in first.against if m not in because),
        duties=first.duties if verdict != "nej" else (),
        lost=(*outweighed, *first.lost),
    )
