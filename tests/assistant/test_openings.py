"""Open questions: recognised, and told from the documents' own tables and sections."""

from pathlib import Path

import pytest

from assistant.opening import opening_of
from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.corpora import named
from ingest.rules.lexicon import Lexicon

TELLS: list[tuple[str, str | None]] = [
    ("Hvilke værktøjer må jeg bruge?", "tools"),
    ("hvilke ai chatbots må vi bruge på arbejdet", "tools"),
    ("Hvilke AI-værktøjer er godkendt?", "tools"),
    ("Which AI tools can I use at work?", "tools"),
    ("Hvilke værktøjer må jeg bruge til følsomme oplysninger?", None),
    ("Hvilke værktøjer må jeg bruge til oversættelse?", None),
    ("Hvilke værktøjer må lærerne bruge?", None),
    ("Jeg er ny. Hvad skal jeg vide om AI?", "newcomer"),
    ("jeg er lige startet hva ska jeg vide", "newcomer"),
    ("I'm new here. What should I know about AI?", "newcomer"),
    ("Hvad er det vigtigste at huske om AI?", "newcomer"),
    ("Jeg er ny. Hvad skal jeg vide om Copilot?", None),
    ("Jeg er ny. Hvad koster en licens?", None),
    ("Hvordan får jeg godkendt et nyt værktøj?", "approval"),
    ("Jeg vil gerne bruge et nyt program. Hvad gør jeg?", "approval"),
    ("How do I get a new tool approved?", "approval"),
    ("Hvor lang tid tager en godkendelse?", None),
    ("Hvem godkender et nyt værktøj?", None),
    ("hvem spørger jeg hvis jeg er i tvivl?", "help"),
    ("Who do I ask if I'm in doubt?", "help"),
    ("Hvem spørger jeg om en licens til Copilot?", None),
]


@pytest.mark.parametrize(("text", "kind"), TELLS)
def test_an_open_question_is_recognised(text: str, kind: str | None) -> None:
    assert opening_of(text, Lexicon.load()) == kind


def _of(municipality: str) -> Assistant:
    corpus = named(municipality, Settings())
    return Assistant(corpus.settings, lambda: corpus.day)


def test_every_row_of_the_table_of_tools_is_told_and_cited(sample_index: Path) -> None:
    answer = Assistant(Settings(index=sample_index)).ask("Hvilke værktøjer må jeg bruge?")
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert len(lines) == len(answer.claims) == len(answer.citations) >= 10
    assert all(line.endswith(f"[{n}]") for n, line in enumerate(lines, 1))
    assert any("SkrivLokalt" in line for line in lines)
    assert answer.steps  # a chat model must not leave a row out
    assert answer.verdict is None


def test_the_newcomers_own_list_goes_before_others(sample_index: Path) -> None:
    answer = Assistant(Settings(index=sample_index)).ask("Jeg er ny. Hvad skal jeg vide om AI?")
    assert {c.document for c in answer.citations} == {"velkommen-ai-for-nye.pdf"}
    assert all(rule in answer.text for rule in ("Tænk, før du deler", "Sig det højt"))


def test_the_steps_to_an_approval_are_told_in_order(sample_index: Path) -> None:
    answer = Assistant(Settings(index=sample_index)).ask("Hvordan får jeg godkendt et nyt værktøj?")
    steps = ("Ansøgning", "Screening", "Fuld vurdering", "Afgørelse", "AI-registret")
    places = [answer.text.index(step) for step in steps]
    assert places == sorted(places)
    assert "Politikken forklarer" not in answer.text


@pytest.mark.parametrize(
    ("municipality", "question", "said"),
    [
        ("holmlev", "Hvilke værktøjer må jeg bruge?", "HolmGPT Sag"),
        ("fjordby", "Hvilke værktøjer må jeg bruge?", "Fjordassistenten: "),  # it has no table
        ("ladby", "Jeg er ny. Hvad skal jeg vide om AI?", "Farven bestemmer: "),
        ("engdal", "Jeg er ny. Hvad skal jeg vide om AI?", "Nogle af reglerne"),
        ("mosebro", "Hvordan får jeg godkendt et nyt værktøj?", "Systemudvalget"),
        ("skovbo", "Hvem kan jeg spørge, hvis jeg er i tvivl?", "AI-guide"),
        ("fjordby", "Hvem spørger jeg, hvis jeg er i tvivl?", "ki-hjaelp@kommunen.example"),
        ("damslev", "Hvem spørger jeg, hvis jeg er i tvivl?", "skolens AI-vejleder"),
        ("damslev", "How do I get a new tool approved?", "SÆ-31"),
    ],
)
def test_other_municipalities_are_told_of_too(municipality: str, question: str, said: str) -> None:
    answer = _of(municipality).ask(question)
    assert answer.status == "answered"
    assert said in answer.text


def test_documents_that_no_longer_hold_are_left_out() -> None:
    for question in ("Hvilke værktøjer må jeg bruge?", "Hvordan får jeg godkendt et nyt værktøj?"):
        cited = {c.document for c in _of("damslev").ask(question).citations}
        assert cited
        assert "pilot-optagelse.pdf" not in cited


def test_documents_with_nothing_for_it_take_the_ordinary_way() -> None:
    assert not _of("skovbo").ask("Hvordan får jeg godkendt et nyt værktøj?").steps
