"""The gate: the answers are no worse than the baseline allows, on every third question held out.

What fails is told by measure; the questions are not for a log.
"""

from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.baseline import Change, _lost, changes, failures, read_baseline, write_baseline
from evals.corpora import DAY, SAMPLE, Corpus, at
from evals.measuring.cases import Held, Measured
from evals.quality import PAGE, page
from evals.result import Result, figures, result_of
from evals.suite import ROBUSTNESS, Corpora, QuestionSet, read_sets, run

EVERY = 3


def _result(values: dict[str, float], held: Held) -> Result:
    measured = Measured("m", values, {key: key for key in values}, held)
    return {"measures": {"m": figures(measured)}, "clusters": {}}


def test_the_answers_are_no_worse_than_the_baseline(sample_index: Path) -> None:
    settings = Settings(index=sample_index)
    corpora = Corpora(settings, opened={SAMPLE: Corpus(SAMPLE, at(settings, sample_index), DAY)})
    before = read_baseline()
    assert before
    result = result_of(run(_some(), corpora))
    compared = changes(result, before)
    assert len(compared) > 20
    assert min(change.shared for change in compared if change.name == "right") > 100
    assert failures(result, before) == []


def _some() -> list[QuestionSet]:
    """Every third question on the sample corpus, without those asked of changed documents."""
    found = []
    for one in read_sets([]):
        asked = [q for q in one.questions if q.corpus == SAMPLE and ROBUSTNESS not in q.tags]
        if asked:
            found.append(QuestionSet(one.name, tuple(asked[::EVERY]), one.held_out))
    return found


def test_the_page_of_figures_is_that_of_the_baseline() -> None:
    before = read_baseline()
    assert before
    assert PAGE.read_text(encoding="utf-8") == page(before)


def test_the_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    result = _result({"a": 1.0, "b": 0.0}, Held())
    write_baseline(result, tmp_path / "baseline.json")
    read = read_baseline(tmp_path / "baseline.json")
    assert read
    assert read["measures"] == result["measures"]
    assert read_baseline(tmp_path / "none.json") is None


def test_a_loss_fails_only_when_it_is_sure() -> None:
    good = {str(n): 1.0 for n in range(100)}
    before = _result(good, Held())
    assert failures(_result(good, Held()), before) == []
    two_lost = _result({**good, "1": 0.0, "2": 0.0}, Held())
    assert failures(two_lost, before) == []
    many_lost = _result({**good, **{str(n): 0.0 for n in range(20)}}, Held())
    assert failures(many_lost, before)[0].startswith("m: er blevet ringere end tilladt")


def test_noise_that_goes_both_ways_fails_nothing() -> None:
    before = {str(n): float(n % 2) for n in range(200)}
    now = {str(n): float((n // 2) % 2) for n in range(200)}
    assert failures(_result(now, Held()), _result(before, Held())) == []


def test_a_cost_that_rises_fails() -> None:
    held = Held("mean", better="low", loss=0.1)
    before = _result({str(n): 0.0 for n in range(50)}, held)
    assert failures(_result({str(n): 0.0 for n in range(50)}, held), before) == []
    assert failures(_result({str(n): 1.0 for n in range(50)}, held), before)


def test_one_broken_gate_fails_without_a_baseline() -> None:
    values = {str(n): 1.0 for n in range(999)} | {"x": 0.0}
    (told,) = failures(_result(values, Held(gate=1.0)), None)
    assert told == "m: skal være 1.000 og er 0.9990 (1 spørgsmål)"


@pytest.mark.parametrize(
    ("interval", "better", "fails"),
    [
        ((-0.10, -0.03), "high", True),
        ((-0.10, -0.01), "high", False),
        ((0.03, 0.10), "low", True),
        ((0.01, 0.10), "low", False),
        ((0.03, 0.10), "high", False),
    ],
)
def test_the_whole_interval_must_lie_beyond_the_loss(
    interval: tuple[float, float], better: str, fails: bool
) -> None:
    assert bool(_lost(interval, better, 0.02)) is fails


def test_a_change_is_over_the_questions_that_both_have() -> None:
    before = _result({"a": 1.0, "b": 1.0, "old": 0.0}, Held())
    (change,) = changes(_result({"a": 1.0, "b": 0.0, "new": 1.0}, Held()), before)
    assert isinstance(change, Change)
    assert (change.shared, change.now, change.before) == (2, 0.5, 1.0)
