"""How likely a rule decides a question: one model over how the two relate.

The weights in relevance.json beside this file were fitted on the tuning sets by
`python -m evals.relevance`, so that the rules of one question come in the right order; the
reporting sets had no part in it (docs/decisions/verdicts.md has the figures).
"""

import json
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from operator import attrgetter

from assistant.verdicts.alignment import SIGNS

FILE = "relevance.json"


@dataclass(frozen=True, slots=True)
class Features:
    """What the model looks at, 0..1 each but for cosines."""

    tool_equal: float
    tool_covers: float  # the rule is about the class that the tool belongs to
    tool_general: float  # the rule says that it is about AI, whichever
    tool_narrower: float  # the rule is about one of the tools that may be meant
    data_equal: float
    data_covers: float
    data_narrower: float
    role_equal: float
    role_narrower: float
    covered: float  # share of the activity asked about that the rule has
    held: float  # share of the rule's own activity that is asked about
    own: float  # how much the rule says of an activity
    kin: float  # both name the same activity
    strange: float  # both name an activity, and another one
    meaning: float  # cosine of the question and what the rule rules
    setting: float  # … and its sentence with heading and introduction
    chance: float  # that the sentence answers the question, as a sentence
    hit: float  # the retrieval score of its passage
    units: float  # how much the question says of an activity
    general: float  # the rule is about any use
    covered_much: float  # `covered`, where the question says a good deal
    kind: float  # of document
    row: float  # a cell of a table
    sentence: float  # cosine of the question and the rule's sentence
    told_meaning: float  # as `meaning`, `setting` and `sentence`, of the nearest piece …
    told_setting: float  # … of what the question tells besides
    told_sentence: float
    length: float  # of the sentence, in words
    ruled_length: float  # of the scope
    aligned: tuple[float, ...]  # word by word, see `alignment.SIGNS`


_SINGLE = tuple(field.name for field in fields(Features) if field.name != "aligned")
_single = attrgetter(*_SINGLE)
NAMES = (*_SINGLE, *SIGNS)  # of what the model looks at, in the order of `values`


def values(features: Features) -> tuple[float, ...]:
    """What the model looks at, in the order of NAMES."""
    return (*_single(features), *features.aligned)


def log_odds(features: Features) -> float:
    """Log odds that the rule decides the question."""
    bias, weights = _model()
    return bias + sum(w * value for w, value in zip(weights, values(features), strict=True))


@lru_cache
def _model() -> tuple[float, tuple[float, ...]]:
    text = resources.files("assistant.verdicts").joinpath(FILE).read_text(encoding="utf-8")
    read = json.loads(text)
    return read["bias"], tuple(read["weights"][name] for name in NAMES)
