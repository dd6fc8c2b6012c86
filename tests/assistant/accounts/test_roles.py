"""What each role opens, and the secret that is kept."""

from pathlib import Path

import pytest

from assistant.accounts.pages import pages_for, profiles_for
from assistant.accounts.people import ROLES, Person, Role
from assistant.accounts.secret import kept_secret
from assistant.accounts.signin import LOCAL, claims_of, person_of
from assistant.errors import SettingsError


@pytest.mark.parametrize(
    ("role", "pages", "profiles"),
    [
        ("medarbejder", ["/samtaler"], ["standard"]),
        ("hr", ["/samtaler"], ["standard"]),
        ("underviser", ["/samtaler"], ["standard", "undervisning"]),
        ("redaktør", ["/samtaler", "/tilbagemeldinger"], ["standard", "undervisning"]),
    ],
)
def test_pages_and_profiles(role: Role, pages: list[str], profiles: list[str]) -> None:
    person = Person("bo", roles=frozenset((role,)))
    assert [address for address, _ in pages_for(person)] == pages
    assert profiles_for(person) == profiles


def test_whoever_is_alone_at_the_machine() -> None:
    assert [address for address, _ in pages_for(LOCAL)] == ["/samtaler", "/tilbagemeldinger"]
    assert profiles_for(LOCAL) == ["standard"]


def test_a_person_comes_back_out_of_a_token() -> None:
    person = Person("bo", "Bo", frozenset(ROLES), frozenset(("æ", "b")))
    assert person_of("bo", claims_of(person), "Bo") == person
    assert person_of("bo", {"roles": ["afskaffet"]}) is None
    assert person_of("", {}) is None


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "ny" / "auth-secret"
    first = kept_secret(path)
    assert len(first) >= 32
    assert kept_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["auth-secret"]


def test_a_secret_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "auth-secret"
    path.write_text("kort")
    with pytest.raises(SettingsError, match="for kort"):
        kept_secret(path)
    (tmp_path / "fil").touch()
    with pytest.raises(SettingsError, match="kan ikke læses eller skrives"):
        kept_secret(tmp_path / "fil" / "auth-secret")
