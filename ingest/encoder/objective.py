"""The encoder while it is trained, and what it is trained to do.

A text is the sum of its tokens' rows, each times a weight of its own; what is said of the same
thing shall be nearer than what is said of others in the batch (InfoNCE, van den Oord et al., 2018).
"""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from ingest.encoder.arrays import Matrix, Numbers, Tokens

_TEMPERATURE = 0.05  # to begin with; it is learned
_TEACHER_TEMPERATURE = 0.05
_ASKED_TEMPERATURE = 0.08
_DROPPED = 0.1  # share of the tokens that a text loses in training
_RARE = 1e-3  # frequency below which a token begins with nearly full weight (Arora et al., 2017)


class Bag(torch.nn.Module):
    """Rows and weights of the tokens; `frequency` is the share of each in the texts."""

    def __init__(self, rows: Matrix, frequency: Matrix) -> None:
        super().__init__()
        self.rows = torch.nn.Parameter(torch.from_numpy(rows.copy()))
        begin = torch.from_numpy(frequency.astype(np.float32))
        self.log_weights = torch.nn.Parameter(torch.log(_RARE / (_RARE + begin) + 1e-2))
        self.log_scale = torch.nn.Parameter(torch.tensor(math.log(1 / _TEMPERATURE)))

    def forward(self, texts: Sequence[Tokens]) -> torch.Tensor:
        """Vectors of length 1, shape (texts, dimensions)."""
        ids = torch.from_numpy(np.concatenate(texts).astype(np.int64))
        starts = torch.from_numpy(np.cumsum([0, *(len(text) for text in texts[:-1])]))
        weights = self.log_weights[ids].exp()
        if self.training:
            weights = weights * (torch.rand_like(weights) >= _DROPPED)
        summed = functional.embedding_bag(
            ids, self.rows, starts, mode="sum", per_sample_weights=weights
        )
        return functional.normalize(summed, dim=-1)

    def folded(self) -> Matrix:
        """The rows with their weights in them, as a plain bag of embeddings needs them."""
        with torch.no_grad():
            folded: Matrix = (self.rows * self.log_weights.exp()[:, None]).numpy()
        return folded


def contrast(bag: Bag, ones: Sequence[Tokens], others: Sequence[Tokens]) -> torch.Tensor:
    """The loss of matching `ones` with `others`, both ways."""
    scores = bag(ones) @ bag(others).T * bag.log_scale.exp().clamp(max=100)
    scores = scores.masked_fill(_same(ones) | _same(others), -1e4)
    return _both_ways(scores)


def imitate(bag: Bag, texts: Sequence[Tokens], teacher: Matrix) -> torch.Tensor:
    """The loss of matching `texts` with the teacher's vectors of them."""
    return _both_ways(bag(texts) @ torch.from_numpy(teacher).T / _TEACHER_TEMPERATURE)


def answer(
    bag: Bag, questions: Sequence[Tokens], sentences: Sequence[Tokens], right: Numbers
) -> torch.Tensor:
    """The loss of finding for each question the sentence with its number in `right`."""
    scores = bag(questions) @ bag(sentences).T / _ASKED_TEMPERATURE
    return functional.cross_entropy(scores, torch.from_numpy(right))


def _both_ways(scores: torch.Tensor) -> torch.Tensor:
    right = torch.arange(len(scores))
    loss = functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)
    return loss / 2


def _same(texts: Sequence[Tokens]) -> torch.Tensor:
    """Which texts are the same as which others: they are no counter-examples."""
    keys = np.array([hash(text.tobytes()) for text in texts])
    return torch.from_numpy((keys[:, None] == keys[None]) & ~np.eye(len(keys), dtype=bool))
