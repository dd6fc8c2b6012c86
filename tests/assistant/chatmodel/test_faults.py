"""Every fault of a service, over HTTP: an answer within the deadline, and a line that says why."""

import socket
import time

import pytest

from assistant.pipeline import Assistant
from evals.chatserver import ChatServer, Reply, line
from tests.assistant.chatmodel.conftest import FACT, RULE, AssistantWith
from tests.conftest import LICENCES

TRUE = line("Der er 2386 licenser i brug.", [1], LICENCES)
LONG = "Det er et langt svar uden form. " * 3_000
ENGLISH = "You may use it if your manager agrees to it, of course."


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (Reply(status=401), "refused", "afviste adgangen"),
        (Reply(status=403), "refused", "afviste adgangen"),
        (Reply(status=404), "request", "kunne ikke bruge spørgsmålet"),
        (Reply(status=429, headers={"retry-after": "600"}), "busy", "for travlt"),
        (Reply(status=500), "server", "en fejl lige nu"),
        (Reply(status=503), "server", "en fejl lige nu"),
        (Reply(""), "empty", "svarede ikke noget"),
        (Reply("Det må du sikkert gerne."), "protocol", "kunne ikke læses"),
        (Reply('{"claim": "Der er 2386 lic'), "protocol", "kunne ikke læses"),
        (Reply("[[[{{{" * 50), "protocol", "kunne ikke læses"),
        (Reply(ENGLISH), "english", "svarede ikke på dansk"),
        (Reply(line(ENGLISH, [1], LICENCES)), "english", "svarede ikke på dansk"),
        (Reply(LONG, piece=2_000), "protocol", "kunne ikke læses"),
        (Reply("Beklager, det kan jeg ikke hjælpe med."), "unwilling", "ville ikke svare"),
        (Reply('{"none": true}\n'), "unwilling", "ville ikke svare"),
        (Reply(TRUE, piece=10, stop_after=2), "cut", "gik i stå"),
    ],
)
def test_a_fault_leaves_the_extractive_answer(
    assistant_with: AssistantWith, server: ChatServer, reply: Reply, kind: str, said: str
) -> None:
    server.say(reply)
    started = time.perf_counter()
    answer = assistant_with().ask(FACT)
    assert time.perf_counter() - started < 15
    assert (answer.status, answer.engine) == ("answered", "extractive")
    assert answer.text.startswith(f"**{LICENCES}** [1]")
    assert said in answer.text
    assert answer.trace.model is not None
    assert answer.trace.model.fault.split(":")[0] == kind


@pytest.mark.parametrize(
    "reply", [Reply(TRUE, wait=60), Reply(TRUE * 40, piece=1, between=0.3)], ids=["silent", "slow"]
)
def test_the_deadline_holds_for_the_whole_answer(
    assistant_with: AssistantWith, server: ChatServer, reply: Reply
) -> None:
    server.say(Reply(TRUE))
    assistant_with().ask(FACT)  # so that the libraries are loaded
    server.say(reply)
    assistant = assistant_with(llm_timeout=1.5)
    started = time.perf_counter()
    answer = assistant.ask(RULE)
    assert time.perf_counter() - started < 4
    assert "svarede ikke i tide" in answer.text


def test_connection_refused(assistant_with: AssistantWith) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    answer = assistant_with(llm_base_url=f"http://127.0.0.1:{port}/v1").ask(FACT)
    assert "kan ikke nås" in answer.text


def test_a_stream_that_stops_half_way_keeps_what_was_shown(
    assistant_with: AssistantWith, server: ChatServer
) -> None:
    server.say(Reply(TRUE + TRUE, piece=len(TRUE), stop_after=1))
    answer = assistant_with().ask(FACT)
    assert answer.text.startswith("**Der er 2386 licenser i brug.** [1]")
    assert answer.text.endswith("*Sprogmodellen blev ikke færdig, så svaret kan mangle noget.*")


def test_an_english_question_hears_of_it_in_english(
    assistant_with: AssistantWith, server: ChatServer
) -> None:
    server.say(Reply(status=500))
    answer = assistant_with().ask("How many E3 licences are in use?")
    assert "The language model has a fault right now." in answer.text
    server.say(Reply(TRUE))
    answer = assistant_with().ask("How many E3 licences are in use?")
    assert answer.text.startswith("The documents are in Danish. This is what they say:\n\n")
    assert "Der er 2386 licenser i brug. [1]" in answer.text


def test_a_provider_whose_package_is_missing(assistant_with: AssistantWith) -> None:
    answer = assistant_with(llm="ollama:qwen3", llm_base_url=None).ask(FACT)
    assert "ikke sat rigtigt op" in answer.text
    assert answer.trace.model is not None
    assert "langchain" in answer.trace.model.fault


def test_three_faults_in_a_row_give_a_pause(
    assistant_with: AssistantWith, server: ChatServer
) -> None:
    server.say(Reply(status=401))
    assistant: Assistant = assistant_with()
    for _ in range(3):
        assert "afviste adgangen" in assistant.ask(FACT).text
    assert "holder en pause" in assistant.ask(FACT).text
    assert len(server.requests) == 3
