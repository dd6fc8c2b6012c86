"""The check of claims on the tuning half of the scripted answers."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals import claims
from evals.claims import Result, Timing
from evals.measuring import verification
from evals.questions import SETS
from evals.result import errors_kept

TUNING = SETS / "claims.tuning.jsonl"
# How much of each set is kept from the user at the least (docs/decisions/chat-models.md).
HARDER = {"claims-more.tuning.jsonl": 0.92, "claims-late.tuning.jsonl": 0.94}


@pytest.fixture(scope="module")
def bench(sample_index: Path) -> claims.Bench:
    return claims.Bench(sample_index)


@pytest.fixture(scope="module")
def found(bench: claims.Bench) -> tuple[list[Result], list[Timing]]:
    return claims.run(claims.read_items(TUNING), bench)


def _share(results: Sequence[Result], number: int) -> float:
    measure = claims.measures(results)[number]
    return measure.hits / measure.total


def test_planted_errors_are_kept_from_the_user(found: tuple[list[Result], list[Timing]]) -> None:
    results, _ = found
    assert _share(results, 0) >= 0.98  # the aim is .97 of answers that nobody fitted to
    assert len(claims.kinds(results)) == 12


@pytest.mark.parametrize("name", HARDER)
def test_harder_errors_are_kept_from_the_user(name: str, bench: claims.Bench) -> None:
    results, _ = claims.run(claims.read_items(SETS / name), bench)
    assert _share(results, 0) >= HARDER[name]
    assert _share(results, 1) <= 0.05
    assert _share(results, 2) <= 0.25


def test_clean_claims_are_shown(found: tuple[list[Result], list[Timing]]) -> None:
    results, _ = found
    dropped, replaced = _share(results, 1), _share(results, 2)
    assert dropped <= 0.05
    assert replaced <= 0.20  # what is replaced is shown in the source's own words


def _questions(half: str) -> set[str]:
    files = SETS.glob(f"claims*.{half}.jsonl")
    return {item.question for file in files for item in claims.read_items(file)}


def test_the_halves_share_no_question() -> None:
    shared = _questions("tuning") & _questions("reporting")
    assert len(shared) == 0  # which they are is not for a log


def test_main_prints_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sample_index: Path
) -> None:
    few = tmp_path / "few.jsonl"
    lines = TUNING.read_text(encoding="utf-8").splitlines()[:6]
    few.write_text("\n".join(lines), encoding="utf-8")
    assert claims.main([str(few), "--show", "--index", str(sample_index)]) == 0
    out = capsys.readouterr().out
    assert "few.jsonl: 6 answers" in out
    assert "planted errors kept from the user" in out


def test_the_share_of_each_kind_of_error_is_told() -> None:
    results = [
        Result("a", "x", "negation", "dropped", ""),
        Result("b", "x", "negation", "passed", ""),
        Result("b", "y", "date", "replaced", ""),
        Result("c", "z", None, "passed", ""),
    ]
    told = errors_kept(list(verification.measure(results)))
    assert {kind: (row["right"], row["of"]) for kind, row in told.items()} == {
        "en vendt benægtelse": (0.5, 2),
        "en ændret dato": (1.0, 1),
    }
    assert errors_kept([]) == {}
