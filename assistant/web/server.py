"""The server: our routes first, Chainlit behind them, one process."""

import asyncio
import contextlib
import errno
import logging
import os
import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from assistant.accounts.signin import sign_in
from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.web.environment import check_openness, prepare_chainlit
from assistant.web.headers import SecurityHeaders, content_policy
from assistant.web.tidying import keep_tidy
from assistant.web.tokens import Tokens

if TYPE_CHECKING:
    from assistant.web.parts import Parts

APP_ROOT = Path(__file__).resolve().parents[2]
_LOG = logging.getLogger(__name__)
_WARM_UP = "Må jeg bruge ChatGPT til at skrive en mail?"
_STOP_SECONDS = 3
_THREADS = 32
_KEEP_SECONDS = 3.0  # what is not in the database yet has this long to get there


def create_app(assistant: Assistant, settings: Settings) -> Starlette:
    """The ASGI application.

    Raises:
        AssistantError: Chainlit's files (`public/`, `.chainlit/`) are not beside the package, the
            sign-in lacks something, or the database cannot be used.
    """
    if not (APP_ROOT / ".chainlit" / "config.toml").is_file():
        raise AssistantError(
            f"{APP_ROOT}: .chainlit/ og public/ mangler. Kør Må vi? fra en klon af projektet."
        )
    way, store = sign_in(settings), Store(settings)
    store.open()
    tokens = Tokens(prepare_chainlit(settings, APP_ROOT))
    import chainlit.server

    from assistant.web import adapt, chat, parts

    logging.getLogger("chainlit").setLevel(logging.ERROR)  # it warns of what we chose
    adapt.adapt_chainlit(settings.url)
    own = parts.Parts(assistant, settings, way, store, tokens)
    chat.register(assistant, own.accounts)

    return Starlette(
        routes=[*own.routes, Mount("/", chainlit.server.app)],
        middleware=[
            Middleware(SecurityHeaders, policy=content_policy(adapt.index_page())),
            *own.middleware,
        ],
        lifespan=partial(_lifespan, assistant, own, settings.retention_days),
    )


@contextlib.asynccontextmanager
async def _lifespan(
    assistant: Assistant, own: "Parts", days: int, app: Starlette
) -> AsyncIterator[None]:
    # In place of Chainlit's own, which opens a browser and ends the process with os._exit.
    # A database that does not answer must not hold up the threads that answer questions.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS, "work"))
    warming = asyncio.create_task(asyncio.to_thread(_warm_up, assistant))
    tidying = asyncio.create_task(keep_tidy(own.accounts.store, days))
    yield
    tidying.cancel()
    await asyncio.wait([warming])
    await asyncio.to_thread(own.close, _KEEP_SECONDS)


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the chat until Ctrl-C or SIGTERM; prints the address once it listens.

    Raises:
        AssistantError: the address cannot be used, or may not be without sign-in; see also
            `create_app`.
    """
    check_openness(settings, host)
    sockets = _listen(host, port)
    try:
        config = uvicorn.Config(
            create_app(Assistant(settings), settings),
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # whom to believe is for assistant/web/identity.py to say
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        with contextlib.suppress(KeyboardInterrupt):
            _Server(config, _address(host, sockets)).run(sockets=sockets)
    finally:
        for each in sockets:
            each.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"Må vi? er klar på {self._address} (stop med Ctrl-C)", flush=True)


def _warm_up(assistant: Assistant) -> None:
    """Load what the first question would wait for."""
    try:
        if assistant.state().status == "ready":
            assistant.search(_WARM_UP, 4)
    except Exception:  # noqa: BLE001 - the first question will say it to someone who can act on it
        _LOG.warning("the index could not be warmed up", exc_info=True)


def _listen(host: str, port: int) -> list[socket.socket]:
    """Sockets on all addresses of `host`; "localhost" has one for IPv4 and one for IPv6."""
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, OverflowError) as error:
        raise AssistantError(
            f"--host {host} --port {port}: adressen findes ikke ({error}). Prøv --host localhost."
        ) from error
    sockets: list[socket.socket] = []
    for family, *_, address in dict.fromkeys(found):
        chosen = sockets[0].getsockname()[1] if sockets else port
        try:
            sockets.append(_bound(family, (address[0], chosen, *address[2:])))
        except OSError as error:
            if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                continue  # a machine without IPv6 still resolves localhost to ::1
            for each in sockets:
                each.close()
            raise AssistantError(_cannot_listen(host, port, error)) from error
    if not sockets:
        raise AssistantError(f"--host {host}: adressen er ikke en af maskinens egne.")
    return sockets


def _bound(family: int, address: tuple[object, ...]) -> socket.socket:
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind(address)
        listening.listen(128)  # bound is not taken: only listening makes a second server fail
    except OSError:
        listening.close()
        raise
    return listening


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} er optaget. Kører Må vi? allerede? Vælg ellers --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} kræver særlige rettigheder. Vælg en over 1023, fx --port 8000."
    return f"Kan ikke lytte på {host}, port {port}: {error.strerror}."


def _address(host: str, sockets: list[socket.socket]) -> str:
    everywhere_or_here = ("", "0.0.0.0", "::", "127.0.0.1", "::1")  # noqa: S104 - only compared
    shown = "localhost" if host in everywhere_or_here else host
    return f"http://{shown}:{sockets[0].getsockname()[1]}"
