"""Thumbs down from the chat as candidate questions: what was asked, and what was answered.

They are candidates only: a person says what the right answer is, in the fields left empty.
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import UsageError
from evals.questions import Question, in_words

_LONG = 300


class _Cited(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    document: str = ""
    page: int | None = None
    quote: str = ""


class _Feedback(BaseModel):
    """A line of `maavi feedback export`; other fields are left alone, and a thumb that was given
    to something else than an answer has no question.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    question: str
    answer: str = ""
    reason: str = ""
    comment: str = ""
    value: Literal["op", "ned"] = "ned"
    citations: tuple[_Cited, ...] = ()


def candidates(path: Path) -> list[Question]:
    """A question for each thumbs down in the JSON lines of `path`, each text once.

    Raises:
        UsageError: the file cannot be read, or a line does not fit.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--feedback {path}: filen mangler eller er ikke i UTF-8.") from error
    rows = [_row(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]
    down = {" ".join(row.question.split()): row for row in rows if _is_down(row)}
    return [_candidate(path, n, text, row) for n, (text, row) in enumerate(down.items(), 1)]


def _is_down(row: _Feedback) -> bool:
    return row.value == "ned" and bool(row.question.strip())


def _row(path: Path, number: int, line: str) -> _Feedback:
    try:
        return _Feedback.model_validate_json(line)
    except ValidationError as error:
        raise UsageError(f"--feedback {path}, linje {number}: {in_words(error)}.") from error


def _candidate(path: Path, number: int, text: str, row: _Feedback) -> Question:
    said = " ".join(row.answer.split())
    cited = "; ".join(f"{c.document}, side {c.page}" for c in row.citations if c.document)
    why = ", ".join(" ".join(said.split()) for said in (row.reason, row.comment) if said.strip())
    parts = (
        f"tommel ned: {why}" if why else "tommel ned",
        f"svaret var: {said[:_LONG]}" if said else "",
        f"med henvisning til {cited}" if cited else "",
    )
    return Question(
        id=f"{path.stem}-{number}",
        question=text,
        answerable=True,
        tags=("tommel ned", "udkast"),
        reason="; ".join(part for part in parts if part),
    )
