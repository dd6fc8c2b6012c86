"""How the words of a question and those of a rule cover each other, word by word.

Every word counts by the nearest one of the other side, weighed by how rare it is: the late
interaction of ColBERT (Khattab and Zaharia, 2020), over the vectors of words that the built-in
encoder has. One vector for a sentence says what it is about; this says what is missing in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, Vocabulary, stem, words

if TYPE_CHECKING:
    from ingest.encoder.arrays import Matrix

SIDES = ("scope", "sentence", "context")  # the texts of a rule that a question is aligned with
_EACH = ("covered", "covered sharply", "held", "held sharply", "rare covered", "rare held")
SIGNS = tuple(f"{side}, {sign}" for side in SIDES for sign in _EACH)
_LEAST = 0.3  # what the commonest word weighs
_RAREST = 3  # words of either side that are looked at apart
_SHARPNESS = 3  # power by which a word that is only somewhat near counts for little
_SHORTEST = 2  # letters
_NOTHING = ""  # stands for the words of a text that has none


@dataclass(frozen=True, slots=True)
class _Texts:
    """The words of many texts, one after the other: `columns` of the vocabulary, what each weighs,
    where each text starts, and its rarest words, shape (texts, 3).
    """

    columns: np.ndarray
    weights: "Matrix"
    starts: np.ndarray
    rarest: np.ndarray


class Alignment:
    """The texts of rules, made ready to be aligned with questions."""

    def __init__(self, texts: Sequence[Sequence[str]], vocabulary: Vocabulary) -> None:
        """Of `texts`: for each of SIDES, that of every rule."""
        self._vocabulary = vocabulary
        split = [[_content(text) or [_NOTHING] for text in side] for side in texts]
        known = sorted({word for side in split for text in side for word in text})
        self._vectors = builtin().vectors(known)
        at = {word: n for n, word in enumerate(known)}
        self._sides = [self._laid_out(side, at) for side in split]

    def signs(self, question: str) -> "Matrix":
        """SIGNS of every rule, 0..1 each, shape (rules, SIGNS)."""
        if not len(self._sides[0].starts):
            return np.zeros((0, len(SIGNS)), dtype=np.float32)
        asked = _content(question) or [_NOTHING]
        weights = self._weights(asked)
        near = np.clip(builtin().vectors(asked) @ self._vectors.T, 0, 1)
        rarest = np.argsort(-weights, kind="stable")[:_RAREST]
        columns = [sign for side in self._sides for sign in _signs(near, weights, rarest, side)]
        return np.stack(columns, axis=1)

    def _laid_out(self, texts: Sequence[Sequence[str]], at: dict[str, int]) -> _Texts:
        starts = np.array([0, *accumulate(map(len, texts))][: len(texts)], dtype=int)
        weights = [self._weights(text) for text in texts]
        rarest = [
            start + np.resize(np.argsort(-own, kind="stable")[:_RAREST], _RAREST)
            for start, own in zip(starts, weights, strict=True)
        ]
        columns = np.array([at[word] for text in texts for word in text], dtype=int)
        together = np.concatenate([np.zeros(0, dtype=np.float32), *weights])
        return _Texts(columns, together, starts, np.array(rarest, dtype=int))

    def _weights(self, content: Sequence[str]) -> "Matrix":
        found = (max(_LEAST, self._vocabulary.idf(stem(w))) if w else _LEAST for w in content)
        return np.fromiter(found, dtype=np.float32)


def _signs(
    near: "Matrix", weights: "Matrix", rarest: np.ndarray, side: _Texts
) -> Sequence[np.ndarray]:
    """_EACH of every text of one side; `near` has a row for each word of the question."""
    words_near = near[:, side.columns]
    covered = np.maximum.reduceat(words_near, side.starts, axis=1)  # of each word asked
    held = words_near.max(axis=0)  # of each word of the texts
    share, shares = weights / weights.sum(), np.add.reduceat(side.weights, side.starts)
    return (
        share @ covered,
        share @ covered**_SHARPNESS,
        np.add.reduceat(held * side.weights, side.starts) / shares,
        np.add.reduceat(held**_SHARPNESS * side.weights, side.starts) / shares,
        covered[rarest].mean(axis=0),
        held[side.rarest].mean(axis=1),
    )


def _content(text: str) -> list[str]:
    return [w for w in words(text) if w not in STOP_WORDS and len(w) >= _SHORTEST]
