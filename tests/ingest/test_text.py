import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import clean, hyphenated_words, join_lines, normalise


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("e\u0301n a\u030a", "én å"),
        ("o\ufb03ciel \ufb01l, \ufb02ere, \ufb00, sto\ufb06", "officiel fil, flere, ff, stost"),
        ("Ĳssel", "IJssel"),
        ("12\u00a0000\u202f000 kr.\t\u2003og", "12 000 000 kr. og"),
        ("data\u200bbehandler\ufeff\u2060aftale", "databehandleraftale"),
        ("\u202eabc\u202c", "abc"),
        (
            "it\u00adsikkerhed it\u2011sikkerhed it\u2010sikkerhed",
            "it-sikkerhed it-sikkerhed it-sikkerhed",
        ),
        ("\uf0b7 en ▪ to ● tre ◦ fire", "• en • to • tre • fire"),
        ("a\x00b\x07c\x1fd", "abcd"),
        ("a\x02b", "a-b"),
        ("½ m² § 7 – “ja”", "½ m² § 7 – “ja”"),
        ("", ""),
    ],
)
def test_clean(stored: str, written: str) -> None:
    assert clean(stored) == written


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_normalised_text_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Du må ikke", "dele den."], "Du må ikke dele den."),
        (["konsekvens-", "analysen"], "konsekvensanalysen"),
        (["data-", "behandleraftalen og", "mere"], "databehandleraftalen og mere"),
        (["ind-", "og udgående post"], "ind- og udgående post"),
        (["it-", "eller sikkerhedschefen"], "it- eller sikkerhedschefen"),
        (["AI-", "forordningen"], "AI-forordningen"),
        (["CPR-", "numre"], "CPR-numre"),
        (["Nord-", "Fyn"], "Nord-Fyn"),
        (["i 2024-", "2025"], "i 2024- 2025"),
        (["www.kommunen.example/", "ai"], "www.kommunen.example/ai"),
        (["https://kommunen.", "example"], "https://kommunen.example"),
        (["digital@", "kommunen.example"], "digital@kommunen.example"),
        (["  med luft  ", "", "  her "], "med luft her"),
        (["-"], "-"),
        ([], ""),
    ],
)
def test_lines_join_to_running_text(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it() -> None:
    known = hyphenated_words("Om it-sikkerhed og E-boks.")
    assert known == {"it-sikkerhed", "e-boks"}
    assert join_lines(["it-", "sikkerhed"], known) == "it-sikkerhed"
    assert join_lines(["it-", "sikkerheden"], known) == "itsikkerheden"


@given(st.lists(st.text(alphabet="abcæøå .,-", max_size=12), max_size=6))
def test_joining_loses_no_letter(lines: list[str]) -> None:
    letters = [c for c in "".join(lines) if c.isalpha()]
    assert [c for c in join_lines(lines) if c.isalpha()] == letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“ja” – siger »hun«", '"ja" - siger "hun"'),
        ("kl. 8−16", "kl. 8-16"),
        ("to\nlinjer  her", "to linjer her"),
    ],
)
def test_normalise_makes_typography_plain(one: str, other: str) -> None:
    assert normalise(one) == other
