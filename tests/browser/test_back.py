"""Back and forward in the browser: between conversations, a new chat, and the panel."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ANSWER, ask, suggestions
from tests.browser.conftest import OpenPage

FIRST = "Hvor mange E3-licenser er i brug?"
SECOND = "Må jeg bruge ChatGPT til interne oplysninger?"
THREAD = re.compile("/thread/")
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


def new_chat(page: Page) -> None:
    page.locator("#header #new-chat-button").click()
    page.get_by_role("button", name="Bekræft").click()
    expect(page.locator("#welcome-screen")).to_be_visible()


@WIDTHS
def test_between_conversations_and_a_new_chat(open_page: OpenPage, width: int) -> None:
    page = open_page(width)
    ask(page, FIRST)
    expect(page).to_have_url(THREAD)  # so that a reload finds it again
    first = page.url
    new_chat(page)
    page.go_back()
    expect(page).to_have_url(first)
    expect(page.locator(ANSWER)).to_contain_text("2386")
    page.go_forward()
    expect(page.locator("#welcome-screen")).to_be_visible()
    ask(page, SECOND)
    expect(page).to_have_url(THREAD)
    second = page.url
    assert second != first
    page.go_back()
    expect(page.locator("#welcome-screen")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(first)
    expect(page.locator(ANSWER)).to_contain_text("2386")


@WIDTHS
def test_back_closes_the_source_and_keeps_the_conversation(open_page: OpenPage, width: int) -> None:
    page = open_page(width)
    answer = ask(page, SECOND)
    suggestions(answer)
    expect(page).to_have_url(THREAD)
    panel, steps = page.locator("#kilde"), page.evaluate("history.length")
    sources = answer.locator('a[href$="#kilde"]')
    page.evaluate("document.querySelector('#root').dataset.same = 'yes'")
    sources.first.click()
    expect(panel.locator("article")).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    expect(sources.first).to_be_focused()
    page.go_forward()
    expect(panel.locator("article")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    answer.get_by_role("link", name="Spørg en kollega").click()  # at once, while it goes back
    expect(panel.get_by_label("Tekst")).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    expect(page.locator(ANSWER)).to_have_count(1)
    expect(page.locator("#root[data-same]")).to_have_count(1)  # the page was not loaded anew
    assert page.evaluate("history.length") == int(str(steps)) + 1


def test_a_reload_shows_the_source_that_was_open(open_page: OpenPage) -> None:
    page = open_page(1280)
    ask(page, FIRST).locator('a[href$="#kilde"]').first.click()
    expect(page.locator("#kilde article")).to_contain_text("Notat")
    page.reload()
    expect(page.locator("#kilde article")).to_contain_text("Notat")
    new_chat(page)
    expect(page.locator("#kilde")).to_be_hidden()
