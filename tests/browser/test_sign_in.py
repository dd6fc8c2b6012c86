"""The four ways to sign in, against a server that is really run."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import socketio.exceptions

from tests.browser.accounts import ANNA, BO, add_user, add_users, with_passwords
from tests.browser.chatserver import ChatServer, maavi, running
from tests.browser.openid import CLIENT, OpenId, openid_provider
from tests.browser.socketchat import SocketChat, chatting, cookie_of, signed_in

OPEN = "/kilde/politik-ai-chat.pdf/1"


def refused_at_start(index: Path, corpus: Path, *arguments: str, **settings: str) -> str:
    """What `maavi serve` says instead of serving."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        done = maavi("serve", "--port", "0", *arguments, index=index, corpus=corpus)
    told = done.stdout + done.stderr
    assert done.returncode in (1, 2), told
    assert "Traceback" not in told
    return told


# none


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_without_sign_in_only_the_machine_itself(index: Path, corpus: Path, host: str) -> None:
    told = refused_at_start(index, corpus, "--host", host)
    assert "uden login" in told
    assert "MAAVI_AUTH_OPEN=true" in told


def test_without_sign_in_another_name_for_the_machine_is_refused(server: ChatServer) -> None:
    page = httpx.get(server.url, headers={"Host": "andre.example:8000"})
    assert page.status_code == 403
    assert "Kun på maskinen selv" in page.text
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert httpx.get(server.url, headers={"Host": host}).status_code == 200


def test_without_sign_in_there_is_history_too(index: Path, corpus: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/maavi.db"
    with running(index, corpus, MAAVI_DATABASE_URL=database) as chat:

        async def ask() -> str:
            async with chatting(chat.url, "") as socket:
                await socket.ask("Hvor mange E3-licenser er i brug?")
                return socket.thread()

        thread = asyncio.run(ask())
        with httpx.Client(base_url=chat.url) as client:
            assert client.get("/user").json()["identifier"] == "lokal"
            assert "2386" in client.get(f"/project/thread/{thread}").text
            assert client.get(f"/samtaler/{thread}.md").status_code == 200


def test_open_to_all_everyone_is_a_guest_of_their_own(
    index: Path, corpus: Path, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path}/maavi.db"
    settings = {"MAAVI_AUTH_OPEN": "true", "MAAVI_DATABASE_URL": database}
    with (
        running(index, corpus, "--host", "0.0.0.0", **settings) as chat,
        httpx.Client(base_url=chat.url) as one,
        httpx.Client(base_url=chat.url) as other,
    ):
        names = set()
        for client in (one, other):
            client.get("/")
            names |= {client.get("/user").json()["identifier"] for _ in range(2)}
        assert len(names) == 2

        async def ask() -> str:
            async with chatting(chat.url, cookie_of(one)) as socket:
                await socket.ask("Hvor mange E3-licenser er i brug?")
                return socket.thread()

        thread = asyncio.run(ask())
        assert one.get(f"/project/thread/{thread}").status_code == 200
        assert other.get(f"/project/thread/{thread}").status_code == 401


# password


@pytest.fixture(scope="module")
def passwords(
    index: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ChatServer, Path]]:
    folder = tmp_path_factory.mktemp("brugere")
    users = folder / "users.json"
    add_users(users)
    with with_passwords(index, corpus, users, f"sqlite:///{folder}/maavi.db") as chat:
        yield chat, users


def test_nobody_gets_in_without(passwords: tuple[ChatServer, Path]) -> None:
    url = passwords[0].url
    for path in (OPEN, "/samtaler", "/hvem", "/tilbagemeldinger", "/svar/x", "/user"):
        assert httpx.get(f"{url}{path}").status_code == 401, path
    assert httpx.get(url).status_code == 200  # the page that asks for the password
    for user, password in (
        (ANNA[0], BO[1]),
        ("findes-ikke", BO[1]),
        ("", ""),
        (ANNA[0], "x" * 9999),
    ):
        answer = httpx.post(f"{url}/login", data={"username": user, "password": password})
        assert answer.status_code in (401, 422)
        assert not answer.cookies


