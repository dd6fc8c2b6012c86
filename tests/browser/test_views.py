"""Every view of a signed-in user, at 1280 and 360 pixels, light and dark: axe finds nothing,
nothing is wider than the screen, and what there is to do can be done.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accounts import ANNA, ULLA
from tests.browser.asking import ANSWER, ask, put, settled, suggestions, whole
from tests.browser.chatserver import ChatServer
from tests.browser.socketchat import signed_in
from tests.browser.test_access import SCREENS, faults

QUESTION = "Hvor mange E3-licenser er i brug?"
CONDITIONAL = "Må jeg bruge Copilot Chat til interne data?"
OUTSIDE = "Hvornår åbner svømmehallen?"


class Window:
    """A browser window at the sign-in page, which can be signed in."""

    def __init__(self, page: Page, url: str, width: int) -> None:
        self.page = page
        self.url = url
        self.width = width

    def come_in(self, who: tuple[str, str]) -> Page:
        """The chat, for one who has signed in before."""
        with signed_in(self.url, *who) as client:
            token = client.cookies["access_token"]
        self.page.context.add_cookies([{"name": "access_token", "value": token, "url": self.url}])
        self.page.goto(self.url)
        self.page.wait_for_selector("#sider a")
        return self.page

    def sign_in(self, who: tuple[str, str]) -> Page:
        self.page.goto(self.url)
        self.page.locator("#email").fill(who[0])
        self.page.locator("#password").fill(who[1])
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#sider a")
        return self.page

    def check(self, view: str) -> None:
        assert faults(self.page) == [], view
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, view


def opened(chromium: Browser, url: str, width: int, scheme: str, locale: str = "da-DK") -> Window:
    context = chromium.new_context(
        viewport={"width": width, "height": 800 if width > 500 else 740},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
    )
    return Window(context.new_page(), url, width)


# Every screen, and both databases, without each of the one times each of the other.
ON = ("sqlite", "postgresql", "postgresql", "sqlite")
WINDOWS = [
    pytest.param((*s, on), id=f"{s[0]}-{s[1]}-{on}") for s, on in zip(SCREENS, ON, strict=True)
]


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Window]:
    width, scheme, kind = request.param
    server: ChatServer = request.getfixturevalue(f"{kind}_staff")
    made = opened(chromium, server.url, width, scheme)
    yield made
    made.page.context.close()


@pytest.fixture
def plain(chromium: Browser, sqlite_staff: ChatServer) -> Iterator[Window]:
    made = opened(chromium, sqlite_staff.url, 1280, "light")
    yield made
    made.page.context.close()


def test_signing_in(window: Window) -> None:
    window.page.goto(window.url)
    window.page.locator("#email").wait_for()
    window.check("sign-in")
    window.page.locator("#email").fill("anna")
    window.page.locator("#password").fill("forkert kode")
    window.page.keyboard.press("Enter")
    expect(window.page.get_by_text("Brugernavn eller adgangskode passer ikke.")).to_be_visible()
    window.check("a wrong password")
    window.sign_in(ANNA)
    window.check("welcome")
    window.page.locator("#user-nav-button").click()
    expect(window.page.get_by_role("menuitem", name="Log ud")).to_be_visible()


def test_what_is_declined(window: Window) -> None:
    answer = ask(window.come_in(ANNA), OUTSIDE)
    expect(answer).to_contain_text("Det kan jeg ikke finde svar på")
    expect(answer.get_by_role("link", name="Spørg en kollega")).to_be_visible()
    window.check("declined")


def test_a_thumb_down_and_why(window: Window) -> None:
    page = window.come_in(ANNA)
    ask(page, OUTSIDE)
    settled(page)
    page.get_by_role("button", name="Ikke et nyttigt svar").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Det står på hjemmesiden")
    window.check("a comment")
    page.locator("#submit-feedback").click()
    reason = page.get_by_role("button", name="Kan ikke finde citatet")
    expect(reason).to_be_in_viewport(ratio=1)
    window.check("reasons")
    reason.click()
    expect(page.get_by_text("Tak, det er noteret.")).to_be_visible()
    expect(page.get_by_role("button", name="Din kommentar")).to_be_visible()
    window.check("noted")


def earlier(page: Page) -> Locator:
    """The earlier conversations, opened."""
    page.get_by_role("button", name="Vis eller skjul tidligere samtaler").last.click()
    listed = page.locator('[data-sidebar="sidebar"] a[href^="/thread/"]')
    expect(listed.first).to_be_in_viewport()
    return listed


def test_earlier_conversations_are_renamed_and_deleted_in_the_chat(window: Window) -> None:
    page = window.come_in(ANNA)
    ask(page, QUESTION)
    listed = earlier(page)  # on a phone also at the first press
    window.check("earlier conversations")
    name = f"Licenser {window.width} {page.evaluate('performance.now()')}"
    listed.first.hover()
    page.get_by_role("button", name="Omdøb eller slet samtalen").first.click()
    page.get_by_role("menuitem", name="Omdøb").click()
    page.get_by_role("dialog").get_by_role("textbox").fill(name)
    window.check("another name")
    page.get_by_role("button", name="Bekræft").click()
    expect(listed.filter(has_text=name)).to_have_count(1)
    expect(page.get_by_text("Samtalen har fået nyt navn")).to_have_count(0, timeout=15_000)
    listed.filter(has_text=name).hover()
    page.get_by_role("button", name="Omdøb eller slet samtalen").first.click()
    page.get_by_role("menuitem", name="Slet").click()
    expect(page.get_by_text("Det kan ikke fortrydes")).to_be_visible()
    window.check("delete?")
    page.get_by_role("button", name="Bekræft").click()
    expect(listed.filter(has_text=name)).to_have_count(0)  # on a phone the list may close
    page.goto(f"{window.url}/samtaler")
    expect(page.get_by_role("heading", name="Dine samtaler")).to_be_visible()
    expect(page.get_by_role("heading", name=name)).to_have_count(0)


def test_from_the_chat_to_ones_own_conversations(window: Window) -> None:
    page = window.come_in(ANNA)
    ask(page, QUESTION)
    page.get_by_role("link", name="Dine samtaler").click()
    expect(page.get_by_role("heading", name="Dine samtaler")).to_be_visible()
    page.get_by_text("Ret eller slet").first.click()
    window.check("one's own conversations")
    page.get_by_role("link", name="Slet samtalen").first.click()
    window.check("delete this one?")
    page.get_by_role("link", name="Behold samtalen").click()
    page.get_by_role("link", name=QUESTION).first.click()
    expect(page.locator(ANSWER).first).to_contain_text("2386")


def test_the_pages_of_a_role(window: Window) -> None:
    page = window.come_in(ULLA)
    answer = ask(page, QUESTION)
    page.get_by_role("button", name="Nyttigt svar", exact=True).click()
    page.locator("#submit-feedback").click()
    expect(answer.locator(".positive-feedback-on")).to_be_visible()
    page.get_by_role("link", name="Dine samtaler").click()
    page.get_by_role("link", name="Tilbagemeldinger").click()
    window.check("feedback")
    page.get_by_role("link", name="Sådan blev svaret til").first.click()
    window.check("how an answer came to be")


def test_the_pages_of_a_role_in_english(chromium: Browser, sqlite_staff: ChatServer) -> None:
    window = opened(chromium, sqlite_staff.url, 360, "dark", "en-GB")
    page = window.come_in(ULLA)
    ask(page, QUESTION)
    page.get_by_role("button", name="Not a useful answer").click()
    page.locator("#submit-feedback").click()
    page.get_by_role("button", name="Out of date").click()
    expect(page.get_by_text("Thank you, it is noted.")).to_be_visible()  # before one leaves it
    page.goto(f"{window.url}/tilbagemeldinger")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("article").first).to_contain_text("Out of date")
    expect(page.get_by_role("navigation", name="Pages")).to_contain_text("Your conversations")
    window.check("feedback in English")
    seen = page.locator("main").inner_text()
    page.get_by_role("link", name="How the answer came to be").first.click()
    expect(page.get_by_role("heading", name="Passages that the search found")).to_be_visible()
    window.check("how an answer came to be, in English")
    seen += "".join(page.locator("h1, h2, nav, p:not(.svar)").all_inner_texts())
    assert not re.search(r"Tilbagemeld|nyeste|Sådan|Forstået|Regler|Sætninger|Svaret|Dine", seen)
    page.goto(f"{window.url}/svar/findes-ikke")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    page.context.close()


def test_a_conversation_that_is_not_there_is_told_in_danish(plain: Window) -> None:
    page = plain.come_in(ANNA)
    page.goto(f"{plain.url}/thread/findes-ikke")
    expect(page.get_by_text("Samtalen findes ikke, eller den er ikke din.")).to_be_visible()
    expect(page.get_by_text("resume")).to_have_count(0)


def test_the_way_to_a_page_is_for_those_who_may_open_it(plain: Window) -> None:
    page = plain.come_in(ANNA)
    expect(page.locator("#sider a")).to_have_text(["Dine samtaler"])


@pytest.mark.parametrize(
    "selector",
    ['a[href$="#kilde"]', 'input[type="checkbox"]', 'button[aria-label="Kopiér svaret"]'],
)
def test_the_keyboard_stays_where_it_was_when_suggestions_come(
    plain: Window, selector: str
) -> None:
    page = plain.come_in(ANNA)
    put(page, CONDITIONAL)
    place = page.locator(f"{ANSWER} {selector}").last
    place.wait_for()
    place.focus()
    answer = whole(page, 0)
    suggestions(answer)
    expect(answer.locator(selector).last).to_be_focused()


def test_a_closed_list_is_not_in_the_keyboards_way(plain: Window) -> None:
    page = plain.come_in(ANNA)
    for _ in range(25):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.getBoundingClientRect().right")
        assert float(str(at)) > 0


def test_what_is_written_as_markup_stays_text(plain: Window) -> None:
    page = plain.come_in(ANNA)
    written = "# Må jeg <b>bruge</b> <img src=x> [ChatGPT](javascript:alert(1))?"
    ask(page, written)
    asked = page.locator('[data-step-type="user_message"]')
    expect(asked).to_contain_text(written)
    assert asked.locator("h1, b, a, img[src='x']").count() == 0
    page.get_by_role("link", name="Dine samtaler").click()
    expect(page.get_by_role("heading", name=written)).to_be_visible()


def test_english_around_the_chat(chromium: Browser, sqlite_staff: ChatServer) -> None:
    window = opened(chromium, sqlite_staff.url, 1280, "light", "en-GB")
    page = window.page
    page.goto(window.url)
    expect(page.get_by_label("User name")).to_be_visible()
    page.locator("#email").fill("anna")
    page.locator("#password").fill("forkert kode")
    page.keyboard.press("Enter")
    expect(page.get_by_text("User name or password does not match.")).to_be_visible()
    window.come_in(ANNA)
    ask(page, "May I put CPR numbers into ChatGPT?")
    page.get_by_role("link", name="Your conversations").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Download as PDF").first).to_be_visible()
    seen = page.locator("body").inner_text()
    assert not re.search(r"samtale|Hent som|Søg", seen)
    page.get_by_text("Rename or delete").first.click()
    page.get_by_role("link", name="Delete the conversation").first.click()
    expect(page.get_by_text("It cannot be brought back.")).to_be_visible()
    page.get_by_role("link", name="Keep the conversation").click()
    page.goto(f"{window.url}/samtaler/findes-ikke.pdf")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{window.url}/samtaler")
    expect(page.get_by_role("heading", name="Sign in first")).to_be_visible()
    page.context.close()
