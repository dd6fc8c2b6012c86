"""Asking in the browser, as a member of staff does it, until the whole answer is there."""

import re

from playwright.sync_api import Locator, Page, expect

MARKER = re.compile(r"^\[\d+\]$")
ANSWER = '[data-step-type="assistant_message"]'


# Resolves when nothing on the page has changed for a moment; our own scripts come 50 ms after.
_SETTLED = """() => new Promise(done => {
  let timer = setTimeout(end, 300);
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 300); });
  function end() { watch.disconnect(); done(); }
  watch.observe(document.documentElement, { childList: true, subtree: true, attributes: true });
  setTimeout(end, 5000);
})"""


def settled(page: Page) -> None:
    """Wait until the page is as it will stay: an answer is drawn anew as it ends."""
    page.evaluate(_SETTLED)


def put(page: Page, question: str) -> None:
    """Type the question and send it, once the page is connected."""
    page.locator("#chat-input").click()
    page.keyboard.type(question)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.keyboard.press("Enter")


def ask(page: Page, question: str) -> Locator:
    """Ask, wait for the whole answer, and return its message."""
    answers = page.locator(ANSWER)
    before = answers.count()
    put(page, question)
    return whole(page, before)


def whole(page: Page, before: int) -> Locator:
    """The answer that comes after the first `before` ones, once it is whole."""
    answers = page.locator(ANSWER)
    expect(answers).to_have_count(before + 1, timeout=30_000)
    expect(page.locator("#stop-button")).to_have_count(0)
    answer: Locator = answers.nth(before)
    answer.locator("button:has(.lucide-copy)").wait_for()  # comes when the answer is whole
    settled(page)
    return answer


def suggestions(answer: Locator) -> Locator:
    """The questions that an answer suggests, once they are there."""
    found = answer.locator('a[href^="/#spoerg="]:not([href*="svar="])')
    found.first.wait_for(timeout=30_000)
    return found