def test_a_password_can_be_tried_only_so_often(passwords: tuple[ChatServer, Path]) -> None:
    chat, users = passwords
    add_user(users, "ove", "oves lange kode")

    def attempt(password: str) -> httpx.Response:
        return httpx.post(f"{chat.url}/login", data={"username": "ove", "password": password})

    for _ in range(5):
        assert (
            attempt("forkert kode").json()["detail"] == "Brugernavn eller adgangskode passer ikke."
        )
    refused = attempt("oves lange kode")
    assert refused.status_code == 401
    assert refused.json()["detail"] == "For mange forsøg. Vent et kvarter, og prøv igen."


def test_who_is_taken_out_is_out_at_once(passwords: tuple[ChatServer, Path]) -> None:
    chat, users = passwords
    add_user(users, "per", "pers lange kode")
    with signed_in(chat.url, "per", "pers lange kode") as per:
        assert per.get("/user").status_code == 200

        async def stay() -> str:
            async with chatting(chat.url, cookie_of(per)) as socket:
                await socket.ask("Hvor mange E3-licenser er i brug?")
                assert _user(users, "remove", "per") == 0
                return await socket.ask("Hvor mange licenser er der?")

        assert "log ind igen" in asyncio.run(stay())
        assert per.get("/user").status_code == 401
        assert per.get(OPEN).status_code == 401


def test_a_new_password_signs_out(passwords: tuple[ChatServer, Path]) -> None:
    chat, users = passwords
    add_user(users, "rie", "ries lange kode")
    with signed_in(chat.url, "rie", "ries lange kode") as rie:
        assert rie.get("/user").status_code == 200
        assert _user(users, "password", "rie", given="ries nye lange kode") == 0
        assert rie.get("/user").status_code == 401
    with signed_in(chat.url, "rie", "ries nye lange kode") as rie:
        assert rie.get("/user").status_code == 200


def test_a_restart_signs_nobody_out(index: Path, corpus: Path, tmp_path: Path) -> None:
    users, database = tmp_path / "users.json", f"sqlite:///{tmp_path}/maavi.db"
    add_users(users)
    with (
        with_passwords(index, corpus, users, database) as first,
        signed_in(first.url, *ANNA) as anna,
    ):
        cookies = dict(anna.cookies)
    with with_passwords(index, corpus, users, database) as second:
        answer = httpx.get(f"{second.url}/user", cookies=cookies)
        assert answer.json()["identifier"] == "anna"
    secret = index.parent / "auth-secret"
    assert secret.stat().st_mode & 0o777 == 0o600


def test_the_cookie_is_for_https_where_the_address_is(
    index: Path, corpus: Path, tmp_path: Path
) -> None:
    users, database = tmp_path / "users.json", f"sqlite:///{tmp_path}/maavi.db"
    add_users(users)

    def cookie(url: str, **headers: str) -> str:
        data = {"username": ANNA[0], "password": ANNA[1]}
        return httpx.post(f"{url}/login", data=data, headers=headers).headers["set-cookie"]

    with with_passwords(index, corpus, users, database, MAAVI_PROXIES="127.0.0.1,::1") as chat:
        assert "; Secure" not in cookie(chat.url)
        secured = cookie(chat.url, **{"X-Forwarded-Proto": "https"})
        assert secured.endswith("; Secure")
        assert "HttpOnly" in secured
        assert "SameSite=lax" in secured
    public = "https://maavi.kommunen.example"
    with with_passwords(index, corpus, users, database, MAAVI_URL=public) as chat:
        assert "; Secure" in cookie(chat.url)


def _user(users: Path, *arguments: str, given: str = "") -> int:
    import os
    import subprocess
    import sys

    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", "user", *arguments],
        env={**os.environ, "MAAVI_AUTH_USERS": str(users)},
        input=f"{given}\n",
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    ).returncode


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
