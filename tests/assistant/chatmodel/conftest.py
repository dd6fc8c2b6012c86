"""A scripted server, and the assistant that has it write."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.chatserver import ChatServer, Reply

AssistantWith = Callable[..., Assistant]

FACT = "Hvor mange E3-licenser har kommunen i brug?"
RULE = "Må jeg skrive cpr-numre i ChatGPT?"


@pytest.fixture(scope="session")
def shared_server() -> Iterator[ChatServer]:
    with ChatServer([Reply()]) as server:
        yield server


@pytest.fixture
def server(shared_server: ChatServer) -> ChatServer:
    """The server, with nothing scripted yet."""
    shared_server.say(Reply())
    return shared_server


@pytest.fixture
def assistant_with(server: ChatServer, small_index: Path, tmp_path: Path) -> AssistantWith:
    """`assistant_with(**settings)`: an assistant of its own over the small corpus."""

    def made(index: Path = small_index, **settings: object) -> Assistant:
        given = {"llm": "openai:scripted", "llm_base_url": server.url, "llm_timeout": 20.0}
        return Assistant(Settings.model_validate({"index": index, **given, **settings}))

    return made
