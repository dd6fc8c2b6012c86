"""How often a password may be tried."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST = 5  # wrong passwords for one name, from anywhere
MOST_FROM_ONE_PLACE = 20  # … from one address, for any names
WINDOW = 15 * 60.0  # seconds
_REMEMBERED = 10_000  # names and addresses


class Attempts:
    """Counts wrong passwords over the last `WINDOW` seconds, in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def too_many(self, name: str, address: str) -> bool:
        """Whether the next attempt has to wait."""
        with self._lock:
            by_name = self._recent(("name", name.casefold()))
            return by_name >= MOST or self._recent(("address", address)) >= MOST_FROM_ONE_PLACE

    def failed(self, name: str, address: str) -> None:
        """Count a wrong password."""
        with self._lock:
            for key in (("name", name.casefold()), ("address", address)):
                self._failed.setdefault(key, deque(maxlen=MOST_FROM_ONE_PLACE)).append(
                    self._clock()
                )
                self._failed.move_to_end(key)
            while len(self._failed) > _REMEMBERED:
                self._failed.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget the wrong passwords for `name`; those of the address stay."""
        with self._lock:
            self._failed.pop(("name", name.casefold()), None)

    def _recent(self, key: tuple[str, str]) -> int:
        since = self._clock() - WINDOW
        return sum(at > since for at in self._failed.get(key, ()))
