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
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.evidence import weigh
from assistant.loaded import Loaded, places_of
from assistant.pipeline import PASSAGES
from assistant.settings import Settings
from assistant.verdicts.relevance import Features
from evals.corpora import DAY, corpus_folder, letters
from evals.questions import SETS, Question, read_questions
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from ingest.run import ingest_corpus

_FOLDS = 5
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
    model = LogisticRegression(C=1.0, max_iter=3000).fit(rows, right)
    for field, weight in zip(fields(Features), model.coef_[0], strict=True):
        print(f"    {field.name}={weight:.2f},")
    print(f"BIAS = {model.intercept_[0]:.2f}")
    return 0


def asked_for_leave() -> list[Path]:
    """The tuning sets with questions of leave, of all municipalities."""
    return sorted((*SETS.glob("verdicts*.tuning.jsonl"), *SETS.glob("elsewhere.tuning.jsonl")))


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
        model = LogisticRegression(C=1.0, max_iter=3000).fit(rows[train], right[train])
        scores[test] = model.decision_function(rows[test])
    ranked = [right[groups == g][np.argsort(-scores[groups == g])] for g in np.unique(groups)]
    return float(np.mean([r[0] for r in ranked])), float(np.mean([r[:3].any() for r in ranked]))


if __name__ == "__main__":
    sys.exit(main())
