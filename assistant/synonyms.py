"""Words that mean nearly the same, from files with one group a line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from ingest.lexical import STOP_WORDS, related, stem, words

# What a synonym counts against the word itself: those of the field, and those of the language.
_FILES = (("synonymer.txt", 0.75), ("tesaurus.txt", 0.7))
_PREFIX = 3  # letters that words which `related` compares have in common


class Synonyms:
    """Groups of words, each with what its members count for one another (0..1)."""

    def __init__(self, groups: Iterable[tuple[list[str], float]]) -> None:
        self._by_stem: dict[str, dict[str, float]] = defaultdict(dict)
        self._with_prefix: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[str, list[str], float]]] = defaultdict(list)
        for group, value in groups:
            single = [entry for entry in group if " " not in entry]
            for entry in group:
                if " " in entry:
                    self._add_phrase(entry, single, value)
                else:
                    self._add_word(entry, single, value)

    @classmethod
    def load(cls) -> "Synonyms":
        """The groups that come with Må vi?."""
        folder = resources.files("assistant")
        return cls(
            (group, value) for name, value in _FILES for group in _groups(folder.joinpath(name))
        )

    def of(self, word: str, text: str) -> Iterator[tuple[str, float]]:
        """Synonyms of `word`, and of the phrases of `text` that it is in, with their values."""
        near = {key for key in self._with_prefix[word[:_PREFIX]] if related(word, key)}
        for key in near | {stem(word)}:
            yield from self._by_stem.get(key, {}).items()
        said = f" {' '.join(words(text))} "
        for phrase, group, value in self._phrases.get(word, ()):
            if f" {phrase} " in said:
                yield from ((synonym, value) for synonym in group)

    def _add_word(self, entry: str, group: list[str], value: float) -> None:
        self._with_prefix[entry[:_PREFIX]].add(stem(entry))
        known = self._by_stem[stem(entry)]
        for other in group:
            if other != entry:
                known[other] = max(value, known.get(other, 0.0))

    def _add_phrase(self, phrase: str, group: list[str], value: float) -> None:
        said = words(phrase)
        for word in said:
            if word not in STOP_WORDS:
                self._phrases[word].append((" ".join(said), group, value))


def _groups(file: Traversable) -> Iterator[list[str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [entry.strip() for entry in line.lower().split(",") if entry.strip()]
