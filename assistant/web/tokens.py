"""The signed token in the cookie that says who someone is; Chainlit makes and reads the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from assistant.accounts.people import Person
from assistant.accounts.signin import claims_of

COOKIE = "access_token"  # or, for a long token, this with _0, _1 … after it
_LASTS = timedelta(hours=12)  # as `user_session_timeout` in .chainlit/config.toml
_SIGNED = "HS256"


@dataclass(frozen=True, slots=True)
class Told:
    """What a token tells of a person."""

    identifier: str = ""
    name: str = ""
    claims: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes and reads tokens with the secret that Chainlit has too."""

    secret: str

    def made_for(self, person: Person) -> str:
        """A token for `person`."""
        now = datetime.now(UTC)
        told = {
            "identifier": person.identifier,
            "display_name": person.shown,
            "metadata": claims_of(person),
            "iat": now,
            "exp": now + _LASTS,
        }
        return jwt.encode(told, self.secret, algorithm=_SIGNED)

    def read(self, token: str) -> Told:
        """What `token` tells; nothing when it is not ours or no longer holds."""
        try:
            told = jwt.decode(
                token, self.secret, algorithms=[_SIGNED], options={"require": ["exp"]}
            )
        except (jwt.InvalidTokenError, ValueError):
            return Told()
        name = str(told.get("display_name") or "")
        return Told(str(told.get("identifier") or ""), name, told.get("metadata") or {})


def in_cookies(cookies: Mapping[str, str]) -> str:
    """The token in a browser's cookies, whole or in pieces; "" when there is none."""
    if whole := cookies.get(COOKIE):
        return whole
    pieces: list[str] = []
    while (piece := cookies.get(f"{COOKIE}_{len(pieces)}")) is not None:
        pieces.append(piece)
    return "".join(pieces)
