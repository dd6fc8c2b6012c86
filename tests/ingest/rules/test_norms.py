"""Norms in words that no pattern has, told by the model that was fitted on labelled sentences."""

import json

import pytest

from ingest.encoder.texts import ASKED, read_answers
from ingest.rules import norms
from ingest.rules.clauses import clauses_of
from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.norms import chances_of, norm_of
from tests.ingest.rules.reading import passage

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("sentence", "norm"),
    [
        ("Åbne og interne oplysninger hører fint hjemme i Claude.", "tilladt"),
        ("Plakater og opslag laver vi gerne i Canva.", "tilladt"),
        ("Samtaler med børn bliver ikke skrevet ned af en maskine.", "forbudt"),
        ("Kommunen har 2386 licenser til Microsoft 365.", None),
        ("Kurset varer 45 minutter og ligger på intranettet.", None),
        ("Det er AI ikke.", None),
    ],
)
def test_a_norm_is_told_from_what_states_none(sentence: str, norm: str | None) -> None:
    assert norm_of(sentence, "", LEXICON) == norm


def test_chances_are_of_all_norms_and_none() -> None:
    chances = chances_of("DeepL tager vi til alt, der er åbent.", "Oversættelse", LEXICON)
    assert sum(chances.values()) == pytest.approx(1.0)
    assert {"tilladt", "forbudt", "påbud", "ingen"} <= chances.keys()


def test_such_a_norm_is_a_rule_with_parts_and_conditions() -> None:
    text = "Åbne og interne oplysninger hører fint hjemme i Claude, når du er logget på."
    (rule,) = rules_of([passage(text)], LEXICON)
    assert rule.modality == "tilladt"
    assert "tool.claude" in {p.concept for p in rule.parts}
    assert rule.conditions == ("når du er logget på",)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Politikken forklarer, hvordan et nyt AI-værktøj bliver godkendt.", []),
        ("Har du spørgsmål, kan du skrive til AI-koordinatoren på ai@kommunen.example.", []),
        ("Lokal 4444 er åben for brud døgnet rundt.", []),
        ("Åbne oplysninger kan lægges i Copilot Chat.", ["tilladt"]),
        ("Opgaver og idéer til forløb laver du frit i SkoleGPT.", ["tilladt"]),
        ("Du må skrive til AI-koordinatoren, hvis du har spørgsmål.", ["tilladt"]),
    ],
)
def test_what_only_looks_like_a_norm_is_no_rule(sentence: str, found: list[str]) -> None:
    assert clauses_of(sentence)
    assert [r.modality for r in rules_of([passage(sentence)], LEXICON)] == found


def test_who_is_left_out_is_all_that_is_forbidden() -> None:
    text = "Tilladelsen til åbne chattjenester gælder ikke for Gemini eller DeepSeek."
    rules = rules_of([passage(text)], LEXICON)
    assert [r.modality for r in rules] == ["forbudt"]
    assert {p.concept for r in rules for p in r.parts} == {"tool.gemini", "tool.deepseek"}


def test_every_sentence_is_labelled_with_a_norm_that_the_model_knows() -> None:
    known = set(json.loads((ASKED.parents[1] / "rules" / norms.FILE).read_text())["names"])
    assert {a.norm for a in read_answers(ASKED)} == known


def test_what_is_told_of_questions_is_told_of_each_or_left_open() -> None:
    acts = {"leave", "duty", "fact", "follow-up", "phrase", ""}
    verdicts = {"ja", "nej", "betinget", "ingen", ""}
    for answer in read_answers(ASKED):
        assert len(answer.acts) in (0, len(answer.questions))
        assert set(answer.acts) <= acts
        assert len(answer.verdicts) in (0, len(answer.questions))
        assert set(answer.verdicts) <= verdicts
