"""The addresses of our own routes, in one place, so that what is clicked is what is shown."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from assistant.models import Badge, Verdict

LONGEST_QUOTE = 2000  # characters of a quote in an address; the start of it is enough to find it
LONGEST_SECTION = 400
SECTION_SEPARATOR = " › "


def pdf_url(document: str, page: int) -> str:
    """The PDF itself, opened at `page` (1-based)."""
    return f"/dokumenter/{_segment(document)}#page={page}"


def source_url(document: str, page: int, citation: str = "", section: str = "") -> str:
    """Our page about one source: title, section, the quote and the page's picture."""
    query = {"citat": citation[:LONGEST_QUOTE], "afsnit": section[:LONGEST_SECTION]}
    return f"/kilde/{_segment(document)}/{page}{_query(query)}"


def image_url(document: str, page: int, citation: str = "", *, cropped: bool = False) -> str:
    """The picture of `page` with the quote marked; `cropped` to the quote and what is around it."""
    query = {"citat": citation[:LONGEST_QUOTE], "udsnit": "1" if cropped else ""}
    return f"/kilde/{_segment(document)}/{page}.png{_query(query)}"


def badge_url(badge: Badge) -> str:
    """What the word on a verdict's card means."""
    return f"/afgoerelse/{badge}"


def ask_url(question: str, verdict: Verdict | None = None) -> str:
    """A link that asks `question` in the chat. What comes after # is never sent to a server, so
    no log gets to see it. `verdict` is what the answer says of it, for the looks.
    """
    return "/#" + _encoded({"spoerg": question, "svar": verdict or ""})


def mail_url(address: str, subject: str) -> str:
    """A new mail to `address`, which may be empty."""
    return f"mailto:{quote(address, safe='@')}?{_encoded({'subject': subject})}"


def _segment(name: str) -> str:
    return quote(name, safe="")


def _query(parameters: Mapping[str, str]) -> str:
    encoded = _encoded(parameters)
    return f"?{encoded}" if encoded else ""


def _encoded(parameters: Mapping[str, str]) -> str:
    """The parameters that have a value, so that no sign in them ends a link in markdown."""
    given = {name: value for name, value in parameters.items() if value}
    return urlencode(given, quote_via=quote, safe="")
