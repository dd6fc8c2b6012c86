"""The lexical fields: Danish stems, character 5-grams and the parts of compounds, under BM25.

k1 1.2, b 0.75 (Robertson and Zaragoza, 2009); each field is an index of its own, since mixing
5-grams into the field of stems cost retrieval quality (docs/decisions/retrieval.md).
"""

import json
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import Stemmer

from ingest.compounds import Compounds

if TYPE_CHECKING:
    import numpy as np

Field = str
FIELDS: tuple[Field, ...] = ("stems", "grams", "parts")
# For words that no text has: those that stand for each, with how well they do (0..1).
Expansion: TypeAlias = tuple[tuple[tuple[str, float], ...], ...]
Scores: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"

_WORD = re.compile(r"§+\s*\d+(?:\s?[a-hj-z](?!\w))?|\w+(?:[.,]\d+)*(?:-\w+)*", re.IGNORECASE)
_GENITIVE = re.compile(r"\b([A-ZÆØÅ]{2,})['’]?s\b")  # "KLs", "EU's"
_GRAM = 5
_PRIOR = 50
_SATURATION = 0.6  # BM25 weight of one occurrence in a passage of usual length
_SHORTEST_TO_CORRECT = 4
_PREFIX = 5
_SHORTEST_HEAD = 5
_SHORTEST_MODIFIER = 3
_ENDINGS = frozenset(
    (
        "",
        *(
            "e s t r n er et en es ed te de re ede ene ende else elser elsen elses ing ingen inger "
            "ings ning ninger ningen le les ler let lse lig lige ligt isk iske tion ion"
        ).split(),
    )
)

STOP_WORDS = frozenset(
    (
        "og i jeg det at en den til er som på de med han af for ikke der var mig sig men et "
        "har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller "
        "hvad skal selv her alle vil blev kunne ind når være dog noget ville jo deres efter "
        "ned skulle denne end dette mit også under have dig anden hende mine alt meget sit "
        "sine vor mod disse hvis din nogle hos blive mange ad bliver hendes været thi jer "
        "sådan må kan så ved hvilke hvilken hvilket hvem hvorfor hvordan hvornår samt fx dvs "
        "bl.a vores jeres dit dine nogen intet ingen få får fået gør gøre gjort the a an of "
        "to in is are and or for on with what which who when how may can do does i we it this "
        "that be my our your you they them their there been has had have was were will would "
        "should could if from into out about any some than then its not no get got us me he she "
        "his him but so just im dont cant isnt whats must shall may need ok okay s"
    ).split()
)

_STEMMER = Stemmer.Stemmer("danish")


