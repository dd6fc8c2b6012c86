"""Question sets: JSON lines of questions with what a right answer holds and where it stands."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import UsageError
from assistant.models import Verdict

SETS = Path(__file__).parent / "questions"
# Sets of other things than questions have a form of their own (evals/questions/README.md).
OTHERS = ("rules", "claims", "pairs")


class Gold(BaseModel):
    """A place that answers the question: a verbatim quote, a page (from 1), or both. A document
    of "" stands for whatever document is there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str = ""
    quote: str = ""
    page: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _says_where(self) -> "Gold":
        if not self.quote.strip() and self.page is None:
            raise ValueError("quote eller page skal være udfyldt")
        return self


class Nugget(BaseModel):
    """A fact of a right answer, in any of its wordings; a vital one must be there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    any_of: tuple[str, ...] = Field(min_length=1)
    vital: bool = True


class Question(BaseModel):
    """One question. `corpus` names its documents (evals/corpora.py), "" those of the settings;
    `verdict` is None for a question of fact, and where nothing settles it; `gold` is every place
    that does; a right answer has none of `must_not`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    corpus: str = ""
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()
    language: Literal["da", "en"] = "da"
    answerable: bool
    verdict: Verdict | None = None
    gold: tuple[Gold, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    must_not: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    reason: str = ""

    @property
    def vital(self) -> tuple[Nugget, ...]:
        """The nuggets that must be in a right answer."""
        return tuple(n for n in self.nuggets if n.vital)

    @model_validator(mode="after")
    def _agrees(self) -> "Question":
        if not self.answerable and (self.verdict or self.gold or self.nuggets):
            raise ValueError("answerable er false, og så er verdict, gold og nuggets tomme")
        return self


def read_questions(path: Path) -> list[Question]:
    """The questions of one file.

    Raises:
        UsageError: it cannot be read, or a line does not fit; the message names line and fault.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: filen kan ikke læses som tekst i UTF-8.") from error
    found = [_question(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise UsageError(f"{path}: der er ingen spørgsmål i filen.")
    return found


def question_sets(half: Literal["tuning", "reporting"]) -> list[Path]:
    """The files of questions of one half, in order."""
    found = sorted(SETS.glob(f"*.{half}.jsonl"))
    return [path for path in found if not path.name.startswith(OTHERS)]


def unique(questions: Iterable[Question]) -> list[Question]:
    """The questions as they are.

    Raises:
        UsageError: two of them have the same id; answers could not be told apart.
    """
    seen: dict[str, Question] = {}
    for question in questions:
        if question.id in seen:
            raise UsageError(f'id "{question.id}" er brugt til to spørgsmål.')
        seen[question.id] = question
    return list(seen.values())


def write_questions(path: Path, questions: Sequence[Question]) -> None:
    """The inverse of `read_questions`; fields that are as they are by default are left out."""
    with path.open("w", encoding="utf-8") as file:
        for question in questions:
            row = question.model_dump(exclude_defaults=True)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _question(path: Path, number: int, line: str) -> Question:
    try:
        return Question.model_validate_json(line)
    except ValidationError as error:
        raise UsageError(f"{path}, linje {number}: {in_words(error)}.") from error


_WORDS = {
    "missing": "mangler",
    "extra_forbidden": "kendes ikke",
    "json_invalid": "linjen er ikke gyldig JSON",
    "string_too_short": "er tom",
}


def in_words(error: ValidationError) -> str:
    """The first fault that pydantic found, in Danish where it is one of the usual ones."""
    fault = error.errors()[0]
    place = ".".join(map(str, fault["loc"]))
    said = _WORDS.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
    return f"{place}: {said}" if place else said
