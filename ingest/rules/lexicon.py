"""The lexicon: concepts of tools, data, activities and roles, and what is a kind of what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from re import compile as regex

from ingest.errors import CorpusError
from ingest.lexical import stem
from ingest.rules.concepts import EXTENSION, Concept, read_extension, shipped_concepts
from ingest.rules.model import CONDITION, Part

_TOKEN = regex(r"[^\W_]+(?:[-.'’:][^\W_]+)*")
_NOUN = regex(
    r"^(?:\w*oplysning|\w*data|dokument|tekst|materiale|information|notat|sag|rapport|indhold|referat|mail"
    r"|side|kilde|ting|brev|document|text|report|information)"
)
_REST = "tool.other-tools"
_LIMITS = (["fra"],)  # "andre tjenester fra Kina" are not all others
_GAP = "…"  # some words in between
_APART = 6
_LONG_WORD = 6
_REACH = 4  # words between an adjective and its noun: "offentlige og interne oplysninger"
_STEMMED = 5  # letters from which another ending is still the same word: "gælder" is not "gæld"


# Words that a letter or a number follows in the name of a class of data, and their full form.
CLASS_WORDS = {
    "klasse": "klasse", "kl": "klasse", "dataklasse": "klasse", "kategori": "kategori",
    "kat": "kategori", "datakategori": "kategori", "niveau": "niveau", "dataniveau": "niveau",
    "sikkerhedsniveau": "niveau", "type": "type", "datatype": "type", "gruppe": "gruppe",
    "trin": "trin",
}  # fmt: skip
_RANGE = regex(r"^([a-z]|\d)-([a-z]|\d)$")


def class_id(word: str, letter: str) -> str:
    """The id of the class of data that `word` and `letter` name."""
    return f"data.{word}-{letter.lower()}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text, at `start` to `end`."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class _Name:
    concept: str
    words: tuple[str, ...]
    adjective: bool = False
    capital: bool = False
    product: bool = False  # a name that takes no ending but the genitive


class Lexicon:
    """Finds concepts in texts and knows what is a kind of what."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: Mapping[str, Concept] = {c.id: c for c in concepts}
        self._cache: dict[str, tuple[_Name, ...]] = {}

    @classmethod
    def load(cls, corpus: Path | None = None) -> "Lexicon":
        """The lexicon that comes with Må vi?, with the extension in the folder `corpus`.

        Raises:
            CorpusError: the extension cannot be read; the message names the fault.
        """
        lexicon = cls(shipped_concepts())
        own = corpus / EXTENSION if corpus else None
        if own and own.exists():
            lexicon = lexicon.extended(read_extension(own))
            lexicon.check(str(own))
        return lexicon

    def check(self, source: str) -> None:
        """See that every concept has a name, and that what it is under exists.

        Raises:
            CorpusError: one does not; the message names it and `source`.
        """
        for concept in self.concepts.values():
            if not concept.names:
                raise CorpusError(f"{source}: [{concept.id}] har ingen names.")
            for parent in concept.under:
                if parent not in self.concepts:
                    raise CorpusError(
                        f"{source}: [{concept.id}] er under ”{parent.partition('.')[2]}”, "
                        "som ikke findes."
                    )

    def extended(self, more: Iterable[Concept]) -> "Lexicon":
        """With more concepts, or more names and parents for the ones there are."""
        concepts = dict(self.concepts)
        for concept in more:
            old = concepts.get(concept.id, Concept(concept.id, (), ()))
            names = dict.fromkeys((*old.names, *concept.names))
            under = dict.fromkeys((*old.under, *concept.under))
            concepts[concept.id] = Concept(concept.id, tuple(names), tuple(under))
        return Lexicon(concepts.values())

    def mentions(self, text: str, *, loose: bool = False) -> list[Mention]:
        """The concepts in `text`, in order; of names that overlap the longest counts. `loose` is
        for questions, which leave out nouns and capitals. Conditions are left out.
        """
        return self._mentions(text, self._starting_with, loose=loose)

    def conditions(self, text: str) -> list[Mention]:
        """The conditions that `text` speaks of, in order."""
        return self._mentions(text, self._condition_starting_with, loose=True)

    def _mentions(
        self, text: str, starting_with: Callable[[str], Sequence[_Name]], *, loose: bool
    ) -> list[Mention]:
        tokens = tokens_of(text)
        found: list[tuple[int, int, str]] = []
        for at, token in enumerate(tokens):
            for name in starting_with(token.word):
                end = at + len(name.words)
                if name.product and not _is_product(name.words[0], token.word):
                    continue
                if _GAP in name.words:
                    found += _apart(name, tokens, at)
                    continue
                rest = zip(name.words[1:], tokens[at + 1 : end], strict=False)
                if end > len(tokens) or not all(_fits(word, t.word) for word, t in rest):
                    continue
                if name.concept == _REST and [t.word for t in tokens[end : end + 1]] in _LIMITS:
                    continue
                if loose or _allowed(name, tokens, at):
                    found.append((at, end, name.concept))
        found += self._lettered(tokens)
        found = [f for f in found if not _takes_a_name(f, found, tokens, text)]
        kept = [f for f in found if not any(_inside(f, other) for other in found)]
        return [
            Mention(concept, tokens[at].start, tokens[end - 1].end)
            for at, end, concept in dict.fromkeys(sorted(kept))
        ]

    def _lettered(self, tokens: Sequence[_Token]) -> Iterator[tuple[int, int, str]]:
        """The classes of "klasse A, B og C", of which "klasse" alone is no school class."""
        for at, token in enumerate(tokens):
            word = CLASS_WORDS.get(token.word)
            for end in range(at + 1, len(tokens)) if word else ():
                letters = _letters(tokens[end].word)
                known = [class_id(word or "", x) for x in letters]
                known = [concept for concept in known if concept in self.concepts]
                if not known and (tokens[end].word not in _BETWEEN or end == at + 1):
                    break
                yield from ((at if end == at + 1 else end, end + 1, c) for c in known)

    def parts(self, text: str, *, loose: bool = False) -> tuple[Part, ...]:
        """The concepts in `text` as it says them, each once."""
        found: dict[str, Part] = {}
        for mention in self.mentions(text, loose=loose):
            found.setdefault(
                mention.concept, Part(mention.concept, text[mention.start : mention.end])
            )
        return tuple(found.values())

    def nearest(self, concept: str) -> tuple[str, ...]:
        """What `concept` is a kind of, at one remove."""
        known = self.concepts.get(concept)
        return known.under if known else ()

    def above(self, concept: str) -> frozenset[str]:
        """What `concept` is a kind of, at any remove; itself left out."""
        return self._above.get(concept, frozenset())

    def label(self, concept: str) -> str:
        """How `concept` is shown."""
        known = self.concepts.get(concept)
        return known.label if known else concept.partition(".")[2]

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for concept in self.concepts:
            seen: set[str] = set()
            ahead = list(self.concepts[concept].under)
            while ahead:
                parent = ahead.pop()
                if parent not in seen and parent in self.concepts:
                    seen.add(parent)
                    ahead += self.concepts[parent].under
            found[concept] = frozenset(seen - {concept})
        return found

    @cached_property
    def _exact(self) -> dict[str, list[_Name]]:
        exact: defaultdict[str, list[_Name]] = defaultdict(list)
        for name in self._names:
            if "*" not in name.words[0]:
                exact[stem(name.words[0])].append(name)
        return exact

    @cached_property
    def _open(self) -> list[_Name]:
        return [name for name in self._names if "*" in name.words[0]]

    @cached_property
    def _names(self) -> list[_Name]:
        return [
            _Name(
                concept.id,
                tuple(name.lower().lstrip("~^").split()),
                adjective=name.startswith("~"),
                capital=name.startswith("^"),
                product=name[0].isupper() and "*" not in name and " " not in name,
            )
            for concept in self.concepts.values()
            for name in concept.names
        ]

    def _starting_with(self, word: str) -> Sequence[_Name]:
        """The names of what rules are about whose first word `word` is, or a part of it."""
        return [n for n in self._names_at(word) if not n.concept.startswith(CONDITION)]

    def _condition_starting_with(self, word: str) -> Sequence[_Name]:
        """The same for the names of conditions."""
        return [n for n in self._names_at(word) if n.concept.startswith(CONDITION)]

    def _names_at(self, word: str) -> tuple[_Name, ...]:
        """The names whose first word `word` is, or a part of it at a hyphen."""
        if word not in self._cache:
            found = [
                name
                for form in _forms(word)
                for name in (
                    *(n for n in self._exact.get(stem(form), ()) if _fits(n.words[0], form)),
                    *(n for n in self._open if _fits(n.words[0], form)),
                )
                if form == word or len(name.words) == 1
            ]
            self._cache[word] = tuple(dict.fromkeys(found))
        return self._cache[word]


