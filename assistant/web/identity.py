"""Who asks: found out once for every request and every socket, before anything else sees it."""

import logging
import time
from collections import OrderedDict
from contextvars import ContextVar
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.accounts.people import PUBLIC, Access, Person
from assistant.accounts.proxy import Network, among
from assistant.accounts.signin import HeaderSignIn, NoSignIn, SignIn
from assistant.errors import AssistantError
from assistant.models import Language
from assistant.web.html import message_page
from assistant.web.language import interface_language
from assistant.web.tokens import COOKIE, Tokens, Told, in_cookies

ADDRESS: ContextVar[str] = ContextVar("address", default="")  # where the request came from
LANGUAGE: ContextVar[Language] = ContextVar("language", default="da")  # of the browser that asks
PERSON: ContextVar[Person | None] = ContextVar("person", default=None)  # … and from whom
_PERSON = "maavi.person"
_FOR_ALL = ("/healthz", "/public/maavi.css", "/public/sider.css", "/favicon")
# What a page needs before anyone has signed in, and the addresses of the chat, which are one page.
_TO_SIGN_IN = (
    *("/login", "/logout", "/auth/", "/user", "/project/translations", "/project/settings"),
    *("/public/", "/assets/", "/favicon", "/logo", "/avatars/", "/health", "/thread/", "/ws/"),
)
_LOG = logging.getLogger(__name__)
_SAFE = ("GET", "HEAD", "OPTIONS")
_HERE = ("localhost", "127.0.0.1", "::1")
_TOKEN_SECONDS = 300.0  # how long a token that we make for each request is made use of
_MOST_TOKENS = 2_000
_AFTER_A_CHANGE = "/samtaler"  # what our pages change is there


def person_of(connection: HTTPConnection) -> Person | None:
    """Who sent a request; None for someone who has not signed in."""
    person: Person | None = connection.scope.get(_PERSON)
    return person


def access_of(connection: HTTPConnection) -> Access:
    """Which documents the sender of a request may see."""
    person = person_of(connection)
    return person.access if person else PUBLIC


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request gets nothing but a page: its title and text in each language."""

    da: tuple[str, str]
    en: tuple[str, str]
    status: int = 403


class Identity:
    """Puts the person into the scope, and a cookie that Chainlit reads before it; what a client
    sends in its place is dropped.
    """

    def __init__(
        self,
        app: ASGIApp,
        sign_in: SignIn,
        tokens: Tokens,
        proxies: tuple[Network, ...] = (),
        url: str | None = None,
    ) -> None:
        self._app = app
        self._sign_in = sign_in
        self._tokens = tokens
        self._proxies = proxies
        self._own = urlsplit(url) if url else None
        self._made: OrderedDict[Person, tuple[str, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        peer = scope["client"][0] if scope.get("client") else ""
        refusal = self._refusal(scope, headers)
        person, token, is_new = None, "", False
        try:
            if refusal is None:
                person, token, is_new = self._who(peer, headers)
        except AssistantError as error:
            _LOG.error("%s", error)
            refusal = _OUT_OF_ORDER
        if person is None and refusal is None and not _may_sign_in(scope["path"]):
            refusal = _SIGN_IN
        if person is None and isinstance(self._sign_in, HeaderSignIn):
            refusal = refusal or _BY_PROXY_ONLY
        if refusal and scope["path"] not in _FOR_ALL:
            await _refuse(refusal, scope, receive, send)
            return
        ADDRESS.set(self._address(peer, headers))
        PERSON.set(person)
        LANGUAGE.set(interface_language(headers.get("accept-language")))
        scope = {**scope, "headers": _with_token(scope["headers"], token), _PERSON: person}
        secure = self._is_secure(scope, peer, headers)
        cookie = token if is_new else ""
        await self._app(scope, receive, _sending(send, cookie, secure=secure))

    def _who(self, peer: str, headers: Headers) -> tuple[Person | None, str, bool]:
        """The person, their token, and whether the browser does not have it yet."""
        if person := self._sign_in.connected(peer, lambda name: headers.get(name, "")):
            return person, self._token(person), False
        token = _sent_token(headers)
        told = self._tokens.read(token) if token else Told()
        if person := self._sign_in.recalled(told.identifier, told.claims or {}):
            return person if person.name else replace(person, name=told.name), token, False
        if person := self._sign_in.newcomer():
            return person, self._tokens.made_for(person), True
        return None, "", False

    def _token(self, person: Person) -> str:
        token, made = self._made.get(person, ("", 0.0))
        if not token or time.monotonic() - made > _TOKEN_SECONDS:
            token = self._tokens.made_for(person)
            self._made[person] = token, time.monotonic()
            while len(self._made) > _MOST_TOKENS:
                self._made.popitem(last=False)
        return token

    def _refusal(self, scope: Scope, headers: Headers) -> Refusal | None:
        host = headers.get("host", "")
        if isinstance(self._sign_in, NoSignIn) and not self._sign_in.open and not _is_here(host):
            return _ONLY_HERE  # also when another site's name is made to point here
        if scope.get("method", "GET") not in _SAFE and not self._is_own(headers):
            return _FROM_ELSEWHERE
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Whether a change was sent by our own page: a browser names the page's origin."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        hosts = {headers.get("host", ""), self._own.netloc if self._own else ""}
        return urlsplit(origin).netloc in hosts - {""}

    def _address(self, peer: str, headers: Headers) -> str:
        """Whom to count wrong passwords against: behind our proxy, the one it speaks for."""
        if not among(peer, self._proxies):
            return peer
        hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",")]
        return next((hop for hop in reversed(hops) if hop and not among(hop, self._proxies)), peer)

    def _is_secure(self, scope: Scope, peer: str, headers: Headers) -> bool:
        if scope["scheme"] in ("https", "wss") or (self._own and self._own.scheme == "https"):
            return True
        return among(peer, self._proxies) and headers.get("x-forwarded-proto") == "https"


def _may_sign_in(path: str) -> bool:
    return path == "/" or path.startswith(_TO_SIGN_IN)


def _is_here(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in _HERE
    except ValueError:
        return False


def _sent_token(headers: Headers) -> str:
    if token := in_cookies(cookie_parser(headers.get("cookie", ""))):
        return token
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _with_token(headers: list[tuple[bytes, bytes]], token: str) -> list[tuple[bytes, bytes]]:
    """The headers with our token in place of what was sent."""
    others: list[str] = []
    kept = [(k, v) for k, v in headers if k not in (b"cookie", b"authorization")]
    for key, value in headers:
        if key == b"cookie":
            parts = (part.strip() for part in value.decode("latin-1").split(";"))
            others += [p for p in parts if p and not p.startswith(COOKIE)]
    cookies = [*others, *([f"{COOKIE}={token}"] if token else [])]
    if cookies:
        kept.append((b"cookie", "; ".join(cookies).encode("latin-1")))
    return kept


def _sending(send: Send, cookie: str, *, secure: bool) -> Send:
    """`send`, which also sets `cookie` and marks every cookie as one for https."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if cookie:
                set_ = f"{COOKIE}={cookie}; HttpOnly; Path=/; SameSite=lax"
                headers.append("set-cookie", set_)
            if secure:
                message["headers"] = [_secured(k, v) for k, v in message["headers"]]
        await send(message)

    return sending


