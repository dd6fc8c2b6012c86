"""What can go wrong with a chat model, told apart whatever provider it comes through.

LangChain's providers raise errors of their own libraries. They have in common an HTTP status, as
`status_code` on the error or on its `response`, or a name that says what happened; that is all this
module looks at, so no provider has to be imported.
"""

import email.utils
import time
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "timeout", "unreachable", "refused", "busy", "server", "request", "setup", "empty", "protocol",
    "english", "unwilling", "unverified", "budget", "paused", "full", "cut",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
# What may pass by itself, and is worth another try within the deadline.
PASSING: frozenset[Kind] = frozenset(("unreachable", "busy", "server"))
# What says that the service is ill, which the breaker remembers.
ILL: frozenset[Kind] = frozenset(
    ("timeout", "unreachable", "refused", "busy", "server", "setup", "cut")
)
_LONGEST_WAIT = 3600.0  # seconds of a Retry-After that are believed


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that went wrong. `detail` is for the operator, never for the user; `wait` is how
    many seconds the service asked to be left alone, 0 when it did not.
    """

    kind: Kind
    detail: str = ""
    wait: float = 0.0


class ModelFailed(Exception):
    """A call to a chat model ended in `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.kind}: {fault.detail}")
        self.fault = fault


def fault_of(error: BaseException) -> Fault:
    """The fault that an error of a provider's library stands for."""
    if isinstance(error, ModelFailed):
        return error.fault
    status = _status(error)
    if status is not None:
        return Fault(_of_status(status), f"HTTP {status}", _retry_after(error))
    detail = type(error).__name__
    if isinstance(error, ImportError):
        detail = f"{detail}: {error}"  # it names the package that is missing
    return Fault(_of_type(error), detail)


def _of_type(error: BaseException) -> Kind:
    """The kind that the names of an error's classes, and of those it was raised from, tell."""
    names = {c.__name__.lower() for e in _chain(error) for c in type(e).__mro__}
    if any("timeout" in name for name in names):
        return "timeout"
    if any("connect" in name or "protocolerror" in name for name in names):
        return "unreachable"
    setup = isinstance(error, ImportError | ValueError | OSError)
    return "setup" if setup or "openaierror" in names else "server"


def _of_status(status: int) -> Kind:
    if status in (401, 403):
        return "refused"
    if status in (408, 504):
        return "timeout"
    if status == 429:
        return "busy"
    return "server" if status >= 500 else "request"


def _chain(error: BaseException) -> list[BaseException]:
    """The error and those that it was raised from."""
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in found:
        found.append(at)
        at = at.__cause__ or at.__context__
    return found


def _status(error: BaseException) -> int | None:
    for e in _chain(error):
        for holder in (e, getattr(e, "response", None)):
            status = getattr(holder, "status_code", None)
            if isinstance(status, int):
                return status
    return None


def _retry_after(error: BaseException) -> float:
    """Seconds of a Retry-After header, given as seconds or as a date (RFC 9110, 10.2.3)."""
    for e in _chain(error):
        headers = getattr(getattr(e, "response", None), "headers", None)
        value = headers.get("retry-after") if headers is not None else None
        if value:
            return min(_LONGEST_WAIT, max(0.0, _seconds(str(value))))
    return 0.0


def _seconds(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError):
        return 0.0
