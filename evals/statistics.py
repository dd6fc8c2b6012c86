"""What the figures can bear: intervals, and differences on the same questions.

Every function does one thing and is seeded, so that the same values give the same figures.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

DRAWS = 10_000
SEED = 1
_FEWEST = 4  # clusters that are drawn from
_Z = 1.96  # of a 95 % interval
_TAILS = [2.5, 97.5]
Array = np.ndarray[Any, Any]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """`hits` of `total` questions, with Wilson's 95 % interval (Wilson, 1927)."""

    name: str
    hits: int
    total: int

    @property
    def interval(self) -> Interval:
        """Lower and upper end, 0..1; (0, 1) when nothing was measured."""
        return wilson(self.hits, self.total)


def wilson(hits: float, total: int) -> Interval:
    """95 % interval of a proportion (Wilson, 1927); (0, 1) when nothing was measured."""
    if not total:
        return (0.0, 1.0)
    n, p = total, hits / total
    middle, spread = p + _Z**2 / (2 * n), _Z * math.sqrt((p * (1 - p) + _Z**2 / (4 * n)) / n)
    return ((middle - spread) / (1 + _Z**2 / n), (middle + spread) / (1 + _Z**2 / n))


def rule_of_three(total: int) -> float:
    """The share of failures that none in `total` trials still allows, at 95 % (Hanley and
    Lippman-Hand, 1983: 3/n); 1 when nothing was measured.
    """
    return min(1.0, 3 / total) if total else 1.0


def of_share(hits: float, total: int) -> Interval:
    """95 % interval of `hits` of `total`: Wilson's, or by the rule of three where all or none
    are hits.
    """
    if total and hits == total:
        return (1 - rule_of_three(total), 1.0)
    return (0.0, rule_of_three(total)) if not hits else wilson(hits, total)


def clustered(values: Sequence[float], clusters: Sequence[str], seed: int = SEED) -> Interval:
    """95 % interval of the mean of `values` by a bootstrap that draws whole clusters (Cameron,
    Gelbach and Miller, 2008): questions on one document succeed and fail together. Of too few
    clusters to draw from, the questions are drawn one by one.
    """
    few = len(set(clusters)) < _FEWEST
    sums, counts = _by_cluster(values, [str(n) for n in range(len(values))] if few else clusters)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=DRAWS)
    low, high = np.percentile((drawn @ sums) / (drawn @ counts), _TAILS)
    return float(low), float(high)


def paired(
    now: Mapping[str, float], before: Mapping[str, float], clusters: Mapping[str, str]
) -> tuple[float, Interval] | None:
    """The mean of `now` less `before` over the questions that both have, with its 95 % interval
    by clusters; None when they share none.
    """
    both = sorted(now.keys() & before.keys())
    if not both:
        return None
    differences = [now[key] - before[key] for key in both]
    interval = clustered(differences, [clusters.get(key, key) for key in both])
    return float(np.mean(differences)), interval


def paired_difference(ones: Array, others: Array, seed: int = SEED) -> Interval:
    """95 % interval of the mean of `ones` less `others`, measured on the same questions: the
    percentiles of a bootstrap over them (Efron, 1979).
    """
    differences = np.asarray(ones, dtype=float) - np.asarray(others, dtype=float)
    return clustered(differences.tolist(), [str(n) for n in range(len(differences))], seed)


def _by_cluster(values: Sequence[float], clusters: Sequence[str]) -> tuple[Array, Array]:
    names = {name: n for n, name in enumerate(dict.fromkeys(clusters))}
    places = [names[name] for name in clusters]
    sums = np.bincount(places, weights=values, minlength=len(names))
    counts = np.bincount(places, minlength=len(names)).astype(float)
    return sums, counts
