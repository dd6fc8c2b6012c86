"""A passage: a piece of one document that is retrieved and cited."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one page; `text` is the page's text from `start` to `end`.

    `context` is the sentence that introduces the list it goes on with, on page `context_page`.
    `tail` is the rest, on the next page, of a sentence that the page cuts; the first `lead`
    characters of `text` are such a rest. `rows` maps a table row as it reads to the row as it
    stands on the page.
    """

    id: str
    document: str
    page: int
    page_label: str
    section: tuple[str, ...]
    text: str
    start: int
    end: int
    context: str = ""
    context_page: int = 0
    tail: str = ""
    lead: int = 0
    rows: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Passage":
        """The inverse of `to_json`."""
        rows = tuple((a, b) for a, b in row["rows"])
        return cls(**{**row, "section": tuple(row["section"]), "rows": rows})
