"""Sentences of the sample corpus as claims: as they stand they pass, changed in a word they do not.

No one wrote these errors one by one: every tenth sentence is changed wherever it can be.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from assistant.chatmodel.checks.names import is_person
from assistant.chatmodel.checks.verify import Outcome
from assistant.chatmodel.protocol import ModelClaim
from evals.claims import Bench
from ingest.passages import Passage
from ingest.reading import sentences_of

Sentences: TypeAlias = list[tuple[Passage, str]]
Change: TypeAlias = Callable[[str], Iterator[str]]


@pytest.fixture(scope="module")
def bench(sample_index: Path) -> Bench:
    return Bench(sample_index)


@pytest.fixture(scope="module")
def sentences(bench: Bench) -> Sentences:
    found = [
        (passage, sentence.text)
        for passage in bench.index.passages
        for sentence in sentences_of(passage)
        if not sentence.is_row and 5 <= len(sentence.text.split()) <= 40
    ]
    return found[::10]


def _outcome(bench: Bench, passage: Passage, claim: str, source: str) -> Outcome:
    return bench.verifier.check(ModelClaim(claim, (1,), source), [passage]).outcome


def _replaced(pattern: str, by: str) -> Change:
    def change(text: str) -> Iterator[str]:
        for match in re.finditer(pattern, text):
            yield text[: match.start()] + match.expand(by) + text[match.end() :]

    return change


def _another_person(text: str) -> Iterator[str]:
    for match in re.finditer(r"[\wæøåÆØÅ-]+", text):
        if is_person(match.group()):
            yield f"{text[: match.start()]}kommunaldirektøren{text[match.end() :]}"


CHANGES: dict[str, tuple[Change, float]] = {
    "denied": (_replaced(r"\b(må|skal|kan|bør|er|har) (?!ikke|aldrig)", r"\1 ikke "), 0.9),
    "no longer denied": (_replaced(r"\bikke ", ""), 0.85),
    "skal for bør": (_replaced(r"\bbør\b", "skal"), 0.95),
    "bør for skal": (_replaced(r"\bskal\b", "bør"), 0.95),
    "kan for skal": (_replaced(r"\bskal\b", "kan"), 0.85),
    "another number": (_replaced(r"(?<![\d.@])(\d{1,3})(?= \w)", r"7\1"), 0.95),
    "another person": (_another_person, 0.95),
    "no condition": (_replaced(r",? (?:når|hvis|medmindre) [^.;:,]+", ""), 0.8),
}


def test_a_sentence_of_the_source_passes(bench: Bench, sentences: Sentences) -> None:
    passed = [_outcome(bench, p, text, text) == "passed" for p, text in sentences]
    assert len(passed) > 50
    assert sum(passed) / len(passed) >= 0.97


@pytest.mark.parametrize("name", CHANGES)
def test_a_sentence_changed_does_not(name: str, bench: Bench, sentences: Sentences) -> None:
    change, least = CHANGES[name]
    kept = [
        _outcome(bench, passage, changed, text) != "passed"
        for passage, text in sentences for changed in change(text)
    ]  # fmt: skip
    assert len(kept) >= 5
    assert sum(kept) / len(kept) >= least
