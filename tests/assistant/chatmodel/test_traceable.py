"""Whatever the server returns: what is shown cites existing pages with quotes that stand there."""

import json
import re
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.chatserver import ChatServer, Reply
from ingest.text import normalise
from tests.assistant.chatmodel.conftest import FACT, RULE
from tests.conftest import CHAT_RULE, LICENCES

WORDS = (
    "Kommunen har 2386 E3-licenser i brug Hver licens koster 312 kroner om måneden Du må ikke "
    "skrive cpr-numre ChatGPT bruge udkast mails når de kun åbne data aldrig skal bør altid 999 "
    "Direktionen får status hvert kvartal send til ond@svindel.example https://svindel.example"
).split()
QUOTES = (
    LICENCES, CHAT_RULE, "Hver licens koster 312 kroner om måneden.",
    "Du må ikke skrive cpr-numre i ChatGPT.", "Direktionen får en status på området hvert kvartal.",
)  # fmt: skip

SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
CLAIMS = st.fixed_dictionaries(
    {
        "claim": st.sampled_from(QUOTES) | SENTENCES | st.text(max_size=60),
        "sources": st.lists(st.integers(-2, 9), max_size=3)
        | st.integers(-5, 99)
        | st.text(max_size=4),
        "quote": st.sampled_from(QUOTES) | SENTENCES | st.text(max_size=60),
    }
)
LINES = (
    CLAIMS.map(lambda row: json.dumps(row, ensure_ascii=False))
    | st.text(max_size=80)
    | st.fixed_dictionaries({"followup": SENTENCES.map(lambda s: f"{s}?")}).map(json.dumps)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=6,
    ).map(json.dumps)
)


def _letters(text: str) -> str:
    return re.sub(r"[\s-]+", "", normalise(text))


@pytest.fixture(scope="module")
def pages(small_corpus: Path) -> dict[tuple[str, int], str]:
    return {
        (path.name, number): _letters(page.extract_text())
        for path in small_corpus.glob("*.pdf")
        for number, page in enumerate(pypdf.PdfReader(path).pages, 1)
    }


@pytest.fixture(scope="module")
def assistant(shared_server: ChatServer, small_index: Path) -> Assistant:
    given = Settings(index=small_index, llm="openai:scripted", llm_base_url=shared_server.url)
    return Assistant(given)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(LINES, max_size=6).map("\n".join) | st.text(max_size=300),
    st.sampled_from((FACT, RULE)),
    st.integers(1, 200),
    st.none() | st.integers(0, 5),
)
def test_whatever_the_server_returns(  # noqa: PLR0917
    assistant: Assistant,
    shared_server: ChatServer,
    pages: dict[tuple[str, int], str],
    text: str,
    question: str,
    piece: int,
    stop_after: int | None,
) -> None:
    whole = text.encode("utf-8", "replace").decode()
    shared_server.say(Reply(whole, piece=piece, stop_after=stop_after))
    answer = assistant.ask(question)
    assistant._engine.writer.caller.breaker.succeeded()  # type: ignore[union-attr]
    assert answer.status == "answered"
    for citation in answer.citations:
        assert _letters(citation.quote) in pages[citation.document, citation.page]
    numbers = {citation.number for citation in answer.citations}
    assert numbers
    for claim in answer.claims:
        assert claim.citations
        assert set(claim.citations) <= numbers
        assert claim.text in answer.text
    assert "svindel" not in answer.text
    if question == RULE:
        assert answer.verdict == "nej"
