"""The chat model as the pipeline uses it: an extractive answer in, a fluent one out."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chatmodel import conversation, phrases
from assistant.chatmodel.budget import Budget
from assistant.chatmodel.calling import Caller, Time
from assistant.chatmodel.checks.meaning import Meaning
from assistant.chatmodel.checks.ruling import Ruling
from assistant.chatmodel.checks.verify import Checked, Verifier
from assistant.chatmodel.faults import Fault
from assistant.chatmodel.framing import Frame, frame_of
from assistant.chatmodel.model import ChatModel, LangChainModel
from assistant.chatmodel.numbering import Growing, Show
from assistant.chatmodel.prompting import answer_turns, prompt_named
from assistant.chatmodel.writer import Task, Writer, Written, key_of, passages_for
from assistant.models import Answer, ModelTrace, Trace
from assistant.question import Analyst
from ingest.passages import Passage
from ingest.rules.lexicon import Lexicon

if TYPE_CHECKING:
    from assistant.settings import Settings

_MOST_PASSAGES = 10  # that are sent


@dataclass(frozen=True)
class Material:
    """What an answer is written from. `judged` says that the rules gave a verdict, on `asked`, the
    tools and data of `lexicon` that the question names; `ruled` are the passages of those rules,
    `found` those of the search; `stamp` names the state of the index;
    `notes_on` gives the notes on documents by their files.
    """

    question: str
    judged: bool
    asked: frozenset[str]
    lexicon: Lexicon
    ruled: Sequence[Passage]
    found: Sequence[Passage]
    titles: dict[str, str]
    labels: Mapping[tuple[str, int], str]
    stamp: str
    analyst: Analyst
    notes_on: Callable[[set[str]], tuple[str, ...]]


class Engine:
    """Writes answers with the model that the settings name."""

    def __init__(
        self, settings: "Settings", model: ChatModel | None = None, time_: Time | None = None
    ) -> None:
        self._model = model or LangChainModel(settings)
        budget = Budget(usage_file(settings.index), settings.llm_daily_tokens)
        caller = Caller(self._model, budget, settings.llm_concurrency, time_ or Time())
        self.writer = Writer(caller, settings.llm_timeout)
        self._entailment = settings.llm_entailment
        self._meaning: tuple[Analyst, Meaning] | None = None

    def prepare(self) -> None:
        """Begin to load the model. To be called after a search, which opens Chroma: imported at the
        same time in two threads, that and LangChain find each other half made.
        """
        if isinstance(self._model, LangChainModel):
            self._model.prepare()

    def standalone(
        self, question: str, history: Sequence[str], analyst: Analyst
    ) -> conversation.Standalone:
        """See `conversation.standalone`."""
        if not history:
            return conversation.Standalone(question)
        caller, seconds = self.writer.caller, self.writer.seconds
        return conversation.standalone(question, history, analyst, caller, seconds)

    def answer(
        self,
        extractive: Answer,
        material: Material,
        show: Show | None,
        spent: float,
        before: conversation.Standalone,
    ) -> Answer:
        """The answer in the model's words where they pass, else `extractive` with a line that
        says why. `show` gets each piece of the text as soon as it is final; `spent` are the
        seconds that the answer has taken so far, `before` what making it standalone took.
        """
        frame = frame_of(extractive, material.judged)
        growing = Growing(
            material.titles, material.labels, show, extractive.badge, extractive.language
        )
        headline = frame.before if material.judged else ()
        for block in headline:
            growing.block(block, extractive.citations)
        opening = () if headline else frame.before
        started = time.perf_counter()
        task = self._task(extractive, material)
        verifier = self._verifier(material)
        threading.Thread(target=verifier.warm, args=(task.passages,), name="warm").start()
        written = self.writer.write(
            task,
            verifier,
            lambda checked: _grow(growing, checked, opening),
            max(0.1, self.writer.seconds - spent),
        )
        trace = replace(
            extractive.trace,
            model=self._trace(task, written, time.perf_counter() - started, before),
        )
        if not written.shown:
            return _extractive(extractive, written.fault or Fault("unverified"), trace)
        fluent = _fluent(extractive, material, growing, frame, written)
        return replace(fluent, engine=self._model.name, trace=trace)

    def _task(self, extractive: Answer, material: Material) -> Task:
        passages = passages_for(material.ruled, material.found, _MOST_PASSAGES)
        verdict = extractive.verdict
        turns = answer_turns(
            material.question, passages, material.titles, verdict, extractive.trace.rules
        )
        engine = f"{self._model.name} {self._entailment}"
        ruling = Ruling(verdict, material.asked, material.lexicon) if verdict else None
        against = extractive.against
        overruled = frozenset(c.text for c in extractive.claims if against and c.text in against)
        return Task(turns, passages, ruling, key_of(turns, material.stamp, engine), overruled)

    def _verifier(self, material: Material) -> Verifier:
        if self._meaning is None or self._meaning[0] is not material.analyst:
            self._meaning = (material.analyst, Meaning(material.analyst.vocabulary))
        second = None
        if self._entailment:
            from assistant.chatmodel.entailment import entailment_named

            second = entailment_named(self._entailment)
        return Verifier(self._meaning[1], material.titles, second)

    def _trace(
        self, task: Task, written: Written, seconds: float, before: conversation.Standalone
    ) -> ModelTrace:
        tally, fault, first = written.tally, written.fault, before.tally
        counted = [each.counted for each in (tally, first) if each.tries]
        return ModelTrace(
            engine=self._model.name,
            prompt=prompt_named("answer").id,
            sent=tuple(turn.text for turn in task.turns),
            passages=tuple(passage.id for passage in task.passages),
            raw=written.raw,
            verified=tuple(c.text for c in written.shown if c.outcome == "passed"),
            dropped=written.dropped,
            tokens_in=tally.tokens_in + first.tokens_in,
            tokens_out=tally.tokens_out + first.tokens_out,
            tokens_counted=bool(counted) and all(counted),
            tries=tally.tries,
            cached=written.cached,
            fault=f"{fault.kind}: {fault.detail}".rstrip(": ") if fault else "",
            timings_ms={
                "standalone": round(1000 * before.seconds, 2),
                "model": round(1000 * seconds, 2),
                "first_text": round(1000 * (tally.first_text or 0.0), 2),
                "first_claim_after_line": round(1000 * written.first_claim, 2),
                "checks": round(1000 * written.checking, 2),
            },
        )


def usage_file(index: Path) -> Path:
    """Where the tokens of the day are counted: beside the index."""
    return index.with_name(f"{index.name}.tokens.json")


def _grow(growing: Growing, checked: Checked, opening: Sequence[str]) -> None:
    if not growing.text:
        for block in opening:
            growing.block(block, ())
    assert checked.passage is not None
    growing.claim(checked.text, checked.passage, checked.quoted)


def _extractive(answer: Answer, fault: Fault, trace: Trace) -> Answer:
    line = phrases.extractive_stands(fault.kind, answer.language)
    return replace(
        answer,
        text=f"{answer.text}\n\n*{line}*",
        notes=(*answer.notes, line),
        trace=trace,
    )


def _fluent(
    extractive: Answer, material: Material, growing: Growing, frame: Frame, written: Written
) -> Answer:
    for block in frame.after:
        growing.block(block, extractive.citations)
    notes = material.notes_on({c.document for c in growing.citations})
    if written.fault:
        notes = (*notes, phrases.broken_off(extractive.language))
    for note in notes:
        growing.block(f"*{note}*", ())
    return replace(
        extractive,
        text=growing.text,
        claims=tuple(growing.claims),
        citations=tuple(growing.citations),
        notes=notes,
        followups=written.followups,
    )
