"""The report: whole by itself, in Danish, and silent about questions held out."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from evals.answers import Configuration
from evals.measuring import measure_all
from evals.measuring.cases import Case
from evals.report import plots
from evals.report.page import page
from evals.report.worst import worst
from evals.result import result_of
from evals.suite import QuestionSet, Run
from tests.evals.made import RECORD, UNANSWERED, made_corpus
from tests.evals.test_mutations import NOTHING, QUESTION

_VOID = {"meta", "br", "rect", "line", "polyline"}


class _Balanced(HTMLParser):
    """Knows whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag


def _run(*, held_out: bool = False) -> Run:
    corpus = made_corpus()
    said = RECORD.claims[0].model_copy(update={"text": "ChatGPT må bruges til <alt>."})
    wrong = RECORD.model_copy(
        update={
            "verdict": "ja",
            "claims": (said,),
        }
    )
    cases = (Case(QUESTION, wrong, corpus), Case(NOTHING, UNANSWERED, corpus))
    used = Configuration(engine="extractive", embedder="builtin", day="2026-11-25", indexes={})
    questions = QuestionSet("egne.jsonl", (QUESTION, NOTHING), held_out)
    return Run((questions,), cases, used, tuple(measure_all(cases)))


def test_it_is_one_file_that_needs_nothing_else() -> None:
    run = _run()
    text = page(run, result_of(run), None)
    parser = _Balanced()
    parser.feed(text)
    assert parser.open == []
    assert re.findall(r"(?:src|href|url)\s*[=(]", text) == []
    assert text.startswith('<!doctype html><html lang="da">')


def test_the_worst_answer_is_told_with_what_has_no_support_marked() -> None:
    run = _run()
    text = page(run, result_of(run), None)
    assert "Forkert afgørelse: ja; det rigtige er betinget" in text
    assert "<mark>ChatGPT må bruges til &lt;alt&gt;.</mark>" in text
    assert "Adgangskoden skal være på mindst 15 tegn." in text  # what is right, and was found
    assert "ikke målt" in text


def test_a_question_held_out_is_not_shown() -> None:
    run = _run(held_out=True)
    text = page(run, result_of(run), None)
    assert QUESTION.question not in text
    assert "ChatGPT" not in text
    assert "Forkert afgørelse: ja; det rigtige er betinget" in text


def test_the_change_since_the_baseline_is_told() -> None:
    run = _run()
    now = result_of(run)
    right = {**now["measures"]["right"], "values": dict.fromkeys(("q", "n"), 1.0)}
    before = {**now, "measures": {**now["measures"], "right": right}}
    assert "Ændring siden sidst: -50.0%" in page(run, now, before).replace(",", ".")


def test_the_worst_come_first_and_the_right_not_at_all() -> None:
    good = Case(QUESTION, RECORD, made_corpus())
    bad = replace(good, record=RECORD.model_copy(update={"verdict": "ja"}))
    less = replace(
        good,
        question=QUESTION.model_copy(update={"id": "z"}),
        record=RECORD.model_copy(update={"verdict": "nej"}),
    )
    assert worst([less, good, bad]) == [bad, less]


def test_a_line_lies_within_its_frame() -> None:
    axis = plots.Axis("k", plots.SHARE)
    svg = plots.lines({"a": [(0.0, 0.0), (1.0, 1.0)], "b": [(0.5, 0.5)]}, axis, axis, "Titel")
    assert "<title>Titel</title>" in svg
    points = re.findall(r'points="([^"]+)"', svg)
    (x1, y1), (x2, y2) = (tuple(map(float, p.split(","))) for p in points[0].split())
    assert 0 < x1 < x2 < 520
    assert 300 > y1 > y2 > 0


@pytest.mark.parametrize("value", [-0.2, 0.0, 0.5, 1.0, 1.3])
def test_a_bar_stays_between_nothing_and_all(value: float) -> None:
    widths = [float(w) for w in re.findall(r'width="([\d.]+)"', plots.bar(value, 0.0, 1.0))]
    assert all(0 <= width <= 100 for width in widths)
