"""How alike a question and a rule are, as the features of the model of relevance."""

from dataclasses import dataclass

from assistant.verdicts.asked import Asked
from assistant.verdicts.prepared import Prepared
from assistant.verdicts.relations import Relation
from assistant.verdicts.relevance import Features

_UNITS = 5
_LONG = 40  # words


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a rule's scope (`meaning`), its sentence with heading and introduction (`setting`)
    and its sentence are to the question in meaning, the same for the piece of the question that is
    nearest, and word by word (`alignment.SIGNS`).
    """

    aligned: tuple[float, ...]
    meaning: float
    setting: float
    sentence: float
    told_meaning: float
    told_setting: float
    told_sentence: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike question and rule are, in the terms of `Features`."""

    covered: float
    held: float
    near: Nearness
    chance: float
    hit: float


def features_of(
    asked: Asked,
    prepared: Prepared,
    relations: tuple[Relation, Relation, Relation],
    like: Likeness,
) -> Features:
    """What the model of relevance looks at, of a rule that relates so to tool, data and role."""
    tool, data, role = relations
    kin = bool(asked.activities & prepared.activities)
    return Features(
        tool_equal=float(tool == "equal"),
        tool_covers=float(tool == "covers"),
        tool_general=float(tool == "general"),
        tool_narrower=float(tool == "narrower"),
        data_equal=float(data == "equal"),
        data_covers=float(data == "covers"),
        data_narrower=float(data == "narrower"),
        role_equal=float(role == "equal"),
        role_narrower=float(role == "narrower"),
        covered=like.covered,
        held=like.held,
        own=min(3.0, sum(prepared.own.values()) + len(prepared.activities)) / 3,
        kin=float(kin),
        strange=float(bool(asked.activities and prepared.activities) and not kin),
        meaning=like.near.meaning,
        setting=like.near.setting,
        sentence=like.near.sentence,
        told_meaning=like.near.told_meaning,
        told_setting=like.near.told_setting,
        told_sentence=like.near.told_sentence,
        chance=like.chance,
        hit=like.hit,
        units=min(_UNITS, len(asked.units)) / _UNITS,
        general=float(prepared.is_general),
        covered_much=like.covered * min(1.0, len(asked.units) / 3),
        kind=prepared.standing[0] / 5,
        row=float(bool(prepared.rule.column)),
        length=min(_LONG, len(prepared.reads.split())) / _LONG,
        ruled_length=min(_LONG, len(prepared.rule.scope.split())) / _LONG,
        aligned=like.near.aligned,
    )
