"""A follow-up question made standalone: the cheap rule first, the model where it is needed."""

from pathlib import Path

import pytest

from assistant.chatmodel.conversation import within_tokens
from evals.chatserver import ChatServer, Reply, line
from tests.assistant.chatmodel.conftest import FACT, AssistantWith
from tests.conftest import LICENCES

TRUE = line("Hver licens koster 312 kroner om måneden.", [1], "Hver licens koster 312 kroner")


def test_a_question_that_stands_alone_costs_no_call(
    assistant_with: AssistantWith, server: ChatServer
) -> None:
    server.say(Reply(line("Der er 2386 licenser i brug.", [1], LICENCES)))
    assistant_with().ask(FACT, ["Må jeg bruge ChatGPT til mails?"])
    assert len(server.requests) == 1


def test_a_follow_up_is_written_out_by_the_model(
    assistant_with: AssistantWith, server: ChatServer
) -> None:
    first = Reply("Hvad koster de E3-licenser om måneden?", usage=(70, 9))
    server.say(first, Reply(TRUE, usage=(300, 40)))
    answer = assistant_with().ask("Hvad koster de om måneden?", [FACT])
    assert answer.trace.standalone == "Hvad koster de E3-licenser om måneden?"
    assert FACT in server.requests[0]["messages"][1]["content"]
    model = answer.trace.model
    assert model is not None
    assert (model.tokens_in, model.tokens_out, model.tokens_counted) == (370, 49, True)
    assert model.timings_ms["standalone"] > 0


@pytest.mark.parametrize(
    "said",
    [
        "Hvad koster Datatilsynets bøder om måneden?",  # words that nobody said
        "312 kroner.",
        "What do the licences cost?",
        "",
    ],
)
def test_what_the_model_adds_is_not_used(
    assistant_with: AssistantWith, server: ChatServer, said: str
) -> None:
    server.say(Reply(said), Reply(TRUE))
    answer = assistant_with().ask("Hvad koster de om måneden?", [FACT])
    assert answer.trace.standalone == f"{FACT} Hvad koster de om måneden?"


def test_the_latest_of_a_long_history_is_kept() -> None:
    history = [f"Spørgsmål nummer {n} om noget?" for n in range(500)]
    kept = within_tokens(history, 100)
    assert kept == history[-len(kept) :]
    assert 3 < len(kept) < 10


def test_an_index_that_is_missing_is_said_before_a_model_is_asked(
    assistant_with: AssistantWith, server: ChatServer, tmp_path: Path
) -> None:
    from assistant.errors import IndexUnusable

    with pytest.raises(IndexUnusable):
        assistant_with(tmp_path / "none").ask(FACT)
    assert server.requests == []
