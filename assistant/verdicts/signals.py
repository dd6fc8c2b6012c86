"""What the weighing looks at: how the rules that match speak together.

The rules share one vote by their likelihood. Each way in which a rule may bear on the question has
its part of the vote, and that part times how near its rules are to what is asked.
"""

import math
from collections import Counter
from collections.abc import Sequence
from typing import get_args

from assistant.models import Verdict
from assistant.verdicts.asked import Asked
from assistant.verdicts.bearing import BEARINGS, bearing_of
from assistant.verdicts.conditions import Telling
from assistant.verdicts.matching import Match

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LEAST = -8.0  # log odds of a rule that is not there
_MOST = 40  # matches that share the vote
_SHARPNESS = 0.7  # log odds by which a vote falls to a third or so
_NEAREST = 3  # matches that are looked at one by one
_NEAR = 8  # … among which what is asked about may be met
_FAR_AHEAD = 3.0  # of the second, where there is none
_MANY_WORDS = 40
_MOST_CONDITIONS = 2
_PARTS = ("share", "meaning", "covered", "held", "activity")


def signals(
    asked: Asked, matches: Sequence[Match], told: Telling, first: Verdict | None
) -> dict[str, float]:
    """The signals by name, always the same names; `matches` are likeliest first, and `first` is the
    verdict that the rules came to one by one.
    """
    shared = list(zip(matches[:_MOST], _shares(matches[:_MOST]), strict=True))
    return {
        **_of_bearings(shared, told),
        **_of_conditions(shared, told),
        **_of_the_nearest(matches, shared),
        **_of_the_question(asked),
        **_of_what_is_missing(asked, matches, told),
        **{f"first {verdict}": float(first == verdict) for verdict in VERDICTS},
    }


def _shares(matches: Sequence[Match]) -> list[float]:
    """What part of the vote each match has; the parts add up to 1."""
    powers = [math.exp((m.score - matches[0].score) / _SHARPNESS) for m in matches]
    return [power / sum(powers) for power in powers]


def _of_bearings(shared: Sequence[tuple[Match, float]], told: Telling) -> dict[str, float]:
    found = {f"{bearing}, {part}": 0.0 for bearing in BEARINGS for part in _PARTS}
    for match, share in shared:
        if bearing := bearing_of(match, told):
            near = match.features
            values = (1.0, near.meaning, near.covered, near.held, match.levels[2] / 3)
            for part, value in zip(_PARTS, values, strict=True):
                found[f"{bearing}, {part}"] += share * value
    return found


def _of_conditions(shared: Sequence[tuple[Match, float]], told: Telling) -> dict[str, float]:
    """How many conditions of what is permitted are open, and how many are met."""
    found = {"open": 0.0, "met": 0.0}
    for match, share in shared:
        if match.permits:
            states = Counter(told.state(c, match) for c in match.prepared.rule.conditions)
            for state in found:
                found[state] += share * min(_MOST_CONDITIONS, states[state])
    return found


def _of_the_nearest(
    matches: Sequence[Match], shared: Sequence[tuple[Match, float]]
) -> dict[str, float]:
    scores = [m.score for m in matches[:2]]
    near = [m.features for m in matches[:_NEAREST]]
    return {
        "best": (scores[0] if scores else LEAST) / 4,
        "ahead": scores[0] - scores[1] if len(scores) > 1 else _FAR_AHEAD,
        "largest share": max((share for _, share in shared), default=0.0),
        "distant": sum(share for match, share in shared if match.distant),
        "nearest, meaning": max((f.meaning for f in near), default=0.0),
        "nearest, setting": max((f.setting for f in near), default=0.0),
        "nearest, covered": max((f.covered for f in near), default=0.0),
        "nearest, chance": max((f.chance for f in near), default=0.0),
        "nearest, hit": max((f.hit for f in near), default=0.0),
    }


def _of_the_question(asked: Asked) -> dict[str, float]:
    return {
        "words": min(_MANY_WORDS, len(asked.text.split())) / _MANY_WORDS,
        "tools": float(bool(asked.tools)),
        "data": float(bool(asked.data)),
        "units": len(asked.units) / 5,
        "roles": float(bool(asked.roles)),
        "told": float(len(asked.told.met)),
        "absent": float(len(asked.absent)),
    }


def _of_what_is_missing(asked: Asked, matches: Sequence[Match], told: Telling) -> dict[str, float]:
    """What the question has that neither the likeliest rules nor the documents have."""
    near = matches[:_NEAR]
    met = any(m.tool in ("equal", "covers") for m in near)
    about = max((m.features.covered for m in near), default=0.0)
    known = told.share_known(asked.words)
    return {
        "tool unmet": float(bool(asked.named_tools) and not met),
        "words unknown": 1.0 - known,
        "activity unmet": float(bool(asked.units)) * (1.0 - about),
        "data unmet": float(bool(asked.data) and not any(m.data != "open" for m in near)),
    }


def duty_signals(match: Match) -> dict[str, float]:
    """The signals of a rule that says whether something must be done, by name."""
    near = match.features
    return {
        "score": match.score / 4,
        "meaning": near.meaning,
        "setting": near.setting,
        "covered": near.covered,
        "chance": near.chance,
        "activity": match.levels[2] / 3,
    }
