"""How likely each sentence that was found answers the question: one logistic model.

The weights were fitted on the tuning sets by `python -m evals.calibrate`; the reporting sets had
no part in it (docs/decisions/declining.md has the figures).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from assistant.asking import DEMANDING, HARD, OWNED
from assistant.expectations import fulfilment
from assistant.mishap import tells_of_mishap
from assistant.models import Hit
from assistant.pointing import points_on
from assistant.question import Question, Term
from ingest.embedders import builtin
from ingest.lexical import grams, stem, stems, words
from ingest.passages import Passage
from ingest.reading import Sentence, sentences_of
from ingest.register import Document, Kind

if TYPE_CHECKING:
    from ingest.encoder.arrays import Matrix

# What a match counts by where it is: in the sentence, in the question that it answers, next to
# it, in the heading, in the passage.
_WORTH = (1.0, 0.85, 0.6, 0.55, 0.35)

# Log odds. Course material retells what the policies rule, so they come first; this is a choice,
# not fitted: the question sets accept either.
_STANDING: Mapping[Kind, float] = {"vejledning": -0.2, "kursus": -1.5}
_UNMET = 3.0
_POINTS_ON = 2.5  # a sentence that only says where it stands: chosen, too few occur to fit it
_OF_PARTS = 0.9  # what all parts of a compound count, where it stands apart: "EU AI Forordningen"
_ITS_OWN = 0.5  # how well it must be found what a number or price is of
# Words for the number or the price itself, and not for what it is of.
_KIND_OF_NUMBER = frozenset(
    stem(word)
    for word in (
        "lokal lokalnummer nummer telefon telefonnummer mail mailadresse adresse ringe koste "
        "koster kostede pris prisen kr kroner betale betaler penge udgift beløb løn budget bøde "
        "cost costs price pay paid much phone number address"
    ).split()
)
_STRONG = 1.0  # weight from which a word of the question is one of content

Row: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]


class Places(NamedTuple):
    """How well each term of the question is found in the places around a sentence, nearest first;
    each of shape (terms,), 0..1.
    """

    sentence: Row
    question: Row
    neighbours: Row
    heading: Row
    passage: Row

    def best(self, first: int) -> Row:
        """The best of the `first` places for each term, by what a match there counts."""
        rows = (worth * row for worth, row in zip(_WORTH, self[:first], strict=False))
        found: Row = np.max(tuple(rows), axis=0)
        return found


@dataclass(frozen=True, slots=True)
class Features:
    """What the model looks at, 0..1 each."""

    alone: float  # share of the question that the sentence covers
    covered: float  # … with the heading, the sentence before and the rest of the passage
    heading: float  # … that the heading covers by itself
    asked: float  # … that the question before it covers, in a list of frequent ones
    named: float  # share of the names in the question that the sentence has, 1 if there are none
    alike: float  # share of the question's character 5-grams in the sentence
    hit: float  # the passage's retrieval score, against the best one's
    absolute: float  # … against a passage made of the question itself
    met: float  # a number, date, name … is expected and held
    missed: float  # … and not held
    suits: float  # the sentence has the form expected, where that is no must
    met_alone: float  # `met` times `alone`: the date is about what was asked
    unknown: float  # share of the question that the documents do not have at all
    key: float  # how well the weightiest word is found, in the sentence or near it
    gap: float  # share of the weightiest word that is nowhere near
    brevity: float  # 1 for one word of content, less for more: short questions prove little
    in_list: float  # a list item or a table row
    length: float  # of the sentence, against 40 words
    meaning: float  # cosine of the question and the sentence, as the built-in encoder sees them
    setting: float  # … and the sentence with its heading and what it follows


WEIGHTS = Features(
    alone=0.15,
    covered=1.37,
    heading=0.84,
    asked=0.02,
    named=0.05,
    alike=-0.59,
    hit=3.70,
    absolute=-1.37,
    met=0.81,
    missed=-1.16,
    suits=0.40,
    met_alone=1.03,
    unknown=0.80,
    key=0.49,
    gap=-1.36,
    brevity=-0.21,
    in_list=0.17,
    length=0.60,
    meaning=2.78,
    setting=3.31,
)
BIAS = -5.02
_values = attrgetter(*(field.name for field in fields(Features)))
_WEIGHTS = _values(WEIGHTS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with its features. `has_items` says that a list stands under it; `standing` is
    what the kind of document, and a demand not met, add to its log odds; `points_on` says that it
    only tells where to read on, `of_another` that the number or price is not of what is asked
    about.
    """

    hit: Hit
    sentence: Sentence
    features: Features
    has_items: bool
    standing: float = 0.0
    points_on: bool = False
    of_another: bool = False

    @property
    def chance(self) -> float:
        """How likely it is that the sentence answers the question, 0..1."""
        z = (
            BIAS
            + self.standing
            + sum(w * f for w, f in zip(_WEIGHTS, _values(self.features), strict=True))
        )
        return 1.0 / (1.0 + math.exp(-z))

    @property
    def dangling(self) -> bool:
        """Whether it introduces a list that is not there."""
        return self.sentence.text.endswith(":") and not self.has_items


