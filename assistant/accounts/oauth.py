"""Signing in with Entra ID, or any provider of OpenID Connect, through Chainlit's own providers.

Chainlit reads their settings from environment variables when it is imported; this gives them.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from assistant.accounts.mapping import Mapping as RoleMapping
from assistant.accounts.people import ROLES, Person
from assistant.errors import SettingsError
from assistant.settings import Settings

ENTRA = "azure-ad"  # Chainlit's names for the two
OPENID = "openid"
GRAPH = "https://graph.microsoft.com/v1.0"
_SECONDS = 10.0
_MOST_PAGES = 20
_HERE = ("localhost", "127.0.0.1", "::1")


def chainlit_environment(settings: Settings) -> dict[str, str]:
    """The variables that Chainlit's provider reads.

    Raises:
        SettingsError: a setting is missing, or the provider cannot be asked for its addresses.
    """
    key, secret = settings.oauth_client_id, settings.oauth_client_secret
    missing = [
        name
        for name, value in (
            ("MAAVI_OAUTH_CLIENT_ID", key),
            ("MAAVI_OAUTH_CLIENT_SECRET", secret),
            ("MAAVI_OAUTH_TENANT (Entra ID) eller MAAVI_OAUTH_ISSUER", _one_provider(settings)),
        )
        if not value
    ]
    if missing or key is None or secret is None:
        raise SettingsError(f"MAAVI_AUTH=oauth mangler {' og '.join(missing)}.")
    if settings.oauth_tenant:
        return {
            "OAUTH_AZURE_AD_CLIENT_ID": key,
            "OAUTH_AZURE_AD_CLIENT_SECRET": secret.get_secret_value(),
            "OAUTH_AZURE_AD_TENANT_ID": settings.oauth_tenant,
            "OAUTH_AZURE_AD_ENABLE_SINGLE_TENANT": "true",  # nobody from elsewhere
        }
    return {
        "OAUTH_GENERIC_NAME": OPENID,
        "OAUTH_GENERIC_CLIENT_ID": key,
        "OAUTH_GENERIC_CLIENT_SECRET": secret.get_secret_value(),
        "OAUTH_GENERIC_SCOPES": "openid profile email",
        "OAUTH_GENERIC_USER_IDENTIFIER": "email",
        **_discovered(str(settings.oauth_issuer)),
    }


def provider_of(settings: Settings) -> str:
    """Chainlit's name for the provider that the settings name."""
    return ENTRA if settings.oauth_tenant else OPENID


def openid_person(told: Mapping[str, Any], mapping: RoleMapping) -> Person | None:
    """Who the provider's userinfo tells of, by their mail address; None without one, or with one
    that the provider says it has not checked. Claims `roles` and `groups` count where they are.
    """
    mail = str(told.get("email") or "").strip().lower()
    if not mail or told.get("email_verified") is False:
        return None
    wanted = {name.casefold() for name in _texts(told.get("roles"))}
    roles = [role for role in ROLES if role.casefold() in wanted]
    return mapping.person(mail, str(told.get("name") or ""), roles, _texts(told.get("groups")))


def entra_person(
    told: Mapping[str, Any], token: str, mapping: RoleMapping, graph: str = GRAPH
) -> Person | None:
    """Who Microsoft Graph's `/me` tells of, by their user principal name, with the ids of their
    groups, which `token` gives the right to read.

    Raises:
        httpx.HTTPError: Graph does not tell the groups.
    """
    name = str(told.get("userPrincipalName") or "").strip().lower()
    if not name:
        return None
    groups = _entra_groups(token, graph)
    return mapping.person(name, str(told.get("displayName") or ""), (), groups)


def _entra_groups(token: str, graph: str) -> list[str]:
    groups: list[str] = []
    address: str | None = f"{graph}/me/memberOf?$select=id&$top=999"
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=_SECONDS) as client:
        for _ in range(_MOST_PAGES):
            if address is None or not address.startswith(graph):
                break
            page = client.get(address).raise_for_status().json()
            groups += [str(row["id"]) for row in page.get("value", ()) if "id" in row]
            address = page.get("@odata.nextLink")
    return groups


def _one_provider(settings: Settings) -> str | None:
    if settings.oauth_tenant and settings.oauth_issuer:
        raise SettingsError(
            "MAAVI_OAUTH_TENANT og MAAVI_OAUTH_ISSUER er begge sat. Behold MAAVI_OAUTH_TENANT til "
            "Entra ID, eller MAAVI_OAUTH_ISSUER til en anden udbyder."
        )
    return settings.oauth_tenant or settings.oauth_issuer


def _discovered(issuer: str) -> dict[str, str]:
    """The provider's addresses (OpenID Connect Discovery 1.0)."""
    place = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        told = httpx.get(place, timeout=_SECONDS).raise_for_status().json()
        found = {
            name: str(told[key])
            for name, key in (
                ("OAUTH_GENERIC_AUTH_URL", "authorization_endpoint"),
                ("OAUTH_GENERIC_TOKEN_URL", "token_endpoint"),
                ("OAUTH_GENERIC_USER_INFO_URL", "userinfo_endpoint"),
            )
        }
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"MAAVI_OAUTH_ISSUER={issuer}: udbyderen kan ikke spørges om sine adresser "
            f"({type(error).__name__}: {error}). Se efter, at {place} kan åbnes fra maskinen."
        ) from error
    if open_ := [url for url in (issuer, *found.values()) if not _is_safe(url)]:
        raise SettingsError(f"MAAVI_OAUTH_ISSUER: {open_[0]} skal begynde med https://.")
    return found


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in _HERE


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [part for part in value.replace(",", " ").split() if part]
    return [str(part) for part in value] if isinstance(value, list) else []
