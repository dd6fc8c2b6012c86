"""Words of a question and of a rule are compared one by one."""

import numpy as np
import pytest

from assistant.verdicts.alignment import SIDES, SIGNS, Alignment
from ingest.lexical import Vocabulary

SENTENCES = (
    "Referat af interne møder må skrives med Copilot.",
    "Optagelser af børn må ikke lægges op.",
    "",
)


@pytest.fixture(scope="module")
def alignment() -> Alignment:
    return Alignment([SENTENCES] * len(SIDES), Vocabulary.of(SENTENCES))


def _sign(signs: np.ndarray, name: str) -> list[float]:
    found: list[float] = signs[:, SIGNS.index(name)].tolist()
    return found


def test_a_rule_that_has_the_words_asked_is_covered(alignment: Alignment) -> None:
    signs = alignment.signs("Må Copilot skrive referatet af et internt møde?")
    assert signs.shape == (len(SENTENCES), len(SIGNS))
    for name in SIGNS:
        first, other, nothing = _sign(signs, name)
        assert 1.0001 >= first > other >= nothing >= -0.0001, name


def test_words_in_another_form_are_near_and_count_for_less(alignment: Alignment) -> None:
    same, other_form, other = (
        _sign(alignment.signs(question), "sentence, covered")[1]
        for question in ("børn", "barnet", "faktura")
    )
    assert same == pytest.approx(1.0)
    assert same > other_form > other


def test_what_a_rule_says_that_is_not_asked_is_not_held(alignment: Alignment) -> None:
    whole, part = (
        _sign(alignment.signs(question), "sentence, held")[1]
        for question in ("Må optagelser af børn lægges op?", "Må optagelser gemmes?")
    )
    assert whole > part


def test_no_words_and_no_rules_give_no_signs(alignment: Alignment) -> None:
    assert not alignment.signs("?").any()
    empty = Alignment([()] * len(SIDES), Vocabulary.of(SENTENCES))
    assert empty.signs("Må jeg?").shape == (0, len(SIGNS))
