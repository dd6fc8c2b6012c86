"""Latency and tokens. These differ from run to run, so they stand apart from the figures."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from evals.measuring.cases import Case


def spent(cases: Sequence[Case]) -> dict[str, Any]:
    """Milliseconds of an answer, its median and 95th percentile, and tokens; None where nothing
    was measured.
    """
    totals = [t for case in cases if (t := case.record.timings_ms.get("total"))]
    tokens = sum(case.record.tokens_in + case.record.tokens_out for case in cases)
    low, high = np.percentile(totals, [50, 95]) if totals else (None, None)
    return {
        "median_ms": None if low is None else round(float(low), 1),
        "p95_ms": None if high is None else round(float(high), 1),
        "tokens": tokens or None,
    }
