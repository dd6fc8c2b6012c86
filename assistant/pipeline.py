"""From a question to an answer, top to bottom. Needs no web framework and no network."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.accounts.people import EVERYTHING, Access
from assistant.asking import language_of
from assistant.compose import Half
from assistant.decide import answers
from assistant.errors import IndexUnusable
from assistant.evidence import weigh
from assistant.followups import follow_ups
from assistant.loaded import Loaded
from assistant.models import Answer, Hit
from assistant.opening import opening_of
from assistant.overview.telling import overview
from assistant.parts import ALL, Parts
from assistant.question import Question
from assistant.replying import Found, answered, declined, judged, notes_on, opened, retold
from assistant.scope import Scope, scope_of
from assistant.settings import Settings
from assistant.telling import telling
from assistant.verdicts.judgement import NONE
from ingest.embedders import embedder_named
from ingest.errors import IngestError
from ingest.index import Entry, Index, IndexFolder, State
from ingest.lexical import STOP_WORDS, words
from ingest.register import Document

if TYPE_CHECKING:
    from assistant.chatmodel.engine import Engine, Material
    from assistant.chatmodel.numbering import Show

LONGEST_QUESTION = 2_000
PASSAGES = 12  # passages whose sentences are weighed
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
        answer, found, retrieved = self._extracted(loaded, question, history)
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
            lambda candidate: self._extracted(loaded, candidate, before)[0],
        )

    def _extracted(
        self, loaded: Loaded, question: str, history: Sequence[str]
    ) -> tuple[Answer, Found, float]:
        """The answer in the documents' own words, from what, and when that was found."""
        scope = scope_of(question, history[-1] if history else "", loaded.documents)
        if scope and (told := self._retold(loaded, question, scope)):
            return told
        if told := self._opened(loaded, question):
            return told
        files = scope.files if scope else None
        understood = loaded.analyst.understand(question, history)
        asked = loaded.rules.with_classes(loaded.reader.read(question, history))
        hits = loaded.search(understood, PASSAGES, files)
        retrieved = time.perf_counter()
        evidence = weigh(understood, hits, loaded.documents, meaning=self._parts.encoder)
        enough, signs = answers(understood, evidence)
        clear = self._parts.rules and asked.act and not asked.says_nothing
        judgement = loaded.judge(asked, evidence) if clear else NONE
        halves = () if judgement.verdict else self._halves(loaded, understood, hits)
        enough = enough or bool(halves)
        found = Found(understood, asked, judgement, hits, evidence, signs, enough, halves)
        if judgement.verdict:
            answer = judged(loaded, found)
        elif enough and not (self._parts.rules and asked.act == "permission" and asked.sure):
            answer = answered(loaded, found)
        else:
            answer = declined(loaded, found, files)
        return answer, found, retrieved

    def _opened(self, loaded: Loaded, question: str) -> tuple[Answer, Found, float] | None:
        """What the documents have for an open question, as `_extracted`; None for another question,
        or where they have nothing for it.
        """
        opening = opening_of(question, loaded.rules.book.lexicon)
        if not (opening and self._parts.rules):
            return None
        told = overview(opening, loaded)
        if told is None:
            return None
        understood = loaded.analyst.understand(question)
        found = Found(understood, loaded.reader.read(question, ()), NONE, (), (), {})
        return opened(loaded, found, told), found, time.perf_counter()

    def _halves(self, loaded: Loaded, question: Question, hits: Sequence[Hit]) -> tuple[Half, ...]:
        """What answers each of the two questions that `question` asks at once; empty where it asks
        one, or one of the two is not answered.
        """
        found = []
        for half in loaded.analyst.halves(question):
            if half.standalone != question.standalone:
                hits = loaded.search(half, PASSAGES)
            evidence = weigh(half, hits, loaded.documents, meaning=self._parts.encoder)
            if not answers(half, evidence)[0]:
                return ()
            found.append((half, evidence))
        return tuple(found)

    def _retold(
        self, loaded: Loaded, question: str, scope: Scope
    ) -> tuple[Answer, Found, float] | None:
        """What the documents that are asked about say of something, as `_extracted`; None when no
        sentence is about it.
        """
        topic = loaded.analyst.understand(scope.topic)
        hits = loaded.search(topic, PASSAGES, scope.files)
        retrieved = time.perf_counter()
        weighed = weigh(topic, hits, loaded.documents, meaning=self._parts.encoder)
        known = all(map(loaded.analyst.knows, set(words(scope.topic)) - STOP_WORDS))
        evidence = telling(weighed, known=known)
        if not evidence:
            return None
        understood = replace(topic, text=question, language=language_of(question))
        asked = loaded.reader.read(scope.topic, ())
        telling_of = {e.hit.passage.document for e in evidence}
        there = [hit for hit in hits if hit.passage.document in telling_of]
        found = Found(understood, asked, NONE, there, evidence, {})
        return retold(loaded, found), found, retrieved

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
