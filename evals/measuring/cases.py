"""What is measured: an answer beside its question, and the values that come of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evals.answers import Found, Record
from evals.corpora import Corpus
from evals.questions import Question
from evals.statistics import Interval, clustered, of_share

Kind = Literal["share", "mean"]


@dataclass(frozen=True)
class Case:
    """A question, the answer that was recorded, and the documents that it was asked of."""

    question: Question
    record: Record
    corpus: Corpus

    @property
    def cluster(self) -> str:
        """The document that the question is about; one without is a cluster of its own."""
        documents = [g.document for g in self.question.gold if g.document]
        return f"{self.corpus.name}/{documents[0]}" if documents else self.question.id

    @property
    def context(self) -> list[Found]:
        """The passages that the answer was made from, best first."""
        return [self.record.passages[key] for key in self.record.context]


@dataclass(frozen=True, slots=True)
class Held:
    """What a measure is held to. `kind` is "share" where every value is 0 or 1; `better` says
    which way is good; `gate` is the least value that passes at all, and `loss` how much worse
    than before the mean may be.
    """

    kind: Kind = "share"
    better: Literal["high", "low"] = "high"
    gate: float | None = None
    loss: float = 0.02


@dataclass(frozen=True)
class Measured:
    """A measure by question, 0..1 each unless it is a cost, and the cluster of each question."""

    name: str
    values: Mapping[str, float]
    clusters: Mapping[str, str]
    held: Held = Held()

    @property
    def mean(self) -> float | None:
        """The mean, None when nothing was measured."""
        return float(np.mean(list(self.values.values()))) if self.values else None

    @property
    def interval(self) -> Interval | None:
        """95 %: Wilson's of a share, with the rule of three where none fails or succeeds, else of
        the bootstrap over documents; None when nothing was measured.
        """
        values = list(self.values.values())
        if not values:
            return None
        if self.held.kind == "share":
            return of_share(sum(values), len(values))
        return clustered(values, [self.clusters[key] for key in self.values])


def measured(
    name: str,
    cases: Iterable[Case],
    of: Callable[[Case], float | bool | None],
    held: Held = Held(),
) -> Measured:
    """`of` for each of `cases` that it can be measured on; None leaves one out."""
    found = [(case, value) for case in cases if (value := of(case)) is not None]
    return Measured(
        name,
        {case.question.id: float(value) for case, value in found},
        {case.question.id: case.cluster for case, _ in found},
        held,
    )


def answered(cases: Sequence[Case]) -> list[Case]:
    """Those that got an answer."""
    return [case for case in cases if case.record.answered]
