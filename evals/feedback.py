"""Thumbs down from the chat as candidate questions: what was asked, and what was answered.

They are candidates only: a person says what the right answer is, in the fields left empty.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UsageError
from evals.questions import Question, in_words

_LONG = 300


class _Cited(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    document: str = ""
    page: int | None = None
    quote: str = ""


class _Feedback(BaseModel):
    """A line of the chat's export; other fields are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    question: str = Field(min_length=1)
    answer: str = ""
    reason: str = ""
    comment: str = ""
    value: int | None = None  # 0 is thumbs down; absent where only those are exported
    citations: tuple[_Cited, ...] = ()


def candidates(path: Path) -> list[Question]:
    """A question for each thumbs down in the JSON lines of `path`, each text once.

    Raises:
        UsageError: the file cannot be read, or a line does not fit.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--feedback {path}: filen kan ikke læses som tekst i UTF-8.") from error
    rows = [_row(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]
    down = {" ".join(row.question.split()): row for row in rows if not row.value}
    return [_candidate(path, n, text, row) for n, (text, row) in enumerate(down.items(), 1)]


def _row(path: Path, number: int, line: str) -> _Feedback:
    try:
        return _Feedback.model_validate_json(line)
    except ValidationError as error:
        raise UsageError(f"--feedback {path}, linje {number}: {in_words(error)}.") from error


def _candidate(path: Path, number: int, text: str, row: _Feedback) -> Question:
    said = " ".join(row.answer.split())
    cited = "; ".join(f"{c.document}, side {c.page}" for c in row.citations if c.document)
    why = " ".join((row.reason or row.comment).split())
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
