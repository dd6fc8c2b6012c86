"""The page about a source says what is known of the document, and warns where it must."""

import re
from dataclasses import replace
from datetime import date

import pytest

from assistant.models import Language
from assistant.web.html import badge_page, not_found_page
from assistant.web.pages import PageView
from assistant.web.source_html import Source, source_page
from ingest.register import Document

DOCUMENT = Document(
    "politik.pdf",
    "Politik <for> AI",
    "politik",
    "Digitalisering & It",
    "2.1",
    date(2026, 1, 14),
    date(2027, 12, 31),
    date(2027, 1, 14),
    "digital@kommunen.example",
)
VIEW = PageView(9, "iv", "Du må ikke.", "3 Regler", 0.4)
SOURCE = Source(DOCUMENT, 4, "Du må ikke.", VIEW)


def facts(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))


def banner(page: str) -> str:
    found = re.search(r'<p class="kilde-banner" role="note">(.*?)</p>', page)
    return found[1] if found else ""


def test_what_is_known_of_the_document() -> None:
    assert facts(source_page(SOURCE, date(2026, 6, 1), "da")) == {
        "Art": "Politik",
        "Ejer": "Digitalisering &amp; It",
        "Version": "2.1",
        "Gælder fra": "14. januar 2026",
        "Gælder til": "31. december 2027",
        "Næste gennemgang": "14. januar 2027",
    }
    english = facts(source_page(SOURCE, date(2026, 6, 1), "en"))
    assert english["Kind"] == "Policy"
    assert english["Valid from"] == "14 January 2026"


def test_what_is_not_known_is_not_there() -> None:
    bare = Source(Document("bilag.pdf"), 1, "", PageView(1, "1", "", ""))
    page = source_page(bare, date(2026, 6, 1), "da")
    assert facts(page) == {"Art": "Politik"}
    assert "bilag.pdf" in page
    assert "kilde-note" not in page


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2027, 1, 14), ""),
        (date(2027, 1, 15), "skulle have været gennemgået senest 14. januar 2027"),
        (date(2028, 1, 1), "gjaldt til 31. december 2027"),
        (date(2026, 1, 13), "gælder først fra 14. januar 2026"),
    ],
)
def test_the_banner(today: date, said: str) -> None:
    shown = banner(source_page(SOURCE, today, "da"))
    assert said in shown
    assert ("digital@kommunen.example" in shown) == bool(said)


def test_nothing_is_html_that_a_document_says() -> None:
    odd = replace(DOCUMENT, title="<b>x</b>", owner="<script>", contact='"><i>')
    page = source_page(replace(SOURCE, document=odd), date(2030, 1, 1), "da")
    assert "<script" not in page
    assert "<b>x" not in page
    assert "<i>" not in page


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_other_pages(language: Language) -> None:
    assert f'<html lang="{language}">' in badge_page("betinget", language)
    assert f'<html lang="{language}">' in not_found_page(language)
