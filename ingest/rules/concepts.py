"""Concepts as a TOML file says them: those that come with Må vi?, and a municipality's own."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import CorpusError
from ingest.rules.model import CONDITION, Kind

EXTENSION = "begreber.toml"  # a municipality's own, beside its PDFs
KINDS: tuple[str, ...] = get_args(Kind)
_ALL_KINDS = (*KINDS, CONDITION)


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    names: list[str] = []
    under: list[str] = []


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that rules are about; `id` is its kind and its key ("tool.chatgpt")."""

    id: str
    names: tuple[str, ...]
    under: tuple[str, ...]

    @property
    def label(self) -> str:
        """How it is shown."""
        return self.names[0].strip("*~^")


def shipped_concepts() -> list[Concept]:
    """The concepts that come with Må vi?."""
    shipped = resources.files("ingest.rules").joinpath(EXTENSION)
    return _concepts(shipped.read_text(encoding="utf-8"), EXTENSION)


def read_extension(path: Path) -> list[Concept]:
    """The concepts of a municipality's own file.

    Raises:
        CorpusError: it cannot be read.
    """
    try:
        return _concepts(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: kan ikke læses ({type(error).__name__}).") from error


def _concepts(text: str, source: str) -> list[Concept]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{source}: er ikke gyldig TOML ({error}).") from error
    unknown = sorted(set(data) - set(_ALL_KINDS))
    if unknown:
        raise CorpusError(
            f"{source}: [{unknown[0]}.…] kendes ikke; brug {', '.join(_ALL_KINDS)} som første led."
        )
    return [c for kind in data for c in _of_kind(kind, data[kind], source)]


def _of_kind(kind: str, rows: object, source: str) -> Sequence[Concept]:
    if not isinstance(rows, dict):
        raise CorpusError(f"{source}: skriv [{kind}.navn] og derunder names = [...].")
    concepts = []
    for key, row in rows.items():
        try:
            read = _Row.model_validate(row)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(map(str, fault["loc"])) or key
            raise CorpusError(f"{source}: [{kind}.{key}]: {place}: {fault['msg']}.") from error
        if any(not name.strip("*~^ ") for name in read.names):
            raise CorpusError(f"{source}: [{kind}.{key}]: et navn i names er tomt.")
        under = tuple(f"{kind}.{parent}" for parent in read.under)
        concepts.append(Concept(f"{kind}.{key}", _with_ki(read.names), under))
    return concepts


def _with_ki(names: Sequence[str]) -> tuple[str, ...]:
    """`names`, with "KI-værktøj" beside "AI-værktøj": some documents say it the Danish way."""
    danish = (f"KI{name[2:]}" for name in names if name == "AI" or name.startswith("AI-"))
    return tuple(dict.fromkeys((*names, *danish)))
