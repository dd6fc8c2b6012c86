"""Fit the model that weighs rules to a verdict: `python -m evals.weighing [WORK]`.

Reads the tuning sets of verdict questions, writes assistant/verdicts/weighing.json, and prints how
many verdicts are right when a whole municipality is left out of the fit, before and after weighing.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.evidence import weigh
from assistant.loaded import Loaded, places_of
from assistant.models import Verdict
from assistant.pipeline import PASSAGES
from assistant.verdicts import weighing
from assistant.verdicts.conditions import Telling
from assistant.verdicts.judge import first_judgement
from assistant.verdicts.weighing import FILE, MARGIN, SURE_OF_YES, VERDICTS, Weighing
from evals.corpora import DAY
from evals.questions import Question, read_questions
from evals.relevance import asked_for_leave, opened

_REGULAR = 0.01  # of the tables that were tried, .005 to .1, the best with a municipality left out
_TARGET = Path(weighing.__file__).with_name(FILE)
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class _Example:
    corpus: str
    right: Verdict
    first: Verdict
    signals: dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the model; the exit code."""
    work = Path((arguments or sys.argv[1:] or [tempfile.mkdtemp()])[0])
    items = [i for f in asked_for_leave() for i in read_questions(f)]
    loaded = {name: opened(name, work) for name in sorted({i.corpus for i in items})}
    examples = [e for item in items if (e := _example(item, loaded[item.corpus]))]
    names = list(examples[0].signals)
    rows = np.array([[e.signals[n] for n in names] for e in examples])
    right = np.array([e.right for e in examples])
    _tell(examples, rows, right)
    scaler, model = _fitted(rows, right)
    _write(names, scaler, model)
    return 0


def _example(item: Question, loaded: Loaded) -> _Example | None:
    """What is weighed for `item`; None where the rules come to no verdict, or none is right."""
    understood = loaded.analyst.understand(item.question, item.history)
    asked = loaded.rules.with_classes(loaded.reader.read(item.question, item.history))
    if item.verdict is None or asked.act != "permission" or asked.says_nothing:
        return None
    evidence = weigh(understood, loaded.search(understood, PASSAGES), loaded.documents)
    files = frozenset(f for f, d in loaded.documents.items() if d.valid_on(DAY))
    matches = loaded.rules.matching(asked, files, places_of(evidence))
    first = first_judgement(asked, matches, loaded.rules)
    if first.verdict is None:
        return None
    told = Telling(asked, loaded.rules)
    signals = Weighing.of(asked, matches, told).signals(first.verdict)
    return _Example(item.corpus, item.verdict, first.verdict, signals)


def _tell(examples: Sequence[_Example], rows: Array, right: Array) -> None:
    """Print the verdicts that are right with each municipality left out in turn."""
    corpora = np.array([e.corpus for e in examples])
    first = np.array([e.first for e in examples])
    weighed = first.copy()
    for corpus in np.unique(corpora):
        out = corpora == corpus
        scaler, model = _fitted(rows[~out], right[~out])
        chances = model.predict_proba(scaler.transform(rows[out]))
        weighed[out] = _verdicts(model, chances, first[out])
        before, after = (first == right)[out].mean(), (weighed == right)[out].mean()
        print(f"{corpus:12} {int(out.sum()):4} questions  {before:.3f} -> {after:.3f}")
    for name, said in (("rules alone", first), ("weighed", weighed)):
        wrong = int(((said == "ja") & (right == "nej")).sum())
        print(f"{name:12} right {(said == right).mean():.3f}, wrong ja where it is nej {wrong}")


def _verdicts(model: LogisticRegression, chances: Array, first: Array) -> Array:
    """As `Weighing.reconsidered`, where a rule bears every verdict out."""
    names = list(model.classes_)
    kept = chances.copy()
    yes = names.index("ja")
    kept[kept[:, yes] < SURE_OF_YES, yes] = 0
    own = chances[np.arange(len(first)), [names.index(v) for v in first]]
    other = kept.max(axis=1) >= own + MARGIN
    return np.where(other, np.asarray(names)[kept.argmax(axis=1)], first)


def _fitted(rows: Array, right: Array) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_REGULAR, max_iter=5000).fit(scaler.transform(rows), right)
    return scaler, model


def _write(names: Sequence[str], scaler: StandardScaler, model: LogisticRegression) -> None:
    data = {}
    for verdict in VERDICTS:
        at = list(model.classes_).index(verdict)
        weights = model.coef_[at] / scaler.scale_
        bias = model.intercept_[at] - float(weights @ scaler.mean_)
        kept = {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
        data[verdict] = {"bias": round(float(bias), 4), "weights": kept}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    _TARGET.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
