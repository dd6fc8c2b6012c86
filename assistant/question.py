"""A question understood: its words, their weights, and what stands for them in the documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import (
    Expectation,
    core,
    expectation_of,
    halves,
    in_full,
    language_of,
    tells_apart,
)
from assistant.mishap import after_mishap, called
from assistant.models import Language
from assistant.neighbours import Neighbours
from assistant.synonyms import Synonyms
from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, Expansion, Vocabulary, stem, words

# Words that carry little of what is asked, whatever their ending; they still count when a passage
# has them.
_LIGHT = frozenset(
    stem(word)
    for word in (
        "egentlig lige bare gerne hej tak mon måske altså da vel dog faktisk forresten helt "
        "meget lidt god nok ret noget nogen nogle sige sagt stå ligge finde findes give tage "
        "komme gå sætte sat hedde betyde henne sidde sidder blive vide ved tro mene synes "
        "handle dreje gælde bruge brug lave lavet form slags type ting måde eksempel fald "
        "forhold tilfælde tid gang dag ligesom samme sted steder antal mest mindst flest "
        "færre flere mere stor større størst små lille ny nye bedst bedre svar svare "
        "spørgsmål emne dokument notat politik vejledning kommune vores regel regler skrive "
        "skrevet oplæg fortælle forklare beskrive nævne nævnt kort selv eget egen stille "
        "holde kalde ende regne altid rigtig ske sker skete lade forsøge prøve begynde starte "
        "vise se høre føle kende kendt lægge lagt køre hente opleve passe skabe vigtig "
        "vigtigst særlig ekstra hel hele andre anden andet først første sidst sidste næste "
        "seneste tidlig hurtig lang langt længe almindelig normal præcis konkret generel jer "
        "os sammen hen væk frem tilbage igen stadig allerede endnu snart slå virke fungere "
        "indgå indeholde omfatte omtale stamme dække række få fået fik gøre gjort have haft "
        "være været måtte burde skulle inden uden mellem gennem omkring ifølge vedrørende "
        "angående folk person menneske sag sagen del dele slet aldrig tilbyde mulig forskel "
        "forskellig bestemt bestemte forbindelse relation please tell document note "
        "municipality about there their have has been was were any some get say says"
    ).split()
)
_FOLLOW_UP = re.compile(
    r"^(og|men|så|hvad så|hvad med|hvad nu|hvis|also|and|what about|but)\b"
    r"|\b(det|den|de|dem|der|dette|disse|denne|her|it|that|they|them|those)\b",
    re.IGNORECASE,
)
_PREAMBLE_WEIGHT = 0.3
_ENOUGH_WORDS = 2  # of content in the asking sentence, for what precedes it to be preamble
_USUAL = 0.08  # share of the passages
_NEIGHBOUR = 0.8  # what a word of the same meaning counts, as the encoder sees it
_STANDS_FOR = 0.4  # value from which a variant is searched for in place of the word
_LIGHT_WEIGHT = 0.25
_SAY_ENOUGH = 4  # words that carry little, for a question of nothing else
_HISTORY_WEIGHT = 0.6
_OTHER_HALF = 0.3  # what the words of the other count, where two are asked at once
_BESIDE = 0.25  # what the words count that say how something went wrong
_NAMED_WEIGHT = 1.3  # names, abbreviations and numbers: what a question is about


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question: how much it matters, and the stems that stand for it (0..1);
    `named` for a name, an abbreviation or a number, `light` for a word that carries little; `parts`
    are the stems of what it is made of, which together stand for it.
    """

    word: str
    weight: float
    variants: dict[str, float]
    named: bool = False
    light: bool = False
    parts: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the documents have the word or something that stands for it."""
        return bool(self.variants)


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood. `standalone` makes sense without the history; `expansion` holds,
    for words that the documents do not have, what stands for them; `usual` the stems that so
    many passages have that they tell nothing; `mishap` says that something went wrong, which the
    first of `terms` is then the documents' word for.
    """

    text: str
    standalone: str
    language: Language
    expectation: Expectation
    terms: tuple[Term, ...]
    expansion: Expansion
    usual: frozenset[str] = frozenset()
    mishap: bool = False

    @property
    def in_full(self) -> str:
        """What is asked, with what it is about where that was searched for instead."""
        asked = " ".join(self.text.split())
        if asked in self.standalone:
            return self.standalone
        return asked if self.standalone in asked else f"{asked} ({self.standalone})"

    @property
    def own_words(self) -> list[str]:
        """The words of its text that carry something."""
        return [w for w in words(self.text) if not (w in STOP_WORDS or is_light(w))]

    @property
    def says_nothing(self) -> bool:
        """Whether it has no word of content: "må jeg bruge det her?" Many that carry little say
        enough together.
        """
        return all(term.light for term in self.terms) and len(self.terms) < _SAY_ENOUGH


