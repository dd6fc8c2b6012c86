"""A multinomial logistic model over the words of a text, as marks that it has or has not, and a
vector; fitted by evals/marked.py, its weights in a JSON file of package data.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class MarkedModel:
    """Classes by name, their bias, their weights for each dimension of the vector, shape (classes,
    dimensions), and for each mark, shape (classes,); `general` are words that its file calls so.
    """

    names: tuple[str, ...]
    bias: Array
    vector: Array
    marks: Mapping[str, Array]
    general: frozenset[str] = frozenset()

    @classmethod
    def read(cls, package: str, file: str) -> "MarkedModel":
        """The model in the data file `file` of `package`."""
        text = resources.files(package).joinpath(file).read_text(encoding="utf-8")
        read: dict[str, Any] = json.loads(text)
        return cls(
            tuple(read["names"]),
            np.array(read["bias"]),
            np.array(read["vector"]),
            {mark: np.array(weights) for mark, weights in read["marks"].items()},
            frozenset(read.get("general", ())),
        )

    def chances(self, marks: Iterable[str], vector: Array) -> dict[str, float]:
        """The chance of each class for a text with those `marks` and that `vector`."""
        odds = self.bias + self.vector @ vector
        for mark in marks:
            if mark in self.marks:
                odds = odds + self.marks[mark]
        powers = np.exp(odds - odds.max())
        return dict(zip(self.names, (powers / powers.sum()).tolist(), strict=True))
