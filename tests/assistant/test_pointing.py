"""Sentences that only say where something stands answer nothing but where it stands."""

from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.pointing import points_on
from assistant.settings import Settings


@pytest.mark.parametrize(
    "sentence",
    [
        "Politikken forklarer, hvordan et nyt AI-værktøj bliver godkendt.",
        "Tabellen viser, hvilke klasser hvert værktøj er godkendt til.",
        "Reglerne om afgørelser står i ”AI i sagsbehandlingen”.",
        "Læs mere i ”Persondata og AI”.",
        "Se siden om SkovGPT.",
        "Politikken gælder for alle ansatte.",
    ],
)
def test_what_only_points_on(sentence: str) -> None:
    assert points_on(sentence, "Hvordan får jeg det godkendt?")


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Reglerne om afgørelser står i ”AI i sagsbehandlingen”.", "Hvor står reglerne?"),
        ("Politikken gælder for alle ansatte.", "Hvem gælder politikken for?"),
        ("Notatet handler om AI i Svendborg.", "Hvad handler notatet om?"),
        ("En tjeneste, der ikke står i tabellen, må kun afprøves.", "Må jeg prøve den?"),
        ("Findes opgaven ikke i tabellen, skal du spørge din leder.", "Hvad gør jeg?"),
        ("Siden blev åbnet i 2024.", "Hvad sker der?"),
    ],
)
def test_what_says_something(sentence: str, question: str) -> None:
    assert not points_on(sentence, question)


def test_such_a_sentence_is_never_the_answer(sample_index: Path) -> None:
    assistant = Assistant(Settings(index=sample_index))
    answer = assistant.ask("Hvilke klasser er værktøjerne godkendt til?")
    assert "Tabellen viser" not in answer.text
