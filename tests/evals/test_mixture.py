"""A mixture of experts is fitted to what it should have learnt."""

import numpy as np

from assistant.verdicts.mixture import Mixture, read_models
from evals.mixture import Example, fitted


def _example(gold: int, *, leave: bool, settled: bool) -> Example:
    """Two rules, of which the one that is near decides; where nothing is near nothing settles."""
    near = [float(settled and n == gold) for n in range(2)]
    leaves = [float(leave if n == gold else not leave) for n in range(2)]
    return Example(
        [{"near": value} for value in near],
        [{"leave": value} for value in leaves],
        {"far": float(not settled)},
        [settled and n == gold for n in range(2)],
        ("ja" if leave else "nej") if settled else "none",
    )


def test_the_gate_and_the_experts_are_learnt() -> None:
    kinds = [
        (g, leave, settled) for g in (0, 1) for leave in (True, False) for settled in (True, False)
    ]
    examples = [_example(g, leave=leave, settled=s) for g, leave, s in kinds for _ in range(20)]
    models = read_models(fitted(examples))
    for gold, leave, settled in kinds:
        one = _example(gold, leave=leave, settled=settled)
        found = Mixture.of(one.deciding, one.ruling, one.question, models)
        outcome = max(found.chances, key=lambda v: found.chances[v])
        assert (outcome or "none") == one.right
        if settled:
            assert int(np.argmax(found.shares)) == gold


def test_a_question_without_rules_is_no_example_to_stumble_on() -> None:
    lone = Example([], [], {"far": 1.0}, [], "none")
    examples = [_example(0, leave=True, settled=True)] * 10 + [lone] * 10
    models = read_models(fitted(examples))
    assert Mixture.of([], [], {"far": 1.0}, models).chances[None] == 1.0
    assert np.isfinite(models["ja"].bias)
