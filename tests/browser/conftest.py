"""A real Chromium against a real server with three real documents, one with an awkward name."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.accounts import add_users, with_passwords
from tests.browser.chatserver import NOTE, ROOT, ChatServer, chromium_path, maavi, running
from tests.postgresql import PostgreSQL

expect.set_options(timeout=20_000)  # a page that loads anew takes 5 s on a machine with more to do

_REGISTER = f"""
[[document]]
file = "{NOTE}"
title = "Notat om AI i Svendborg Kommune"
kind = "notat"
contact = "digital@kommunen.example"

[[document]]
file = "politik-ai-chat.pdf"
title = "Politik for brug af AI-chattjenester"
contact = "digital@kommunen.example"

[[document]]
file = "politik-informationssikkerhed.pdf"
title = "Politik for informationssikkerhed og klassifikation af data"
contact = "sikkerhed@kommunen.example"
"""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("korpus")
    shutil.copy(ROOT / "corpus" / "notat-ai-svendborg.pdf", folder / NOTE)
    for name in ("politik-ai-chat.pdf", "politik-informationssikkerhed.pdf"):
        shutil.copy(ROOT / "corpus" / name, folder / name)
    (folder / "documents.toml").write_text(_REGISTER, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indeks") / "index"
    done = maavi("ingest", str(corpus), index=folder, corpus=corpus)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def server(index: Path, corpus: Path) -> Iterator[ChatServer]:
    with running(index, corpus) as chat:
        yield chat


@pytest.fixture(scope="session")
def sqlite_staff(
    index: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChatServer]:
    """A server with passwords on SQLite; users and conversations are shared by those who use it."""
    folder = tmp_path_factory.mktemp("personale")
    add_users(folder / "users.json")
    database = f"sqlite:///{folder}/maavi.db"
    with with_passwords(index, corpus, folder / "users.json", database) as chat:
        yield chat


@pytest.fixture(scope="session")
def postgresql_staff(
    index: Path,
    corpus: Path,
    postgresql_server: PostgreSQL,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ChatServer]:
    """The same on PostgreSQL."""
    users = tmp_path_factory.mktemp("personale") / "users.json"
    add_users(users)
    with with_passwords(index, corpus, users, postgresql_server.new_database()) as chat:
        yield chat


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Without one the test is skipped, but fails where CI=true.

    One a module, not a session: while Playwright runs, no other test can run an event loop.
    """
    path = chromium_path()
    if path is None:
        reason = "no Chromium: run sh tests/install-chromium.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that containers do not give; it sees only our pages.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, server: ChatServer) -> Iterator[OpenPage]:
    """Opens the chat; at the end of the test nothing may have been asked of another host, and the
    browser may not have complained."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(
        width: int = 1280, scheme: str = "light", url: str = server.url, locale: str = "da-DK"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800 if width > 500 else 740},
            color_scheme="dark" if scheme == "dark" else "light",
            device_scale_factor=1 if width > 500 else 2,
            locale=locale,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _check_host(request.url, url, wrong))
        page.on("console", lambda message: _check_console(message, wrong))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        page.wait_for_selector("#chat-input")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _check_host(asked: str, url: str, wrong: list[str]) -> None:
    here = (url, url.replace("http", "ws", 1), "data:", "blob:")
    if not asked.startswith(here):
        wrong.append(f"asked {asked}")


def _check_console(message: ConsoleMessage, wrong: list[str]) -> None:
    if message.type == "error":
        wrong.append(message.text)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A real browser on a busy machine misses a moment now and then: once more, and then it counts.
    The summary names what was run again.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))
