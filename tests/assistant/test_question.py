import pytest

from assistant.asking import core, expectation_of, language_of
from assistant.question import Analyst, analyst_of
from ingest.lexical import Vocabulary, stem

TEXTS = [
    "Direktionen har godkendt Copilot. Der er 2386 E3-licenser i brug.",
    "Notatet er efterspurgt af Økonomiudvalget.",
    "Lyden fra et møde slettes senest efter 30 dage.",
    "Et prompt er det input, som modellen får.",
]


@pytest.fixture
def analyst() -> Analyst:
    return analyst_of(Vocabulary.of(TEXTS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvor mange licenser er der?", "count"),
        ("hvad koster en licens", "money"),
        ("Hvornår trådte loven i kraft?", "time"),
        ("hvor længe må vi gemme lyden", "time"),
        ("Hvilken dato er kurset?", "date"),
        ("Hvem har godkendt det?", "who"),
        ("Hvem skal jeg kontakte?", "contact"),
        ("hva er telefonnummeret til servicedesk", "phone"),
        ("må jeg bruge ChatGPT", "permission"),
        ("Er det ok at optage mødet?", "permission"),
        ("ska jeg spørge min leder?", "permission"),
        ("May I use Gemini?", "permission"),
        ("Hvorfor er Grammarly forbudt?", "why"),
        ("hva betyder hallucination", "definition"),
        ("Hvilke klasser findes der?", "list"),
        ("Hvad hedder de tre modeller?", "list"),
        ("Kan AI koste folk jobbet?", "polar"),
        ("fortæl om signaturprojekter", "any"),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(text: str, expected: str) -> None:
    assert expectation_of(text) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvor mange er der?", "da"),
        ("How many are there?", "en"),
        ("May I use ChatGPT?", "en"),
        ("ChatGPT", "da"),
        ("is det ok at bruge copilot", "da"),
        ("What is a følsom oplysning?", "da"),  # a Danish letter settles it
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_the_sentence_that_asks_is_found_among_others() -> None:
    assert core("Jeg sidder i HR. Må jeg optage samtalen? Tak!") == "Må jeg optage samtalen?"
    assert core('hvad handler "Bør vi?" om') == 'hvad handler "Bør vi" om'


def test_a_misspelt_word_finds_the_word_that_was_meant(analyst: Analyst) -> None:
    terms = {t.word: t for t in analyst.understand("hvad er en promt").terms}
    assert stem("prompt") in terms["promt"].variants


def test_a_synonym_counts_less_than_the_word_itself(analyst: Analyst) -> None:
    terms = {t.word: t for t in analyst.understand("Hvem har bestilt notatet?").terms}
    assert 0.5 < terms["bestilt"].variants[stem("efterspurgt")] < 1.0
    assert terms["notatet"].variants[stem("notatet")] == 1.0


def test_words_without_danish_letters_are_understood(analyst: Analyst) -> None:
    assert any(t.word == "møde" and t.known for t in analyst.understand("et moede").terms)


def test_a_follow_up_takes_its_subject_from_the_question_before(analyst: Analyst) -> None:
    alone = analyst.understand("Og hvem har godkendt det?")
    after = analyst.understand("Og hvem har godkendt det?", ["Må jeg bruge Copilot?"])
    assert "copilot" not in {t.word for t in alone.terms}
    assert "copilot" in {t.word for t in after.terms}
    assert after.standalone == "Må jeg bruge Copilot? Og hvem har godkendt det?"


def test_a_question_of_its_own_leaves_the_history_alone(analyst: Analyst) -> None:
    asked = "Hvor mange E3-licenser er i brug i hele kommunens administration?"
    assert analyst.understand(asked, ["Må jeg bruge Gemini?"]).standalone == asked


def test_numbers_and_names_weigh_more_than_filler(analyst: Analyst) -> None:
    terms = {t.word: t for t in analyst.understand("Har vi egentlig Copilot lige nu?").terms}
    assert terms["copilot"].weight > 3 * terms["egentlig"].weight
    assert terms["copilot"].named


def test_an_english_word_is_understood_by_its_meaning() -> None:
    analyst = analyst_of(Vocabulary.of(["En adgangskode skal være lang.", "Spørg leverandøren."]))
    asked = analyst.understand("Who is the supplier of the password software?")
    terms = {t.word: t for t in asked.terms}
    assert stem("adgangskode") in terms["password"].variants
    assert stem("leverandøren") in terms["supplier"].variants
    searched = {word for group in asked.expansion for word, _ in group}
    assert {stem("adgangskode"), stem("leverandøren")} <= searched


def test_the_end_of_a_compound_finds_the_compound() -> None:
    analyst = analyst_of(Vocabulary.of(["En evalueringsrapport udkommer i 2024."]))
    (term,) = analyst.understand("hvornår kommer rapporten").terms[-1:]
    assert stem("evalueringsrapport") in term.variants
