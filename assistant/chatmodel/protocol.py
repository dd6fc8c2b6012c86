"""The line protocol that the model answers in, read as it streams.

One JSON object a line: a claim with its sources and a quote, a follow-up question, or the word that
the sources do not answer. Lines that are neither are counted, never shown.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

LONGEST_LINE = 2_000  # characters
LONGEST_ANSWER = 8_000
MOST_CLAIMS = 8
MOST_FOLLOWUPS = 3
_FRAME = re.compile(r"^(?:```\w*|\[|\]|,|\s)*$")
_FALSE_START = re.compile(r"^[\s\[,]*(?:[-*•]\s*|\d+[.)]\s*)?(?=\{)")


@dataclass(frozen=True, slots=True)
class ModelClaim:
    """A sentence of the model's, with the numbers of its sources and the words it quotes."""

    text: str
    sources: tuple[int, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that the user might have next."""

    text: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The model says that the sources do not answer."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that the protocol does not know."""

    text: str


Said: TypeAlias = ModelClaim | FollowUp | NoAnswer | Unreadable


class LineReader:
    """Takes the answer in pieces and gives what each whole line says."""

    def __init__(self) -> None:
        self.raw = ""
        self._rest = ""
        self._claims = 0
        self._followups = 0

    @property
    def too_long(self) -> bool:
        """Whether more has come than an answer can be long; what is left is not worth reading."""
        full = self._claims >= MOST_CLAIMS and self._followups >= MOST_FOLLOWUPS
        return full or len(self.raw) > LONGEST_ANSWER

    def feed(self, text: str) -> Iterator[Said]:
        """What the lines say that `text` completes."""
        self.raw = (self.raw + text)[: LONGEST_ANSWER + 1]
        *whole, self._rest = (self._rest + text).split("\n")
        for line in whole:
            yield from self._line(line)
        # A line is over when its object is, whether or not the line end has come yet.
        if self._rest.rstrip().endswith("}") and (said := _object(self._rest)) is not None:
            yield from self._counted(said)
            self._rest = ""
        self._rest = self._rest[: LONGEST_LINE + 1]

    def close(self) -> Iterator[Said]:
        """What the last line says, where no line end closed it."""
        rest, self._rest = self._rest, ""
        yield from self._line(rest)

    def _line(self, line: str) -> Iterator[Said]:
        if _FRAME.match(line):
            return
        said = _object(line)
        yield from self._counted(said if said is not None else Unreadable(line.strip()))

    def _counted(self, said: Said) -> Iterator[Said]:
        if isinstance(said, ModelClaim):
            self._claims += 1
            if self._claims > MOST_CLAIMS:
                return
        if isinstance(said, FollowUp):
            self._followups += 1
            if self._followups > MOST_FOLLOWUPS:
                return
        yield said


def _object(line: str) -> Said | None:
    """What one line says; None when it is no object."""
    text = _FALSE_START.sub("", line).strip().rstrip(",]").strip()
    if not text.startswith("{") or len(text) > LONGEST_LINE:
        return None
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _said(row, text) if isinstance(row, dict) else None


def _said(row: dict[str, Any], text: str) -> Said:
    if row.get("none") is True:
        return NoAnswer()
    if isinstance(question := row.get("followup"), str):
        return FollowUp(_one_line(question))
    claim, quote = row.get("claim"), row.get("quote")
    if not isinstance(claim, str) or not claim.strip():
        return Unreadable(text)
    quoted = _one_line(quote) if isinstance(quote, str) else ""
    return ModelClaim(_one_line(claim), _numbers(row.get("sources")), quoted)


def _numbers(value: Any) -> tuple[int, ...]:
    """The sources, given as numbers, as a list of them, or as "[1]"."""
    found = value if isinstance(value, list) else [value]
    numbers = []
    for each in found:
        if isinstance(each, bool):
            continue
        if isinstance(each, int):
            numbers.append(each)
        elif isinstance(each, str) and re.fullmatch(r"\[?\d{1,6}\]?", each.strip()):
            numbers.append(int(each.strip("[] ")))
    return tuple(dict.fromkeys(numbers))


def _one_line(text: str) -> str:
    return " ".join(text.split())