# A municipality's own chat, if it has one, and what it is called besides; SkoleGPT is for all.
_OWN_CHAT = regex(r"(?!Skole)[A-ZÆØÅ][a-zæøå]+GPT")
_OWN_NAMES = tuple(
    f"{whose} {what}"
    for whose in ("kommunens egen", "vores egen", "kommunens", "our own", "the municipality's own")
    for what in ("gpt", "chatbot", "chat")
)
_BETWEEN = frozenset("og eller samt til og/eller and or to".split())


def _letters(word: str) -> Sequence[str]:
    """ "c" of "c", and "b", "c" and "d" of "b-d"."""
    spread = _RANGE.match(word)
    if spread is None:
        return [word] if len(word) == 1 else []
    return [chr(n) for n in range(ord(spread.group(1)), ord(spread.group(2)) + 1)]


def tokens_of(text: str) -> list[_Token]:
    """The words of `text`, lower-cased, with their places; a genitive's apostrophe left out."""
    return [
        _Token(m.group().lower().replace("’", "'"), m.start(), m.end(), m.group()[0].isupper())
        for m in _TOKEN.finditer(text)
    ]


def _forms(word: str) -> tuple[str, ...]:
    bare = word.split("'", maxsplit=1)[0]
    parts = [p for p in bare.split("-") if len(p) > 1] if "-" in bare else []
    return tuple(dict.fromkeys((word, bare, *parts)))


