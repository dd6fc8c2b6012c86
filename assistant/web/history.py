"""The page of one's own conversations: open, rename, delete, and take along as a file."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.errors import DatabaseUnusable
from assistant.models import Language
from assistant.store.conversations import LONGEST_NAME, Conversation, Owner
from assistant.web.accounts import Accounts
from assistant.web.html import message_page, own_page
from assistant.web.identity import person_of
from assistant.web.language import wanted_language

PAGE = 30  # conversations on a page
_PRIVATE = {"Cache-Control": "private, no-store"}
_T = TypeVar("_T")


class History:
    """The routes below `/samtaler`."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes; the files before the rest, since an id may hold no dot."""
        return [
            Route("/samtaler", self.page),
            Route("/samtaler/{thread}.md", self.markdown),
            Route("/samtaler/{thread}.pdf", self.pdf),
            Route("/samtaler/{thread}/navn", self.rename, methods=["POST"]),
            Route("/samtaler/{thread}/slet", self.ask_whether_to_delete),
            Route("/samtaler/{thread}/slet", self.delete, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """The list, with a search."""
        person, language = person_of(request), wanted_language(request)
        if person is None:
            return _gone(request)
        search = request.query_params.get("soeg", "")[:LONGEST_NAME]
        after = request.query_params.get("efter", "")
        try:
            found, more = await self._read(
                lambda: self._accounts.store.conversations.of_user(
                    Owner(person.identifier).id, PAGE, after, search
                )
            )
        except DatabaseUnusable:
            return _outage(request)
        body = list_page(found, search, language, more=more)
        page = own_page(_WORDS[language]["title"], body, person, language)
        return HTMLResponse(page, headers=_PRIVATE)

    async def markdown(self, request: Request) -> Response:
        """One conversation as Markdown."""
        return await self._file(request, "text/markdown; charset=utf-8", "md")

    async def pdf(self, request: Request) -> Response:
        """One conversation as PDF."""
        return await self._file(request, "application/pdf", "pdf")

    async def rename(self, request: Request) -> Response:
        """Give one's own conversation another name."""
        name = str((await request.form()).get("navn") or "").strip()
        rename = self._accounts.store.conversations.rename
        return await self._changed(request, lambda t: rename(t, name) if name else None)

    async def ask_whether_to_delete(self, request: Request) -> Response:
        """The question before one's own conversation is deleted; a page, so it needs no script."""
        person, language = person_of(request), wanted_language(request)
        try:
            found = await self._own(request)
        except DatabaseUnusable:
            return _outage(request)
        if found is None or person is None:
            return _gone(request)
        body = delete_page(found, language)
        page = own_page(_WORDS[language]["delete_title"], body, person, language)
        return HTMLResponse(page, headers=_PRIVATE)

    async def delete(self, request: Request) -> Response:
        """Delete one's own conversation."""
        return await self._changed(request, self._accounts.store.conversations.delete_thread)

    async def _file(self, request: Request, kind: str, ending: str) -> Response:
        language = wanted_language(request)
        try:
            found = await self._own(request)
            if found is None:
                return _gone(request)
            content = await asyncio.to_thread(self._exported, found, ending, language)
        except DatabaseUnusable:
            return _outage(request)
        name = quote(f"{file_name(found.name, language)}.{ending}")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", **_PRIVATE}
        return Response(content, media_type=kind, headers=headers)

    def _exported(self, found: Conversation, ending: str, language: Language) -> bytes:
        from assistant.export.markdown import as_markdown
        from assistant.export.pdf import as_pdf

        text = as_markdown(found, self._record, datetime.now().astimezone(), language)
        return as_pdf(text, found.name, language) if ending == "pdf" else text.encode()

    def _record(self, step: str) -> Mapping[str, Any] | None:
        return self._accounts.answered(step)

    async def _changed(self, request: Request, change: Callable[[str], None]) -> Response:
        try:
            found = await self._own(request)
            if found is None:
                return _gone(request)
            await asyncio.to_thread(change, found.id)
        except DatabaseUnusable:
            return _outage(request)
        return RedirectResponse("/samtaler", 303)

    async def _own(self, request: Request) -> Conversation | None:
        """The conversation of the address, when it is the user's own."""
        person, thread = person_of(request), request.path_params["thread"]
        found = await self._read(lambda: self._accounts.store.conversations.thread(thread))
        return found if found and person and found.owner == person.identifier else None

    async def _read(self, work: Callable[[], _T]) -> _T:
        await asyncio.to_thread(self._accounts.keeper.settle, 2.0)
        return await asyncio.to_thread(work)


def list_page(found: Sequence[Conversation], search: str, language: Language, *, more: bool) -> str:
    """The list as HTML."""
    words = _WORDS[language]
    rows = "\n".join(_row(each, words) for each in found) or f"<p>{words['none']}</p>"
    older = ""
    if more:
        address = f"/samtaler?soeg={quote(search)}&efter={quote(found[-1].id)}"
        older = f'<p><a href="{escape(address)}">{words["older"]}</a></p>'
    return f"""<h1>{words["title"]}</h1>
<p>{words["only_you"]}</p>
<form class="soeg" role="search" action="/samtaler">
<label>{words["search_in"]} <input type="search" name="soeg" value="{escape(search)}"></label>
<button>{words["search"]}</button>
</form>
{rows}
{older}"""


def delete_page(found: Conversation, language: Language) -> str:
    """The question whether `found` is to be deleted, as HTML."""
    words, key = _WORDS[language], escape(quote(found.id, safe=""))
    return f"""<h1>{words["delete_title"]}</h1>
<article class="samtale">
<h2>{escape(found.name)}</h2>
<p>{words["for_good"]}</p>
<form method="post" action="/samtaler/{key}/slet">
<button class="slet">{words["delete"]}</button>
<a class="knap" href="/samtaler">{words["keep"]}</a></form>
</article>"""


def file_name(name: str, language: Language) -> str:
    """`name` as a file may be called anywhere."""
    plain = re.sub(r"[^\w æøåÆØÅ-]", "", name).strip()
    return plain[:60].strip() or _WORDS[language]["one"]


def _row(found: Conversation, words: Mapping[str, str]) -> str:
    key, name = escape(quote(found.id, safe="")), escape(found.name)
    at = datetime.fromtimestamp(found.used).astimezone()
    shown = at.strftime(words["time"])
    return f"""<article class="samtale">
<h2><a href="/thread/{key}">{name}</a></h2>
<p><time datetime="{at.isoformat()}">{shown}</time>
· <a href="/samtaler/{key}.pdf">{words["pdf"]}</a>
· <a href="/samtaler/{key}.md">{words["markdown"]}</a></p>
<details><summary>{words["change"]}</summary>
<form method="post" action="/samtaler/{key}/navn">
<label>{words["name"]}
<input name="navn" value="{name}" maxlength="{LONGEST_NAME}" required></label>
<button>{words["rename"]}</button></form>
<p><a class="knap slet" href="/samtaler/{key}/slet">{words["delete"]}</a></p>
</details>
</article>"""


def _gone(request: Request) -> Response:
    return _told(request, "gone", 404)


def _outage(request: Request) -> Response:
    return _told(request, "outage", 503)


def _told(request: Request, what: str, status: int) -> Response:
    language = wanted_language(request)
    words = _WORDS[language]
    page = message_page(words[f"{what}_title"], words[what], language)
    return HTMLResponse(page, status, _PRIVATE)


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "title": "Dine samtaler",
        "one": "samtale",
        "only_you": "Kun du kan se dem.",
        "search_in": "Søg i dine samtaler",
        "search": "Søg",
        "none": "Her er ingen samtaler.",
        "older": "Ældre samtaler",
        "time": "%d.%m.%Y kl. %H.%M",
        "pdf": "Hent som PDF",
        "markdown": "Hent som Markdown",
        "change": "Ret eller slet",
        "name": "Nyt navn",
        "rename": "Gem navnet",
        "delete": "Slet samtalen",
        "delete_title": "Slet samtalen?",
        "for_good": "Den kan ikke hentes igen. Dine tilbagemeldinger på dens svar slettes også.",
        "keep": "Behold samtalen",
        "gone_title": "Siden findes ikke",
        "gone": "Samtalen findes ikke, eller den er ikke din.",
        "outage_title": "Det kan ikke vises lige nu",
        "outage": "Databasen med samtaler svarer ikke lige nu. Prøv igen om lidt.",
    },
    "en": {
        "title": "Your conversations",
        "one": "conversation",
        "only_you": "Only you can see them.",
        "search_in": "Search your conversations",
        "search": "Search",
        "none": "There are no conversations here.",
        "older": "Earlier conversations",
        "time": "%d/%m/%Y %H:%M",
        "pdf": "Download as PDF",
        "markdown": "Download as Markdown",
        "change": "Rename or delete",
        "name": "New name",
        "rename": "Save the name",
        "delete": "Delete the conversation",
        "delete_title": "Delete the conversation?",
        "for_good": "It cannot be brought back. Your feedback on its answers is deleted too.",
        "keep": "Keep the conversation",
        "gone_title": "Page not found",
        "gone": "The conversation does not exist, or it is not yours.",
        "outage_title": "It cannot be shown right now",
        "outage": "The database of conversations does not answer right now. Please try again.",
    },
}
