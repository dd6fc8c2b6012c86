"""The names in a claim: people's roles, offices, tools, documents, laws."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.chatmodel.checks.meaning import Meaning
from ingest.lexical import STOP_WORDS, related, stem, words

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
    r"(?:Det er )?([A-ZÆØÅ][\w-]{2,})(?<!en)(?<!et)(?<!ene)(?<!erne)(?: [A-ZÆØÅ]\w+)? "
    r"(?:må|skal|kan|bør|[a-zæøå]+(?:er|r|te|ede))\b"
)
_TO = frozenset("for til hos fra med på over om mod".split())
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
    offices = any(is_person(n) for n in left)
    others = any(not is_person(n) for n in left)
    found = [n for n in lost if (offices if is_person(n) else others)]
    return found or _other_subject(claim, core, meaning)


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
    ours, theirs = _by_role(claim), _by_role(core)
    acts = [p for p in ours if ours[p] == {False} and theirs.get(p) == {True}]
    suffers = [p for p in ours if ours[p] == {True} and theirs.get(p) == {False}]
    return acts + suffers if acts and suffers else []


def is_person(word: str) -> bool:
    """Whether `word` is a noun for people or for a body that acts: an office, or "eleven"."""
    return is_office(word) or bool(_PERSON.match(word))


def _named(text: str) -> list[str]:
    return list(dict.fromkeys((*_names(text), *_people(text))))


def _people(text: str) -> list[str]:
    return [word for word in words(text) if is_person(word)]


def _by_role(text: str) -> dict[str, set[bool]]:
    """The names and people of `text`, by stem, with whether a preposition goes before them."""
    found: defaultdict[str, set[bool]] = defaultdict(set)
    named = {name.lower() for name in _named(text)}
    before = ""
    for match in _TOKEN.finditer(text):
        word = match.group().lower()
        if word in named or match.group()[0].isupper():
            found[stem(word)].add(before in _TO)
        before = word
    return found


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
    ours, theirs = _SUBJECT.match(claim), [m for s in _sentences(core) if (m := _SUBJECT.match(s))]
    if ours is None or meaning.covered(ours[1].lower(), words(core)) >= _ALIKE:
        return []
    said = words(claim)
    gone = any(meaning.covered(m[1].lower(), said) < _ALIKE for m in theirs)
    return [ours[1]] if gone and ours[1].lower() not in STOP_WORDS else []


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:]) ", text)


def _words(text: str) -> list[str]:
    """The words of `text`, and the parts of those with a hyphen."""
    return [part for word in words(text) for part in {word, *word.split("-")}]


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
