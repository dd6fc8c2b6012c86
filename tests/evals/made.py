"""A small index and a good answer, for tests of the measures."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from assistant.settings import Settings
from evals.answers import Cited, Found, Record, Said
from evals.corpora import Corpus
from ingest.passages import Passage

_PAGE_1 = (
    "ChatGPT må kun bruges til åbne data.",
    "Adgangskoden skal være på mindst 15 tegn.",
)
_PAGE_2 = ("Kantinen har åbent til klokken fjorten.", "Elcykler lånes i receptionen.")


@dataclass(frozen=True)
class MadeCorpus(Corpus):
    """A corpus whose passages are given."""

    made: tuple[Passage, ...] = ()

    @property
    def index(self) -> Any:
        return SimpleNamespace(passages=list(self.made))


def made_corpus(without: str = "", cut_after: str = "") -> MadeCorpus:
    """Passages p1 … p4; one text may be left out, or cut into two passages after some words."""
    texts = [(1, text) for text in _PAGE_1] + [(2, text) for text in _PAGE_2]
    made = []
    for number, (page, text) in enumerate(texts, 1):
        if text == without:
            continue
        parts = [text]
        if cut_after and text.startswith(cut_after):
            parts = [cut_after, text[len(cut_after) :]]
        for part, words in enumerate(parts):
            key = f"p{number}" + ("b" if part else "")
            made.append(Passage(key, "a.pdf", page, str(page), (), words, 0, len(words)))
    return MadeCorpus("made", Settings(), date(2026, 11, 25), tuple(made))


def _found(page: int, text: str) -> Found:
    return Found(document="a.pdf", page=page, text=text)


RECORD = Record(
    id="q",
    corpus="",
    question="Må jeg bruge ChatGPT, og hvor lang skal adgangskoden være?",
    status="answered",
    verdict="betinget",
    text="ChatGPT må kun bruges til åbne data. [1] Adgangskoden skal have mindst 15 tegn. [2]",
    claims=(
        Said(text="ChatGPT må kun bruges til åbne data.", citations=(1,)),
        Said(text="Adgangskoden skal være på mindst 15 tegn i alt.", citations=(2,)),
    ),
    citations=(
        Cited(number=1, document="a.pdf", page=1, quote=_PAGE_1[0]),
        Cited(number=2, document="a.pdf", page=1, quote=_PAGE_1[1]),
    ),
    engine="extractive",
    context=("p1", "p2"),
    fields={"fused": ("p1", "p2", "p3")},
    passages={
        "p1": _found(1, _PAGE_1[0]),
        "p2": _found(1, _PAGE_1[1]),
        "p3": _found(2, _PAGE_2[0]),
        "p4": _found(2, _PAGE_2[1]),
    },
    chance=0.9,
)
UNANSWERED = RECORD.model_copy(
    update={
        "id": "n",
        "question": "Hvad koster en is?",
        "status": "declined",
        "verdict": None,
        "text": "Det står der ikke noget om.",
        "claims": (),
        "citations": (),
        "context": ("p3",),
    }
)
