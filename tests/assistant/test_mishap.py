"""After a mishap: what to do, and not the rule that was broken."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.asking import expectation_of
from assistant.mishap import after_mishap, tells_of_mishap
from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus

Maker = Callable[..., Path]
TOLD = [
    "Jeg kom til at skrive et navn i ChatGPT. Hvad gør jeg?",
    "hvad skal vi gøre, min kollega har delt en sag med Gemini",
    "Der er gået noget galt, der ligger en journal i Claude",
    "jeg sendte ved en fejl et cpr-nummer",
    "Jeg har lige lagt et regneark med navne op i Copilot Chat.",
    "hjælp jeg kom til at paste en klasseliste ind i chatgpt hva gør jeg",
    "ååh nej har lige smidt en hel borgersag ind i copilot chat",
    "I accidentally pasted a name into ChatGPT, what now?",
]
NOT_TOLD = [
    "Hvornår kommer vi til at bruge Copilot?",
    "Hvad kommer det til at koste?",
    "Hvad gør jeg for at få en licens?",
    "Har nogen sendt en mail om kurset?",
    "Vi har optaget mødet og skrevet et udkast i Copilot.",
    "Min leder har givet lov på forhånd",
    "Hvad gør jeg, hvis AI giver mig et forkert svar?",
    "Må jeg skrive et navn i ChatGPT?",
]


@pytest.mark.parametrize("text", TOLD)
def test_a_mishap_is_understood(text: str) -> None:
    assert tells_of_mishap(text)
    assert after_mishap(text, expectation_of(text)) == "action"


@pytest.mark.parametrize("text", NOT_TOLD)
def test_other_questions_tell_of_none(text: str) -> None:
    assert not tells_of_mishap(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Hvem skal jeg ringe til, når jeg er kommet til at dele noget?", "who"),
        ("Hvor hurtigt skal jeg melde, at jeg kom til at dele noget?", "time"),
        ("Jeg kom til at slette en fil. Hvor længe har I backup?", None),
        ("Skal jeg slette chatten, når jeg er kommet til at dele noget?", None),
    ],
)
def test_what_is_asked_of_it_stays_what_it_is(text: str, wish: str | None) -> None:
    expected = expectation_of(text)
    found = after_mishap(text, expected)
    assert (found is None) if wish is None else (found == expected)


def test_the_steps_are_told_in_their_order(sample_index: Path) -> None:
    assistant = Assistant(Settings(index=sample_index))
    answer = assistant.ask("Jeg kom til at skrive en borgers navn i ChatGPT. Hvad skal jeg gøre?")
    lines = answer.text.splitlines()
    assert [line.split()[0] for line in lines] == [f"{n}." for n in range(1, len(lines) + 1)]
    assert len(lines) >= 4
    assert answer.verdict is None
    assert "4 timer" in answer.text
    pages = {(c.document, c.page) for c in answer.citations}
    assert len({document for document, _ in pages}) == 1


@pytest.mark.parametrize(
    "rule",
    [
        "Er der lagt oplysninger i en forkert tjeneste, underrettes Datavagten inden 24 timer.",
        "Går noget galt, ringer du til Datavagten med det samme.",
        "Brud meldes straks til Datavagten.",
        "Hov, jeg satte det forkerte ind. Hvad nu? Ring til Datavagten.",
        "Gik det galt? Har du fået noget ind, der ikke skulle være der? Ring til Datavagten.",
    ],
)
def test_whatever_the_documents_call_it(rule: str, tmp_path: Path, make_pdf: Maker) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = "ChatGPT må kun bruges til åbne oplysninger. Cpr-numre må aldrig skrives i ChatGPT."
    make_pdf(corpus / "a.pdf", [("1 Værktøjer", text), ("2 Til sidst", rule)])
    ingest_corpus(corpus, tmp_path / "index", embedder_named("builtin"))
    assistant = Assistant(Settings(index=tmp_path / "index"), today=lambda: date(2026, 6, 1))
    answer = assistant.ask("Jeg er kommet til at skrive et cpr-nummer i ChatGPT, hvad gør jeg?")
    assert "Datavagten" in answer.text.splitlines()[0]
