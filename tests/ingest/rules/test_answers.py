"""Questions that a document asks itself, and what its yes or no makes of them."""

import pytest

from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon
from tests.ingest.rules.reading import passage

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("text", "modality", "scope"),
    [
        ("Må jeg bruge Gemini? Nej.", "forbudt", "Må jeg bruge Gemini"),
        ("Må jeg bruge Gemini? Ja.", "tilladt", "Må jeg bruge Gemini"),
        ("Skal jeg bruge AI? Nej.", "ikke påbud", "Skal jeg bruge AI"),
        ("Skal jeg mærke teksten? Ja.", "påbud", "Skal jeg mærke teksten"),
        ("Er det i orden at bruge DeepL? Ja.", "tilladt", "Er det i orden at bruge DeepL"),
    ],
)
def test_yes_and_no_rule_what_is_asked(text: str, modality: str, scope: str) -> None:
    (rule,) = rules_of([passage(text)], LEXICON)
    assert (rule.modality, rule.scope) == (modality, scope)


@pytest.mark.parametrize(
    "text", ["Er AI-forordningen udskudt? Nej.", "Bruger kommunen Copilot? Ja."]
)
def test_yes_and_no_to_a_question_of_fact_rule_nothing(text: str) -> None:
    assert rules_of([passage(text)], LEXICON) == []


def test_a_heading_that_asks_of_a_duty_is_answered_too() -> None:
    (rule,) = rules_of([passage("Nej.", "6.13 Skal jeg bruge AI?")], LEXICON)
    assert (rule.modality, rule.scope) == ("ikke påbud", "Skal jeg bruge AI")


def test_a_bare_no_goes_on_in_the_sentence_after() -> None:
    text = "Må jeg bruge Gemini? Nej. Kommunen har ingen aftale med Google. Må jeg bruge DeepL? Ja."
    no, yes = (r for r in rules_of([passage(text)], LEXICON) if r.scope.startswith("Må jeg"))
    assert no.more == (no.number + 1,)
    assert yes.more == ()
