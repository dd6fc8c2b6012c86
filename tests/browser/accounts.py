"""A server with two users, one of whom is in HR and may see one document more."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.chatserver import ROOT, ChatServer, running

ANNA = ("anna", "annas lange kode")  # in HR
BO = ("bo", "bos lange kode")
ULLA = ("ulla", "ullas lange kode")  # underviser and redaktør
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
    add_user(users, *ANNA, "--role", "hr", "--name", "Anna Ågård")
    add_user(users, *BO, "--name", "Bo Berg")
    add_user(users, *ULLA, "--role", "underviser", "--role", "redaktør", "--name", "Ulla Ud")


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
