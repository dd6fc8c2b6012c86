"""People, their roles, and which documents they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.errors import UsageError
from ingest.register import Document

Role = Literal["medarbejder", "underviser", "hr", "redaktør"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Access:
    """Which documents may be used: those without groups, and those of one of `groups`; None is
    everything.
    """

    groups: frozenset[str] | None

    def sees(self, document: Document) -> bool:
        """Whether `document` may be searched, cited and opened."""
        if self.groups is None or document.groups is None:
            return True
        return not self.groups.isdisjoint(document.groups)


EVERYTHING = Access(None)  # for the command line: whoever runs it has the PDFs anyway
PUBLIC = Access(frozenset())


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is signed in. Everyone is a medarbejder; `everything` is the one at the machine
    itself, who needs no groups and no roles; `proof` changes when their password does.
    """

    identifier: str
    name: str = ""
    roles: frozenset[Role] = frozenset()
    groups: frozenset[str] = frozenset()
    everything: bool = False
    proof: str = ""

    @property
    def access(self) -> Access:
        """Which documents they may see; a role counts as a group of the same name."""
        return EVERYTHING if self.everything else Access(self.groups | self.roles | _EVERYONE)

    @property
    def shown(self) -> str:
        """What they are called on a page."""
        return self.name or self.identifier

    def has(self, *roles: Role) -> bool:
        """Whether they have one of `roles`."""
        return self.everything or "medarbejder" in roles or not self.roles.isdisjoint(roles)


_EVERYONE: frozenset[str] = frozenset(("medarbejder",))


def roles_named(names: Iterable[str], place: str) -> frozenset[Role]:
    """The roles called `names`, in any case.

    Raises:
        UsageError: there is no such role; `place` is where the name stands.
    """
    known = {role.casefold(): role for role in ROLES}
    wanted = [name.strip() for name in names if name.strip()]
    for name in wanted:
        if name.casefold() not in known:
            raise UsageError(f"{place}: rollen {name} findes ikke. Roller: {', '.join(ROLES)}.")
    return frozenset(known[name.casefold()] for name in wanted)
