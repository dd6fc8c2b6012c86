"""Fit the model that tells open questions from others: `python -m evals.opening`.

Reads the questions in evals/openings/, and as questions of all other kinds those that the encoder
is trained on; writes assistant/opening.json, and prints how many are told right when all of one
writer are left out of the fit.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant import opening
from assistant.asking import in_full
from assistant.opening import FILE, LIKELY, OTHER, VECTOR, marks_of
from evals.marked import known_marks, new_model, rows_of, write_model
from ingest.embedders import builtin
from ingest.encoder.texts import ASKED, read_answers
from ingest.lexical import words
from ingest.rules.lexicon import Lexicon

QUESTIONS = Path(__file__).with_name("openings")
TARGET = Path(opening.__file__).with_name(FILE)
_REGULAR = 1.0  # of .1 to 3, among the best with a writer left out
_LEAST = 4  # questions that a mark must be in
_LEAST_OUTSIDE = 3  # times that a word must stand outside what narrows its question …
_MOST_INSIDE = 0.2  # … and the share of times that it may narrow one, to be a general word
_OTHERS = 8_000  # questions of other kinds, drawn by chance …
_OTHERS_WEIGH = 0.2  # … and what each counts, since some of them are open ones
_SURELY = 0.6  # chance from which one of them is left out
_LIMITS = (0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its kind and the words that narrow it; `writer` is the file it is of."""

    text: str
    kind: str
    focus: str
    writer: str


def read_examples(folder: Path = QUESTIONS) -> list[Example]:
    """The questions in `folder`, file by file."""
    return [
        Example(row["question"], row["kind"], row["focus"], path.stem)
        for path in sorted(folder.glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def main() -> int:
    """Fit and write the model; the exit code."""
    written = read_examples()
    examples = [*written, *_others(written)]
    lexicon = Lexicon.load()
    marks = [marks_of(in_full(e.text), lexicon) for e in examples]
    known = known_marks(marks[: len(written)], _LEAST)
    rows = rows_of(VECTOR * builtin().vectors([in_full(e.text) for e in examples]), marks, known)
    kinds = np.array([e.kind for e in examples])
    counted = np.where(np.arange(len(examples)) < len(written), 1.0, _OTHERS_WEIGH)
    _tell(written, rows, kinds, counted)
    model = new_model(_REGULAR).fit(rows, kinds, sample_weight=counted)
    write_model(model, known, TARGET, general=general_words(written))
    return 0


def general_words(examples: Iterable[Example]) -> list[str]:
    """The words of open questions that narrow none of them."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for example in examples:
        if example.kind != OTHER:
            narrow = set(words(in_full(example.focus)))
            for word in set(words(in_full(example.text))):
                (inside if word in narrow else outside)[word] += 1
    return sorted(
        word
        for word, count in outside.items()
        if count >= _LEAST_OUTSIDE and inside[word] <= _MOST_INSIDE * (inside[word] + count)
    )


def _tell(examples: Sequence[Example], rows: Any, kinds: Any, counted: Any) -> None:
    """Print what is told right of each writer by a model of the others."""
    writers = np.array([e.writer for e in examples] + [""] * (len(kinds) - len(examples)))
    found = np.full((len(examples), len(np.unique(kinds))), 0.0)
    for writer in sorted({e.writer for e in examples}):
        kept = writers != writer
        model = new_model(_REGULAR).fit(rows[kept], kinds[kept], sample_weight=counted[kept])
        left = np.flatnonzero(~kept)
        found[np.ix_(left, np.searchsorted(np.unique(kinds), model.classes_))] = (
            model.predict_proba(rows[left])
        )
    names, right_kinds = np.unique(kinds), kinds[: len(examples)]
    for limit in _LIMITS:
        told = np.where(found.max(1) >= limit, names[found.argmax(1)], OTHER)
        opened, right = told != OTHER, told == right_kinds
        print(
            f"limit {limit}: right {right.mean():.3f}, of those taken for open ones "
            f"{right[opened].mean():.3f}, of open ones {right[right_kinds != OTHER].mean():.3f}"
            f"{' (in force)' if limit == LIKELY else ''}"
        )


def _others(written: Sequence[Example]) -> list[Example]:
    """Questions of other kinds: of those drawn from the encoder's all but what a model of the
    `written` ones alone surely takes for an open one, since some of them are.
    """
    asked = [question for answer in read_answers(ASKED) for question in answer.questions]
    drawn = random.Random(1).sample(asked, _OTHERS)  # noqa: S311, no secret
    vectors = builtin().vectors([in_full(e.text) for e in written])
    model = new_model(_REGULAR).fit(VECTOR * vectors, [e.kind for e in written])
    chances = model.predict_proba(VECTOR * builtin().vectors([in_full(q) for q in drawn]))
    kinds = model.classes_[chances.argmax(1)]
    open_ones = (kinds != OTHER) & (chances.max(1) >= _SURELY)
    return [Example(q, OTHER, "", "") for q, o in zip(drawn, open_ones, strict=True) if not o]


if __name__ == "__main__":
    raise SystemExit(main())
