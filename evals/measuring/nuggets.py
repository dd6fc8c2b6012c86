"""The facts of a right answer, found in it by any of their wordings (Pradeep et al., 2024,
AutoNuggetizer: the strict score over vital nuggets); and what must not be said.
"""

import re
from collections.abc import Iterator, Sequence

from evals.measuring.cases import Case, Held, Measured, answered, measured
from evals.questions import Nugget
from ingest.text import normalise


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """Vital nuggets said, of all that should be answered and of those answered; all of them; and
    nothing said that must not be.
    """
    yield measured("nuggets.vital", cases, vital_recall, Held(kind="mean"))
    yield measured("nuggets.vital-of-answered", answered(cases), vital_recall, Held(kind="mean"))
    yield measured("nuggets.every-vital", cases, every_vital)
    yield measured("nuggets.must-not", cases, _kept_silent)


def vital_recall(case: Case) -> float | None:
    """The share of the vital nuggets that the answer has; 0 where it was declined."""
    vital = case.question.vital
    if not vital:
        return None
    return sum(case.record.answered and has(case.record.text, n) for n in vital) / len(vital)


def every_vital(case: Case) -> bool | None:
    """Whether the answer has every vital nugget."""
    recall = vital_recall(case)
    return None if recall is None else recall == 1.0


def has(text: str, nugget: Nugget) -> bool:
    """Whether `text` has one of the wordings of `nugget`."""
    said = _plain(text)
    return any(re.search(_wording(each), said) for each in nugget.any_of)


def says(text: str, words: str) -> bool:
    """Whether `text` has `words`, not as a part of a longer number."""
    return re.search(_wording(words), _plain(text)) is not None


def _kept_silent(case: Case) -> bool | None:
    if not case.question.must_not:
        return None
    return not any(says(case.record.text, words) for words in case.question.must_not)


def _wording(words: str) -> str:
    """A number is not found within another: "4" is not in "40" or "4,5"."""
    plain = re.escape(_plain(words))
    before = r"(?<![\d])(?<!\d[.,])" if plain[:1].isdigit() else ""
    after = r"(?![\d])(?![.,]\d)" if plain[-1:].isdigit() else ""
    return f"{before}{plain}{after}"


def _plain(text: str) -> str:
    return re.sub(r"\s*\[\d+\]|[*_]", "", normalise(text)).lower()
