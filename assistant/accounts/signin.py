"""The ways to sign in, one class for each value of `MAAVI_AUTH`."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.accounts.attempts import Attempts
from assistant.accounts.mapping import Mapping as RoleMapping
from assistant.accounts.mapping import read_mapping
from assistant.accounts.passwords import PasswordFile
from assistant.accounts.people import Person, roles_named
from assistant.accounts.proxy import Header, Network, ProxyHeaders, among, networks
from assistant.errors import SettingsError, UsageError
from assistant.settings import Settings

Claims = Mapping[str, Any]  # what a person's token says of them: "roles" and "groups"
LOCAL = Person("lokal", "Lokal bruger", everything=True)
_GUEST = "gæst-"


@dataclass(frozen=True, slots=True)
class NoSignIn:
    """`none`: the one at the machine or, where it is open, everyone as a guest of their own."""

    open: bool

    def connected(self, address: str, header: Header) -> Person | None:
        """Who asks, as the connection itself tells."""
        return None if self.open else LOCAL

    def recalled(self, identifier: str, claims: Claims) -> Person | None:
        """Who a token of ours was made for."""
        guest = self.open and identifier.startswith(_GUEST)
        return Person(identifier, "Gæst") if guest else None

    def still(self, identifier: str, claims: Claims) -> Person | None:
        """Who someone in an open chat is, whose token said this when they opened it."""
        return self.recalled(identifier, claims) if self.open else LOCAL

    def newcomer(self) -> Person | None:
        """Who someone is that no token tells of."""
        return Person(_GUEST + secrets.token_hex(16), "Gæst") if self.open else None


@dataclass(frozen=True, slots=True)
class HeaderSignIn:
    """`header`: whoever the trusted proxy says; nobody else's word counts."""

    proxies: tuple[Network, ...]
    headers: ProxyHeaders

    def connected(self, address: str, header: Header) -> Person | None:
        """Who asks, as the connection itself tells."""
        return self.headers.person(header) if among(address, self.proxies) else None

    def recalled(self, identifier: str, claims: Claims) -> Person | None:
        """Nobody: a token outlives what the proxy says."""
        return None

    def still(self, identifier: str, claims: Claims) -> Person | None:
        """Who someone in an open chat is, whose token said this when they opened it."""
        return person_of(identifier, claims)

    def newcomer(self) -> Person | None:
        """Nobody."""
        return None


@dataclass(frozen=True, slots=True)
class PasswordSignIn:
    """`password`: the users of the file; who is taken out of it is out at once."""

    users: PasswordFile
    attempts: Attempts

    def connected(self, address: str, header: Header) -> Person | None:
        """Nobody: a connection has no password."""
        return None

    def recalled(self, identifier: str, claims: Claims) -> Person | None:
        """Who a token of ours was made for, unless their password has been changed since."""
        person = self.users.person(identifier)
        return person if person and person.proof == claims.get("proof") else None

    still = recalled

    def newcomer(self) -> Person | None:
        """Nobody."""
        return None

    def verified(self, identifier: str, password: str, address: str) -> Person | None:
        """The user, when the password is theirs; a wrong one is counted."""
        person = self.users.verified(identifier, password)
        if person is None:
            self.attempts.failed(identifier, address)
        else:
            self.attempts.succeeded(identifier)
        return person


@dataclass(frozen=True, slots=True)
class OAuthSignIn:
    """`oauth`: whoever Entra ID or another provider says, for as long as the token lasts."""

    mapping: RoleMapping

    def connected(self, address: str, header: Header) -> Person | None:
        """Nobody: the provider has to be asked first."""
        return None

    def recalled(self, identifier: str, claims: Claims) -> Person | None:
        """Who a token of ours was made for."""
        return person_of(identifier, claims)

    still = recalled

    def newcomer(self) -> Person | None:
        """Nobody."""
        return None


SignIn = NoSignIn | HeaderSignIn | PasswordSignIn | OAuthSignIn


def sign_in(settings: Settings) -> SignIn:
    """The way to sign in that the settings name.

    Raises:
        SettingsError: it lacks a setting that it needs, or one of its files has a fault.
    """
    proxies = networks(settings.proxies or "")
    if settings.auth == "none":
        return NoSignIn(settings.auth_open)
    if settings.auth == "password":
        users = PasswordFile(settings.users_file)
        users.accounts()  # a fault in the file is told now, not to the first who signs in
        return PasswordSignIn(users, Attempts())
    mapping = read_mapping(settings.auth_roles)
    if settings.auth == "oauth":
        return OAuthSignIn(mapping)
    if not proxies:
        raise SettingsError(
            "MAAVI_AUTH=header kræver MAAVI_PROXIES: adressen på den proxy, der logger brugerne "
            "ind, fx MAAVI_PROXIES=127.0.0.1. Headere fra andre adresser tror Må vi? ikke på."
        )
    headers = ProxyHeaders(
        settings.auth_header_user,
        settings.auth_header_name,
        settings.auth_header_groups,
        settings.auth_header_roles,
        mapping,
    )
    return HeaderSignIn(proxies, headers)


def claims_of(person: Person) -> dict[str, Any]:
    """What a person's token says of them."""
    return {
        "roles": sorted(person.roles),
        "groups": sorted(person.groups),
        "proof": person.proof,
    }


def person_of(identifier: str, claims: Claims, name: str = "") -> Person | None:
    """The inverse of `claims_of`; None for nobody, or a role that no longer exists."""
    if not identifier:
        return None
    try:
        roles = roles_named(claims.get("roles", ()), "token")
    except UsageError:
        return None
    return Person(identifier, name, roles, frozenset(claims.get("groups", ())))
