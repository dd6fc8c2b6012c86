"""Whether two words say the same: endings, parts of compounds, synonyms, and the encoder."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.facts import UNITS, WORDS
from assistant.synonyms import Synonyms
from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, Vocabulary, related, stem, words

if TYPE_CHECKING:
    from ingest.encoder.arrays import Matrix

_NEAR = 0.45  # cosine from which the encoder takes two words for near
_NEAR_VALUE = 0.85  # of its cosine, what such a word counts
_PART = 0.75  # what a shared part of compounds counts
_MOST_PAIRS = 300_000  # that are remembered
_SHORTEST = 4  # letters of a word that another may contain
# Words of content for a search that carry nothing in a sentence, whatever its subject.
_LIGHT = frozenset(
    stem(word)
    for word in (
        "være har have blive blev få får gør gøre gjort kunne skulle ville måtte burde bør altså "
        "også kun ikke aldrig dog jo nok helst gerne altid endnu selv egen eget egne hver hvert "
        "enhver alle al alt begge sådan samme anden andet andre mere mest mindre mindst flere "
        "fleste højst senest tidligst derfor derefter desuden endelig samtidig ellers derimod "
        "herunder blandt ifølge jævnfør gennem mellem uden inden før siden efter over under ved "
        "hos mod fra til som der når hvis mens medmindre fordi for at og eller men så nej ja "
        "både hverken enten ud ind op ned hen frem tilbage igen sted ting måde slags form "
        "eksempel gang fald side gælde gælder gældende betyde bruge bruges brug brugt anvende "
        "anvendes benytte benyttes tage tages taget sige siger sættes sætte stå står ligge "
        "ligger komme kommer gå går holde holder holdes give giver gives lade lader vide ved "
        "eneste hel helt hele meget lidt noget nogen nogle ingen intet første sidste ny nye nyt "
        "stor stort store god godt gode mulig muligt handle handler dreje drejer findes finde "
        "sker ske skete sørg sørge husk huske straks direkte normalt typisk især særligt bl.a fx "
        "medarbejder ansat ansatte kollega borger kommune person folk man vi du din jeres dine "
        "jer dig os vores deres dens dets hans hendes denne dette disse dem den det de sin sit "
        "længe lang langt nødvendig brug behov tilfælde forbindelse hensyn"
    ).split()
)


class Meaning:
    """Compares words, by the vocabulary of one index."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._vectors: dict[str, Matrix] = {}
        self._like: dict[str, frozenset[str]] = {}
        self._pairs: dict[tuple[str, str], float] = {}

    @cached_property
    def _synonyms(self) -> Synonyms:
        return Synonyms.load()

    def warm(self, texts: Sequence[str]) -> None:
        """Prepare for claims that rest on `texts`, so that the first one need not wait for it."""
        found = dict.fromkeys(w for text in texts for w in self.content(text))
        new = [w for w in found if w not in self._vectors and w.isalpha()]
        self._vectors.update(zip(new, builtin().vectors(new), strict=True))
        for word in found:
            self._parts(word)
            self._synonyms_of(word)

    def content(self, text: str) -> list[str]:
        """The words of `text` that carry something, in order, each once."""
        return list(dict.fromkeys(w for w in _split(text) if _carries(w)))

    def weight(self, word: str) -> float:
        """How much a word tells: its rarity in the documents, at least 1."""
        return max(1.0, self._vocabulary.idf(stem(word)))

    def covered(self, word: str, others: Sequence[str]) -> float:
        """How well the best of `others` says `word`, 0..1."""
        if word in others:
            return 1.0
        return max((self._same(word, other) for other in others), default=0.0)

    def share(self, wanted: Sequence[str], others: Sequence[str]) -> float:
        """Share of `wanted` that `others` say, 0..1; 0 of nothing."""
        return sum(self.covered(w, others) for w in wanted) / len(wanted) if wanted else 0.0

    def alike(self, one: str, other: str) -> float:
        """Share of the content of one text that another has."""
        return self.share(self.content(one), self.content(other))

    def synonymous(self, one: str, other: str) -> bool:
        """Whether the dictionary of synonyms takes two words for the same."""
        return self._by_synonyms(one, other) > 0

    def near(self, one: str, others: Sequence[str]) -> float:
        """The cosine of a text with the most similar of `others`, by the encoder."""
        import numpy as np

        if not others:
            return 0.0
        found = builtin().vectors([one, *others])
        return float(np.max(found[1:] @ found[0]))

    def _same(self, word: str, other: str) -> float:
        key = (word, other)
        if len(self._pairs) > _MOST_PAIRS:
            self._pairs.clear()
        if key not in self._pairs:
            self._pairs[key] = self._compared(word, other)
        return self._pairs[key]

    def _compared(self, word: str, other: str) -> float:
        if stem(word) == stem(other) or related(word, other):
            return 1.0
        return max(
            self._by_synonyms(word, other),
            self._by_parts(word, other),
            _NEAR_VALUE * self._cosine(word, other),
        )

    def _by_synonyms(self, word: str, other: str) -> float:
        there = stem(other) in self._synonyms_of(word) or stem(word) in self._synonyms_of(other)
        return 0.9 if there else 0.0

    def _synonyms_of(self, word: str) -> frozenset[str]:
        """The stems of what may stand for `word`."""
        if word not in self._like:
            self._like[word] = frozenset(stem(s) for s, _ in self._synonyms.of(word, word))
        return self._like[word]

    def _by_parts(self, word: str, other: str) -> float:
        ones, others = self._parts(word), self._parts(other)
        if len(ones) == len(others) == 1:
            short, long = sorted((stem(word), stem(other)), key=len)
            inside = len(short) >= _SHORTEST and (long.startswith(short) or long.endswith(short))
            return _PART if inside else 0.0
        shared = sum(any(stem(a) == stem(b) or related(a, b) for b in others) for a in ones)
        return (_PART if shared else 0.0) if shared < len(ones) else 0.95

    def _parts(self, word: str) -> tuple[str, ...]:
        return self._vocabulary.parts(word) or (word,)

    def _cosine(self, word: str, other: str) -> float:
        if not (word.isalpha() and other.isalpha()):
            return 0.0
        near = float(self._vector(word) @ self._vector(other))
        return near if near >= _NEAR else 0.0

    def _vector(self, word: str) -> "Matrix":
        if word not in self._vectors:
            self._vectors[word] = builtin().vectors([word])[0]
        return self._vectors[word]


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _carries(word: str) -> bool:
    counted = word[0].isdigit() or word in WORDS or word in UNITS  # facts.py looks at those
    return not (counted or word in STOP_WORDS or stem(word) in _LIGHT)