def _fits(pattern: str, word: str) -> bool:
    if pattern == "*":
        return True
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    if pattern.startswith("*"):
        return word.endswith(pattern[1:]) and len(word) > len(pattern) - 1
    if word == pattern:
        return True
    return len(pattern) >= _STEMMED and stem(word) == stem(pattern)


def _is_product(name: str, word: str) -> bool:
    """Whether `word` is the name of a product: "Copilot", "Copilots", "Copilot-licens"."""
    return any(form in (name, f"{name}s") for form in _forms(word))


def _apart(name: _Name, tokens: Sequence[_Token], at: int) -> list[tuple[int, int, str]]:
    """ "sortere … ansøgninger": the second word within a few of the first, on either side."""
    last = name.words[-1]
    for ahead in range(at + 1, min(len(tokens), at + 1 + _APART)):
        if _fits(last, tokens[ahead].word):
            return [(at, ahead + 1, name.concept)]
    for behind in range(max(0, at - _APART), at):
        if _fits(last, tokens[behind].word):
            return [(behind, at + 1, name.concept)]
    return []


def _allowed(name: _Name, tokens: Sequence[_Token], at: int) -> bool:
    if name.capital:
        return tokens[at].capital
    if not name.adjective:
        return True
    ahead = tokens[at + 1 : at + 1 + _REACH]
    return len(tokens) <= 1 or any(_NOUN.match(t.word) for t in ahead)


def _takes_a_name(
    one: tuple[int, int, str],
    others: Sequence[tuple[int, int, str]],
    tokens: Sequence[_Token],
    text: str,
) -> bool:
    """Whether an activity has a tool's name in it, written as a name: "Skriveren med"."""
    return one[2].startswith("activity.") and any(
        concept.startswith("tool.")
        and one[0] <= at < end <= one[1]
        and at > 0
        and text[tokens[at].start].isupper()
        for at, end, concept in others
    )


def _inside(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    longer = other[1] - other[0] > one[1] - one[0]
    return longer and other[0] <= one[0] and one[1] <= other[1]


def with_learned(lexicon: Lexicon, tools: Iterable[str]) -> Lexicon:
    """The lexicon with the tools that the documents name and it does not know; one whose name
    begins with another's is a kind of it ("ChatGPT Team").
    """
    own = [t for t in dict.fromkeys(tools) if _OWN_CHAT.fullmatch(t)]
    for name in sorted(dict.fromkeys(tools), key=len):
        known = [m.concept for m in lexicon.mentions(name) if m.concept.startswith("tool.")]
        under = tuple(known[:1]) or ("tool.ai",)
        names = (name, f"{name.split()[-1].lower()}*") if _has_own_word(name, known) else (name,)
        names = (*names, *_OWN_NAMES) if own == [name] else names
        lexicon = lexicon.extended([Concept(f"tool.{name.lower()}", names, under)])
    return lexicon


def _has_own_word(name: str, known: Sequence[str]) -> bool:
    """Whether the last word alone may stand for the tool: "VestGPT Fagrum" is called "et"
    " fagrum"."""
    last = name.rsplit(maxsplit=1)[-1]
    return bool(known) and " " in name and len(last) >= _LONG_WORD and last.isalpha()
