"""Fit the model that weighs rules to a verdict: `python -m evals.weighing`.

Reads the questions of leave in the tuning sets, writes assistant/verdicts/weighing.json, and prints
how many verdicts are right when whole municipalities are left out of the fit, before and after
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
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from assistant.loaded import Loaded
from assistant.verdicts import weighing
from assistant.verdicts.conditions import Telling
from assistant.verdicts.judge import first_judgement, own_tool_first
from assistant.verdicts.judgement import Judgement
from assistant.verdicts.mixture import (
    FILE,
    MOST,
    UNSETTLED,
    Mixture,
    logistic_of,
    read_models,
)
from assistant.verdicts.signals import duty_signals
from assistant.verdicts.weighing import DUTY, LIKELY_DUTY, UNLIKELY, Weighing
from evals.mixture import Example, fitted
from evals.questions import Question, read_questions
from evals.relevance import is_of, matched, opened, tuning_questions

_FOLDS = 8
_REGULAR_OF_DUTY = 1.0  # of the six signals of a duty
_LIMITS_OF_DUTY = (0.3, 0.4, 0.5, 0.6, 0.7)
_LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
TARGET = Path(weighing.__file__).with_name(FILE)
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of leave: what the rules come to one by one, and what is weighed."""

    corpus: str
    weighing: Weighing
    first: Judgement
    example: Example


@dataclass(frozen=True, slots=True)
class _Duty:
    """The rule that would settle a question of duty, by its signals, and whether it is settled."""

    corpus: str
    right: bool
    signals: dict[str, float]


def main() -> int:
    """Fit and write the model; the exit code."""
    items = [i for f in tuning_questions() for i in read_questions(f)]
    loaded = {name: opened(name) for name in sorted({i.corpus for i in items})}
    asked = [a for item in items if (a := _asked(item, loaded[item.corpus]))]
    _tell(asked)
    models = fitted([a.example for a in asked])
    duties = [d for item in items if (d := _duty(item, loaded[item.corpus]))]
    _tell_duties(duties)
    models[DUTY] = _of_duty(duties)
    text = json.dumps(models, ensure_ascii=False, indent=1)
    TARGET.write_text(f"{text}\n", encoding="utf-8")
    return 0


def _asked(item: Question, loaded: Loaded) -> _Asked | None:
    """What is weighed for `item`; None where it is, or is taken for, no question of leave."""
    asked, matches = matched(item, loaded)
    if asked.act != "permission" or asked.says_nothing or asked.waives or _is_of_fact(item):
        return None
    first = first_judgement(asked, matches, loaded.rules)
    weighing = Weighing.of(asked, own_tool_first(matches), Telling(asked, loaded.rules))
    gold = [any(is_of(m, g) for g in item.gold) for m in weighing.matches[:MOST]]
    example = Example(*weighing.signs(first), gold, item.verdict or UNSETTLED)
    return _Asked(item.corpus, weighing, first, example)


def _duty(item: Question, loaded: Loaded) -> _Duty | None:
    """None where no rule would settle it, or it is no question of what must be done."""
    asked, matches = matched(item, loaded)
    if asked.act != "duty" or _is_of_fact(item):
        return None
    first = first_judgement(asked, matches, loaded.rules)
    if first.verdict is None:
        return None
    return _Duty(item.corpus, bool(item.verdict), duty_signals(first.because[0]))


def _is_of_fact(item: Question) -> bool:
    return item.answerable and item.verdict is None


def _tell(asked: Sequence[_Asked]) -> None:
    """Print the verdicts that are right with municipalities left out in turn."""
    corpora = [a.corpus for a in asked]
    mixtures: dict[int, Mixture] = {}
    for train, test in GroupKFold(_FOLDS).split(corpora, groups=corpora):
        models = read_models(fitted([asked[n].example for n in train]))
        for n in test:
            one = asked[n].example
            mixtures[n] = Mixture.of(one.deciding, one.ruling, one.question, models)
    right = np.array([a.example.right for a in asked])
    gold = [n for n, a in enumerate(asked) if any(a.example.gold) and right[n] != UNSETTLED]
    first = np.array([a.first.verdict or UNSETTLED for a in asked])
    hit = [asked[n].example.gold[int(mixtures[n].shares[:-1].argmax())] for n in gold]
    print(f"a gold rule is likeliest to decide {np.mean(hit):.3f} of {len(gold)}")
    print(f"rules one by one: right {(first == right)[right != UNSETTLED].mean():.3f}")
    for limit in _LIMITS:
        said = [
            a.weighing.weighed(a.first, mixtures[n], limit).verdict for n, a in enumerate(asked)
        ]
        _tell_limit(limit, np.array([verdict or UNSETTLED for verdict in said]), right)


def _tell_limit(limit: float, said: Array, right: Array) -> None:
    settled, none = right != UNSETTLED, said == UNSETTLED
    print(
        f"limit {limit:.2f}{'*' if limit == UNLIKELY else ' '} "
        f"right {(said == right)[settled].mean():.3f} of {int(settled.sum())}, "
        f"wrong ja where it is nej {int(((said == 'ja') & (right == 'nej')).sum())}, "
        f"no verdict on what is settled {none[settled].mean():.3f}, "
        f"on what is not {none[~settled].mean():.3f}"
    )


def _tell_duties(duties: Sequence[_Duty]) -> None:
    """Print what a limit does to questions of duty, with each municipality left out in turn."""
    corpora, right = np.array([d.corpus for d in duties]), np.array([d.right for d in duties])
    chances = np.zeros(len(duties))
    for corpus in np.unique(corpora):
        out = corpora == corpus
        model = logistic_of(_of_duty([d for d in duties if d.corpus != corpus]))
        odds = np.array([model.odds(d.signals) for d in duties if d.corpus == corpus])
        chances[out] = 1 / (1 + np.exp(-odds))
    for limit in _LIMITS_OF_DUTY:
        kept = chances >= limit
        print(
            f"duties, limit {limit:.2f}{'*' if limit == LIKELY_DUTY else ' '} "
            f"kept {kept[right].mean():.3f} of {int(right.sum())} settled, "
            f"{kept[~right].mean():.3f} of {int((~right).sum())} that are not"
        )


def _of_duty(duties: Sequence[_Duty]) -> dict[str, Any]:
    names = list(duties[0].signals)
    rows = np.array([[d.signals[name] for name in names] for d in duties])
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_REGULAR_OF_DUTY, max_iter=5000)
    model.fit(scaler.transform(rows), [d.right for d in duties])
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    by_name = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return {"bias": round(bias, 4), "weights": by_name}


if __name__ == "__main__":
    sys.exit(main())
