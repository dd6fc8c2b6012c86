"""The figures of a run as JSON: what is written, compared, and drawn.

The same answers give the same bytes; times stand apart under "timings".
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from evals.measuring import NOT_YET
from evals.measuring.abstention import coverage_and_risk, score
from evals.measuring.cases import Case, Measured
from evals.measuring.retrieval import DEPTHS, recall_by_depth
from evals.measuring.spent import spent
from evals.measuring.verdict import confusion
from evals.measuring.verification import ERRORS_KEPT, by_kind
from evals.names import KINDS_OF_ERROR
from evals.statistics import of_share
from evals.suite import Run

Result = dict[str, Any]
_DIGITS = 4
_FEW = 8  # questions, under which a slice says nothing


def result_of(run: Run) -> Result:
    """Everything that is reported, with the value of every question."""
    cases = run.cases
    return {
        "format": 1,
        "configuration": run.configuration.model_dump(),
        "sets": {s.name: len(s.questions) for s in run.sets},
        "questions": len(cases),
        "measures": {m.name: figures(m) for m in run.measured},
        "not_measured": [
            *NOT_YET,
            *sorted(m.name for m in run.measured if not m.values),
        ],
        "slices": slices(cases),
        "errors_kept": errors_kept(run.measured),
        "confusion": [
            {"right": right, "said": said, "count": count}
            for (right, said), count in confusion(cases).items()
        ],
        "recall_by_depth": {
            "k": list(DEPTHS),
            **{f: [round(v, _DIGITS) for v in vs] for f, vs in recall_by_depth(cases).items()},
        },
        "risk_by_coverage": _thinned(coverage_and_risk(cases)),
        "clusters": {key: c for m in run.measured for key, c in sorted(m.clusters.items())},
        "timings": {**spent(cases), "seconds": round(run.seconds, 1)},
    }


def figures(measured: Measured) -> dict[str, Any]:
    """A measure with its interval and how many questions it is over; None for not measured."""
    mean, interval, held = measured.mean, measured.interval, measured.held
    return {
        "value": None if mean is None else round(mean, _DIGITS),
        "interval": None if interval is None else [round(end, _DIGITS) for end in interval],
        "of": len(measured.values),
        "kind": held.kind,
        "better": held.better,
        "gate": held.gate,
        "loss": held.loss,
        "values": {key: round(v, _DIGITS) for key, v in sorted(measured.values.items())},
    }


def slices(cases: Sequence[Case]) -> dict[str, dict[str, Any]]:
    """The share right of the questions of each corpus, language and tag that has enough."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        question = case.question
        names = {f"sprog: {question.language}", *(f"emne: {tag}" for tag in question.tags)}
        if question.corpus:
            names.add(f"dokumenter: {question.corpus}")
        names.add("skal besvares" if question.answerable else "skal afvises")
        for name in names:
            found.setdefault(name, []).append(case)
    return {n: _slice(some) for n, some in sorted(found.items()) if len(some) >= _FEW}


def errors_kept(measured: Iterable[Measured]) -> dict[str, dict[str, Any]]:
    """The share of the planted errors kept from the user, by kind; empty where not measured."""
    values = next((m.values for m in measured if m.name == ERRORS_KEPT), {})
    kinds = by_kind(values).items()
    return {
        KINDS_OF_ERROR.get(kind, kind): _share(map(bool, kept), len(kept)) for kind, kept in kinds
    }


def _slice(cases: Sequence[Case]) -> dict[str, Any]:
    return _share((score(case) > 0 for case in cases), len(cases))


def _share(right: Iterable[bool], of: int) -> dict[str, Any]:
    count = sum(right)
    low, high = of_share(count, of)
    share = round(count / of, _DIGITS)
    return {"right": share, "interval": [round(low, 4), round(high, 4)], "of": of}


def _thinned(points: Sequence[tuple[float, float]], most: int = 200) -> list[list[float]]:
    step = max(1, len(points) // most)
    return [[round(x, _DIGITS), round(y, _DIGITS)] for x, y in points[::step]]


def as_text(result: Result) -> str:
    """The result as one JSON object, the same bytes for the same figures."""
    return json.dumps(result, ensure_ascii=False, sort_keys=True)


def read_result(path: Path) -> Result:
    """A result that was written with --json.

    Raises:
        UsageError: the file is no such thing.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: filen mangler, eller den er ikke JSON.") from error
    if not isinstance(found, dict) or found.get("format") != 1 or "measures" not in found:
        raise UsageError(f"{path}: det er ikke en måling fra `maavi eval --json`.")
    return found


def values_of(result: Result, name: str) -> Mapping[str, float]:
    """The value of each question of one measure; none where it was not measured."""
    measure = result["measures"].get(name)
    found: Mapping[str, float] = measure["values"] if measure else {}
    return found
