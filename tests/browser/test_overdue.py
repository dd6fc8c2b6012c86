"""A source that should have been reviewed: its banner is seen, whatever is brought into view."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.asking import ask
from tests.browser.chatserver import ROOT, ChatServer, maavi, running

_REGISTER = """
[[document]]
file = "politik-ai-chat.pdf"
title = "Politik for brug af AI-chattjenester"
owner = "Digitalisering og It"
version = "2.1"
valid_from = 2024-01-14
review_by = 2025-01-14
contact = "digital@kommunen.example"
"""


@pytest.fixture(scope="module")
def overdue_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    folder = tmp_path_factory.mktemp("forsinket")
    corpus, index = folder / "korpus", folder / "index"
    corpus.mkdir()
    shutil.copy(ROOT / "corpus" / "politik-ai-chat.pdf", corpus)
    (corpus / "documents.toml").write_text(_REGISTER, encoding="utf-8")
    assert maavi("ingest", str(corpus), index=index, corpus=corpus).returncode == 0
    with running(index, corpus, MAAVI_DATABASE_URL=f"sqlite:///{folder}/maavi.db") as chat:
        yield chat


@pytest.mark.parametrize("width", [1280, 360])
def test_the_banner_and_the_mark_are_both_seen(
    chromium: Browser, overdue_server: ChatServer, width: int
) -> None:
    with chromium.new_context(viewport={"width": width, "height": 740}, locale="da-DK") as context:
        page = context.new_page()
        page.goto(overdue_server.url)
        page.wait_for_selector("#chat-input")
        answer = ask(page, "Må jeg skrive cpr-numre i ChatGPT?")
        expect(answer).to_contain_text("skulle have været gennemgået senest 14. januar 2025")
        chips = answer.locator('a[href$="#kilde"]')
        for chip in chips.all():
            chip.click()
            page.locator("#kilde article img").wait_for()
            page.wait_for_timeout(500)  # the mark is brought into view
            banner = page.locator("#kilde .kilde-banner")
            expect(banner).to_contain_text("14. januar 2025")
            expect(banner).to_be_in_viewport(ratio=1)
            for fact in ("Politik", "Digitalisering og It", "2.1", "14. januar 2024"):
                expect(page.locator("#kilde .kilde-fakta")).to_contain_text(fact)
            page.keyboard.press("Escape")
