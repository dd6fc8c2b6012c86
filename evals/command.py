"""What `maavi eval` does with its arguments; the exit code comes back."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from assistant.commands.exits import DONE, FAILED
from assistant.errors import UsageError
from assistant.settings import Settings
from evals import printing
from evals.baseline import changes, failures, read_baseline
from evals.result import Result, as_text, read_result, result_of
from evals.suite import Corpora, Run, read_sets, run


def carry_out(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what is asked for in place of measuring, or measure."""
    if arguments.compare:
        one, other = arguments.compare
        return _compare(one, other, arguments.json)
    if arguments.template:
        return _template(arguments.template)
    if arguments.feedback:
        return _feedback(arguments.feedback)
    if arguments.check:
        return _check(arguments, settings)
    if arguments.ablate:
        return _ablate(arguments, settings)
    return _measure(arguments, settings)


def _measure(arguments: argparse.Namespace, settings: Settings) -> int:
    sets = read_sets(arguments.questions)
    corpora = Corpora(settings, arguments.index)
    done = run(sets, corpora, arguments.answers, arguments.save)
    whole = not (arguments.questions or arguments.index)
    if whole:
        from evals.scripted import measured_claims

        done = replace(done, measured=(*done.measured, *measured_claims(corpora)))
    if arguments.judge:
        from evals.judge import judged

        done = replace(done, measured=(*done.measured, *judged(done, settings, arguments.judge)))
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
    if not found:
        raise UsageError(f"{one} og {other} har ingen spørgsmål til fælles.")
    if as_json:
        rows = {c.name: {"before": c.before, "now": c.now, "difference": c.difference,
                         "interval": list(c.interval), "of": c.shared} for c in found}  # fmt: skip
        print(as_text(rows))
        return DONE
    print(f"{one} -> {other}; * er en forskel, som ikke er tilfældig (95 %)")
    for change in found:
        print(printing.change_line(change))
    return DONE


def _template(path: Path) -> int:
    from evals.spreadsheet import write_template

    write_template(path)
    print(f"{path} er skrevet. Skriv spørgsmålene i den, og kør: maavi eval --questions {path}")
    return DONE


def _feedback(path: Path) -> int:
    from evals.feedback import candidates

    for question in candidates(path):
        print(json.dumps(question.model_dump(exclude_defaults=True), ensure_ascii=False))
    return DONE


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.check import faults

    sets = read_sets(arguments.questions)
    found = list(faults(sets, Corpora(settings, arguments.index)))
    for line in found:
        print(line)
    if not found:
        count = sum(len(s.questions) for s in sets)
        print(f"{count} spørgsmål er i orden.")
    return FAILED if found else DONE


def _ablate(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.ablations import NAMES, ablate

    found = ablate(read_sets(arguments.questions), Corpora(settings, arguments.index))
    if arguments.json:
        rows = {a.part: {c.name: {"with": c.before, "without": c.now, "interval": list(c.interval)}
                         for c in a.changes} for a in found}  # fmt: skip
        print(as_text(rows))
        return DONE
    for ablation in found:
        print(f"Uden {NAMES[ablation.part]} ({ablation.part}):")
        for change in ablation.changes:
            print(printing.change_line(change))
    return DONE
