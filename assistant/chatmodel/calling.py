"""One call to the model that ends in time, whatever the service does.

The model's stream is read in a thread of its own, so that a service which sends nothing, or one
byte a minute, cannot hold the answer back: at the deadline the thread is left behind, and it keeps
its place among the concurrent calls until the service lets go of it.
"""

import contextlib
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.chatmodel.breaker import Breaker
from assistant.chatmodel.budget import Budget
from assistant.chatmodel.faults import PASSING, Fault, ModelFailed
from assistant.chatmodel.model import MOST_TOKENS, ChatModel, Piece, Turn
from assistant.chatmodel.prompting import estimated_tokens

MOST_TRIES = 3
FIRST_PAUSE = 0.25  # seconds; the longest pause before a try doubles with each
_LONGEST_QUEUE = 2.0  # seconds that a call waits for another to end


@dataclass
class Tally:
    """What a call used, filled in as it goes: tokens, tries, and seconds to the first text.
    `counted` says that the service counted the tokens; else they are estimated.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    counted: bool = False
    tries: int = 0
    first_text: float | None = None


@dataclass(frozen=True)
class Time:
    """Where the seconds come from: a test has a clock of its own."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    draw: Callable[[], float] = random.random  # 0..1, for the jitter


@dataclass
class Caller:
    """Calls one model; `concurrent` calls at a time."""

    model: ChatModel
    budget: Budget
    concurrent: int = 4
    time: Time = field(default_factory=Time)
    breaker: Breaker = field(init=False)
    _slots: threading.BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        self.breaker = Breaker(self.time.clock)
        self._slots = threading.BoundedSemaphore(self.concurrent)

    def stream(self, turns: Sequence[Turn], seconds: float, tally: Tally) -> Iterator[str]:
        """The answer to `turns` as it comes, at most `seconds` from now.

        Raises:
            ModelFailed: there is no answer, or it breaks off.
        """
        until = self.time.clock() + seconds
        self.breaker.check()
        sent = sum(estimated_tokens(turn.text) for turn in turns)
        taken = sent + MOST_TOKENS
        self.budget.take(taken)
        tally.tokens_in = sent
        try:
            yield from self._tried(turns, until, tally)
            self.breaker.succeeded()
        except ModelFailed as failed:
            self.breaker.failed(failed.fault)
            raise
        except GeneratorExit:
            self.breaker.succeeded()  # whoever reads it had enough: the service did answer
            raise
        finally:
            self.budget.settle(taken, tally.tokens_in + tally.tokens_out if tally.tries else 0)

    def _tried(self, turns: Sequence[Turn], until: float, tally: Tally) -> Iterator[str]:
        while True:
            tally.tries += 1
            try:
                yield from self._once(turns, until, tally)
                return
            except ModelFailed as failed:
                pause = self._pause(failed.fault, until, tally)
                if pause is None:
                    raise _in_context(failed, tally) from failed
            self.time.sleep(pause)

    def _pause(self, fault: Fault, until: float, tally: Tally) -> float | None:
        """Seconds before the next try; None when there is to be none. The jitter is full: any
        time up to a limit that doubles (Brooker, 2015, "Exponential Backoff and Jitter").
        """
        if fault.kind not in PASSING or tally.first_text is not None or tally.tries >= MOST_TRIES:
            return None
        limit = FIRST_PAUSE * 2 ** (tally.tries - 1)
        pause = max(fault.wait, limit * self.time.draw())
        return pause if self.time.clock() + pause < until else None

    def _once(self, turns: Sequence[Turn], until: float, tally: Tally) -> Iterator[str]:
        started = self.time.clock()
        if not self._slots.acquire(timeout=max(0.0, min(_LONGEST_QUEUE, until - started))):
            raise ModelFailed(Fault("full", f"{self.concurrent} kald er i gang"))
        reader = _Reader(self.model, turns, self._slots.release)
        reader.start()
        try:
            for piece in reader.pieces(until, self.time.clock):
                _count(piece, tally)
                if piece.text and tally.first_text is None:
                    tally.first_text = self.time.clock() - started
                if piece.text:
                    yield piece.text
        finally:
            reader.stop.set()


def _in_context(failed: ModelFailed, tally: Tally) -> ModelFailed:
    """A service that cannot be reached after it began to answer has broken off."""
    if tally.first_text is not None and failed.fault.kind in PASSING:
        return ModelFailed(Fault("cut", failed.fault.detail))
    return failed


def _count(piece: Piece, tally: Tally) -> None:
    if piece.tokens_out:
        tally.tokens_in, tally.tokens_out = piece.tokens_in, piece.tokens_out
        tally.counted = True
    elif not tally.counted and piece.text:
        tally.tokens_out += max(1, estimated_tokens(piece.text) - 1)


class _Reader(threading.Thread):
    """Reads a model's stream into a queue until it ends or `stop` is set."""

    def __init__(self, model: ChatModel, turns: Sequence[Turn], done: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="chat-model")
        self.stop = threading.Event()
        self._model = model
        self._turns = turns
        self._done = done
        self._queue: queue.SimpleQueue[Piece | ModelFailed | None] = queue.SimpleQueue()

    def run(self) -> None:
        try:
            stream = self._model.stream(self._turns)
            with contextlib.closing(stream):  # type: ignore[type-var]
                for piece in stream:
                    self._queue.put(piece)
                    if self.stop.is_set():
                        break
            self._queue.put(None)
        except ModelFailed as failed:
            self._queue.put(failed)
        except Exception as error:  # noqa: BLE001 - it must not be lost in a thread
            self._queue.put(ModelFailed(Fault("server", type(error).__name__)))
        finally:
            self._done()

    def pieces(self, until: float, clock: Callable[[], float]) -> Iterator[Piece]:
        """What is read, until it ends or the clock says `until`."""
        while True:
            left = until - clock()
            try:
                found = self._queue.get(timeout=max(0.0, left))
            except queue.Empty:
                raise ModelFailed(Fault("timeout", "fristen for svaret er nået")) from None
            if found is None:
                return
            if isinstance(found, ModelFailed):
                raise found
            yield found
