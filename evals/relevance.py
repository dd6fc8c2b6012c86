"""Fit the model of which rules decide a question: `python -m evals.relevance`.

Reads the tuning sets of verdict questions, and takes every rule that the matching looks at as one
example: right when it stands in a gold place. Prints the weights for assistant/verdicts/
relevance.py, and how often a gold rule is first, by cross-validation over questions.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from assistant.evidence import weigh
from assistant.extracting import PASSAGES
from assistant.loaded import Loaded, places_of
from assistant.settings import Settings
from assistant.verdicts.relevance import Features
from evals.corpora import DAY, corpus_folder, letters
from evals.questions import OTHERS, SETS, Question, read_questions
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from ingest.run import ingest_corpus

_FOLDS = 5
_ELSEWHERE = ("note", "robustness")  # on a note that is not there, or with other documents
_REGULAR = 0.002  # of the conditional logit
# How far the log odds of one question's rules lie apart, and where the best lies: the limits in
# `judge` go by that. Of .8 to 2.5, and .5 either side of where the best lay before, about the best
# with a municipality left out of `weighing`.
_SPREAD = 1.2
_BEST = 1.0
Array = np.ndarray[Any, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights; the exit code."""
    work = Path((arguments or sys.argv[1:] or [tempfile.mkdtemp()])[0])
    files = asked_for_leave()
    items = [i for file in files for i in read_questions(file) if i.verdict]
    indexes = {name: opened(name, work) for name in sorted({i.corpus for i in items})}
    rows, right, groups = _examples(items, indexes)
    print(f"{len(set(groups))} questions, {len(right)} rules, {int(right.sum())} of them gold")
    first, among = _cross_validated(rows, right, groups)
    print(f"a gold rule first {first:.3f}, among the first three {among:.3f}")
    weights, bias = _fitted(rows, right, groups)
    for field, weight in zip(fields(Features), weights, strict=True):
        print(f"    {field.name}={weight:.2f},")
    print(f"BIAS = {bias:.2f}")
    return 0


def asked_for_leave() -> list[Path]:
    """The tuning sets with questions of leave, of all municipalities."""
    return sorted((*SETS.glob("verdicts*.tuning.jsonl"), *SETS.glob("elsewhere.tuning.jsonl")))


def tuning_questions() -> list[Path]:
    """All tuning sets of questions on documents that are in the project."""
    left_out = OTHERS + _ELSEWHERE
    return [f for f in sorted(SETS.glob("*.tuning.jsonl")) if not f.name.startswith(left_out)]


def opened(name: str, work: Path) -> Loaded:
    """The index of a corpus, in the folder `work`; ingested unless it is there."""
    settings = Settings(index=work / name)
    embedder = embedder_named(settings.embedder)
    ingest_corpus(corpus_folder(name), settings.index, embedder)
    return Loaded(Index(IndexFolder(settings.index), embedder), lambda: DAY)


def _examples(items: Sequence[Question], indexes: dict[str, Loaded]) -> tuple[Array, Array, Array]:
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    groups: list[int] = []
    for number, item in enumerate(items):
        found = _of(item, indexes[item.corpus])
        if any(gold for _, gold in found):
            rows += [features for features, _ in found]
            right += [gold for _, gold in found]
            groups += [number] * len(found)
    return np.array(rows), np.array(right), np.array(groups)


def _of(item: Question, loaded: Loaded) -> list[tuple[tuple[float, ...], bool]]:
    understood = loaded.analyst.understand(item.question, item.history)
    evidence = weigh(understood, loaded.search(understood, PASSAGES), loaded.documents)
    asked = loaded.rules.with_classes(loaded.reader.read(item.question, item.history))
    files = frozenset(f for f, d in loaded.documents.items() if d.valid_on(DAY))
    matches = loaded.rules.matching(asked, files, places_of(evidence))
    return [
        (
            astuple(m.features),
            any(
                g.document == m.prepared.document.file
                and letters(g.quote) in letters(m.prepared.sentence.text)
                for g in item.gold
            ),
        )
        for m in matches
    ]


def _cross_validated(rows: Array, right: Array, groups: Array) -> tuple[float, float]:
    scores = np.zeros(len(right))
    for train, test in GroupKFold(_FOLDS).split(rows, right, groups):
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
    conditional logit with L2, since what counts is the order within a question.
    """
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
    return np.asarray(found.x)


if __name__ == "__main__":
    sys.exit(main())
