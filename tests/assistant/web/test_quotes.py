"""A quote is found however the two PDF readers differ, and nothing is shown that is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.quotes import find_quote, stands_in

PAGE = (
    "Politik for AI\r\n2 Politikken kort\r\nDu må aldrig skrive cpr-num\x02\r\nre i ChatGPT. Det "
    "gælder også ﬁler.\r\nVærktøj Åben Intern\r\nDeepL Pro Ja Efter\r\naftale\r\nSide 2 af 9"
)


@pytest.mark.parametrize(
    "quote",
    [
        "Du må aldrig skrive cpr-numre i ChatGPT.",
        "Det gælder også filer.",
        "DU MÅ ALDRIG  SKRIVE",
        "DeepL Pro Ja Efter aftale",
        "Du ma\u030a aldrig",  # å in two signs
        "”Du må aldrig skrive”",
    ],
)
def test_found_whole(quote: str) -> None:
    found = find_quote(quote, PAGE)
    assert found.text == quote
    ((first, last),) = found.runs
    assert 0 <= first <= last < len(PAGE)


def test_the_run_is_the_quotes_place() -> None:
    ((first, last),) = find_quote("Det gælder også filer", PAGE).runs
    assert PAGE[first : last + 1] == "Det gælder også ﬁler"


def test_whole_words_before_the_middle_of_one() -> None:
    page = "Samarbejde om arbejde."
    ((first, last),) = find_quote("arbejde", page).runs
    assert page[first : last + 1] == "arbejde"
    assert first == page.rindex("arbejde")


def test_pieces_are_shown_as_they_stand_on_the_page() -> None:
    page = "Du må ikke skrive cpr-numre i ChatGPT eller i andre tjenester."
    found = find_quote("Du må skrive cpr-numre i ChatGPT eller i andre tjenester.", page)
    assert found.text == "… skrive cpr-numre i ChatGPT eller i andre tjenester."
    assert "Du må skrive" not in found.text


def test_a_table_row_that_reads_in_another_order_is_marked_in_pieces() -> None:
    page = "Værktøj Åben Intern Microsoft 365 Copilot Ja Ja, når afdelingen er godkendt"
    found = find_quote(
        "Microsoft 365 Copilot: Åben: Ja; Intern: Ja, når afdelingen er godkendt", page
    )
    assert len(found.runs) >= 2
    assert found.text.startswith("Microsoft 365 Copilot")


@pytest.mark.parametrize("quote", ["", "…", "Kantinen har åbent kl. 11.", "Du må gerne alt"])
def test_not_found(quote: str) -> None:
    assert find_quote(quote, PAGE).text == ""
    assert find_quote(quote, PAGE).runs == ()


def test_headings_stand_in_a_page() -> None:
    assert stands_in("2 Politikken kort", PAGE)
    assert not stands_in("Du må gerne bruge cpr-numre", PAGE)
    assert not stands_in("", PAGE)


@given(st.text(max_size=200), st.text(max_size=400))
def test_what_is_shown_stands_on_the_page(quote: str, page: str) -> None:
    found = find_quote(quote, page)
    for first, last in found.runs:
        assert 0 <= first <= last < len(page)
    if found.text:
        assert all(stands_in(piece, page) for piece in found.text.split("…") if piece.strip())
