"""Chainlit's data layer over our store. It writes through the keeper, and asks the store itself
only for what the user looks at.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import chainlit as cl
from chainlit.context import ChainlitContextException, get_context
from chainlit.data.base import BaseDataLayer
from chainlit.data.utils import queue_until_user_message
from chainlit.types import Feedback, PageInfo, PaginatedResponse, Pagination, ThreadFilter

from assistant.store.conversations import Conversation, Owner
from assistant.store.keeper import Keeper
from assistant.store.store import Store

PASSING = "forbigående"  # in the metadata of a message that is not kept
_LOG = logging.getLogger(__name__)
_SETTLE = 2.0  # seconds that a reader waits for what is being written
_T = TypeVar("_T")


class DataLayer(BaseDataLayer):  # type: ignore[misc] # Chainlit is untyped here
    """What Chainlit asks of a data layer, for the user of the session that it asks in."""

    def __init__(self, store: Store, keeper: Keeper) -> None:
        self._store = store
        self._keeper = keeper

    async def get_user(self, identifier: str) -> cl.PersistedUser:
        """The user called `identifier`: known without a database, see `Owner`."""
        return _persisted(Owner(identifier))

    async def create_user(self, user: cl.User) -> cl.PersistedUser:
        """Nothing is kept of a user before they ask something."""
        return _persisted(Owner(user.identifier, user.display_name or ""))

    @queue_until_user_message()
    async def create_step(self, step_dict: dict[str, Any]) -> None:
        """Keep a message or a step."""
        owner, thread = _session_owner(), str(step_dict.get("threadId") or "")
        if owner is None or not thread or (step_dict.get("metadata") or {}).get(PASSING):
            return
        step = {**step_dict, "streaming": False}
        self._keeper.put(lambda: self._store.conversations.put_step(owner, thread, step))

    @queue_until_user_message()
    async def update_step(self, step_dict: dict[str, Any]) -> None:
        """Keep what a step has become."""
        await self.create_step(step_dict)

    @queue_until_user_message()
    async def delete_step(self, step_id: str) -> None:
        """Delete a step."""
        if owner := _session_owner():
            self._keeper.put(lambda: self._store.conversations.delete_step(owner, step_id))

    @queue_until_user_message()
    async def create_element(self, element: Any) -> None:
        """Keep an element that has an address or properties; there are no uploads."""
        owner, data = _session_owner(), dict(element.to_dict())
        if owner and (data.get("url") or data.get("props")):
            thread = str(data.get("threadId") or "")
            self._keeper.put(lambda: self._store.conversations.put_element(owner, thread, data))

    @queue_until_user_message()
    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """Delete an element."""
        if owner := _session_owner():
            self._keeper.put(lambda: self._store.conversations.delete_element(owner, element_id))

    async def get_element(self, thread_id: str, element_id: str) -> dict[str, Any] | None:
        """An element of a conversation; Chainlit has checked whose it is."""
        found = await self._read(lambda: self._store.conversations.element(thread_id, element_id))
        return dict(found) if found else None

    async def get_thread_author(self, thread_id: str) -> str:
        """The identifier of the user that a conversation belongs to, "" for none."""
        return await self._read(lambda: self._store.conversations.author(thread_id))

    async def get_thread(self, thread_id: str) -> dict[str, Any] | None:
        """A conversation with its steps; Chainlit has checked, or checks, whose it is."""
        found = await self._read(lambda: self._store.conversations.thread(thread_id))
        return _thread(found) if found else None

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Keep the name and the data of a conversation. Outside a session it is a new name that
        the user gives; Chainlit has checked whose conversation it is.
        """
        owner = _session_owner()
        if owner is None:
            await self._read(lambda: self._store.conversations.rename(thread_id, name or ""))
        else:
            change = self._store.conversations.put_thread
            self._keeper.put(lambda: change(thread_id, owner, name, metadata))

    async def delete_thread(self, thread_id: str) -> None:
        """Delete a conversation; Chainlit has checked whose it is."""
        await self._read(lambda: self._store.conversations.delete_thread(thread_id))

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> Any:
        """The conversations of the user that `filters` names, page by page."""
        found, more = await self._read(
            lambda: self._store.conversations.of_user(
                str(filters.userId),
                pagination.first,
                pagination.cursor,
                filters.search or "",
                filters.feedback,
            )
        )
        first, last = (found[0].id, found[-1].id) if found else (None, None)
        return PaginatedResponse(
            pageInfo=PageInfo(hasNextPage=more, startCursor=first, endCursor=last),
            data=[_thread(conversation) for conversation in found],
        )

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Never asked: assistant/web/feedback.py takes feedback, since it checks whose it is."""
        raise NotImplementedError

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Never asked, see `upsert_feedback`."""
        raise NotImplementedError

    async def get_favorite_steps(self, user_id: str) -> list[dict[str, Any]]:
        """There are no favourites."""
        return []

    async def build_debug_url(self) -> str:
        """There is none."""
        return ""

    async def close(self) -> None:
        """The server closes the store itself."""

    async def _read(self, work: Callable[[], _T]) -> _T:
        """What `work` gives, once what is being written is there."""

        def settled() -> _T:
            self._keeper.settle(_SETTLE)
            return work()

        return await asyncio.to_thread(settled)


def _session_owner() -> Owner | None:
    """The user of the session that is being served."""
    try:
        user = get_context().session.user
    except ChainlitContextException:
        return None
    return Owner(user.identifier, user.display_name or "") if user else None


def _persisted(owner: Owner) -> cl.PersistedUser:
    return cl.PersistedUser(
        id=owner.id, createdAt=_time(0.0), identifier=owner.identifier, display_name=owner.name
    )


def _thread(found: Conversation) -> dict[str, Any]:
    return {
        "id": found.id,
        "createdAt": _time(found.used),
        "name": found.name,
        "userId": Owner(found.owner).id,
        "userIdentifier": found.owner,
        "tags": [],
        "metadata": dict(found.data),
        "steps": [dict(step) for step in found.steps],
        "elements": [dict(element) for element in found.elements],
    }


def _time(seconds: float) -> str:
    return (
        datetime.fromtimestamp(seconds, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )
