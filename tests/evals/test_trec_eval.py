"""Our retrieval measures on trec_eval's own test files, against the figures that it publishes."""

import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from evals.measuring.retrieval import MEASURES, scores

FOLDER = Path(__file__).parent / "trec_eval"
# What trec_eval calls each of our measures; its recip_rank has no cutoff, see below.
NAMES = {
    "R@5": "recall_5",
    "R@10": "recall_10",
    "Success@1": "success_1",
    "Success@5": "success_5",
    "RR": "recip_rank",
    "nDCG@10": "ndcg_cut_10",
}


def _lines(name: str) -> list[list[str]]:
    with gzip.open(FOLDER / f"{name}.gz", "rt", encoding="ascii") as file:
        return [line.split() for line in file if line.strip()]


def _found() -> dict[str, dict[str, float]]:
    right: dict[str, dict[str, int]] = defaultdict(dict)
    for query, _, document, grade in _lines("qrels.test"):
        right[query][document] = int(grade)
    run: dict[str, dict[str, float]] = defaultdict(dict)
    for query, _, document, _, score, _ in _lines("results.test"):
        run[query][document] = float(score)
    asked = {query: right[query] for query in run}
    return scores([*NAMES, "RR@10"], asked, run)


def _published() -> dict[tuple[str, str], float]:
    rows = (row for row in _lines("out.test.aq") if len(row) == 3)
    return {(m, q): float(v) for m, q, v in rows if m in NAMES.values()}


@pytest.mark.parametrize("name", NAMES)
def test_a_measure_is_what_trec_eval_publishes(name: str) -> None:
    found, published = _found()[name], _published()
    theirs = {query: published[NAMES[name], query] for query in found}
    assert len(found) == 3
    assert found == pytest.approx(theirs, abs=5e-5)
    mean = sum(found.values()) / 3
    assert mean == pytest.approx(published[NAMES[name], "all"], abs=1e-4)


def test_the_cutoff_of_mrr_drops_what_is_found_later() -> None:
    found, published = _found()["RR@10"], _published()
    assert published["recip_rank", "303"] == 0.0526  # the nineteenth
    assert found["303"] == 0.0
    assert found["301"] == pytest.approx(published["recip_rank", "301"], abs=5e-5)


def test_these_are_the_measures_that_are_reported() -> None:
    cutoff_apart = {name.split("@")[0] for name in NAMES}
    assert {name.split("@")[0] for name in MEASURES} == cutoff_apart