def _secured(key: bytes, value: bytes) -> tuple[bytes, bytes]:
    if key.lower() == b"set-cookie" and b"; secure" not in value.lower():
        return key, value + b"; Secure"
    return key, value


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    language = interface_language(Headers(scope=scope).get("accept-language"))
    told, wanted = (refusal.en if language == "en" else refusal.da), ""
    if refusal is _SIGN_IN:
        query = scope["query_string"].decode("latin-1")
        wanted = f"{scope['path']}?{query}" if query else scope["path"]
        wanted = wanted if scope["method"] == "GET" else _AFTER_A_CHANGE
    page = message_page(*told, language, wanted)
    await HTMLResponse(page, refusal.status)(scope, receive, send)


_ONLY_HERE = Refusal(
    (
        "Kun på maskinen selv",
        "Her er ikke sat login op, så Må vi? svarer kun på http://localhost. "
        "Skal andre bruge den, så sæt MAAVI_AUTH; docs/operator.md fortæller hvordan.",
    ),
    (
        "On the machine itself only",
        "No sign-in is set up here, so Må vi? answers on http://localhost only. "
        "If others are to use it, set MAAVI_AUTH; docs/operator.md tells how.",
    ),
)
_BY_PROXY_ONLY = Refusal(
    (
        "Log ind først",
        "Må vi? kender dig ikke. Gå ind gennem kommunens egen adresse til Må vi?, så du bliver "
        "logget ind. Hjælper det ikke, så spørg den, der driver Må vi?.",
    ),
    (
        "Sign in first",
        "Må vi? does not know you. Come in by the municipality’s own address of Må vi?, and you "
        "will be signed in. If that does not help, ask those who run Må vi?.",
    ),
    401,
)
_OUT_OF_ORDER = Refusal(
    (
        "Login virker ikke lige nu",
        "Listen over brugere kan ikke læses. Sig det til den, der driver Må vi?.",
    ),
    (
        "Sign-in does not work right now",
        "The list of users cannot be read. Please tell those who run Må vi?.",
    ),
    503,
)
_SIGN_IN = Refusal(
    ("Log ind først", "Du er ikke logget ind. Log ind, så åbner siden."),
    ("Sign in first", "You are not signed in. Sign in, and the page opens."),
    401,
)
_FROM_ELSEWHERE = Refusal(
    (
        "Det kom fra en anden side",
        "Må vi? ændrer kun noget, når du selv beder om det på siden. Åbn Må vi?, og prøv igen.",
    ),
    (
        "That came from another page",
        "Må vi? changes something only when you ask for it on its page. Open it, and try again.",
    ),
)
