"""The file of users: hashes only, one step at a time, and clear about what is wrong with it."""

import threading
from pathlib import Path

import pytest

from assistant.accounts.passwords import Account, PasswordFile, checked_name, hashed
from assistant.errors import SettingsError, UsageError

GOOD = "en lang kode æøå"


@pytest.fixture
def users(tmp_path: Path) -> PasswordFile:
    return PasswordFile(tmp_path / "ny" / "users.json")


def test_a_user_with_roles_and_groups(users: PasswordFile) -> None:
    users.put("anna", Account(hash=hashed(GOOD), name="Anna", roles=("hr",), groups=("ledelse",)))
    person = users.verified("anna", GOOD)
    assert person is not None
    assert person.name == "Anna"
    assert person.roles == {"hr"}
    assert person.groups == {"ledelse"}
    assert users.verified("anna", GOOD + " ") is None
    assert users.verified("bo", GOOD) is None
    text = users.path.read_text(encoding="utf-8")
    assert GOOD not in text
    assert "$argon2id$" in text
    assert users.path.stat().st_mode & 0o777 == 0o600


def test_what_another_process_changes_counts_at_once(users: PasswordFile) -> None:
    users.put("anna", Account(hash=hashed(GOOD)))
    assert users.person("anna") is not None
    other = PasswordFile(users.path)
    other.remove("anna")
    assert users.person("anna") is None
    with pytest.raises(UsageError, match="findes ikke"):
        users.remove("anna")


def test_a_new_password_changes_the_proof(users: PasswordFile) -> None:
    users.put("anna", Account(hash=hashed(GOOD)))
    before = users.person("anna")
    users.put("anna", Account(hash=hashed(GOOD)))
    after = users.person("anna")
    assert before is not None
    assert after is not None
    assert before.proof != after.proof


@pytest.mark.parametrize("password", ["", "kort", "x" * 1001])
def test_passwords_that_are_refused(password: str) -> None:
    with pytest.raises(UsageError, match="mindst 10 tegn"):
        hashed(password)


@pytest.mark.parametrize("name", ["", "a b", "a/b", "x" * 101, "a\n", "<b>"])
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="brugernavn"):
        checked_name(name)
    assert checked_name("åse.ø@kommunen.example") == "åse.ø@kommunen.example"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"users": {"anna": {"hash": "hemmelig"}}}',
        '{"users": {"anna": {"hash": "$argon2id$x", "roles": ["chef"]}}}',
        '{"brugere": {}}',
    ],
)
def test_a_file_with_a_fault(users: PasswordFile, text: str) -> None:
    users.path.parent.mkdir()
    users.path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        users.person("anna")
    assert str(users.path) in str(caught.value)


def test_a_hash_that_is_none_lets_nobody_in(users: PasswordFile) -> None:
    users.put("anna", Account(hash="$argon2id$v=19$forkert"))
    assert users.verified("anna", GOOD) is None


def test_two_that_write_at_once_lose_nothing(users: PasswordFile) -> None:
    account = Account(hash=hashed(GOOD))
    threads = [
        threading.Thread(target=PasswordFile(users.path).put, args=(f"u{n}", account))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(users.accounts()) == 12
