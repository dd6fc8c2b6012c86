"""The progress bar of `maavi ingest`."""

import sys
from typing import Any

from ingest.run import Progress

_COUNTED = "{desc}: {percentage:3.0f} % |{bar}| {n_fmt} af {total_fmt}"
_UNCOUNTED = "{desc} …"


class TerminalProgress(Progress):
    """A bar on standard error for each stage; nothing where no terminal shows it."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._bar: Any = None

    def start(self, stage: str, total: int | None) -> None:
        """See `Progress`."""
        self.close()
        if not self._shown or total == 0:
            return
        from tqdm import tqdm

        self._bar = tqdm(
            total=total,
            desc=stage,
            bar_format=_UNCOUNTED if total is None else _COUNTED,
            file=sys.stderr,
            leave=False,
            mininterval=0,  # steps are few and slow
        )

    def step(self, count: int = 1) -> None:
        """See `Progress`."""
        if self._bar is not None:
            self._bar.update(count)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
