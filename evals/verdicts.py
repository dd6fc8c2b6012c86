"""How good the verdicts are: `python -m evals.verdicts FILE…`.

Each question names its documents: the sample corpus, or one of the small municipalities in
evals/municipalities/ whose rules contradict each other. A wrong "ja" costs five, a wrong "nej" two,
any other wrong or missing verdict one.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pypdf
from pydantic import BaseModel, ConfigDict

from assistant.models import Answer, Verdict
from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.questions import SETS
from evals.statistics import Measure
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus
from ingest.text import normalise

DAY = date(2026, 11, 25)  # the day that the questions were written for
_HOME = Path(__file__).resolve().parents[1]
MUNICIPALITIES = _HOME / "evals" / "municipalities"
DEFAULT = SETS / "verdicts.reporting.jsonl"
_COSTS = {"ja": 5, "nej": 2}


class Gold(BaseModel):
    """Words of a document that by themselves settle the question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    quote: str


class Item(BaseModel):
    """One question; `verdict` is None for one of fact, and where the documents settle nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    corpus: str
    question: str
    history: list[str] = []
    language: Literal["da", "en"] = "da"
    answerable: bool
    verdict: Verdict | None = None
    gold: list[Gold] = []
    tags: list[str] = []
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A question with its answer; `page` is whether a right page is cited, None if none can be."""

    item: Item
    answer: Answer
    page: bool | None

    @property
    def answered(self) -> bool:
        """Whether the documents were said to settle it."""
        return self.answer.status == "answered"

    @property
    def cost(self) -> int:
        """What it costs: 0 for right, 5 for a wrong "ja", 2 for a wrong "nej", else 1."""
        if self.answer.verdict == self.item.verdict and self.answered == self.item.answerable:
            return 0
        return _COSTS.get(self.answer.verdict or "", 1)


_MEASURES: tuple[tuple[str, Callable[[Result], bool | None]], ...] = (
    ("verdict right", lambda r: r.answer.verdict == r.item.verdict if r.item.verdict else None),
    (
        "no wrong ja where it is nej",
        lambda r: r.answer.verdict != "ja" if r.item.verdict == "nej" else None,
    ),
    ("a right page cited, of those answered", lambda r: r.page if r.answered else None),
    ("declined where nothing settles it", lambda r: None if r.item.answerable else not r.answered),
    ("answered where something does", lambda r: r.answered if r.item.answerable else None),
    (
        "facts: answered without a verdict",
        lambda r: (
            r.answered and r.answer.verdict is None
            if r.item.answerable and r.item.verdict is None
            else None
        ),
    ),
)


def read_items(path: Path) -> list[Item]:
    """The questions of one file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Item.model_validate(json.loads(line)) for line in lines if line.strip()]


def ask_all(items: Sequence[Item], work: Path) -> list[Result]:
    """The answers to `items`; indexes are built in the folder `work` unless they are there."""
    assistants = {name: _assistant(name, work) for name in sorted({i.corpus for i in items})}
    return [_result(item, assistants[item.corpus]) for item in items]


def corpus_folder(name: str) -> Path:
    """Where the documents of a corpus are."""
    return _HOME / "corpus" if name == "sample" else MUNICIPALITIES / name


def _assistant(name: str, work: Path) -> Assistant:
    settings = Settings(index=work / name)
    ingest_corpus(corpus_folder(name), settings.index, embedder_named(settings.embedder))
    return Assistant(settings, lambda: DAY)


def _result(item: Item, assistant: Assistant) -> Result:
    answer = assistant.ask(item.question, item.history)
    places = {(g.document, page) for g in item.gold for page in _pages_with(item.corpus, g)}
    cited = any((c.document, c.page) in places for c in answer.citations)
    return Result(item, answer, cited if item.gold else None)


def _pages_with(corpus: str, gold: Gold) -> set[int]:
    wanted = letters(gold.quote)
    pages = _pageletters(corpus_folder(corpus) / gold.document)
    return {number for number, text in enumerate(pages, 1) if wanted in text}


@lru_cache(maxsize=64)
def _pageletters(pdf: Path) -> list[str]:
    return [letters(page.extract_text()) for page in pypdf.PdfReader(pdf).pages]


def letters(text: str) -> str:
    """`text` without spaces, hyphens and case, so that a word cut at a line's end is the same."""
    return re.sub(r"[\s-]+", "", normalise(text)).lower()


def measures(results: Sequence[Result]) -> list[Measure]:
    """What is measured, over the questions that it can be measured on."""
    found = []
    for name, of in _MEASURES:
        values = [bool(value) for r in results if (value := of(r)) is not None]
        found.append(Measure(name, sum(values), len(values)))
    return found


def _print(results: Sequence[Result]) -> None:
    for measure in measures(results):
        low, high = measure.interval
        share = f"{measure.hits / measure.total:.3f}" if measure.total else "not measured"
        part = f"{measure.hits:>3}/{measure.total:<3} {share}"
        print(f"  {measure.name:<40} {part} [{low:.2f}, {high:.2f}]")
    print(f"  cost per question {sum(r.cost for r in results) / len(results):.3f}")
    confused = Counter((r.item.verdict or "-", r.answer.verdict or "-") for r in results)
    for gold, said in sorted(confused):
        print(f"    {gold:>9} -> {said:<9} {confused[gold, said]}")


def _print_slices(results: Sequence[Result]) -> None:
    slices: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        for tag in (*result.item.tags, f"corpus {result.item.corpus}"):
            slices[tag].append(result)
    print("  verdict right, by slice:")
    for tag in sorted(slices):
        right = measures(slices[tag])[0]
        if right.total:
            print(f"    {tag:<20} {right.hits:>3}/{right.total:<3} {right.hits / right.total:.3f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each file; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.verdicts", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[DEFAULT])
    parser.add_argument("--work", type=Path, help="keep the indexes in this folder")
    parser.add_argument("--answers", type=Path, help="write the answers here, as JSON lines")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as spare:
        for file in options.files:
            results = ask_all(read_items(file), options.work or Path(spare))
            print(f"{file.name}: {len(results)} questions")
            _print(results)
            _print_slices(results)
            if options.answers:
                _write(options.answers, results)
    return 0


def _write(path: Path, results: Sequence[Result]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for r in results:
            row: dict[str, Any] = {
                "id": r.item.id, "question": r.item.question, "gold": r.item.verdict,
                "answerable": r.item.answerable, "status": r.answer.status,
                "verdict": r.answer.verdict, "page": r.page, "text": r.answer.text,
                "rules": r.answer.trace.rules, "lost": r.answer.trace.lost,
            }  # fmt: skip
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
