"""Fit a mixture of experts (`assistant.verdicts.mixture`) to examples, by its likelihood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from assistant.verdicts.mixture import DECIDES, MOST, UNSETTLED, Signs
from assistant.verdicts.signals import VERDICTS

# What the squares of the weights of the gate, the experts and the question cost, and what a gold
# rule that does not decide, or does not come to the gold verdict by itself, counts beside the
# verdict: of three or so tried for each, about the best with a municipality left out.
_GATE, _EXPERTS, _QUESTION = 0.006, 0.01, 0.02
_GOLD_DECIDES, _GOLD_RULES = 0.4, 0.3
_STEPS = 300
_ABSENT = -1e4  # log odds of a rule that is not there
_FEW = 1e-3  # spread below which a sign counts as always the same
Array = np.ndarray[Any, Any]
Model = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of the rules that match a question and of the question, which rules are gold, and
    what is right: a verdict or UNSETTLED.
    """

    deciding: Sequence[Signs]
    ruling: Sequence[Signs]
    question: Signs
    gold: Sequence[bool]
    right: str


@dataclass(frozen=True, slots=True)
class _Names:
    deciding: tuple[str, ...]
    ruling: tuple[str, ...]
    question: tuple[str, ...]


class _Tensors:
    """The examples as tensors, standardised; rules that are not there are masked out."""

    def __init__(self, examples: Sequence[Example], names: _Names) -> None:
        size = (len(examples), MOST)
        deciding = np.zeros((*size, len(names.deciding)))
        ruling = np.zeros((*size, len(names.ruling)))
        there, gold = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        for n, e in enumerate(examples):
            many = len(e.deciding)
            if not many:
                continue
            there[n, :many], gold[n, :many] = True, e.gold
            deciding[n, :many] = [[s[k] for k in names.deciding] for s in e.deciding]
            ruling[n, :many] = [[s[k] for k in names.ruling] for s in e.ruling]
        question = np.array([[e.question[k] for k in names.question] for e in examples])
        self.scales = [_scale(deciding[there]), _scale(ruling[there]), _scale(question)]
        self.deciding, self.ruling, self.question = (
            torch.tensor((rows - mean) / spread)
            for rows, (mean, spread) in zip((deciding, ruling, question), self.scales, strict=True)
        )
        self.there, self.gold = torch.tensor(there), torch.tensor(gold)
        outcomes = (*VERDICTS, UNSETTLED)
        self.right = torch.tensor([outcomes.index(e.right) for e in examples])


class _Weights:
    """What is fitted, all zero at first."""

    def __init__(self, names: _Names) -> None:
        gate, experts, question = len(names.deciding), len(names.ruling), len(names.question)
        shapes = ((gate,), (experts, len(VERDICTS)), (len(VERDICTS),), (question,), (1,))
        found = (torch.zeros(s, dtype=torch.float64, requires_grad=True) for s in shapes)
        self.gate, self.experts, self.biases, self.none, self.none_bias = found
        self.question = torch.zeros(
            (question, len(VERDICTS)), dtype=torch.float64, requires_grad=True
        )

    @property
    def all(self) -> list[torch.Tensor]:
        return [self.gate, self.experts, self.biases, self.none, self.none_bias, self.question]

    def cost(self) -> torch.Tensor:
        asked = (self.none**2).sum() + (self.question**2).sum()
        experts = (self.experts**2).sum()
        return _GATE * (self.gate**2).sum() + _EXPERTS * experts + _QUESTION * asked


def fitted(examples: Sequence[Example]) -> Model:
    """The model as its file has it, but for the one of duties."""
    first = next(e for e in examples if e.deciding)
    names = _Names(tuple(first.deciding[0]), tuple(first.ruling[0]), tuple(first.question))
    tensors, weights = _Tensors(examples, names), _Weights(names)
    optimizer = torch.optim.LBFGS(
        weights.all, max_iter=_STEPS, history_size=20, line_search_fn="strong_wolfe"
    )

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        loss = _loss(tensors, weights)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(step)  # type: ignore[no-untyped-call]
    return _by_name(names, tensors, weights)


def _loss(t: _Tensors, w: _Weights) -> torch.Tensor:
    odds = (t.deciding @ w.gate).masked_fill(~t.there, _ABSENT)
    none = t.question @ w.none + w.none_bias
    shares = torch.cat([odds, none[:, None]], 1).log_softmax(1)
    asked = (t.question @ w.question)[:, None, :]
    verdicts = (t.ruling @ w.experts + w.biases + asked).log_softmax(2)
    outcomes = torch.logsumexp(shares[:, :-1, None] + verdicts, 1)
    outcomes = torch.cat([outcomes, shares[:, -1:]], 1)
    many = len(t.right)
    likelihood = outcomes[torch.arange(many), t.right].sum()
    told = t.gold.any(1) & (t.right < len(VERDICTS))
    gold = shares[:, :-1].masked_fill(~t.gold, _ABSENT)[told]
    right = t.right[told][:, None, None].expand(-1, MOST, 1)
    alone = verdicts[told].gather(2, right)[:, :, 0] * t.gold[told]
    alone = alone.sum(1) / t.gold[told].sum(1)
    likelihood = likelihood + _GOLD_DECIDES * torch.logsumexp(gold, 1).sum()
    return w.cost() - (likelihood + _GOLD_RULES * alone.sum()) / many


def _scale(rows: Array) -> tuple[Array, Array]:
    spread = rows.std(axis=0)
    return rows.mean(axis=0), np.where(spread < _FEW, 1.0, spread)


def _by_name(names: _Names, tensors: _Tensors, weights: _Weights) -> Model:
    """The weights on signs as they come, by name."""
    gate, rule, asked = (tensors.scales[n] for n in range(3))
    experts, question = weights.experts.detach().numpy(), weights.question.detach().numpy()
    model = {
        DECIDES: _logistic(names.deciding, weights.gate.detach().numpy(), gate, 0.0),
        UNSETTLED: _logistic(
            names.question, weights.none.detach().numpy(), asked, float(weights.none_bias.item())
        ),
    }
    for n, verdict in enumerate(VERDICTS):
        one = _logistic(names.ruling, experts[:, n], rule, float(weights.biases[n].item()))
        about = _logistic(names.question, question[:, n], asked, one["bias"])
        model[verdict] = {**one, "bias": about["bias"], "question": about["weights"]}
    return model


def _logistic(
    names: Sequence[str], weights: Array, scale: tuple[Array, Array], bias: float
) -> dict[str, Any]:
    mean, spread = scale
    own = weights / spread
    by_name: Mapping[str, float] = {n: round(float(w), 4) for n, w in zip(names, own, strict=True)}
    return {"bias": round(bias - float(own @ mean), 4), "weights": by_name}
