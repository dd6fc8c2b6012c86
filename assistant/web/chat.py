"""The conversation: Chainlit's handlers, and nothing that knows how an answer is found."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import chainlit as cl
from chainlit.config import config

from assistant.accounts.pages import STANDARD, profiles_for
from assistant.errors import AssistantError
from assistant.models import Answer, Citation, Piece
from assistant.pipeline import LONGEST_QUESTION, Assistant, IndexState
from assistant.record import answer_record
from assistant.web.accounts import (
    SIGN_IN_AGAIN,
    Accounts,
    later,
    questions_in,
    say_in_passing,
    unanswered,
    work_on,
)
from assistant.web.identity import PERSON
from assistant.web.wording import (
    PROFILES,
    SEARCH_FAILED,
    SEARCHING,
    SOMETHING_WRONG,
    STARTERS,
    WELCOME,
    rest_pieces,
    search_report,
    source_list,
    streamed_piece,
)

CASE = "tilfaelde"
_LOG = logging.getLogger(__name__)
_QUESTIONS = "questions"
_LONGEST_HISTORY = 20


def register(assistant: Assistant, accounts: Accounts) -> None:
    """Let Chainlit put the users' questions to `assistant`, for whom `accounts` knows."""
    chat = _Chat(assistant, accounts)
    cl.set_chat_profiles(chat.profiles)
    # Set by hand: cl.on_chat_start would lock the field for questions while the handler runs, and
    # an Enter pressed meanwhile is lost.
    config.code.on_chat_start = chat.start
    cl.on_message(chat.message)
    cl.on_chat_resume(chat.resume)
    cl.action_callback(CASE)(chat.case)


class _Chat:
    def __init__(self, assistant: Assistant, accounts: Accounts) -> None:
        self._assistant = assistant
        self._accounts = accounts

    async def profiles(self, user: object = None, language: object = None) -> list[cl.ChatProfile]:
        starters = [cl.Starter(label=label, message=message) for label, message in STARTERS]
        person = PERSON.get()
        return [
            cl.ChatProfile(
                name=name,
                display_name=PROFILES[name],
                markdown_description=WELCOME,
                icon="/public/favicon.svg",
                starters=starters,
            )
            for name in (profiles_for(person) if person else [STANDARD])
        ]

    async def start(self) -> None:
        await _guarded(self._ready_state)

    async def resume(self, thread: Mapping[str, Any]) -> None:
        """Go on with an earlier conversation; a question that still waits for its answer gets it:
        that of the page that was left, or a new one when the server was stopped meanwhile.
        """
        steps = thread["steps"]
        questions, waiting = questions_in(steps), unanswered(steps)
        asked = questions[:-1] if waiting else questions
        cl.user_session.set(_QUESTIONS, asked[-_LONGEST_HISTORY:])
        if waiting and (work := work_on(str(thread["id"]))):
            later(lambda: self._accounts.show_new(thread, work))
        elif waiting:
            later(lambda: _guarded(lambda: self._answer(waiting)))
        elif said := [s for s in steps if s.get("type") == "assistant_message"]:
            later(lambda: self._offer_again(str(said[-1]["id"])))

    async def _offer_again(self, step: str) -> None:
        """Show the buttons under the last answer again: Chainlit does not keep them."""
        record = await asyncio.to_thread(self._accounts.answered, step)
        for label, question in offers(record or {}):
            await cl.Action(name=CASE, payload={"question": question}, label=label).send(step)

    async def message(self, message: cl.Message) -> None:
        question = str(message.content).strip()
        if question:
            await _guarded(lambda: self._answer(question))

    async def case(self, action: cl.Action) -> None:
        """One of the cases that a verdict hangs on was chosen: ask for it alone."""
        question = str(action.payload.get("question", ""))[:LONGEST_QUESTION].strip()
        if question:
            await cl.Message(content=question, type="user_message").send()
            await _guarded(lambda: self._answer(question))

    async def _ready_state(self) -> IndexState | None:
        """The index's state as the user may see it; None, once they have been told, when there is
        none to use.
        """
        person = self._accounts.person()
        if person is None:
            await say_in_passing(SIGN_IN_AGAIN)
            return None
        state = await asyncio.to_thread(self._assistant.state, person.access)
        if state.status == "ready":
            return state
        await _say(state.message)
        return None

    async def _answer(self, question: str) -> None:
        state, person = await self._ready_state(), self._accounts.person()
        if state is None or person is None:
            return
        titles = {document.file: document.title for document in state.documents}
        history: list[str] = cl.user_session.get(_QUESTIONS) or []
        written = _Written(asyncio.get_running_loop())
        work = asyncio.create_task(
            asyncio.to_thread(self._assistant.ask, question, history, written.show, person.access)
        )
        async with _searching() as step:
            await written.begins(work)
        await written.stream(work)
        answer = await work
        step.output = search_report(question, answer, titles)
        await step.update()
        if answer.status in ("answered", "declined"):
            cl.user_session.set(_QUESTIONS, [*history, question][-_LONGEST_HISTORY:])
        message = await written.finish(answer)
        await self._accounts.link_trace(message)
        await self._accounts.keep(message, question, answer)


