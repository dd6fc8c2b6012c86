"""From questions to figures: ask or take recorded answers, score, and gather the result."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.errors import UsageError
from assistant.settings import Settings
from evals.answers import Configuration, Recording, read, write
from evals.asking import ask_all
from evals.corpora import Corpus, at, named
from evals.measuring import measure_all, robustness
from evals.measuring.cases import Case, Measured
from evals.questions import Question, question_sets, read_questions, unique
from evals.spreadsheet import is_spreadsheet, read_spreadsheet
from evals.variants import CHANGES, Change, variant

ROBUSTNESS = "robustness"


@dataclass(frozen=True)
class QuestionSet:
    """A file of questions; `held_out` says that nobody who changes the code reads it."""

    name: str
    questions: tuple[Question, ...]
    held_out: bool = False


@dataclass(frozen=True)
class Run:
    """What was asked, answered and measured. `extra` are cases on changed documents."""

    sets: tuple[QuestionSet, ...]
    cases: tuple[Case, ...]
    configuration: Configuration
    measured: tuple[Measured, ...]
    extra: tuple[Case, ...] = ()
    seconds: float = 0.0


@dataclass
class Corpora:
    """The corpora that questions name, each opened once. With `index` it is that for all."""

    settings: Settings
    index: Path | None = None
    opened: dict[str, Corpus] = field(default_factory=dict)

    def of(self, name: str) -> Corpus:
        """The corpus called `name`."""
        key = "" if self.index else name
        if key not in self.opened:
            self.opened[key] = self._open(key)
        return self.opened[key]

    def _open(self, name: str) -> Corpus:
        if name:
            return named(name, self.settings)
        return Corpus("", at(self.settings, self.index or self.settings.index), date.today())


def read_sets(files: Sequence[Path]) -> tuple[QuestionSet, ...]:
    """The sets in `files`; without any, the reporting sets whose documents are in the project.

    Raises:
        UsageError: a file does not fit, or two questions have one id.
    """
    chosen = files or question_sets("reporting")
    sets = tuple(
        QuestionSet(p.name, tuple(_read(p)), p.name.endswith(".reporting.jsonl")) for p in chosen
    )
    if not files:
        sets = tuple(s for s in sets if all(q.corpus for q in s.questions))
    unique(q for s in sets for q in s.questions)
    return sets


def _read(path: Path) -> list[Question]:
    return read_spreadsheet(path) if is_spreadsheet(path) else read_questions(path)


def run(
    sets: Sequence[QuestionSet],
    corpora: Corpora,
    recorded: Path | None = None,
    save: Path | None = None,
) -> Run:
    """Ask the questions of `sets`, or take the answers in the file `recorded`; `save` is where
    answers are written.

    Raises:
        UsageError: the recorded answers do not belong to the questions.
    """
    started = time.perf_counter()
    questions = [q for s in sets for q in s.questions]
    pairs = [(q, corpora.of(q.corpus)) for q in questions]
    changed = list(_changed(sets, corpora))
    everything = [*pairs, *((q, c) for _, q, c in changed)]
    recording = read(recorded) if recorded else ask(everything, corpora.settings)
    if save:
        write(save, recording.configuration, recording.records.values())
    cases = tuple(_case(q, c, recording) for q, c in pairs)
    found = measure_all(cases)
    extra = _by_change(changed, recording)
    if extra:
        plain = [c for c in cases if ROBUSTNESS in c.question.tags]
        found += robustness.measure({None: plain, **extra})
    return Run(
        tuple(sets),
        cases,
        recording.configuration,
        tuple(found),
        tuple(case for some in extra.values() for case in some),
        time.perf_counter() - started,
    )


def ask(
    pairs: Iterable[tuple[Question, Corpus]], settings: Settings, without: str = ""
) -> Recording:
    """The answers to questions, each of its own corpus; `without` a part of the pipeline."""
    asked = list(pairs)
    records = {record.id: record for record in ask_all(asked, settings, without)}
    corpora = {corpus.name: corpus for _, corpus in asked}
    return Recording(
        configuration_of(settings, dict(sorted(corpora.items())), without),
        {question.id: records[question.id] for question, _ in asked},
    )


def configuration_of(
    settings: Settings, corpora: dict[str, Corpus], without: str = ""
) -> Configuration:
    """What is used, without secrets."""
    days = {corpus.day.isoformat() for corpus in corpora.values()}
    return Configuration(
        engine=settings.llm or "extractive",
        embedder=settings.embedder,
        day=" ".join(sorted(days)),
        indexes={name: corpus.fingerprint for name, corpus in corpora.items()},
        without=without,
    )


def _case(question: Question, corpus: Corpus, recording: Recording) -> Case:
    record = recording.records.get(question.id)
    if record is None or record.question != question.question:
        raise UsageError(
            f'--answers: spørgsmålet med id "{question.id}" har intet svar, som det lyder nu. '
            "Optag svarene igen med --save."
        )
    return Case(question, record, corpus)


def _changed(
    sets: Sequence[QuestionSet], corpora: Corpora
) -> Iterable[tuple[Change, Question, Corpus]]:
    """The robustness questions, asked of changed documents."""
    asked = [q for s in sets for q in s.questions if ROBUSTNESS in q.tags]
    if corpora.index or not asked:
        return
    for change in CHANGES:
        corpus = variant(change, asked, corpora.settings)
        yield from ((change, robustness.changed(q, change), corpus) for q in asked)


def _by_change(
    changed: Iterable[tuple[Change, Question, Corpus]], recording: Recording
) -> dict[Change | None, list[Case]]:
    found: dict[Change | None, list[Case]] = {}
    for change, question, corpus in changed:
        found.setdefault(change, []).append(_case(question, corpus, recording))
    return found
