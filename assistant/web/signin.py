"""Chainlit's sign-in, led to ours."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import chainlit as cl
import httpx
from chainlit.config import config
from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from assistant.accounts.mapping import Mapping as RoleMapping
from assistant.accounts.oauth import ENTRA, entra_person, openid_person
from assistant.accounts.people import Person
from assistant.accounts.signin import OAuthSignIn, PasswordSignIn, SignIn, claims_of, person_of
from assistant.errors import AssistantError
from assistant.models import Language
from assistant.web.identity import ADDRESS, LANGUAGE
from assistant.web.tokens import Tokens, in_cookies

_WRONG: Mapping[Language, str] = {
    "da": "Brugernavn eller adgangskode passer ikke.",
    "en": "User name or password does not match.",
}
_TOO_MANY: Mapping[Language, str] = {
    "da": "For mange forsøg. Vent et kvarter, og prøv igen.",
    "en": "Too many tries. Wait a quarter of an hour, and try again.",
}
_FILE_FAULT: Mapping[Language, str] = {
    "da": "Listen over brugere kan ikke læses. Sig det til den, der driver Må vi?.",
    "en": "The list of users cannot be read. Please tell those who run Må vi?.",
}
_LOG = logging.getLogger(__name__)


def register(sign_in: SignIn, tokens: Tokens, provider: str) -> None:
    """Let Chainlit ask `sign_in`; `provider` is the only one that counts for `oauth`."""
    if isinstance(sign_in, PasswordSignIn):
        _register_passwords(sign_in)
    elif isinstance(sign_in, OAuthSignIn):
        _register_oauth(sign_in.mapping, provider)
    else:
        _register_known(tokens)


def _register_known(tokens: Tokens) -> None:
    async def known(headers: Headers) -> cl.User | None:
        """Who `Identity` found out that it is."""
        told = tokens.read(in_cookies(cookie_parser(headers.get("cookie", ""))))
        person = person_of(told.identifier, told.claims or {}, told.name)
        return _chainlit_user(person) if person else None

    cl.header_auth_callback(known)


def _register_passwords(sign_in: PasswordSignIn) -> None:
    async def verified(identifier: str, password: str) -> cl.User:
        address = ADDRESS.get()
        if sign_in.attempts.too_many(identifier, address):
            _LOG.warning("too many wrong passwords for one user, or from %s", address)
            raise HTTPException(401, _TOO_MANY[LANGUAGE.get()])
        try:
            person = await asyncio.to_thread(sign_in.verified, identifier, password, address)
        except AssistantError as error:
            _LOG.error("%s", error)
            raise HTTPException(503, _FILE_FAULT[LANGUAGE.get()]) from error
        if person is None:
            raise HTTPException(401, _WRONG[LANGUAGE.get()])
        return _chainlit_user(person)

    # Set by hand: cl.password_auth_callback would log every wrong password with a traceback.
    config.code.password_auth_callback = verified


def _register_oauth(mapping: RoleMapping, wanted: str) -> None:
    async def known(
        provider: str, token: str, told: Mapping[str, Any], user: cl.User
    ) -> cl.User | None:
        if provider != wanted:
            return None
        try:
            if provider == ENTRA:
                person = await asyncio.to_thread(entra_person, told, token, mapping)
            else:
                person = openid_person(told, mapping)
        except httpx.HTTPError as error:
            _LOG.error("Entra ID does not tell a user's groups: %s", error)
            return None
        return _chainlit_user(person) if person else None

    cl.oauth_callback(known)


def _chainlit_user(person: Person) -> cl.User:
    return cl.User(person.identifier, display_name=person.shown, metadata=claims_of(person))
