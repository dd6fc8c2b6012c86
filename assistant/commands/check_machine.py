"""What `maavi doctor` looks at on the machine: Python, packages, settings, disk and port."""

import os
import platform
import re
import socket
import sys
from collections.abc import Iterator
from importlib import metadata

from pydantic import SecretStr

from assistant.commands.checks import Check, bad, good, odd
from assistant.commands.disk import free_bytes
from assistant.commands.faults import reason
from assistant.commands.serve import PORT
from assistant.settings import Settings

_OLDEST_PYTHON = (3, 11)
_PACKAGE = "maavi"
_SHOWN = ("chainlit", "chromadb", "langchain", "pypdf", "sentence-transformers")
_PREFIX = "MAAVI_"
_TIGHT, _FULL = 2**30, 100 * 2**20  # bytes


def installation() -> Iterator[Check]:
    """Python and the packages."""
    running = f"Python {platform.python_version()} ({sys.executable})"
    if sys.version_info >= _OLDEST_PYTHON:
        yield good(running)
    else:
        yield bad(f"{running} er for gammel", "Må vi? kræver Python 3.11 eller nyere.")
    yield _packages()


def _packages() -> Check:
    try:
        wanted = metadata.requires(_PACKAGE) or []
    except metadata.PackageNotFoundError:
        return bad(f"Pakken {_PACKAGE} er ikke installeret", "Kør `make setup`.")
    names = [re.split(r"[^\w.-]", line)[0] for line in wanted if "extra ==" not in line]
    missing = [name for name in names if _version(name) is None]
    if missing:
        return bad(f"Pakker mangler: {', '.join(missing)}", "Kør `make setup`.")
    versions = ", ".join(f"{name} {_version(name)}" for name in _SHOWN)
    return good(f"{_PACKAGE} {_version(_PACKAGE)} med {versions}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def in_force(settings: Settings) -> Iterator[Check]:
    """Every setting with its value, and variables that are set but mean nothing."""
    for field in Settings.model_fields:
        origin = "sat" if field in settings.model_fields_set else "standard"
        yield good(f"{_PREFIX}{field.upper()} = {_value(settings, field)} ({origin})")
    known = {f"{_PREFIX}{field}".upper() for field in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            yield odd(f"{name} er sat, men kendes ikke", f"Kendte: {', '.join(sorted(known))}.")
    if settings.llm is None:
        yield good("Svarene er uddrag af dokumenterne; intet sendes ud af maskinen")


def _value(settings: Settings, field: str) -> str:
    value = getattr(settings, field)
    if value is None:
        return "ikke sat"
    if isinstance(value, SecretStr):
        return "(vises ikke)"
    return re.sub(r"//[^/@]*@", "//(vises ikke)@", str(value))  # name and password in an address


def room(settings: Settings) -> Iterator[Check]:
    """Disk space where the index is, and the chat's port."""
    free = free_bytes(settings.index)
    text = f"{free / 2**30:.1f} GB fri plads til indekset".replace(".", ",")
    if free < _FULL:
        yield bad(text, "Frigør plads; ellers kan `maavi ingest` ikke skrive.")
    elif free < _TIGHT:
        yield odd(text, "Frigør plads; det nye indeks skrives ved siden af det gamle.")
    else:
        yield good(text)
    yield _port()


def _port() -> Check:
    try:
        socket.create_server(("127.0.0.1", PORT)).close()
    except OSError as error:
        return odd(
            f"Port {PORT} kan ikke bruges ({reason(error)})",
            f"Kører chatten allerede, er alt godt; ellers kør `maavi serve --port {PORT + 1}`.",
        )
    return good(f"Port {PORT} er ledig")
