"""The headline: the share of questions answered right, or declined where nothing answers."""

from collections.abc import Iterator, Sequence

from evals.measuring.abstention import score
from evals.measuring.cases import Case, Measured, measured


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """Whether each question was."""
    yield measured("right", cases, lambda case: score(case) > 0)
