"""The file with the users of `MAAVI_AUTH=password`: argon2 hashes, never a password."""

import hashlib
import json
import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.accounts.people import Person, Role
from assistant.errors import SettingsError, UsageError

SHORTEST = 10  # characters of a password
LONGEST = 1_000  # more would only cost the server time
_NAME = re.compile(r"[\w.@+-]{1,100}")
_HASHER = PasswordHasher()
# Verified for a name that is not there, so that the time does not tell which names are.
_NOBODY = _HASHER.hash(os.urandom(16))


class Account(BaseModel):
    """One user of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hash: Annotated[str, Field(pattern=r"^\$argon2id\$")]
    name: str = ""
    roles: tuple[Role, ...] = ()
    groups: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    users: dict[str, Account] = {}


class PasswordFile:
    """The users at `path`; what others change in it counts at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, int, int], Mapping[str, Account]] | None = None

    def accounts(self) -> Mapping[str, Account]:
        """All users by name; none where there is no file.

        Raises:
            SettingsError: the file cannot be read.
        """
        with self._lock:
            try:
                stat = self.path.stat()
            except FileNotFoundError:
                return {}
            except OSError as error:
                raise SettingsError(f"{self.path}: kan ikke læses ({error.strerror}).") from error
            version = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if self._read is None or self._read[0] != version:
                self._read = version, _parsed(self.path)
            return self._read[1]

    def person(self, identifier: str) -> Person | None:
        """The user called `identifier`; None when there is none (any more)."""
        account = self.accounts().get(identifier)
        if account is None:
            return None
        roles, groups = frozenset(account.roles), frozenset(account.groups)
        proof = hashlib.sha256(account.hash.encode()).hexdigest()[:16]
        return Person(identifier, account.name, roles, groups, proof=proof)

    def verified(self, identifier: str, password: str) -> Person | None:
        """The user, when the password is theirs. Takes about 50 ms, right or wrong."""
        account = self.accounts().get(identifier)
        fits = _fits(account.hash if account else _NOBODY, password)
        return self.person(identifier) if account and fits else None

    def put(self, identifier: str, account: Account) -> None:
        """Add or replace a user."""
        with self._changing() as users:
            users[identifier] = account

    def remove(self, identifier: str) -> None:
        """Take a user out; they are signed out at once.

        Raises:
            UsageError: there is no such user.
        """
        with self._changing() as users:
            if users.pop(identifier, None) is None:
                raise UsageError(f"{identifier}: brugeren findes ikke i {self.path}.")

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self.path}.lock"):
            users = dict(self.accounts())
            yield users
            _write(self.path, _File(users=dict(sorted(users.items()))).model_dump_json(indent=1))


def hashed(password: str) -> str:
    """The argon2id hash of `password`.

    Raises:
        UsageError: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"Adgangskoden skal være på mindst {SHORTEST} tegn (og højst {LONGEST}). Vælg en anden."
        )
    return _HASHER.hash(password)


def checked_name(identifier: str) -> str:
    """`identifier`, when it can be a user's name.

    Raises:
        UsageError: it cannot.
    """
    if not _NAME.fullmatch(identifier):
        raise UsageError(
            f"{identifier!r} kan ikke være et brugernavn; brug bogstaver, tal og . @ + - _ "
            "(højst 100 tegn)."
        )
    return identifier


def _fits(expected: str, password: str) -> bool:
    try:
        return len(password) <= LONGEST and _HASHER.verify(expected, password)
    except (Argon2Error, InvalidHashError, UnicodeEncodeError):
        return False


def _parsed(path: Path) -> Mapping[str, Account]:
    try:
        return _File.model_validate_json(path.read_bytes()).users
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"])) or "filen"
        raise SettingsError(
            f"{path}: {place} er ikke i orden ({fault['msg']}). "
            "Ret filen, eller flyt den, og kør `maavi user add` igen."
        ) from error
    except OSError as error:
        raise SettingsError(f"{path}: kan ikke læses ({error.strerror}).") from error


def _write(path: Path, text: str) -> None:
    """In one step, readable by the owner only."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n")
    Path(name).replace(path)
