"""The names in a claim: people's roles, offices, tools, documents, laws."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from assistant.chatmodel.checks.meaning import Meaning
from ingest.lexical import STOP_WORDS, related, stem, words
from ingest.rules.lexicon import Lexicon

# Danish nouns for one who holds an office or for a body, by their last part.
_OFFICE = re.compile(
    r"(?:leder|chef|ejer|koordinator|ansvarlig|rådgiver|direktør|direktion|udvalg|bestyrelse|styrelse"
    r"|tilsyn|nævn|minister|ministeri|afdeling|forvaltning|konsulent|sekretariat|borgmester"
    r"|byråd|kommunalbestyrelse|sekretær|underviser|behandler|servicedesk|support|specialist"
    r"|administrator|jurist|repræsentant|leverandør|vagt|råd|kontor|center|central|enhed|team"
    r"|ombudsmand|kommission|parlament|domstol|myndighed)"
    r"(?:e|en|n|et|er|r|ere|erne|ne|ene|rne|s|ens|ns|ets|ernes|t|te)?$",
    re.IGNORECASE,
)
_NO_OFFICE = frozenset(
    "chat fjernsupport centrale central enhed enheder hverdagsteam gråd måltid forråd område "
    "råd råde borgerråd miljø center team enhver enheden".split()
)
_WHOLE = ("chef", "direktør", "borgmester", "byråd", "direktion", "jurist", "leder")
_PERSON = re.compile(
    r"^(?:borger|forælder|forældre|elev|ansøger|part|leverandør|kommune|medarbejder|ansat|kollega"
    r"|skole|deltager|virksomhed|regering|stat|region|menneske|person|afdeling|barn|børn|patient"
    r"|kunde|læge|lærer|pædagog|sagsbehandler|vikar|praktikant)"
    r"(?:e|n|en|er|ens|s|erne|ernes|ne|nes|et|ets|te|de|r|rne)?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:?!] |, |\. (?=[A-ZÆØÅ])| – | (?=(?:mens|men|når|hvis|der|som|at|om)\b)"
    r"| og (?=[^,]*\b(?:er|har|skal|kan|må)\b)"
)
_SUBJECT = re.compile(
    r"(?:Det er )?([A-ZÆØÅ][\w-]{2,})(?: [A-ZÆØÅ]\w+)? "
    r"(?:må|skal|kan|bør|[a-zæøå]+(?:er|r|te|ede))\b"
)
_PASSIVE = re.compile(r"\baf\b")
_LISTED = re.compile(r"\b(?:og|eller|samt|både|hverken)\b")
_TO = frozenset("for til hos fra med på over om mod".split())
_DEFINITE = re.compile(r"(?:en|et|ene|erne)$")  # "løsningen" takes up something, and names nobody
_ADDRESS = re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+")
_ALIKE = 0.5  # of 1, under which a subject is another
_CLEARLY = 0.4  # share by which another clause says more of a deed
_SHORTEST = 4  # letters of a name that a longer one may hold
_TOKEN = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:”\"»(]\s*|[–-]\s)$")


def names_in(text: str) -> list[str]:
    """The words of `text` that name something: capitals inside a sentence, abbreviations, and
    nouns for an office.
    """
    return list(dict.fromkeys(_names(text)))


def is_office(word: str) -> bool:
    """Whether `word` is a noun for an office or a body, such as "afdelingschefen"."""
    found = _OFFICE.search(word)
    if found is None or word.lower() in _NO_OFFICE:
        return False
    return found.start() > 2 or word.lower().startswith(_WHOLE)


def swapped(claim: str, core: str, meaning: Meaning) -> list[str]:
    """The names of `claim`, people among them, that `core`, the words quoted, does not have, where
    it has another of the same sort that the claim leaves out.
    """
    there, said = _words(core), _words(claim)
    lost = [n for n in _named(claim) if not _stands(n, there, meaning)]
    left = [n for n in _named(core) if not _stands(n, said, meaning)]
    others = any(not is_person(n) for n in left)
    found = [n for n in lost if (left if is_person(n) else others)]
    return found or _other_tool(claim, core) or _other_subject(claim, core, meaning)


def missing(claim: str, near: str, meaning: Meaning) -> list[str]:
    """The names of `claim` that are not in `near`, the source and its headings."""
    there = _words(near)
    return [n for n in names_in(claim) if not _stands(n, there, meaning)]


def misplaced(claim: str, core: str, meaning: Meaning) -> list[str]:
    """The people of `claim` that do in it what others do in `core`: another clause of the core,
    which names others, says the rest of the clause better.
    """
    there = [(_people(c), _words(c), _deed(c, meaning)) for c in _clauses(core)]
    found = []
    for clause in _clauses(claim):
        deed = _deed(clause, meaning)
        for person in _people(clause) if deed else ():
            inside = [meaning.share(deed, d) for _, w, d in there if _stands(person, w, meaning)]
            outside = [
                meaning.share(deed, d)
                for others, w, d in there if others and not _stands(person, w, meaning)
            ]  # fmt: skip
            if inside and outside and max(outside) > max(inside) + _CLEARLY:
                found.append(person)
    return found


def exchanged(claim: str, core: str) -> list[str]:
    """Two people of `claim` of whom each does to the other what is done to him in `core`: one that
    a preposition goes before there ("databehandler for kommunen") has none here.
    """
    named = {name.lower() for text in (claim, core) for name in _named(text)}
    ours, theirs = _by_role(claim, named), _by_role(core, named)
    acts = [p for p in ours if False in ours[p] and theirs.get(p) == {True}]
    gone = [p for p in theirs if theirs[p] == {False} and ours.get(p, {True}) == {True}]
    return acts if acts and gone else _turned_about(claim, core)


def is_person(word: str) -> bool:
    """Whether `word` is a noun for people or for a body that acts: an office, or "eleven"."""
    return is_office(word) or bool(_PERSON.match(word))


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_names(text), *_people(text))))


@lru_cache(maxsize=4096)
def _people(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(_ADDRESS.sub(" ", text)) if is_person(word))


def _by_role(text: str, named: Container[str]) -> dict[str, set[bool]]:
    """The words of `text` that are `named`, by stem, with whether a preposition goes before."""
    found: defaultdict[str, set[bool]] = defaultdict(set)
    before = ""
    for match in _TOKEN.finditer(text):
        word = match.group().lower()
        if word in named:
            found[stem(word)].add(before in _TO)
        before = word
    return found


def _turned_about(claim: str, core: str) -> list[str]:
    """Two people of one clause of `claim` who stand in `core` the other way about: who acts comes
    first, but for the passive with its "af".
    """
    there = {pair for clause in _clauses(core) for pair in _pairs(clause)}
    here = [pair for clause in _clauses(claim) for pair in _pairs(clause)]
    return next(([a, b] for a, b in here if (b, a) in there and (a, b) not in there), [])


def _pairs(clause: str) -> list[tuple[str, str]]:
    """Who stands before whom in `clause`, by stem; those of a list do not."""
    if _PASSIVE.search(clause) or _LISTED.search(clause):
        return []
    people = [stem(word) for word in _people(clause)]
    return [(a, b) for n, a in enumerate(people) for b in people[n + 1 :] if a != b]


def _other_tool(claim: str, core: str) -> list[str]:
    """The tools of `claim` that `core` does not name, where it names another that the claim does
    not; neither is a kind of the other.
    """
    ours, theirs = _tools(claim), _tools(core)
    if not theirs - ours:
        return []
    known = {a for tool in theirs for a in (tool, *_lexicon().above(tool))}
    return sorted(t for t in ours - known if not _lexicon().above(t) & theirs)


@lru_cache(maxsize=4096)
def _tools(text: str) -> frozenset[str]:
    found = (m.concept for m in _lexicon().mentions(text))
    return frozenset(c for c in found if c.startswith("tool."))


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon.load()


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(text) if clause.strip()]


def _deed(clause: str, meaning: Meaning) -> list[str]:
    """What a clause says, without those whom it names."""
    named = {name.lower() for name in _named(clause)}
    return [w for w in meaning.content(clause) if w not in named]


def _other_subject(claim: str, core: str, meaning: Meaning) -> list[str]:
    """The word that `claim` opens with, before its verb, where it is not in `core`, which opens
    in the same way with a word that is not in the claim.
    """
    ours = _SUBJECT.match(claim)
    theirs = [m for s in _sentences(core) if (m := _SUBJECT.match(s))]
    if (
        ours is None
        or _DEFINITE.search(ours[1])
        or meaning.covered(ours[1].lower(), words(core)) >= _ALIKE
    ):
        return []
    said = words(claim)
    gone = any(meaning.covered(m[1].lower(), said) < _ALIKE for m in theirs)
    return [ours[1]] if gone and ours[1].lower() not in STOP_WORDS else []


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:]) ", text)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """The words of `text`, and the parts of those with a hyphen; an address names nobody."""
    return tuple(
        part for word in words(_ADDRESS.sub(" ", text)) for part in {word, *word.split("-")}
    )


def _stands(name: str, there: Sequence[str], meaning: Meaning) -> bool:
    """Whether one of the words `there` is `name`, or a longer name for it ("chefen" for
    "afdelingschefen"); what shares no more than its kind of office is another.
    """
    name = name.lower()
    if any(_is(name, word) or meaning.synonymous(name, word) for word in there):
        return True
    parts = [p for p in name.split("-") if len(p) > 1]
    return len(parts) > 1 and all(any(_is(p, word) for word in there) for p in parts)


def _is(name: str, word: str) -> bool:
    if stem(name) == stem(word) or related(name, word):
        return True
    short, long = stem(name), stem(word)
    return len(short) >= _SHORTEST and (long.endswith(short) or long.startswith(short))


def _names(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        opens = bool(_OPENS_SENTENCE.search(text[: match.start()]))
        if word[0].isdigit() or word in ("I", "De", "Dem", "Deres"):
            continue
        upper = sum(c.isupper() for c in word)
        if upper > 1 or (upper and not opens and word[0].isupper()) or is_office(word):
            yield word
