"""The deterministic entailment, against hand labels."""

import pytest

from evals.agreement import SEEN, agreement, read_pairs
from evals.entailment import entails, why_not

RULE = "ChatGPT må kun bruges til åbne data."


def test_it_agrees_with_the_hand_labels_as_the_decision_page_says() -> None:
    pairs = read_pairs()
    assert len(pairs) == 100
    said = [entails(p.source, p.claim) for p in pairs]
    labels = [p.follows for p in pairs]
    assert agreement(labels, said).same >= 87
    assert agreement(labels[SEEN:], said[SEEN:]).same >= 44


def test_kappa_is_cohens() -> None:
    # Twenty of both, five of each alone, fifteen of neither: a textbook's .4 (Cohen, 1960).
    labels = [True] * 25 + [False] * 25
    said = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert agreement(labels, said).kappa == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (RULE, ""),
        ("Du må kun bruge ChatGPT til åbne data.", ""),
        ("ChatGPT må bruges.", "udelader kun"),
        ("ChatGPT må ikke bruges til åbne data.", "benægter andet"),
        ("ChatGPT skal bruges til åbne data.", "siger det stærkere eller svagere"),
        ("ChatGPT må kun bruges til 3 slags åbne data.", "tal: 3"),
        ("Kantinen har åbent om fredagen.", "handler om andet"),
        ("", "siger ingenting"),
    ],
)
def test_why_a_sentence_does_not_follow(claim: str, why: str) -> None:
    assert why_not(RULE, claim) == why


def test_the_names_of_columns_are_no_claim() -> None:
    stands = "DeepL (gratis) Ja Nej Nej Nej"
    assert entails(stands, "DeepL (gratis): Åben: Ja; Intern: Nej; Fortrolig: Nej; Følsom: Nej")
    assert not entails(stands, "DeepL (gratis): Åben: Nej; Intern: Ja; Fortrolig: Nej")
