"""Sign-in by a proxy's headers and by OpenID Connect, against a server that is really run."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import socketio.exceptions

from tests.browser.accounts import OPEN, refused_at_start
from tests.browser.chatserver import ChatServer, running
from tests.browser.openid import CLIENT, OpenId, openid_provider
from tests.browser.socketchat import SocketChat

# header


def test_the_header_of_a_trusted_proxy(index: Path, corpus: Path, tmp_path: Path) -> None:
    roles = tmp_path / "roller.toml"
    roles.write_text('[groups.G-17]\nroles = ["redaktør"]\n', encoding="utf-8")
    settings = {
        "MAAVI_AUTH": "header",
        "MAAVI_PROXIES": "127.0.0.1,::1",
        "MAAVI_AUTH_ROLES": str(roles),
        "MAAVI_DATABASE_URL": f"sqlite:///{tmp_path}/maavi.db",
    }
    anna = {
        b"X-Remote-User": b"anna@kommunen.example",
        b"X-Remote-Name": "Anna Ågård".encode(),
        b"X-Remote-Groups": b"G-17, G-99",
    }
    with running(index, corpus, **settings) as chat:
        told = httpx.get(f"{chat.url}/hvem", headers=anna).json()
        assert told["name"] == "Anna Ågård"
        assert told["roles"] == ["redaktør"]
        assert httpx.get(f"{chat.url}/tilbagemeldinger", headers=anna).status_code == 200
        bo = {"X-Remote-User": "bo@kommunen.example"}
        assert httpx.get(f"{chat.url}/tilbagemeldinger", headers=bo).status_code == 404
        # Whoever the proxy names counts, not whose cookie is sent along.
        login = httpx.post(f"{chat.url}/auth/header", headers=anna)
        both = httpx.get(f"{chat.url}/user", headers=bo, cookies=dict(login.cookies))
        assert both.json()["identifier"] == "bo@kommunen.example"
        for headers in ({}, {"X-Remote-User": ""}, {**bo, "X-Remote-Roles": "chef"}):
            nobody = httpx.get(chat.url, headers=headers, cookies=dict(login.cookies))
            assert nobody.status_code == 401
            assert "Log ind først" in nobody.text
        assert httpx.get(f"{chat.url}/healthz").status_code == 200


def test_a_header_from_anywhere_else_is_nothing(index: Path, corpus: Path, tmp_path: Path) -> None:
    settings = {
        "MAAVI_AUTH": "header",
        "MAAVI_PROXIES": "192.0.2.7",
        "MAAVI_DATABASE_URL": f"sqlite:///{tmp_path}/maavi.db",
    }
    forged = {"X-Remote-User": "anna@kommunen.example", "X-Forwarded-For": "192.0.2.7"}
    with running(index, corpus, **settings) as chat:
        for path in ("/", OPEN, "/user", "/samtaler", "/auth/header"):
            assert httpx.get(f"{chat.url}{path}", headers=forged).status_code == 401, path

        async def attempt() -> None:
            with pytest.raises(socketio.exceptions.ConnectionError):
                await SocketChat().connect(chat.url, "access_token=x")

        asyncio.run(attempt())


def test_header_needs_the_proxys_address(index: Path, corpus: Path) -> None:
    assert "MAAVI_PROXIES" in refused_at_start(index, corpus, MAAVI_AUTH="header")
    told = refused_at_start(index, corpus, MAAVI_AUTH="header", MAAVI_PROXIES="proxyen")
    assert "MAAVI_PROXIES=proxyen kan ikke bruges" in told


# oauth


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenId]:
    with openid_provider() as openid:
        yield openid


@pytest.fixture(scope="module")
def oauth(
    provider: OpenId, index: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChatServer]:
    folder = tmp_path_factory.mktemp("oauth")
    roles = folder / "roller.toml"
    roles.write_text(
        '[users."anna@kommunen.example"]\nroles = ["underviser"]\n[groups.hr-gruppen]\n'
        'roles = ["hr"]\n',
        encoding="utf-8",
    )
    settings = {
        "MAAVI_AUTH": "oauth",
        "MAAVI_OAUTH_ISSUER": provider.url,
        "MAAVI_OAUTH_CLIENT_ID": CLIENT[0],
        "MAAVI_OAUTH_CLIENT_SECRET": CLIENT[1],
        "MAAVI_AUTH_ROLES": str(roles),
        "MAAVI_DATABASE_URL": f"sqlite:///{folder}/maavi.db",
    }
    with running(index, corpus, **settings) as chat:
        yield chat


def code_flow(chat: ChatServer, client: httpx.Client) -> str:
    """Where signing in ends."""
    answer = client.get(f"{chat.url}/auth/oauth/openid", follow_redirects=True)
    return str(answer.url)


def test_the_code_flow_of_openid_connect(oauth: ChatServer, provider: OpenId) -> None:
    provider.who = {
        "sub": "1",
        "email": "Anna@kommunen.example",
        "name": "Anna Ågård",
        "groups": ["hr-gruppen", "noget andet"],
    }
    with httpx.Client(timeout=30) as client:
        assert code_flow(oauth, client).startswith(f"{oauth.url}/login/callback?success")
        assert client.get(f"{oauth.url}/user").json()["identifier"] == "anna@kommunen.example"
        told = client.get(f"{oauth.url}/hvem").json()
        assert told["name"] == "Anna Ågård"
        assert told["roles"] == ["hr", "underviser"]
        assert client.get(f"{oauth.url}{OPEN}").status_code == 200


@pytest.mark.parametrize(
    "who",
    [{"sub": "1"}, {"sub": "1", "email": "bo@kommunen.example", "email_verified": False}],
)
def test_without_a_mail_address_that_is_checked(
    oauth: ChatServer, provider: OpenId, who: dict[str, object]
) -> None:
    provider.who = who
    with httpx.Client(timeout=30) as client:
        assert "error=oauthSignin" in code_flow(oauth, client)
        assert client.get(f"{oauth.url}/user").status_code == 401


def test_a_code_from_elsewhere_signs_nobody_in(oauth: ChatServer, provider: OpenId) -> None:
    provider.who = {"sub": "1", "email": "anna@kommunen.example"}
    with httpx.Client(timeout=30) as client, httpx.Client(timeout=30) as victim:
        begun = client.get(f"{oauth.url}/auth/oauth/openid")
        back = client.get(begun.headers["location"]).headers["location"]
        answer = victim.get(back, follow_redirects=True)  # without the state's cookie
        assert "error=oauthSignin" in str(answer.url)
        assert victim.get(f"{oauth.url}/user").status_code == 401


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "MAAVI_OAUTH_CLIENT_ID"),
        ({"MAAVI_OAUTH_ISSUER": "http://127.0.0.1:9"}, "kan ikke spørges om sine adresser"),
        ({"MAAVI_OAUTH_ISSUER": "https://a.invalid", "MAAVI_OAUTH_TENANT": "b"}, "begge sat"),
    ],
)
def test_what_oauth_lacks_is_named(
    index: Path, corpus: Path, settings: dict[str, str], told: str
) -> None:
    key = {"MAAVI_OAUTH_CLIENT_ID": "a", "MAAVI_OAUTH_CLIENT_SECRET": "b"} if settings else {}
    assert told in refused_at_start(index, corpus, MAAVI_AUTH="oauth", **key, **settings)
