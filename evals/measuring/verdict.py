"""Verdicts: right or not, what a wrong one costs, and which are taken for which."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from evals.measuring.cases import Case, Held, Measured, measured

COSTS: Mapping[str, int] = {"ja": 5, "nej": 2}  # of a wrong one; any other or none costs 1
NAMES = ("ja", "nej", "betinget", "intet")


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """Accuracy, no "ja" to what is forbidden, and the mean cost."""
    asked = [case for case in cases if asks_for_verdict(case)]
    yield measured("verdict.right", asked, _right)
    yield measured("verdict.no-wrong-ja", asked, _no_wrong_yes, Held(loss=0.01))
    yield measured("verdict.cost", asked, cost, Held(kind="mean", better="low", loss=0.1))


def asks_for_verdict(case: Case) -> bool:
    """Whether a verdict is right, or one was given where none is."""
    return case.question.verdict is not None or (
        case.record.verdict is not None and is_labelled(case)
    )


def is_labelled(case: Case) -> bool:
    """Whether the question says which verdict is right, be it none: one of facts alone, with
    nuggets and no verdict, leaves that open.
    """
    return case.question.verdict is not None or not case.question.nuggets


def cost(case: Case) -> int:
    """0 for right, 5 for a wrong "ja", 2 for a wrong "nej", else 1."""
    question, record = case.question, case.record
    if record.verdict == question.verdict and record.answered == question.answerable:
        return 0
    return COSTS.get(record.verdict or "", 1)


def confusion(cases: Sequence[Case]) -> dict[tuple[str, str], int]:
    """How often each verdict (first) got each answer (second), over `NAMES`."""
    counted: Counter[tuple[str, str]] = Counter(
        (case.question.verdict or "intet", case.record.verdict or "intet")
        for case in cases
        if asks_for_verdict(case)
    )
    return {(right, said): counted[right, said] for right in NAMES for said in NAMES}


def _right(case: Case) -> bool | None:
    right = case.question.verdict
    return None if right is None else case.record.verdict == right


def _no_wrong_yes(case: Case) -> bool | None:
    return case.record.verdict != "ja" if case.question.verdict == "nej" else None
