"""The verdict weighed: how the rules that match speak together.

Rules alone decide too much by one rule that happens to be nearest. This weighs them all: a
multinomial logistic model over how likely, how close and of which bearing the matches are, and over
the verdict that the rules came to first. Fitted on the tuning sets by `python -m evals.weighing`;
the weights are in weighing.json beside this file.
"""

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import get_args

from assistant.models import Verdict
from assistant.verdicts.asked import Asked
from assistant.verdicts.bearing import BANS, BEARINGS, LEAVES, Bearing, bearing_of
from assistant.verdicts.conditions import Telling
from assistant.verdicts.dominance import closest, undominated
from assistant.verdicts.ending import ways_out
from assistant.verdicts.judgement import Case, Judgement
from assistant.verdicts.matching import Match

FILE = "weighing.json"
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SURE_OF_YES = 0.55  # chance that a "ja" must have: a wrong one costs most
MARGIN = 0.2  # … and another verdict than the first must be likelier by
_LEAST = -8.0  # log odds of a rule that is not there
_MOST = 40  # matches that are weighed
_NEXT = 1.0  # log odds within which other rules of the same bearing are looked at
_RIVAL = 2.0  # … within which rules count as speaking too
_SHOWN = 6  # cases at most
_NOTHING = (_LEAST, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Weighing:
    """The matches by how they bear on what is asked, each likeliest first."""

    asked: Asked
    told: Telling
    by: Mapping[Bearing, Sequence[Match]]

    @classmethod
    def of(cls, asked: Asked, matches: Sequence[Match], told: Telling) -> "Weighing":
        """Of `matches`, likeliest first."""
        by: defaultdict[Bearing, list[Match]] = defaultdict(list)
        reaching, _ = undominated([m for m in matches[:_MOST] if m.reaches])
        leaves = closest([m for m in reaching if m.permits])
        kept = [m for m in reaching if not m.permits or m in leaves]
        for match in matches[:_MOST]:
            bearing = bearing_of(match, told)
            if bearing and (match in kept or not match.reaches):
                by[bearing].append(match)
        return cls(asked, told, by)

    def signals(self, first: Verdict | None) -> dict[str, float]:
        """What the model looks at, by name; `first` is the verdict that the rules came to."""
        best = max((ms[0].score for ms in self.by.values()), default=_LEAST)
        found: dict[str, float] = {}
        for bearing in BEARINGS:
            found |= _of_bearing(bearing, self.by.get(bearing, ()), best)
        found |= self._compared(best)
        found |= {
            "best": best / 4,
            "tools": float(bool(self.asked.tools)),
            "data": float(bool(self.asked.data)),
            "units": len(self.asked.units) / 5,
            "roles": float(bool(self.asked.roles)),
            "told": float(len(self.asked.told.met)),
            "absent": float(len(self.asked.absent)),
        }
        return found | {f"first {v}": float(first == v) for v in VERDICTS}

    def _compared(self, best: float) -> dict[str, float]:
        """How bans and permissions compare: in likelihood, closeness, rank and number."""
        bans = [m for b in BANS for m in self.by.get(b, ())]
        leaves = [m for b in LEAVES for m in self.by.get(b, ())]
        ban = max(bans, key=lambda m: m.score, default=None)
        leave = max(leaves, key=lambda m: m.score, default=None)
        one, other = _measures(ban), _measures(leave)
        return {
            "bans - leaves, score": (one[0] - other[0]) / 4,
            "bans - leaves, closeness": (one[1] - other[1]) / 4,
            "bans - leaves, activity": (one[2] - other[2]) / 3,
            "bans - leaves, rank": (_rank(ban) - _rank(leave)) / 4,
            "bans": sum(m.score > best - _RIVAL for m in bans) / 4,
            "leaves": sum(m.score > best - _RIVAL for m in leaves) / 4,
        }

    def chances(self, first: Verdict | None) -> dict[Verdict, float]:
        """The chance of each verdict; they add up to 1."""
        signals = self.signals(first)
        model = _model()
        odds = {
            verdict: bias + sum(w * signals.get(name, 0.0) for name, w in weights.items())
            for verdict, (bias, weights) in model.items()
        }
        top = max(odds.values())
        powers = {verdict: math.exp(value - top) for verdict, value in odds.items()}
        return {verdict: power / sum(powers.values()) for verdict, power in powers.items()}

    def reconsidered(self, first: Judgement) -> Judgement:
        """`first`, or another verdict where the rules together speak for it and some rule bears
        it out.
        """
        if first.verdict is None or first.against:
            return first  # where documents disagree, their rank decides
        chances = self.chances(first.verdict)
        for verdict in sorted(VERDICTS, key=lambda v: -chances[v]):
            if verdict == "ja" and chances["ja"] < SURE_OF_YES:
                continue
            if verdict == first.verdict or chances[verdict] < chances[first.verdict] + MARGIN:
                return first
            if other := self._borne_out(verdict, first):
                return other
        return first

    def _borne_out(self, verdict: Verdict, first: Judgement) -> Judgement | None:
        """The judgement with this verdict, None when no rule bears it out."""
        if verdict == "nej":
            bans = self._likeliest("ban", "implied ban", "leave that fails", "ban of a use")
            bans = [m for m in bans if not (m.forbids and self.told.is_for_another_case(m))]
            return _judgement("nej", bans, first) if bans else None
        if verdict == "ja":
            leaves = self._likeliest("leave", "only leave")
            return _judgement("ja", leaves, first) if leaves else None
        return self._on_conditions(first) or self._by_cases(first)

    def _likeliest(self, *bearings: Bearing) -> list[Match]:
        """The likeliest rules of the first bearing that has any that decide."""
        found = [m for b in bearings for m in self.by.get(b, ())[:2] if m.score > _LEAST / 2]
        best = max((m.score for m in found), default=0.0)
        return [m for m in found if m.score >= best - _NEXT][:2]

    def _on_conditions(self, first: Judgement) -> Judgement | None:
        rules = self._likeliest("leave on conditions", "ban with a way out")
        missing = tuple((c, m) for m in rules for c in self._open(m))
        return _judgement("betinget", rules, first, conditions=missing) if missing else None

    def _open(self, match: Match) -> list[str]:
        return ways_out(match) if match.forbids else self.told.open_conditions(match)[0]

    def _by_cases(self, first: Judgement) -> Judgement | None:
        """What is permitted for a part of what is asked, and what is not."""
        parts: tuple[Bearing, ...] = (
            "leave for data", "leave for a tool", "leave for a use", "ban of data", "ban of a tool"
        )  # fmt: skip
        found = self._likeliest(*parts)
        leaves = [m for m in found if m.permits]
        if not leaves:
            return None
        cases = tuple(Case("nej" if m.forbids else "ja", m) for m in found)[:_SHOWN]
        return _judgement("betinget", found, first, cases=cases)


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
        against=first.against,
        duties=first.duties if verdict != "nej" else (),
        lost=(*outweighed, *first.lost),
    )


def _of_bearing(bearing: Bearing, matches: Sequence[Match], best: float) -> dict[str, float]:
    score = max(matches[0].score, _LEAST) if matches else _LEAST
    alike = [m for m in matches if m.score >= score - _NEXT]
    return {
        f"{bearing}, score": score / 4,
        f"{bearing}, behind": (score - best) / 4,
        f"{bearing}, closeness": max((sum(m.levels) for m in alike), default=0.0) / 4,
        f"{bearing}, activity": max((m.levels[2] for m in alike), default=0.0) / 3,
        f"{bearing}, first": float(bool(matches) and score >= best),
    }


def _measures(match: Match | None) -> tuple[float, float, float]:
    if match is None:
        return _NOTHING
    return max(match.score, _LEAST), sum(match.levels), match.levels[2]


def _rank(match: Match | None) -> float:
    return float(match.prepared.standing[0]) if match else 0.0


@lru_cache
def _model() -> dict[Verdict, tuple[float, dict[str, float]]]:
    """For each verdict its bias and its weights by the name of the signal."""
    text = resources.files("assistant.verdicts").joinpath(FILE).read_text(encoding="utf-8")
    data = json.loads(text)
    return {v: (data[v]["bias"], data[v]["weights"]) for v in VERDICTS}
