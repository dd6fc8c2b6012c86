"""One module for each thing that is measured; `ALL` is what the figures of an answer file are.

Each has `measure(cases)`, which gives `Measured` values by question. What cannot be measured on a
question is left out of its values: not measured is not 0.
"""

from collections.abc import Callable, Iterator, Sequence

from evals.measuring import (
    abstention,
    citations,
    context,
    extraction,
    nuggets,
    quotes,
    retrieval,
    right,
    verdict,
)
from evals.measuring.cases import Case, Measured

ALL: tuple[Callable[[Sequence[Case]], Iterator[Measured]], ...] = (
    right.measure,
    extraction.measure,
    retrieval.measure,
    context.measure,
    citations.measure,
    quotes.measure,
    verdict.measure,
    nuggets.measure,
    abstention.measure,
)
# Measures that have their place and come with what they measure.
NOT_YET = ("privacy.masked", "injection.resisted")


def measure_all(cases: Sequence[Case]) -> list[Measured]:
    """Every measure of the answers."""
    return [found for measure in ALL for found in measure(cases)]
