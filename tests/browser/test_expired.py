"""A sign-in that has run out: a word, the way to sign in, and back to what one was doing."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import jwt
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accounts import ULLA
from tests.browser.asking import ANSWER, ask, put
from tests.browser.chatserver import ChatServer
from tests.browser.socketchat import signed_in

QUESTION = "Hvor mange E3-licenser er i brug?"
WORD = "Du er ikke logget ind. Log ind, så fortsætter du, hvor du var."
# Answered in its conversation or, when that had no address yet, in the field: as much of it as was
# typed before Chainlit led to the sign-in, which it does when it finds out.
ANSWERED_OR_THERE = """question => document.querySelector("#chat-input")?.value
  && question.startsWith(document.querySelector("#chat-input").value)
  || document.querySelector('[data-step-type="assistant_message"]')?.textContent.includes("2386")"""
WIDTHS = pytest.mark.parametrize("page", [1280, 360], indirect=True)


@pytest.fixture
def page(
    request: pytest.FixtureRequest, chromium: Browser, sqlite_staff: ChatServer
) -> Iterator[Page]:
    width = getattr(request, "param", 1280)
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale="da-DK", base_url=sqlite_staff.url
    )
    yield context.new_page()
    context.close()


def come_in(page: Page, server: ChatServer, index: Path, seconds: int) -> str:
    """The chat, with a sign-in that holds for so many seconds; returns its token."""
    secret = (index.parent / "auth-secret").read_text(encoding="utf-8").strip()
    with signed_in(server.url, *ULLA) as client:
        told = jwt.decode(client.cookies["access_token"], secret, algorithms=["HS256"])
    token = jwt.encode({**told, "exp": int(time.time()) + seconds}, secret, algorithm="HS256")
    page.context.add_cookies([{"name": "access_token", "value": token, "url": server.url}])
    page.goto("/")
    page.wait_for_selector("#sider a")
    return token


def run_out(page: Page, server: ChatServer, token: str) -> None:
    """Wait until the server does not take `token` any more."""
    for _ in range(100):
        if httpx.get(f"{server.url}/user", cookies={"access_token": token}).status_code == 401:
            return
        page.wait_for_timeout(200)
    raise AssertionError("the sign-in does not run out")


def sign_in(page: Page) -> None:
    expect(page.get_by_role("status").get_by_text(WORD)).to_be_visible()
    page.locator("#email").fill(ULLA[0])
    page.locator("#password").fill(ULLA[1])
    page.keyboard.press("Enter")


@WIDTHS
def test_a_question_is_answered_after_the_sign_in(
    page: Page, sqlite_staff: ChatServer, index: Path
) -> None:
    token = come_in(page, sqlite_staff, index, 12)
    ask(page, "Hvad siger politikken om Copilot?")
    run_out(page, sqlite_staff, token)
    put(page, QUESTION)
    page.wait_for_url("**/login")
    sign_in(page)
    expect(page.locator(ANSWER)).to_have_count(2, timeout=30_000)
    expect(page.locator(ANSWER).last).to_contain_text("2386")


@WIDTHS
def test_the_first_one_of_a_conversation_is_not_lost(
    page: Page, sqlite_staff: ChatServer, index: Path
) -> None:
    run_out(page, sqlite_staff, come_in(page, sqlite_staff, index, 6))
    put(page, QUESTION)
    page.wait_for_url("**/login")
    sign_in(page)
    page.wait_for_selector("#sider a")
    page.wait_for_function(ANSWERED_OR_THERE, arg=QUESTION)


def test_what_is_being_typed_is_kept(page: Page, sqlite_staff: ChatServer, index: Path) -> None:
    token = come_in(page, sqlite_staff, index, 6)
    page.locator("#chat-input").fill("Et halvt spørgsmål")
    run_out(page, sqlite_staff, token)
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # as when one comes back to the tab
    page.wait_for_url("**/login")
    sign_in(page)
    expect(page.locator("#chat-input")).to_have_value("Et halvt spørgsmål")


def test_nothing_of_it_is_for_the_next_user(
    page: Page, sqlite_staff: ChatServer, index: Path
) -> None:
    come_in(page, sqlite_staff, index, 600)
    ask(page, QUESTION)
    refused = "fetch('/tilbagemeldinger/x', { credentials: 'omit' }).then(got => got.status)"
    assert page.evaluate(refused) == 401
    page.locator("#user-nav-button").click()
    page.get_by_role("menuitem", name="Log ud").click()
    page.locator("#email").wait_for()
    expect(page.get_by_text(WORD)).to_have_count(0)


def test_a_page_leads_to_the_sign_in_and_back(page: Page, sqlite_staff: ChatServer) -> None:
    page.goto("/samtaler?soeg=a%26b")
    expect(page.get_by_role("heading", name="Log ind først")).to_be_visible()
    page.get_by_role("link", name="Log ind").click()
    sign_in(page)
    expect(page.get_by_role("heading", name="Dine samtaler")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("a&b")


@pytest.mark.parametrize("to", ["https://andre.example/", "//andre.example", "javascript:alert(1)"])
def test_only_to_pages_of_ones_own(page: Page, sqlite_staff: ChatServer, to: str) -> None:
    page.goto(f"/login#til={to}")
    sign_in(page)
    page.wait_for_selector("#sider a")
    assert page.url == f"{sqlite_staff.url}/"