def weigh(
    question: Question,
    hits: Sequence[Hit],
    documents: Mapping[str, Document],
    *,
    meaning: bool = True,
) -> list[Evidence]:
    """Every sentence of `hits`, the likeliest first; `documents` are those of the index by file.
    Without `meaning` no sentence is near the question by the encoder.
    """
    asked = _Asked(question, meaning=meaning)
    asked.continued = frozenset(hit.passage.context for hit in hits if hit.passage.context)
    found = [e for hit in hits for e in _of_hit(asked, hit, documents[hit.passage.document])]
    return sorted(found, key=lambda e: -e.chance)


class _Asked:
    """A question with what is the same for every sentence."""

    def __init__(self, question: Question, *, meaning: bool = True) -> None:
        terms = question.terms
        self.question = question
        self.weights: Row = np.array([t.weight for t in terms], dtype=np.float64)
        self.names: Row = np.array([t.weight * t.named for t in terms], dtype=np.float64)
        self.continued: frozenset[str] = frozenset()  # sentences whose list is in the next passage
        self.total = float(self.weights.sum())
        self.grams = frozenset(grams(question.standalone))
        self.vector = builtin().vectors([question.standalone])[0] * meaning
        self.demands = question.expectation in DEMANDING
        strong = sum(term.weight > _STRONG for term in terms)
        self.brevity = 1.0 / max(1, strong)
        self.owner = self._owner() if question.expectation in OWNED else np.zeros(len(terms))
        self.unknown = self.coverage(np.array([not t.known for t in terms], dtype=np.float64))

    def _owner(self) -> Row:
        """1 for each term that says of whom or what a number or a price is asked for."""
        own = set(words(self.question.text))
        return np.array(
            [
                t.known
                and t.word in own
                and not (t.light or t.word.isdecimal() or stem(t.word) in _KIND_OF_NUMBER)
                for t in self.question.terms
            ],
            dtype=np.float64,
        )

    def is_of_another(self, places: Places) -> bool:
        """Whether a number or a price is found for somebody or something else than is asked for:
        where a name in the question is nowhere, or none of its other words in sight.
        """
        here = np.maximum.reduce((places.sentence, places.question, places.heading))
        named = self.owner * (self.names > 0)
        if named.any():
            return bool(((np.maximum(here, places.passage) < _ITS_OWN) & (named > 0)).any())
        return bool(self.owner.any()) and not bool(((here >= _ITS_OWN) & (self.owner > 0)).any())

    def matches(self, there: frozenset[str]) -> Row:
        """How well each term is found among the stems `there`, 0..1; shape (terms,)."""
        return np.array([_match(term, there) for term in self.question.terms], dtype=np.float64)

    def coverage(self, found: Row) -> float:
        """Share of the terms' weight that is found."""
        return float(self.weights @ found) / self.total if self.total else 0.0

    def key(self, found: Row) -> float:
        """How well the weightiest term is found."""
        return float(found[self.weights.argmax()]) if len(found) else 0.0

    def gap(self, found: Row) -> float:
        """The largest share that one term fails to be found with."""
        missing = (self.weights * (1 - found)).max(initial=0.0)
        return float(missing) / self.total if self.total else 1.0

    def named(self, found: Row) -> float:
        """Share of the weight of the terms that are names that is found."""
        total = float(self.names.sum())
        return float(self.names @ found) / total if total else 1.0

    def alike(self, text: str) -> float:
        """Share of the question's 5-grams in `text`."""
        return len(self.grams & _grams(text)) / (len(self.grams) or 1)


@lru_cache(maxsize=16_384)
def _grams(text: str) -> frozenset[str]:
    return frozenset(grams(text))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _match(term: Term, there: frozenset[str]) -> float:
    whole = _OF_PARTS if term.parts and there.issuperset(term.parts) else 0.0
    return max(
        (value for s, value in term.variants.items() if s in there and value > whole), default=whole
    )


