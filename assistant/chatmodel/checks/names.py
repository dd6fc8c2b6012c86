"""The names in a claim: people's roles, offices, tools, documents, laws."""

import re
from collections.abc import Iterator

from assistant.chatmodel.checks.meaning import Meaning
from ingest.lexical import words

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
_SAME = 0.7  # of 1, from which two words are taken for the same name
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
    """The names of `claim` that `core`, the words quoted, does not have, where it has another of
    the same sort that the claim leaves out.
    """
    there, said = words(core), words(claim)
    lost = [n for n in names_in(claim) if meaning.covered(n.lower(), there) < _SAME]
    left = [n for n in names_in(core) if meaning.covered(n.lower(), said) < _SAME]
    offices = any(is_office(n) for n in left)
    others = any(not is_office(n) for n in left)
    return [n for n in lost if (offices if is_office(n) else others)]


def missing(claim: str, near: str, meaning: Meaning) -> list[str]:
    """The names of `claim` that are not in `near`, the source and what stands around it."""
    there = words(near)
    return [n for n in names_in(claim) if meaning.covered(n.lower(), there) < _SAME]


def _names(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        opens = bool(_OPENS_SENTENCE.search(text[: match.start()]))
        if word[0].isdigit() or word in ("I", "De", "Dem", "Deres"):
            continue
        upper = sum(c.isupper() for c in word)
        if upper > 1 or (upper and not opens and word[0].isupper()) or is_office(word):
            yield word
