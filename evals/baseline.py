"""The committed baseline, and what fails when a change makes the answers worse.

Compared are the same questions before and after. A measure fails when the whole 95 % interval of
its difference lies beyond the loss it is allowed, or when a gate breaks: noise fails nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.names import in_order
from evals.result import Result, values_of
from evals.statistics import Interval, paired

FILE = Path(__file__).with_name("baseline.json")


@dataclass(frozen=True, slots=True)
class Change:
    """A measure now and before, over `shared` questions that both have; `fails` says why it is
    not let through, "" when it is.
    """

    name: str
    now: float
    before: float
    difference: float
    interval: Interval
    shared: int
    better: str
    fails: str = ""


def changes(now: Result, before: Result) -> list[Change]:
    """Every measure that both results have."""
    found = (_change(name, now, before) for name in in_order(now["measures"]))
    return [change for change in found if change]


def failures(now: Result, before: Result | None) -> list[str]:
    """Why `now` does not pass, a line each; none when it does."""
    broken = list(_broken_gates(now))
    compared = changes(now, before) if before else []
    return broken + [f"{c.name}: {c.fails}" for c in compared if c.fails]


def read_baseline(path: Path = FILE) -> Result | None:
    """The committed baseline; None where there is none yet."""
    if not path.exists():
        return None
    kept: Result = json.loads(path.read_text(encoding="utf-8"))
    ids = kept.pop("ids")
    for measure in kept["measures"].values():
        row = measure["values"]
        measure["values"] = {i: v for i, v in zip(ids, row, strict=False) if v is not None}
    return kept


def write_baseline(result: Result, path: Path = FILE) -> None:
    """Write `result` as the baseline: a row of values for each measure, in the order of the ids.
    Of measures that are only shown, the values of single questions are left out.
    """
    measures = result["measures"]
    ids = sorted({key for m in measures.values() if m["loss"] < 1 for key in m["values"]})
    rows = {name: {**m, "values": _row(m, ids)} for name, m in measures.items()}
    kept = {k: v for k, v in result.items() if k not in ("timings", "clusters")}
    text = json.dumps({**kept, "ids": ids, "measures": rows}, ensure_ascii=False, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")


def _row(measure: Result, ids: Sequence[str]) -> list[float | None]:
    values = measure["values"]
    return [values.get(key) for key in ids] if measure["loss"] < 1 else []


def _change(name: str, now: Result, before: Result) -> Change | None:
    ours, theirs = values_of(now, name), values_of(before, name)
    compared = paired(ours, theirs, now["clusters"])
    if compared is None:
        return None
    difference, interval = compared
    shared = ours.keys() & theirs.keys()
    measure = now["measures"][name]
    return Change(
        name,
        _mean(ours, shared),
        _mean(theirs, shared),
        difference,
        interval,
        len(shared),
        measure["better"],
        _lost(interval, measure["better"], measure["loss"]),
    )


def _lost(interval: Interval, better: str, loss: float) -> str:
    low, high = interval
    worst = high if better == "high" else -low
    if worst >= -loss:
        return ""
    said = f"{low:+.3f} til {high:+.3f}"
    return f"er blevet ringere end tilladt; forskellen er {said}, og {loss} er tilladt"


def _broken_gates(now: Result) -> Iterator[str]:
    for name, measure in now["measures"].items():
        gate, value = measure["gate"], measure["value"]
        if gate is not None and value is not None and value < gate:
            wrong = sum(v < gate for v in measure["values"].values())
            yield f"{name}: skal være {gate:.3f} og er {value:.4f} ({wrong} spørgsmål)"


def _mean(values: Mapping[str, float], keys: set[str]) -> float:
    return sum(values[key] for key in keys) / len(keys)
