"""Hybrid retrieval: the scores of every field, brought to one scale and summed."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from assistant.models import Hit
from ingest.index import Index
from ingest.lexical import FIELDS, Expansion, LexicalIndex, Scores

DENSE = "dense"
# Each field's scores are divided by its best for the question, then weighed and summed; that beat
# reciprocal rank fusion by up to .08 nDCG@10 (docs/decisions/retrieval.md has the figures).
WEIGHTS: Mapping[str, float] = {"stems": 1.0, "grams": 1.0, "parts": 0.4, DENSE: 2.0}
_EXPANSION = 0.7  # weight of what stands for a word against one that was asked
_SAME_PAGE = 0.8  # what each further passage of the same page counts
_LOOKED_AT = 40  # passages after the last that is wanted, which may move up
FAR = 0.1  # cosine under which two texts have nothing to do with one another
NEAREST = 200  # passages that the dense field names; the others count as 0 in it


def lexical_fields(
    lexical: LexicalIndex, question: str, expansion: Expansion = ()
) -> dict[str, Scores]:
    """The BM25 scores of every passage in each lexical field, shape (passages,). Of each group of
    `expansion`, words that stand for one of the question, a passage's best one counts.
    """
    fields = {name: lexical.scores(name, question) for name in FIELDS}
    for group in expansion:
        for name, scores in fields.items():
            found = [value * lexical.scores(name, word) for word, value in group]
            fields[name] = scores + _EXPANSION * np.max(found, axis=0)
    return fields


def fused(fields: Mapping[str, Scores], weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """The weighted mean of `fields`, each divided by its best; shape (passages,), 0..1."""
    total = sum(weights[name] for name in fields)
    scores: Scores = np.sum([weights[n] / total * _scaled(s) for n, s in fields.items()], axis=0)
    return scores


class Retriever:
    """Finds the passages of one index that match a question; those of the files `hidden` are as
    if they were not there.
    """

    def __init__(
        self,
        index: Index,
        today: Callable[[], date] = date.today,
        weights: Mapping[str, float] = WEIGHTS,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self._index = index
        self._seen = np.array([p.document not in hidden for p in index.passages], dtype=np.bool_)
        self._today = today
        self._weights = weights
        self._place = {p.id: n for n, p in enumerate(index.passages)}

    def search(
        self,
        question: str,
        k: int,
        expansion: Expansion = (),
        files: frozenset[str] | None = None,
        *,
        whenever: bool = False,
    ) -> list[Hit]:
        """The `k` best passages of documents in force today, or `whenever`, best first; score 0..1.

        `expansion` holds further words to look for, at a lower weight; of `files` alone, where
        they are given.
        """
        if not self._index.passages:
            return []
        fields = lexical_fields(self._index.lexical, question, expansion)
        if self._index.has_meaning:
            fields[DENSE] = self._dense(question)
        fields = {name: np.where(self._seen, scores, 0.0) for name, scores in fields.items()}
        most = self._index.lexical.most(question) or 1.0
        scaled = {name: _scaled(scores) for name, scores in fields.items()}
        total = np.where(self._allowed(files, whenever=whenever), fused(fields, self._weights), 0.0)
        ranked = self._spread(total, k)
        best = np.argsort(-ranked, kind="stable")[:k]
        return [
            Hit(
                self._index.passages[n],
                float(ranked[n]),
                {name: float(scores[n]) for name, scores in scaled.items()},
                float(min(1.0, fields["stems"][n] / most)),
                float(total[n]),
            )
            for n in best
            if total[n] > 0
        ]

    def _spread(self, total: Scores, k: int) -> Scores:
        """`total` with less for a passage of a page that better ones come from, so that the first
        few show more places; a reader who opens a page sees all of it.
        """
        spread = total.copy()
        seen: Counter[tuple[str, int]] = Counter()
        for n in np.argsort(-total, kind="stable")[: k + _LOOKED_AT]:
            passage = self._index.passages[n]
            spread[n] *= _SAME_PAGE ** seen[passage.document, passage.page]
            seen[passage.document, passage.page] += 1
        return spread

    def _dense(self, question: str) -> Scores:
        scores = np.zeros(len(self._index.passages), dtype=np.float32)
        for key, similarity in self._index.nearest(question, NEAREST).items():
            scores[self._place[key]] = similarity if similarity >= FAR else 0.0
        return scores

    def _allowed(
        self, files: frozenset[str] | None, *, whenever: bool
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        day = self._today()
        allowed = {
            entry.document.file
            for entry in self._index.manifest.entries
            if (whenever or entry.document.valid_on(day))
            and (files is None or entry.document.file in files)
        }
        return np.array([p.document in allowed for p in self._index.passages], dtype=np.bool_)


def _scaled(scores: Scores) -> Scores:
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0 else scores
