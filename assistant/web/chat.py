"""The conversation: Chainlit's handlers, and nothing that knows how an answer is found."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import chainlit as cl
from chainlit.config import config

from assistant.accounts.pages import STANDARD, profiles_for
from assistant.accounts.people import Access
from assistant.errors import AssistantError
from assistant.models import Answer, Citation, Language, Piece
from assistant.pipeline import Assistant, IndexState
from assistant.web.accounts import (
    Accounts,
    later,
    questions_in,
    say_in_passing,
    unanswered,
    work_on,
)
from assistant.web.card import card, streamed
from assistant.web.identity import PERSON
from assistant.web.language import interface_language
from assistant.web.report import search_report
from assistant.web.wording import TEXTS, Texts

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


class _Chat:
    def __init__(self, assistant: Assistant, accounts: Accounts) -> None:
        self._assistant = assistant
        self._accounts = accounts
        self._later: set[asyncio.Task[None]] = set()

    async def profiles(self, user: object = None, language: object = None) -> list[cl.ChatProfile]:
        texts = TEXTS[interface_language(str(language or ""))]
        starters = [cl.Starter(label=label, message=message) for label, message in texts.starters]
        person = PERSON.get()
        return [
            cl.ChatProfile(
                name=name,
                display_name=texts.profiles[name],
                markdown_description=texts.welcome,
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

    async def message(self, message: cl.Message) -> None:
        question = str(message.content).strip()
        if question:
            # Where the conversation is: on a phone Chainlit does not put it into the address.
            await cl.send_window_message({"samtale": cl.context.session.thread_id})
            await _guarded(lambda: self._answer(question))

    async def _ready_state(self) -> IndexState | None:
        """The index's state as the user may see it; None, once they have been told, when there is
        none to use.
        """
        person = self._accounts.person()
        if person is None:
            await say_in_passing(TEXTS[_language()].sign_in_again)
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
        language = _language()
        async with _searching(TEXTS[language]) as step:
            await written.begins(work)
        await written.stream(work)
        answer = await work
        step.output = search_report(question, answer, titles, language)
        await step.update()
        if answer.status in ("answered", "declined"):
            cl.user_session.set(_QUESTIONS, [*history, question][-_LONGEST_HISTORY:])
        message = await written.finish(answer)
        await self._accounts.link_trace(message)
        await self._accounts.keep(message, question, answer)
        if answer.status == "answered":
            self._begin(self._suggest(written, question, answer, history, person.access))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work` while the user may go on asking."""
        task = asyncio.create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _suggest(
        self,
        written: "_Written",
        question: str,
        answer: Answer,
        history: Sequence[str],
        access: Access,
    ) -> None:
        """Add what could be asked next to the answer that is shown."""
        try:
            questions = await asyncio.to_thread(
                self._assistant.followups, question, answer, history, access
            )
            await written.add(answer, questions)
        except Exception:  # noqa: BLE001 - the answer stands without them
            _LOG.exception("no suggestions could be made")


class _Written:
    """An answer on its way to the page. What a chat model writes comes in pieces from another
    thread; without one the whole answer comes at once.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._pieces: asyncio.Queue[Piece] = asyncio.Queue()
        self._citations: dict[int, Citation] = {}
        self._message: cl.Message | None = None
        self._shown = False

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
        await self._message.stream_token(streamed(piece, self._citations, self._shown))
        self._shown = True

    async def finish(self, answer: Answer) -> cl.Message:
        """Show the whole answer, in place of what was streamed of it."""
        self._message = self._message or cl.Message(content="")
        self._message.content = card(answer, read=self._shown)
        await self._message.send()
        return self._message

    async def add(self, answer: Answer, suggestions: Sequence[str]) -> None:
        """Show `suggestions` too, once the answer is finished."""
        if self._message and suggestions:
            before = card(answer, read=self._shown)
            added = str(self._message.content).removeprefix(before)  # what others added to it
            self._message.content = card(answer, suggestions, read=self._shown) + added
            await self._message.update()


@asynccontextmanager
async def _searching(texts: Texts) -> AsyncIterator[cl.Step]:
    """The step above the answer. Chainlit's own way writes an error's text into the step."""
    step = cl.Step(name=texts.searching, type="tool", show_input=False)
    failure: Exception | None = None
    async with step:
        try:
            yield step
        except Exception as error:  # noqa: BLE001 - raised again below
            failure = error
            step.is_error = True
            step.output = texts.search_failed
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
        await _say(TEXTS[_language()].something_wrong)


def _language() -> Language:
    """The language that the user's browser asks for."""
    return interface_language(cl.context.session.language)


async def _say(text: str) -> None:
    await cl.Message(content=text).send()
