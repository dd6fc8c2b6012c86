"""Context recall: what a right answer needs, found in the passages that the answer is made from
(Es et al., 2023, RAGAS, with nuggets in place of a judge's claims).
"""

from collections.abc import Iterator, Sequence

from evals.measuring.cases import Case, Held, Measured, measured
from evals.measuring.nuggets import has
from evals.measuring.relevant import holds, telling


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """Vital nuggets in the context, and whether any gold passage is in it."""
    yield measured("context.recall", cases, _recall, Held(kind="mean"))
    yield measured("context.gold", cases, _gold)


def _recall(case: Case) -> float | None:
    vital = case.question.vital
    if not vital:
        return None
    text = "\n".join(found.text for found in case.context)
    return sum(has(text, nugget) for nugget in vital) / len(vital)


def _gold(case: Case) -> bool | None:
    gold = telling(case)
    return any(holds(g, found) for g in gold for found in case.context) if gold else None
