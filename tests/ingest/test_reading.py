from dataclasses import replace

from ingest.passages import Passage
from ingest.reading import sentences_of

PASSAGE = Passage("id", "a.pdf", 3, "3", ("2 Regler",), "", 0, 0)


def _of(text: str, **changes: object) -> list[tuple[str, int, bool]]:
    passage = replace(PASSAGE, text=text, **changes)  # type: ignore[arg-type]
    return [(s.text, s.intro, s.is_item) for s in sentences_of(passage)]


def test_items_know_the_sentence_that_introduces_them() -> None:
    found = _of("Du må ikke skrive:\n• cpr-numre\n• navne. Heller ikke initialer.\nSpørg DPO.")
    assert found == [
        ("Du må ikke skrive:", -1, False),
        ("cpr-numre", 0, True),
        ("navne.", 0, True),
        ("Heller ikke initialer.", -1, False),
        ("Spørg DPO.", -1, False),
    ]


def test_an_introduction_before_the_passage_is_its_first_sentence() -> None:
    found = _of("• navne\n• adresser", context="Du må ikke skrive:")
    assert found[0] == ("Du må ikke skrive:", -1, False)
    assert found[1:] == [("navne", 0, True), ("adresser", 0, True)]


def test_a_row_is_one_sentence_and_quoted_as_it_stands() -> None:
    row = "Udbyder: Hvem er det? Den, der udvikler. Den, der sælger."
    passage = replace(PASSAGE, text=row, rows=((row, "Udbyder Den, der udvikler."),))
    (sentence,) = sentences_of(passage)
    assert sentence.is_row
    assert sentence.quotes[0].text == "Udbyder Den, der udvikler."


def test_a_sentence_over_two_pages_has_a_quote_on_each() -> None:
    passage = replace(PASSAGE, text="Det er kommu-", tail="nens ansvar.")
    (sentence,) = sentences_of(passage)
    assert sentence.text == "Det er kommunens ansvar."
    assert [(q.page, q.text) for q in sentence.quotes] == [
        (3, "Det er kommu-"),
        (4, "nens ansvar."),
    ]


def test_the_rest_of_a_sentence_from_the_page_before_is_left_out() -> None:
    assert _of("nens ansvar. Ring til os.", lead=12) == [("Ring til os.", -1, False)]


def test_what_follows_a_question_is_taken_for_its_answer() -> None:
    passage = replace(PASSAGE, text="Må jeg det? Nej. Ikke uden lov.")
    asks, first, second = sentences_of(passage)
    assert asks.asks
    assert (first.question, second.question) == (0, 0)


def test_a_pronoun_or_a_known_thing_leans_on_the_sentence_before() -> None:
    passage = replace(PASSAGE, text="AI-forordningen gælder. Forordningen er ny. Det er godt.")
    assert [s.leans for s in sentences_of(passage)] == [False, True, True]
