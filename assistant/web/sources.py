"""Our own routes: the PDFs of the register, the page about a source, its picture, the health."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, get_args

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.errors import AssistantError
from assistant.models import Badge
from assistant.pipeline import Assistant, IndexState
from assistant.web.headers import PDF_POLICY
from assistant.web.html import badge_page, not_found_page
from assistant.web.identity import access_of
from assistant.web.language import wanted_language
from assistant.web.links import LONGEST_QUOTE, LONGEST_SECTION, SECTION_SEPARATOR, badge_url
from assistant.web.pages import PageMissingError, render_page, view_page
from assistant.web.source_html import Source, source_page
from ingest.register import Document

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
# Answers are checked anew each time: a PDF that has been replaced is never shown from a cache.
_REVALIDATE = "private, no-cache"
_BY_LANGUAGE = {"Vary": "Accept-Language"}


class Sources:
    """What the citations of an answer open."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        # One thread for pdfium: requests that wait for it must not use up the threads that answer.
        self._pdfium = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdfium")

    @property
    def routes(self) -> list[BaseRoute]:
        """Our routes; everything else below our own folders is a plain 404."""
        return [
            Route("/healthz", self.health),
            Route("/dokumenter/{file}", self.pdf),
            Route("/kilde/{file}/{page:int}.png", self.image),
            Route("/kilde/{file}/{page:int}", self.source),
            *(Route(badge_url(badge), partial(_badge, badge)) for badge in get_args(Badge)),
            *(
                Route(path, not_found)
                for name in ("healthz", "dokumenter", "kilde", "afgoerelse")
                for path in (f"/{name}", f"/{name}/{{rest:path}}")
            ),
        ]

    def close(self) -> None:
        """End the thread that draws."""
        self._pdfium.shutdown(wait=False, cancel_futures=True)

    async def health(self, request: Request) -> Response:
        """Whether there is an index to answer from; 200 as long as the server itself is well."""
        try:
            state = await asyncio.to_thread(self._assistant.state)
        except AssistantError as error:
            _LOG.error("%s", error)
            state = IndexState("missing", str(error))
        found = {
            "status": state.status,
            "documents": len(state.documents),
            "passages": state.passages,
        }
        return JSONResponse(found, headers={"Cache-Control": "no-store"})

    async def pdf(self, request: Request) -> Response:
        """A PDF of the register, shown in the browser."""
        path = await self._path(request)
        if path is None:
            return await not_found(request)
        return FileResponse(
            path,
            media_type="application/pdf",
            filename=request.path_params["file"],
            content_disposition_type="inline",
            headers={"Cache-Control": _REVALIDATE, "Content-Security-Policy": PDF_POLICY},
        )

    async def source(self, request: Request) -> Response:
        """The page about one source."""
        file, page = request.path_params["file"], request.path_params["page"]
        quote = request.query_params.get("citat", "")[:LONGEST_QUOTE]
        section = request.query_params.get("afsnit", "")[:LONGEST_SECTION].split(SECTION_SEPARATOR)
        path = await self._path(request)
        if path is None:
            return await not_found(request)
        try:
            view = await self._draw(partial(view_page, path, page, quote, section))
        except PageMissingError:
            return await not_found(request)
        known = await asyncio.to_thread(self._assistant.document, file, access_of(request))
        source = Source(known or Document(file), page, quote, view)
        html = source_page(source, self._assistant.today(), wanted_language(request))
        return HTMLResponse(html, headers={"Cache-Control": _REVALIDATE, **_BY_LANGUAGE})

    async def image(self, request: Request) -> Response:
        """The picture of a page as PNG."""
        quote = request.query_params.get("citat", "")[:LONGEST_QUOTE]
        cropped = request.query_params.get("udsnit") == "1"
        path = await self._path(request)
        if path is None:
            return await not_found(request)
        page = request.path_params["page"]
        try:
            png = await self._draw(partial(render_page, path, page, quote, cropped=cropped))
        except PageMissingError:
            return await not_found(request)
        tag = f'"{sha256(png).hexdigest()[:24]}"'
        headers = {"Cache-Control": _REVALIDATE, "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(png, media_type="image/png", headers=headers)

    async def _path(self, request: Request) -> Path | None:
        try:
            file, access = request.path_params["file"], access_of(request)
            path = await asyncio.to_thread(self._assistant.pdf, file, access)
        except AssistantError:  # no index, no documents
            return None
        return path if path is not None and path.is_file() else None

    async def _draw(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._pdfium, work)


async def _badge(badge: Badge, request: Request) -> Response:
    """What the word on a verdict's card means."""
    return HTMLResponse(badge_page(badge, wanted_language(request)), headers=_BY_LANGUAGE)


async def not_found(request: Request) -> Response:
    """A plain 404."""
    return HTMLResponse(
        not_found_page(wanted_language(request)), status_code=404, headers=_BY_LANGUAGE
    )
