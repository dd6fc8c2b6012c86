"""Text as markdown that Chainlit shows as it was written, with links for markers."""

import re
from collections.abc import Mapping

from assistant.models import Citation
from assistant.web.links import SECTION_SEPARATOR, source_url

_MARKER = re.compile(r"\[(\d+)\]")
# Chainlit reads ":word" as a directive and swallows it ("Offentligt:Ja"), "<word>" as HTML, which
# it leaves out, and "~word~" as struck out. An answer means none of them.
_TAKEN_AWAY = re.compile(r"(?<!\\)(?::(?=[^\W\d_])|[<~])")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!|<>~]")


def plain(text: str) -> str:
    """`text` so that markdown shows it as it is, on one line."""
    return as_written(_MARKDOWN.sub(r"\\\g<0>", " ".join(text.split())))


def as_written(text: str) -> str:
    """Markdown `text` without the signs that Chainlit would take away."""
    return _TAKEN_AWAY.sub(r"\\\g<0>", text)


def linked(text: str, citations: Mapping[int, Citation]) -> str:
    """`text` with each marker [1] a link to its source; one without a source stays text."""

    def link(marker: re.Match[str]) -> str:
        citation = citations.get(int(marker[1]))
        return f"[\\[{marker[1]}\\]]({citation_url(citation)})" if citation else marker[0]

    return _MARKER.sub(link, text)


def titled_link(text: str, url: str, title: str) -> str:
    """A link that shows `title` when it is pointed at."""
    named = f' "{_in_quotes(title)}"' if title else ""
    return f"[{text}]({url}{named})"


def citation_url(citation: Citation) -> str:
    """The page about the place that is cited."""
    return source_url(citation.document, citation.page, citation.quote, citation.section)


def heading_of(citation: Citation) -> str:
    """The nearest heading above the place that is cited; "" without one."""
    return citation.section.split(SECTION_SEPARATOR)[-1]


def _in_quotes(text: str) -> str:
    return " ".join(text.replace("\\", "").replace('"', "”").split())
