"""The headers that every answer carries, and what the pages may load."""

import base64
import re
from collections.abc import Iterable
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A browser shows a PDF in a page of its own making, which a stricter policy would break.
PDF_POLICY = "frame-ancestors 'self'"

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(html: str) -> str:
    """The content security policy for pages like `html`: nothing from elsewhere, and of scripts in
    the page only those that stand in `html` now (no 'unsafe-inline', no 'unsafe-eval')."""
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *_hashes(scripts))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def _hashes(scripts: Iterable[str]) -> list[str]:
    digests = (base64.b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    return [f"'sha256-{digest}'" for digest in digests]


class SecurityHeaders:
    """Adds the headers to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._headers = {**_FIXED, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
