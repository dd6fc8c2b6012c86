"""Trust in the measures: a fault put into a good answer lowers its own measures, and no other."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evals.answers import Record
from evals.corpora import Corpus
from evals.measuring import measure_all
from evals.measuring.cases import Case
from evals.questions import Gold, Nugget, Question
from tests.evals.made import RECORD, UNANSWERED, made_corpus

QUESTION = Question(
    id="q",
    question="Må jeg bruge ChatGPT, og hvor lang skal adgangskoden være?",
    answerable=True,
    verdict="betinget",
    gold=(
        Gold(document="a.pdf", quote="ChatGPT må kun bruges til åbne data."),
        Gold(document="a.pdf", quote="Adgangskoden skal være på mindst 15 tegn."),
    ),
    nuggets=(Nugget(any_of=("åbne data",)),),
    must_not=("alt er tilladt",),
)
NOTHING = Question(id="n", question="Hvad koster en is?", answerable=False)
FIELD = "retrieval.fused."
SEARCH = {
    FIELD + n for n in ("recall@4", "recall@10", "mrr@10", "ndcg@10", "success@1", "success@5")
}
WRONG = {"right", "abstention.crag", "abstention.wrong"}


def _means(record: Record, none: Record, corpus: Corpus) -> dict[str, float]:
    cases = [Case(QUESTION, record, corpus), Case(NOTHING, none, corpus)]
    sign = {"high": 1.0, "low": -1.0}
    return {m.name: sign[m.held.better] * m.mean for m in measure_all(cases) if m.mean is not None}


def _without_citation(record: Record) -> Record:
    claims = (record.claims[0].model_copy(update={"citations": ()}), *record.claims[1:])
    return record.model_copy(update={"claims": claims, "text": record.text.replace(" [1]", "")})


def _claim(number: int, old: str, new: str) -> Callable[[Record], Record]:
    def change(record: Record) -> Record:
        claims = list(record.claims)
        assert old in claims[number].text
        text = claims[number].text.replace(old, new)
        claims[number] = claims[number].model_copy(update={"text": text})
        return record.model_copy(update={"claims": tuple(claims)})

    return change


def _citation(**update: Any) -> Callable[[Record], Record]:
    def change(record: Record) -> Record:
        one = record.citations[1].model_copy(update=update)
        return record.model_copy(update={"citations": (record.citations[0], one)})

    return change


def _passage_swapped(record: Record) -> Record:
    fields = dict.fromkeys(record.fields, ("p3", "p4"))
    return record.model_copy(update={"fields": fields})


def _needless_citation(record: Record) -> Record:
    """A sentence cites a second place that has nothing to do with it."""
    claims = list(record.claims)
    claims[1] = claims[1].model_copy(update={"citations": (1, 2)})
    return record.model_copy(update={"claims": tuple(claims)})


def _with(**update: Any) -> Callable[[Record], Record]:
    return lambda record: record.model_copy(update=update)


MUTATIONS: dict[str, tuple[Callable[[Record], Record], set[str]]] = {
    "a citation dropped": (_without_citation, {"citations.recall"}),
    "a digit changed in a sentence": (_claim(1, "15", "12"), {"citations.recall"}),
    "a negation flipped": (_claim(0, "må kun", "må ikke"), {"citations.recall"}),
    "a condition dropped": (
        _claim(0, "må kun bruges til åbne data", "må bruges"),
        {"citations.recall"},
    ),
    "another passage cited": (
        _citation(quote="Kantinen har åbent til klokken fjorten.", page=2),
        {"citations.recall"},
    ),
    "a digit changed in a quote": (
        _citation(quote="Adgangskoden skal være på mindst 15 tegn og 99."),
        {"quotes.verbatim"},
    ),
    "a page that is not there": (_citation(page=77), {"citations.valid"}),
    "a marker that leads nowhere": (_with(text=f"{RECORD.text} [9]"), {"citations.valid"}),
    "a citation too many": (_needless_citation, {"citations.precision"}),
    "the passages lost in the search": (_passage_swapped, SEARCH),
    "the passages lost to the answer": (_with(context=("p3",)), {"context.recall", "context.gold"}),
    "a verdict changed": (
        _with(verdict="nej"),
        {"verdict.right", "verdict.cost", *WRONG},
    ),
    "a fact left out of the text": (
        _with(text=RECORD.text.replace("åbne data", "noget")),
        {"nuggets.vital", "nuggets.vital-of-answered", "nuggets.every-vital", *WRONG},
    ),
    "what must not be said": (_with(text=f"{RECORD.text} Alt er tilladt."), {"nuggets.must-not"}),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_fault_lowers_its_own_measures_and_no_other(name: str) -> None:
    corpus = made_corpus()
    change, expected = MUTATIONS[name]
    before = _means(RECORD, UNANSWERED, corpus)
    after = _means(change(RECORD), UNANSWERED, corpus)
    assert {key for key in before if after.get(key, -9.0) < before[key]} == expected
    assert {key for key in before if after.get(key, -9.0) > before[key]} == set()


def test_a_good_answer_is_good_by_every_measure() -> None:
    means = _means(RECORD, UNANSWERED, made_corpus())
    low = {"abstention.wrong", "abstention.needless", "verdict.cost"}
    assert {name for name, mean in means.items() if mean != (0.0 if name in low else 1.0)} == set()


def test_answering_what_nothing_answers_is_an_error_of_abstention() -> None:
    corpus = made_corpus()
    said = RECORD.model_copy(update={"id": "n", "question": NOTHING.question, "verdict": None})
    before, after = (_means(RECORD, none, corpus) for none in (UNANSWERED, said))
    assert {n for n in before if after[n] < before[n]} == {"abstention.declined", *WRONG}


def test_a_needless_refusal_is_no_wrong_answer() -> None:
    corpus = made_corpus()
    refused = RECORD.model_copy(update={"status": "declined", "verdict": None})
    before, after = (_means(r, UNANSWERED, corpus) for r in (RECORD, refused))
    lowered = {n for n in before if n in after and after[n] < before[n]}
    assert "abstention.needless" in lowered
    assert "abstention.wrong" not in lowered
    assert "citations.recall" not in after  # not measured is not 0


def test_a_quote_that_reading_lost_lowers_extraction_alone() -> None:
    corpus = made_corpus()
    cut = made_corpus(without="Adgangskoden skal være på mindst 15 tegn.")
    gold = [m for m in measure_all([Case(QUESTION, RECORD, corpus)]) if "extraction" in m.name]
    lost = [m for m in measure_all([Case(QUESTION, RECORD, cut)]) if "extraction" in m.name]
    assert [m.mean for m in gold] == [1.0, 1.0]
    assert [m.mean for m in lost] == [0.5, 0.5]


def test_a_quote_cut_in_two_is_found_and_not_whole() -> None:
    corpus = made_corpus(cut_after="Adgangskoden skal være på")
    found = {m.name: m.mean for m in measure_all([Case(QUESTION, RECORD, corpus)])}
    assert (found["extraction.found"], found["extraction.whole"]) == (1.0, 0.5)


def test_what_is_not_asked_for_is_not_measured() -> None:
    plain = replace(Case(QUESTION, RECORD, made_corpus()))
    bare = QUESTION.model_copy(update={"must_not": (), "nuggets": ()})
    found = {m.name: m for m in measure_all([replace(plain, question=bare)])}
    assert found["nuggets.must-not"].mean is None
    assert found["nuggets.vital"].interval is None
