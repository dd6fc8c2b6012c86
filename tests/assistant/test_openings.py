"""Open questions: recognised, and told from the documents' own tables and sections."""

from pathlib import Path

import pytest

from assistant.opening import at_large, opening_of
from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.corpora import named
from ingest.rules.lexicon import Lexicon

TELLS: list[tuple[str, str | None, str]] = [
    ("Hvilke værktøjer må jeg bruge?", "tools", ""),
    ("hvilke ai chatbots må vi bruge på arbejdet", "tools", ""),
    ("Which AI tools can I use at work?", "tools", ""),
    ("Hvilke værktøjer må jeg bruge til gule oplysninger?", "tools", "gule oplysninger"),
    ("hva ka jeg bruge i stedet for midjourney til plakater", "tools", "midjourney plakater"),
    ("Hvad skal jeg som pædagog vide om AI?", "rules", "pædagog"),
    ("Jeg er ny. Hvad skal jeg vide om Copilot?", "rules", "copilot"),
    ("I'm new here. What should I know about AI?", "rules", ""),
    ("Hvad er det vigtigste at huske om AI?", "rules", ""),
    ("Hvad må vi aldrig bruge AI til?", "bans", ""),
    ("What must I never put into a chatbot?", "bans", ""),
    ("Hvordan får jeg godkendt et nyt værktøj?", "approval", ""),
    ("hvem spørger jeg hvis jeg er i tvivl?", "help", ""),
    ("Skal jeg mærke en tekst fra Copilot?", None, ""),
    ("Må jeg bruge Copilot til et referat?", None, ""),
    ("Hvad koster en licens til Copilot?", None, ""),
    ("Hvor lang tid tager en godkendelse?", None, ""),
    ("Hvem godkender et nyt værktøj?", None, ""),
    ("Hvornår gælder politikken fra?", None, ""),
    ("Hvordan bestiller en borger tid til nyt pas?", None, ""),
]


@pytest.mark.parametrize(("text", "kind", "focus"), TELLS)
def test_an_open_question_is_recognised(text: str, kind: str | None, focus: str) -> None:
    opening = opening_of(text, Lexicon.load())
    assert (opening.kind if opening else None) == kind
    said = opening.focus.split() if opening else []
    assert set(focus.split()) <= set(said)


@pytest.mark.parametrize(
    ("text", "is_at_large"),
    [
        ("Må jeg bruge AI?", True),
        ("må vi godt bruge kunstig intelligens på arbejdet", True),
        ("Er det ok at bruge chatbots i mit job?", True),
        ("Can I use AI at work?", True),
        ("Må jeg bruge AI til breve?", False),
        ("Må en elev bruge AI?", False),
        ("Må jeg bruge ChatGPT?", False),
        ("Hvad bruger kommunen AI til?", False),
        ("Må AI træffe afgørelser?", False),
    ],
)
def test_leave_to_use_ai_at_all_is_recognised(text: str, is_at_large: bool) -> None:
    assert (at_large(text, Lexicon.load()) is not None) == is_at_large


def test_leave_to_use_ai_at_all_hangs_on_the_tool(sample_index: Path) -> None:
    answer = Assistant(Settings(index=sample_index)).ask("Må jeg bruge AI?")
    assert answer.verdict is None
    assert answer.text.startswith("**Det kommer an på værktøjet")
    for tool in ("Copilot Chat", "DeepSeek"):
        assert tool in answer.text


def test_no_municipality_says_plainly_no_to_ai_at_all() -> None:
    answers = [_of(name).ask("Må jeg bruge AI?") for name in ("holmlev", "skovbo", "tolvby")]
    assert all(a.status == "answered" for a in answers)
    assert all(a.verdict != "nej" for a in answers)


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


def test_a_question_narrowed_to_what_no_document_knows_is_declined(sample_index: Path) -> None:
    answer = Assistant(Settings(index=sample_index)).ask("Hvilken AI er bedst til at kode i Rust?")
    assert answer.status == "declined"


@pytest.mark.parametrize(
    ("municipality", "question", "said", "left_out"),
    [
        ("ladby", "Hvilke værktøjer må jeg bruge til gule oplysninger?", "DeepL Pro", "ChatGPT"),
        (
            "solvig",
            "hva kan jeg bruge i stedet for copilot til navn og adresse",
            "Solskriver",
            "Le",
        ),
        (
            "vestbjerg",
            "Hvad kan jeg bruge til illustrationer i stedet for Canva?",
            "Firefly",
            "Canva",
        ),
    ],
)
def test_tools_are_those_that_suit_what_is_asked(
    municipality: str, question: str, said: str, left_out: str
) -> None:
    answer = _of(municipality).ask(question)
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert any(said in line for line in lines)
    assert not any(line.startswith(f"- {left_out}") for line in lines)
    assert all(line.endswith("]") for line in lines)


@pytest.mark.parametrize(
    ("municipality", "question", "said", "page"),
    [
        (
            "solvig",
            "Jeg er ny i hjemmeplejen. Hvad gælder for os med AI?",
            "Egen telefon må ikke",
            3,
        ),
        ("vestbjerg", "Lærer her: de vigtigste regler om AI i skolen?", "AI må ikke rette", 1),
        ("holmlev", "Hvad må jeg aldrig bruge AI til i ældreplejen?", "dosis, virkning", 5),
        ("nordkaer", "Hvad er forbudt med AI?", "gætte følelser", 2),
        ("tolvby", "Hvad er det vigtigste at vide om AI?", "Vi bruger det, vi har en aftale om", 1),
        ("fjordby", "Hvordan får jeg en licens til Copilot?", "din leder bestiller", 2),
    ],
)
def test_what_is_asked_narrows_what_is_told(
    municipality: str, question: str, said: str, page: int
) -> None:
    answer = _of(municipality).ask(question)
    assert said in answer.text
    assert page in {c.page for c in answer.citations}


def test_a_yes_is_told_with_the_question_that_it_answers() -> None:
    answer = _of("skovbo").ask("Vi er pædagoger i en børnehave. Hvad kan vi bruge AI til?")
    line = next(line for line in answer.text.splitlines() if "omtaler de enkelte børn" in line)
    assert "Må vi bruge AI til ugebrevet i børnehaven?" in line


def test_what_must_not_be_written_is_not_all_that_must_not_be_done(sample_index: Path) -> None:
    answer = Assistant(Settings(index=sample_index)).ask("hvad må jeg aldrig skrive i en chatbot?")
    assert "Du må aldrig skrive cpr-numre" in answer.text
    assert "følelser" not in answer.text
