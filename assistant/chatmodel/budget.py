"""How many tokens may be spent in a day, counted in a file that all processes share."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from assistant.chatmodel.faults import Fault, ModelFailed


class Budget:
    """Tokens of one day, in and out together. Without a `limit` nothing is counted or written.
    `path` is the file; where it cannot be written this process counts by itself.
    """

    def __init__(
        self, path: Path, limit: int | None, today: Callable[[], date] = date.today
    ) -> None:
        self._path = path
        self._limit = limit
        self._today = today
        self._lock = threading.Lock()
        self._here: tuple[str, int] = ("", 0)

    def take(self, tokens: int) -> None:
        """Set `tokens` aside for a call.

        Raises:
            ModelFailed: less than that is left of today's.
        """
        if self._limit is None:
            return
        with self._held():
            spent = self._read()
            if spent + tokens > self._limit:
                raise ModelFailed(Fault("budget", f"{spent} af {self._limit} tokens er brugt"))
            self._write(spent + tokens)

    def settle(self, taken: int, used: int) -> None:
        """Give back what a call that took `taken` did not use."""
        if self._limit is None:
            return
        with self._held():
            self._write(max(0, self._read() + used - taken))

    @property
    def spent(self) -> int:
        """Tokens of today so far, those set aside included."""
        if self._limit is None:
            return 0
        with self._held():
            return self._read()

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        with self._lock, contextlib.ExitStack() as stack:
            # A lock that cannot be had must not keep an answer back.
            with contextlib.suppress(OSError, Timeout):
                stack.enter_context(FileLock(f"{self._path}.lock", timeout=2))
            yield

    def _read(self) -> int:
        day = self._today().isoformat()
        here = self._here[1] if self._here[0] == day else 0
        try:
            row = json.loads(self._path.read_text(encoding="utf-8"))
            written = int(row["tokens"]) if row["day"] == day else 0
        except (OSError, ValueError, KeyError, TypeError):
            return here
        return written

    def _write(self, tokens: int) -> None:
        self._here = (self._today().isoformat(), tokens)
        row = {"day": self._here[0], "tokens": tokens}
        with contextlib.suppress(OSError):
            self._path.write_text(json.dumps(row), encoding="utf-8")
