"""Fit the model that weighs rules to a verdict: `python -m evals.weighing`.

Reads the questions of leave in the tuning sets, writes assistant/verdicts/weighing.json, and prints
how many verdicts are right when a whole municipality is left out of the fit, before and after
weighing, and what is declined at which limit.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.loaded import Loaded
from assistant.verdicts import weighing
from assistant.verdicts.conditions import Telling
from assistant.verdicts.judge import first_judgement, own_tool_first
from assistant.verdicts.signals import duty_signals, signals
from assistant.verdicts.weighing import (
    DUTY,
    FILE,
    LIKELY_DUTY,
    MARGIN,
    SURE_BY_A_RULE,
    SURE_OF_YES,
    UNLIKELY,
    UNSETTLED,
    is_by_a_rule,
)
from evals.questions import Question, read_questions
from evals.relevance import matched, opened, tuning_questions

_REGULAR = 0.006  # of .003 to .03, about the best with a municipality left out
_REGULAR_OF_DUTY = 1.0  # … of the six signals of a duty
_LIMITS_OF_DUTY = (0.3, 0.4, 0.5, 0.6, 0.7)
_LIMITS = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
_TARGET = Path(weighing.__file__).with_name(FILE)
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class _Example:
    corpus: str
    right: str
    first: str
    signals: dict[str, float]
    by_a_rule: bool = False  # that a rule on all that is asked gave the first verdict


def main() -> int:
    """Fit and write the model; the exit code."""
    items = [i for f in tuning_questions() for i in read_questions(f)]
    loaded = {name: opened(name) for name in sorted({i.corpus for i in items})}
    examples = [e for item in items if (e := _example(item, loaded[item.corpus]))]
    names = list(examples[0].signals)
    rows = np.array([[e.signals[n] for n in names] for e in examples])
    right = np.array([e.right for e in examples])
    _tell(examples, rows, right)
    models = _by_name(names, *_fitted(rows, right))
    duties = [d for item in items if (d := _duty(item, loaded[item.corpus]))]
    rows = np.array([list(d.signals.values()) for d in duties])
    right = np.array([d.right for d in duties])
    _tell_duties(duties, rows, right)
    models |= _by_name(list(duties[0].signals), *_fitted(rows, right, _REGULAR_OF_DUTY))
    text = json.dumps(models, ensure_ascii=False, indent=1)
    _TARGET.write_text(f"{text}\n", encoding="utf-8")
    return 0


def _example(item: Question, loaded: Loaded) -> _Example | None:
    """What is weighed for `item`; None where it is, or is taken for, no question of leave."""
    asked, matches = matched(item, loaded)
    if asked.act != "permission" or asked.says_nothing or asked.waives or _is_of_fact(item):
        return None
    first = first_judgement(asked, matches, loaded.rules)
    told = Telling(asked, loaded.rules)
    found = signals(asked, own_tool_first(matches), told, first.verdict)
    verdict = first.verdict or UNSETTLED
    by_a_rule = is_by_a_rule(asked, first)
    return _Example(item.corpus, item.verdict or UNSETTLED, verdict, found, by_a_rule)


def _duty(item: Question, loaded: Loaded) -> _Example | None:
    """The rule that would settle `item`, and whether it is settled; None where there is none, or it
    is no question of what must be done.
    """
    asked, matches = matched(item, loaded)
    if asked.act != "duty" or _is_of_fact(item):
        return None
    first = first_judgement(asked, matches, loaded.rules)
    if first.verdict is None:
        return None
    right = DUTY if item.verdict else UNSETTLED
    return _Example(item.corpus, right, first.verdict, duty_signals(first.because[0]))


def _is_of_fact(item: Question) -> bool:
    return item.answerable and item.verdict is None


def _tell(examples: Sequence[_Example], rows: Array, right: Array) -> None:
    """Print the verdicts that are right with each municipality left out in turn."""
    corpora = np.array([e.corpus for e in examples])
    first = np.array([e.first for e in examples])
    by_a_rule = np.array([e.by_a_rule for e in examples])
    weighed, nothing = first.copy(), np.zeros(len(first))
    for corpus in np.unique(corpora):
        out = corpora == corpus
        scaler, model = _fitted(rows[~out], right[~out])
        chances = model.predict_proba(scaler.transform(rows[out]))
        weighed[out], nothing[out] = _verdicts(model, chances, first[out], by_a_rule[out])
        kept = right[out] != UNSETTLED
        before, after = ((said[out] == right[out])[kept].mean() for said in (first, weighed))
        print(f"{corpus:12} {int(kept.sum()):4} questions  {before:.3f} -> {after:.3f}")
    _tell_limits(right, first, weighed, nothing)


def _tell_limits(right: Array, first: Array, weighed: Array, nothing: Array) -> None:
    settled = right != UNSETTLED
    print(f"{'rules alone':12} right {(first == right)[settled].mean():.3f}")
    for limit in _LIMITS:
        said = np.where(nothing >= limit, UNSETTLED, weighed)
        none = said == UNSETTLED
        print(
            f"limit {limit:.2f}{'*' if limit == UNLIKELY else ' '} "
            f"right {(said == right)[settled].mean():.3f}, "
            f"wrong ja where it is nej {int(((said == 'ja') & (right == 'nej')).sum())}, "
            f"no verdict on what is settled {none[settled].mean():.3f}, "
            f"on what is not {none[~settled].mean():.3f}"
        )


def _tell_duties(duties: Sequence[_Example], rows: Array, right: Array) -> None:
    """Print what a limit does to questions of duty, with each municipality left out in turn."""
    corpora, chances = np.array([d.corpus for d in duties]), np.zeros(len(duties))
    for corpus in np.unique(corpora):
        out = corpora == corpus
        scaler, model = _fitted(rows[~out], right[~out], _REGULAR_OF_DUTY)
        at = list(model.classes_).index(DUTY)
        chances[out] = model.predict_proba(scaler.transform(rows[out]))[:, at]
    for limit in _LIMITS_OF_DUTY:
        kept = chances >= limit
        print(
            f"duties, limit {limit:.2f}{'*' if limit == LIKELY_DUTY else ' '} "
            f"kept {kept[right == DUTY].mean():.3f} of {int((right == DUTY).sum())} settled, "
            f"{kept[right != DUTY].mean():.3f} of {int((right != DUTY).sum())} that are not"
        )


def _verdicts(
    model: LogisticRegression, chances: Array, first: Array, by_a_rule: Array
) -> tuple[Array, Array]:
    """The verdict of each, as `Weighing.settled` where a rule bears every one out and none bars the
    tool, and the chance that nothing is settled.
    """
    names = list(model.classes_)
    nothing, kept = chances[:, names.index(UNSETTLED)], chances.copy()
    kept[:, names.index(UNSETTLED)] = 0
    yes = names.index("ja")
    sure = np.where(by_a_rule & (first == "ja"), SURE_BY_A_RULE, SURE_OF_YES)
    kept[kept[:, yes] < sure * (1 - nothing), yes] = 0
    own = kept[np.arange(len(first)), [names.index(v) for v in first]]
    stands = (own > 0) & (kept.max(axis=1) <= own + MARGIN * by_a_rule)
    return np.where(stands, first, np.asarray(names)[kept.argmax(axis=1)]), nothing


def _fitted(
    rows: Array, right: Array, regular: float = _REGULAR
) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=regular, max_iter=5000).fit(scaler.transform(rows), right)
    return scaler, model


def _by_name(
    names: Sequence[str], scaler: StandardScaler, model: LogisticRegression
) -> dict[str, dict[str, Any]]:
    """Bias and weights of each class; of two classes, those of the one that is not "none"."""
    rows = model.coef_ / scaler.scale_
    biases = model.intercept_ - rows @ scaler.mean_
    classes = list(model.classes_) if len(rows) > 1 else [DUTY]
    if len(rows) == 1 and model.classes_[1] != DUTY:
        rows, biases = -rows, -biases
    return {
        name: {
            "bias": round(float(bias), 4),
            "weights": {n: round(float(w), 4) for n, w in zip(names, row, strict=True)},
        }
        for name, bias, row in zip(classes, biases, rows, strict=True)
    }


if __name__ == "__main__":
    sys.exit(main())
