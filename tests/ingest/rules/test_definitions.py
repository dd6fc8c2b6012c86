import pytest

from ingest.passages import Passage
from ingest.rules.definitions import definitions_of, equals_of
from ingest.rules.lexicon import Lexicon
from tests.ingest.rules.reading import passage, table

_Members = list[tuple[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def _of(lexicon: Lexicon, *passages: Passage) -> _Members:
    return [(d.concept, d.members) for d in definitions_of(passages, lexicon)]


@pytest.mark.parametrize(
    "text",
    [
        "Fortrolige data er oplysninger om indkomst og gæld.",
        "Fortrolige oplysninger omfatter lønsedler.",
        "Til fortrolige oplysninger regner vi indkomst og gæld.",
        "Fortrolige data er indkomst, men ikke vagtplaner.",
    ],
)
def test_a_document_puts_income_among_the_confidential(lexicon: Lexicon, text: str) -> None:
    (found,) = definitions_of([passage(text)], lexicon)
    assert (found.concept, found.members) == ("data.confidential", ("data.income",))
    assert (found.document, found.passage, found.number) == ("a.pdf", "id", 0)
    assert found.words == text


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("2.3 Fortrolige oplysninger", "Det er for eksempel lønsedler og gæld."),
        ("Fortrolige data", "Hertil hører indkomst og gæld."),
    ],
)
def test_a_sentence_that_hangs_on_its_heading(lexicon: Lexicon, heading: str, text: str) -> None:
    assert _of(lexicon, passage(text, heading)) == [("data.confidential", ("data.income",))]
    assert _of(lexicon, passage(text, "2 Formål")) == []


def test_the_items_of_a_list_belong_to_its_introduction(lexicon: Lexicon) -> None:
    text = "Følsomme oplysninger er:\n• helbredsoplysninger\n• fagforening\n• gæld"
    members = [m for _, found in _of(lexicon, passage(text)) for m in found]
    assert members == ["data.health", "data.union", "data.income"]
    assert {concept for concept, _ in _of(lexicon, passage(text))} == {"data.sensitive"}


def test_a_row_with_a_column_of_examples(lexicon: Lexicon) -> None:
    (found,) = definitions_of([table("Fortrolige data: Eksempler: Indkomst, gæld")], lexicon)
    assert (found.concept, found.members) == ("data.confidential", ("data.income",))
    assert found.words == "Indkomst, gæld"


def test_a_row_without_examples_defines_nothing(lexicon: Lexicon) -> None:
    assert _of(lexicon, table("Fortrolige data: ChatGPT: Nej; Copilot: Ja")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Fortrolige data må ikke skrives i ChatGPT.",
        "Fortrolige data er ikke indkomst.",
        "Vi taler ofte om fortrolige data og indkomst.",
    ],
)
def test_a_sentence_that_defines_nothing(lexicon: Lexicon, text: str) -> None:
    assert _of(lexicon, passage(text)) == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Åbne data er vagtplaner og helbredsoplysninger.", "data.public"),
        ("Interne data omfatter navne, gæld og cpr-numre.", "data.internal"),
        (
            "Almindelige personoplysninger er cpr-numre og helbredsoplysninger.",
            "data.ordinary",
        ),
        ("Åbne data er interne data.", "data.public"),
    ],
)
def test_nothing_is_put_into_a_lesser_class(lexicon: Lexicon, text: str, concept: str) -> None:
    assert _of(lexicon, passage(text)) == [(concept, ())]


def test_what_the_lexicon_puts_into_a_class_may_be_said_again(lexicon: Lexicon) -> None:
    assert _of(lexicon, passage("Personoplysninger er navne og adresser.")) == [
        ("data.personal", ("data.contact",))
    ]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Fortrolige data er personoplysninger.", "data.confidential"),
        ("Fortrolige data er interne data.", "data.confidential"),
    ],
)
def test_a_whole_class_is_not_put_into_another(lexicon: Lexicon, text: str, concept: str) -> None:
    assert _of(lexicon, passage(text)) == [(concept, ())]


def test_colours_hold_classes(lexicon: Lexicon) -> None:
    text = (
        "Grønne data er åbne data. Gule data er interne data. "
        "Røde data er fortrolige oplysninger og gæld."
    )
    members = dict(_of(lexicon, passage(text)))
    assert members["data.red"] == ("data.confidential", "data.income")
    assert set(members) == {"data.green", "data.yellow", "data.red"}


def test_a_colour_does_not_hold_what_is_more_protected(lexicon: Lexicon) -> None:
    assert _of(lexicon, passage("Grønne data er navne, adresser og vagtplaner.")) == [
        ("data.green", ())
    ]
    assert _of(lexicon, passage("Røde data er gule data.")) == [("data.red", ())]


@pytest.mark.parametrize(
    ("text", "concept", "members"),
    [
        (
            "For fortrolige oplysninger gælder de samme regler som for følsomme oplysninger.",
            "data.sensitive",
            ("data.confidential",),
        ),
        (
            "Oplysninger om indkomst behandles som fortrolige oplysninger.",
            "data.confidential",
            ("data.income",),
        ),
    ],
)
def test_what_is_treated_as_a_class_belongs_to_it(
    lexicon: Lexicon, text: str, concept: str, members: tuple[str, ...]
) -> None:
    (found,) = equals_of([passage(text)], lexicon)
    assert (found.concept, found.members) == (concept, members)
    assert _of(lexicon, passage(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Helbredsoplysninger behandles som interne oplysninger.",
        "For følsomme oplysninger gælder de samme regler som for fortrolige oplysninger.",
    ],
)
def test_nothing_is_treated_as_a_lesser_class(lexicon: Lexicon, text: str) -> None:
    assert equals_of([passage(text)], lexicon) == []
