"""A municipality's own classes of data, by letter or number: "Klasse A", "Niveau 3", "Kl. B".

They are learned from where the documents say what is in them, so that a column "Kl. C" and a
sentence on "klasse A, B og C" are about data.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ingest.passages import Passage
from ingest.reading import sentences_of
from ingest.rules.concepts import Concept
from ingest.rules.lexicon import CLASS_WORDS, class_id, tokens_of
from ingest.rules.rows import cells_of

_LABELS = "|".join(sorted(CLASS_WORDS, key=len, reverse=True))
_OPENS = re.compile(
    rf"^(?:\d+(?:\.\d+)*\.? )?(?P<label>{_LABELS})\.? (?P<letter>[A-Z]|\d)\b"
    r"(?=(?: \([^)]*\))?\s*(?:$|[:–—-]| (?:er(?! (?:undtaget|ikke|kun|udelukket|spærret"
    r"|\w*[td]t?)\b)|omfatter|dækker|indeholder|består)\b))",
    re.IGNORECASE,
)
_COLUMN = re.compile(rf"^(?P<label>{_LABELS})\.? (?P<letter>[A-Z]|\d)$", re.IGNORECASE)
_ABOUT_DATA = re.compile(r"data|oplysning|information|materiale|personnummer|CPR", re.IGNORECASE)
_FEWEST = 2  # one alone classifies nothing


def classes_of_data(passages: Iterable[Passage]) -> list[Concept]:
    """The classes of data that `passages` define by letter or number, if they define several."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    about: defaultdict[str, bool] = defaultdict(bool)
    for passage in passages:
        for text in _texts(passage):
            match = _OPENS.match(text) or _COLUMN.match(text)
            if match is None:
                continue
            word = CLASS_WORDS[match["label"].lower()]
            found[word].setdefault(match["letter"].upper(), text)
            about[word] |= bool(_ABOUT_DATA.search(text))
    return [
        Concept(class_id(word, letter), (f"{word.capitalize()} {letter}",), ())
        for word, letters in found.items()
        if len(letters) >= _FEWEST and about[word]
        for letter in sorted(letters)
    ]


def _texts(passage: Passage) -> Iterator[str]:
    """What may open with the name of a class: headings, sentences, and the cells of a row."""
    yield from passage.section[-1:]
    for sentence in sentences_of(passage):
        if not sentence.is_row:
            yield sentence.text
            continue
        label, cells = cells_of(sentence.text)
        yield f"{label}: {' '.join(value for _, value in cells)}"
        yield from (head for head, _ in cells)


def is_lettered(concept: str) -> bool:
    """Whether `concept` is a class of data that a letter or a number names."""
    return any(concept.startswith(class_id(word, "")) for word in set(CLASS_WORDS.values()))


def opens_with_class(text: str) -> bool:
    """Whether `text` says what is in such a class."""
    return bool(_OPENS.match(text)) and len(tokens_of(text)) > _FEWEST
