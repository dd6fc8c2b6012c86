"""The figures on a terminal."""

import sys
from collections.abc import Iterator
from pathlib import Path

from evals.baseline import Change, changes, read_baseline
from evals.names import danish, in_order, of_one_field
from evals.result import Result, read_result


def lines(result: Result, compared: list[Change]) -> Iterator[str]:
    """The sets, each measure with its interval, and how it changed since the baseline."""
    changed = {change.name: change for change in compared}
    sets = ", ".join(f"{name} ({count})" for name, count in result["sets"].items())
    yield f"{result['questions']} spørgsmål: {sets}"
    for name in in_order(result["measures"]):
        measure = result["measures"][name]
        if measure["value"] is not None and not of_one_field(name):
            yield f"  {danish(name):<64} {_figure(measure)}{_since(changed.get(name))}"
    missing = ", ".join(danish(name) for name in result["not_measured"])
    if missing:
        yield f"  Ikke målt: {missing}"
    spent = result["timings"]
    if spent.get("median_ms") is not None:
        yield f"  Et svar tager {spent['median_ms']} ms (median), {spent['p95_ms']} ms (95 %)"


def change_line(change: Change) -> str:
    """One measure of two runs."""
    low, high = change.interval
    sure = "" if low <= 0 <= high else "  *"
    return (
        f"  {danish(change.name):<64} {change.before:.3f} -> {change.now:.3f}"
        f"  {change.difference:+.3f} [{low:+.3f}, {high:+.3f}]  n={change.shared}{sure}"
    )


def _figure(measure: Result) -> str:
    low, high = measure["interval"]
    return f"{measure['value']:.3f} [{low:.3f}, {high:.3f}] n={measure['of']}"


def _since(change: Change | None) -> str:
    if change is None or not change.difference:
        return ""
    return f"  {change.difference:+.3f} siden sidst"


def main(arguments: list[str]) -> int:
    """Print the figures in the file that is named; the exit code."""
    result, before = read_result(Path(arguments[0])), read_baseline()
    print("\n".join(lines(result, changes(result, before) if before else [])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
