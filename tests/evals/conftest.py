"""Fitting a model anew, to compare it with the one in force."""

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

Refit = Callable[[ModuleType], list[str]]


@pytest.fixture
def refit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Refit:
    """Runs the `main` of a module that fits the model in its TARGET, checks that the one in force
    is the same, and gives the lines that it printed.
    """

    def run(fitting: ModuleType) -> list[str]:
        in_force = _read(fitting.TARGET)
        monkeypatch.setattr(fitting, "TARGET", tmp_path / fitting.TARGET.name)
        assert fitting.main() == 0
        fitted = _read(fitting.TARGET)
        assert fitted["marks"].keys() == in_force["marks"].keys()
        assert fitted.get("general") == in_force.get("general")
        for name in ("bias", "vector"):  # sums differ in the last digits with the machine
            assert np.allclose(fitted[name], in_force[name], atol=0.02)
        return capsys.readouterr().out.splitlines()

    return run


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read
