import json

import pytest

from evals.questions import SETS
from evals.rules import PARTS, Tally, measure
from ingest.rules.lexicon import Lexicon


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    text = (SETS / "rules.tuning.jsonl").read_text(encoding="utf-8")
    return measure([json.loads(line) for line in text.splitlines()], Lexicon.load())


def test_whole_rules_are_read_as_they_are_labelled(tallies: dict[str, Tally]) -> None:
    assert tallies["rules"].precision > 0.9
    assert tallies["rules"].recall > 0.9


def test_every_kind_of_part_is_counted(tallies: dict[str, Tally]) -> None:
    assert set(tallies) == {"rules", *PARTS}
    assert all(tally.labelled for tally in tallies.values())


def test_nothing_labelled_and_nothing_found_is_no_fault() -> None:
    assert (Tally().precision, Tally().recall) == (1.0, 1.0)
