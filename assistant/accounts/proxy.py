"""Who a trusted proxy says that someone is."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from assistant.accounts.mapping import Mapping
from assistant.accounts.people import Person, roles_named
from assistant.errors import SettingsError, UsageError

Network = IPv4Network | IPv6Network
Header = Callable[[str], str]  # the value of a header by its name, "" where it is missing


def networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks in `text`, with commas between them.

    Raises:
        SettingsError: one of them is neither.
    """
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(
            f"MAAVI_PROXIES={text} kan ikke bruges; der skal stå adresser eller net med komma "
            "imellem, fx 127.0.0.1,10.1.0.0/16."
        ) from error


def among(address: str, trusted: tuple[Network, ...]) -> bool:
    """Whether `address` is in one of the networks."""
    try:
        found = ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in trusted)


@dataclass(frozen=True, slots=True)
class ProxyHeaders:
    """The headers in which the proxy names the user, and who they are here."""

    user: str
    name: str
    groups: str
    roles: str
    mapping: Mapping

    def person(self, header: Header) -> Person | None:
        """The user; None when the proxy named none, or gave a role that does not exist."""
        identifier = _readable(header(self.user)).strip()
        if not identifier:
            return None
        try:
            roles = roles_named(_parts(header(self.roles)), self.roles)
        except UsageError:
            return None
        name = _readable(header(self.name)).strip()
        return self.mapping.person(identifier, name, roles, _parts(header(self.groups)))


def _parts(value: str) -> list[str]:
    return [part.strip() for part in _readable(value).replace(";", ",").split(",") if part.strip()]


def _readable(value: str) -> str:
    """Headers travel as Latin-1; proxies put UTF-8 into them."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
