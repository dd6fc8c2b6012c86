"""Words of the documents that are near a word in meaning, by the built-in encoder: "bøde" for
"fine", "leverandør" for "udbyder". No dictionary is asked; the encoder learned them from texts.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.embedders import BuiltinEmbedder
from ingest.lexical import STOP_WORDS, Vocabulary

if TYPE_CHECKING:
    from ingest.encoder.arrays import Matrix

_MOST_WORDS = 50_000  # of the documents that are compared, the most frequent ones
_SHORTEST = 3
_NEAR = 0.5  # cosine from which two words are taken to be near
_MOST = 8


class Neighbours:
    """Knows the words of one index."""

    def __init__(self, vocabulary: Vocabulary, encoder: BuiltinEmbedder) -> None:
        self._vocabulary = vocabulary
        self._encoder = encoder
        self._known: dict[str, dict[str, float]] = {}

    def of(self, word: str) -> Mapping[str, float]:
        """The words nearest to the lower-cased `word`, itself left out, with their cosines."""
        if word not in self._known:
            self._known[word] = self._nearest(word)
        return self._known[word]

    def _nearest(self, word: str) -> dict[str, float]:
        import numpy as np

        if not self._words or len(word) < _SHORTEST or not word.isalpha():
            return {}
        similar = self._vectors @ self._encoder.vectors([word])[0]
        best = np.argsort(-similar, kind="stable")[: _MOST + 1]
        near = ((self._words[n], float(similar[n])) for n in best if similar[n] >= _NEAR)
        return {other: cosine for other, cosine in near if other != word}

    @cached_property
    def _words(self) -> list[str]:
        counts = self._vocabulary.words
        words = [w for w in counts if len(w) >= _SHORTEST and w.isalpha() and w not in STOP_WORDS]
        return sorted(words, key=lambda w: (-counts[w], w))[:_MOST_WORDS]

    @cached_property
    def _vectors(self) -> "Matrix":
        return self._encoder.vectors(self._words)
