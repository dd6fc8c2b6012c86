"""The search, by each field and fused: recall, success, MRR and nDCG, as ir_measures has them."""

from collections.abc import Iterator, Mapping, Sequence

from evals.generate import DEPTH, FUSED
from evals.measuring.cases import Case, Held, Kind, Measured
from evals.measuring.relevant import qrels

MEASURES: Mapping[str, str] = {
    "R@4": "recall@4",
    "R@10": "recall@10",
    "Success@1": "success@1",
    "Success@5": "success@5",
    "RR@10": "mrr@10",
    "nDCG@10": "ndcg@10",
}
DEPTHS = (1, 2, 3, 4, 5, 7, 10)  # of the plot of recall by k
_LOSS = 0.02

Qrels = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """Every measure of every field, on the questions with a gold passage."""
    right, judged = _judged(cases)
    clusters = {case.question.id: case.cluster for case in judged}
    for field in _fields(judged):
        values = scores(tuple(MEASURES), right, _run(judged, field))
        for measure_, name in MEASURES.items():
            kind: Kind = "share" if name.startswith("success") else "mean"
            held = Held(kind, loss=_LOSS if field == FUSED else 1.0)  # a field alone is only shown
            yield Measured(f"retrieval.{field}.{name}", values[measure_], clusters, held)


def recall_by_depth(cases: Sequence[Case]) -> dict[str, list[float]]:
    """Mean recall at each of `DEPTHS`, by field."""
    right, judged = _judged(cases)
    wanted = [f"R@{k}" for k in DEPTHS]
    found: dict[str, list[float]] = {}
    for field in _fields(judged):
        values = scores(wanted, right, _run(judged, field))
        found[field] = [sum(values[m].values()) / len(right) for m in wanted]
    return found


def _judged(cases: Sequence[Case]) -> tuple[dict[str, dict[str, int]], list[Case]]:
    right = {case.question.id: found for case in cases if (found := qrels(case))}
    return right, [case for case in cases if case.question.id in right]


def scores(names: Sequence[str], right: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Each measure (as ir_measures names it) by query; one that found nothing counts 0."""
    import ir_measures

    wanted = {name: ir_measures.parse_measure(name) for name in names}
    found: dict[str, dict[str, float]] = {name: dict.fromkeys(right, 0.0) for name in names}
    kept = {query: dict(run.get(query, {})) for query in right}
    for metric in ir_measures.iter_calc(list(wanted.values()), right, kept):
        name = next(n for n, m in wanted.items() if m == metric.measure)
        found[name][metric.query_id] = float(metric.value)
    return found


def _fields(cases: Sequence[Case]) -> list[str]:
    return list(dict.fromkeys(field for case in cases for field in case.record.fields))


def _run(cases: Sequence[Case], field: str) -> dict[str, dict[str, float]]:
    """Places as scores, so that what ties are was decided by the search."""
    return {
        case.question.id: {
            key: float(DEPTH - place)
            for place, key in enumerate(case.record.fields.get(field, ())[:DEPTH])
        }
        for case in cases
    }
