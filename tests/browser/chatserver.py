"""The server as it is run, in a process of its own on a free port of this machine."""

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdf

ROOT = Path(__file__).parents[2]
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
NOTE = "notat om AI – æøå & 100% (1).pdf"
_START_SECONDS = 90.0


@dataclass(frozen=True)
class ChatServer:
    """A running server; `lines` are what it has printed so far."""

    url: str
    process: subprocess.Popen[str]
    lines: list[str]


@contextmanager
def running(index: Path, corpus: Path, *arguments: str, **settings: str) -> Iterator[ChatServer]:
    """`maavi serve` until the end of the block; `settings` are further variables of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", "0", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "MAAVI_INDEX": str(index),
            "MAAVI_CORPUS": str(corpus),
            **settings,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    lines: list[str] = []
    fresh: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, lines, fresh), daemon=True)
    reader.start()
    try:
        yield ChatServer(_address(fresh, lines), process, lines)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        reader.join(10)


def maavi(*arguments: str, index: Path, corpus: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of `maavi` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, "MAAVI_INDEX": str(index), "MAAVI_CORPUS": str(corpus)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=170,
        check=False,
    )


def chromium_path() -> str | None:
    """The Chromium to use: the one that MAAVI_CHROMIUM names, else one that is installed."""
    found = map(shutil.which, _CHROMIUMS)
    return os.environ.get("MAAVI_CHROMIUM") or next(filter(None, found), None)


def page_with(pdf: Path, words: str) -> int:
    """The page (from 1) of `pdf` whose text has `words`, by a look that our code has no part in."""
    pages = pypdf.PdfReader(pdf).pages
    return next(n for n, page in enumerate(pages, 1) if words in page.extract_text())


def _read(process: subprocess.Popen[str], lines: list[str], fresh: "queue.Queue[str]") -> None:
    assert process.stdout is not None
    with process.stdout as out:
        for line in out:
            lines.append(line)
            fresh.put(line)
    fresh.put("")


def _address(fresh: "queue.Queue[str]", lines: list[str]) -> str:
    while line := fresh.get(timeout=_START_SECONDS):
        if found := re.search(r"http://\S+", line):
            return found.group()
    raise AssertionError(f"the server ended before it listened:\n{''.join(lines)}")
