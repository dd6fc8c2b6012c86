"""How likely a rule decides a question: one model over how the two relate.

The weights were fitted on the tuning sets by `python -m evals.relevance`, so that the rules of one
question come in the right order; the reporting sets had no part in it (docs/decisions/verdicts.md
has the figures).
"""

from dataclasses import dataclass, fields
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Features:
    """What the model looks at, 0..1 each."""

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


WEIGHTS = Features(
    tool_equal=0.41,
    tool_covers=1.12,
    tool_general=0.22,
    tool_narrower=-0.75,
    data_equal=0.70,
    data_covers=0.79,
    data_narrower=-0.68,
    role_equal=0.44,
    role_narrower=-0.47,
    covered=0.46,
    held=0.44,
    own=-0.38,
    kin=0.38,
    strange=-0.39,
    meaning=2.02,
    setting=1.72,
    chance=1.20,
    hit=0.82,
    units=-0.00,
    general=0.35,
    covered_much=0.51,
    kind=0.59,
    row=0.11,
)
BIAS = -3.58
_values = attrgetter(*(field.name for field in fields(Features)))
_WEIGHTS = _values(WEIGHTS)


def log_odds(features: Features) -> float:
    """Log odds that the rule decides the question."""
    pairs = zip(_WEIGHTS, _values(features), strict=True)
    return BIAS + float(sum(weight * value for weight, value in pairs))
