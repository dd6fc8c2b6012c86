"""What the weighing looks at: of each rule, whether it may decide and what would follow from it,
and of the question as a whole.
"""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from assistant.models import Verdict
from assistant.verdicts.alignment import SIGNS
from assistant.verdicts.asked import Asked
from assistant.verdicts.bearing import BEARINGS, Bearing
from assistant.verdicts.conditions import Telling
from assistant.verdicts.ending import ways_out
from assistant.verdicts.judgement import Judgement
from assistant.verdicts.matching import Match
from assistant.verdicts.relations import Relation
from assistant.verdicts.relevance import NAMES, values
from ingest.rules.model import Modality

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LEAST = -8.0  # log odds of a rule that is not there
_NEAREST = 3  # matches that are looked at one by one
_NEAR = 8  # … among which what is asked about may be met
_FAR_AHEAD = 3.0  # of the second, where there is none
_MANY_WORDS = 40
_RELATIONS: tuple[Relation, ...] = get_args(Relation)
_MODALITIES: tuple[Modality, ...] = get_args(Modality)


def signs_to_decide(
    match: Match, bearing: Bearing | None, told: Telling, first: Judgement
) -> dict[str, float]:
    """Signs that a rule is the one to decide, by name; `first` is what the rules came to one by
    one.
    """
    return {
        **dict(zip(NAMES, values(match.features), strict=True)),
        **_relations(match),
        **_manner(match, bearing),
        "ruled out": float(told.is_ruled_out(match)),
        "counted": float(any(m.prepared is match.prepared for m in first.because)),
        "lost": float(any(m.prepared is match.prepared for m, _ in first.lost)),
    }


def signs_of_verdict(match: Match, bearing: Bearing | None, told: Telling) -> dict[str, float]:
    """Signs of the verdict that follows from a rule if it decides, by name."""
    rule = match.prepared.rule
    left, broken = told.open_conditions(match)
    states = Counter(told.state(c, match) for c in rule.conditions)
    chances = [told.chance(c, match) for c in rule.conditions]
    ways = ways_out(match)
    return {
        **_relations(match),
        **_manner(match, bearing),
        "ruled out": float(told.is_ruled_out(match)),
        "conditions": float(len(rule.conditions)),
        "has conditions": float(bool(rule.conditions)),
        "met": float(states["met"]),
        "open": float(len(left)),
        "some open": float(bool(left)),
        "broken": float(broken),
        "least chance": min(chances, default=1.0),
        "best chance": max(chances, default=0.0),
        "exceptions": float(len(rule.exceptions)),
        "ways out": float(len(ways)),
        "ways out there": float(bool(ways) and all(map(told.is_there, ways))),
        "another case": float(match.forbids and told.is_for_another_case(match)),
        "cell": float(bool(rule.column)),
        "goes on": float(len(rule.more)),
        "introduced": float(bool(rule.context)),
    }


def signs_of_question(
    asked: Asked, matches: Sequence[Match], told: Telling, first: Verdict | None
) -> dict[str, float]:
    """Signs of the question and of how near the rules come to it at all, by name; `matches` are
    likeliest first.
    """
    return {
        **_of_the_nearest(matches),
        **_of_the_question(asked),
        **_of_what_is_missing(asked, matches, told),
        **{f"first {verdict}": float(first == verdict) for verdict in VERDICTS},
    }


def _relations(match: Match) -> dict[str, float]:
    pairs = (("tool", match.tool), ("data", match.data), ("role", match.role))
    return {
        f"{name} {relation}": float(found == relation)
        for name, found in (*pairs, ("activity", match.activity))
        for relation in _RELATIONS
    }


def _manner(match: Match, bearing: Bearing | None) -> dict[str, float]:
    """How it rules, and how that bears on what is asked."""
    return {
        **{name: float(bearing == name) for name in BEARINGS},
        **{name: float(match.prepared.rule.modality == name) for name in _MODALITIES},
        "implied": float(match.implied),
        "distant": float(match.distant),
        "decides": float(match.decides),
        "reaches": float(match.reaches),
        "close": float(match.is_close),
    }


def _of_the_nearest(matches: Sequence[Match]) -> dict[str, float]:
    scores = [m.score for m in matches[:2]]
    near = [m.features for m in matches[:_NEAREST]]
    return {
        "best": (scores[0] if scores else LEAST) / 4,
        "ahead": scores[0] - scores[1] if len(scores) > 1 else _FAR_AHEAD,
        "nearest, distant": float(bool(matches) and matches[0].distant),
        "nearest, meaning": max((f.meaning for f in near), default=0.0),
        "nearest, setting": max((f.setting for f in near), default=0.0),
        "nearest, covered": max((f.covered for f in near), default=0.0),
        "nearest, chance": max((f.chance for f in near), default=0.0),
        "nearest, hit": max((f.hit for f in near), default=0.0),
        **{
            f"nearest, {name}": max((f.aligned[n] for f in near), default=0.0)
            for n, name in enumerate(SIGNS)
        },
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
