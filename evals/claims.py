"""What the check of a model's claims lets through: `python -m evals.claims FILE…`.

Each line of a file is a scripted answer over the sample corpus: clean, or with one planted error.
It is streamed by a server on loopback and goes the way of a real answer. A planted error is kept
from the user when the claim is not shown in its own words; a clean claim is dropped when nothing of
it is shown, and replaced when the source's own sentence is shown in its place.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.chatmodel.budget import Budget
from assistant.chatmodel.calling import Caller
from assistant.chatmodel.checks.meaning import Meaning
from assistant.chatmodel.checks.verify import Outcome, Verifier
from assistant.chatmodel.model import LangChainModel
from assistant.chatmodel.prompting import answer_turns
from assistant.chatmodel.writer import Task, Writer, Written
from assistant.settings import Settings
from evals.chatserver import ChatServer, Reply, line
from evals.questions import SETS
from evals.statistics import Measure
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from ingest.passages import Passage
from ingest.run import ingest_corpus

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DEFAULT = SETS / "claims.reporting.jsonl"
MADE_UP = "made-up-citation"


class Source(BaseModel):
    """What a claim cites: a page of a document, or a number that no passage has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str = ""
    page: int = 0
    number: int = 0


class Said(BaseModel):
    """One claim of a scripted answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    sources: list[Source]
    quote: str


class Item(BaseModel):
    """One scripted answer; `line` is the claim (from 0) with the error of the kind `planted`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    language: Literal["da", "en"] = "da"
    answer: list[Said]
    planted: str | None = None
    line: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one claim; `planted` is the kind of its error, None for a true one."""

    item: str
    text: str
    planted: str | None
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one answer: the checks together, and the line's end to the first claim."""

    checks: float
    first: float
    beside: float


