"""A real PostgreSQL on loopback, in a folder of its own, for as long as the tests run."""

import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

_DEBIAN = Path("/usr/lib/postgresql")
_USERS = ("postgres", "nobody")  # who runs it where the tests run as root: it refuses to
_PASSWORD = "kun-til-test"


@dataclass(frozen=True)
class PostgreSQL:
    """A running server; `stop` and `start` cut it off and bring it back."""

    programs: Path
    data: Path
    port: int
    user: str | None

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
        options += "-c fsync=off"  # only a crash of the machine itself would lose anything
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"maavi_{uuid.uuid4().hex}"
        server = f"postgresql+psycopg://maavi:{_PASSWORD}@127.0.0.1:{self.port}"
        engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        engine.dispose()
        return f"postgresql://maavi:{_PASSWORD}@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.programs / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server keeps it open, so it cannot be a pipe
            stderr=subprocess.DEVNULL,
            cwd=self.data.parent,
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            timeout=60,
            check=False,
        )
        log = self.data / "log"
        told = log.read_text("utf-8")[-2000:] if log.exists() else ""
        assert done.returncode == 0, f"{program} failed: {told}"

    def make(self) -> None:
        password = self.data.parent / "password"
        password.write_text(_PASSWORD, encoding="utf-8")
        password.chmod(0o644)
        self._run(
            "initdb", "-D", self.data, "-U", "maavi", "-A", "scram-sha-256", "-E", "UTF8",
            "--locale=C", "--no-sync", "--pwfile", password,
        )  # fmt: skip


def programs() -> Path | None:
    """The folder with PostgreSQL's programs."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda p: float(p.parents[1].name))
    return versions[-1].parent if versions else None


@contextmanager
def postgresql(folder: Path) -> Iterator[PostgreSQL]:
    """A server until the end of the block."""
    user = None
    if os.getuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = next(name for name in _USERS if name in names)
        shutil.chown(folder, user)
    server = PostgreSQL(folder_of_programs(), folder / "data", _free_port(), user)
    server.make()
    server.start()
    try:
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()


def _free_port() -> int:
    """A port that is not listened on and that nobody is given in the meantime: systems give out
    higher ones, and a test stops the server and starts it again.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 30_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def folder_of_programs() -> Path:
    found = programs()
    assert found is not None
    return found


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder that another user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="maavi-pg-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
