"""Answer or decline: one decision about the likeliest sentence, by a second logistic model.

Ranking compares the sentences of one question; this model compares questions. Both are fitted by
`python -m evals.calibrate` on the tuning sets (docs/decisions/declining.md has the figures).
"""

import math
from collections.abc import Sequence
from dataclasses import asdict

from assistant.asking import HARD
from assistant.evidence import Evidence
from assistant.mishap import ABOUT
from assistant.question import Question

THRESHOLD = 0.43
NEAR = 0.3  # from which what is nearest is quoted, and said that it may not answer
BIAS = -5.55
WEIGHTS: dict[str, float] = {
    "alone": 0.23,
    "covered": 0.91,
    "heading": 0.87,
    "asked": 2.36,
    "named": 0.37,
    "alike": -0.19,
    "hit": 2.84,
    "absolute": -1.61,
    "met": 0.58,
    "missed": -1.95,
    "suits": 1.26,
    "met_alone": 0.86,
    "unknown": -0.64,
    "key": -0.33,
    "gap": -2.65,
    "brevity": -0.21,
    "in_list": -0.19,
    "length": -0.21,
    "meaning": 1.74,
    "setting": 1.77,
    "chance": 2.15,
    "runner_up": 0.51,
    "strong": -0.86,
    "several": 0.31,
}
_STRONG = 1.0  # weight from which a word of the question is one of content
_STANDS_FOR = 0.8  # value from which a variant says the same as the word


def signs(question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the model looks at, 0..1 each: the features of the best sentence, its chance and that
    of the runner-up, and the share of the question's words of content that it has itself.
    """
    best = evidence[0]
    return {
        **asdict(best.features),
        "chance": best.chance,
        "runner_up": evidence[1].chance if len(evidence) > 1 else 0.0,
        "strong": _strong(question, best),
        "several": min(1.0, sum(t.weight > _STRONG for t in question.terms) / 5),
    }


def probability(found: dict[str, float]) -> float:
    """How likely it is that the best sentence answers the question, 0..1."""
    z = BIAS + sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())
    return 1.0 / (1.0 + math.exp(-z))


def answers(question: Question, evidence: Sequence[Evidence]) -> tuple[bool, dict[str, float]]:
    """Whether the likeliest sentence is shown, with the evidence for it."""
    if not evidence or question.says_nothing:
        return False, {"probability": 0.0}
    found = signs(question, evidence)
    sure = probability(found)
    shown = {name: round(value, 3) for name, value in found.items()}
    if question.mishap:  # of how it happened the documents need not say a word
        there = evidence[0].features
        return there.met >= 1 and there.key >= ABOUT, {"probability": round(sure, 3), **shown}
    enough = sure >= THRESHOLD and not _is_empty(question, evidence[0])
    return enough, {"probability": round(sure, 3), **shown}


def is_near(question: Question, evidence: Sequence[Evidence], found: dict[str, float]) -> bool:
    """Whether the likeliest sentence, with the signs `found`, may help though it is no answer."""
    if not evidence or question.mishap:
        return False
    return found.get("probability", 0.0) >= NEAR and not _is_empty(question, evidence[0])


def _is_empty(question: Question, best: Evidence) -> bool:
    """Whether it says nothing of what is asked: "There are four reasons:" says how many, not which;
    "The table shows which" shows none.
    """
    introduces = best.dangling and question.expectation not in HARD
    return best.points_on or best.of_another or introduces


def _strong(question: Question, best: Evidence) -> float:
    strong = [t for t in question.terms if t.weight > _STRONG]
    there = best.sentence.stems
    held = sum(
        any(s in there for s, value in t.variants.items() if value >= _STANDS_FOR) for t in strong
    )
    return held / len(strong) if strong else 0.0
