"""Fitting models over marks and vectors (ingest/marked.py), and writing them."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

_DIGITS = 3


def new_model(regular: float) -> LogisticRegression:
    """A model to be fitted; the smaller `regular`, the more it is held back."""
    return LogisticRegression(C=regular, max_iter=3_000)


def known_marks(marks: Sequence[set[str]], least: int) -> list[str]:
    """The marks that `least` texts or more have, in order."""
    counts = Counter(mark for one in marks for mark in one)
    return sorted(mark for mark, count in counts.items() if count >= least)


def rows_of(vectors: Any, marks: Sequence[set[str]], known: Sequence[str]) -> Any:
    """The vectors with which text has which mark beside them; shape (texts, dimensions + marks)."""
    place = {mark: n for n, mark in enumerate(known)}
    pairs = [(n, place[m]) for n, one in enumerate(marks) for m in sorted(one) if m in place]
    at = tuple(zip(*pairs, strict=True))
    there = sparse.csr_matrix((np.ones(len(pairs)), at), shape=(len(marks), len(known)))
    return sparse.hstack([sparse.csr_matrix(vectors), there]).tocsr()


def write_model(
    model: LogisticRegression, known: Sequence[str], target: Path, **more: Sequence[str]
) -> None:
    """Write a fitted `model` to `target`, with the marks `known` and what else its file has."""
    weights = np.round(model.coef_, _DIGITS)
    dimensions = weights.shape[1] - len(known)
    told = weights[:, dimensions:]
    read = {
        "names": list(model.classes_),
        "bias": np.round(model.intercept_, _DIGITS).tolist(),
        "vector": weights[:, :dimensions].tolist(),
        "marks": {mark: told[:, n].tolist() for n, mark in enumerate(known)},
        **more,
    }
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in read.items())
    text = ",\n".join(lines)
    target.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")
