"""Roles and groups from the mapping file, the proxy's headers and the provider's claims."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from assistant.accounts.mapping import Mapping, read_mapping
from assistant.accounts.oauth import entra_person, openid_person
from assistant.accounts.people import Person
from assistant.accounts.proxy import ProxyHeaders, among, networks
from assistant.errors import SettingsError

FILE = """
[users."Anna@kommunen.example"]
roles = ["redaktør"]

[groups."8f2c"]
roles = ["hr"]
groups = ["ledelse"]
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    path = tmp_path / "roller.toml"
    path.write_text(FILE, encoding="utf-8")
    return read_mapping(path)


def test_users_and_groups_are_mapped(mapping: Mapping) -> None:
    anna = mapping.person("anna@kommunen.example", "Anna", (), ["8f2c", "andre"])
    assert anna.roles == {"redaktør", "hr"}
    assert anna.groups == {"ledelse"}  # what the file does not name counts for nothing
    assert mapping.person("bo", "", (), ["andre"]) == Person("bo")


def test_without_a_file_groups_count_as_they_are() -> None:
    assert read_mapping(None).person("bo", "", (), ["skole"]).groups == {"skole"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[users", "TOML"),
        ('[users.a]\nroles = ["chef"]', "users.a.roles"),
        ("[brugere.a]", "brugere"),
        ('[groups.a]\nroles = "hr"', "groups.a.roles"),
    ],
)
def test_a_file_with_a_fault(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "roller.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told) as caught:
        read_mapping(path)
    assert str(path) in str(caught.value)
    with pytest.raises(SettingsError, match="kan ikke læses"):
        read_mapping(tmp_path / "findes-ikke.toml")


@pytest.mark.parametrize(
    ("address", "trusted", "found"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("10.1.2.3", "10.1.0.0/16, ::1", True),
        ("10.2.2.3", "10.1.0.0/16", False),
        ("::ffff:10.1.2.3", "10.1.0.0/16", True),
        ("::1", "127.0.0.1", False),
        ("fe80::1%eth0", "fe80::/10", True),
        ("ikke en adresse", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("127.0.0.1", "", False),
    ],
)
def test_whose_word_counts(address: str, trusted: str, found: bool) -> None:
    assert among(address, networks(trusted)) is found


def test_headers(mapping: Mapping) -> None:
    headers = ProxyHeaders("X-User", "X-Name", "X-Groups", "X-Roles", mapping)

    def person(**given: str) -> Person | None:
        return headers.person(lambda name: given.get(name.removeprefix("X-").lower(), ""))

    latin = "redaktør".encode().decode("latin-1")  # as UTF-8 in a header arrives
    found = person(user="bo", roles=f"{latin}; HR", groups="8f2c,andre")
    assert found is not None
    assert found.roles == {"redaktør", "hr"}
    assert found.groups == {"ledelse"}
    assert person(user="bo", name="Åse") == Person("bo", "Åse")
    assert person(user="") is None
    assert person(user="bo", roles="chef") is None


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ({"email": "Bo@x.example", "roles": ["HR", "andet"]}, {"hr"}),
        ({"email": "bo@x.example", "roles": "redaktør hr"}, {"redaktør", "hr"}),
        ({"email": "bo@x.example", "groups": ["8f2c"]}, {"hr"}),
        ({"email": "bo@x.example", "groups": {"mærkeligt": 1}}, set()),
    ],
)
def test_claims(mapping: Mapping, claims: dict[str, object], found: set[str]) -> None:
    person = openid_person(claims, mapping)
    assert person is not None
    assert person.identifier == "bo@x.example"
    assert set(person.roles) == found


@pytest.mark.parametrize("claims", [{}, {"email": ""}, {"email": "a@b", "email_verified": False}])
def test_claims_of_nobody(claims: dict[str, object]) -> None:
    assert openid_person(claims, Mapping()) is None


class _Graph(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = self.headers.get("Authorization") == "Bearer rigtigt"
        here = f"http://{self.headers['Host']}/v1.0"
        more = {"value": [{"id": "8f2c"}], "@odata.nextLink": f"{here}/me/memberOf?side=2"}
        page = {"value": [{"id": "andre"}]} if "side=2" in self.path else more
        body = json.dumps(page).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def graph() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Graph) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1.0"
        server.shutdown()
        thread.join()


def test_the_groups_of_entra_page_by_page(graph: str, mapping: Mapping) -> None:
    told = {"userPrincipalName": "Bo@kommunen.example", "displayName": "Bo"}
    person = entra_person(told, "rigtigt", mapping, graph)
    assert person == Person(
        "bo@kommunen.example", "Bo", frozenset(("hr",)), frozenset(("ledelse",))
    )
    everything = entra_person(told, "rigtigt", Mapping(), graph)
    assert everything is not None
    assert everything.groups == {"8f2c", "andre"}
    with pytest.raises(httpx.HTTPError):
        entra_person(told, "forkert", mapping, graph)
    assert entra_person({}, "rigtigt", mapping, graph) is None
