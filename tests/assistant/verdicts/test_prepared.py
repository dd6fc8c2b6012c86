import pytest

from assistant.verdicts.prepared import prepare
from ingest.lexical import Vocabulary
from ingest.register import Document
from ingest.rules.book import RuleBook
from tests.ingest.rules.reading import passage


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("Gemini må heller ikke bruges til åbne data.", set()),  # then to none at all
        ("Gemini må ikke bruges til interne data.", {"data.internal"}),
        ("Gemini må bruges til åbne data.", {"data.public"}),
        ("Åbne data må ikke sælges.", {"data.public"}),  # names no tool
        ("DeepL må bruges til åbne oplysninger, fx åbningstider og adresser.", {"data.public"}),
        (
            "DeepL må bruges til åbne oplysninger og adresser, fx vejnavne.",
            {"data.public", "data.contact"},
        ),
    ],
)
def test_the_data_that_a_rule_is_about(text: str, data: set[str]) -> None:
    read = passage(text)
    (rule,) = RuleBook.read_from([read], None).rules
    prepared = prepare(rule, read, Document(file="a.pdf"), Vocabulary.of([text]))
    assert prepared.data == data
