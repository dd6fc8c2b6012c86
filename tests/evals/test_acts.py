"""The model that tells what a question asks for, and its fit."""

import json
import re
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from assistant.verdicts.acts import FILE
from evals import acts


def test_the_model_in_force_is_the_one_that_is_fitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(acts, "TARGET", tmp_path / FILE)
    text = resources.files("assistant.verdicts").joinpath(FILE).read_text(encoding="utf-8")
    in_force = json.loads(text)
    assert acts.main() == 0
    fitted = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    told = capsys.readouterr().out.splitlines()
    for line in told[1:]:  # of writers that were left out of the fit, and by patterns alone
        found, by_patterns, right, right_by_patterns = map(float, re.findall(r"\d\.\d+", line))
        assert found > by_patterns
        assert right > right_by_patterns
    assert len(told) == 4
    assert fitted["marks"].keys() == in_force["marks"].keys()
    for name in ("bias", "vector"):  # sums differ in the last digits with the machine
        assert np.allclose(fitted[name], in_force[name], atol=0.02)
