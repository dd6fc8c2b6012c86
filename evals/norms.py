"""Fit the model that reads norms in words that no pattern has: `python -m evals.norms`.

Reads the sentences that the encoder is trained on, each with the norm that it states
(ingest/encoder/asked/), and those of the sample corpus in which no pattern finds one, as sentences
without: there the patterns read nearly all. Writes ingest/rules/norms.json, and prints how many are
told right when a fifth of the writers and documents are left out of the fit, of those in which no
pattern finds a norm.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.marked import known_marks, new_model, rows_of, write_model
from ingest.encoder.texts import ASKED, Answer, own_sections, read_answers
from ingest.rules import norms
from ingest.rules.clauses import clauses_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.norms import FILE, LIKELY, marks_of, vectors_of
from ingest.sentences import sentences

TARGET = Path(norms.__file__).with_name(FILE)
CORPUS = Path(__file__).parents[1] / "corpus"
_REGULAR = 0.1  # of .1 to 1, the best with writers left out
_LEAST = 6  # sentences that a mark must be in
_FOLDS = 5
_LIMITS = (0.6, 0.7, 0.8, 0.9)


def main() -> int:
    """Fit and write the model; the exit code."""
    answers, lexicon = [*read_answers(ASKED), *_without(CORPUS)], Lexicon.load()
    marks = [marks_of(a.sentence, lexicon) for a in answers]
    known = known_marks(marks, _LEAST)
    rows = rows_of(vectors_of([(a.sentence, a.section) for a in answers]), marks, known)
    stated = np.array([a.norm for a in answers])
    _tell(answers, rows, stated)
    write_model(new_model(_REGULAR).fit(rows, stated), known, TARGET)
    return 0


def _without(corpus: Path) -> list[Answer]:
    """The sentences of `corpus` in which no pattern finds a norm."""
    return [
        Answer(f"{section.title}/", section.heading, sentence, ())
        for section in own_sections(corpus)
        for sentence in sentences(section.text)
        if not clauses_of(sentence)
    ]


def _tell(answers: Sequence[Answer], rows: Any, stated: Any) -> None:
    """Print what is told right where no pattern finds a norm, by models of other writers."""
    writers = sorted({a.document.partition("/")[0] for a in answers})
    folds = np.array([writers.index(a.document.partition("/")[0]) % _FOLDS for a in answers])
    names = np.unique(stated)
    chances = np.zeros((len(answers), len(names)))
    for fold in range(_FOLDS):
        model = new_model(_REGULAR).fit(rows[folds != fold], stated[folds != fold])
        left = np.flatnonzero(folds == fold)
        chances[np.ix_(left, np.searchsorted(names, model.classes_))] = model.predict_proba(
            rows[left]
        )
    unread = np.array([not clauses_of(a.sentence) for a in answers])
    print(f"{len(answers)} sentences, {unread.mean():.3f} with no norm by the patterns")
    for norm, least in LIKELY.items():
        of_norm = chances[:, list(names).index(norm)]
        for limit in _LIMITS:
            said, there = unread & (of_norm >= limit), unread & (stated == norm)
            print(
                f"{norm} from {limit}: {said.sum()} said, {(stated[said] == norm).mean():.3f} right"
                f", of those there {(of_norm[there] >= limit).mean():.3f}"
                f"{' (in force)' if limit == least else ''}"
            )


if __name__ == "__main__":
    raise SystemExit(main())
