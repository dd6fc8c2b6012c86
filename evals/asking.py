"""Asking many questions at once, on as many processors as there are."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context

from assistant.parts import ALL, Parts
from assistant.pipeline import Assistant
from assistant.retrieve import DENSE, WEIGHTS
from assistant.settings import Settings
from evals.answers import Record
from evals.corpora import Corpus
from evals.generate import Rankings, record_of
from evals.questions import Question

_CHUNK = 100  # questions that one process takes at a time
# One thread each: processes that share the processors only wait for one another's threads.
_ALONE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(frozen=True)
class _Job:
    name: str
    settings: Settings
    day: date
    questions: tuple[Question, ...]
    without: str


def ask_all(
    pairs: Iterable[tuple[Question, Corpus]], settings: Settings, without: str = ""
) -> Iterator[Record]:
    """The answer to each question, asked of its corpus, in no certain order; `without` names a
    part that is off. A chat model is asked one question at a time.
    """
    jobs = list(_jobs(pairs, without))
    workers = 1 if settings.llm else min(os.cpu_count() or 1, len(jobs))
    if workers == 1:
        for job in jobs:
            yield from _asked(job)
        return
    for name in _ALONE:
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for records in pool.map(_asked, jobs):
            yield from records


def _jobs(pairs: Iterable[tuple[Question, Corpus]], without: str) -> Iterator[_Job]:
    by_corpus: dict[str, tuple[Corpus, list[Question]]] = {}
    for question, corpus in pairs:
        by_corpus.setdefault(corpus.name, (corpus, []))[1].append(question)
    for corpus, questions in by_corpus.values():
        for at in range(0, len(questions), _CHUNK):
            part = tuple(questions[at : at + _CHUNK])
            yield _Job(corpus.name, corpus.settings, corpus.day, part, without)


def _asked(job: _Job) -> list[Record]:
    assistant, rankings = _opened(job.name, job.settings, job.day, job.without)
    return [_record(question, assistant, rankings) for question in job.questions]


def _opened(name: str, settings: Settings, day: date, without: str) -> tuple[Assistant, Rankings]:
    """What answers the questions of an index, kept from one job to the next."""
    key = (str(settings.index), day, without)
    if key not in _OPEN:
        assistant = Assistant(settings, lambda: day, parts_without(without))
        _OPEN[key] = (assistant, Rankings(Corpus(name, settings, day)))
    return _OPEN[key]


_OPEN: dict[tuple[str, date, str], tuple[Assistant, Rankings]] = {}


def parts_without(name: str) -> Parts:
    """The parts of the pipeline but one: a field of the search, "rules", "encoder"; all for ""."""
    if name in WEIGHTS:
        return replace(ALL, weights={**WEIGHTS, name: 0.0})
    if name == "encoder":
        return replace(ALL, weights={**WEIGHTS, DENSE: 0.0}, encoder=False)
    return replace(ALL, rules=name != "rules")


def _record(question: Question, assistant: Assistant, rankings: Rankings) -> Record:
    answer = assistant.ask(question.question, question.history)
    return record_of(question, answer, rankings.of(question))
