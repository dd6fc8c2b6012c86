"""`documents.toml`: which PDFs there are and what is known of each."""

import re
import tomllib
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ingest.errors import CorpusError

REGISTER = "documents.toml"
Kind = Literal["lov", "politik", "notat", "vejledning", "kursus"]
KINDS: tuple[Kind, ...] = get_args(Kind)
DEFAULT_KIND: Kind = "politik"


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF of the corpus with its row in the register; `title` may be empty until it is read."""

    file: str
    title: str = ""
    kind: Kind = DEFAULT_KIND
    owner: str = ""
    version: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    review_by: date | None = None
    contact: str = ""
    groups: tuple[str, ...] | None = None

    def valid_on(self, day: date) -> bool:
        """Whether answers on `day` may use the document."""
        return not (
            (self.valid_from and day < self.valid_from)
            or (self.valid_until and day > self.valid_until)
        )

    @property
    def standing(self) -> tuple[int, str]:
        """What decides between documents that disagree, higher first: the kind, then the date."""
        return len(KINDS) - KINDS.index(
            self.kind
        ), self.valid_from.isoformat() if self.valid_from else ""

    def titled(self, title: str) -> "Document":
        """The same document, with `title` where the register gave none."""
        return self if self.title else replace(self, title=title)

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Document":
        """The inverse of `to_json`."""
        days = {k: date.fromisoformat(row[k]) if row[k] else None for k in _DAYS}
        groups = row["groups"]
        return cls(**{**row, **days, "groups": tuple(groups) if groups is not None else None})


_DAYS = ("valid_from", "valid_until", "review_by")
_Text = Annotated[str, Field(strict=True)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    file: _Text
    title: _Text = ""
    kind: Kind = DEFAULT_KIND
    owner: _Text = ""
    version: _Text = ""
    valid_from: date | None = None
    valid_until: date | None = None
    review_by: date | None = None
    contact: _Text = ""
    groups: list[_Text] | None = None

    @field_validator("file")
    @classmethod
    def _in_the_folder(cls, file: str) -> str:
        if not file or Path(file).name != file or "\\" in file:
            raise ValueError("skal være navnet på en fil i samme mappe")
        return file


def read_register(corpus: Path) -> list[Document]:
    """The documents of the folder `corpus`, in the register's order; without a register one for
    each PDF in it, by name.

    Raises:
        CorpusError: no such folder, or a register with a fault (file, line and remedy named).
    """
    if not corpus.is_dir():
        raise CorpusError(f"{corpus}: mappen findes ikke. Angiv en mappe med PDF'er.")
    path = corpus / REGISTER
    if not path.exists():
        return [Document(file=name) for name in pdf_names(corpus)]
    rows = _rows(path)
    names = [row.file for row in rows]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise _fault(path, at, "file", f'"{name}" står to gange; behold den ene')
    return [
        Document(**{**dict(row), "groups": tuple(row.groups) if row.groups is not None else None})
        for row in rows
    ]


def pdf_names(corpus: Path) -> list[str]:
    """Names of the files in `corpus` that end in .pdf, sorted."""
    return sorted(p.name for p in corpus.iterdir() if p.suffix.lower() == ".pdf")


def _rows(path: Path) -> list[_Row]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CorpusError(
            f"{path}: kan ikke læses som TOML: {error}. Ret filen, og prøv igen."
        ) from error
    for key in data:
        if key != "document":
            raise CorpusError(
                f"{path}, linje {_line_of(path, key)}: ukendt nøgle `{key}`; "
                "filen må kun have [[document]]-tabeller."
            )
    tables = data.get("document", [])
    if not isinstance(tables, list):
        raise CorpusError(
            f"{path}: skriv [[document]] med to klammer, en tabel for hvert dokument."
        )
    return [_row(path, at, table) for at, table in enumerate(tables)]


def _row(path: Path, at: int, table: dict[str, Any]) -> _Row:
    try:
        return _Row.model_validate(table)
    except ValidationError as error:
        fault = error.errors()[0]
        key = str(fault["loc"][0]) if fault["loc"] else ""
        raise _fault(path, at, key, _in_words(key, fault["type"], fault["msg"])) from error


def _in_words(key: str, kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return f"ukendt nøgle `{key}`; nøglerne er {', '.join(_Row.model_fields)}"
    if kind == "missing":
        return f"`{key}` mangler; alle dokumenter skal have den"
    if kind.startswith("date"):
        return f"`{key}` skal være en dato som 2026-01-14"
    if kind == "literal_error":
        return f"`{key}` skal være en af {', '.join(KINDS)}"
    if kind == "value_error":
        return f"`{key}` {message.removeprefix('Value error, ')}"
    return f"`{key}` har en værdi af en forkert slags"


def _fault(path: Path, at: int, key: str, what: str) -> CorpusError:
    return CorpusError(f"{path}, linje {_line_of(path, key, at)}: {what}.")


def _line_of(path: Path, key: str, at: int | None = None) -> int:
    """Line of `key` in the table number `at` (from 0), of the table's head when it lacks it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = [n for n, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*document\s*\]\]", line)]
    first = 1 if at is None or at >= len(heads) else heads[at]
    last = len(lines) if at is None or at + 1 >= len(heads) else heads[at + 1] - 1
    wanted = re.compile(rf"\s*\[*[\"']?{re.escape(key)}[\"']?\s*[=\].]")
    return next((n for n in range(first, last + 1) if wanted.match(lines[n - 1])), first)
