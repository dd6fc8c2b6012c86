"""The arrays that training passes around."""

from typing import Any, TypeAlias

import numpy as np

Tokens: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int32]]"  # token ids of one text
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Matrix: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"


def unit(rows: Matrix) -> Matrix:
    """`rows` scaled to length 1; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = np.where(length > 0, rows / np.maximum(length, 1e-9), 0).astype(np.float32)
    return scaled
