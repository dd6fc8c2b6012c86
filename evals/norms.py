"""Fit the model that tells norms from what looks like one: `python -m evals.norms`.

Reads the sentences that the encoder is trained on (ingest/encoder/asked/), those of the sample
corpus and of some of the small policies (norms_of_corpus.jsonl and norms_of_policies.jsonl beside
this file), each with the norm that a reader found in it.
Writes ingest/rules/norms.json, and prints how many are told right when a fifth of the writers and
documents are left out of the fit: of those in which no pattern finds a norm, and of those in which
one finds a leave or a ban.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.marked import known_marks, new_model, rows_of, write_model
from ingest.encoder.texts import ASKED, Answer, answers_in, read_answers
from ingest.rules import norms
from ingest.rules.clauses import clauses_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.norms import FILE, LIKELY, LIKELY_NONE, NONE, marks_of, vectors_of

TARGET = Path(norms.__file__).with_name(FILE)
OF_DOCUMENTS = [
    Path(__file__).with_name(f"norms_of_{name}.jsonl") for name in ("corpus", "policies")
]
_REGULAR = 0.1  # of .1 to 1, the best with writers left out
_LEAST = 6  # sentences that a mark must be in
_FOLDS = 5
_LIMITS = (0.5, 0.6, 0.7, 0.8, 0.9)
_LEAVE_OR_BAN = frozenset(("tilladt", "kun", "forbudt"))


def main() -> int:
    """Fit and write the model; the exit code."""
    told = [answer for file in OF_DOCUMENTS for answer in answers_in(file)]
    answers, lexicon = [*read_answers(ASKED), *told], Lexicon.load()
    marks = [marks_of(a.sentence, lexicon) for a in answers]
    known = known_marks(marks, _LEAST)
    rows = rows_of(vectors_of([(a.sentence, a.section) for a in answers]), marks, known)
    stated = np.array([a.norm for a in answers])
    _tell(answers, _chances(answers, rows, stated), stated)
    write_model(new_model(_REGULAR).fit(rows, stated), known, TARGET)
    return 0


def _chances(answers: Sequence[Answer], rows: Any, stated: Any) -> dict[str, Any]:
    """The chance of each norm by models of other writers and documents; shape (sentences,) each."""
    by = [_writer(a) for a in answers]
    writers = sorted(set(by))
    folds = np.array([writers.index(one) % _FOLDS for one in by])
    names = np.unique(stated)
    chances = np.zeros((len(answers), len(names)))
    for fold in range(_FOLDS):
        model = new_model(_REGULAR).fit(rows[folds != fold], stated[folds != fold])
        left = np.flatnonzero(folds == fold)
        chances[np.ix_(left, np.searchsorted(names, model.classes_))] = model.predict_proba(
            rows[left]
        )
    return dict(zip(names, chances.T, strict=True))


def _writer(answer: Answer) -> str:
    """The file that a sentence is of; the document, in our own corpus and the policies."""
    writer, _, document = answer.document.partition("/")
    return document if writer in {file.stem for file in OF_DOCUMENTS} else writer


def _tell(answers: Sequence[Answer], chances: dict[str, Any], stated: Any) -> None:
    """Print what is told right where no pattern finds a norm, and where one finds leave or ban."""
    found = [{clause.modality for clause in clauses_of(a.sentence)} for a in answers]
    unread = np.array([not norms for norms in found])
    print(f"{len(answers)} sentences, {unread.mean():.3f} with no norm by the patterns")
    for norm, least in LIKELY.items():
        _tell_limits(norm, least, chances[norm], unread, stated)
    looks = np.array([bool(norms) and norms <= _LEAVE_OR_BAN for norms in found])
    _tell_limits(NONE, LIKELY_NONE, chances[NONE], looks, stated)


def _tell_limits(norm: str, least: float, chance: Any, among: Any, stated: Any) -> None:
    there = among & (stated == norm)
    for limit in _LIMITS:
        said = among & (chance >= limit)
        print(
            f"{norm} from {limit}: {said.sum()} said, {(stated[said] == norm).mean():.3f} right"
            f", of those there {(chance[there] >= limit).mean():.3f}"
            f"{' (in force)' if limit == least else ''}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
