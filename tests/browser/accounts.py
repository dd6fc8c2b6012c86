"""A server with two users, one of whom is in HR and may see one document more."""

import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.chatserver import ROOT, ChatServer, maavi, running

ANNA = ("anna", "annas lange kode")  # in HR
BO = ("bo", "bos lange kode")
ULLA = ("ulla", "ullas lange kode")  # underviser and redaktør
OPEN = "/kilde/politik-ai-chat.pdf/1"  # a document for all
SECRET_FILE = "hr-lønpolitik.pdf"
SECRET_WORDS = "Lønforhandlinger må aldrig lægges ind i ChatGPT"


def add_user(users: Path, name: str, password: str, *options: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "user", "add", name, *options],
        cwd=ROOT,
        env={**os.environ, "MAAVI_AUTH_USERS": str(users)},
        input=f"{password}\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def add_users(users: Path) -> None:
    """Write the three into the file `users`, which is not there yet."""
    users.write_bytes(_three_users())
    users.chmod(0o600)


@functools.cache
def _three_users() -> bytes:
    """The file of users, as the command makes it: once, since each run of it takes seconds."""
    with tempfile.TemporaryDirectory() as folder:
        users = Path(folder) / "users.json"
        add_user(users, *ANNA, "--role", "hr", "--name", "Anna Ågård")
        add_user(users, *BO, "--name", "Bo Berg")
        add_user(users, *ULLA, "--role", "underviser", "--role", "redaktør", "--name", "Ulla Ud")
        return users.read_bytes()


@contextmanager
def with_passwords(
    index: Path, corpus: Path, users: Path, database: str, *arguments: str, **more: str
) -> Iterator[ChatServer]:
    settings = {
        "MAAVI_AUTH": "password",
        "MAAVI_AUTH_USERS": str(users),
        "MAAVI_DATABASE_URL": database,
        **more,
    }
    with running(index, corpus, *arguments, **settings) as server:
        yield server


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
