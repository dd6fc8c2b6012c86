"""What the commands print: UTF-8 whatever the locale, text for people or JSON lines."""

import io
import json
import sys
from collections.abc import Mapping
from typing import Any

# JSON leaves these as they are, yet many readers end a line at them.
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


def write_utf8() -> None:
    """Make standard output and error UTF-8. Half a surrogate pair is written as JSON writes it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(message: str) -> None:
    """Tell the user something that is not the result."""
    print(message, file=sys.stderr, flush=True)


def print_json(row: Mapping[str, Any]) -> None:
    """Print `row` as one line, at once."""
    print(json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS), flush=True)


def printable(text: str) -> str:
    """`text` on one line and without signs that steer a terminal; file names may hold any."""
    return "".join(c if c.isprintable() else "?" for c in text)


def shortened(text: str, length: int) -> str:
    """`text` on one line, cut between words to at most `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + " …"


def counted(number: int, one: str, many: str) -> str:
    """`number` with its noun: "1 side", "1.200 sider"."""
    return f"{number:,} {one if number == 1 else many}".replace(",", ".")
