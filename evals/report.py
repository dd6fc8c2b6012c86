"""`maavi eval`: how good the answers are on question sets, with intervals."""

import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.questions import SETS, read_set
from evals.scoring import Score, score

DEFAULT = (SETS / "corpus.reporting.jsonl",)
_Z = 1.96  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Measure:
    """`hits` of `total` questions, with Wilson's 95 % interval (Wilson, 1927)."""

    name: str
    hits: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end, 0..1; (0, 1) when nothing was measured."""
        if not self.total:
            return (0.0, 1.0)
        n, p = self.total, self.hits / self.total
        middle, spread = p + _Z**2 / (2 * n), _Z * math.sqrt((p * (1 - p) + _Z**2 / (4 * n)) / n)
        return ((middle - spread) / (1 + _Z**2 / n), (middle + spread) / (1 + _Z**2 / n))

    def to_json(self) -> dict[str, Any]:
        """The figures, the share with three decimals."""
        share = round(self.hits / self.total, 3) if self.total else None
        interval = [round(end, 3) for end in self.interval] if self.total else None
        return {"hits": self.hits, "of": self.total, "share": share, "interval": interval}


_MEASURES: tuple[tuple[str, Callable[[Score], bool | None]], ...] = (
    ("right page among the first four passages", lambda s: s.found),
    ("right page first", lambda s: s.first),
    ("answered", lambda s: s.answered if s.item.answerable else None),
    ("answered with the facts and the page", lambda s: s.right if s.item.answerable else None),
    ("a right page cited, of those answered", lambda s: s.page),
    ("every fact in the answer, of those answered", lambda s: s.facts),
    ("declined where nothing answers", lambda s: s.right if not s.item.answerable else None),
)


def measures(scores: Sequence[Score]) -> list[Measure]:
    """What is measured, over the questions that it can be measured on."""
    found = []
    for name, of in _MEASURES:
        values = [value for s in scores if (value := of(s)) is not None]
        found.append(Measure(name, sum(values), len(values)))
    return found


def run(settings: Settings, files: Sequence[Path], as_json: bool) -> int:
    """Ask the questions of `files` (the reporting set of the sample corpus when there are none)
    of the index in the settings, and print the figures. The exit code: 0, 1 when
    the index cannot be used, 2 when a set cannot.
    """
    try:
        assistant = Assistant(settings)
        results = {path.name: _scores(assistant, path) for path in files or DEFAULT}
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if as_json:
        figures = {
            name: {m.name: m.to_json() for m in measures(scores)}
            for name, (scores, _) in results.items()
        }
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for name, (scores, seconds) in results.items():
            _print(name, scores, seconds)
    return 0


def _scores(assistant: Assistant, path: Path) -> tuple[list[Score], float]:
    started = time.perf_counter()
    scores = []
    for item in read_set(path):
        answer = assistant.ask(item.question, item.history)
        scores.append(score(item, assistant.search(item.question, 4), answer))
    return scores, time.perf_counter() - started


def _print(name: str, scores: Sequence[Score], seconds: float) -> None:
    print(f"{name}: {len(scores)} questions in {seconds:.1f} s")
    for measure in measures(scores):
        low, high = measure.interval
        share = f"{measure.hits / measure.total:.3f}" if measure.total else "not measured"
        print(
            f"  {measure.name:<44} {measure.hits:>3}/{measure.total:<3} {share}"
            f" [{low:.2f}, {high:.2f}]"
        )