def read_items(path: Path) -> list[Item]:
    """The scripted answers of one file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Item.model_validate(json.loads(row)) for row in lines if row.strip()]


class Bench:
    """An index of the sample corpus in `folder`, with what checks claims over it."""

    def __init__(self, folder: Path) -> None:
        self.index = Index(IndexFolder(folder), embedder_named("builtin"))
        entries = self.index.manifest.entries
        self.titles = {e.document.file: e.document.title or e.document.file for e in entries}
        self.verifier = Verifier(Meaning(self.index.lexical.vocabulary), self.titles)
        self._pages: defaultdict[tuple[str, int], list[Passage]] = defaultdict(list)
        for passage in self.index.passages:
            self._pages[passage.document, passage.page].append(passage)

    def cited(self, item: Item) -> tuple[Passage, ...]:
        """Every passage of the pages that the answer cites, in the order of citing."""
        places = [(s.document, s.page) for c in item.answer for s in c.sources if s.document]
        found = [p for place in dict.fromkeys(places) for p in self._pages[place]]
        return tuple({p.id: p for p in found}.values())

    def script(self, item: Item, passages: Sequence[Passage]) -> Reply:
        """The answer as a model would stream it, citing `passages` by number."""
        lines = [line(c.text, self._numbers(c, passages), c.quote) for c in item.answer]
        return Reply("".join(lines))

    def _numbers(self, claim: Said, passages: Sequence[Passage]) -> list[int]:
        numbers = []
        for source in claim.sources:
            there = [n for n, p in enumerate(passages, 1) if source.document == p.document
                     and source.page == p.page]  # fmt: skip
            numbers += there or [source.number or len(passages) + 1]
        return numbers


def run(items: Sequence[Item], bench: Bench) -> tuple[list[Result], list[Timing]]:
    """Have every answer streamed and checked."""
    replies = [bench.script(item, bench.cited(item)) for item in items]
    results: list[Result] = []
    timings: list[Timing] = []
    with ChatServer(replies) as server, tempfile.TemporaryDirectory() as spare:
        settings = Settings(llm="openai:scripted", llm_base_url=server.url)
        budget = Budget(Path(spare) / "tokens.json", None)
        writer = Writer(Caller(LangChainModel(settings), budget), settings.llm_timeout)
        for item in items:
            passages = bench.cited(item)
            bench.verifier.warm(passages)
            turns = answer_turns(item.question, passages, bench.titles, None, ())
            started = time.perf_counter()
            written = writer.write(
                Task(turns, passages, None, item.id), bench.verifier, lambda _: None
            )
            took = time.perf_counter() - started
            results += _results(item, written)
            waited = written.tally.first_text or 0.0
            timings.append(
                Timing(1000 * written.checking, 1000 * written.first_claim, 1000 * (took - waited))
            )
    return results, timings


def _results(item: Item, written: Written) -> list[Result]:
    found = []
    replaced = {d.split("): ", 1)[-1]: d for d in written.dropped}
    for number, claim in enumerate(item.answer):
        text = " ".join(claim.text.split())
        why = replaced.get(text, "")
        outcome: Outcome = "passed"
        if why:
            outcome = "replaced" if "(replaced): " in why else "dropped"
        planted = item.planted if number == item.line else None
        found.append(Result(item.id, text, planted, outcome, why))
    return found


def measures(results: Sequence[Result]) -> list[Measure]:
    """Errors kept from the user; clean claims lost, and those shown as the source has them."""
    planted = [r for r in results if r.planted]
    clean = [r for r in results if not r.planted]
    return [
        Measure("planted errors kept from the user", _count(planted, "passed", True), len(planted)),
        Measure("clean claims dropped", _count(clean, "dropped"), len(clean)),
        Measure("clean claims shown as the source's sentence", _count(clean, "replaced"),
                len(clean)),
    ]  # fmt: skip


def kinds(results: Sequence[Result]) -> Mapping[str, Measure]:
    """The errors kept from the user, by kind."""
    found: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.planted:
            found[result.planted].append(result)
    return {k: Measure(k, _count(found[k], "passed", True), len(found[k])) for k in sorted(found)}


def _count(results: Sequence[Result], outcome: Outcome, other: bool = False) -> int:
    return sum((r.outcome == outcome) != other for r in results)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each file; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.claims", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[DEFAULT])
    parser.add_argument("--index", type=Path, help="an index of corpus/; else one is made")
    parser.add_argument("--show", action="store_true", help="the claims that went wrong; not "
                        "for a reporting file")  # fmt: skip
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        index = options.index or Path(folder) / "index"
        if options.index is None:
            ingest_corpus(CORPUS, index, embedder_named("builtin"))
        bench = Bench(index)
        for file in options.files:
            results, timings = run(read_items(file), bench)
            _print(file, results, timings)
            if options.show:
                _show(results)
    return 0


def _print(file: Path, results: Sequence[Result], timings: Sequence[Timing]) -> None:
    print(f"{file.name}: {len(timings)} answers, {len(results)} claims")
    for measure in (*measures(results), *kinds(results).values()):
        share = f"{measure.hits / measure.total:.3f}" if measure.total else "not measured"
        low, high = measure.interval
        part = f"{measure.hits:>3}/{measure.total:<3} {share}"
        print(f"  {measure.name:<44} {part} [{low:.2f}, {high:.2f}]")
    for name, values in (
        ("checks of an answer", [t.checks for t in timings]),
        ("line's end to first claim", [t.first for t in timings if t.first]),
        ("all after the first text", [t.beside for t in timings]),
    ):
        if values:
            worst = sorted(values)[int(0.95 * (len(values) - 1))]
            print(f"  {name:<44} {statistics.median(values):.1f} ms, 95th percentile {worst:.1f}")


def _show(results: Sequence[Result]) -> None:
    for r in results:
        if (r.planted is None) != (r.outcome == "passed"):
            print(f"    {r.planted or 'clean'} {r.item} {r.outcome}: {r.why or r.text}")


if __name__ == "__main__":
    sys.exit(main())
