"""Writes in the order they come, and again until the database takes them: an answer is shown at
once, and an outage of the database neither holds it up nor loses it.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable

from assistant.errors import DatabaseRefused, DatabaseUnusable

Work = Callable[[], object]
_LOG = logging.getLogger(__name__)
_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)  # seconds before each new try; the last for all that follow
_MOST_WAITING = 20_000  # writes; what comes on top in an outage is lost, and the log says so


class Keeper:
    """One thread that writes."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[Work] = queue.Queue(_MOST_WAITING)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()
        self.fault = ""  # what is wrong with the database now, in Danish

    def put(self, work: Work) -> None:
        """Have `work` done, after all that was put before."""
        try:
            self._waiting.put_nowait(work)
        except queue.Full:
            _LOG.error("what should be kept is lost: %s", self.fault or "too much at once")

    def settle(self, seconds: float) -> bool:
        """Wait until all that was put before is done; False when it is not within `seconds`."""
        done = threading.Event()
        self.put(done.set)
        return done.wait(seconds)

    def close(self, seconds: float) -> None:
        """Do what is waiting, for at most `seconds`, and end the thread."""
        if not self.settle(seconds):
            _LOG.error("not everything could be kept: %s", self.fault)
        self._closing.set()
        self.put(lambda: None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._closing.is_set():
            self._do(self._waiting.get())

    def _do(self, work: Work) -> None:
        tries = 0
        while not self._closing.is_set():
            try:
                work()
            except DatabaseRefused as error:
                _LOG.error("%s", error)
                return
            except DatabaseUnusable as error:
                if not self.fault:
                    _LOG.error("%s", error)
                self.fault = str(error)
                time.sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
                tries += 1
            except Exception:  # noqa: BLE001 - one fault must not end the thread
                _LOG.exception("something could not be kept")
                return
            else:
                self.fault = ""
                return
