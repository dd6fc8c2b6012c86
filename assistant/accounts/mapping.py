"""The file that gives users, and groups of another system, their roles and groups here.

[users."anna@kommunen.example"]
roles = ["redaktør"]

[groups."8f2c1c5e-…"]        # a group as the proxy or Entra ID names it
roles = ["hr"]
groups = ["ledelse"]         # groups of documents.toml
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.accounts.people import Person, Role
from assistant.errors import SettingsError


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    roles: tuple[Role, ...] = ()
    groups: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    users: dict[str, _Given] = {}
    groups: dict[str, _Given] = {}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the file gives; with no file, a group counts under its own name and gives no role."""

    users: dict[str, _Given] = field(default_factory=dict)
    groups: dict[str, _Given] = field(default_factory=dict)
    given: bool = False

    def person(
        self, identifier: str, name: str, roles: Iterable[Role], groups: Iterable[str]
    ) -> Person:
        """Who `identifier` is here, with `roles` from elsewhere and in `groups` of elsewhere."""
        groups = list(groups)
        rows = [self.groups[group] for group in groups if group in self.groups]
        if (own := self.users.get(identifier.casefold())) is not None:
            rows.append(own)
        kept = [] if self.given else groups
        return Person(
            identifier,
            name,
            frozenset(roles).union(*(row.roles for row in rows)),
            frozenset(kept).union(*(row.groups for row in rows)),
        )


def read_mapping(path: Path | None) -> Mapping:
    """The mapping in the file `path`; the empty one for None.

    Raises:
        SettingsError: the file is not there, or has a fault.
    """
    if path is None:
        return Mapping()
    try:
        rows = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(
            f"MAAVI_AUTH_ROLES={path}: kan ikke læses ({error.strerror})."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: kan ikke læses som TOML: {error}. Ret filen.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise SettingsError(f"{path}: {place} er forkert ({fault['msg']}). Ret filen.") from error
    return Mapping({k.casefold(): v for k, v in rows.users.items()}, rows.groups, given=True)
