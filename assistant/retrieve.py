"""Hybrid retrieval: the scores of every field, brought to one scale and summed."""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from assistant.models import Hit
from ingest.index import Index
from ingest.lexical import FIELDS, Scores

DENSE = "dense"
# Each field's scores are divided by its best for the question, then weighed and summed; that beat
# reciprocal rank fusion by up to .08 nDCG@10 (docs/decisions/retrieval.md has the figures).
WEIGHTS: Mapping[str, float] = {"stems": 1.0, "grams": 1.0, "parts": 0.4, DENSE: 1.0}
_EXPANSION = 0.5  # weight of a corrected or similar word against one that was asked
_NEAREST = 200  # passages that the dense field names; the others count as 0 in it


class Retriever:
    """Finds the passages of one index that match a question."""

    def __init__(
        self,
        index: Index,
        today: Callable[[], date] = date.today,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> None:
        self._index = index
        self._today = today
        self._weights = weights
        self._place = {p.id: n for n, p in enumerate(index.passages)}

    def search(self, question: str, k: int, expansion: str = "") -> list[Hit]:
        """The `k` best passages of documents in force today, best first; score 0..1.

        `expansion` holds further words to look for, at a lower weight.
        """
        fields = self._fields(question, expansion)
        if not fields:
            return []
        most = self._index.lexical.most(question) or 1.0
        total = sum(self._weights[name] for name in fields)
        scaled = {name: _scaled(scores) for name, scores in fields.items()}
        fused = sum((self._weights[n] / total * s for n, s in scaled.items()), self._nothing())
        fused = np.where(self._in_force(), fused, 0.0)
        best = np.argsort(-fused, kind="stable")[:k]
        return [
            Hit(
                self._index.passages[n],
                float(fused[n]),
                {name: float(scores[n]) for name, scores in scaled.items()},
                float(min(1.0, fields["stems"][n] / most)),
            )
            for n in best
            if fused[n] > 0
        ]

    def _fields(self, question: str, expansion: str) -> dict[str, Scores]:
        lexical = self._index.lexical
        fields = {name: lexical.scores(name, question) for name in FIELDS}
        if expansion:
            for name, scores in fields.items():
                fields[name] = scores + _EXPANSION * lexical.scores(name, expansion)
        if self._index.has_meaning:
            dense = self._nothing()
            for key, similarity in self._index.nearest(question, _NEAREST).items():
                dense[self._place[key]] = max(similarity, 0.0)
            fields[DENSE] = dense
        return fields if self._index.passages else {}

    def _nothing(self) -> Scores:
        return np.zeros(len(self._index.passages), dtype=np.float32)

    def _in_force(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        day = self._today()
        valid = {
            entry.document.file
            for entry in self._index.manifest.entries
            if entry.document.valid_on(day)
        }
        return np.array([p.document in valid for p in self._index.passages], dtype=np.bool_)


def _scaled(scores: Scores) -> Scores:
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0 else scores
