"""What documents say belongs to a class of data: "Fortrolige data er …", the list under "Følsomme
oplysninger", "Hertil hører indkomst og gæld". Where they define a class, they win over the lexicon.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.passages import Passage
from ingest.reading import Sentence, sentences_of
from ingest.rules.classes import is_lettered, opens_with_class
from ingest.rules.clauses import clauses_of
from ingest.rules.lexicon import Lexicon, Mention
from ingest.rules.model import Definition
from ingest.rules.rows import cells_of

# Classes that a document may fill in its own way; what is in them may be a class too.
CLASSES = (
    "data.public", "data.green", "data.internal", "data.ordinary", "data.personal", "data.yellow",
    "data.orange", "data.confidential", "data.sensitive", "data.red",
)  # fmt: skip
_COLOURS = frozenset(("data.green", "data.yellow", "data.orange", "data.red"))
# From the least protected to the most; a kind of data is never put into a lesser class than the
# lexicon gives it, since a permission would then reach it.
_STRICTNESS = {concept: n for n, concept in enumerate(CLASSES)}
# Whole classes that no other class of their own kind can hold.
_NEVER_MEMBERS = frozenset(("data.public", "data.internal", "data.personal"))
_CLASS_WORDS = re.compile(
    r"data|oplysning|åb[en]|offentlig|intern|fortrolig|følsom|almindelig|grøn|gul|orange|rød", re.I
)
_DEFINES = re.compile(
    r"\b(?:er(?! ikke)|omfatter|dækker|regner vi|regnes|hører|forstår vi|forstås|vil sige"
    r"|består af)\b|:$",
    re.IGNORECASE,
)
_HANGS_ON = re.compile(
    r"^(?:hertil|det kan (?:fx |for eksempel )?være|det (?:er|omfatter|drejer sig om)"
    r"|eksempler|som eksempler|de|her|dertil|blandt andet|fx|for eksempel"
    r"|også|ligeledes)\b",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"\b(?:gælder (?:de |det )?samme(?: regler)?(?: som)? (?:som )?for|på (?:samme måde"
    r"|linje med)(?: som)?|ligestille\w*(?: med)?"
    r"|behandle[rs]? (?:[^\s,;:.]+ ){0,3}som|beskytte[rs]? (?:[^\s,;:.]+ ){0,3}på samme måde)\b",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"\b(?:eksemp\w*|omfatter|hvad|indhold|fx|beskrivelse|betydning)\b", re.I)
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|§ ?\d+)\s+")
_NEGATION = re.compile(r"\b(?:ikke|uden|undtagen|heller|ud over|bortset)\b", re.IGNORECASE)


def definitions_of(passages: Iterable[Passage], lexicon: Lexicon) -> list[Definition]:
    """What `passages` say belongs to each class of data, in reading order."""
    return [d for passage in passages for d in _in_passage(passage, lexicon)]


def _in_passage(passage: Passage, lexicon: Lexicon) -> Iterator[Definition]:
    sentences = sentences_of(passage)
    heading = _heading_class(passage, lexicon)
    lists: dict[int, str] = {}
    before: str | None = None  # the class that the sentence before defines
    for sentence in sentences:
        concept = _class_of(sentence, before or heading, lists, lexicon)
        before = concept
        if concept is None:
            continue
        if sentence.text.endswith(":"):
            lists[sentence.number] = concept
        words = _defining_words(sentence, lexicon)
        members = _members(words, concept, lexicon)
        yield Definition(passage.document, passage.id, sentence.number, concept, members, words)


def _class_of(
    sentence: Sentence, ahead: str | None, lists: dict[int, str], lexicon: Lexicon
) -> str | None:
    """The class that `sentence` fills, `ahead` being that of the sentence before or the heading;
    None when it defines nothing.
    """
    text = sentence.text
    if sentence.is_row:
        return _row_class(text, lexicon)
    if sentence.intro in lists:
        return lists[sentence.intro]
    if opens_with_class(text):
        return next((m.concept for m in lexicon.mentions(text) if is_lettered(m.concept)), None)
    if _LIKE.search(text) or (clauses_of(text) and not text.endswith(":")):
        return None
    own = _opening_class(lexicon.mentions(text), text)
    if own:
        return own
    return ahead if ahead and _HANGS_ON.match(text) else None


def _opening_class(mentions: Sequence[Mention], text: str) -> str | None:
    """The class that is named before the verb that defines."""
    for mention in mentions:
        said = text[mention.start : mention.end]
        if mention.concept not in CLASSES or not _CLASS_WORDS.search(said):
            continue
        after = _DEFINES.search(text, mention.end)
        before = re.match(r"(?:Til|Som|Blandt|Ved) (?:de |den )?", text)
        if (mention.start < 4 and after and after.start() - mention.end < 25) or (
            before and mention.start <= before.end() + 1
        ):
            return mention.concept
    return None


def _heading_class(passage: Passage, lexicon: Lexicon) -> str | None:
    if not passage.section:
        return None
    heading = _NUMBERING.sub("", passage.section[-1])
    found = [
        m
        for m in lexicon.mentions(heading)
        if is_lettered(m.concept)
        or (m.concept in CLASSES and _CLASS_WORDS.search(heading[m.start : m.end]))
    ]
    return found[0].concept if found and found[0].start < 12 else None


def _row_class(text: str, lexicon: Lexicon) -> str | None:
    label, cells = cells_of(text)
    found = [
        m.concept for m in lexicon.mentions(label) if m.concept in CLASSES or is_lettered(m.concept)
    ]
    defines = any(_EXAMPLES.search(head) for head, _ in cells)
    return found[0] if found and defines else None


def _defining_words(sentence: Sentence, lexicon: Lexicon) -> str:
    if sentence.is_row:
        _, cells = cells_of(sentence.text)
        return "; ".join(value for head, value in cells if _EXAMPLES.search(head))
    return sentence.text


def _members(words: str, concept: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The other concepts of data named in `words`, but for those that follow a negation."""
    found = []
    for mention in lexicon.mentions(words):
        ahead = words[max(0, mention.start - 40) : mention.start]
        clause = re.split(r"[,;:.]", ahead)[-1]
        said = words[mention.start : mention.end]
        if mention.concept in CLASSES and not _CLASS_WORDS.search(said):
            continue  # an example of a class, as the lexicon sees it, is not the class
        if mention.concept.startswith("data.") and not _NEGATION.search(clause):
            found.append(mention.concept)
    return tuple(c for c in dict.fromkeys(found) if _may_belong(c, concept, lexicon))


