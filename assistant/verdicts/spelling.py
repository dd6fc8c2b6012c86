"""Misspelt words of a question, put right by the words of the documents and of the lexicon."""

import re
from collections import Counter
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, Vocabulary, stem
from ingest.rules.lexicon import Lexicon

_SHORTEST = 4
_LONG = 7  # letters from which two may be wrong
_SMALL = frozenset(
    "jeg kan vil har man det den til med ved ikke også skal bruge gerne hvis der vores vi og "
    "må".split()
)
_FUNCTION = frozenset("må få på når også så gå stå måske".split())
_PREFIX = re.compile(
    r"^(?:ind|ud|op|ned|over|under|for|frem|til|fra|om|gen|mis|af|på|med)(?=\w{4})"
)
_WORD = re.compile(r"[^\W\d_]+")


class Speller:
    """Knows the words that a question may be about."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        counts: Counter[str] = Counter()
        for concept in lexicon.concepts.values():
            for name in concept.names:
                counts.update(w for w in _WORD.findall(name.lower().replace("*", "")))
        for word, count in vocabulary.words.items():
            if word.isalpha():
                counts[word] += count
        self._products = {
            name.lower()
            for c in lexicon.concepts.values()
            if c.id.startswith("tool.")
            for name in c.names
            if name.isalpha() and name[0].isupper() and len(name) >= _SHORTEST
        }
        self._right = [w for w in counts if len(w) >= _SHORTEST]
        self._counts = counts

    def corrected(self, text: str) -> str:
        """`text` with the words that nothing knows replaced by the nearest that something does."""
        return _WORD.sub(
            lambda m: self._meant(m.group().lower()) or self._word(m.group()), self._joined(text)
        )

    def _joined(self, text: str) -> str:
        """ "vest gpt" as "vestgpt", where that is the name of a tool."""
        words = list(_WORD.finditer(text))
        for one, two in reversed(list(pairwise(words))):
            if text[one.end() : two.start()] != " ":
                continue
            name = self._product(one.group().lower(), two.group().lower())
            text = f"{text[: one.start()]}{name}{text[two.end() :]}" if name else text
        return text

    def _product(self, one: str, two: str) -> str:
        """The tool that two words name together, "" for none."""
        whole = one + two
        if whole in self._products:
            return whole
        if len(whole) < _LONG or two in self._products or not (one[0].isalpha()):
            return ""
        swapped = (p for p in self._products if len(p) == len(whole) and p[0] == whole[0])
        return next((p for p in swapped if sorted(p) == sorted(whole)), "")

    def _word(self, word: str) -> str:
        lower = word.lower()
        if len(lower) <= _SHORTEST and lower not in _SMALL:
            for small in _SMALL:
                if len(small) == len(lower) > 2 and sorted(small) == sorted(lower):
                    return small  # "jge"
        danish = lower.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
        if danish != lower and danish in _FUNCTION:
            return danish  # from a keyboard without æ, ø and å; the encoder has read such
        if (len(lower) < _SHORTEST and "aa" not in lower) or self._knows(lower):
            return word
        if danish != lower and self._knows(danish):
            return danish
        most = 1 if len(lower) < _LONG else 2
        near = process.extract(lower, self._right, scorer=OSA.distance, score_cutoff=most, limit=8)
        if not near:
            return word
        best = min(near, key=lambda n: (n[1], n[0][0] != lower[0], -self._counts[n[0]]))
        return best[0]

    def _meant(self, word: str) -> str:
        """The tool that a word which no document has lacks a letter of, or has one too many of
        ("claud"); "" for none. The encoder and the stems know such misspelt names.
        """
        if len(word) <= _SHORTEST or word in self._counts or word in STOP_WORDS:
            return ""
        if word.rstrip("s") in self._products:
            return ""
        near = (p for p in self._products if p[0] == word[0] and len(p) > _SHORTEST)
        one_off = (p for p in sorted(near) if len(p) != len(word) and OSA.distance(p, word) == 1)
        return next(one_off, "")

    def _knows(self, word: str) -> bool:
        if word in STOP_WORDS or word in self._counts or self._vocabulary.df.get(stem(word)):
            return True
        bare = _PREFIX.sub("", word)
        if bare != word and (bare in self._counts or builtin().has_word(bare)):
            return True  # "indtale"
        return builtin().has_word(word) or len(self._vocabulary.parts(word)) > 1
