"""Intervals of what was measured."""

from typing import Any

import numpy as np

_DRAWS = 10_000


def paired_difference(
    ones: "np.ndarray[Any, Any]", others: "np.ndarray[Any, Any]", seed: int = 1
) -> tuple[float, float]:
    """95 % interval of the mean of `ones` less `others`, measured on the same questions: the
    percentiles of a bootstrap over them (Efron, 1979).
    """
    differences = np.asarray(ones, dtype=float) - np.asarray(others, dtype=float)
    rng = np.random.default_rng(seed)
    means = [rng.choice(differences, len(differences)).mean() for _ in range(_DRAWS)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
