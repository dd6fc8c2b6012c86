"""The first line of a verdict agrees with what comes under it."""

import pytest

from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.corpora import SAMPLE, named
from evals.questions import SETS, read_questions

ASKED = [
    question.question
    for question in read_questions(SETS / "verdicts.tuning.jsonl")
    if question.corpus == SAMPLE and question.verdict == "betinget" and not question.history
]


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    corpus = named(SAMPLE, Settings(embedder="builtin"))
    return Assistant(corpus.settings, lambda: corpus.day)


# The holiday hangs on more conditions than are listed, and each case tells its own.
@pytest.mark.parametrize(
    "question",
    [*ASKED, "må jeg bruge copilot chat på jobbet til at planlægge min egen sommerferie?"],
)
def test_conditions_that_are_named_are_listed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    if answer.text.startswith(("**Ja, men kun på betingelser", "**Yes, but only on conditions")):
        assert "☐" in answer.text
