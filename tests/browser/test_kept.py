"""What was stored survives a socket that is cut, a server that is stopped, and a database that
goes away for a while.
"""

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.accounts import ANNA, add_users, with_passwords
from tests.browser.chatserver import ChatServer
from tests.browser.socketchat import SocketChat, chatting, cookie_of, signed_in
from tests.postgresql import PostgreSQL

QUESTION = "Hvor mange E3-licenser er i brug?"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """The file of users and the address of a database."""
    users = tmp_path / "users.json"
    add_users(users)
    if request.param == "sqlite":
        return users, f"sqlite:///{tmp_path}/maavi.db"
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    return users, server.new_database()


def kept(client: httpx.Client, thread: str) -> list[str]:
    """What was said in a conversation, by the database."""
    steps = client.get(f"/project/thread/{thread}").json()["steps"]
    return [step["output"] for step in steps if "message" in step["type"]]


def wait_until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)


def test_a_socket_cut_in_mid_answer(index: Path, corpus: Path, place: tuple[Path, str]) -> None:
    users, database = place
    with (
        with_passwords(index, corpus, users, database) as chat,
        signed_in(chat.url, *ANNA) as anna,
    ):

        async def cut_and_back() -> tuple[str, list[str]]:
            first = SocketChat()
            await first.connect(chat.url, cookie_of(anna))
            await first.put(QUESTION)
            await first.until(lambda: first.named("first_interaction"))
            await first.cut()
            thread = first.thread()
            await asyncio.to_thread(wait_until, lambda: len(kept(anna, thread)) == 2)
            async with chatting(chat.url, cookie_of(anna), session=first.session) as again:
                await again.until(lambda: len(again.messages()) >= 1)  # the page is told anew
                return thread, [m["output"] for m in again.messages()]

        thread, told = asyncio.run(cut_and_back())
        question, answer = kept(anna, thread)
        assert question == QUESTION
        assert "2386" in answer
        assert told == [answer]


def test_a_restart_and_the_conversation_goes_on(
    index: Path, corpus: Path, place: tuple[Path, str]
) -> None:
    users, database = place
    with (
        with_passwords(index, corpus, users, database) as chat,
        signed_in(chat.url, *ANNA) as anna,
    ):
        cookies = cookie_of(anna)

        async def ask() -> tuple[str, str]:
            async with chatting(chat.url, cookies) as socket:
                return await socket.ask(QUESTION), socket.thread()

        answer, thread = asyncio.run(ask())
        chat.process.send_signal(signal.SIGTERM)  # at once: what was shown must be in
        assert chat.process.wait(20) is not None
    with with_passwords(index, corpus, users, database) as chat:

        async def resume() -> tuple[list[str], str]:
            async with chatting(chat.url, cookies, thread=thread) as socket:
                await socket.until(lambda: socket.named("resume_thread"))
                steps = socket.named("resume_thread")[0]["steps"]
                return [s["output"] for s in steps], await socket.ask("Og hvad koster de?")

        told, _ = asyncio.run(resume())
        assert QUESTION in told
        assert any(step.startswith(answer) for step in told)  # suggestions may have come after
        with httpx.Client(base_url=chat.url, headers={"Cookie": cookies}, timeout=60) as anna:
            assert len(kept(anna, thread)) == 4


def test_a_question_that_a_restart_left_gets_its_answer(
    index: Path, corpus: Path, place: tuple[Path, str]
) -> None:
    users, database = place
    with (
        with_passwords(index, corpus, users, database) as chat,
        signed_in(chat.url, *ANNA) as anna,
    ):
        cookies = cookie_of(anna)

        async def ask() -> str:
            async with chatting(chat.url, cookies) as socket:
                await socket.put(QUESTION)
                await socket.until(lambda: socket.named("first_interaction"))
                thread = socket.thread()
                await asyncio.to_thread(wait_until, lambda: _is_kept(anna, thread))
                chat.process.kill()  # as a power cut does it
                return thread

        thread = asyncio.run(ask())
        chat.process.wait(20)
    with (
        with_passwords(index, corpus, users, database) as chat,
        httpx.Client(base_url=chat.url, headers={"Cookie": cookies}, timeout=60) as anna,
    ):
        before = kept(anna, thread)
        assert before[0] == QUESTION

        async def resume() -> None:
            async with chatting(chat.url, cookies, thread=thread) as socket:
                await socket.until(lambda: socket.named("resume_thread"))
                if len(before) == 1:
                    await socket.until(socket.messages)

        asyncio.run(resume())
        question, answer = kept(anna, thread)
        assert question == QUESTION
        assert "2386" in answer


def _is_kept(client: httpx.Client, thread: str) -> bool:
    found = client.get(f"/project/thread/{thread}")
    return found.status_code == 200 and bool(found.json()["steps"])


@pytest.fixture
def on_postgresql(
    index: Path, corpus: Path, postgresql_server: PostgreSQL, tmp_path: Path
) -> Iterator[ChatServer]:
    users = tmp_path / "users.json"
    add_users(users)
    database = postgresql_server.new_database()
    with with_passwords(index, corpus, users, database) as chat:
        yield chat


def test_the_database_goes_away_and_comes_back(
    on_postgresql: ChatServer, postgresql_server: PostgreSQL
) -> None:
    with signed_in(on_postgresql.url, *ANNA) as anna:

        async def ask() -> tuple[str, str]:
            async with chatting(on_postgresql.url, cookie_of(anna)) as socket:
                await socket.ask("Må jeg skrive cpr-numre i ChatGPT?")
                await asyncio.to_thread(postgresql_server.stop)
                try:
                    answer = await socket.ask(QUESTION)
                    await socket.until(
                        lambda: any("ikke gemt endnu" in m["output"] for m in socket.messages())
                    )
                    asked = {"pagination": {"first": 9}, "filter": {}}
                    down = await asyncio.to_thread(anna.post, "/project/threads", json=asked)
                    assert down.status_code == 503
                    assert "databasen svarer ikke" in down.json()["detail"]
                finally:
                    await asyncio.to_thread(postgresql_server.start)
                return answer, socket.thread()

        answer, thread = asyncio.run(ask())
        assert "2386" in answer  # the answer came all the same
        wait_until(lambda: len(kept(anna, thread)) == 4)
        assert kept(anna, thread)[3].startswith(answer)  # and was kept when it could be
    assert not any("Traceback" in line for line in on_postgresql.lines), on_postgresql.lines


def test_a_database_that_cannot_be_used_is_told_at_the_start(
    index: Path, corpus: Path, tmp_path: Path
) -> None:
    from tests.browser.chatserver import maavi

    broken = tmp_path / "maavi.db"
    broken.write_bytes(b"Ikke en database. " * 99)
    for address, told in (
        (f"sqlite:///{broken}", "er ikke en database"),
        ("postgresql://maavi:hemmelig@127.0.0.1:9/maavi", "kan ikke bruges lige nu"),
        ("mysql://maavi:hemmelig@vaert/navn", "MAAVI_DATABASE_URL er ikke en adresse"),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MAAVI_DATABASE_URL", address)
            done = maavi("serve", "--port", "0", index=index, corpus=corpus)
        said = done.stdout + done.stderr
        assert done.returncode in (1, 2)
        assert told in said
        assert "hemmelig" not in said
        assert "Traceback" not in said
