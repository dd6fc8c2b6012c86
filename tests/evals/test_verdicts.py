"""The questions with verdicts, and what an answer to one costs. Failures name ids alone."""

from functools import cache
from pathlib import Path

import pytest

from assistant.models import Answer, Citation, Verdict
from evals.questions import SETS
from evals.statistics import Measure
from evals.verdicts import Gold, Item, Result, _pages_with, corpus_folder, measures, read_items

FILES = sorted(SETS.glob("verdicts*.jsonl"))
GOLD = [Gold(document="a.pdf", quote="q")]
PAGE = Citation(1, "a.pdf", "A", 1, "1", "", "q")


@cache
def _items(path: Path) -> list[Item]:
    return read_items(path)


def _result(gold: Verdict | None, said: Verdict | None, status: str = "answered") -> Result:
    item = Item(id="x", corpus="sample", question="?", answerable=True, verdict=gold, gold=GOLD)
    answered = Answer("answered", "", verdict=said, citations=(PAGE,))
    return Result(item, answered if status == "answered" else Answer("declined", ""), True)


def _unanswerable(said: Verdict | None, status: str = "answered") -> Result:
    item = Item(id="y", corpus="sample", question="?", answerable=False)
    answer = Answer("answered", "", verdict=said)
    return Result(item, answer if status == "answered" else Answer("declined", ""), None)


def test_there_are_sets_of_both_kinds() -> None:
    names = [path.name for path in FILES]
    assert "verdicts.tuning.jsonl" in names
    assert "verdicts.reporting.jsonl" in names


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_the_sets_are_well_formed(path: Path) -> None:
    items = _items(path)
    wrong = [
        item.id
        for item in items
        if (item.verdict and not item.answerable)
        or (item.answerable != bool(item.gold) and "plain" not in item.tags)
        or not item.question.strip()
        or not (corpus_folder(item.corpus) / "documents.toml").is_file()
    ]
    assert len(items) >= 38
    assert wrong == []


def test_no_id_is_used_twice() -> None:
    ids = [item.id for path in FILES for item in _items(path)]
    assert sorted(i for i in set(ids) if ids.count(i) > 1) == []


def test_no_question_stands_in_a_tuning_and_a_reporting_set() -> None:
    def texts(kind: str) -> dict[str, str]:
        items = (item for path in SETS.glob(f"verdicts*.{kind}.jsonl") for item in _items(path))
        return {" ".join(item.question.casefold().split()): item.id for item in items}

    tuning, reporting = texts("tuning"), texts("reporting")
    assert [(tuning[t], reporting[t]) for t in tuning.keys() & reporting.keys()] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_gold_quote_stands_on_a_page_of_its_pdf(path: Path) -> None:
    lost = {i.id for i in _items(path) for gold in i.gold if not _pages_with(i.corpus, gold)}
    assert sorted(lost) == []


@pytest.mark.parametrize(
    ("result", "cost"),
    [
        (_result("ja", "ja"), 0),
        (_result("nej", "nej"), 0),
        (_result("betinget", "betinget"), 0),
        (_result(None, None), 0),
        (_unanswerable(None, "declined"), 0),
        (_result("nej", "ja"), 5),
        (_result("betinget", "ja"), 5),
        (_result(None, "ja"), 5),
        (_unanswerable("ja"), 5),
        (_result("ja", "nej"), 2),
        (_result("betinget", "nej"), 2),
        (_unanswerable("nej"), 2),
        (_result("ja", "betinget"), 1),
        (_result("nej", "betinget"), 1),
        (_result("ja", None), 1),
        (_result("ja", None, "declined"), 1),
        (_result("nej", None, "declined"), 1),
        (_result(None, None, "declined"), 1),
        (_unanswerable(None), 1),
        (_unanswerable("betinget"), 1),
    ],
)
def test_a_wrong_yes_costs_most_and_a_refusal_least(result: Result, cost: int) -> None:
    assert result.cost == cost


def test_what_is_measured_leaves_out_what_cannot_be() -> None:
    results = [
        _result("ja", "ja"),
        _result("nej", "ja"),
        _result("nej", None, "declined"),
        _result(None, None),
        _unanswerable(None, "declined"),
    ]
    assert measures(results) == [
        Measure("verdict right", 1, 3),
        Measure("no wrong ja where it is nej", 1, 2),
        Measure("a right page cited, of those answered", 3, 3),
        Measure("declined where nothing settles it", 1, 1),
        Measure("answered where something does", 3, 4),
        Measure("facts: answered without a verdict", 1, 1),
    ]


def test_a_quote_is_found_whatever_its_spaces_hyphens_and_case() -> None:
    gold = Gold(document="ai-politik.pdf", quote="MØDER kan op-\ntages,når samtlige deltagere")
    assert _pages_with("havnsoe", gold) == {4}
    lost = Gold(document="ai-politik.pdf", quote="Møder kan aldrig optages")
    assert _pages_with("havnsoe", lost) == set()


def test_a_field_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_text(
        '{"id":"a","corpus":"sample","question":"b","answerable":true,"nonsense":1}\n',
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="nonsense"):
        read_items(path)
