import pytest

from assistant.verdicts.examples import Examples
from ingest.lexical import Vocabulary
from ingest.rules.model import Definition

_B = "Klasse B (interne oplysninger): arbejdsmateriale, f.eks. forretningsgange og budgetoplæg."
_D = "Klasse D: CPR-numre, løn og privatøkonomi, indkomne tilbud i et udbud."


@pytest.fixture(scope="module")
def examples() -> Examples:
    definitions = [
        Definition("a.pdf", "id", n, concept, (), words)
        for n, (concept, words) in enumerate((("data.klasse-b", _B), ("data.klasse-d", _D)))
    ]
    return Examples(definitions, Vocabulary.of([_B, _D]))


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Må jeg skrive en forretningsgang?", {"data.klasse-b"}),
        ("et oplæg til budget 2028", {"data.klasse-b"}),  # the parts of the compound
        ("en borgers lønseddel", {"data.klasse-d"}),  # a compound of the example
        ("de indkomne tilbud i et udbud", {"data.klasse-d"}),
        ("et tilbud fra kantinen", set()),  # not all of the example
        ("en tur i skoven", set()),
        ("", set()),
    ],
)
def test_the_class_of_what_is_spoken_of(examples: Examples, text: str, concepts: set[str]) -> None:
    assert examples.classes_of(text) == concepts
