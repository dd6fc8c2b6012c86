import pytest

from ingest.passages import Passage
from ingest.rules.book import RuleBook
from ingest.rules.classes import classes_of_data
from ingest.rules.lexicon import Lexicon
from tests.ingest.rules.reading import passage, table

_DEFINED = (
    "Klasse A (åbne oplysninger): hjemmesidetekster og pressemeddelelser.\n"
    "Klasse B (interne oplysninger): forretningsgange og budgetoplæg.\n"
    "Klasse C (almindelige personoplysninger): navn og adresse.\n"
    "Klasse D: CPR-numre, helbredsoplysninger, løn og privatøkonomi."
)
_TABLE = (
    "Robotten: Kl. A: ja; Kl. B: ja; Kl. C: betinget; Kl. D: nej; Bemærkning: Kræver licens, § 5"
)


def _book(*passages: Passage) -> RuleBook:
    return RuleBook.read_from(passages, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (_DEFINED, ["data.klasse-a", "data.klasse-b", "data.klasse-c", "data.klasse-d"]),
        (
            "Niveau 1: åbne oplysninger.\nNiveau 2: interne oplysninger.",
            ["data.niveau-1", "data.niveau-2"],
        ),
        (
            "Kategori 1 omfatter offentlige data.\nKategori 2 omfatter persondata.",
            ["data.kategori-1", "data.kategori-2"],
        ),
        ("Klasse A: åbne oplysninger.", []),  # one alone classifies nothing
        ("Klasse 5: lejrskole.\nKlasse 6: svømning.", []),  # not about data
        ("Elever i 5. klasse må bruge SkoleGPT.\nElever i 6. klasse også.", []),
    ],
)
def test_the_classes_that_a_document_defines(text: str, found: list[str]) -> None:
    assert [c.id for c in classes_of_data([passage(text)])] == found


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("oplysninger i klasse A, B og C", "abc"),
        ("kun til klasse A", "a"),
        ("klasse B eller D", "bd"),
        ("klasse A-C", "abc"),
        ("Kl. D", "d"),
        ("elever i 5. klasse", ""),
    ],
)
def test_classes_that_a_text_names(text: str, letters: str) -> None:
    lexicon = Lexicon.load().extended(classes_of_data([passage(_DEFINED)]))
    found = [m.concept for m in lexicon.mentions(text) if m.concept.startswith("data.klasse")]
    assert found == [f"data.klasse-{letter}" for letter in letters]


def test_what_is_in_a_class_and_what_a_table_says_of_it() -> None:
    book = _book(passage(_DEFINED), table(_TABLE))
    members = {d.concept: d.members for d in book.definitions}
    assert {"data.cpr", "data.health", "data.income"} <= set(members["data.klasse-d"])
    assert members["data.klasse-b"] == ("data.internal",)
    rules = {r.concepts("data"): (r.modality, r.conditions) for r in book.rules}
    assert rules[("data.klasse-a",)][0] == "tilladt"
    assert rules[("data.klasse-d",)][0] == "forbudt"
    assert rules[("data.klasse-c",)] == ("tilladt", ("Kræver licens",))  # not "betinget"


def test_a_definition_is_no_rule() -> None:
    book = _book(passage("Det er for eksempel:\n• åbningstider", "2 Grønne data: Det, alle må se"))
    assert book.rules == ()


def test_a_row_that_forbids_all_is_one_ban() -> None:
    row = "Robotten: Åbne data: nej; Interne data: nej; Personoplysninger: nej"
    (rule,) = _book(table(row)).rules
    assert (rule.modality, rule.concepts("data")) == ("forbudt", ())
    assert rule.column == "Åbne data, Interne data, Personoplysninger"


def test_an_edition_of_a_tool_is_a_tool_of_its_own() -> None:
    rows = (
        "ChatGPT Team: Åbne data: ja; Interne data: nej\nDeepL Pro: Åbne data: ja; Interne data: ja"
    )
    book = _book(table(rows))
    assert book.lexicon.above("tool.chatgpt team") >= {"tool.chatgpt", "tool.open-chat"}
    assert {r.concepts("tool") for r in book.rules} == {("tool.chatgpt team",), ("tool.deepl-pro",)}
