"""An answer becomes markdown whose markers and sources lead to the cited page."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from assistant.models import Answer, Citation, Hit, Trace
from assistant.web.links import LONGEST_QUOTE, image_url, pdf_url, source_url
from assistant.web.wording import (
    answer_pieces,
    match_in_words,
    plain,
    search_report,
    source_list,
)
from ingest.passages import Passage

FILE = "notat om AI – æøå (1)#.pdf"
FIRST = Citation(1, FILE, "Notat om [AI]", 12, "12", "4 Licenser", "Der er 2386 i brug.")
SECOND = Citation(2, "politik.pdf", "Politik", 3, "iii", "", "Du må ikke.")


def answer(text: str, *citations: Citation) -> Answer:
    return Answer("answered", text, citations=citations)


def links(markdown: str) -> list[str]:
    return re.findall(r"\]\((/kilde/[^)]*)\)", markdown)


def test_markers_become_links_to_their_own_source() -> None:
    text = "".join(answer_pieces(answer("Der er 2386. [1] Du må ikke. [2][1]", FIRST, SECOND)))
    files = [unquote(urlsplit(link).path) for link in links(text)]
    assert files == [f"/kilde/{FILE}/12", "/kilde/politik.pdf/3", f"/kilde/{FILE}/12"]
    assert parse_qs(urlsplit(links(text)[0]).query)["citat"] == [FIRST.quote]


def test_pieces_are_the_claims_and_lose_nothing() -> None:
    text = "Kort svar. [1]\n\nDu må ikke. [2] Spørg HR."
    pieces = list(answer_pieces(answer(text, FIRST, SECOND)))
    assert len(pieces) == 3
    assert re.sub(r"\[\\\[(\d)\\]\]\([^)]*\)", r"[\1]", "".join(pieces)) == text


def test_a_marker_without_a_source_stays_text() -> None:
    assert "".join(answer_pieces(answer("Se bilag [7].", FIRST))) == "Se bilag [7]."


def test_a_colon_before_a_word_is_not_a_directive() -> None:
    assert "".join(answer_pieces(answer("Offentligt:Ja, kl. 7:30"))) == "Offentligt\\:Ja, kl. 7:30"


def test_sources_are_listed_by_number_and_escaped() -> None:
    listed = source_list(answer("…", FIRST, SECOND))
    assert "**Kilder**" in listed
    assert "- [1. Notat om \\[AI\\], side 12](" in listed
    assert "afsnit ”4 Licenser”" in listed
    assert links(listed)[1] == "/kilde/politik.pdf/3?citat=Du%20m%C3%A5%20ikke."


def test_citations_of_one_place_share_a_line() -> None:
    more = Citation(3, FILE, FIRST.title, 12, "12", FIRST.section, "Det er alle.")
    listed = source_list(answer("…", FIRST, SECOND, more))
    assert len(links(listed)) == 2
    assert "[1, 3. Notat om" in listed


def test_english_answers_have_english_labels() -> None:
    listed = source_list(Answer("answered", "…", language="en", citations=(SECOND,)))
    assert "**Sources**" in listed
    assert "page 3" in listed


def test_no_sources_no_list() -> None:
    assert source_list(Answer("declined", "Det står der ikke noget om.")) == ""


def test_the_report_names_what_was_searched_and_found() -> None:
    passage = Passage("a", FILE, 12, "12", ("4 Licenser",), "Der er 2386 i brug.", 0, 19)
    trace = Trace(standalone="hvor mange *licenser*", hits=(Hit(passage, 0.8, {}),))
    report = search_report("Og dem?", Answer("answered", "…", trace=trace), {FILE: "Notat"})
    assert "hvor mange \\*licenser\\*" in report
    assert "[Notat, side 12]" in report
    assert "passer bedst" in report
    declined = search_report("Og dem?", Answer("declined", "…", trace=trace), {})
    assert "ingen af dem svarer" in declined
    assert search_report("x" * 9999, Answer("error", "For langt."), {}) == "Der blev ikke søgt."
    assert "Fandt ingen steder" in search_report("x", Answer("declined", "…"), {})


@pytest.mark.parametrize(
    ("score", "words"),
    [(0.9, "passer bedst"), (0.8, "passer næsten lige så godt"), (0.3, "passer mindre godt")],
)
def test_scores_in_words(score: float, words: str) -> None:
    assert match_in_words(score, 0.9) == words


def test_plain_text_stays_plain() -> None:
    assert plain("a\nb *c* [d](e) <f> #g") == "a b \\*c\\* \\[d\\]\\(e\\) \\<f\\> \\#g"


def test_addresses() -> None:
    assert pdf_url("a b.pdf", 3) == "/dokumenter/a%20b.pdf#page=3"
    assert source_url("å.pdf", 1) == "/kilde/%C3%A5.pdf/1"
    assert image_url("a.pdf", 2, "x&y", cropped=True) == "/kilde/a.pdf/2.png?citat=x%26y&udsnit=1"
    assert (
        len(parse_qs(urlsplit(source_url("a", 1, "x" * 9999)).query)["citat"][0]) == LONGEST_QUOTE
    )
