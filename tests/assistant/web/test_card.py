"""An answer becomes markdown: a verdict's card, markers and sources that lead to the cited page."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from assistant.models import Answer, Case, Citation, Hit, Piece, Trace
from assistant.web.card import card, streamed
from assistant.web.links import LONGEST_QUOTE, ask_url, image_url, mail_url, pdf_url, source_url
from assistant.web.markdown import as_written, plain
from assistant.web.report import match_in_words, search_report
from ingest.passages import Passage

FILE = "notat om AI – æøå (1)#.pdf"
FIRST = Citation(1, FILE, "Notat om [AI]", 12, "12", "4 Licenser", "Der er 2386 i brug.")
SECOND = Citation(2, "politik.pdf", "Politik", 3, "iii", "", "Du må ikke.")
CONDITIONAL = Answer(
    "answered",
    "**Ja, når borgeren har sagt ja.** [1]\n\n**Det skal være i orden først:**\n"
    "- ☐ Når borgeren har sagt ja [1]\n- ☐ Et kursus [2]",
    verdict="betinget",
    citations=(FIRST, SECOND),
    conditions=("når borgeren har sagt ja", "et kursus"),
    contacts=("Lone i HR, hr@kommunen.example (HR)",),
)
CASES = Answer(
    "answered",
    "**Det kommer an på, hvilke oplysninger det er.** [1]\n\n**Svaret i hvert tilfælde:**\n"
    "- Åbne data: Ja [1]\n- Cpr-numre (alle): Nej [2]",
    verdict="betinget",
    citations=(FIRST, SECOND),
    cases=(
        Case("Åbne data", "ja", "Må jeg bruge ChatGPT med åbne data?"),
        Case("Cpr-numre (alle)", "nej", "Må jeg bruge ChatGPT med cpr-numre (alle)?"),
    ),
)


def answer(text: str, *citations: Citation) -> Answer:
    return Answer("answered", text, citations=citations)


def links(markdown: str) -> list[str]:
    return re.findall(r"\]\((/kilde/[^) ]*)", markdown)


def test_markers_become_links_to_their_own_source() -> None:
    text = card(answer("Der er 2386. [1] Du må ikke. [2][1]", FIRST, SECOND))
    files = [unquote(urlsplit(link).path) for link in links(text)[:3]]
    assert files == [f"/kilde/{FILE}/12", "/kilde/politik.pdf/3", f"/kilde/{FILE}/12"]
    assert parse_qs(urlsplit(links(text)[0]).query)["citat"] == [FIRST.quote]


def test_the_text_loses_nothing() -> None:
    text = "Kort svar. [1]\n\nDu må ikke. [2] Spørg HR."
    shown = card(answer(text, FIRST, SECOND))
    assert re.sub(r"\[\\\[(\d)\\]\]\([^)]*\)", r"[\1]", shown).startswith(f"{text}\n\n**Kilder**")


def test_a_marker_without_a_source_stays_text() -> None:
    assert card(answer("Se bilag [7].", FIRST)).startswith("Se bilag [7].\n")


def test_a_colon_before_a_word_is_not_a_directive() -> None:
    assert as_written("Offentligt:Ja, kl. 7:30") == "Offentligt\\:Ja, kl. 7:30"


def test_a_verdict_is_a_heading_that_leads_to_what_it_means() -> None:
    assert card(CONDITIONAL).startswith(
        "## [Ja, på betingelser](/afgoerelse/betinget)\n\n**Ja, når"
    )
    english = Answer("answered", "**No.**", language="en", verdict="nej")
    assert card(english).startswith("## [No](/afgoerelse/nej)")
    assert not card(answer("Der er 2386. [1]", FIRST)).startswith("#")


def test_conditions_can_be_ticked_off() -> None:
    shown = card(CONDITIONAL)
    assert re.search(r"^- \[ \] Når borgeren har sagt ja \[\\\[1", shown, re.MULTILINE)
    assert "☐" not in shown


def test_what_must_be_done_comes_before_the_reasons() -> None:
    head, listed = CONDITIONAL.text.split("\n\n")
    told = replace(CONDITIONAL, text=f"{head}\n\nDu må ikke. [2]\n\n{listed}")
    assert card(told).index("- [ ] Når") < card(told).index("Du må ikke.")
    assert card(told, read=True).index("- [ ] Når") > card(told, read=True).index("Du må ikke.")


def test_cases_ask_for_themselves() -> None:
    shown = card(CASES)
    assert shown.startswith("## [Afhænger af situationen](/afgoerelse/afhaenger)")
    asked = re.findall(r"^- \[([^]]*)\]\(/#([^)]*)\): (Ja|Nej) \[", shown, re.MULTILINE)
    assert [(label, verdict) for label, _, verdict in asked] == [
        ("Åbne data", "Ja"),
        ("Cpr-numre \\(alle\\)", "Nej"),
    ]
    assert parse_qs(asked[1][1]) == {
        "spoerg": ["Må jeg bruge ChatGPT med cpr-numre (alle)?"],
        "svar": ["nej"],
    }


def test_sources_are_listed_by_number_and_escaped() -> None:
    listed = card(answer("…", FIRST, SECOND))
    assert "**Kilder**" in listed
    assert "- [1. Notat om \\[AI\\], side 12](" in listed
    assert ' "Afsnit ”4 Licenser”")' in listed
    assert links(listed)[1] == "/kilde/politik.pdf/3?citat=Du%20m%C3%A5%20ikke.#kilde"


def test_citations_of_one_place_share_a_line() -> None:
    more = Citation(3, FILE, FIRST.title, 12, "12", FIRST.section, "Det er alle.")
    listed = card(answer("…", FIRST, SECOND, more))
    assert len(links(listed)) == 2
    assert "[1, 3. Notat om" in listed


def test_english_answers_have_english_labels() -> None:
    listed = card(Answer("answered", "…", language="en", citations=(SECOND,)))
    assert "**Sources**" in listed
    assert "page 3" in listed
    assert "[Ask a colleague](mailto:?subject=" in listed


def test_a_colleague_can_be_asked_where_there_is_something_to_ask_about() -> None:
    assert (
        "[Spørg en kollega](mailto:hr@kommunen.example?subject=Sp%C3%B8rgsm%C3%A5l%20om%20AI)"
        in card(CONDITIONAL)
    )
    assert "[Spørg en kollega](mailto:?subject=" in card(answer("Det er 2386. [1]", FIRST))
    declined = Answer("declined", "Nej.", contacts=("lokal 4000",))
    assert "[Spørg en kollega](mailto:?subject=" in card(declined)
    assert card(Answer("declined", "Hvad tænker du på?")) == "Hvad tænker du på?"


def test_what_could_be_asked_next_comes_last() -> None:
    shown = card(CONDITIONAL, ["Hvad står der om ”[AI]”?"])
    last = shown.splitlines()[-1]
    assert "**Spørg videre**" in shown
    assert last.startswith("- [Hvad står der om ”\\[AI\\]”?](/#spoerg=Hvad%20st")
    assert ")" not in urlsplit(ask_url("Må jeg (også)?")).fragment


def test_a_streamed_answer_begins_with_its_verdict() -> None:
    known: dict[int, Citation] = {}
    first = streamed(Piece("**Ja.** [1]", (FIRST,), "betinget"), known, begun=False)
    assert first.startswith(
        "## [Ja, på betingelser](/afgoerelse/betinget)\n\n**Ja.** [\\[1\\]](/kilde/"
    )
    later = streamed(Piece("\n\n- ☐ Et kursus [1]", (), "betinget"), known, begun=True)
    assert later.startswith("\n\n- [ ] Et kursus [\\[1\\]](/kilde/")
    plain_piece = streamed(Piece("Der er 2386.", ()), known, begun=False)
    assert plain_piece == "Der er 2386."


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
    english = search_report("Og dem?", Answer("answered", "…", trace=trace), {}, "en")
    assert "Searched for:" in english
    assert "matches best" in english


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
    assert mail_url("hr@kommunen.example", "Om AI") == "mailto:hr@kommunen.example?subject=Om%20AI"
    assert (
        len(parse_qs(urlsplit(source_url("a", 1, "x" * 9999)).query)["citat"][0]) == LONGEST_QUOTE
    )
