"""The model that tells what a question asks for, and its fit."""

import re

from evals import acts
from tests.evals.conftest import Refit


def test_the_model_in_force_is_the_one_that_is_fitted(refit: Refit) -> None:
    told = refit(acts)[1:]
    for line in told:  # of writers that were left out of the fit, and by patterns alone
        found, by_patterns, right, right_by_patterns = map(float, re.findall(r"\d\.\d+", line))
        assert found > by_patterns
        assert right > right_by_patterns
    assert len(told) == 3
