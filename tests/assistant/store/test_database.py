"""The database is made, brought up to date, and says in words what is wrong with it."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from assistant.errors import DatabaseUnusable, SettingsError
from assistant.settings import Settings
from assistant.store.conversations import ASKED, Owner
from assistant.store.database import Database, database_url
from assistant.store.schema import CREATE_VERSION, MIGRATIONS
from assistant.store.store import Store
from tests.postgresql import PostgreSQL


def open_database(address: str) -> Database:
    database = Database(database_url(address, Path("bruges-ikke.db")))
    database.open()
    return database


def test_every_older_version_is_brought_up_to_date(new_database: str) -> None:
    database = Database(database_url(new_database, Path("bruges-ikke.db")))
    with database.transaction() as connection:
        connection.execute(text(CREATE_VERSION))
        for sql in MIGRATIONS[0]:
            connection.execute(text(sql))
        connection.execute(text('INSERT INTO "maavi_schema" VALUES (1)'))
        connection.execute(text("INSERT INTO users VALUES ('u', 'anna', 'Anna', 1)"))
    database.open()
    assert database.version() == len(MIGRATIONS)
    assert database.rows("SELECT identifier FROM users")[0]["identifier"] == "anna"
    assert database.rows("SELECT * FROM feedback") == []
    database.open()  # once more changes nothing
    assert database.version() == len(MIGRATIONS)
    database.close()


def test_a_newer_version_is_left_alone(new_database: str) -> None:
    database = open_database(new_database)
    database.run('UPDATE "maavi_schema" SET "version" = 99')
    with pytest.raises(DatabaseUnusable, match="nyere version"):
        database.open()
    database.close()


def test_several_servers_may_start_at_once(new_database: str) -> None:
    faults: list[Exception] = []

    def start() -> None:
        try:
            open_database(new_database).close()
        except Exception as error:  # noqa: BLE001 - told below
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_sqlite_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/ny/mappe/maavi.db")
    assert database.rows("PRAGMA journal_mode")[0]["journal_mode"] == "wal"
    assert database.rows("PRAGMA foreign_keys")[0]["foreign_keys"] == 1
    database.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "maavi.db"
    path.write_bytes(b"Dette er et brev. " * 100)
    with pytest.raises(DatabaseUnusable, match="er ikke en database"):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"Dette er et brev.")


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    with pytest.raises(DatabaseUnusable, match="mappen til databasen kan ikke laves"):
        open_database(f"sqlite:///{tmp_path}/fil/maavi.db")
    with pytest.raises(DatabaseUnusable, match="kan ikke bruges lige nu"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(DatabaseUnusable) as caught:
        open_database(f"postgresql://maavi:hemmelig@127.0.0.1:{port}/maavi")
    assert f"127.0.0.1:{port}/maavi" in str(caught.value)
    assert "hemmelig" not in str(caught.value)


def test_a_wrong_password(postgresql_server: PostgreSQL) -> None:
    address = f"postgresql://maavi:forkert@127.0.0.1:{postgresql_server.port}/postgres"
    with pytest.raises(DatabaseUnusable, match="password authentication failed"):
        open_database(address)


@pytest.mark.parametrize(
    "address", ["mysql://a:hemmelig@b/c", "ikke en adresse", "sqlite://", "postgresql:///a@b:c:d"]
)
def test_an_address_that_cannot_be_used(address: str, tmp_path: Path) -> None:
    with pytest.raises((SettingsError, DatabaseUnusable)) as caught:
        open_database(address)
    assert "hemmelig" not in str(caught.value)


def test_a_server_that_comes_back_is_used_again(
    postgresql_server: PostgreSQL, store_on_postgresql: Store
) -> None:
    store = store_on_postgresql
    store.conversations.put_step(Owner("anna"), "t1", {"id": "s1", "type": ASKED, "output": "Gemt"})
    postgresql_server.stop()
    try:
        with pytest.raises(DatabaseUnusable, match="kan ikke bruges lige nu"):
            store.conversations.thread("t1")
    finally:
        postgresql_server.start()
    found = store.conversations.thread("t1")
    assert found is not None
    assert [step["output"] for step in found.steps] == ["Gemt"]


@pytest.fixture
def store_on_postgresql(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[Store]:
    address = SecretStr(postgresql_server.new_database())
    store = Store(Settings(index=tmp_path / "index", database_url=address))
    store.open()
    yield store
    store.close()
