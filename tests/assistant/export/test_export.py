"""A conversation as Markdown and PDF: everything in it, as it stands, and nothing as markup."""

import io
from datetime import datetime
from typing import Any

import pypdf
import pytest
from markdown_it import MarkdownIt

from assistant.export.markdown import as_markdown
from assistant.export.pdf import as_pdf
from assistant.store.conversations import Conversation

ASKED = "2026-01-02T10:03:00Z"
NOW = datetime(2026, 11, 25)
ODD = "Må jeg *bruge* `x` #let y = 1 $z$ [a](http://b) <b>fed</b> \\ @ref ~ 1_2_3?"
RECORD = {
    "text": "**Ja** [1]\n\n- Spørg *først*",
    "citations": [
        {
            "number": 1,
            "title": "Politik #1",
            "page": 3,
            "page_label": "iii",
            "section": "2 Regler",
            "quote": "Du må ikke_gøre *det*.",
        }
    ],
}


def conversation(question: str = ODD) -> Conversation:
    steps = (
        {
            "id": "q",
            "type": "user_message",
            "output": question,
            "createdAt": "2026-01-02T10:03:00Z",
        },
        {"id": "run", "type": "run", "output": "skal ikke med"},
        {"id": "a", "type": "assistant_message", "output": "skal ikke med"},
        {"id": "b", "type": "assistant_message", "output": "Hej [1](/kilde/a.pdf/1)"},
    )
    return Conversation("t", "anna", "Mit # spørgsmål", {}, 0.0, 0.0, steps)


def records(step: str) -> dict[str, Any] | None:
    return RECORD if step == "a" else None


def test_markdown() -> None:
    text = as_markdown(conversation(), records, NOW, "da")
    assert text.startswith("# Mit \\# spørgsmål\n\n*Hentet fra Må vi? den 25. november 2026.*")
    assert "**Ja** [1]\n\n- Spørg *først*" in text
    assert "1. Politik \\#1, side 3 (sidetal iii), afsnit ”2 Regler”: ”Du må ikke\\_gøre" in text
    assert "Hej 1" in text
    assert "/kilde/" not in text
    assert "skal ikke med" not in text


def test_in_english_only_the_words_around_it_are_others() -> None:
    text = as_markdown(conversation(), records, NOW, "en")
    assert "*Downloaded from Må vi? on 25 November 2026.*" in text
    assert "## Question, 2 January 2026 at " in text
    assert "**Ja** [1]\n\n- Spørg *først*" in text
    assert "1. Politik \\#1, page 3 (printed as iii), section ”2 Regler”: ”Du må ikke" in text
    made = pypdf.PdfReader(io.BytesIO(as_pdf(text, "Mit", "en")))
    shown = " ".join(made.pages[0].extract_text().split())
    assert "Må vi? · page 1 of 1" in shown
    for danish in ("Hentet", "Spørgsmål,", "Kilder", "side ", "afsnit", "Læs kilden"):
        assert danish not in text + shown


@pytest.mark.parametrize(
    "question", [ODD, "- en\n- to", "1. første", "# overskrift", "> citat", "---"]
)
def test_a_question_reads_as_it_was_written(question: str) -> None:
    html = MarkdownIt().render(as_markdown(conversation(question), records, NOW, "da"))
    for line in question.splitlines():
        shown = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert shown in html


def test_pdf() -> None:
    made = as_pdf(as_markdown(conversation(), records, NOW, "da"), "Mit # spørgsmål", "da")
    reader = pypdf.PdfReader(io.BytesIO(made))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for part in ("Mit # spørgsmål", "Må jeg *bruge*", "#let y = 1 $z$", "<b>fed</b>", "@ref"):
        assert part in text
    assert "Du må ikke_gøre *det*." in text
    assert "2. januar 2026" in text
    assert reader.metadata is not None
    assert reader.metadata.title == "Mit # spørgsmål"


def test_a_long_conversation_has_several_pages() -> None:
    steps = conversation("Spørgsmål " * 60).steps * 40
    made = as_pdf(
        as_markdown(Conversation("t", "a", "x", {}, 0, 0, steps), records, NOW, "da"), "x", "da"
    )
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) > 5


def test_an_empty_one() -> None:
    empty = Conversation("t", "a", "x", {}, 0, 0)
    assert as_pdf(as_markdown(empty, records, NOW, "da"), "", "da").startswith(b"%PDF")
