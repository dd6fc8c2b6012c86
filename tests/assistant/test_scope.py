"""What a document says of something."""

from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.scope import Scope, scope_of
from assistant.settings import Settings
from assistant.telling import _is_title
from evals.corpora import named
from ingest.register import Document

DOCUMENTS = {
    d.file: d
    for d in (
        Document("n.pdf", title="Notat om AI i Nordby", kind="notat", owner="Direktionen"),
        Document("c.pdf", title="Politik for chattjenester", kind="politik"),
        Document("s.pdf", title="Politik for sikkerhed", kind="politik"),
        Document("v.pdf", title="Vejledning om persondata", kind="vejledning"),
    )
}
ALL = frozenset(DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "topic", "files"),
    [
        ("Hvad siger notatet om Copilot?", "Copilot", {"n.pdf"}),
        ("hvad står der om licenser i notatet", "licenser", {"n.pdf"}),
        ("Hvad står der i politikken om Gemini?", "Gemini", {"c.pdf", "s.pdf"}),
        ("Hvad siger chatpolitikken om Gemini?", "Gemini", {"c.pdf"}),
        ("hvad siger politikken for sikkerhed om usb-stik?", "usb-stik", {"s.pdf"}),
        ("Står der noget om cpr-numre i vejledningen?", "cpr-numre", {"v.pdf"}),
        ("What does the memo say about Copilot?", "Copilot", {"n.pdf"}),
        ("Hvad siger reglerne om optagelse?", "optagelse", set(ALL)),
        ("hvad skriver I om oversættelse?", "oversættelse", set(ALL)),
        ("Hvad siger KL om AI?", "KL AI", set(ALL)),
        ("Hvad siger notatet?", "", {"n.pdf"}),
        ("Hvad er der nyt i den vejledning, der kom i august?", "", {"v.pdf"}),
        ("What has changed in the memo?", "", {"n.pdf"}),
    ],
)
def test_topic_and_documents(text: str, topic: str, files: set[str]) -> None:
    assert scope_of(text, "", DOCUMENTS) == Scope(topic, frozenset(files))


@pytest.mark.parametrize(
    "text",
    [
        "Hvad siger min chef om ferie?",
        "Hvad siger I til Claude?",
        "Må jeg bruge Copilot?",
        "Hvad siger dokumenterne?",
    ],
)
def test_other_questions_have_none(text: str) -> None:
    assert scope_of(text, "", DOCUMENTS) is None


@pytest.mark.parametrize("before", ["Hvad siger notatet om Gemini?", "Gemini"])
def test_what_is_left_out_is_what_it_was_about(before: str) -> None:
    scope = scope_of("Og hvad siger vejledningen?", before, DOCUMENTS)
    assert scope == Scope("Gemini", frozenset(["v.pdf"]))


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant(Settings(index=sample_index))


def test_its_sentences_in_the_order_of_its_pages(assistant: Assistant) -> None:
    answer = assistant.ask("Hvad siger notatet om Copilot?")
    assert answer.text.startswith("**Det siger ”Notat om AI i Svendborg Kommune”:**")
    assert {c.document for c in answer.citations} == {"notat-ai-svendborg.pdf"}
    assert len(answer.claims) > 3
    assert all("copilot" in claim.text.lower() for claim in answer.claims)
    pages = [c.page for c in answer.citations]
    assert pages == sorted(pages)


def test_what_it_does_not_say_is_declined(assistant: Assistant) -> None:
    answer = assistant.ask("Hvad siger notatet om svømmehallen?")
    assert answer.status == "declined"
    assert "1 dokument. Det nævner ikke ”svømmehallen”" in answer.text


@pytest.mark.parametrize(
    ("municipality", "question", "note", "said"),
    [
        ("mosebro", "Hvad siger cirkulæret om ChatGPT?", "gælder ikke længere", "grønne og gule"),
        (
            "engdal",
            "Hvad står der i tillægget om Claude?",
            "gælder først fra 1. marts 2027",
            "Claude",
        ),
        ("fjordby", "Hvad siger vejledningen?", "gælder først fra 1. februar 2027", "SkoleGPT"),
    ],
)
def test_a_document_that_is_not_in_force_is_told_of_when_it_is_named(
    municipality: str, question: str, note: str, said: str
) -> None:
    corpus = named(municipality, Settings())
    answer = Assistant(corpus.settings, lambda: corpus.day).ask(question)
    assert note in answer.text.splitlines()[0]
    assert said in answer.text
    assert answer.steps  # no chat model tells it, who might leave out the first line


def test_what_a_document_rules_is_told_when_no_topic_is_named() -> None:
    corpus = named("vestbjerg", Settings())
    answer = Assistant(corpus.settings, lambda: corpus.day).ask("Hvad er der nyt i tillægget?")
    assert "gælder ikke" not in answer.text.splitlines()[0]
    assert "DeepL må herefter ikke anvendes" in answer.text
    assert len(answer.citations) >= 3


def test_a_title_is_no_sentence_and_a_sentence_with_it_is_one() -> None:
    assert _is_title("Solvig Kommune · Vejledning om AI", "Vejledning om AI")
    assert not _is_title("AI må ikke bruges til karakterer.", "AI")
