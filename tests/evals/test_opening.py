"""The questions that the model of open questions is fitted on, and what is made of them."""

import re
from collections import Counter

from assistant.opening import KINDS, MISHAP, OTHER
from evals import opening
from evals.opening import Example, general_words, read_examples
from evals.questions import question_sets, read_questions
from tests.evals.conftest import Refit


def test_every_question_has_a_kind_and_says_what_narrows_it() -> None:
    examples = read_examples()
    kinds = Counter(example.kind for example in examples)
    assert set(kinds) == {*KINDS, MISHAP, OTHER}
    assert min(kinds.values()) >= 100
    for example in examples:
        assert all(part in example.text for part in example.focus.split(" | "))


def test_no_question_of_a_set_is_among_them() -> None:
    fitted = {example.text.casefold() for example in read_examples()}
    files = [*question_sets("tuning"), *question_sets("reporting")]
    assert not fitted & {i.question.casefold() for f in files for i in read_questions(f)}


def test_words_that_narrow_a_question_are_not_general() -> None:
    asked = ("Hvad må vi bruge AI til her?", "hvad gælder her", "Er der regler her?")
    examples = [Example(text, "rules", "", "") for text in asked]
    examples += [Example(f"{text} i skolen her", "rules", "skolen", "") for text in asked]
    examples += [Example("Må skolen det?", OTHER, "", "")] * 3
    assert "her" in general_words(examples)
    assert "skolen" not in general_words(examples)


def test_the_model_in_force_is_the_one_that_is_fitted(refit: Refit) -> None:
    # Of a writer who was left out of the fit.
    told = next(line for line in refit(opening) if "(in force)" in line)
    _, right, of_taken, of_open = map(float, re.findall(r"\d\.\d+", told))
    assert right > 0.6
    assert of_taken > 0.9
    assert of_open > 0.5
