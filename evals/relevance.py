"""Fit the model of which rules decide a question: `python -m evals.relevance`.

Reads the tuning sets of verdict questions, and takes every rule that the matching looks at as one
example: right when it stands in a gold place. Writes assistant/verdicts/relevance.json, and prints
how often a gold rule is first, by cross-validation over municipalities.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from assistant.evidence import weigh
from assistant.extracting import PASSAGES
from assistant.loaded import Loaded, places_of
from assistant.settings import load_settings
from assistant.verdicts import relevance
from assistant.verdicts.asked import Asked
from assistant.verdicts.matching import Match
from assistant.verdicts.relevance import FILE, NAMES, values
from evals.corpora import DAY, letters, named
from evals.questions import OTHERS, SETS, Gold, Question, read_questions

_FOLDS = 5
_ELSEWHERE = ("note", "robustness")  # on a note that is not there, or with other documents
_REGULAR = 0.004  # of the conditional logit; of .001 to .01, about the best
# How far the log odds of one question's rules lie apart, and where the best lies: the limits in
# `judge` go by that. Of .8 to 2.5, and .5 either side of where the best lay before, about the best
# with a municipality left out of `weighing`.
_SPREAD = 1.2
_BEST = 1.0
_LEAST_SPREAD = 0.01  # of a feature that hardly varies
TARGET = Path(relevance.__file__).with_name(FILE)
Array = np.ndarray[Any, Any]


def main() -> int:
    """Fit and write the model; the exit code."""
    files = asked_for_leave()
    items = [i for file in files for i in read_questions(file) if i.verdict]
    indexes = {name: opened(name) for name in sorted({i.corpus for i in items})}
    rows, right, groups, corpora = _examples(items, indexes)
    print(f"{len(set(groups))} questions, {len(right)} rules, {int(right.sum())} of them gold")
    first, among = _cross_validated(rows, right, groups, corpora)
    print(f"a gold rule first {first:.3f}, among the first three {among:.3f}")
    weights, bias = _fitted(rows, right, groups)
    by_name = {name: round(float(w), 4) for name, w in zip(NAMES, weights, strict=True)}
    model = {"bias": round(bias, 4), "weights": by_name}
    text = json.dumps(model, ensure_ascii=False, indent=1)
    TARGET.write_text(f"{text}\n", encoding="utf-8")
    return 0


def asked_for_leave() -> list[Path]:
    """The tuning sets with questions of leave, of all municipalities."""
    sets = ("verdicts*", "elsewhere", "policies")
    return sorted(path for name in sets for path in SETS.glob(f"{name}.tuning.jsonl"))


def tuning_questions() -> list[Path]:
    """All tuning sets of questions on documents that are in the project."""
    left_out = OTHERS + _ELSEWHERE
    return [f for f in sorted(SETS.glob("*.tuning.jsonl")) if not f.name.startswith(left_out)]


def opened(name: str) -> Loaded:
    """The index of a named corpus, built unless it is there."""
    return Loaded(named(name, load_settings()).index, lambda: DAY)


def _examples(
    items: Sequence[Question], indexes: dict[str, Loaded]
) -> tuple[Array, Array, Array, Array]:
    """For each rule what the model looks at, whether it is gold, its question and its corpus."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    groups: list[int] = []
    corpora: list[str] = []
    for number, item in enumerate(items):
        found = _of(item, indexes[item.corpus])
        if any(gold for _, gold in found):
            rows += [features for features, _ in found]
            right += [gold for _, gold in found]
            groups += [number] * len(found)
            corpora += [item.corpus] * len(found)
    return np.array(rows), np.array(right), np.array(groups), np.array(corpora)


def matched(item: Question, loaded: Loaded) -> tuple[Asked, Sequence[Match]]:
    """What `item` asks for, and the rules that match it, likeliest first."""
    understood = loaded.analyst.understand(item.question, item.history)
    asked = loaded.rules.with_classes(loaded.reader.read(item.question, item.history))
    evidence = weigh(understood, loaded.search(understood, PASSAGES), loaded.documents)
    files = frozenset(f for f, d in loaded.documents.items() if d.valid_on(DAY))
    return asked, loaded.rules.matching(asked, files, places_of(evidence))


def _of(item: Question, loaded: Loaded) -> list[tuple[tuple[float, ...], bool]]:
    _, matches = matched(item, loaded)
    return [(values(m.features), any(is_of(m, g) for g in item.gold)) for m in matches]


def is_of(match: Match, gold: Gold) -> bool:
    """Whether the rule stands in the gold place; a row may be quoted as it stands."""
    if gold.document != match.prepared.document.file:
        return False
    sentence = match.prepared.sentence.text
    rows = (stands for reads, stands in match.prepared.passage.rows if reads.strip() == sentence)
    return any(letters(gold.quote) in letters(text) for text in (sentence, *rows))


def _cross_validated(
    rows: Array, right: Array, groups: Array, corpora: Array
) -> tuple[float, float]:
    scores = np.zeros(len(right))
    for train, test in GroupKFold(_FOLDS).split(rows, right, corpora):
        scores[test] = rows[test] @ _ranking(rows[train], right[train], groups[train])
    ranked = [right[groups == g][np.argsort(-scores[groups == g])] for g in np.unique(groups)]
    return float(np.mean([r[0] for r in ranked])), float(np.mean([r[:3].any() for r in ranked]))


def _fitted(rows: Array, right: Array, groups: Array) -> tuple[Array, float]:
    """Weights and bias: those of the ranking, in the scale of the limits in `judge`."""
    weights = _ranking(rows, right, groups)
    scores = [rows[groups == g] @ weights for g in np.unique(groups)]
    weights *= _SPREAD / np.mean([s.std() for s in scores])
    best = [(rows[groups == g] @ weights).max() for g in np.unique(groups)]
    return weights, float(_BEST - np.mean(best))


def _ranking(rows: Array, right: Array, groups: Array) -> Array:
    """The weights under which the gold rules of each question are likeliest among its rules: a
    conditional logit with L2 on standardised features, since what counts is the order within a
    question.
    """
    scale = np.maximum(rows.std(axis=0), _LEAST_SPREAD)
    rows = rows / scale
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    which = np.cumsum(np.r_[False, groups[1:] != groups[:-1]])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = rows @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[which])
        among = powers / np.add.reduceat(powers, starts)[which]
        gold = among * right
        share = np.add.reduceat(gold, starts)
        gradient = rows.T @ (among - gold / share[which])
        penalty = _REGULAR * float(weights @ weights)
        return -np.log(share).mean() + penalty, gradient / len(starts) + 2 * _REGULAR * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


if __name__ == "__main__":
    sys.exit(main())
