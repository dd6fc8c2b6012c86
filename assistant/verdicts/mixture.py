"""Which rule decides, and what follows from it: a mixture of experts (Jacobs et al., 1991).

Every rule that matches is an expert: a multinomial logistic model gives the verdict that follows
from it. A gate says how likely each is to decide, and how likely it is that none does. Fitted on
the tuning sets by `python -m evals.weighing`; the weights are in weighing.json beside this file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from assistant.models import Verdict
from assistant.verdicts.signals import VERDICTS

FILE = "weighing.json"
DECIDES = "decides"  # the names in the file: of the gate for a rule …
UNSETTLED = "none"  # … and for none of them
MOST = 25  # rules that may decide, the likeliest ones
OUTCOMES: tuple[Verdict | None, ...] = (*VERDICTS, None)
Signs = Mapping[str, float]
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model over signs; `question` are weights over those of the question besides."""

    bias: float
    weights: Mapping[str, float]
    question: Mapping[str, float]

    def odds(self, signs: Signs) -> float:
        """Log odds, up to what all alternatives have in common."""
        return self.bias + sum(self.weights[name] * value for name, value in signs.items())

    def odds_of_question(self, signs: Signs) -> float:
        """What the question adds to them."""
        return sum(self.question[name] * value for name, value in signs.items())


Models = Mapping[str, Logistic]


@dataclass(frozen=True, slots=True)
class Mixture:
    """`shares` are the chances of each rule to decide, and last that none does; `verdicts` those
    of each verdict if a rule decides, shape (rules, verdicts).
    """

    shares: Array
    verdicts: Array

    @classmethod
    def of(
        cls,
        deciding: Sequence[Signs],
        ruling: Sequence[Signs],
        question: Signs,
        models: Models | None = None,
    ) -> "Mixture":
        """Of the signs of each rule, and of the question (see `signals`), by the models in force
        unless others are given.
        """
        models = models or in_force()
        gate, none = models[DECIDES], models[UNSETTLED]
        odds = [gate.odds(signs) for signs in deciding]
        experts = [models[verdict] for verdict in VERDICTS]
        alike = [expert.odds_of_question(question) for expert in experts]
        each = [[e.odds(s) + a for e, a in zip(experts, alike, strict=True)] for s in ruling]
        return cls(
            _softmax(np.array([*odds, none.odds(question)])),
            _softmax(np.array(each).reshape(-1, len(VERDICTS))),
        )

    @property
    def chances(self) -> dict[Verdict | None, float]:
        """The chance of each verdict, and of None: nothing is settled. They add up to 1."""
        each = self.shares[:-1] @ self.verdicts
        return dict(zip(OUTCOMES, [*map(float, each), float(self.shares[-1])], strict=True))

    def parts(self, verdict: Verdict) -> list[float]:
        """What each rule has in the chance of `verdict`."""
        found: list[float] = (self.shares[:-1] * self.verdicts[:, VERDICTS.index(verdict)]).tolist()
        return found


def _softmax(odds: Array) -> Array:
    if not odds.size:
        return odds
    powers = np.exp(odds - odds.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def read_models(read: Mapping[str, Any]) -> Models:
    """The models by name, of what a file has."""
    return {name: logistic_of(one) for name, one in read.items()}


def logistic_of(read: Mapping[str, Any]) -> Logistic:
    """One model, of what a file has."""
    return Logistic(read["bias"], read["weights"], read.get("question", {}))


@lru_cache
def in_force() -> Models:
    """The models that were fitted, by name."""
    text = resources.files("assistant.verdicts").joinpath(FILE).read_text(encoding="utf-8")
    return read_models(json.loads(text))
