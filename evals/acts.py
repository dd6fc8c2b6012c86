"""Fit the model that tells what a question asks for: `python -m evals.acts`.

Reads those of the questions that the encoder is trained on (ingest/encoder/asked/) which a reader
has told to ask for leave, a duty or a fact; writes assistant/verdicts/acts.json, and prints how
many are told right when a fifth of the writers are left out, beside what patterns alone tell.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.verdicts import acts
from assistant.verdicts.acts import DUTY, FACT, FILE, LEAVE, Act, act_of, marks_of
from evals.marked import known_marks, new_model, rows_of, write_model
from ingest.embedders import builtin
from ingest.encoder.texts import ASKED, read_answers

TARGET = Path(acts.__file__).with_name(FILE)
_REGULAR = 0.3  # of .1 to 1, about the best with writers left out
_LEAST = 5  # questions that a mark must be in
_FOLDS = 5
_BY_PATTERN: dict[Act, str] = {"permission": LEAVE, "maybe": LEAVE, "duty": DUTY, "": FACT}


def main() -> int:
    """Fit and write the model; the exit code."""
    told = {
        " ".join(question.split()): (act, answer.document.partition("/")[0])
        for answer in read_answers(ASKED)
        if answer.acts
        for question, act in zip(answer.questions, answer.acts, strict=True)
        if act in (LEAVE, DUTY, FACT)
    }
    questions = list(told)
    marks = [marks_of(q) for q in questions]
    known = known_marks(marks, _LEAST)
    rows = rows_of(builtin().vectors(questions), marks, known)
    right = np.array([act for act, _ in told.values()])
    _tell(questions, [writer for _, writer in told.values()], rows, right)
    write_model(new_model(_REGULAR).fit(rows, right), known, TARGET)
    return 0


def _tell(questions: Sequence[str], writer: Sequence[str], rows: Any, right: Any) -> None:
    """Print what is told right by models of other writers, and by patterns."""
    writers = sorted(set(writer))
    folds = np.array([writers.index(w) % _FOLDS for w in writer])
    said = right.copy()
    for fold in range(_FOLDS):
        model = new_model(_REGULAR).fit(rows[folds != fold], right[folds != fold])
        said[folds == fold] = model.predict(rows[folds == fold])
    patterns = np.array([_BY_PATTERN[act_of(q)] for q in questions])
    print(f"{len(questions)} questions: {(said == right).mean():.3f} told right")
    for name in (LEAVE, DUTY, FACT):
        found, of = ((s == name)[right == name].mean() for s in (said, patterns))
        exact, exactly = ((right == name)[s == name].mean() for s in (said, patterns))
        print(
            f"{name:6} recall {found:.3f} (patterns {of:.3f})"
            f"  precision {exact:.3f} (patterns {exactly:.3f})"
        )


if __name__ == "__main__":
    raise SystemExit(main())