class _Written:
    """An answer on its way to the page. What a chat model writes comes in pieces from another
    thread; without one the whole answer comes at once.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._pieces: asyncio.Queue[Piece] = asyncio.Queue()
        self._citations: dict[int, Citation] = {}
        self._message: cl.Message | None = None
        self._text = ""

    def show(self, piece: Piece) -> None:
        """Take a piece over from the thread that answers."""
        self._loop.call_soon_threadsafe(self._pieces.put_nowait, piece)

    async def begins(self, work: asyncio.Task[Answer]) -> None:
        """Wait for the first piece or, without one, for the answer; its fault is raised here."""
        waiting = asyncio.create_task(self._pieces.get())
        await asyncio.wait({waiting, work}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            self._pieces.put_nowait(waiting.result())
            return
        waiting.cancel()
        work.result()

    async def stream(self, work: asyncio.Task[Answer]) -> None:
        """Show the pieces as they come, until the answer is there."""
        while not (work.done() and self._pieces.empty()):
            waiting = asyncio.create_task(self._pieces.get())
            await asyncio.wait({waiting, work}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                await self._token(waiting.result())
            else:
                waiting.cancel()

    async def _token(self, piece: Piece) -> None:
        if self._message is None:
            self._message = cl.Message(content="")
        self._text += piece.text
        await self._message.stream_token(streamed_piece(piece, self._citations))

    async def finish(self, answer: Answer) -> cl.Message:
        """Show what is left of the answer, its sources, and what may be asked next."""
        message = self._message or cl.Message(content="")
        for text in rest_pieces(answer, self._text):
            await message.stream_token(text)
        await message.stream_token(source_list(answer))
        message.actions = [
            cl.Action(name=CASE, payload={"question": question}, label=label)
            for label, question in offers(answer_record(answer))
        ]
        await message.send()
        return message


def offers(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What may be asked next, by the record of an answer: label and question."""
    cases = [(str(case["label"]), str(case["question"])) for case in record.get("cases", ())]
    return cases + [(str(q), str(q)) for q in record.get("followups", ())]


@asynccontextmanager
async def _searching() -> AsyncIterator[cl.Step]:
    """The step above the answer. Chainlit's own way writes an error's text into the step."""
    step = cl.Step(name=SEARCHING, type="tool", show_input=False)
    failure: Exception | None = None
    async with step:
        try:
            yield step
        except Exception as error:  # noqa: BLE001 - raised again below
            failure = error
            step.is_error = True
            step.output = SEARCH_FAILED
    if failure is not None:
        raise failure


async def _guarded(work: Callable[[], Awaitable[object]]) -> None:
    """Run `work`; what goes wrong is said in words, never as a traceback."""
    try:
        await work()
    except AssistantError as error:
        _LOG.error("%s", error)
        await _say(str(error))
    except Exception:  # noqa: BLE001 - the user must be told, whatever it was
        _LOG.exception("a question could not be answered")
        await _say(SOMETHING_WRONG)


async def _say(text: str) -> None:
    await cl.Message(content=text).send()
