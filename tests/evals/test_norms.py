"""The model that tells norms from what looks like one, and its fit."""

import re

from evals import norms
from tests.evals.conftest import Refit


def test_the_model_in_force_is_the_one_that_is_fitted(refit: Refit) -> None:
    # Of writers and documents that were left out of the fit.
    told = [line for line in refit(norms) if "(in force)" in line]
    for line, least in zip(told, (0.8, 0.8, 0.8), strict=True):  # leave, bans, none
        _, right, found = map(float, re.findall(r"\d\.\d+", line))
        assert right > least
        assert found > 0.2
