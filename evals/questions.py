"""Question sets: JSON lines of questions with what a right answer holds."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

SETS = Path(__file__).parent / "questions"


class Item(BaseModel):
    """One question. `where` lists the places that answer it, as (file, page); a file of ""
    stands for whatever document is there. Every one of `facts` must be in a right answer; "a|b"
    accepts either.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    history: list[str] = []
    answerable: bool
    where: list[tuple[str, int]] = []
    facts: list[str] = []
    tags: list[str] = []
    reason: str = ""

    @model_validator(mode="before")
    @classmethod
    def _page_alone(cls, row: dict[str, Any]) -> dict[str, Any]:
        """A set about one document gives pages only."""
        if "page" not in row:
            return {**row, "where": row.get("where") or []}
        pages = row.pop("page")
        listed = pages if isinstance(pages, list) else [pages]
        return {**row, "where": [("", page) for page in listed if page is not None]}


def read_set(path: Path) -> list[Item]:
    """The questions of one file.

    Raises:
        ValueError: a line does not fit; the message names file, line and fault.
    """
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            items.append(Item.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
    return items
