"""On a slow line: a page to type in before the chat is there, and little to fetch again."""

import gzip
from functools import partial

import httpx
import pytest
from playwright.sync_api import Browser, Request, Route, expect

from tests.browser.chatserver import ChatServer

BUNDLE = "**/assets/index-*.js"
# At 1.6 Mbit/s and 150 ms a second is four ways there and back and 100 kB.
MOST_REQUESTS = 8
MOST_BYTES = 40_000
# What the browser waits for before it paints: the page's styles, and scripts that are no modules.
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter(each => each.renderBlockingStatus === "blocking").map(each => each.name)"""
QUESTION = "Hvor mange E3-licenser er i brug?"


def _hold(held: list[Route], route: Route) -> None:
    held.append(route)


def test_a_question_can_be_typed_before_the_chat_is_there(
    chromium: Browser, server: ChatServer
) -> None:
    context = chromium.new_context(locale="da-DK")
    page = context.new_page()
    held: list[Route] = []
    page.route(BUNDLE, partial(_hold, held))
    page.goto(server.url, wait_until="commit")
    shell = page.locator("#forside")
    expect(shell.get_by_role("heading", name="Må vi?")).to_be_visible()
    expect(shell.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(QUESTION)
    for _ in range(40):  # until the page's own script is there to hear it
        page.keyboard.press("Enter")
        if "bliver sendt" in shell.inner_text():
            break
        page.wait_for_timeout(250)
    expect(shell).to_contain_text("bliver sendt")
    for route in held:
        route.continue_()
    answer = page.locator('[data-step-type="assistant_message"]')
    expect(answer).to_contain_text("2386", timeout=30_000)
    expect(shell).to_have_count(0)
    context.close()


def test_little_is_fetched_before_the_first_page(chromium: Browser, server: ChatServer) -> None:
    """What makes the first page fast, held without a clock: `make bench` has the seconds."""
    context = chromium.new_context(locale="da-DK")
    page = context.new_page()
    held: list[Route] = []
    page.route(BUNDLE, partial(_hold, held))
    got: list[Request] = []
    page.on("requestfinished", lambda request: got.append(request))  # noqa: PLW0108 - Playwright cannot wrap a builtin
    page.goto(server.url, wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    expect(page.locator("#forside-felt")).to_be_focused()
    blocking = page.evaluate(BLOCKING)
    needed = [_size(request) for request in got if request.url in [page.url, *blocking]]
    assert len(needed) == len(blocking) + 1
    assert len(needed) <= MOST_REQUESTS, needed
    assert sum(size for _, size in needed) <= MOST_BYTES, needed
    context.close()


def _size(request: Request) -> tuple[str, int]:
    sizes = request.sizes()
    return request.url, sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_what_was_begun_goes_on_in_the_chat(chromium: Browser, server: ChatServer) -> None:
    context = chromium.new_context(locale="en-GB", color_scheme="dark")
    page = context.new_page()
    held: list[Route] = []
    page.route(BUNDLE, partial(_hold, held))
    page.goto(server.url, wait_until="commit")
    expect(page.locator("#forside")).to_contain_text("Loading the chat")
    expect(page.locator("#forside")).to_have_css("background-color", "rgb(19, 28, 32)")
    page.locator("#forside-felt").fill("Må vi")
    for route in held:
        route.continue_()
    expect(page.locator("#chat-input")).to_have_value("Må vi", timeout=30_000)
    expect(page.locator("#chat-input")).to_be_focused()
    context.close()


def test_a_file_is_compressed_once_and_kept(server: ChatServer) -> None:
    page = httpx.get(server.url).text
    bundle = page.split('src="/assets/')[1].split('"')[0]
    with httpx.stream("GET", f"{server.url}/assets/{bundle}") as answer:
        packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/javascript")
    whole = httpx.get(f"{server.url}/assets/{bundle}", headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(packed) == whole.content
    assert len(packed) < len(whole.content) / 3


def test_our_own_files_are_asked_for_again(server: ChatServer) -> None:
    first = httpx.get(f"{server.url}/public/maavi.js")
    assert first.headers["cache-control"] == "no-cache"
    again = httpx.get(
        f"{server.url}/public/maavi.js", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/public/../pyproject.toml", "/public/%2e%2e/pyproject.toml", "/assets/findes-ikke.js"]
)
def test_nothing_else_is_served(server: ChatServer, path: str) -> None:
    answer = httpx.get(f"{server.url}{path}")
    assert "requires-python" not in answer.text
