"""The class of data that the documents put a thing into, by the examples that they give for it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.lexical import STOP_WORDS, Vocabulary, stem, words
from ingest.rules.model import Definition

_MOST = 5  # words of an example
_RARE = 2.5  # idf that the words of an example must have together to tell anything
_SHORTEST = 3  # letters of a part of a compound
_LINKS = ("", "s", "e", "er", "n")
_APART = re.compile(
    r"[,;:()]| og | eller | samt |\b(?:f\.eks\.|fx|såsom|herunder|blandt andet)", re.I
)
_EMPTY = frozenset(
    stem(w) for w in "oplysninger data oplysning information materiale dokumenter andet alt".split()
)


@dataclass(frozen=True, slots=True)
class _Example:
    concept: str
    words: tuple[str, ...]

    def is_said_by(self, said: Sequence[str], stems: frozenset[str]) -> bool:
        """Whether words say all of it."""
        return all(stem(w) in stems or _in_parts(w, said) for w in self.words)


class Examples:
    """The examples of all classes that documents define."""

    def __init__(self, definitions: Iterable[Definition], vocabulary: Vocabulary) -> None:
        self._all = [e for d in definitions for e in _examples(d, vocabulary)]

    def classes_of(self, text: str) -> frozenset[str]:
        """The classes with an example that `text` speaks of: those of the longest examples."""
        said = [w for w in words(text) if w not in STOP_WORDS]
        stems = frozenset(map(stem, said))
        found = [e for e in self._all if e.is_said_by(said, stems)]
        longest = max((sum(map(len, e.words)) for e in found), default=0)
        return frozenset(e.concept for e in found if sum(map(len, e.words)) == longest)


def _examples(definition: Definition, vocabulary: Vocabulary) -> Iterator[_Example]:
    for item in _APART.split(definition.words):
        kept = [w for w in words(item) if w not in STOP_WORDS and stem(w) not in _EMPTY]
        rarity = sum(vocabulary.idf(stem(w)) for w in kept)
        if 0 < len(kept) <= _MOST and rarity > _RARE:
            yield _Example(definition.concept, tuple(kept))


def _in_parts(word: str, said: Sequence[str]) -> bool:
    """Whether `word` is a part of what is said ("løn" of "lønseddel"), or two words of that are
    its parts ("budgetoplæg" of "oplæg til budget").
    """
    stemmed = stem(word)
    if len(stemmed) < _SHORTEST:
        return False
    if any(
        len(w) >= len(stemmed) + _SHORTEST and (w.startswith(stemmed) or stem(w).endswith(stemmed))
        for w in said
    ):
        return True
    heads = [stem(w) for w in said if stemmed.endswith(stem(w)) and len(w) > _SHORTEST]
    joined = (f"{w}{link}{head}" for w in said for link in _LINKS for head in heads)
    return any(stemmed == whole for whole in joined)
