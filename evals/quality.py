"""docs/quality.md, the figures of the baseline in words: `python -m evals.quality RESULT.json`
writes the baseline and the page from what `maavi eval --json` printed.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.baseline import read_baseline, write_baseline
from evals.corpora import HOME
from evals.measuring.retrieval import MEASURES
from evals.names import FIELDS, danish, in_order, of_one_field
from evals.result import Result, read_result

PAGE = HOME / "docs" / "quality.md"
_HEAD = """# Hvor gode er svarene?

Siden er skrevet af `make eval-baseline` og holdt i live af en test: Tallene er dem i
`evals/baseline.json`. De er målt på spørgsmål, som ikke er brugt til at bygge Må vi?
(`evals/questions/*.reporting.jsonl`), med dokumenternes egne sætninger som svar og ingen
sprogmodel. `make eval` måler dem igen; [docs/decisions/evals.md](decisions/evals.md) siger, hvordan
hvert tal er regnet ud.

Intervallet er det, som det sande tal ligger i med 95 % sikkerhed. ”Ikke målt” er ikke 0.
"""


def page(baseline: Result) -> str:
    """The page as a whole."""
    parts = (
        _figures(baseline),
        _fields(baseline),
        _slices(baseline),
        _errors(baseline),
        _used(baseline),
    )
    return "\n".join((_HEAD, *(line for part in parts for line in (*part, ""))))


def _figures(baseline: Result) -> Iterator[str]:
    yield "| mål | tal | 95 % | spørgsmål |"
    yield "| --- | --- | --- | --- |"
    for name in in_order(baseline["measures"]):
        measure = baseline["measures"][name]
        if measure["value"] is not None and not of_one_field(name):
            low, high = (_number(end) for end in measure["interval"])
            row = (danish(name), _number(measure["value"]), f"{low} til {high}", str(measure["of"]))
            yield f"| {' | '.join(row)} |"
    for name in baseline["not_measured"]:
        yield f"| {danish(name)} | ikke målt | | |"


def _fields(baseline: Result) -> Iterator[str]:
    yield "## Søgningen, felt for felt"
    yield ""
    yield f"| felt | {' | '.join(MEASURES.values())} |"
    yield f"| --- |{' --- |' * len(MEASURES)}"
    for field, name in FIELDS.items():
        measured = (baseline["measures"][f"retrieval.{field}.{m}"] for m in MEASURES.values())
        yield f"| {name} | {' | '.join(_number(m['value']) for m in measured)} |"


def _slices(baseline: Result) -> Iterator[str]:
    yield "## Rigtigt i alt, delt op"
    yield ""
    yield "| spørgsmål | rigtigt | 95 % | antal |"
    yield "| --- | --- | --- | --- |"
    for name, row in baseline["slices"].items():
        if not name.startswith("emne: ") or row["of"] >= 20:
            low, high = (_number(end) for end in row["interval"])
            yield f"| {name} | {_number(row['right'])} | {low} til {high} | {row['of']} |"


def _errors(baseline: Result) -> Iterator[str]:
    yield "## Plantede fejl i en sprogmodels svar, der ikke når brugeren"
    yield ""
    yield "| fejl | fanget | 95 % | antal |"
    yield "| --- | --- | --- | --- |"
    for name, row in baseline["errors_kept"].items():
        low, high = (_number(end) for end in row["interval"])
        yield f"| {name} | {_number(row['right'])} | {low} til {high} | {row['of']} |"


def _used(baseline: Result) -> Iterator[str]:
    used = baseline["configuration"]
    sets = ", ".join(f"{name} ({count})" for name, count in baseline["sets"].items())
    yield "## Målt på"
    yield ""
    yield f"{baseline['questions']} spørgsmål: {sets}. Stillet som den {used['day']}."


def _number(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def main(arguments: Sequence[str]) -> int:
    """Write the baseline and the page; the exit code."""
    write_baseline(read_result(Path(arguments[0])))
    baseline = read_baseline()
    assert baseline
    PAGE.write_text(page(baseline), encoding="utf-8")
    print(
        f"evals/baseline.json og {PAGE.relative_to(HOME)} er skrevet; sig hvorfor, når du gemmer."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
