"""The verdict weighed: what the rules that match come to together.

Rules one by one decide too much by the one that happens to be nearest. This weighs them all, by a
multinomial logistic model over `signals`, and says too when they settle nothing. Fitted on the
tuning sets by `python -m evals.weighing`; the weights are in weighing.json beside this file.
"""

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from assistant.models import Verdict
from assistant.verdicts.asked import UNKNOWN_TOOL, Asked
from assistant.verdicts.bearing import Bearing, bearing_of
from assistant.verdicts.conditions import Telling
from assistant.verdicts.ending import names_a_case, ways_out
from assistant.verdicts.judgement import NONE, Case, Judgement
from assistant.verdicts.matching import Match
from assistant.verdicts.signals import VERDICTS, duty_signals, signals

FILE = "weighing.json"
DUTY = "duty"  # the name in the file of the model of duties
UNSETTLED = "none"  # the name of no verdict in the file
OUTCOMES: tuple[Verdict | None, ...] = (*VERDICTS, None)
SURE_OF_YES = 0.55  # of what is settled, the chance that a "ja" must have: a wrong one costs most
SURE_BY_A_RULE = 0.45  # … where a rule on the very tool and data gives it
MARGIN = 0.3  # by which another verdict must be likelier than the one that such a rule gives
UNLIKELY = 0.4  # chance of nothing being settled from which no verdict is given
LIKELY_DUTY = 0.6  # chance from which a rule settles whether something must be done
_MOST = 40  # matches that may bear a verdict out
_WITHIN = 3.0  # log odds behind the likeliest, for a rule to bear a verdict out
_NEXT = 1.0  # … and behind the first that does, for another to be told too
_SHOWN = 6  # cases at most

_BANS: tuple[Bearing, ...] = (
    "ban", "implied ban", "leave that fails", "ban of a use", "ban of data", "ban of a tool",
)  # fmt: skip
_LEAVES: tuple[Bearing, ...] = ("leave", "only leave", "leave for a use")
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


