"""Two questions asked at once, and numbers that are somebody else's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.asking import halves, twofold
from assistant.pipeline import Assistant
from assistant.settings import Settings, load_settings
from evals.corpora import named
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus

Maker = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hvor og hvornår er kurset?", ("Hvor er kurset?", "hvornår er kurset?")),
        (
            "Hvor længe må en pilot vare, og hvor mange må være med?",
            ("Hvor længe må en pilot vare", "hvor mange må være med"),
        ),
        (
            "hva er forskellen på gule og røde oplysninger?",
            ("hvad er gule oplysninger", "hvad er røde oplysninger"),
        ),
        (
            "What is the difference between Copilot and Copilot Chat?",
            ("what is Copilot", "what is Copilot Chat"),
        ),
        ("Hvad hedder den dom, hvor EU-Domstolen sagde det?", ()),
        ("Hvor kan man læse om, hvad vi bruger AI til?", ()),
        ("Hvad koster en licens og et kursus?", ()),
    ],
)
def test_two_questions_are_told_apart(text: str, found: tuple[str, ...]) -> None:
    assert halves(text) == found


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, make_pdf: Maker) -> Assistant:
    """Of one document with a price and a telephone number."""
    folder = tmp_path_factory.mktemp("halves")
    text = [
        ("Priser", "En licens til Skriveren koster 300 kr. om året."),
        ("Kontakt", "Ring til Servicedesk på lokal 4000."),
        ("Andet", "Tegneren er et program med licens. Juristerne har et kontor på rådhuset."),
    ]
    (folder / "corpus").mkdir()
    make_pdf(folder / "corpus" / "regler.pdf", text)
    ingest_corpus(folder / "corpus", folder / "index", embedder_named("builtin"))
    return Assistant(Settings(index=folder / "index"))


def test_both_are_answered(sample_index: Path) -> None:
    assistant = Assistant(Settings(index=sample_index))
    answer = assistant.ask("Hvor længe må en pilot vare, og hvor mange må være med?")
    assert "3 måneder" in answer.text
    assert "25 brugere" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Hvem godkender nye værktøjer, og hvad koster frokosten i kantinen?",
        "Hvor længe må en pilot vare, og hvad hedder svømmehallens bademester?",
    ],
)
def test_a_half_that_is_not_answered_is_said(sample_index: Path, question: str) -> None:
    answer = Assistant(Settings(index=sample_index)).ask(question)
    other = question.partition(", og ")[2]
    assert answer.status == "answered"
    assert f"{other}” Det kan jeg ikke finde svar på" in answer.text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Hvad koster en licens til Skriveren?", "300 kr."),
        ("Hvilket lokalnummer har Servicedesk?", "4000"),
        ("Hvad koster en licens til Tegneren?", ""),
        ("Hvilket lokalnummer har juristerne?", ""),
    ],
)
def test_a_price_or_number_of_something_else_is_no_answer(
    assistant: Assistant, question: str, found: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.status == "answered") == bool(found)
    assert found in answer.text


def test_two_things_are_told_apart_each_by_what_it_is() -> None:
    corpus = named("ladby", Settings())
    assistant = Assistant(corpus.settings, lambda: corpus.day)
    answer = assistant.ask("Hvad er forskellen på gule og røde oplysninger?")
    paragraphs = answer.text.split("\n\n")
    assert "Gule oplysninger er internt materiale" in paragraphs[0]
    lists = [p for p in paragraphs if p.startswith("Det er for eksempel:")]
    assert [len(p.splitlines()) > 3 for p in lists] == [True, True]


def test_of_a_numbered_series_none_between_is_left_out(tmp_path: Path, make_pdf: Maker) -> None:
    (tmp_path / "corpus").mkdir()
    text = (
        "Kommunen kan vælge mellem tre modeller for kunstig intelligens.\n"
        "Model 1: Kommunen venter på andre kommuners erfaringer med modellen.\n"
        "Model 2: En medarbejder får ansvaret.\n"
        "Model 3: Kommunen udvikler kunstig intelligens selv efter modellen."
    )
    make_pdf(tmp_path / "corpus" / "notat.pdf", [("Tre modeller", text)])
    ingest_corpus(tmp_path / "corpus", tmp_path / "index", embedder_named("builtin"))
    assistant = Assistant(Settings(index=tmp_path / "index"))
    answer = assistant.ask("Hvad går modellerne for kunstig intelligens i kommunen ud på?")
    told = [claim.text for claim in answer.claims if claim.text.startswith("Model ")]
    assert [text.split()[1] for text in told] == ["1:", "2:", "3:"]


def test_what_is_asked_besides_an_open_question_is_answered_or_said_not_to_be() -> None:
    corpus = named("damslev", load_settings())
    assistant = Assistant(corpus.settings, lambda: corpus.day)
    both = assistant.ask("Hvordan får en studerende adgang til DamGPT, og hvornår bestilles det?")
    assert "fem arbejdsdage" in both.text
    half = assistant.ask("Hvilke AI-værktøjer har vi, og hvornår åbner svømmehallen?")
    assert half.status == "answered"
    assert "Det kan jeg ikke finde svar på" in half.text
    assert "svømmehallen" in half.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Jeg er ny. Hvordan får jeg en licens, og hvad koster den?",
            ("Jeg er ny. Hvordan får jeg en licens?", "Jeg er ny. hvad koster den?"),
        ),
        ("Hvad er forskellen på gule og røde data?", ()),
        ("Hvad koster en licens?", ()),
    ],
)
def test_each_of_two_questions_has_what_is_said_before(text: str, found: tuple[str, ...]) -> None:
    assert twofold(text) == found
