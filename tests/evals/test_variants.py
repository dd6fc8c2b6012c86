"""Corpora changed on purpose: what each index has, and what is asked of it."""

import pytest

from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.corpora import DAY, SAMPLE, is_in, named
from evals.measuring.robustness import changed
from evals.questions import SETS, read_questions
from evals.variants import CHANGES, variant

QUESTIONS = read_questions(SETS / "robustness.tuning.jsonl")


@pytest.fixture(scope="module")
def whole() -> dict[str, int]:
    return {p.id: 1 for p in named(SAMPLE, Settings()).index.passages}


def test_the_gold_passages_are_out_of_every_part(whole: dict[str, int]) -> None:
    corpus = variant("withheld", QUESTIONS, Settings())
    kept = {p.id for p in corpus.index.passages}
    gold = [g for q in QUESTIONS for g in q.gold]
    assert kept < whole.keys()
    assert not any(is_in(g, p) for g in gold for p in corpus.index.passages)
    found = corpus.index.nearest(QUESTIONS[0].question, 200)
    assert set(found) <= kept
    assistant = Assistant(corpus.settings, lambda: DAY)
    assert {h.passage.id for h in assistant.search(QUESTIONS[0].question)} <= kept


def test_an_outdated_document_is_added_and_nothing_lost(whole: dict[str, int]) -> None:
    corpus = variant("outdated", QUESTIONS, Settings())
    assert whole.keys() < {p.id for p in corpus.index.passages}
    text = " ".join(p.text for p in corpus.index.passages if p.document.startswith("midlertidige"))
    assert [q.id for q in QUESTIONS if not any(w in text for w in q.must_not)] == []


def test_what_is_right_changes_with_the_documents() -> None:
    asked = {change: changed(QUESTIONS[0], change) for change in CHANGES}
    assert asked["withheld"].answerable is False
    assert not (asked["withheld"].gold or asked["withheld"].nuggets)
    assert asked["outdated"].nuggets == QUESTIONS[0].nuggets
    assert len({q.id for q in asked.values()}) == len(CHANGES)
