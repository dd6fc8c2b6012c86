"""What the introduction of a list and the headings over it lend to its items."""

import pytest

from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.model import Rule
from tests.ingest.rules.reading import passage


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def _rules(lexicon: Lexicon, text: str, *section: str) -> list[Rule]:
    return rules_of([passage(text, *section)], lexicon)


@pytest.mark.parametrize(
    ("intro", "section", "modality"),
    [
        ("Frit:", ("Skrive",), "tilladt"),
        ("Lukket:", ("Skrive",), "forbudt"),
        ("Havn og færge:", ("Vi siger nej til",), "forbudt"),
        ("Havn og færge:", ("Vi siger ja til",), "tilladt"),
        ("", ("Grønt lys: kør bare", "På kontoret"), "tilladt"),
        ("Det er ikke fint at:", ("Velkomst",), "forbudt"),
    ],
)
def test_a_label_rules_its_items(
    lexicon: Lexicon, intro: str, section: tuple[str, ...], modality: str
) -> None:
    text = f"{intro}\n- festtaler i ChatGPT\n- mails til kolleger i Copilot Chat".strip()
    assert [r.modality for r in _rules(lexicon, text, *section)] == [modality, modality]


@pytest.mark.parametrize("intro", ["Havn og færge:", "Sådan gør vi:", ""])
def test_a_label_that_only_names_a_subject_rules_nothing(lexicon: Lexicon, intro: str) -> None:
    text = f"{intro}\n- festtaler i ChatGPT\n- mails i Copilot".strip()
    assert _rules(lexicon, text, "Skrive") == []


def test_a_label_may_be_the_condition_of_its_items(lexicon: Lexicon) -> None:
    (rule,) = _rules(
        lexicon, "Med lov fra vejchefen:\n- at sende droneoptagelser gennem LuftSyn", "Vej og park"
    )
    assert (rule.modality, rule.conditions) == ("tilladt", ("med lov fra vejchefen",))


def test_so_may_a_heading_that_says_what_it_takes(lexicon: Lexicon) -> None:
    text = "Du skal have en godkendelse, før du\n- bygger en chatbot til hjemmesiden"
    *_, rule = _rules(lexicon, text, "2.1 Det kræver godkendelse")
    assert (rule.modality, rule.conditions) == ("tilladt", ("det kræver godkendelse",))
    *_, rule = _rules(lexicon, text, "Det kræver ikke godkendelse")
    assert rule.modality == "ikke påbud"


def test_items_of_what_is_on_condition_tell_it_themselves(lexicon: Lexicon) -> None:
    text = "- Sammenfatning af klager i Copilot Chat: navn og adresse er fjernet"
    (rule,) = _rules(lexicon, text, "Gult lys: kun når betingelsen er opfyldt")
    assert rule.modality == "tilladt"
    assert rule.scope == "Sammenfatning af klager i Copilot Chat"
    assert rule.conditions == ("navn og adresse er fjernet",)
