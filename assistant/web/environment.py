"""What must be in place before Chainlit is imported, and before anyone is let in."""

import os
from ipaddress import ip_address
from pathlib import Path

from assistant.accounts.oauth import chainlit_environment
from assistant.accounts.secret import kept_secret
from assistant.errors import SettingsError
from assistant.settings import Settings

# What Chainlit would switch a provider, a data layer or itself on by; our settings alone count.
_FOREIGN = ("OAUTH_", "DATABASE_URL", "LITERAL_API_KEY", "CHAINLIT_")


def check_openness(settings: Settings, host: str) -> None:
    """Let nobody in by mistake.

    Raises:
        SettingsError: there is no sign-in, and others than this machine could reach `host`.
    """
    if settings.auth == "none" and not settings.auth_open and not _is_loopback(host):
        raise SettingsError(
            f"--host {host or '(alle adresser)'}: uden login svarer Må vi? kun på maskinen selv "
            "(--host localhost). Sæt MAAVI_AUTH til password, header eller oauth, så brugerne "
            "logger ind; eller sæt MAAVI_AUTH_OPEN=true, hvis alle, der kan nå maskinen, må bruge "
            "den som gæster."
        )


def prepare_chainlit(settings: Settings, root: Path) -> str:
    """Set the variables that Chainlit reads when it is imported; returns the secret that tokens
    are signed with.

    Raises:
        SettingsError: the secret cannot be kept, or the provider of `oauth` lacks something.
    """
    for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
        del os.environ[name]
    os.environ["CHAINLIT_APP_ROOT"] = str(root)
    given = settings.auth_secret
    secret = given.get_secret_value() if given else kept_secret(settings.state / "auth-secret")
    os.environ["CHAINLIT_AUTH_SECRET"] = secret
    if settings.url:
        os.environ["CHAINLIT_URL"] = settings.url
    if settings.auth == "oauth":
        os.environ.update(chainlit_environment(settings))
    return secret


def _is_loopback(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False
