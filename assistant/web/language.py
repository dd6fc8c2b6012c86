"""The language of the interface: Danish, and English where the browser asks for it."""

from starlette.requests import Request

from assistant.models import Language

# The names of Chainlit's translations; public/maavi/words.js decides by the same rule.
TRANSLATIONS: dict[Language, str] = {"da": "da-DK", "en": "en-US"}


def interface_language(wanted: str | None) -> Language:
    """The language for a browser whose first wish is `wanted`: a tag ("en-GB") or a whole
    Accept-Language header.
    """
    return "en" if (wanted or "").strip().lower().startswith("en") else "da"


def wanted_language(request: Request) -> Language:
    """The language for the browser that sent `request`."""
    return interface_language(request.headers.get("accept-language"))
