"""A client of the chat's socket, as a page is one, for what a browser would not do."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
import httpx
import socketio
import socketio.exceptions


class SocketChat:
    """One open chat."""

    def __init__(self, session: str = "") -> None:
        self.session = session or str(uuid.uuid4())
        self.events: list[tuple[str, Any]] = []
        self._changed = asyncio.Event()

    async def connect(self, url: str, cookie: str, thread: str = "") -> None:
        auth = {
            "sessionId": self.session,
            "clientType": "webapp",
            "userEnv": "{}",
            "chatProfile": "standard",
            "threadId": thread,
        }
        headers = {"Accept-Language": "da-DK,da"} | ({"Cookie": cookie} if cookie else {})
        self._http = aiohttp.ClientSession()
        self._client = socketio.AsyncClient(reconnection=False, http_session=self._http)
        self._client.on("*", self._take)
        try:
            await self._client.connect(
                url, headers, auth=auth, transports=["websocket"], socketio_path="/ws/socket.io"
            )
        except socketio.exceptions.ConnectionError:
            await self._http.close()
            raise
        await self._client.emit("connection_successful")

    async def put(self, question: str, key: str = "", thread: str = "") -> None:
        message = {
            "id": key or str(uuid.uuid4()),
            "threadId": thread,
            "name": "mig",
            "type": "user_message",
            "output": question,
            "createdAt": "2026-01-01T00:00:00.000Z",
        }
        await self._client.emit("client_message", {"message": message, "fileReferences": []})

    async def ask(self, question: str, key: str = "", thread: str = "") -> str:
        """The text of the whole answer."""
        before, start = {m["id"] for m in self.messages()}, len(self.events)

        def answers() -> list[Any]:
            return [m for m in self.messages() if m["id"] not in before]

        def is_whole() -> bool:
            ended = any(event == "task_end" for event, _ in self.events[start:])
            return ended and bool(answers())

        await self.put(question, key, thread)
        await self.until(is_whole)
        first = answers()[0]["id"]  # what follows it is not the answer; updates of it are
        return str([m["output"] for m in answers() if m["id"] == first][-1])

    async def until(self, done: Any, seconds: float = 60.0) -> None:
        async with asyncio.timeout(seconds):
            while not done():
                self._changed.clear()
                await self._changed.wait()

    def named(self, name: str) -> list[Any]:
        return [data for event, data in self.events if event == name]

    def messages(self) -> list[Any]:
        """The whole messages of the assistant."""
        found = [d for e, d in self.events if e in ("new_message", "update_message")]
        return [m for m in found if m["type"] == "assistant_message" and not m.get("streaming")]

    def thread(self) -> str:
        return str(self.named("first_interaction")[-1]["thread_id"])

    async def cut(self) -> None:
        """As a network does it: nothing is said to the server."""
        await self._client.eio.ws.close()
        await self._client.wait()
        await self._http.close()

    async def close(self) -> None:
        await self._client.disconnect()
        await self._http.close()

    async def _take(self, event: str, data: Any = None) -> None:
        self.events.append((event, data))
        self._changed.set()


@asynccontextmanager
async def chatting(
    url: str, cookie: str, thread: str = "", session: str = ""
) -> AsyncIterator[SocketChat]:
    chat = SocketChat(session)
    await chat.connect(url, cookie, thread)
    try:
        yield chat
    finally:
        await chat.close()


@contextmanager
def signed_in(url: str, user: str, password: str) -> Iterator[httpx.Client]:
    """A client that has signed in with a password."""
    with httpx.Client(base_url=url, timeout=60) as client:
        answer = client.post("/login", data={"username": user, "password": password})
        assert answer.status_code == 200, answer.text
        yield client


def cookie_of(client: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def listed(client: httpx.Client, search: str | None = None) -> list[str]:
    """The ids of one's own conversations, by the page's own list."""
    wanted = {"pagination": {"first": 50}, "filter": {"search": search}}
    found = client.post("/project/threads", json=wanted).json()["data"]
    return [row["id"] for row in found]


def kept_steps(client: httpx.Client, thread: str) -> list[dict[str, Any]]:
    """The steps of a conversation once nothing more is added: suggestions come after the answer."""
    before, now = None, None
    deadline = time.monotonic() + 30
    while (before is None or now != before) and time.monotonic() < deadline:
        before, now = now, client.get(f"/project/thread/{thread}").json()["steps"]
        time.sleep(1)
    return list(now or [])
