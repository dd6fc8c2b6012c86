"""The way from question to answer, on the sample corpus and on a corpus of its own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.decide import NEAR
from assistant.errors import IndexUnusable
from assistant.pipeline import LONGEST_QUESTION, Assistant
from assistant.settings import Settings
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus

Maker = Callable[..., Path]


@pytest.fixture(scope="session")
def assistant(sample_index: Path) -> Assistant:
    return Assistant(Settings(index=sample_index))


def test_the_licences_are_counted_on_the_right_page(assistant: Assistant) -> None:
    answer = assistant.ask("Hvor mange E3-licenser er i brug?")
    assert answer.status == "answered"
    assert "2386" in answer.text.splitlines()[0]
    assert (answer.citations[0].document, answer.citations[0].page) == (
        "notat-ai-svendborg.pdf",
        12,
    )
    assert answer.verdict is None


def test_markers_and_citations_number_each_other(assistant: Assistant) -> None:
    answer = assistant.ask("Hvem skal jeg ringe til, når der er sket et brud på sikkerheden?")
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in answer.text for number in numbers)
    assert {n for claim in answer.claims for n in claim.citations} == set(numbers)


@pytest.mark.parametrize(
    "question",
    ["Hvem vandt Superligaen i 2023?", "asdf qwerty zxcv", "Hvad er hovedstaden i Mongoliet?"],
)
def test_what_the_documents_do_not_say_is_declined_with_a_contact(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "declined"
    assert answer.citations == ()
    assert "11 dokumenter" in answer.text
    assert "@kommunen.example" in answer.contacts[0]
    assert answer.contacts[0] in answer.text


def test_what_comes_nearest_is_quoted_though_it_is_no_answer(assistant: Assistant) -> None:
    asked = (
        "hvornår luker it-servicedesk om eftermidagen",
        "Hvor tit bør nogen læse dens samtaler igennem?",
        "A citizen asks under GDPR for access to her data. How long do we have to answer?",
    )
    answers = [assistant.ask(question) for question in asked]
    near = [a for a in answers if a.status == "declined" and a.claims]
    assert near
    for answer in near:
        quoted = [f"- {claim.text} [{claim.citations[0]}]" for claim in answer.claims]
        assert "\n".join(quoted) in answer.text
        assert answer.contacts[0] in answer.text
        assert answer.verdict is None
        assert {n for c in answer.claims for n in c.citations} == {
            c.number for c in answer.citations
        }


def test_of_leave_nothing_unsure_is_quoted(assistant: Assistant) -> None:
    question = "Må vi lade et program gætte, hvilke ledige der ender med at gå længe uden job?"
    answer = assistant.ask(question)
    assert answer.status == "declined"
    assert answer.trace.evidence["probability"] >= NEAR  # near enough for any other question
    assert answer.claims == ()


def test_an_english_question_gets_an_english_frame(assistant: Assistant) -> None:
    answered = assistant.ask("How many E3 licences are in use?")
    assert answered.language == "en"
    assert answered.text.startswith("The documents are in Danish.")
    assert "2386" in answered.text
    assert "I cannot find an answer" in assistant.ask("Who won the World Cup in 1998?").text


@pytest.mark.parametrize("question", ["", "   ", "x" * (LONGEST_QUESTION + 1)])
def test_an_unusable_question_is_said_to_be_one(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "error"
    assert answer.text.startswith("Spørgsmålet er")


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask("Må jeg bruge DeepSeek?") for _ in range(2))
    assert (first.text, first.citations) == (second.text, second.citations)


def test_no_index_is_said_with_what_to_do(tmp_path: Path) -> None:
    assistant = Assistant(Settings(index=tmp_path / "none"))
    with pytest.raises(IndexUnusable, match="maavi ingest"):
        assistant.ask("Hvad?")
    assert assistant.state().status == "missing"


def _corpus(folder: Path, make_pdf: Maker, register: str, **texts: str) -> Assistant:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for name, text in texts.items():
        make_pdf(corpus / f"{name}.pdf", [("1 Kantinen", text)])
    (corpus / "documents.toml").write_text(register, encoding="utf-8")
    ingest_corpus(corpus, folder / "index", embedder_named("builtin"))
    return Assistant(Settings(index=folder / "index"), today=lambda: date(2026, 6, 1))


def test_documents_count_only_while_they_are_in_force(tmp_path: Path, make_pdf: Maker) -> None:
    text = "Kantinen serverer frokost klokken {} hver dag i hele huset."
    assistant = _corpus(
        tmp_path,
        make_pdf,
        '[[document]]\nfile = "old.pdf"\nvalid_until = 2026-05-31\n'
        '[[document]]\nfile = "now.pdf"\nvalid_from = 2026-06-01\n'
        '[[document]]\nfile = "next.pdf"\nvalid_from = 2026-06-02\n',
        old=text.format("11.00"),
        now=text.format("12.00"),
        next=text.format("13.00"),
    )
    answer = assistant.ask("Hvornår serverer kantinen frokost?")
    assert {c.document for c in answer.citations} == {"now.pdf"}
    assert "12.00" in answer.text


def test_an_overdue_review_is_noted(tmp_path: Path, make_pdf: Maker) -> None:
    assistant = _corpus(
        tmp_path,
        make_pdf,
        '[[document]]\nfile = "a.pdf"\ntitle = "Regler"\nreview_by = 2026-05-31\n',
        a="Kantinen serverer frokost klokken 11.30 hver dag i hele huset.",
    )
    answer = assistant.ask("Hvornår serverer kantinen frokost?")
    assert answer.notes == ("Bemærk: ”Regler” skulle have været gennemgået senest 31. maj 2026.",)
    assert answer.notes[0] in answer.text


def test_a_new_index_is_taken_up_without_a_restart(tmp_path: Path, make_pdf: Maker) -> None:
    register = '[[document]]\nfile = "a.pdf"\n'
    assistant = _corpus(
        tmp_path, make_pdf, register, a="Kantinen serverer frokost klokken 11.30 hver dag."
    )
    assert "11.30" in assistant.ask("Hvornår serverer kantinen frokost?").text
    _corpus(tmp_path, make_pdf, register, a="Kantinen serverer frokost klokken 12.15 hver dag.")
    assert "12.15" in assistant.ask("Hvornår serverer kantinen frokost?").text
