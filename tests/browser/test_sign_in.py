"""No sign-in, and passwords, against a server that is really run."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.accounts import (
    ANNA,
    BO,
    OPEN,
    add_user,
    add_users,
    refused_at_start,
    with_passwords,
)
from tests.browser.chatserver import ChatServer, running
from tests.browser.socketchat import chatting, cookie_of, signed_in

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

        assert "Log ind igen" in asyncio.run(stay())
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
