"""The conversation: Chainlit's handlers, and nothing that knows how an answer is found."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import chainlit as cl
from chainlit.config import config

from assistant.errors import AssistantError
from assistant.models import Answer
from assistant.pipeline import LONGEST_QUESTION, Assistant, IndexState
from assistant.web.wording import (
    SEARCH_FAILED,
    SEARCHING,
    SOMETHING_WRONG,
    STARTERS,
    WELCOME,
    answer_pieces,
    search_report,
    source_list,
)

CASE = "tilfaelde"
_LOG = logging.getLogger(__name__)
_QUESTIONS = "questions"
_LONGEST_HISTORY = 20


def register(assistant: Assistant) -> None:
    """Let Chainlit put the users' questions to `assistant`."""
    chat = _Chat(assistant)
    cl.set_chat_profiles(chat.profiles)
    # Set by hand: cl.on_chat_start would lock the field for questions while the handler runs, and
    # an Enter pressed meanwhile is lost.
    config.code.on_chat_start = chat.start
    cl.on_message(chat.message)
    cl.action_callback(CASE)(chat.case)


class _Chat:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def profiles(self, user: object = None, language: object = None) -> list[cl.ChatProfile]:
        starters = [cl.Starter(label=label, message=message) for label, message in STARTERS]
        return [
            cl.ChatProfile(
                name="standard",
                markdown_description=WELCOME,
                icon="/public/favicon.svg",
                starters=starters,
            )
        ]

    async def start(self) -> None:
        await _guarded(self._ready_state)

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
        """The index's state; None, once the user has been told, when there is none to use."""
        state = await asyncio.to_thread(self._assistant.state)
        if state.status == "ready":
            return state
        await _say(state.message)
        return None

    async def _answer(self, question: str) -> None:
        state = await self._ready_state()
        if state is None:
            return
        titles = {document.file: document.title for document in state.documents}
        history: list[str] = cl.user_session.get(_QUESTIONS) or []
        async with _searching() as step:
            answer = await asyncio.to_thread(self._assistant.ask, question, history)
            step.output = search_report(question, answer, titles)
        if answer.status in ("answered", "declined"):
            cl.user_session.set(_QUESTIONS, [*history, question][-_LONGEST_HISTORY:])
        await _stream(answer)


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


async def _stream(answer: Answer) -> None:
    message = cl.Message(content="")
    for piece in answer_pieces(answer):
        await message.stream_token(piece)
    await message.stream_token(source_list(answer))
    message.actions = [
        cl.Action(name=CASE, payload={"question": case.question}, label=case.label)
        for case in answer.cases
    ]
    await message.send()


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
