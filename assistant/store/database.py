"""The database that `MAAVI_DATABASE_URL` names, opened and brought up to date."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assistant.errors import DatabaseRefused, DatabaseUnusable, SettingsError
from assistant.store.schema import CREATE_VERSION, MIGRATIONS

_PATIENCE = 5  # seconds to reach a server, or to wait for another's write
_SLOWEST_MS = 15_000
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "sqlite": "sqlite",
}
Row = RowMapping
_PASSING = (OperationalError, InterfaceError, PoolTimeout)  # … of which the next try may be free


def database_url(given: str | None, default: Path) -> URL:
    """The address in `given`, or of an SQLite file at `default`.

    Raises:
        SettingsError: it is not an address of SQLite or PostgreSQL.
    """
    if given is None:
        return URL.create("sqlite", database=str(default))
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise SettingsError(_wrong_address()) from error
    if url.drivername not in _DRIVERS:
        raise SettingsError(_wrong_address(url.drivername))
    if url.drivername == "sqlite" and not url.database:
        raise SettingsError("MAAVI_DATABASE_URL: filens navn mangler, fx sqlite:////srv/maavi.db.")
    return url.set(drivername=_DRIVERS[url.drivername])


def _wrong_address(given: str = "") -> str:
    # The value may hold a password, so it is not repeated.
    kind = f" ({given} kendes ikke)" if given else ""
    return (
        f"MAAVI_DATABASE_URL er ikke en adresse, der kan bruges{kind}. Skriv "
        "postgresql://bruger:kode@vært/navn eller sqlite:////sti/til/filen.db."
    )


class Database:
    """Runs SQL, one transaction a call. May be used by several threads."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self.is_sqlite = url.drivername == "sqlite"
        self._engine = create_engine(url, **(_SQLITE if self.is_sqlite else _POSTGRESQL))
        if self.is_sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)

    @property
    def shown(self) -> str:
        """Where it is, without the password."""
        if self.is_sqlite:
            return str(self._url.database)
        return self._url.set(drivername="postgresql").render_as_string(hide_password=True)

    def open(self) -> None:
        """Make the tables, or bring those of an older version up to date.

        Raises:
            DatabaseUnusable: it cannot be reached or written, or a newer Må vi? wrote it.
        """
        if self.is_sqlite:
            self._make_folder()
        with self.transaction() as connection:
            self._migrate(connection)

    def version(self) -> int:
        """How many migrations it has had.

        Raises:
            DatabaseUnusable: see `open`.
        """
        with self.transaction() as connection:
            return _version(connection)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction: all of it or nothing.

        Raises:
            DatabaseUnusable: the database refuses; nothing was written.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            kind = DatabaseUnusable if _is_passing(error) else DatabaseRefused
            raise kind(self._why(error)) from error

    def run(self, sql: str, **values: object) -> int:
        """Carry out one statement; returns how many rows it touched."""
        with self.transaction() as connection:
            return connection.execute(text(sql), values).rowcount

    def rows(self, sql: str, **values: object) -> Sequence[Row]:
        """The rows that a query gives."""
        with self.transaction() as connection:
            return connection.execute(text(sql), values).mappings().all()

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _migrate(self, connection: Connection) -> None:
        if not self.is_sqlite:
            # Two servers that start at once: one migrates, the other waits and finds it done.
            connection.execute(text("SELECT pg_advisory_xact_lock(7208931)"))
        connection.execute(text(CREATE_VERSION))
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise DatabaseUnusable(
                f"{self.shown}: databasen er skrevet af en nyere version af Må vi? "
                f"({version}; denne kender {len(MIGRATIONS)}). Opdatér Må vi?, eller peg "
                "MAAVI_DATABASE_URL på en anden."
            )
        for statement in (sql for step in MIGRATIONS[version:] for sql in step):
            connection.execute(text(statement))
        connection.execute(text('DELETE FROM "maavi_schema"'))
        connection.execute(
            text('INSERT INTO "maavi_schema" ("version") VALUES (:n)'), {"n": len(MIGRATIONS)}
        )

    def _make_folder(self) -> None:
        folder = Path(str(self._url.database)).absolute().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnusable(
                f"{folder}: mappen til databasen kan ikke laves ({error.strerror}). "
                "Giv brugeren, der kører Må vi?, rettigheder, eller sæt MAAVI_DATABASE_URL."
            ) from error

    def _why(self, error: SQLAlchemyError) -> str:
        cause = error.orig if isinstance(error, DBAPIError) else error
        said = " ".join(str(cause).split())
        if isinstance(cause, sqlite3.DatabaseError) and "not a database" in said:
            return f"{self.shown}: filen er ikke en database. Flyt den, og start igen."
        if isinstance(cause, sqlite3.DatabaseError) and "malformed" in said:
            return (
                f"{self.shown}: databasen er beskadiget. Hent en sikkerhedskopi, eller flyt filen."
            )
        if isinstance(error, _PASSING):
            return (
                f"{self.shown}: databasen kan ikke bruges lige nu ({said[:200]}). "
                "Se efter, at den kører, og at brugeren har adgang."
            )
        return f"{self.shown}: databasen svarede med en fejl ({said[:200]})."


_SQLITE: dict[str, Any] = {"connect_args": {"timeout": _PATIENCE}}
_POSTGRESQL: dict[str, Any] = {
    "pool_pre_ping": True,
    "pool_timeout": _PATIENCE,
    "connect_args": {
        "connect_timeout": _PATIENCE,
        "application_name": "maavi",
        "options": f"-c statement_timeout={_SLOWEST_MS}",
    },
}


def _is_passing(error: SQLAlchemyError) -> bool:
    """Whether the same may succeed later. SQLite says of a missing table what others say of a
    missing server.
    """
    missing = isinstance(error, DBAPIError) and str(error.orig).startswith("no such")
    return isinstance(error, _PASSING) and not missing


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # Python's own BEGIN comes too late to cover CREATE TABLE
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what a user deletes is gone from the file
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # At once a writer: one that begins as a reader cannot wait for another's write.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _version(connection: Connection) -> int:
    found = connection.execute(text('SELECT MAX("version") FROM "maavi_schema"')).scalar()
    return int(found or 0)
