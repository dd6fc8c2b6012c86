"""Experts with a gate: what each rule would come to, by how likely it is to decide."""

import pytest

from assistant.verdicts.mixture import DECIDES, UNSETTLED, Logistic, Mixture

NEAR, FAR = {"near": 1.0}, {"near": 0.0}
LEAVE, BAN = {"leave": 1.0}, {"leave": 0.0}


def _expert(bias: float, weight: float, asked: float = 0.0) -> Logistic:
    return Logistic(bias, {"leave": weight}, {"long": asked})


MODELS = {
    DECIDES: Logistic(-2.0, {"near": 4.0}, {}),
    UNSETTLED: Logistic(0.0, {"long": 1.0}, {}),
    "ja": _expert(-2.0, 4.0),
    "nej": _expert(2.0, -4.0),
    "betinget": _expert(-1.0, 0.0, asked=3.0),
}


def test_the_rule_that_is_near_decides() -> None:
    found = Mixture.of([NEAR, FAR], [LEAVE, BAN], {"long": 0.0}, MODELS)
    assert found.shares.sum() == pytest.approx(1.0)
    assert found.shares[0] > found.shares[2] > found.shares[1]
    chances = found.chances
    assert sum(chances.values()) == pytest.approx(1.0)
    assert chances["ja"] > 0.5 > chances["nej"]
    turned = Mixture.of([NEAR, FAR], [BAN, LEAVE], {"long": 0.0}, MODELS).chances
    assert turned["nej"] > 0.5 > turned["ja"]


def test_what_the_question_is_like_moves_the_experts_and_the_gate() -> None:
    short, long = (
        Mixture.of([NEAR], [LEAVE], {"long": value}, MODELS).chances for value in (0.0, 1.0)
    )
    assert long["betinget"] > short["betinget"]
    assert long[None] > short[None]


def test_each_rule_has_its_part_in_a_chance() -> None:
    found = Mixture.of([NEAR, FAR], [LEAVE, LEAVE], {"long": 0.0}, MODELS)
    first, other = found.parts("ja")
    assert first > other
    assert first + other == pytest.approx(found.chances["ja"])


def test_no_rule_settles_nothing() -> None:
    assert Mixture.of([], [], {"long": 0.0}, MODELS).chances[None] == 1.0