def is_light(word: str) -> bool:
    """Whether `word` carries little of what is asked, in whatever form."""
    return stem(word) in _LIGHT


def analyst_of(vocabulary: Vocabulary, *, near: bool = True) -> "Analyst":
    """The analyst of an index with this vocabulary, with what comes with Må vi?; without `near` no
    word stands for another because it is near in meaning.
    """
    words = vocabulary if near else Vocabulary.of(())
    return Analyst(vocabulary, Synonyms.load(), Neighbours(words, builtin()))


class Analyst:
    """Understands questions by the vocabulary of one index."""

    def __init__(self, vocabulary: Vocabulary, synonyms: Synonyms, neighbours: Neighbours) -> None:
        self.vocabulary = self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._neighbours = neighbours
        self._usual = frozenset(
            s for s, count in vocabulary.df.items() if count > max(5, _USUAL * vocabulary.texts)
        )

    def understand(self, text: str, history: Sequence[str] = ()) -> Question:
        """The question `text`, asked after the questions in `history`."""
        text = " ".join(text.split())
        before = history[-1] if history and _leans_on_history(text) else ""
        terms = self._terms(text, 1.0)
        if before:
            known = {term.word for term in terms}
            terms += [t for t in self._terms(before, _HISTORY_WEIGHT) if t.word not in known]
        expected = expectation_of(text, before)
        wish = after_mishap(in_full(text), expected)
        mishap = self._mishap(terms) if wish else ()
        searched = (before, text, *(t.word for t in mishap[:1]))
        return Question(
            text=text,
            standalone=" ".join(searched).strip(),
            language=language_of(text),
            expectation=wish if wish and mishap else expected,
            terms=(*mishap, *(replace(t, weight=t.weight * _BESIDE) for t in terms))
            if mishap
            else tuple(terms),
            expansion=(*self._expansion(terms), *(tuple(t.variants.items()) for t in mishap)),
            usual=self._usual,
            mishap=bool(mishap),
        )

    def halves(self, whole: Question) -> tuple[Question, ...]:
        """The questions that `whole` asks at once, each in the light of the other, but for two
        things to be told apart; empty when it asks one.
        """
        found = []
        asked = halves(whole.text)
        if tells_apart(in_full(whole.text)):
            return tuple(self.understand(half) for half in asked)
        for half in asked:
            own = {term.word for term in self._terms(half, 1.0)}
            says = any(t.word in own and not t.light and t.weight > 1.0 for t in whole.terms)
            others = _OTHER_HALF if says else 1.0
            terms = (
                term if term.word in own else replace(term, weight=term.weight * others)
                for term in whole.terms
            )
            found.append(
                replace(whole, text=half, expectation=expectation_of(half), terms=tuple(terms))
            )
        return tuple(found)

    def knows(self, word: str) -> bool:
        """Whether the documents or the synonyms have the lower-cased `word`, in some form."""
        return bool(self._vocabulary.df.get(stem(word))) or any(
            True for _ in self._synonyms.of(word, "")
        )

    def _terms(self, text: str, share: float) -> list[Term]:
        text = in_full(text)
        inside = set(self._split(words(core(text))))
        if sum(stem(w) not in _LIGHT and w not in STOP_WORDS for w in inside) < _ENOUGH_WORDS:
            inside = set(self._split(words(text)))
        cased = {
            p
            for w in re.findall(r"(?<!^)(?<![.?!:] )\b[A-ZÆØÅ][\wæøå-]*|\w*\d\w*", text)
            for p in (w.lower(), *w.lower().split("-"))
        }
        terms: dict[str, Term] = {}
        for word in self._split(words(text)):
            if word in STOP_WORDS or word in terms:
                continue
            variants = self._variants(word, text)
            weight = self._weight(word, variants) * share
            named = word in cased and stem(word) not in _LIGHT
            weight *= _NAMED_WEIGHT if named else 1.0
            weight *= _LIGHT_WEIGHT if stem(word) in _LIGHT else 1.0
            weight *= 1.0 if word in inside else _PREAMBLE_WEIGHT
            terms[word] = Term(
                word, weight, variants, named, stem(word) in _LIGHT, self._parts(word)
            )
        return list(terms.values())

    def _mishap(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The documents' word for something that went wrong; it outweighs `terms`, which only say
        how it happened.
        """
        words_for_it = called(self._vocabulary)
        if not words_for_it:
            return ()
        heaviest = max((t.weight for t in terms), default=1.0)
        variants = {stem(w): value for w, value in words_for_it.items()}
        return (Term(next(iter(words_for_it)), heaviest, variants),)

    def _split(self, found: Sequence[str]) -> list[str]:
        """The words, with the parts of those that the documents have only in parts."""
        split: list[str] = []
        for word in found:
            if self._vocabulary.df.get(stem(word)):
                split.append(word)
            elif self._vocabulary.df.get(stem(danish := _with_danish_letters(word))):
                split.append(danish)
            else:
                split += self._vocabulary.parts(word) or (word,)
        return split

    def _parts(self, word: str) -> tuple[str, ...]:
        return tuple(stem(part) for part in self._vocabulary.parts(word))

    def _weight(self, word: str, variants: dict[str, float]) -> float:
        """The rarity of the commonest stem that fully stands for the word."""
        best = max(variants.values(), default=0.0)
        stems = [s for s, value in variants.items() if value == best] or [stem(word)]
        return min(self._vocabulary.idf(s) for s in stems)

    def _variants(self, word: str, text: str) -> dict[str, float]:
        """Stems in the documents that stand for `word`, with how well they do."""
        vocabulary = self._vocabulary
        found: dict[str, float] = {}

        def note(stemmed: str, value: float) -> None:
            if vocabulary.df.get(stemmed):
                found[stemmed] = max(found.get(stemmed, 0.0), value)

        note(stem(word), 1.0)
        note(stem(word.replace("-", "")), 1.0)
        parts = vocabulary.parts(word)
        for part in parts[:-1]:
            note(stem(part), 0.4)
        for head in parts[-1:]:
            note(stem(head), 0.65)  # the last part says what it is, the others which
        for longer in vocabulary.compounds_with(stem(word)):
            note(longer, 0.85)
        # "personal" in English is not a Danish "personale" with another ending.
        danish = language_of(text) == "da"
        for derived in vocabulary.related(word) if danish else ():
            note(derived, 0.9)
        if danish and not found and not word.startswith("§"):
            for near in vocabulary.similar(word):
                note(near, 0.85)
        for near, cosine in self._neighbours.of(word).items():
            note(stem(near), _NEIGHBOUR * cosine)
        for synonym, value in self._synonyms.of(word, text):
            note(stem(synonym), value)
            for derived in vocabulary.related(synonym):
                note(derived, value - 0.05)
            for longer in vocabulary.compounds_with(stem(synonym)):
                note(longer, value - 0.1)
        return found

    def _expansion(self, terms: Sequence[Term]) -> Expansion:
        """What to search for in place of words that the documents do not have."""
        missing = (t for t in terms if not t.light and not self._vocabulary.df.get(stem(t.word)))
        groups = (
            tuple((s, value) for s, value in t.variants.items() if value >= _STANDS_FOR)
            for t in missing
        )
        return tuple(group for group in groups if group)


def _leans_on_history(text: str) -> bool:
    content = [w for w in words(text) if w not in STOP_WORDS and stem(w) not in _LIGHT]
    return len(content) <= 3 and bool(_FOLLOW_UP.search(text))


def _with_danish_letters(word: str) -> str:
    """ "moede" is "møde" on a keyboard without ø."""
    return word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
