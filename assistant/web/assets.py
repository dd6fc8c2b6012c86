"""Chainlit's own files and our stylesheets and scripts, as light as they can be sent.

Chainlit compresses its script of 4.6 MB anew for every visitor and lets no browser keep it. Here a
file is compressed once, and one with a hash in its name is kept by the browser for good.
"""

import asyncio
import gzip
import mimetypes
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from assistant.web.sources import not_found

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
# Named here: what a machine's own list of types says of scripts, browsers may refuse.
_TEXT = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}


class Assets:
    """The files of two folders: `bundle`, whose names change with the contents, and `own`."""

    def __init__(self, bundle: Path, own: Path) -> None:
        self._folders = {
            "assets": (bundle.resolve(), _FOR_GOOD),
            "public": (own.resolve(), _ASK_AGAIN),
        }

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes of the two folders."""
        return [Route(f"/{folder}/{{name:path}}", self.file) for folder in self._folders]

    async def file(self, request: Request) -> Response:
        """A file, compressed for a browser that takes it so."""
        folder, kept = self._folders[request.url.path.split("/")[1]]
        path = (folder / request.path_params["name"]).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            return await not_found(request)
        state = path.stat()
        packed, tag = await asyncio.to_thread(_packed, path, state.st_mtime_ns, state.st_size)
        headers = {"Cache-Control": kept, "ETag": tag, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        kind = _TEXT.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        if path.suffix not in _TEXT:
            return Response(packed, media_type=kind, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(gzip.decompress(packed), media_type=kind, headers=headers)
        return Response(packed, media_type=kind, headers={**headers, "Content-Encoding": "gzip"})


@lru_cache(maxsize=64)
def _packed(path: Path, changed: int, size: int) -> tuple[bytes, str]:
    """The contents, compressed where that helps, and their tag; anew when the file has changed."""
    content = path.read_bytes()
    tag = f'"{sha256(content).hexdigest()[:24]}"'
    return gzip.compress(content, 9) if path.suffix in _TEXT else content, tag
