"""Passages to read rules from, without a PDF around them."""

from ingest.passages import Passage


def passage(text: str, *section: str) -> Passage:
    """A passage of paragraphs and list items under these headings."""
    return Passage("id", "a.pdf", 1, "1", section, text, 0, len(text))


def table(text: str, *section: str) -> Passage:
    """A passage whose every line is a table row as it reads."""
    rows = tuple((line, line) for line in text.split("\n"))
    return Passage("id", "a.pdf", 1, "1", section, text, 0, len(text), rows=rows)
