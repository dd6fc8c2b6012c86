"""Fit `assistant.evidence` and `assistant.decide` on the tuning sets: `python -m evals.calibrate`.

Ranking: a sentence is right when it stands on a page that answers the question and holds one of
the facts. Deciding: the best sentence should be shown when it stands on such a page. Both are
logistic regressions. Prints what to write into the two modules, and how well they do together in
cross-validation by question.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant import decide, evidence
from assistant.evidence import Evidence, Features, weigh
from assistant.extracting import PASSAGES
from assistant.loaded import Loaded
from assistant.question import Question
from evals.corpora import corpus_folder, letters, letters_of
from evals.measuring.nuggets import has
from evals.questions import Question as Item
from evals.questions import read_questions
from ingest.embedders import builtin
from ingest.index import Index, IndexFolder
from ingest.passages import Passage
from ingest.run import ingest_corpus

_FOLDS = 10
_REGULAR = 0.1  # of the second model; found in cross-validation


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the sentences that were weighed for it, and which of them answer it."""

    name: str
    item: Item
    question: Question
    evidence: tuple[Evidence, ...]
    right: tuple[bool, ...]

    @property
    def placed(self) -> tuple[bool, ...]:
        """Which sentences stand on a page that answers the question."""
        return tuple(is_place(self.item, e.hit.passage) for e in self.evidence)

    def ranked(self, model: LogisticRegression) -> "Example":
        """The same, ordered by `model`."""
        _use_ranking(model)
        order = np.argsort([-e.chance for e in self.evidence], kind="stable")
        return replace(
            self,
            evidence=tuple(self.evidence[n] for n in order),
            right=tuple(self.right[n] for n in order),
        )


def examples(name: str, items: Sequence[Item], loaded: Loaded) -> Iterator[Example]:
    """The questions of fact in `items` that any sentence was found for."""
    for item in (item for item in items if item.verdict is None):
        question = loaded.analyst.understand(item.question, item.history)
        hits = loaded.retriever.search(question.standalone, PASSAGES, question.expansion)
        found = tuple(weigh(question, hits, loaded.documents))
        if found:
            yield Example(name, item, question, found, tuple(_answers(item, e) for e in found))


def _answers(item: Item, found: Evidence) -> bool:
    return is_place(item, found.hit.passage) and any(
        has(found.sentence.text, nugget) for nugget in item.nuggets
    )


def is_place(item: Item, passage: Passage) -> bool:
    """Whether the question is answered on the page of `passage` or, where its set names no page,
    in the passage itself.
    """
    return any(
        g.document in ("", passage.document)
        and (g.page == passage.page if g.page else letters(g.quote) in letters_of(passage))
        for g in item.gold
    )


def fit_ranking(found: Sequence[Example]) -> LogisticRegression:
    """The first model; every question weighs the same, its right sentences as much as its wrong."""
    x, y, weights = [], [], []
    for example in found:
        share = {flag: 1.0 / max(1, example.right.count(flag)) for flag in (True, False)}
        x += [astuple(e.features) for e in example.evidence]
        y += list(example.right)
        weights += [share[flag] for flag in example.right]
    return LogisticRegression(max_iter=2000).fit(np.array(x), np.array(y), sample_weight=weights)


def fit_decision(ranked: Sequence[Example]) -> LogisticRegression:
    """The second model, on the best sentences that the first one chose."""
    x = [list(decide.signs(e.question, e.evidence).values()) for e in ranked]
    y = [e.item.answerable and e.placed[0] for e in ranked]
    scale = np.std(x, axis=0) + 1e-6
    model = LogisticRegression(max_iter=5000, C=_REGULAR).fit(np.array(x) / scale, np.array(y))
    model.coef_ = model.coef_ / scale
    return model


def _use_ranking(model: LogisticRegression) -> None:
    evidence._WEIGHTS = tuple(model.coef_[0])
    evidence.BIAS = float(model.intercept_[0])


def cross_validated(found: Sequence[Example]) -> list[tuple[Example, float]]:
    """Each question ranked by, and with the probability of, models that have not seen it."""
    result = []
    for train, test in GroupKFold(_FOLDS).split(found, groups=[e.item.id for e in found]):
        ranking = fit_ranking([found[n] for n in train])
        decision = fit_decision([found[n].ranked(ranking) for n in train])
        for example in (found[n].ranked(ranking) for n in test):
            x: Any = [list(decide.signs(example.question, example.evidence).values())]
            result.append((example, float(decision.predict_proba(x)[0, 1])))
    return result


def _report(result: Sequence[tuple[Example, float]]) -> None:
    for name in dict.fromkeys(e.name for e, _ in result):
        yes = [(e, p) for e, p in result if e.name == name and e.item.answerable]
        no = [(e, p) for e, p in result if e.name == name and not e.item.answerable]
        print(
            f"{name}: {len(yes)} to answer, {len(no)} to decline; best sentence on a right page "
            f"{sum(e.placed[0] for e, _ in yes)}, with a fact {sum(e.right[0] for e, _ in yes)}"
        )
        for threshold in np.arange(0.3, 0.7, 0.05):
            shown = [e for e, p in yes if p >= threshold]
            print(
                f"  {threshold:.2f}: answered {len(shown)}, from a right page "
                f"{sum(e.placed[0] for e in shown)}; declined {sum(p < threshold for _, p in no)}"
            )


def _of_corpus(corpus: Path, pairs: Sequence[tuple[Path, Path]]) -> Iterator[Example]:
    with tempfile.TemporaryDirectory() as folder:
        ingest_corpus(corpus, Path(folder), builtin())
        loaded = Loaded(Index(IndexFolder(Path(folder)), builtin()))
        for path in (path for other, path in pairs if other == corpus):
            items = (i for i in read_questions(path) if _is_on(i, corpus))
            yield from examples(path.name, list(items), loaded)


def _is_on(item: Item, corpus: Path) -> bool:
    return not item.corpus or corpus_folder(item.corpus) == corpus.resolve()


def main(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Fit on `pairs` of a corpus folder and a question set."""
    found = [e for corpus in dict.fromkeys(c for c, _ in pairs) for e in _of_corpus(corpus, pairs)]
    result = cross_validated(found)
    _report(result)
    shown = [e.item.answerable and e.placed[0] for e, _ in result]
    print(f"area under the curve {roc_auc_score(shown, [p for _, p in result]):.3f}")
    ranking = fit_ranking(found)
    ranked = [e.ranked(ranking) for e in found]
    decision = fit_decision(ranked)
    print("assistant/evidence.py:")
    for field, weight in zip(fields(Features), ranking.coef_[0], strict=True):
        print(f"    {field.name}={weight:.2f},")
    print(f"BIAS = {ranking.intercept_[0]:.2f}\nassistant/decide.py:")
    names = decide.signs(ranked[0].question, ranked[0].evidence)
    for name, weight in zip(names, decision.coef_[0], strict=True):
        print(f'    "{name}": {weight:.2f},')
    print(f"BIAS = {decision.intercept_[0]:.2f}")


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    main(list(zip(given[::2], given[1::2], strict=True)))
