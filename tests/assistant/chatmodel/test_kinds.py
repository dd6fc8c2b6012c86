"""What a model must not take apart: steps, what a document says, and a disagreement."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.models import Answer
from evals.chatserver import ChatServer, Reply, line, sources_of
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus
from tests.assistant.chatmodel.conftest import AssistantWith

Maker = Callable[..., Path]
MISHAP = "Jeg kom til at skrive et cpr-nummer i ChatGPT, hvad gør jeg?"
TOLD = "Hvad siger notatet om Copilot?"
BACKUP = "It-afdelingen tager backup hver nat og gemmer backuppen i {} dage."
NEWER, OLDER = BACKUP.format(30), BACKUP.format(14)
LAST = (
    '[[document]]\nfile = "a.pdf"\nvalid_from = 2023-01-01\n'
    '[[document]]\nfile = "b.pdf"\nvalid_from = 2026-01-01\n'
)


def _first_words(request: dict[str, object]) -> Reply:
    """A true claim of the first source, whatever was asked."""
    text = str(sources_of(request)[0]["text"])
    sentence = text.split(". ", maxsplit=1)[0].rstrip(".") + "."
    return Reply(line(sentence, [1], sentence))


def test_steps_after_a_mishap_are_the_documents_whatever_the_model(
    assistant_with: AssistantWith, server: ChatServer, sample_index: Path
) -> None:
    server.say(Reply(line("På kurset må I kun bruge åbne data.", [1], "åbne data")))
    plain = assistant_with(sample_index, llm=None).ask(MISHAP)
    assert plain.steps
    answer = assistant_with(sample_index).ask(MISHAP)
    assert (answer.text, answer.engine) == (plain.text, "extractive")
    assert server.requests == []


def test_what_a_document_says_is_asked_of_that_document(
    assistant_with: AssistantWith, server: ChatServer, sample_index: Path
) -> None:
    server.say(Reply(status=401))
    answer = assistant_with(sample_index).ask(TOLD)
    request = server.requests[0]
    assert TOLD in request["messages"][1]["content"]
    rows = sources_of(request)
    assert {row["document"] for row in rows} == {c.title for c in answer.citations}
    sent = " ".join(str(row["text"]) for row in rows)
    assert all(c.quote in sent for c in answer.citations)
    plain = assistant_with(sample_index, llm=None).ask(TOLD)
    assert answer.text.startswith(plain.text)


@pytest.mark.parametrize("question", [TOLD, "What does the memo say about Copilot?"])
def test_whose_words_they_are_is_still_said(
    assistant_with: AssistantWith, server: ChatServer, sample_index: Path, question: str
) -> None:
    plain = assistant_with(sample_index, llm=None).ask(question)
    server.say(Reply(status=401))
    assistant = assistant_with(sample_index)
    assistant.ask(question)
    server.say(_first_words(server.requests[0]))
    answer = assistant.ask(question)
    intro, said = answer.text.split("\n\n")[:2]
    assert intro == plain.text.split("\n\n")[0]
    assert said == f"{answer.claims[0].text} [1]"


def test_a_follow_up_on_another_document_is_understood_with_its_topic(
    assistant_with: AssistantWith, server: ChatServer, sample_index: Path
) -> None:
    server.say(Reply("Det ved jeg ikke."))
    before = "Hvad siger politikken om Copilot?"
    assistant_with(sample_index).ask("Hvad siger notatet om det?", [before])
    sent = server.requests[-1]["messages"][1]["content"]
    assert "Hvad siger notatet om det? (Copilot)" in sent


@pytest.fixture
def divided(tmp_path: Path, make_pdf: Maker) -> Path:
    """An index of two documents, of which the newer says 30 days and the older 14."""
    (tmp_path / "corpus").mkdir()
    for name, text in (("a", OLDER), ("b", NEWER)):
        make_pdf(tmp_path / "corpus" / f"{name}.pdf", [("1 Backup", text)])
    (tmp_path / "corpus" / "documents.toml").write_text(LAST, encoding="utf-8")
    ingest_corpus(tmp_path / "corpus", tmp_path / "index", embedder_named("builtin"))
    return tmp_path / "index"


def _backup(assistant_with: AssistantWith, server: ChatServer, index: Path, *said: str) -> Answer:
    """The answer when the model says the sentences of the sources that hold the words `said`."""
    assistant = assistant_with(index)
    server.say(Reply(status=401))
    assistant.ask("Hvor længe gemmer It-afdelingen backuppen?")
    rows = sources_of(server.requests[0])
    numbers = [next(r["source"] for r in rows if text in r["text"]) for text in said]
    lines = (line(text, [n], text) for text, n in zip(said, numbers, strict=True))
    server.say(Reply("".join(lines)))
    return assistant.ask("Hvor længe gemmer It-afdelingen backuppen?")


def test_a_disagreement_is_told_beside_the_models_words(
    assistant_with: AssistantWith, server: ChatServer, divided: Path
) -> None:
    answer = _backup(assistant_with, server, divided, OLDER, NEWER)
    assert answer.engine == "openai:scripted"
    assert answer.text.startswith(f"**{NEWER}** [1]\n\n**Et andet dokument siger noget andet.**")
    assert f"{OLDER} [2]" in answer.text
    assert [c.quote for c in answer.citations] == [NEWER, OLDER]
    assert [c.text for c in answer.claims] == [NEWER]


def test_a_sentence_that_does_not_count_is_not_the_models_answer(
    assistant_with: AssistantWith, server: ChatServer, divided: Path
) -> None:
    answer = _backup(assistant_with, server, divided, OLDER)
    assert answer.engine == "extractive"
    assert answer.text.startswith(f"**{NEWER}**")
    assert answer.trace.model is not None
    assert "et andet dokument går forud" in answer.trace.model.dropped[0]
