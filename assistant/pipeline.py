"""From a question to an answer, top to bottom. Needs no web framework and no network."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.accounts.people import EVERYTHING, Access
from assistant.errors import IndexUnusable
from assistant.extracting import extracted
from assistant.followups import follow_ups
from assistant.loaded import Loaded
from assistant.models import Answer, Hit
from assistant.parts import ALL, Parts
from assistant.replying import Found, notes_on
from assistant.settings import Settings
from ingest.embedders import embedder_named
from ingest.errors import IngestError
from ingest.index import Entry, Index, IndexFolder, State
from ingest.register import Document

if TYPE_CHECKING:
    from assistant.chatmodel.engine import Engine, Material
    from assistant.chatmodel.numbering import Show

LONGEST_QUESTION = 2_000

_MOST_VIEWS = 16  # sets of hidden documents that are held ready


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document that answers may come from."""

    file: str
    title: str
    kind: str
    pages: int
    contact: str


@dataclass(frozen=True, slots=True)
class IndexState:
    """Whether there is something to answer from; `message` says it in Danish."""

    status: State
    message: str
    documents: tuple[DocumentState, ...] = ()
    passages: int = 0


class Assistant:
    """Answers questions from the index that the settings name; takes up a new one by itself."""

    def __init__(
        self, settings: Settings, today: Callable[[], date] = date.today, parts: Parts = ALL
    ) -> None:
        self._parts = parts
        self._folder = IndexFolder(settings.index)
        self._embedder = embedder_named(settings.embedder)
        self._today = today
        self._lock = threading.Lock()
        self._current: Index | None = None
        self._views: dict[frozenset[str], Loaded] = {}
        self._engine = _engine_of(settings)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        show: "Show | None" = None,
        access: Access = EVERYTHING,
    ) -> Answer:
        """The answer to `question`, asked after the questions in `history` by someone with
        `access`. Where a chat model writes it, `show` gets each piece of its text as soon as that
        is final.

        Raises:
            IndexUnusable: there is nothing to answer from; the message says what to do.
        """
        started = time.perf_counter()
        if fault := _fault(question):
            return Answer("error", fault)
        loaded = self._loaded(access)
        if self._engine:
            before = self._engine.standalone(question, history, loaded.analyst)
            question, history = before.question, before.history
        answer, found, retrieved = extracted(loaded, self._parts, question, history)
        # Steps, and lists of what holds, are told in order with none left out: no model does.
        if self._engine and answer.status == "answered" and not answer.steps:
            spent = time.perf_counter() - started
            answer = self._engine.answer(answer, self._material(loaded, found), show, spent, before)
        return replace(answer, timings_ms=_timings(started, retrieved))

    def followups(
        self,
        question: str,
        answer: Answer,
        history: Sequence[str] = (),
        access: Access = EVERYTHING,
    ) -> tuple[str, ...]:
        """What could be asked after `question`, which was asked after `history` and got `answer`:
        questions that the documents answer, each asked to see that they do, by `access`.

        Raises:
            IndexUnusable: as `ask`.
        """
        loaded = self._loaded(access)
        before = (*history, question)
        return follow_ups(
            question,
            answer,
            loaded.passages,
            loaded.rules.book,
            lambda candidate: extracted(loaded, self._parts, candidate, before)[0],
        )

    def search(self, query: str, k: int = 10, access: Access = EVERYTHING) -> list[Hit]:
        """The `k` passages that match `query` best, of those that `access` allows; of a longer
        query its first `LONGEST_QUESTION` characters count.

        Raises:
            IndexUnusable: there is nothing to search.
        """
        loaded = self._loaded(access)
        hits = loaded.search(loaded.analyst.understand(query[:LONGEST_QUESTION]), k)
        if self._engine:
            self._engine.prepare()
        return hits

    def state(self, access: Access = EVERYTHING) -> IndexState:
        """Whether there is something to answer from, and which documents `access` allows."""
        status = self._folder.state()
        message = _MESSAGES[status]
        if status != "ready":
            return IndexState(status, message)
        entries = self._loaded(access).entries.values()
        return IndexState(
            status, message, tuple(map(_document_state, entries)), sum(e.passages for e in entries)
        )

    def document(self, file: str, access: Access = EVERYTHING) -> Document | None:
        """What the register says of `file`; None when it lacks it or `access` does not allow it."""
        return self._loaded(access).documents.get(file)

    def today(self) -> date:
        """The day that documents are in force, or due for review, by."""
        return self._today()

    def pdf(self, file: str, access: Access = EVERYTHING) -> Path | None:
        """The PDF called `file`, exactly as it was ingested; None when the register lacks it or
        `access` does not allow it.
        """
        loaded = self._loaded(access)
        return loaded.index.pdf(file) if file in loaded.entries else None

    def _loaded(self, access: Access = EVERYTHING) -> Loaded:
        with self._lock:
            if self._current is None or self._current.stamp != self._folder.stamp():
                self._current, self._views = self._load(), {}
            documents = (entry.document for entry in self._current.manifest.entries)
            hidden = frozenset(d.file for d in documents if not access.sees(d))
            if hidden not in self._views:
                if len(self._views) >= _MOST_VIEWS:
                    self._views.pop(next(iter(self._views)))
                self._views[hidden] = Loaded(self._current, self._today, hidden, self._parts)
            return self._views[hidden]

    def _load(self) -> Index:
        try:
            index = Index(self._folder, self._embedder)
        except IngestError as error:
            building = self._folder.state() == "building"
            raise IndexUnusable(_MESSAGES["building"] if building else str(error)) from error
        if not index.passages:
            raise IndexUnusable(_MESSAGES["empty"])
        return index

    def _material(self, loaded: Loaded, found: Found) -> "Material":
        """What a chat model's answer is written from."""
        from assistant.chatmodel.engine import Material

        language = found.question.language
        return Material(
            found.question.in_full,
            bool(found.judgement.verdict),
            found.asked.tools | found.asked.data,
            loaded.rules.book.lexicon,
            [match.prepared.passage for match in found.judgement.because],
            [each.passage for each in (*found.likeliest, *found.hits)],
            loaded.titles,
            loaded.labels,
            str(loaded.index.stamp),
            loaded.analyst,
            lambda files: notes_on(loaded, files, language),
        )


def _engine_of(settings: Settings) -> "Engine | None":
    """What writes the answers when a chat model is set; its imports are slow, so only then."""
    if not settings.llm:
        return None
    from assistant.chatmodel.engine import Engine

    return Engine(settings)


def _fault(question: str) -> str:
    if not question.strip():
        return "Spørgsmålet er tomt. Skriv, hvad du vil vide."
    if len(question) > LONGEST_QUESTION:
        return (
            f"Spørgsmålet er på {len(question):,} tegn; det må højst være på "
            f"{LONGEST_QUESTION:,}. Skriv det kortere."
        ).replace(",", ".")
    return ""


def _timings(started: float, retrieved: float) -> dict[str, float]:
    return {
        "retrieve": round(1000 * (retrieved - started), 2),
        "total": round(1000 * (time.perf_counter() - started), 2),
    }


def _document_state(entry: Entry) -> DocumentState:
    document = entry.document
    return DocumentState(
        document.file, document.title, document.kind, entry.pages, document.contact
    )


_MESSAGES: dict[State, str] = {
    "ready": "",
    "missing": "Der er ikke noget indeks endnu. Kør `maavi ingest`, så er jeg klar bagefter.",
    "empty": "Indekset er tomt. Læg PDF'er i mappen med dokumenter, og kør `maavi ingest`.",
    "building": "Indekset er ved at blive bygget. Prøv igen om lidt.",
}
