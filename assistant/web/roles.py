"""The pages that a role opens: the feedback for the redaktør, how an answer came to be for
teachers too, and who one is.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

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

NEWEST = 200  # feedback on the page; the file has all of it
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
            return _gone()
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
            return _gone()
        newest = self._accounts.store.feedback.newest
        return await self._answer(lambda: self._feedback_page(person, newest(NEWEST)))

    async def feedback_file(self, request: Request) -> Response:
        """All feedback as JSON lines, for the redaktør."""
        person = person_of(request)
        if person is None or not person.has("redaktør"):
            return _gone()
        return await self._answer(lambda: self._feedback_file(person))

    async def trace(self, request: Request) -> Response:
        """How one of one's own answers, or one with feedback, came to be."""
        person = person_of(request)
        if person is None or not person.has("underviser", "redaktør"):
            return _gone()
        return await self._answer(lambda: self._trace_page(person, request.path_params["step"]))

    async def _answer(self, work: Callable[[], Response]) -> Response:
        try:
            return await asyncio.to_thread(work)
        except AssistantError:
            text = "Databasen eller indekset kan ikke bruges lige nu. Prøv igen om lidt."
            return HTMLResponse(message_page("Det kan ikke vises lige nu", text), 503, _PRIVATE)

    def _visible(self, person: Person, found: Iterable[Feedback]) -> tuple[list[Feedback], int]:
        """Those whose answers use only documents that `person` may see, and how many others."""
        seen = self._files(person.access)
        rows = list(found)
        shown = [row for row in rows if row.documents <= seen]
        return shown, len(rows) - len(shown)

    def _files(self, access: Access) -> set[str]:
        return {document.file for document in self._assistant.state(access).documents}

    def _feedback_page(self, person: Person, found: Sequence[Feedback]) -> Response:
        shown, hidden = self._visible(person, found)
        body = feedback_page(shown, hidden)
        return HTMLResponse(own_page("Tilbagemeldinger", body, person), headers=_PRIVATE)

    def _feedback_file(self, person: Person) -> Response:
        shown, _ = self._visible(person, self._accounts.store.feedback.all())
        lines = "".join(json.dumps(row.to_json(), ensure_ascii=False) + "\n" for row in shown)
        headers = {
            "Content-Disposition": 'attachment; filename="tilbagemeldinger.jsonl"',
            **_PRIVATE,
        }
        return Response(lines, media_type="application/jsonl; charset=utf-8", headers=headers)

    def _trace_page(self, person: Person, step: str) -> Response:
        store = self._accounts.store
        found = store.feedback.answer(step)
        if found is None:
            return _gone()
        question, record = found
        own = store.conversations.author_of_step(step) == person.identifier
        reported = person.has("redaktør") and store.feedback.is_reported(step)
        used = {str(row["document"]) for row in (*record["citations"], *record["trace"]["hits"])}
        if not own and not (reported and used <= self._files(person.access)):
            return _gone()
        body = trace_page(question, record)
        return HTMLResponse(own_page("Sådan blev svaret til", body, person), headers=_PRIVATE)


def feedback_page(shown: Sequence[Feedback], hidden: int) -> str:
    """The feedback as HTML."""
    note = (
        f"<p>{hidden} vises ikke, fordi svaret bygger på dokumenter, som du ikke må se.</p>"
        if hidden
        else ""
    )
    rows = "\n".join(map(_feedback_row, shown)) or "<p>Her er ingen tilbagemeldinger endnu.</p>"
    return f"""<h1>Tilbagemeldinger</h1>
<p>De nyeste {NEWEST}. <a href="/tilbagemeldinger.jsonl">Hent dem alle som JSON-linjer</a></p>
{note}
{rows}"""


def _feedback_row(row: Feedback) -> str:
    at = datetime.fromtimestamp(row.made).astimezone()
    thumb = "Nyttigt" if row.value else escape((row.reason or "uden årsag").capitalize())
    comment = f"<blockquote>{escape(row.comment)}</blockquote>" if row.comment else ""
    return f"""<article class="samtale">
<h2>{escape(row.question or "(spørgsmålet er ikke gemt)")}</h2>
<p><strong>{thumb}</strong> · <time datetime="{at.isoformat()}">{at:%d.%m.%Y kl. %H.%M}</time>
· <a href="/svar/{escape(row.step)}">Sådan blev svaret til</a></p>
{comment}
<details><summary>Svaret</summary><p class="svar">{escape(str(row.answer.get("text", "")))}</p>
</details>
</article>"""


def trace_page(question: str, record: Mapping[str, Any]) -> str:
    """How an answer came to be, as HTML."""
    trace = record["trace"]
    hits = "".join(
        f"<li><strong>{escape(hit['document'])}, side {hit['page']}</strong> "
        f"({hit['score']:.2f}): {escape(hit['text'])}</li>"
        for hit in trace["hits"]
    )
    return f"""<h1>Sådan blev svaret til</h1>
<p><strong>{escape(question)}</strong></p>
<p class="svar">{escape(record["text"])}</p>
{_lines("Forstået som", [trace["standalone"]])}
{_lines("Regler, som afgør svaret", trace["rules"])}
{_lines("Regler, som ikke tæller", trace["lost"])}
{_lines("Sætninger, som er brugt", trace["chosen"])}
{_lines("Sætninger, som er valgt fra", trace["dropped"])}
<h2>Afsnit, som søgningen fandt</h2>
<ol>{hits}</ol>
<p>Svaret er skrevet af {escape(str(record["engine"]))}.</p>"""


def _lines(title: str, lines: Sequence[str]) -> str:
    shown = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    return f"<h2>{title}</h2><ul>{shown}</ul>" if shown else ""


def _gone() -> Response:
    text = "Siden findes ikke, eller den er ikke for dig."
    return HTMLResponse(message_page("Siden findes ikke", text), 404, _PRIVATE)