def words(text: str) -> list[str]:
    """The words of `text`, lower-cased, in order; "§ 7" is one word, "it-sikkerhed" too."""
    return [
        re.sub(r"^§[§\s]*(\d+)\s*", r"§\1", w.lower())
        for w in _WORD.findall(_GENITIVE.sub(r"\1", text))
    ]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball stem of a lower-cased Danish word."""
    stemmed: str = _STEMMER.stemWord(word)
    # "jobbet" and "job": Danish doubles a final consonant before an ending.
    doubled = len(stemmed) > 3 and stemmed[-1] == stemmed[-2] and stemmed[-1] in "bdfgklmnprst"
    return stemmed[:-1] if doubled else stemmed


def stems(text: str) -> list[str]:
    """Stems of the words that are not stop words; a word with a hyphen gives its parts too."""
    found = []
    for word in words(text):
        if word in STOP_WORDS:
            continue
        found.append(stem(word))
        if "-" in word:
            found += [stem(part) for part in word.split("-") if part]
            found.append(stem(word.replace("-", "")))
    return found


_OF_A_PLACE = frozenset(("sk", "ske", "sks"))  # "Fyn", "fynske"


def related(one: str, other: str) -> bool:
    """Whether two words have a beginning of five letters or more in common and differ in nothing
    but endings ("godkendt", "godkendelse"), or one is of the place that the other names.
    """
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    shared = min(len(one), len(other)) if shared is None else shared
    tails = {one[shared:], other[shared:]}
    if shared < _PREFIX:
        return shared >= 3 and "" in tails and bool(tails & _OF_A_PLACE)
    return tails <= _ENDINGS


def grams(text: str) -> list[str]:
    """Character 5-grams of the words that are not stop words, word boundaries marked by "_"."""
    found = []
    for word in words(text):
        if word in STOP_WORDS:
            continue
        marked = f"_{word.replace('-', '')}_"
        found += [marked[n : n + _GRAM] for n in range(max(1, len(marked) - _GRAM + 1))]
    return found


class Vocabulary:
    """The words of the indexed texts: in how many texts each stem is, and how words fall apart."""

    def __init__(self, texts: int, words: dict[str, int]) -> None:
        self.texts = texts
        self.words = words
        self.compounds = Compounds(w for w in words if w not in STOP_WORDS)
        self.df: Counter[str] = Counter()
        for word, count in words.items():
            self.df[stem(word)] = max(self.df[stem(word)], count)
        self._correct = [w for w in words if len(w) >= _SHORTEST_TO_CORRECT and w.isalpha()]
        self._with_prefix: defaultdict[str, list[str]] | None = None
        self._with_part: defaultdict[str, set[str]] | None = None
        self._backwards: list[str] | None = None

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Vocabulary":
        """The vocabulary of `texts`; the parts of a hyphenated word count as words too."""
        seen: Counter[str] = Counter()
        for text in texts:
            found = set(words(text))
            seen.update(found | {part for word in found for part in word.split("-") if part})
        return cls(len(texts), dict(seen))

    def idf(self, stemmed: str) -> float:
        """How rare a stem is: log((N + 1) / (df + 0.5)) (Robertson and Zaragoza, 2009), with
        `_PRIOR` texts that do not have it added to N, or every word of a small corpus is common.
        """
        return math.log((self.texts + _PRIOR + 1) / (self.df[stemmed] + 0.5))

    def compounds_with(self, stemmed: str) -> tuple[str, ...]:
        """Stems of the compounds that have a part with this stem, and of the longer words that end
        in it: "evalueringsrapport" for "rapport", also where no text says "rapport" alone.
        """
        if self._with_part is None:
            self._with_part = defaultdict(set)
            for word in self.words:
                for part in self.parts(word):
                    self._with_part[stem(part)].add(stem(word))
        return tuple(self._with_part.get(stemmed, set()) | self._ending_in(stemmed))

    def _ending_in(self, stemmed: str) -> set[str]:
        if len(stemmed) < _SHORTEST_HEAD:
            return set()
        if self._backwards is None:
            self._backwards = sorted(s[::-1] for s in self.df)
        head = stemmed[::-1]
        first = bisect_left(self._backwards, head)
        found = takewhile(lambda s: s.startswith(head), islice(self._backwards, first, None))
        return {s[::-1] for s in found if len(s) >= len(head) + _SHORTEST_MODIFIER}

    def related(self, word: str) -> set[str]:
        """Stems of the words that differ from `word` in their ending only: "godkendelse" for
        "godkendt". Snowball leaves such derivations apart.
        """
        if self._with_prefix is None:
            self._with_prefix = defaultdict(list)
            for known in self.words:
                self._with_prefix[known[:3]].append(known)
        return {stem(w) for w in self._with_prefix.get(word[:3], ()) if related(word, w)}

    def similar(self, word: str) -> set[str]:
        """Stems of the words that `word` is most likely a misspelling of."""
        if len(word) < _SHORTEST_TO_CORRECT:
            return set()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(word) < 8 else 2
        near = process.extract(word, self._correct, scorer=OSA.distance, score_cutoff=most, limit=5)
        closest = min((distance for _, distance, _ in near), default=0)
        return {stem(w) for w, distance, _ in near if distance == closest and w[0] == word[0]}

    def parts_field(self, text: str) -> list[str]:
        """Stems of the words of `text`, and of the parts of those that are compounds."""
        found = []
        for word in words(text):
            if word not in STOP_WORDS:
                found += [stem(part) for part in self.parts(word) or (word,)]
        return found

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound or a hyphenated word, () when it is neither."""
        if "-" in word:
            return tuple(part for part in word.split("-") if part)
        return self.compounds.parts(word)


class LexicalIndex:
    """BM25 over the three fields of the same passages, in the same order."""

    def __init__(self, fields: dict[Field, Any], vocabulary: Vocabulary) -> None:
        self._fields = fields
        self.vocabulary = vocabulary

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index `texts`, one for each passage."""
        import bm25s

        vocabulary = Vocabulary.of(texts)
        fields = {}
        for name in FIELDS if texts else ():
            tokens = [_tokens(name, text, vocabulary) or [""] for text in texts]
            fields[name] = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
            fields[name].index(tokens, show_progress=False)
        return cls(fields, vocabulary)

    def save(self, folder: Path) -> None:
        """Write the index to `folder`."""
        folder.mkdir(parents=True)
        for name, retriever in self._fields.items():
            retriever.save(str(folder / name), show_progress=False)
        data = {"texts": self.vocabulary.texts, "words": self.vocabulary.words}
        path = folder / "vocabulary.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """The inverse of `save`."""
        import bm25s

        data = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        names = FIELDS if data["texts"] else ()
        fields = {name: bm25s.BM25.load(str(folder / name), mmap=True) for name in names}
        return cls(fields, Vocabulary(data["texts"], data["words"]))

    def scores(self, field: Field, query: str) -> Scores:
        """BM25 score of every passage, shape (passages,), 0 for those without a common token."""
        import numpy as np  # an ingest of unchanged documents does without

        nothing = np.zeros(self.vocabulary.texts, dtype=np.float32)
        if not self.vocabulary.texts:
            return nothing
        retriever = self._fields[field]
        known = [t for t in _tokens(field, query, self.vocabulary) if t in retriever.vocab_dict]
        return np.asarray(retriever.get_scores(known), dtype=np.float32) if known else nothing

    def most(self, query: str) -> float:
        """About what a passage that says no more than `query` would score in the stems field."""
        return _SATURATION * sum(self.vocabulary.idf(s) for s in set(stems(query)))


def _tokens(field: Field, text: str, vocabulary: Vocabulary) -> list[str]:
    if field == "stems":
        return stems(text)
    return grams(text) if field == "grams" else vocabulary.parts_field(text)
