"""A circuit breaker: a service that keeps failing is left alone for a while (Nygard, 2007)."""

import threading
import time
from collections.abc import Callable

from assistant.chatmodel.faults import ILL, Fault, ModelFailed

MOST_FAILURES = 3  # in a row
PAUSE = 60.0  # seconds


class Breaker:
    """Counts the calls that failed in a row. After a pause one call is let through to try; it
    decides whether the pause begins again. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0
        self._last: Fault | None = None

    def check(self) -> None:
        """Let a call through.

        Raises:
            ModelFailed: the service is left alone; the fault says for how many seconds.
        """
        with self._lock:
            left = self._until - self._clock()
            if left > 0:
                why = self._last.kind if self._last else ""
                raise ModelFailed(Fault("paused", why, left))
            if self._until:
                self._until = self._clock() + PAUSE  # others wait for what this call finds

    def succeeded(self) -> None:
        """The service answered."""
        with self._lock:
            self._failures, self._until, self._last = 0, 0.0, None

    def failed(self, fault: Fault) -> None:
        """A call ended in `fault`; one that says nothing of the service does not count."""
        if fault.kind not in ILL:
            return
        with self._lock:
            self._failures += 1
            self._last = fault
            if fault.wait:
                self._until = max(self._until, self._clock() + fault.wait)
            elif self._failures >= MOST_FAILURES:
                self._until = self._clock() + PAUSE
