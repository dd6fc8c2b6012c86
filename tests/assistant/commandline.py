"""`maavi` as users run it: a process of its own, or in this one."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "assistant.cli"]
ANSWER = {
    "id",
    "question",
    "language",
    "status",
    "verdict",
    "text",
    "citations",
    "masked",
    "engine",
    "timings_ms",
}
CITATION = {"number", "document", "title", "page", "page_label", "section", "quote"}
HIT = {"document", "page", "section", "text", "score"}
Done = subprocess.CompletedProcess[bytes]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without Må vi?'s settings and without a helpful locale."""
    unwanted = ("MAAVI_", "LC_", "LANG", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def maavi(
    *words: str, cwd: Path, stdin: bytes = b"", command: Sequence[str] = COMMAND, **env: str
) -> Done:
    """Run `maavi` with `words` in the folder `cwd`."""
    return subprocess.run(
        [*command, *words],
        cwd=cwd,
        env=environment(**env),
        input=stdin,
        capture_output=True,
        timeout=170,
        check=False,
    )


def rows(done: Done) -> list[dict[str, Any]]:
    """The JSON lines that were printed."""
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]