def _of_hit(asked: _Asked, hit: Hit, document: Document) -> list[Evidence]:
    sentences = sentences_of(hit.passage)
    if not sentences:
        return []  # figures and signs alone
    meanings = _meanings(hit.passage) @ asked.vector
    heading = asked.matches(_stems(" ".join((*hit.passage.section, document.title))))
    if asked.question.mishap and tells_of_mishap(" ".join(hit.passage.section)):
        heading[0] = 1.0  # "Har du indsat noget ved en fejl?"
    whole = asked.matches(_stems(hit.passage.text))
    rows = [asked.matches(sentence.stems) for sentence in sentences]
    if asked.question.mishap:
        _find_mishap(asked, rows, sentences, hit.passage.section[-1:])
    nowhere = np.zeros_like(whole)
    found = []
    for sentence in sentences:
        if sentence.asks:
            continue
        places = Places(
            rows[sentence.number],
            rows[sentence.question] if sentence.question >= 0 else nowhere,
            asked.matches(_neighbourhood(sentences, sentence)),
            heading,
            whole,
        )
        has_items = sentence.text in asked.continued or any(
            other.intro == sentence.number for other in sentences
        )
        near = (float(meanings[sentence.number, 0]), float(meanings[sentence.number, 1]))
        features = _features(asked, hit, sentence, places, near)
        standing = _STANDING.get(document.kind, 0.0)
        if asked.question.expectation in HARD:
            standing -= _UNMET * features.missed * (1 + (asked.question.expectation == "action"))
        points = points_on(sentence.text, asked.question.text)
        standing -= _POINTS_ON * points
        another = asked.is_of_another(places)
        standing -= _UNMET * another
        found.append(Evidence(hit, sentence, features, has_items, standing, points, another))
    return found


def _find_mishap(
    asked: _Asked, rows: Sequence[Row], sentences: Sequence[Sentence], heading: tuple[str, ...]
) -> None:
    """Mark in `rows` what is about a mishap: what tells of one itself, what answers a question that
    does, and all under a `heading` that does.
    """
    named = max((asked.matches(_stems(text))[0] for text in heading), default=0.0)
    under = max(named, *(float(tells_of_mishap(text)) for text in heading), 0.0)
    for row, sentence in zip(rows, sentences, strict=True):
        told = tells_of_mishap(_with_what_leads(sentences, sentence))
        answered = rows[sentence.question][0] if sentence.question >= 0 else 0.0
        row[0] = max(row[0], told, answered, under)


def _with_what_leads(sentences: Sequence[Sentence], sentence: Sentence) -> str:
    """A question with what is told before it: "Hov, jeg satte det forkerte ind. Hvad nu?" """
    before = sentences[max(0, sentence.number - 1)]
    leads = sentence.asks and before.block == sentence.block
    return f"{before.text} {sentence.text}" if leads else sentence.text


@lru_cache(maxsize=4096)
def _meanings(passage: Passage) -> "Matrix":
    """The vectors of each sentence of `passage`, alone and in its setting; shape
    (sentences, 2, dimensions).
    """
    sentences = sentences_of(passage)
    texts = []
    for sentence in sentences:
        before = [sentences[n].text for n in (sentence.intro, sentence.question) if n >= 0]
        texts += [sentence.text, "\n".join((*passage.section[-1:], *before, sentence.text))]
    vectors = builtin().vectors(texts)
    return vectors.reshape(len(sentences), 2, -1)


def _features(
    asked: _Asked,
    hit: Hit,
    sentence: Sentence,
    places: Places,
    meanings: tuple[float, float],
) -> Features:
    fulfilled = fulfilment(asked.question, sentence.text)
    alone = asked.coverage(places.sentence)
    in_sight, near, anywhere = places.best(3), places.best(4), places.best(5)
    met = fulfilled if asked.demands else 0.0
    return Features(
        alone=alone,
        covered=asked.coverage(anywhere),
        heading=asked.coverage(places.heading),
        asked=asked.coverage(places.question),
        named=asked.named(in_sight),
        alike=asked.alike(sentence.text),
        hit=hit.fused,
        absolute=hit.absolute,
        met=met,
        missed=1.0 - fulfilled if asked.demands else 0.0,
        suits=0.0 if asked.demands else fulfilled,
        met_alone=met * alone,
        unknown=asked.unknown,
        key=asked.key(near),
        gap=asked.gap(anywhere),
        brevity=asked.brevity,
        in_list=float(sentence.is_item or sentence.is_row),
        length=min(1.0, len(sentence.text.split()) / 40),
        meaning=meanings[0],
        setting=meanings[1],
    )


def _neighbourhood(sentences: Sequence[Sentence], sentence: Sentence) -> frozenset[str]:
    """The stems of the sentence before, and of the one that introduces the list."""
    numbers = {sentence.number - 1, sentence.intro} - {-1}
    return frozenset(s for n in numbers for s in sentences[n].stems)
