"""Answers as they are recorded: JSON lines, the configuration first, then one answer a line.

Scoring needs nothing else but the index, so that answers of a chat model are paid for once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import UsageError
from assistant.models import Status, Verdict
from evals.questions import in_words


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


T = TypeVar("T", bound=_Row)


class Configuration(_Row):
    """What answered: engine, embedder, the day, the digest of each index, and what was off."""

    format: Literal[1] = 1
    engine: str
    embedder: str
    day: str
    indexes: dict[str, str]
    without: str = ""


class Found(_Row):
    """A passage that the search gave."""

    document: str
    page: int
    text: str


class Cited(_Row):
    """A citation of an answer."""

    number: int
    document: str
    page: int
    quote: str


class Said(_Row):
    """One sentence of an answer with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]


class Record(_Row):
    """The answer to one question. `fields` ranks passages by each field of the search and fused,
    best first; `context` are those that the answer was made from, `passages` all of them by id.
    `chance` is how sure the engine was, 0..1.
    """

    id: str
    corpus: str
    question: str
    status: Status
    verdict: Verdict | None
    text: str
    claims: tuple[Said, ...]
    citations: tuple[Cited, ...]
    engine: str
    context: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    passages: dict[str, Found]
    chance: float | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    timings_ms: dict[str, float] = {}

    @property
    def answered(self) -> bool:
        """Whether the documents were said to answer."""
        return self.status == "answered"


@dataclass(frozen=True, slots=True)
class Recording:
    """The answers of one run by question id, and what gave them."""

    configuration: Configuration
    records: Mapping[str, Record]


def write(path: Path, configuration: Configuration, records: Iterable[Record]) -> None:
    """Write the answers to `path`, each as soon as it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for row in (configuration, *records):
            file.write(json.dumps(row.model_dump(), ensure_ascii=False) + "\n")


def read(path: Path) -> Recording:
    """The answers in `path`.

    Raises:
        UsageError: the file is not there or a line does not fit; the message names it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--answers {path}: filen kan ikke læses som tekst i UTF-8.") from error
    if not lines:
        raise UsageError(f"--answers {path}: filen er tom.")
    configuration = _row(path, 1, lines[0], Configuration)
    records = (_row(path, n, line, Record) for n, line in enumerate(lines[1:], 2))
    return Recording(configuration, {record.id: record for record in records})


def _row(path: Path, number: int, line: str, kind: type[T]) -> T:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        raise UsageError(f"--answers {path}, linje {number}: {in_words(error)}.") from error
