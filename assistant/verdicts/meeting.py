"""How likely what a question tells meets a condition of a leave.

A logistic model over `signs`: what words and concepts say of the condition, how near the question
comes to it in meaning, how much the question tells at all, and of what kind the condition is.
Fitted by `python -m evals.conditions`; the weights are in meeting.json beside this file.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, stem, words

FILE = "meeting.json"
LIKELY = 0.6  # chance from which a condition is taken to be met
_MANY_WORDS, _LONG, _MANY_PIECES = 40, 15, 4
_WINDOWS = (4, 7, 11)  # words that are looked at together, each a third further on
_NEGATION = re.compile(
    r"\b(?:ikke|ingen|uden|aldrig|intet|hverken|not|no|without|never)\b", re.IGNORECASE
)
_SUPPOSES = re.compile(r"\b(?:hvis|når|så længe|if|when|as long)\b", re.IGNORECASE)
_STATES = re.compile(r"[.!] ")
_OPENS = (
    r"(?:hvis|når|så længe|såfremt|forudsat(?: at)?|efter(?: at)?|uden|med|for|ved|i|til|alene"
    r"|gælder|medmindre|inden for|på|som|der)"
)
_LEAD = re.compile(rf"^(?:kun |først |også |og )*{_OPENS}\b", re.IGNORECASE)
_BEGINNINGS = ("hvis", "når", "så længe", "efter", "uden", "med", "kun")
# What a condition asks for, by the words that tell.
_KINDS = {
    "consent": r"samtykke|sagt ja|siger ja|godkend\w*|tilladelse|aftal\w*|accept\w*|lov"
    r"|indforstået",
    "course": r"kursus|e-læring|bestået|gennemført|kørekort|oplæring|instruer\w*",
    "review": r"læs\w*|gennem\w*|kontroll\w*|tjek\w*|efter|bagefter|rett\w*",
    "content": r"indeholder|indgår|nævnes|står|fremgår|rummer|navne?|oplysninger|personoplysninger"
    r"|cpr",
}
_OF_KIND = {name: re.compile(rf"\b(?:{kind})\b", re.IGNORECASE) for name, kind in _KINDS.items()}
Array = np.ndarray[Any, Any]


class Said:
    """What a question says, read once for all conditions."""

    def __init__(self, text: str, pieces: Sequence[str], told: bool) -> None:
        self.stems = _stems(text)
        self.denies = bool(_NEGATION.search(text))
        self._windows = builtin().vectors([text, *_windows(text)])
        self._of_the_question = {
            "question": min(_MANY_WORDS, len(text.split())) / _MANY_WORDS,
            "pieces": min(_MANY_PIECES, len(pieces)) / _MANY_PIECES,
            "states": float(bool(_STATES.search(text.strip()))),
            "supposes": float(bool(_SUPPOSES.search(text))),
            "told": float(told),
        }

    def signs(self, condition: str, scope: str, said: Mapping[str, bool]) -> dict[str, float]:
        """The signs of a condition of a leave of `scope`, by name; `said` is what words and
        concepts say of it.
        """
        mine, after = _stems(condition), _LEAD.sub("", condition).strip() or condition
        vectors = builtin().vectors([condition, after, scope or condition])
        near = self._windows @ vectors.T
        denies = bool(_NEGATION.search(condition))
        lower = condition.lower()
        return {
            **{name: float(value) for name, value in said.items()},
            **self._of_the_question,
            "share": len(mine & self.stems) / max(1, len(mine)),
            "nearest": float(near[:, 0].max()),
            "ahead": float(near[0, 0] - near[0, 2]),
            "length": min(_LONG, len(condition.split())) / _LONG,
            "both deny": float(denies and self.denies),
            "it denies": float(denies and not self.denies),
            "question denies": float(self.denies and not denies),
            **{name: float(bool(kind.search(lower))) for name, kind in _OF_KIND.items()},
            **{word: float(lower.startswith(word)) for word in _BEGINNINGS},
        }


def chance_met(signs: Mapping[str, float]) -> float:
    """The chance that a condition with these signs is met."""
    bias, weights = _model()
    odds = bias + sum(weights[name] * value for name, value in signs.items())
    return 1 / (1 + math.exp(-odds))


def _stems(text: str) -> set[str]:
    return {stem(w) for w in words(text) if w not in STOP_WORDS}


def _windows(text: str) -> list[str]:
    """Runs of words of `text`."""
    told = text.split()
    return [
        " ".join(told[at : at + size])
        for size in _WINDOWS
        for at in range(0, max(1, len(told) - size + 1), size // 3)
    ]


@lru_cache
def _model() -> tuple[float, dict[str, float]]:
    text = resources.files("assistant.verdicts").joinpath(FILE).read_text(encoding="utf-8")
    read = json.loads(text)
    return read["bias"], read["weights"]
