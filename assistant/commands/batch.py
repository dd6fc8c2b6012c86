"""`--batch FILE`: JSON lines in, each with a question; a bad one says what is wrong with it."""

import codecs
import contextlib
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from assistant.commands.faults import reason
from assistant.errors import UsageError

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Request:
    """A line of the file, counted from 1; one with a `fault` has nothing to ask."""

    line: int
    id: Any = None
    question: str = ""
    history: tuple[str, ...] = ()
    fault: str = ""


@contextlib.contextmanager
def requests(file: str) -> Iterator[Iterator[Request]]:
    """The requests of `file` ("-" is standard input), each read when it is asked for.

    Raises:
        UsageError: the file cannot be opened.
    """
    if file == STANDARD_INPUT:
        yield _requests(_standard_input())
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below; only opening it may fail here
    except OSError as error:
        raise UsageError(f"--batch {file}: {reason(error)}.") from error
    with stream:
        yield _requests(stream)


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:
        raise UsageError("--batch -: standard input er lukket.")
    return sys.stdin.buffer


def _requests(stream: IO[bytes]) -> Iterator[Request]:
    for number, raw in enumerate(stream, 1):
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if line.strip():
            yield _request(number, line)


def _request(number: int, line: bytes) -> Request:
    try:
        row = json.loads(line.decode(), parse_constant=_finite, parse_float=_finite)
    except UnicodeDecodeError:
        return Request(number, fault=f"Linje {number} er ikke UTF-8.")
    except (ValueError, RecursionError):
        return Request(number, fault=f"Linje {number} er ikke gyldig JSON.")
    if not isinstance(row, dict):
        return Request(number, fault=f'Linje {number} er ikke et JSON-objekt med "question".')
    fault = _fault(row)
    return Request(
        number,
        row.get("id"),
        row["question"] if isinstance(row.get("question"), str) else "",
        () if fault else tuple(row.get("history") or ()),
        f"Linje {number}: {fault}" if fault else "",
    )


def _fault(row: dict[str, Any]) -> str:
    if "question" not in row:
        return '"question" mangler.'
    if not isinstance(row["question"], str):
        return '"question" skal være en tekst.'
    history = row.get("history")
    if history is not None and not _is_texts(history):
        return '"history" skal være en liste af tekster (de tidligere spørgsmål).'
    return ""


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _finite(text: str) -> float:
    """The number; the constants that Python knows and JSON does not are refused."""
    number = float(text)
    if math.isfinite(number):
        return number
    raise ValueError(f"{text} is not a JSON number")
