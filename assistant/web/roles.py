"""The pages that a role opens: the feedback for the redaktør, how an answer came to be for
teachers too, and who one is.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.accounts.pages import pages_for
from assistant.accounts.people import Access, Person
from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from assistant.store.feedback import Feedback
from assistant.web.accounts import Accounts
from assistant.web.html import message_page, own_page
from assistant.web.identity import person_of
from assistant.web.language import wanted_language
from assistant.web.role_html import NEWEST, WORDS, feedback_page, trace_page

_PRIVATE = {"Cache-Control": "private, no-store"}


class RolePages:
    """The routes that depend on who one is."""

    def __init__(self, accounts: Accounts, assistant: Assistant) -> None:
        self._accounts = accounts
        self._assistant = assistant

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes."""
        return [
            Route("/hvem", self.who),
            Route("/tilbagemeldinger", self.feedback),
            Route("/tilbagemeldinger.jsonl", self.feedback_file),
            Route("/svar/{step}", self.trace),
        ]

    async def who(self, request: Request) -> Response:
        """Name, roles and pages of the one who asks, as JSON, for the page."""
        person = person_of(request)
        if person is None:
            return _gone(request)
        found = {
            "name": person.shown,
            "roles": sorted(person.roles),
            "pages": [
                {"address": a, "name": n} for a, n in pages_for(person, wanted_language(request))
            ],
        }
        return JSONResponse(found, headers={**_PRIVATE, "Vary": "Accept-Language"})

    async def feedback(self, request: Request) -> Response:
        """The newest feedback, for the redaktør."""
        person = person_of(request)
        if person is None or not person.has("redaktør"):
            return _gone(request)
        newest = self._accounts.store.feedback.newest
        return await self._answer(
            request, lambda: self._feedback_page(request, person, newest(NEWEST))
        )

    async def feedback_file(self, request: Request) -> Response:
        """All feedback as JSON lines, for the redaktør."""
        person = person_of(request)
        if person is None or not person.has("redaktør"):
            return _gone(request)
        return await self._answer(request, lambda: self._feedback_file(person))

    async def trace(self, request: Request) -> Response:
        """How one of one's own answers, or one with feedback, came to be."""
        person = person_of(request)
        if person is None or not person.has("underviser", "redaktør"):
            return _gone(request)
        return await self._answer(request, lambda: self._trace_page(request, person))

    async def _answer(self, request: Request, work: Callable[[], Response]) -> Response:
        try:
            return await asyncio.to_thread(work)
        except AssistantError:
            return _told(request, "outage", 503)

    def _visible(self, person: Person, found: Iterable[Feedback]) -> tuple[list[Feedback], int]:
        """Those whose answers use only documents that `person` may see, and how many others."""
        seen = self._files(person.access)
        rows = list(found)
        shown = [row for row in rows if row.documents <= seen]
        return shown, len(rows) - len(shown)

    def _files(self, access: Access) -> set[str]:
        return {document.file for document in self._assistant.state(access).documents}

    def _feedback_page(
        self, request: Request, person: Person, found: Sequence[Feedback]
    ) -> Response:
        language = wanted_language(request)
        body = feedback_page(*self._visible(person, found), language)
        page = own_page(WORDS[language]["feedback"], body, person, language)
        return HTMLResponse(page, headers=_PRIVATE)

    def _feedback_file(self, person: Person) -> Response:
        shown, _ = self._visible(person, self._accounts.store.feedback.all())
        lines = "".join(json.dumps(row.to_json(), ensure_ascii=False) + "\n" for row in shown)
        headers = {
            "Content-Disposition": 'attachment; filename="tilbagemeldinger.jsonl"',
            **_PRIVATE,
        }
        return Response(lines, media_type="application/jsonl; charset=utf-8", headers=headers)

    def _trace_page(self, request: Request, person: Person) -> Response:
        store, step = self._accounts.store, request.path_params["step"]
        found = store.feedback.answer(step)
        if found is None:
            return _gone(request)
        question, record = found
        own = store.conversations.author_of_step(step) == person.identifier
        reported = person.has("redaktør") and store.feedback.is_reported(step)
        used = {str(row["document"]) for row in (*record["citations"], *record["trace"]["hits"])}
        if not own and not (reported and used <= self._files(person.access)):
            return _gone(request)
        language = wanted_language(request)
        body = trace_page(question, record, language)
        page = own_page(WORDS[language]["trace"], body, person, language)
        return HTMLResponse(page, headers=_PRIVATE)


def _gone(request: Request) -> Response:
    return _told(request, "gone", 404)


def _told(request: Request, what: str, status: int) -> Response:
    language = wanted_language(request)
    words = WORDS[language]
    page = message_page(words[f"{what}_title"], words[what], language)
    return HTMLResponse(page, status, _PRIVATE)
