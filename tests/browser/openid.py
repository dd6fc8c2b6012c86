"""A small provider of OpenID Connect on loopback: discovery, a real code flow, userinfo."""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = ("maavi-klient", "klientens hemmelighed")


class OpenId(ThreadingHTTPServer):
    """Signs in whoever `who` is at the moment."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.who: dict[str, Any] = {}
        self.codes: dict[str, tuple[str, dict[str, Any]]] = {}  # redirect address and claims
        self.tokens: dict[str, dict[str, Any]] = {}


class _Handler(BaseHTTPRequestHandler):
    server: OpenId

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        given = {key: values[0] for key, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            paths = ("authorization", "token", "userinfo")
            self._json({f"{name}_endpoint": f"{self.server.url}/{name}" for name in paths})
        elif asked.path == "/authorization" and given.get("client_id") == CLIENT[0]:
            code = secrets.token_hex(8)
            self.server.codes[code] = given["redirect_uri"], self.server.who
            answer = urlencode({"code": code, "state": given["state"]})
            self.send_response(302)
            self.send_header("Location", f"{given['redirect_uri']}?{answer}")
            self.end_headers()
        elif asked.path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._json(self.server.tokens.get(token), 401)
        else:
            self._json(None, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {key: values[0] for key, values in parse_qs(body).items()}
        redirect, who = self.server.codes.pop(given.get("code", ""), ("", {}))
        proved = (given.get("client_id"), given.get("client_secret")) == CLIENT
        if not redirect or redirect != given.get("redirect_uri") or not proved:
            self._json({"error": "invalid_grant"} if redirect else None, 400)
            return
        token = secrets.token_hex(16)
        self.server.tokens[token] = who
        self._json({"access_token": token, "token_type": "Bearer"})

    def _json(self, content: Any, otherwise: int = 400) -> None:
        body = json.dumps(content if content is not None else {"error": "nej"}).encode()
        self.send_response(200 if content is not None else otherwise)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def openid_provider() -> Iterator[OpenId]:
    provider = OpenId()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join(5)
