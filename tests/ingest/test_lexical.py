from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import FIELDS, LexicalIndex, Vocabulary, grams, stems, words

TEXTS = [
    "Du må ikke skrive cpr-numre i ChatGPT, jf. § 7 i politikken.",
    "Databehandleraftalen underskrives af systemejeren, når data behandles.",
    "It-sikkerhed er alles ansvar; sikkerhedskoordinatoren svarer på spørgsmål om sikkerhed.",
    "EU's forordning om AI trådte i kraft i 2024. En aftale kræver en behandler.",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("§ 7, stk. 2", ["§7", "stk", "2"]),
        ("§7", ["§7"]),
        ("§ 7 i loven", ["§7", "i", "loven"]),
        ("§ 24 a og § 24a", ["§24a", "og", "§24a"]),
        ("§§ 3 og 4", ["§3", "og", "4"]),
        ("KLs, EU's og GDPR’s krav", ["kl", "eu", "og", "gdpr", "krav"]),
        ("Mads og Las vegas", ["mads", "og", "las", "vegas"]),
        ("it-sikkerhed", ["it-sikkerhed"]),
        ("3,5 mio. til version 2.1", ["3,5", "mio", "til", "version", "2.1"]),
        ("a b c", ["a", "b", "c"]),
        ("ÆBLE ÅSE ØL", ["æble", "åse", "øl"]),
        (" – … ?", []),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_stop_words_are_left_out_and_single_letters_kept() -> None:
    assert stems("Må jeg bruge det i C?") == ["brug", "c"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("politikken", "politik"),
        ("retningslinjer", "retningslinje"),
        ("godkendte", "godkendt"),
        ("KL's", "KL"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_a_word_with_a_hyphen_is_found_whole_in_parts_and_written_together() -> None:
    assert {*stems("it-sikkerhed")} >= {*stems("it"), *stems("sikkerhed"), *stems("itsikkerhed")}


def test_grams_mark_where_words_begin_and_end() -> None:
    assert grams("borgere") == ["_borg", "borge", "orger", "rgere", "gere_"]
    assert grams("ai") == ["_ai_"]
    assert grams("og") == []


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("databehandleraftale", ("data", "behandler", "aftale")),
        ("sikkerhedsansvar", ("sikkerhed", "ansvar")),
        ("it-sikkerhed", ("it", "sikkerhed")),
        ("sikkerhed", ()),
        ("ukendteord", ()),
    ],
)
def test_compounds_fall_apart_at_known_words(word: str, parts: tuple[str, ...]) -> None:
    assert Vocabulary.of(TEXTS).parts(word) == parts


def test_a_misspelt_word_is_put_right() -> None:
    vocabulary = Vocabulary.of(TEXTS)
    assert vocabulary.similar("politiken") == {*stems("politikken")}
    assert vocabulary.similar("xyz") == set()


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("må jeg skrive cpr-numre", 0),
        ("§ 7", 0),
        ("hvem underskriver en databehandleraftale", 1),
        ("hvem har ansvaret for it-sikkerheden", 2),
        ("EUs AI-forordning", 3),
    ],
)
@pytest.mark.parametrize("field", FIELDS)
def test_the_best_text_for_a_question(field: str, query: str, best: int) -> None:
    assert int(np.argmax(LexicalIndex.build(TEXTS).scores(field, query))) == best


def test_a_compound_is_found_by_its_parts() -> None:
    scores = LexicalIndex.build(TEXTS).scores("parts", "sikkerhedsaftale")
    assert scores[2] > 0
    assert scores[3] > 0
    assert scores[0] == 0


def test_what_is_not_there_scores_nothing() -> None:
    index = LexicalIndex.build(TEXTS)
    for field in FIELDS:
        assert not index.scores(field, "kænguru zebra qwxz").any()
        assert not index.scores(field, "").any()
        assert index.scores(field, "x").shape == (len(TEXTS),)


@pytest.mark.parametrize("texts", [TEXTS, [], ["", "–"], ["og i det"]])
def test_a_saved_index_scores_the_same(tmp_path: Path, texts: list[str]) -> None:
    built = LexicalIndex.build(texts)
    built.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    for field in FIELDS:
        for query in ("sikkerhed og aftale", "§ 7", "og", ""):
            np.testing.assert_array_equal(loaded.scores(field, query), built.scores(field, query))
    assert loaded.vocabulary.words == built.vocabulary.words


@given(st.text(max_size=60))
def test_any_question_can_be_scored(query: str) -> None:
    for field in FIELDS:
        scores = _INDEX.scores(field, query)
        assert scores.shape == (len(TEXTS),)
        assert np.isfinite(scores).all()
        assert (scores >= 0).all()


_INDEX = LexicalIndex.build(TEXTS)
