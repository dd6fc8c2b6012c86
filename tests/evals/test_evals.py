from pathlib import Path

import numpy as np
import pytest

from assistant.models import Answer, Citation
from evals.beir import per_query
from evals.questions import SETS, Item, read_set
from evals.report import Measure, measures
from evals.scoring import score
from evals.statistics import paired_difference

ITEM = Item(
    id="x",
    question="Hvor mange?",
    answerable=True,
    where=[("a.pdf", 3)],
    facts=["2386|2.386", "E3"],
)


def _answer(text: str, page: int = 3) -> Answer:
    return Answer("answered", text, citations=(Citation(1, "a.pdf", "A", page, "3", "", "q"),))


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (_answer("Der er **2386** E3-licenser [1]"), True),
        (_answer("Der er 2.386 e3-licenser"), True),
        (_answer("Der er 2387 E3-licenser"), False),
        (_answer("Der er 2386 licenser"), False),
        (_answer("Der er 2386 E3-licenser", page=4), False),
        (Answer("declined", "2386 E3"), False),
    ],
)
def test_an_answer_is_right_with_every_fact_and_the_page(answer: Answer, right: bool) -> None:
    assert score(ITEM, [], answer).right is right


def test_what_nothing_answers_is_right_when_declined() -> None:
    item = Item(id="y", question="?", answerable=False)
    assert score(item, [], Answer("declined", "")).right
    assert not score(item, [], _answer("Ja")).right


def test_what_was_not_measured_is_not_zero() -> None:
    declined = score(ITEM, [], Answer("declined", ""))
    cited = next(m for m in measures([declined]) if m.name.startswith("a right page cited"))
    assert (cited.hits, cited.total) == (0, 0)
    assert cited.to_json()["share"] is None


def test_wilsons_interval_is_that_of_the_tables() -> None:
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
    low, high = Measure("", 81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_a_line_that_does_not_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id":"a","question":"b","answerable":true}\n{"id":"c","nonsense":1}\n')
    with pytest.raises(ValueError, match="line 2"):
        read_set(path)


def _is_plain(path: Path) -> bool:
    """Whether it has the plain form, as verdicts, labelled rules and scripted claims have not."""
    return not path.name.startswith(("verdicts", "rules", "claims"))


@pytest.mark.parametrize(
    "path", [p for p in sorted(SETS.glob("*.jsonl")) if _is_plain(p)], ids=lambda p: p.name
)
def test_the_sets_are_well_formed(path: Path) -> None:
    items = read_set(path)
    assert len({item.id for item in items}) == len(items) >= 40
    for item in items:
        assert item.answerable == bool(item.facts) == bool(item.where), item.id


def test_no_question_stands_in_a_tuning_and_a_reporting_set() -> None:
    def texts(kind: str) -> set[str]:
        paths = [path for path in SETS.glob(f"*.{kind}.jsonl") if _is_plain(path)]
        items = (item for path in paths for item in read_set(path))
        return {" ".join(item.question.lower().split()) for item in items}

    assert texts("tuning") & texts("reporting") == set()


def test_a_paired_difference_has_its_interval() -> None:
    ones = np.array([0.9, 0.8, 0.7, 0.9] * 25)
    low, high = paired_difference(ones, ones - 0.2)
    assert (low, high) == pytest.approx((0.2, 0.2))
    noise = np.random.default_rng(2).normal(0, 0.1, 100)
    low, high = paired_difference(ones + noise, ones)
    assert low < noise.mean() < high
    # The normal approximation to the same interval.
    half = 1.96 * noise.std() / 10
    assert (low, high) == pytest.approx((noise.mean() - half, noise.mean() + half), abs=0.003)


def test_a_query_that_found_nothing_counts_zero() -> None:
    judged = {"a": {"p": 1}, "b": {"q": 1}}
    assert per_query("RR@10", judged, {"a": {"x": 2.0, "p": 1.0}}).tolist() == [0.5, 0.0]
