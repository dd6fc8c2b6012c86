"""How fast the first page comes on a slow line; `make bench` runs it:

.venv/bin/python -m tests.browser.line
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chatserver import ROOT, chromium_path, running

# Kilobits a second down and milliseconds there and back: Lighthouse's "slow 4G", and a fair line.
LINES = {"1.6 Mbit/s, 150 ms": (1_600, 150), "9 Mbit/s, 60 ms": (9_000, 60)}
_UP = 750  # kilobits a second up
_PAINT = "() => performance.getEntriesByName('first-contentful-paint').length"
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Measure two visits on each line and print them."""
    if chromium_path() is None:
        print("first page on a slow line: no Chromium, not measured")
        return
    with (
        tempfile.TemporaryDirectory() as empty,
        running(Path(empty) / "index", ROOT / "corpus") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        for name, (down, delay) in LINES.items():
            for visit, seconds in enumerate(_visits(browser, server.url, down, delay), 1):
                first, field = seconds
                note = "   (to be under 2)" if visit == 1 else ""
                print(f"{name}, visit {visit}: first page {first:.2f} s{note}, chat {field:.2f} s")
        browser.close()


def _visits(browser: Browser, url: str, down: int, delay: int) -> list[tuple[float, float]]:
    """Seconds to the first page and to the chat's own field, twice in one browser."""
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    line = {
        "offline": False,
        "latency": delay,
        "downloadThroughput": down * 125,
        "uploadThroughput": _UP * 125,
    }
    session.send("Network.emulateNetworkConditions", line)
    found = []
    for _ in range(2):
        page.goto(url, wait_until="commit")
        page.wait_for_function(_PAINT)
        first = float(str(page.evaluate(_PAINTED)))
        page.wait_for_selector("#chat-input", timeout=120_000)
        found.append((first / 1000, float(str(page.evaluate("performance.now()"))) / 1000))
    context.close()
    return found


if __name__ == "__main__":
    main()