def _may_belong(member: str, concept: str, lexicon: Lexicon) -> bool:
    if is_lettered(concept):
        return not is_lettered(member)
    lawful = concept in _COLOURS and member != "data.personal"
    if is_lettered(member) or member in _COLOURS or (member in _NEVER_MEMBERS and not lawful):
        return False
    classes = {member, *lexicon.above(member)} - _COLOURS
    least = max(_STRICTNESS.get(c, 0) for c in classes)
    return (
        member != concept and member not in lexicon.above(concept) and _STRICTNESS[concept] >= least
    )


def equals_of(passages: Iterable[Passage], lexicon: Lexicon) -> list[Definition]:
    """ "For fortrolige oplysninger gælder de samme regler som for følsomme": the first belongs to
    the second.
    """
    found = []
    for passage in passages:
        for sentence in sentences_of(passage):
            like = _LIKE.search(sentence.text)
            if not like or sentence.is_row:
                continue
            before = lexicon.parts(sentence.text[: like.start()])
            after = lexicon.parts(sentence.text[like.end() :])
            other = [p.concept for p in after if p.concept in CLASSES]
            one = [
                p.concept
                for p in before
                if p.kind == "data" and other and _may_belong(p.concept, other[0], lexicon)
            ]
            if one:
                found.append(
                    Definition(
                        passage.document, passage.id, sentence.number, other[0], tuple(one), ""
                    )
                )
    return found
