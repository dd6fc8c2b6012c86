"""For everyone: axe, the keyboard alone, what a screen reader is told, less motion, and English."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.asking import ask, settled, suggestions
from tests.browser.conftest import OpenPage

CONDITIONAL = "Må jeg bruge Copilot Chat til interne data?"
OPEN = "Må jeg bruge ChatGPT?"
SCREENS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


STILL = """() => Promise.allSettled(document.getAnimations()
  .filter(each => each.effect.getComputedTiming().endTime < Infinity)
  .map(each => each.finished))"""


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is, of any impact."""
    settled(page)
    page.evaluate(STILL)  # what fades in has no contrast yet
    found = Axe().run(page).response["violations"]
    return [f"{v['impact']} {v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width, scheme)
    assert faults(page) == [], "welcome"
    ask(page, OPEN)
    answer = ask(page, CONDITIONAL)
    suggestions(answer)
    answer.get_by_role("checkbox").first.check()
    assert faults(page) == [], "answers"
    page.get_by_role("button", name="Søger i dokumenterne").last.click()
    assert faults(page) == [], "what was found"
    answer.locator('a[href$="#kilde"]').first.click()
    page.locator("#kilde article img").wait_for()
    assert faults(page) == [], "a source"
    page.keyboard.press("Escape")
    answer.get_by_role("link", name="Spørg en kollega").click()
    assert faults(page) == [], "a mail"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Om Må vi?").click()
    assert faults(page) == [], "about"


def test_axe_finds_nothing_on_our_own_pages(open_page: OpenPage) -> None:
    page = open_page()
    source = ask(page, CONDITIONAL).locator('a[href$="#kilde"]').first.get_attribute("href")
    for address in (source, "/afgoerelse/betinget", "/afgoerelse/afhaenger"):
        page.goto(f"{page.url.split('/thread')[0].rstrip('/')}{address}")
        assert faults(page) == [], address


def active(page: Page, selector: str) -> bool:
    """Whether the keyboard is at something that `selector` names."""
    return bool(page.evaluate("s => document.activeElement.matches(s)", selector))


def go_back_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if active(page, selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_the_keyboard_alone_is_enough(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.locator("#chat-input")).to_be_focused()
    page.keyboard.type(CONDITIONAL)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.keyboard.press("Enter")
    answer = page.locator('[data-step-type="assistant_message"]')
    suggestions(answer)

    go_back_to(page, 'a[href*="?subject="]')
    page.keyboard.press("Enter")
    panel = page.locator("#kilde")
    expect(panel.get_by_label("Tekst")).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel.get_by_label("Til")).to_be_focused()
    page.keyboard.press("Escape")
    assert active(page, 'a[href*="?subject="]')

    go_back_to(page, 'a[href$="#kilde"]')
    page.keyboard.press("Enter")
    expect(panel.get_by_role("link", name="Åbn PDF’en")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(panel.get_by_role("button", name="Luk")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()

    go_back_to(page, 'input[type="checkbox"]')
    page.keyboard.press("Space")
    expect(answer.locator("input:focus")).to_be_checked()


def test_a_focus_can_be_seen(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, CONDITIONAL)
    for selector in ('a[href$="#kilde"]', 'a[href*="?subject="]', 'h2 a[href^="/afgoerelse/"]'):
        page.locator("#chat-input").focus()
        go_back_to(page, selector)
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert float(str(width)) >= 2, selector


def test_an_answer_is_told_once_when_it_is_whole(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(
        """() => {
          window.told = [];
          new MutationObserver(() => {
            const said = document.querySelector("#oplaest")?.textContent;
            if (said && said !== window.told.at(-1)) window.told.push(said);
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }"""
    )
    suggestions(ask(page, CONDITIONAL))
    expect(page.locator("#oplaest")).to_contain_text("Svar: Ja, på betingelser. Ja, ")
    told = list(page.evaluate("window.told"))
    assert len(told) == 1
    expect(page.locator("#oplaest")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("article", name="Svar", exact=True)).to_be_visible()
    expect(page.get_by_role("article", name="Dit spørgsmål")).to_be_visible()


def test_less_motion_where_it_is_wished(open_page: OpenPage) -> None:
    page = open_page()
    page.emulate_media(reduced_motion="reduce")
    longest = """() => Math.max(...[...document.querySelectorAll("*")].map(e => {
      const s = getComputedStyle(e);
      return Math.max(...[s.animationDuration, s.transitionDuration].flatMap(d => d.split(",")).map(parseFloat));
    }))"""  # noqa: E501
    assert float(str(page.evaluate(longest))) < 0.1


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
def test_english_where_the_browser_asks_for_it(open_page: OpenPage, locale: str) -> None:
    page = open_page(locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#chat-input")).to_have_attribute("placeholder", "Ask your question …")
    page.get_by_role("button", name="About Må vi?").click()
    expect(page.get_by_role("dialog")).to_contain_text("How to use Må vi?")
    page.get_by_role("button", name="Close").click()
    answer = ask(page, "May I put CPR numbers into ChatGPT?")
    expect(answer.get_by_role("heading", name="No", exact=True)).to_be_visible()
    expect(answer).to_contain_text("Sources")
    answer.locator('a[href$="#kilde"]').first.click()
    panel = page.locator("#kilde")
    expect(panel.get_by_role("link", name="Open the PDF at page")).to_be_visible()
    expect(panel).to_contain_text("Kind")
    page.keyboard.press("Escape")
    answer.get_by_role("link", name="Ask a colleague").click()
    expect(panel.get_by_label("Subject")).to_have_value(
        "Question about AI: May I put CPR numbers into ChatGPT?"
    )
    page.get_by_role("button", name="Searching the documents").click()
    expect(page.locator('[data-step-type="tool"]')).to_contain_text("Searched for:")
    seen = page.locator("#root").inner_text()
    for danish in ("Ny chat", "Skriv dit", "Kilder", "Søg", "Spørg"):
        assert danish not in seen


def test_danish_for_every_other_language(open_page: OpenPage) -> None:
    page = open_page(locale="de-DE")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.locator("#chat-input")).to_have_attribute("placeholder", "Skriv dit spørgsmål …")