@dataclass(frozen=True, slots=True)
class Weighing:
    """The matches, likeliest first, and how they bear on what is asked."""

    asked: Asked
    told: Telling
    matches: Sequence[Match]
    by: Mapping[Bearing, Sequence[Match]]

    @classmethod
    def of(cls, asked: Asked, matches: Sequence[Match], told: Telling) -> "Weighing":
        """Of `matches`, likeliest first."""
        by: defaultdict[Bearing, list[Match]] = defaultdict(list)
        for match in matches[:_MOST]:
            near = match.score >= matches[0].score - _WITHIN
            if near and (bearing := bearing_of(match, told)):
                by[bearing].append(match)
        return cls(asked, told, matches, by)

    def chances(self, first: Verdict | None) -> dict[Verdict | None, float]:
        """The chance of each verdict, and of None: they settle nothing. They add up to 1."""
        found = signals(self.asked, self.matches, self.told, first)
        odds: dict[Verdict | None, float] = {}
        for outcome in OUTCOMES:
            bias, weights = _models()[outcome or UNSETTLED]
            odds[outcome] = bias + sum(weights[name] * value for name, value in found.items())
        top = max(odds.values())
        powers = {outcome: math.exp(value - top) for outcome, value in odds.items()}
        return {outcome: power / sum(powers.values()) for outcome, power in powers.items()}

    def settled(self, first: Judgement) -> Judgement:
        """The likeliest verdict that some rule bears out: `first`, which the rules came to one by
        one, or another; NONE where it is likely that they settle nothing.
        """
        if not self.matches or self._bars_the_tool(first):
            return first
        chances = self.chances(first.verdict)
        if first.against and self._stays(first, chances):
            return first  # where documents disagree, their rank decides
        if chances[None] >= UNLIKELY:
            return NONE
        for verdict in sorted(VERDICTS, key=lambda v: -chances[v]):
            if verdict == first.verdict or chances[verdict] <= self._stands(first, chances):
                return first
            if verdict == "ja" and not _is_sure_of_yes(chances):
                continue
            if other := self._borne_out(verdict, first):
                return other
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

    def _bars_the_tool(self, first: Judgement) -> bool:
        """Whether it is a ban of the very tool that is asked about, or of the class of one that
        nobody knows, which no rule on that tool softens: what is said of AI at large does not.
        """
        closest = ("equal", "covers") if UNKNOWN_TOOL in self.asked.tools else ("equal",)
        leaves = [m for b in _LEAVES + _ON_CONDITIONS for m in self.by.get(b, ())]
        return (
            first.verdict == "nej"
            and any(m.tool in closest and m.activity == "open" for m in first.because)
            and not any(m.tool in ("equal", "narrower") for m in leaves)
        )

    def _stands(self, first: Judgement, chances: Mapping[Verdict | None, float]) -> float:
        """The chance that another verdict must have to take the place of `first`. A yes that is not
        sure gives way to any, but for one that a rule on the very role gave against a ban.
        """
        overruled = any(m.forbids for m, _ in first.lost) and first.because[0].role == "equal"
        by_a_rule = is_by_a_rule(self.asked, first)
        sure = SURE_BY_A_RULE if by_a_rule else SURE_OF_YES
        unsure = first.verdict == "ja" and not (overruled or _is_sure_of_yes(chances, sure))
        if first.verdict is None or unsure:
            return 0.0
        return chances[first.verdict] + (MARGIN if by_a_rule else 0.0)

    def _borne_out(self, verdict: Verdict, first: Judgement) -> Judgement | None:
        """The judgement with this verdict, None when no rule bears it out."""
        if verdict == "nej":
            bans = self._likeliest(*_BANS) or self._likeliest("ban with a way out")
            return _judgement("nej", bans, first) if bans else None
        if verdict == "ja":
            leaves = [m for m in self._likeliest(*_LEAVES) if not self._open(m)]
            return _judgement("ja", leaves, first) if leaves else None
        return self._on_conditions(first) or self._by_cases(first)

    def _likeliest(self, *bearings: Bearing) -> list[Match]:
        """The likeliest rules that bear on the question in one of these ways."""
        found = sorted((m for b in bearings for m in self.by.get(b, ())), key=lambda m: -m.score)
        return [m for m in found if m.score >= found[0].score - _NEXT][:2]

    def _on_conditions(self, first: Judgement) -> Judgement | None:
        rules = self._likeliest(*_ON_CONDITIONS) or self._likeliest("duty")
        missing = tuple((c, m) for m in rules for c in self._open(m))
        return _judgement("betinget", rules, first, conditions=missing) if missing else None

    def _open(self, match: Match) -> list[str]:
        if not (match.forbids or match.permits):
            return [match.prepared.rule.scope]  # a duty
        if match.forbids:
            return [way for way in ways_out(match) if not self.told.is_there(way)]
        return self.told.open_conditions(match)[0]

    def _by_cases(self, first: Judgement) -> Judgement | None:
        """What is permitted for a part of what is asked, and what is not."""
        found = [m for m in self._likeliest(*_PARTS) if names_a_case(m)]
        if not any(m.permits for m in found):
            return None
        cases = tuple(Case("nej" if m.forbids else "ja", m) for m in found)[:_SHOWN]
        return _judgement("betinget", found, first, cases=cases)


def is_by_a_rule(asked: Asked, first: Judgement) -> bool:
    """Whether a rule on the very tool and the very data that are asked about gave the verdict; on
    the tool alone, where nothing else is asked.
    """
    only_the_tool = not (asked.data or asked.units)
    return any(
        m.tool == "equal" and (only_the_tool or m.data in ("equal", "covers"))
        for m in first.because
    )


def _is_sure_of_yes(chances: Mapping[Verdict | None, float], sure: float = SURE_OF_YES) -> bool:
    return chances["ja"] >= sure * (1 - chances[None])


def settles_duty(match: Match) -> bool:
    """Whether the rule, which says that something must be done or need not, is likely to be about
    what is asked.
    """
    bias, weights = _models()[DUTY]
    odds = bias + sum(weights[name] * value for name, value in duty_signals(match).items())
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


@lru_cache
def _models() -> dict[str, tuple[float, dict[str, float]]]:
    """For each outcome, and for duties, its bias and its weights by the name of the signal."""
    text = resources.files("assistant.verdicts").joinpath(FILE).read_text(encoding="utf-8")
    return {name: (one["bias"], one["weights"]) for name, one in json.loads(text).items()}
