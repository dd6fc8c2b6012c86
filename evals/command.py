"""What `maavi eval` does with its arguments; the exit code comes back."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from assistant.commands.exits import DONE, FAILED
from assistant.settings import Settings
from evals import printing
from evals.baseline import changes, failures, read_baseline
from evals.result import Result, as_text, read_result, result_of
from evals.scripted import measured_claims
from evals.suite import Corpora, Run, read_sets, run


def carry_out(arguments: argparse.Namespace, settings: Settings) -> int:
    """Compare two results, or measure."""
    if arguments.compare:
        one, other = arguments.compare
        return _compare(one, other, arguments.json)
    return _measure(arguments, settings)


def _measure(arguments: argparse.Namespace, settings: Settings) -> int:
    sets = read_sets(arguments.questions)
    corpora = Corpora(settings, arguments.index)
    done = run(sets, corpora, arguments.answers, arguments.save)
    whole = not (arguments.questions or arguments.index)
    if whole:
        done = replace(done, measured=(*done.measured, *measured_claims(corpora)))
    result = result_of(done)
    before = read_baseline() if whole else None
    _tell(result, before, arguments.json)
    if arguments.report:
        _report(arguments.report, done, result, before)
    return _gate(result, before) if arguments.gate else DONE


def _tell(result: Result, before: Result | None, as_json: bool) -> None:
    if as_json:
        print(as_text(result))
        return
    compared = changes(result, before) if before else []
    print("\n".join(printing.lines(result, compared)))


def _gate(result: Result, before: Result | None) -> int:
    wrong = failures(result, before)
    for line in wrong:
        print(line, file=sys.stderr)
    return FAILED if wrong else DONE


def _report(path: Path, done: Run, result: Result, before: Result | None) -> None:
    from evals.report.page import page

    path.write_text(page(done, result, before), encoding="utf-8")


def _compare(one: Path, other: Path, as_json: bool) -> int:
    found = changes(read_result(other), read_result(one))
    if as_json:
        rows = {c.name: {"before": c.before, "now": c.now, "difference": c.difference,
                         "interval": list(c.interval), "of": c.shared} for c in found}  # fmt: skip
        print(as_text(rows))
        return DONE
    print(f"{one} -> {other}; * er en forskel, som ikke er tilfældig (95 %)")
    for change in found:
        print(printing.change_line(change))
    return DONE
