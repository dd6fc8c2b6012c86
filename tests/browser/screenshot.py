"""Makes docs/skaermbillede.png, the picture in the README, from the chat as it is:

    .venv/bin/python -m tests.browser.screenshot [--all FOLDER]

With --all it also puts the chat at 1280 and 360 pixels, light and dark, into FOLDER, to be looked
at after a change of looks.
"""

import argparse
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chatserver import ROOT, chromium_path, maavi, running

QUESTION = "Hvor mange E3-licenser er i brug?"
QUESTIONS = (
    QUESTION,
    "Må jeg bruge ChatGPT til at skrive en mail?",
    "Hvilke data må jeg bruge i DeepL Pro?",
    "Hvornår åbner svømmehallen?",
)


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path)
    folder = parser.parse_args().all
    corpus = ROOT / "corpus"
    with tempfile.TemporaryDirectory() as temporary:
        index = Path(temporary) / "index"
        maavi("ingest", str(corpus), index=index, corpus=corpus)
        with running(index, corpus) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=["--no-sandbox"]
            )
            _readme_picture(browser, server.url)
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                for width in (1280, 360):
                    for scheme in ("light", "dark"):
                        _all_pictures(browser, server.url, width, scheme, folder)
            browser.close()


def _readme_picture(browser: Browser, url: str) -> None:
    page = _opened(browser, url, 1280, "light")
    _ask(page, QUESTION)
    _open_source(page)
    page.screenshot(path=ROOT / "docs" / "skaermbillede.png")
    page.context.close()


def _all_pictures(browser: Browser, url: str, width: int, scheme: str, folder: Path) -> None:
    page = _opened(browser, url, width, scheme)
    page.screenshot(path=folder / f"{width}-{scheme}-velkommen.png")
    for number, question in enumerate(QUESTIONS, 1):
        _ask(page, question)
        page.screenshot(path=folder / f"{width}-{scheme}-svar{number}.png")
        if _open_source(page):
            page.screenshot(path=folder / f"{width}-{scheme}-kilde{number}.png")
            page.keyboard.press("Escape")
    page.context.close()


def _opened(browser: Browser, url: str, width: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800 if width > 500 else 740},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1 if width > 500 else 2,
    )
    page: Page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#starters button")
    page.wait_for_timeout(1000)  # the welcome fades in
    return page


def _ask(page: Page, question: str) -> None:
    answers = page.locator('[data-step-type="assistant_message"]')
    before = answers.count()
    page.locator("#chat-input").click()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    answers.nth(before).wait_for()
    page.wait_for_timeout(1500)  # it scrolls to its place


def _open_source(page: Page) -> bool:
    answer = page.locator('[data-step-type="assistant_message"]').last
    links = answer.get_by_role("link", name=re.compile(r"^\[1\]$"))
    if not links.count():
        return False
    links.first.click()
    page.locator("#kilde article img").wait_for()
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    return True


if __name__ == "__main__":
    main()
