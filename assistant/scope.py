"""Questions of what a document says of something: "hvad siger notatet om Copilot?" """

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.lexical import STOP_WORDS, stem, words
from ingest.register import Document, Kind

_SAYS = (
    r"(?:siger|skriver|mener|fortæller|nævner|anbefaler|foreskriver|bestemmer|oplyser|konkluderer"
    r"|kræver|say|says|state|states|write|writes|recommend|recommends|mention|mentions)"
)
_OF = r"(?:om|angående|vedrørende|vedr\.?|ift\.?|i forhold til|about|on|regarding|concerning)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bhvad {_SAYS} (?P<named>.+?)(?: noget)? {_OF} (?P<topic>.+)",
        rf"\bhvad står der (?:\w+ )??{_OF} (?P<topic>.+?) (?:i|på) (?P<named>.+)",
        rf"\bhvad (?:står|stod) (?:der )?(?:skrevet )?(?:i|på) (?P<named>.+?) {_OF} (?P<topic>.+)",
        rf"\bstår der (?:noget )?{_OF} (?P<topic>.+?) i (?P<named>.+)",
        rf"\bstår der (?:noget )?i (?P<named>.+?) {_OF} (?P<topic>.+)",
        rf"\b(?:siger|nævner|skriver) (?P<named>.+?) noget {_OF} (?P<topic>.+)",
        r"\bhvad er (?:der |det )?(?:\w+ ){0,3}?(?:nyt|ændret|lavet om|anderledes) (?:i|på|med)"
        r" (?P<named>.+)",
        r"\bwhat(?: is|'s| has) (?:new|changed|different) (?:in|with) (?P<named>.+)",
        rf"\bhvad {_SAYS} (?P<named>.+)",
        r"\bhvad står der i (?P<named>.+)",
        rf"\bwhat (?:does|do|did) (?P<named>.+?) {_SAYS} {_OF} (?P<topic>.+)",
        rf"\bwhat is (?:said|written) {_OF} (?P<topic>.+?) in (?P<named>.+)",
        rf"\bwhat (?:does|do|did) (?P<named>.+?) {_SAYS}\b",
    )
)
_FURTHER = re.compile(r"[,?;.]\s")  # what begins another question
_KINDS: Mapping[str, Kind] = {
    "notat": "notat", "memo": "notat", "note": "notat", "politik": "politik", "policy": "politik",
    "vejledning": "vejledning", "guidance": "vejledning", "guideline": "vejledning",
    "kursus": "kursus", "kursusmateriale": "kursus", "course": "kursus", "lov": "lov",
}  # fmt: skip
# Whoever means all documents: "hvad siger reglerne", "hvad skriver I".
_ALL = frozenset(
    stem(word)
    for word in (
        "regler reglerne retningslinjer retningslinjerne dokumenter dokumenterne kommunen vi i "
        "der man "
        "rules documents guidelines municipality you they"
    ).split()
)
_TALK = frozenset(
    stem(word)
    for word in (
        "vores jeres kommunens egentlig ai nye nyt gamle kom kommet forhold selve our your new old "
        "januar februar marts april maj juni juli august september oktober november december "
        "foråret sommeren efteråret vinteren"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked about, "" for all that is said, and the documents that are to say it."""

    topic: str
    files: frozenset[str]

    @property
    def topics(self) -> tuple[str, ...]:
        """What is asked about, in full and up to where another question begins."""
        return tuple(dict.fromkeys((self.topic, _FURTHER.split(self.topic)[0])))


def scope_of(text: str, before: str, documents: Mapping[str, Document]) -> Scope | None:
    """What `text` asks which of the `documents` (by file) to say something of; what it leaves out
    is what the question `before` it was about. Of somebody whom the documents may tell of, "hvad
    siger KL om …", all are meant. None when it asks otherwise.
    """
    asked = " ".join(text.split()).rstrip(" ?!.")
    found = next((m for form in _FORMS if (m := form.search(asked))), None)
    if found is None:
        return None
    parts = found.groupdict()
    topic = parts.get("topic") or ""
    if all(w in STOP_WORDS for w in words(topic)):  # nothing, or "den"
        topic = _topic_of(before)
    files = frozenset(_meant(parts["named"], documents))
    if topic and not files and parts["named"][:1].isupper():
        return Scope(f"{parts['named']} {topic}", frozenset(documents))
    told = topic or (files and len(files) < len(documents))
    return Scope(topic, files) if told and files else None


def _topic_of(before: str) -> str:
    """What the question before was about: its topic where it asked alike, else all of it."""
    asked = before.rstrip(" ?!.")
    found = next((m for form in _FORMS if (m := form.search(asked))), None)
    return (found.groupdict().get("topic") or "") if found else asked


def _meant(named: str, documents: Mapping[str, Document]) -> Iterator[str]:
    """The files of the documents that `named` means."""
    said = [w for w in words(named) if w not in STOP_WORDS or stem(w) in _ALL]
    wanted = [w for w in said if stem(w) not in _TALK | _ALL]
    if said and not wanted:
        yield from documents
        return
    for file, document in documents.items():
        if wanted and all(_is_of(word, document) for word in wanted):
            yield file


def _is_of(word: str, document: Document) -> bool:
    """Whether `word` names `document`: its kind, a word of its title or its owner; a compound
    names both: "chatpolitikken".
    """
    title = document.title.lower()
    stemmed = stem(word)
    if stemmed in {stem(w) for w in words(f"{title} {document.owner}")}:
        return True
    for name, kind in _KINDS.items():
        ahead, found, _ = stemmed.rpartition(stem(name))
        if found and document.kind == kind:
            return not ahead.strip("-") or ahead.strip("-") in title
    return False
