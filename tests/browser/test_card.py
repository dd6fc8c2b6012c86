"""A verdict as a card: its word, icon and colour, what to tick off, and where to go from there."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import ANSWER, ask, suggestions, whole
from tests.browser.conftest import OpenPage

CONDITIONAL = "Må jeg bruge Copilot Chat til interne data?"
OPEN = "Må jeg bruge ChatGPT?"
FORBIDDEN = "Må jeg skrive cpr-numre i ChatGPT?"
SCREENS = [(1280, "light"), (360, "dark"), (1280, "dark"), (360, "light")]


LOOKS = """answers => {
  const answer = [...answers].at(-1);
  const badge = answer.querySelector('h2 a[href^="/afgoerelse/"]');
  return [
    getComputedStyle(badge).color,
    getComputedStyle(badge, "::before").getPropertyValue("mask"),
    getComputedStyle(answer.querySelector(".message-content")).borderLeftColor,
  ];
}"""


def looks(page: Page) -> tuple[str, str, str]:
    """Colour of the last answer's word, its icon, and colour of the card's edge; asked for at
    once, since an answer is drawn anew when its suggestions come."""
    colour, icon, edge = page.locator(ANSWER).evaluate_all(LOOKS)
    return str(colour), str(icon), str(edge)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_each_verdict_has_a_word_an_icon_and_a_colour_of_its_own(
    open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(width, scheme)
    seen = set()
    for question, word in ((FORBIDDEN, "Nej"), (OPEN, "Afhænger af situationen")):
        answer = ask(page, question)
        expect(answer.get_by_role("heading", name=word, exact=True)).to_be_visible()
        colour, icon, edge = looks(page)
        assert "svg" in icon
        assert colour == edge
        seen.add((colour, icon))
    assert len(seen) == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_word_tells_what_it_means(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, FORBIDDEN).get_by_role("link", name="Nej", exact=True).click()
    panel = page.locator("#kilde")
    expect(panel.get_by_role("heading", name="Nej", exact=True)).to_be_visible()
    expect(panel).to_contain_text("Dokumenterne forbyder det")


@pytest.mark.parametrize("width", [1280, 360])
def test_conditions_are_ticked_off_and_stay_so(open_page: OpenPage, width: int) -> None:
    page = open_page(width)
    answer = ask(page, "Må jeg bruge Copilot Chat til interne data?")
    box = answer.get_by_role("checkbox").first
    expect(box).to_have_attribute("aria-label", re.compile(r"^[^\[]+$"))
    box.check()
    expect(page.locator("#oplaest")).to_contain_text(re.compile(r"^1 af \d+ krydset af$"))
    suggestions(answer)  # the answer is drawn anew when they come
    expect(box).to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    answer.locator(".task-list-item").first.click(position={"x": 60, "y": 12})
    expect(answer.get_by_role("checkbox").first).not_to_be_checked()


def test_a_suggestion_is_asked_and_answered(open_page: OpenPage) -> None:
    page = open_page()
    offered = suggestions(ask(page, FORBIDDEN))
    assert 1 <= offered.count() <= 3
    for question in offered.all_inner_texts():
        page.locator("#chat-input").fill("et udkast")
        before = page.locator(ANSWER).count()
        page.get_by_role("button", name=question, exact=True).first.click()
        answer = whole(page, before)
        expect(answer.locator('a[href^="/kilde/"]').first).to_be_visible()
        asked = page.locator('[data-step-type="user_message"]').last
        expect(asked).to_contain_text(question)
        expect(page.locator("#chat-input")).to_have_value("et udkast")


def test_a_case_opened_in_a_tab_of_its_own_waits_in_the_field(open_page: OpenPage) -> None:
    page = open_page()
    case = ask(page, OPEN).get_by_role("button", name="Åbne data", exact=True)
    address = case.get_attribute("href") or ""
    wanted = parse_qs(urlsplit(address).fragment)["spoerg"][0]
    other = page.context.new_page()
    other.goto(f"{page.url.split('/thread')[0].rstrip('/')}{address}")
    expect(other.locator("#chat-input")).to_have_value(wanted)
    assert "spoerg" not in other.url


@pytest.mark.parametrize(("width", "scheme"), SCREENS[:2])
def test_a_colleague_gets_a_mail_with_question_answer_and_sources(
    open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(width, scheme)
    answer = ask(page, FORBIDDEN)
    chips = answer.locator('a[href$="#kilde"]').all_inner_texts()
    answer.get_by_role("link", name="Spørg en kollega").click()
    panel = page.locator("#kilde")
    assert panel.get_by_label("Til").input_value().endswith("@kommunen.example")
    expect(panel.get_by_label("Emne")).to_have_value(f"Spørgsmål om AI: {FORBIDDEN}")
    text = panel.get_by_label("Tekst").input_value()
    for part in (FORBIDDEN, "Nej", "Kilder:", *chips):
        assert part in text
    assert "/kilde/" not in text
    panel.get_by_label("Tekst").fill(f"{text}\nPS: Det haster.")
    mail = panel.get_by_role("link", name="Åbn i mailprogram").get_attribute("href") or ""
    assert mail.startswith("mailto:")
    assert len(mail) <= 1900
    assert unquote(parse_qs(urlsplit(mail).query)["subject"][0]).endswith(FORBIDDEN)
    panel.get_by_role("button", name="Kopiér teksten").click()
    expect(panel.get_by_role("button", name="Kopieret")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert str(copied).replace("\r\n", "\n").endswith("PS: Det haster.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    expect(answer.get_by_role("link", name="Spørg en kollega")).to_be_focused()


# Keeps all that is said to a screen reader, since the next thing said takes its place, and where
# each click falls, to tell what happened where nothing was said.
_KEEP = """() => {
  window.said = [];
  window.clicked = [];
  addEventListener("click", ({ target }) => clicked.push(target.outerHTML.slice(0, 120)), true);
  const live = document.querySelector("#oplaest");
  new MutationObserver(() => said.push(live.textContent)).observe(live, { childList: true });
}"""


def _copy(page: Page, answer: Locator) -> list[str]:
    """Copy the answer as a person does, once more where the page moved under the first click; what
    was said.
    """
    expect(page.locator("#oplaest")).to_contain_text("Svar:")  # told a moment after it is there
    page.evaluate(_KEEP)
    for _ in range(3):
        answer.get_by_role("button", name="Kopiér svaret").click()
        page.wait_for_timeout(3000)  # the clipboard may take 1.5 s before the text is marked
        if "Kopieret" in page.evaluate("said"):
            break
    said: list[str] = page.evaluate("said")
    return said


def test_an_answer_is_copied_as_it_reads(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("navigator.clipboard.writeText('')")
    said = _copy(page, ask(page, FORBIDDEN))
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied, f"nothing copied; said {said}, clicked {page.evaluate('clicked')}"
    _is_the_answer(copied)


@pytest.mark.parametrize("clipboard", ["undefined", "{ writeText: () => new Promise(() => {}) }"])
def test_an_answer_is_copied_where_the_browser_has_no_clipboard_for_us(
    open_page: OpenPage, clipboard: str
) -> None:
    page = open_page()
    page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    said = _copy(page, ask(page, FORBIDDEN))
    assert "Kopieret" in said, f"said {said}, clicked {page.evaluate('clicked')}"
    page.locator("#chat-input").click()
    page.keyboard.press("Control+V")
    expect(page.locator("#chat-input")).not_to_have_value("")
    _is_the_answer(page.locator("#chat-input").input_value())


def _is_the_answer(copied: str) -> None:
    assert copied.startswith("Nej")
    assert "Kilder:" in copied
    assert "](" not in copied


def test_what_is_declined_can_be_asked_of_a_colleague(open_page: OpenPage) -> None:
    page = open_page()
    answer = ask(page, "Hvornår åbner svømmehallen i påskeferien?")
    answer.get_by_role("link", name="Spørg en kollega").click()
    expect(page.locator("#kilde").get_by_label("Tekst")).to_have_value(
        re.compile("svømmehallen", re.DOTALL)
    )
