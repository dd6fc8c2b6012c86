"""The addresses of our own routes, in one place, so that what is clicked is what is shown."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

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


def _segment(name: str) -> str:
    return quote(name, safe="")


def _query(parameters: Mapping[str, str]) -> str:
    given = {name: value for name, value in parameters.items() if value}
    return "?" + urlencode(given, quote_via=quote) if given else ""
