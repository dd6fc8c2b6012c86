"""What we change in Chainlit itself, each change with its reason. Chainlit is pinned and gets no
more fixes, so these hold; if it is ever replaced, this module goes with it.
"""

import logging
import re
from typing import Any

import chainlit.server
import chainlit.socket
from chainlit.chat_context import chat_contexts
from chainlit.config import ChainlitConfig
from chainlit.context import init_ws_context
from chainlit.message import Message
from chainlit.session import WebsocketSession
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.errors import DatabaseUnusable
from assistant.models import Language
from assistant.web.language import TRANSLATIONS, interface_language, wanted_language
from assistant.web.shell import with_shell
from assistant.web.wording import TEXTS

_OUTAGE: dict[Language, str] = {
    "da": "Dine samtaler kan ikke nås lige nu, for databasen svarer ikke. Prøv igen om lidt.",
    "en": "Your conversations cannot be reached right now, as the database does not answer. "
    "Please try again in a moment.",
}
_LOG = logging.getLogger(__name__)


def adapt_chainlit(url: str | None = None) -> None:
    """Apply all changes; once, before the first request. `url` is the address that users write,
    None where it is the server's own.
    """
    _own_page()
    _own_origin_only(url)
    _outage_in_words()
    _show_again()
    _forget_ended_sessions()
    _stop_in_words()
    _two_languages()


def local_page(html: str) -> str:
    """Chainlit's page in Danish and without anything from other servers."""
    html = html.replace('<html lang="en">', '<html lang="da">')
    html = re.sub(r'<link\b[^>]*\bhref="https?://[^>]*>\s*', "", html)
    return re.sub(r'<meta property="og:(?:image|url)"[^>]*>\s*', "", html)


def index_page() -> str:
    """The page as it is served."""
    page: str = chainlit.server.get_html_template("")
    return page


def _own_page() -> None:
    template = chainlit.server.get_html_template
    page = with_shell(local_page(template("")))  # the same for everyone: made once
    chainlit.server.get_html_template = lambda root_path: page


def _own_origin_only(url: str | None) -> None:
    """Chainlit switches the socket's origin check off; None means "the host it was asked on"."""
    chainlit.server.sio.eio.cors_allowed_origins = [url.rstrip("/")] if url else None


def _outage_in_words() -> None:
    """What the page shows when the database cannot be asked."""

    async def told(request: Request, error: Exception) -> JSONResponse:
        _LOG.error("%s", error)
        return JSONResponse({"detail": _OUTAGE[wanted_language(request)]}, 503)

    chainlit.server.app.add_exception_handler(DatabaseUnusable, told)


def _show_again() -> None:
    """A page whose socket was cut keeps the answer as it was then: when it is back, send it the
    messages of the conversation as they are now (issues 2201 and 118).
    """
    connected = chainlit.server.sio.handlers["/"]["connection_successful"]

    async def connected_and_shown(sid: str) -> None:
        await connected(sid)
        session = WebsocketSession.get(sid)
        if session is None or not session.restored or not session.has_first_interaction:
            return
        emitter = init_ws_context(session).emitter
        for message in list(chat_contexts.get(session.id, ())):
            await emitter.update_step(message.to_dict())

    chainlit.server.sio.on("connection_successful", connected_and_shown)


def _forget_ended_sessions() -> None:
    """Chainlit keeps every message of every session for ever (issue 2951)."""
    delete = WebsocketSession.delete

    async def delete_and_forget(self: WebsocketSession) -> None:
        await delete(self)
        chat_contexts.pop(self.id, None)

    WebsocketSession.delete = delete_and_forget


def _two_languages() -> None:
    """Danish for all who do not ask for English; Chainlit would give each browser its own."""
    load, markdown = ChainlitConfig.load_translation, chainlit.server.get_markdown_str

    def translation(self: ChainlitConfig, language: str) -> Any:
        return load(self, TRANSLATIONS[interface_language(language)])

    def readme(root: str, language: str) -> Any:
        return markdown(root, TRANSLATIONS[interface_language(language)])

    ChainlitConfig.load_translation = translation
    chainlit.server.get_markdown_str = readme


def _stop_in_words() -> None:
    """Chainlit's own handler says "Task manually stopped."."""

    async def stop(sid: str) -> None:
        session = WebsocketSession.get(sid)
        if session is None:
            return
        init_ws_context(session)
        if session.current_task:
            session.current_task.cancel()
        texts = TEXTS[interface_language(session.language)]
        await Message(content=texts.stopped).send()

    chainlit.server.sio.on("stop", stop)
