"""Our own routes: the PDFs of the register, the page about a source, its picture, the health."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.accounts.people import Access
from assistant.errors import AssistantError
from assistant.pipeline import Assistant, IndexState
from assistant.web.headers import PDF_POLICY
from assistant.web.html import message_page, source_page
from assistant.web.identity import access_of
from assistant.web.links import LONGEST_QUOTE, LONGEST_SECTION, SECTION_SEPARATOR
from assistant.web.pages import PageMissingError, render_page, view_page

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
# Answers are checked anew each time: a PDF that has been replaced is never shown from a cache.
_REVALIDATE = "private, no-cache"


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
            *(
                Route(path, not_found)
                for name in ("healthz", "dokumenter", "kilde")
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
        title = await asyncio.to_thread(self._title, file, access_of(request))
        return HTMLResponse(
            source_page(file, title, page, quote, view), headers={"Cache-Control": _REVALIDATE}
        )

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

    def _title(self, file: str, access: Access) -> str:
        documents = self._assistant.state(access).documents
        return next((each.title for each in documents if each.file == file), "") or file


async def not_found(request: Request) -> Response:
    """A plain 404 in Danish."""
    page = message_page(
        "Siden findes ikke",
        "Må vi? kender ikke det dokument eller den side, du spørger efter. "
        "Måske er dokumentet udskiftet. Stil spørgsmålet igen, så får du de gældende kilder.",
    )
    return HTMLResponse(page, status_code=404)
