"""What the chat knows of accounts: who asks in a session, and how what is said is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import chainlit as cl
from chainlit.context import get_context
from chainlit.session import ws_sessions_id

from assistant.accounts.pages import TEACHING, profiles_for
from assistant.accounts.people import Person
from assistant.accounts.signin import SignIn
from assistant.models import Answer
from assistant.record import answer_record
from assistant.store.conversations import Owner
from assistant.store.keeper import Keeper
from assistant.store.store import Store
from assistant.web.datalayer import PASSING
from assistant.web.language import interface_language
from assistant.web.tokens import Tokens
from assistant.web.wording import TEXTS

_SETTLE = 2.0  # seconds after which the user is told that an answer is not kept
_TOLD = "told_of_outage"
_SHOWN = 0.5  # seconds from the resume handler until the page has the conversation
_TASKS: set[asyncio.Task[None]] = set()  # a task that nobody holds may be dropped


@dataclass(frozen=True, slots=True)
class Accounts:
    """Sign-in and store, for the sessions of the chat."""

    sign_in: SignIn
    tokens: Tokens
    store: Store
    keeper: Keeper

    def person(self) -> Person | None:
        """Who asks in this session; None when they have been signed out meanwhile."""
        told = self.tokens.read(get_context().session.token or "")
        person = self.sign_in.still(told.identifier, told.claims or {})
        return person if person is None or person.name else replace(person, name=told.name)

    async def link_trace(self, message: cl.Message) -> None:
        """In the teaching profile, show the way to how an answer came to be."""
        person = self.person()
        if cl.user_session.get("chat_profile") != TEACHING or person is None:
            return
        if TEACHING in profiles_for(person):
            texts = TEXTS[interface_language(get_context().session.language)]
            message.content += f"\n\n[{texts.came_to_be}](/svar/{message.id})"
            await message.update()

    async def keep(self, message: cl.Message, question: str, answer: Answer) -> None:
        """Keep an answer that `message` has shown, with its trace; tell the user when the
        database does not take it.
        """
        user = get_context().session.user
        if user is None:
            return
        owner, step = Owner(user.identifier, user.display_name or ""), dict(message.to_dict())
        thread, record = str(step["threadId"]), answer_record(answer)

        def write() -> None:
            self.store.conversations.put_step(owner, thread, step)
            run = str(step.get("parentId") or "")
            self.store.feedback.keep_answer(str(step["id"]), question, record, run)

        self.keeper.put(write)
        kept = await asyncio.to_thread(self.keeper.settle, _SETTLE)
        if kept:
            cl.user_session.set(_TOLD, None)
        elif not cl.user_session.get(_TOLD):
            cl.user_session.set(_TOLD, True)
            await say_in_passing(TEXTS[interface_language(get_context().session.language)].not_kept)

    async def show_new(self, thread: Mapping[str, Any], work: asyncio.Task[None]) -> None:
        """Once `work` is done, show what it has added to the conversation `thread`."""
        await asyncio.wait([work])
        shown = {str(step["id"]) for step in thread["steps"]}
        await asyncio.to_thread(self.keeper.settle, _SETTLE)
        read = self.store.conversations.thread
        found = await asyncio.to_thread(read, str(thread["id"]))
        for step in found.steps if found else ():
            if str(step["id"]) not in shown:
                await get_context().emitter.send_step(dict(step))

    def answered(self, step: str) -> Mapping[str, Any] | None:
        """The record of the answer that a step shows; None where there is none."""
        found = self.store.feedback.answer(step)
        return found[1] if found else None


def work_on(thread: str) -> asyncio.Task[None] | None:
    """The work on a question of a conversation that another page of its user was left with."""
    here = get_context().session
    for session in ws_sessions_id.values():
        task: asyncio.Task[None] | None = session.current_task
        if session is not here and session.thread_id == thread and task and not task.done():
            return task
    return None


def questions_in(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """The questions of a conversation, in order."""
    return [str(step.get("output") or "") for step in steps if step.get("type") == "user_message"]


def unanswered(steps: Sequence[Mapping[str, Any]]) -> str:
    """The question at the end of a conversation that no answer follows, "" when there is none: the
    server was stopped while it answered.
    """
    said = [s for s in steps if s.get("type") in ("user_message", "assistant_message")]
    last = said[-1] if said else {}
    return str(last.get("output") or "") if last.get("type") == "user_message" else ""


async def say_in_passing(text: str, actions: Sequence[cl.Action] = ()) -> cl.Message:
    """Show a message that is not part of the conversation."""
    message = cl.Message(content=text, actions=list(actions), metadata={PASSING: True})
    await message.send()
    return message


def later(work: Callable[[], Awaitable[object]]) -> None:
    """Do `work` once the page has shown the conversation that is resumed."""

    async def waiting() -> None:
        await asyncio.sleep(_SHOWN)
        await work()

    task = asyncio.create_task(waiting())
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)
