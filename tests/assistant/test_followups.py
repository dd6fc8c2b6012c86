"""What could be asked next: only what the documents answer, and something else than was read."""

from pathlib import Path

import pytest

from assistant.accounts.people import Access
from assistant.followups import MOST, follow_ups
from assistant.models import Answer
from assistant.pipeline import Assistant
from assistant.settings import Settings

ASKED = [
    "Må jeg skrive cpr-numre i ChatGPT?",
    "Må jeg bruge ChatGPT?",
    "Hvor mange E3-licenser er i brug?",
    "Må vi optage et møde med en borger?",
]


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant(Settings(index=sample_index))


@pytest.mark.parametrize("question", ASKED)
def test_each_suggestion_is_answered_and_is_new(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    suggested = assistant.followups(question, answer)
    assert 1 <= len(suggested) <= MOST
    assert len(set(suggested)) == len(suggested)
    assert question not in suggested
    for each in suggested:
        assert each.endswith("?")
        assert assistant.ask(each, [question]).status == "answered", each


def test_the_two_kinds_of_question(assistant: Assistant) -> None:
    question = "Må jeg skrive cpr-numre i ChatGPT?"
    suggested = assistant.followups(question, assistant.ask(question))
    assert any(each.startswith("Må jeg bruge ") for each in suggested)
    for each in suggested:
        assert " du " not in each
        assert each.startswith(("Må ", "Hv", "Er ", "Skal ")), each


@pytest.mark.parametrize("question", ["Hvornår åbner svømmehallen?", "Må jeg bruge det her?"])
def test_nothing_after_what_is_not_answered(assistant: Assistant, question: str) -> None:
    assert assistant.followups(question, assistant.ask(question)) == ()


def test_what_a_model_suggests_is_put_to_the_documents_too() -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return Answer("declined", "Det står der ikke.")

    answer = Answer("answered", "Yes.", "en", followups=("Does the pool open at noon?",))
    book = None
    found = follow_ups("May I?", answer, (), book, ask)  # type: ignore[arg-type]
    assert found == ()
    assert asked == ["Does the pool open at noon?"]


def test_no_more_than_a_few_are_tried(assistant: Assistant) -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return Answer("declined", "Det står der ikke.")

    question = "Må jeg bruge ChatGPT?"
    loaded = assistant._loaded()
    answer = assistant.ask(question)
    assert follow_ups(question, answer, loaded.passages, loaded.rules.book, ask) == ()
    assert 3 <= len(asked) <= 6


def test_only_of_what_the_user_may_see(assistant: Assistant) -> None:
    question = "Må jeg bruge ChatGPT?"
    nobody = Access(frozenset())
    suggested = assistant.followups(question, assistant.ask(question, access=nobody), (), nobody)
    for each in suggested:
        assert assistant.ask(each, [question], access=nobody).status == "answered"
