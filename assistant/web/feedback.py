"""Thumbs and reasons. Chainlit's own route does not ask whose answer it is, so this one does."""

import asyncio
import logging
from typing import Annotated, Any, Literal

import chainlit as cl
from chainlit.context import get_context, init_ws_context
from chainlit.session import WebsocketSession
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.errors import DatabaseUnusable
from assistant.models import Language
from assistant.store.feedback import LONGEST_COMMENT, REASONS
from assistant.web.accounts import Accounts, say_in_passing
from assistant.web.identity import person_of
from assistant.web.language import interface_language, wanted_language

REASON = "aarsag"
_LOG = logging.getLogger(__name__)


class _Thumb(BaseModel):
    model_config = ConfigDict(extra="ignore")  # Chainlit's page sends more than is used

    forId: Annotated[str, Field(max_length=100)]  # noqa: N815 - the page's name
    value: Literal[0, 1]
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] | None = None


class _Given(BaseModel):
    model_config = ConfigDict(extra="ignore")

    feedback: _Thumb
    sessionId: Annotated[str, Field(max_length=100)] = ""  # noqa: N815 - the page's name


class _Taken(BaseModel):
    model_config = ConfigDict(extra="ignore")

    feedbackId: Annotated[str, Field(max_length=100)]  # noqa: N815 - the page's name


class FeedbackRoutes:
    """What the thumbs under an answer do."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        cl.on_feedback(_unused)  # without one the page shows no thumbs
        cl.action_callback(REASON)(self.reason)

    @property
    def routes(self) -> list[BaseRoute]:
        """The two routes."""
        return [
            Route("/feedback", self.put, methods=["PUT"]),
            Route("/feedback", self.delete, methods=["DELETE"]),
        ]

    async def put(self, request: Request) -> Response:
        """Keep a thumb for an answer of one's own; after a thumb down, ask for the reason."""
        words = _WORDS[wanted_language(request)]
        try:
            given = _Given.model_validate_json(await request.body())
        except ValidationError:
            return _failed(422, words["unread"])
        step, thumb = given.feedback.forId, given.feedback
        try:
            if not await self._is_own(request, step):
                return _failed(404, words["no_answer"])
            put = self._accounts.store.feedback.put
            key = await asyncio.to_thread(put, step, thumb.value, thumb.comment or "")
        except DatabaseUnusable as error:
            _LOG.error("%s", error)
            return _failed(503, words["not_kept"])
        if thumb.value == 0:
            await _ask_for_reason(request, given.sessionId, step)
        return JSONResponse({"success": True, "feedbackId": key})

    async def delete(self, request: Request) -> Response:
        """Take one's own thumb back."""
        words = _WORDS[wanted_language(request)]
        try:
            key = _Taken.model_validate_json(await request.body()).feedbackId
        except ValidationError:
            return _failed(422, words["unread"])
        book = self._accounts.store.feedback
        try:
            if not await self._is_own(request, await asyncio.to_thread(book.step_of, key)):
                return _failed(404, words["no_feedback"])
            await asyncio.to_thread(book.delete, key)
        except DatabaseUnusable as error:
            _LOG.error("%s", error)
            return _failed(503, words["not_kept"])
        return JSONResponse({"success": True})

    async def reason(self, action: cl.Action) -> None:
        """A reason was chosen."""
        step, reason = str(action.payload.get("step")), action.payload.get("reason")
        session = get_context().session
        user, words = session.user, _WORDS[interface_language(session.language)]
        chosen = next((known for known in REASONS if known == reason), None)
        conversations, book = self._accounts.store.conversations, self._accounts.store.feedback
        try:
            author = await asyncio.to_thread(conversations.author_of_step, step)
            if user is None or chosen is None or author != user.identifier:
                return
            await asyncio.to_thread(book.give_reason, step, chosen)
        except DatabaseUnusable as error:
            _LOG.error("%s", error)
            await get_context().emitter.send_toast(words["not_kept"], "error")
            return
        await cl.Message(content="", id=str(action.forId)).remove()
        await get_context().emitter.send_toast(words["thanks"], "success")

    async def _is_own(self, request: Request, step: str) -> bool:
        person, keeper = person_of(request), self._accounts.keeper
        if person is None:
            return False
        await asyncio.to_thread(keeper.settle, 2.0)  # the answer may be on its way
        author = await asyncio.to_thread(self._accounts.store.conversations.author_of_step, step)
        return bool(author) and author == person.identifier


def reason_in_words(reason: str, language: Language) -> str:
    """What the button says that gives `reason`."""
    return _WORDS[language].get(reason, reason)


async def _ask_for_reason(request: Request, session_id: str, step: str) -> None:
    session, person = WebsocketSession.get_by_id(session_id), person_of(request)
    if session is None or session.user is None or person is None:
        return
    if session.user.identifier != person.identifier:
        return
    init_ws_context(session)
    words = _WORDS[interface_language(session.language)]
    actions = [
        cl.Action(name=REASON, payload={"step": step, "reason": reason}, label=words[reason])
        for reason in REASONS
    ]
    await say_in_passing(words["ask"], actions)


async def _unused(feedback: Any) -> None:
    """Never called: the routes above come before Chainlit's."""


def _failed(status: int, why: str) -> Response:
    return JSONResponse({"detail": why}, status)


_WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "ask": "Tak. Hvad var der galt med svaret?",
        "thanks": "Tak, det er noteret.",
        "not_kept": "Din tilbagemelding kunne ikke gemmes, for databasen svarer ikke. "
        "Prøv igen om lidt.",
        "unread": "Tilbagemeldingen kunne ikke læses.",
        "no_answer": "Svaret findes ikke længere.",
        "no_feedback": "Tilbagemeldingen findes ikke længere.",
        "forkert": "Forkert",
        "mangler noget": "Mangler noget",
        "forældet": "Forældet",
        "kan ikke finde citatet": "Kan ikke finde citatet",
        "andet": "Andet",
    },
    "en": {
        "ask": "Thank you. What was wrong with the answer?",
        "thanks": "Thank you, it is noted.",
        "not_kept": "Your feedback could not be kept, as the database does not answer. "
        "Please try again in a moment.",
        "unread": "The feedback could not be read.",
        "no_answer": "The answer is no longer there.",
        "no_feedback": "The feedback is no longer there.",
        "forkert": "Wrong",
        "mangler noget": "Something is missing",
        "forældet": "Out of date",
        "kan ikke finde citatet": "Cannot find the quote",
        "andet": "Something else",
    },
}
