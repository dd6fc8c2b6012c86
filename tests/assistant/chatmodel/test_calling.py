"""Retries, the breaker, the budget and the limit of concurrent calls, on a clock of their own."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from assistant.chatmodel.breaker import PAUSE, Breaker
from assistant.chatmodel.budget import Budget
from assistant.chatmodel.calling import Caller, Tally, Time
from assistant.chatmodel.faults import Fault, ModelFailed
from assistant.chatmodel.model import MOST_TOKENS, LangChainModel, Turn
from assistant.settings import Settings
from evals.chatserver import ChatServer, Reply

TURNS = (Turn("user", "Hvad?"),)


@dataclass
class Clock:
    """Seconds that pass only when someone sleeps; what was slept is kept."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def caller(server: ChatServer, clock: Clock, tmp_path: Path) -> Caller:
    return _caller(server, tmp_path, Time(clock, clock.sleep, lambda: 0.5))


def _caller(server: ChatServer, folder: Path, clock: Time, limit: int | None = None) -> Caller:
    model = LangChainModel(Settings(llm="openai:scripted", llm_base_url=server.url))
    return Caller(model, Budget(folder / "tokens.json", limit), 1, clock)


def _fault(caller: Caller, seconds: float = 20.0) -> Fault:
    with pytest.raises(ModelFailed) as failed:
        list(caller.stream(TURNS, seconds, Tally()))
    return failed.value.fault


def test_a_passing_fault_is_tried_again_after_a_pause_with_jitter(
    caller: Caller, server: ChatServer, clock: Clock
) -> None:
    server.say(Reply(status=500), Reply(status=503), Reply("Nu"))
    tally = Tally()
    assert "".join(caller.stream(TURNS, 20.0, tally)) == "Nu"
    assert tally.tries == 3
    assert clock.slept == [0.125, 0.25]  # half of 0.25 and of 0.5


def test_it_is_given_up_after_three_tries(caller: Caller, server: ChatServer) -> None:
    server.say(Reply(status=500))
    assert _fault(caller).kind == "server"
    assert len(server.requests) == 3


def test_retry_after_is_kept_where_the_deadline_allows(
    caller: Caller, server: ChatServer, clock: Clock
) -> None:
    server.say(Reply(status=429, headers={"retry-after": "4"}), Reply("Nu"))
    assert "".join(caller.stream(TURNS, 20.0, Tally())) == "Nu"
    assert clock.slept == [4.0]


def test_retry_after_beyond_the_deadline_is_waited_for_by_nobody(
    caller: Caller, server: ChatServer, clock: Clock
) -> None:
    server.say(Reply(status=429, headers={"retry-after": "90"}), Reply("Nu"))
    assert _fault(caller).wait == 90.0
    assert clock.slept == []
    assert _fault(caller).kind == "paused"
    clock.now += 91
    assert "".join(caller.stream(TURNS, 20.0, Tally())) == "Nu"


def test_a_refusal_is_not_tried_again(caller: Caller, server: ChatServer) -> None:
    server.say(Reply(status=401))
    assert _fault(caller).kind == "refused"
    assert len(server.requests) == 1


def test_the_breaker_opens_tries_once_and_closes(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(3):
        breaker.check()
        breaker.failed(Fault("timeout"))
    with pytest.raises(ModelFailed, match="paused"):
        breaker.check()
    clock.now += PAUSE
    breaker.check()  # one is let through to try
    with pytest.raises(ModelFailed, match="paused"):
        breaker.check()
    breaker.succeeded()
    breaker.check()


@pytest.mark.parametrize("kind", ["empty", "protocol", "budget", "full", "request"])
def test_what_says_nothing_of_the_service_does_not_count(clock: Clock, kind: str) -> None:
    breaker = Breaker(clock)
    for _ in range(9):
        breaker.failed(Fault(kind))  # type: ignore[arg-type]
    breaker.check()


def test_the_budget_of_a_day(server: ChatServer, tmp_path: Path, clock: Clock) -> None:
    caller = _caller(server, tmp_path, Time(clock, clock.sleep), MOST_TOKENS + 200)
    server.say(Reply("Nu", usage=(90, 60)))
    assert "".join(caller.stream(TURNS, 20.0, Tally())) == "Nu"
    assert caller.budget.spent == 150
    assert "".join(caller.stream(TURNS, 20.0, Tally())) == "Nu"
    assert _fault(caller).kind == "budget"
    assert len(server.requests) == 2


def test_a_new_day_has_a_new_budget_and_processes_share_it(tmp_path: Path) -> None:
    days = iter([date(2026, 1, 1)] * 4 + [date(2026, 1, 2)] * 4)
    day = [next(days)]
    one, other = (Budget(tmp_path / "t.json", 100, lambda: day[0]) for _ in range(2))
    one.take(70)
    with pytest.raises(ModelFailed, match="budget"):
        other.take(40)
    day[0] = date(2026, 1, 2)
    other.take(40)
    assert one.spent == 40


def test_a_call_too_many_is_turned_away(server: ChatServer, tmp_path: Path) -> None:
    caller = _caller(server, tmp_path, Time())
    server.say(Reply("x" * 400, piece=1, between=0.05))
    stream: Iterator[str] = caller.stream(TURNS, 20.0, Tally())
    next(stream)
    started = threading.Event()
    started.set()
    assert _fault(caller, 0.3).kind == "full"
    stream.close()  # type: ignore[attr-defined]
