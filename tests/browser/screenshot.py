"""Makes the pictures of docs/medarbejder.md and README.md from the chat as it is:

    .venv/bin/python -m tests.browser.screenshot [--all FOLDER]

With --all it also puts the chat at 1280 and 360 pixels, light and dark, into FOLDER, to be looked
at after a change of looks.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, TimeoutError, sync_playwright

from tests.browser.asking import ask, settled, suggestions
from tests.browser.chatserver import ROOT, chromium_path, maavi, running

PICTURES = ROOT / "docs" / "billeder"
CONDITIONAL = "Må jeg bruge Copilot Chat til interne data?"
OPEN = "Må jeg bruge ChatGPT?"
FORBIDDEN = "Må jeg skrive cpr-numre i ChatGPT?"
FACT = "Hvor mange E3-licenser er i brug?"
DECLINED = "Hvornår åbner svømmehallen?"


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path)
    folder = parser.parse_args().all
    corpus = ROOT / "corpus"
    with tempfile.TemporaryDirectory() as temporary:
        index = Path(temporary) / "index"
        maavi("ingest", str(corpus), index=index, corpus=corpus)
        database = f"sqlite:///{temporary}/maavi.db"
        with (
            running(index, corpus, MAAVI_DATABASE_URL=database) as server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=["--no-sandbox"]
            )
            pictures_of_docs(browser, server.url, PICTURES)
            for width in (1280, 360) if folder else ():
                for scheme in ("light", "dark"):
                    all_pictures(browser, server.url, width, scheme, folder)
            browser.close()


def pictures_of_docs(browser: Browser, url: str, folder: Path) -> None:
    """The pictures that the documents show, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with opened(browser, url, 1280, "light") as page:
        answer = _asked(page, OPEN)
        page.screenshot(path=folder / "tilfaelde.png")
        answer = _asked(page, CONDITIONAL)
        answer.get_by_role("checkbox").first.check()
        page.screenshot(path=folder / "kort.png")
        _open_source(page, answer)
        page.screenshot(path=folder / "kilde.png")
        page.keyboard.press("Escape")
        _open_mail(page, answer)
        page.screenshot(path=folder / "mail.png")
        page.keyboard.press("Escape")
        _thumb_down(page)
        page.screenshot(path=folder / "tilbagemelding.png")
        page.get_by_role("link", name="Dine samtaler").click()
        page.get_by_text("Ret eller slet").first.click()
        page.screenshot(path=folder / "samtaler.png")
    with opened(browser, url, 360, "light") as page:
        answer = _asked(page, CONDITIONAL)
        page.screenshot(path=folder / "telefon-kort.png")
        _open_source(page, answer)
        page.screenshot(path=folder / "telefon-kilde.png")


def all_pictures(browser: Browser, url: str, width: int, scheme: str, folder: Path) -> None:
    """Every view at one width and in one theme, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{width}-{scheme}"
    with opened(browser, url, width, scheme) as page:
        page.screenshot(path=folder / f"{name}-velkommen.png")
        for number, question in enumerate((CONDITIONAL, OPEN, FORBIDDEN, FACT, DECLINED), 1):
            answer = _asked(page, question)
            page.screenshot(path=folder / f"{name}-svar{number}.png")
            if answer.locator('a[href$="#kilde"]').count():
                _open_source(page, answer)
                page.screenshot(path=folder / f"{name}-kilde{number}.png")
                page.keyboard.press("Escape")
            _open_mail(page, answer)
            page.screenshot(path=folder / f"{name}-mail{number}.png")
            page.keyboard.press("Escape")


@contextmanager
def opened(browser: Browser, url: str, width: int, scheme: str) -> Iterator[Page]:
    """The chat in a window of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": 800 if width > 500 else 740},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1 if width > 500 else 2,
        locale="da-DK",
    )
    page: Page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#starters button")
    page.wait_for_timeout(1000)  # the welcome fades in
    yield page
    context.close()


def _asked(page: Page, question: str) -> Locator:
    answer = ask(page, question)
    if answer.locator('a[href$="#kilde"]').count():
        suggestions(answer)
    page.wait_for_timeout(1500)  # it scrolls to its place
    page.mouse.move(0, 0)
    return answer


def _open_source(page: Page, answer: Locator) -> None:
    answer.locator('a[href$="#kilde"]').first.click()
    page.wait_for_function(
        "() => { const image = document.querySelector('#kilde article img');"
        " return image && image.complete && image.naturalWidth > 0; }"
    )
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)


def _thumb_down(page: Page) -> None:
    settled(page)  # the panel has closed, and the answer is where it stays
    send = page.locator("#submit-feedback")
    for _ in range(3):  # an answer that is drawn anew meanwhile takes the dialog away
        page.get_by_role("button", name="Ikke et nyttigt svar").last.click()
        with suppress(TimeoutError):
            send.click(timeout=5_000)
            break
    page.get_by_role("button", name="Kan ikke finde citatet").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(6000)  # the notice has gone


def _open_mail(page: Page, answer: Locator) -> None:
    link = answer.locator('a[href*="?subject="]')
    if link.count():
        link.click()
        page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
