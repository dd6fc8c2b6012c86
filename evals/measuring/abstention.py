"""Answering or declining: right, wrong, or nothing said.

The score is CRAG's (Yang et al., 2024): 1 for a right answer, 0 for none, -1 for a wrong one. A
question that nothing answers is right when it is declined, which CRAG's have none of.
"""

from collections.abc import Iterator, Sequence

from evals.measuring.cases import Case, Held, Measured, measured
from evals.measuring.nuggets import every_vital
from evals.measuring.verdict import asks_for_verdict


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """CRAG's score, wrong answers, declining what nothing answers, and needless refusals."""
    yield measured("abstention.crag", cases, score, Held(kind="mean", loss=0.04))
    yield measured("abstention.wrong", cases, lambda c: score(c) < 0, Held(better="low"))
    yield measured("abstention.declined", cases, _declined, Held(loss=0.04))
    yield measured("abstention.needless", cases, _needless, Held(better="low", loss=0.04))


def score(case: Case) -> int:
    """1, 0 or -1."""
    if not case.question.answerable:
        return -1 if case.record.answered else 1
    if not case.record.answered:
        return 0
    return 1 if is_right(case) else -1


def is_right(case: Case) -> bool:
    """Whether an answer has the right verdict and every vital nugget; where the question has
    neither, whether it cites a right page.
    """
    question = case.question
    if asks_for_verdict(case):
        right = question.verdict == case.record.verdict
        return right and every_vital(case) is not False
    said = every_vital(case)
    if said is not None:
        return said
    pages = {place for gold in question.gold for place in case.corpus.pages_with(gold)}
    return any((c.document, c.page) in pages for c in case.record.citations)


def coverage_and_risk(cases: Sequence[Case]) -> list[tuple[float, float]]:
    """The share answered and the share of those wrong, as the threshold falls (El-Yaniv and
    Wiener, 2010); only questions that were answered have a place on it.
    """
    sure = [c for c in cases if c.record.answered and c.record.chance is not None]
    ranked = sorted(sure, key=lambda c: (-(c.record.chance or 0.0), c.question.id))
    points, wrong = [], 0
    for number, case in enumerate(ranked, 1):
        wrong += score(case) < 0
        points.append((number / len(cases), wrong / number))
    return points


def _declined(case: Case) -> bool | None:
    return None if case.question.answerable else not case.record.answered


def _needless(case: Case) -> bool | None:
    return not case.record.answered if case.question.answerable else None
