"""Question sets and statistics."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import UsageError
from evals.beir import per_query
from evals.corpora import CACHE, HOME
from evals.questions import SETS, Question, question_sets, read_questions, write_questions
from evals.statistics import (
    Measure,
    clustered,
    paired,
    paired_difference,
    rule_of_three,
    wilson,
)

FILES = [*question_sets("tuning"), *question_sets("reporting")]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_the_sets_are_well_formed(path: Path) -> None:
    questions = read_questions(path)
    assert len({q.id for q in questions}) == len(questions) >= 5
    wrong = [
        q.id
        for q in questions
        if (q.answerable != bool(q.gold) and "plain" not in q.tags)
        or (q.answerable and not (q.nuggets or q.verdict or q.gold or "plain" in q.tags))
    ]
    assert wrong == []


def test_no_question_stands_in_a_tuning_and_a_reporting_set() -> None:
    def texts(paths: list[Path]) -> dict[str, str]:
        questions = (q for path in paths for q in read_questions(path))
        return {" ".join(q.question.casefold().split()): q.id for q in questions if not q.history}

    tuning, reporting = texts(question_sets("tuning")), texts(question_sets("reporting"))
    assert [(tuning[t], reporting[t]) for t in tuning.keys() & reporting.keys()] == []


def test_no_id_is_used_twice() -> None:
    counted = Counter(q.id for path in FILES for q in read_questions(path))
    assert [key for key, count in counted.items() if count > 1] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id":"c","nonsense":1}', "linje 2: question: mangler"),
        ('{"id":"c","question":"d","answerable":true,"nonsense":1}', "nonsense: kendes ikke"),
        ('{"id":"c"', "linjen er ikke gyldig JSON"),
        ('{"id":"","question":"d","answerable":true}', "id: er tom"),
        ('{"id":"c","question":"d","answerable":false,"verdict":"ja"}', "answerable er false"),
        ('{"id":"c","question":"d","answerable":true,"gold":[{"document":"a.pdf"}]}', "quote"),
    ],
)
def test_a_line_that_does_not_fit_is_told(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id":"a","question":"b","answerable":false}\n' + line + "\n")
    with pytest.raises(UsageError, match=said) as told:
        read_questions(path)
    assert "set.jsonl, linje 2" in str(told.value)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    questions = read_questions(SETS / "corpus-b.tuning.jsonl")
    write_questions(tmp_path / "set.jsonl", questions)
    assert read_questions(tmp_path / "set.jsonl") == questions


def test_the_cache_is_ignored_by_git() -> None:
    assert CACHE.is_relative_to(HOME / ".maavi")
    assert ".maavi/" in (HOME / ".gitignore").read_text().splitlines()


def test_a_question_without_an_answer_has_none() -> None:
    with pytest.raises(ValueError, match="answerable er false"):
        Question.model_validate(
            {"id": "a", "question": "b", "answerable": False, "nuggets": [{"any_of": ["c"]}]}
        )


def test_wilsons_interval_is_that_of_the_tables() -> None:
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
    low, high = Measure("", 81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == (0.0, 1.0)


def test_no_failures_in_a_hundred_allow_three_percent() -> None:
    assert rule_of_three(100) == 0.03
    assert rule_of_three(2) == 1.0
    assert rule_of_three(0) == 1.0


def test_clusters_widen_the_interval_and_the_seed_holds_it() -> None:
    rng = np.random.default_rng(3)
    level = rng.normal(0.5, 0.2, 20).repeat(10)
    values = (level + rng.normal(0, 0.05, 200)).tolist()
    clusters = [str(n // 10) for n in range(200)]
    low, high = clustered(values, clusters)
    alone_low, alone_high = clustered(values, [str(n) for n in range(200)])
    assert high - low > 2 * (alone_high - alone_low)  # the design effect of ten alike
    assert (low, high) == clustered(values, clusters)
    # The normal approximation over the means of the clusters.
    half = 1.96 * np.std(level[::10]) / np.sqrt(20)
    assert (high - low) / 2 == pytest.approx(half, rel=0.15)


def test_a_paired_difference_is_over_what_both_have() -> None:
    now = {"a": 1.0, "b": 0.0, "c": 1.0, "new": 0.0}
    before = {"a": 0.0, "b": 0.0, "c": 1.0, "old": 1.0}
    found = paired(now, before, {})
    assert found is not None
    assert found[0] == pytest.approx(1 / 3)
    assert paired(now, {"old": 1.0}, {}) is None


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
