"""Members of staff in real browsers: sign in, ask, come back, give feedback, take along, delete."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accounts import ANNA, BO, ULLA
from tests.browser.asking import ask
from tests.browser.chatserver import ChatServer

QUESTION = "Hvor mange E3-licenser er i brug?"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def staff_server(request: pytest.FixtureRequest) -> ChatServer:
    server: ChatServer = request.getfixturevalue(f"{request.param}_staff")
    return server


class Staff:
    """Opens a browser of its own for each user."""

    def __init__(self, chromium: Browser, server: ChatServer) -> None:
        self.url = server.url
        self._chromium = chromium
        self.contexts: list[BrowserContext] = []
        self.foreign: list[str] = []

    def sign_in(self, who: tuple[str, str], width: int = 1280, scheme: str = "light") -> Page:
        context = self._chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="da-DK",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self._look(request.url))
        page.goto(self.url)
        page.locator("#email").fill(who[0])
        page.locator("#password").fill(who[1])
        page.keyboard.press("Enter")
        page.wait_for_selector("#chat-input")
        return page

    def _look(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws", 1), "data:", "blob:")):
            self.foreign.append(url)


@pytest.fixture
def staff(chromium: Browser, staff_server: ChatServer) -> Iterator[Staff]:
    opened = Staff(chromium, staff_server)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.foreign == []


def test_a_wrong_password_is_told_in_danish(chromium: Browser, staff_server: ChatServer) -> None:
    with chromium.new_context(locale="da-DK") as context:
        page = context.new_page()
        page.goto(staff_server.url)
        page.locator("#email").fill("anna")
        page.locator("#password").fill("forkert kode")
        page.keyboard.press("Enter")
        told = page.get_by_role("alert").first
        expect(told).to_have_text("Brugernavn eller adgangskode passer ikke.")
        expect(page.locator("[data-sonner-toast]")).to_have_count(0)  # once is enough


def test_a_conversation_is_there_when_its_user_comes_back(staff: Staff) -> None:
    page = staff.sign_in(ANNA)
    ask(page, QUESTION)
    expect(page).to_have_url(re.compile("/thread/"))
    address = page.url
    page.reload()
    expect(page.locator('[data-step-type="assistant_message"]')).to_contain_text("2386")
    ask(page, "Hvad siger politikken om Copilot?")  # it goes on

    other = staff.sign_in(BO)
    other.goto(address)
    expect(other.get_by_text("Samtalen findes ikke, eller den er ikke din.")).to_be_visible()
    expect(other.get_by_text("2386")).to_have_count(0)
    other.goto(f"{staff.url}/samtaler")
    expect(other.get_by_text("Her er ingen samtaler.")).to_be_visible()


def test_a_thumb_down_a_comment_and_a_reason(staff: Staff) -> None:
    page = staff.sign_in(ANNA)
    ask(page, QUESTION)
    page.locator(".negative-feedback-off").last.click()
    page.locator("[role=dialog] textarea").fill("Tallet er fra sidste år")
    page.locator("#submit-feedback").click()
    asked = page.locator("#root").get_by_text("Tak. Hvad var der galt med svaret?")
    expect(asked).to_be_visible()
    page.get_by_role("button", name="Forældet").click()
    expect(page.get_by_text("Tak, det er noteret.")).to_be_visible()
    expect(asked).to_have_count(0)
    page.reload()
    expect(page.locator(".negative-feedback-on").last).to_be_visible()

    editor = staff.sign_in(ULLA)
    editor.goto(f"{staff.url}/tilbagemeldinger")
    row = editor.locator("article").first
    for part in (QUESTION, "Forældet", "Tallet er fra sidste år"):
        expect(row).to_contain_text(part)
    row.get_by_role("link", name="Sådan blev svaret til").click()
    expect(editor.locator("h1")).to_have_text("Sådan blev svaret til")
    expect(editor.locator("main")).to_contain_text("Afsnit, som søgningen fandt")
    page.goto(f"{staff.url}/tilbagemeldinger")
    expect(page.locator("h1")).to_have_text("Siden findes ikke")  # Anna is no redaktør


def test_the_teaching_profile_is_for_teachers(staff: Staff) -> None:
    teacher = staff.sign_in(ULLA)
    teacher.locator("#chat-profiles").click()
    teacher.get_by_role("option", name="Undervisning").click()
    answer = ask(teacher, QUESTION)
    answer.get_by_role("link", name="Sådan blev svaret til").wait_for()
    expect(staff.sign_in(BO).locator("#chat-profiles")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_page_of_ones_own_conversations(
    staff: Staff, width: int, scheme: str, tmp_path: Path
) -> None:
    page = staff.sign_in(BO, width, scheme)
    ask(page, QUESTION)
    page.goto(f"{staff.url}/samtaler")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent som PDF").first.click()
    assert download.value.suggested_filename == "Hvor mange E3-licenser er i brug.pdf"
    download.value.save_as(tmp_path / "samtale.pdf")
    text = "".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "samtale.pdf").pages)
    assert "2386" in text
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent som Markdown").first.click()
    download.value.save_as(tmp_path / "samtale.md")
    assert f"> {QUESTION}" in (tmp_path / "samtale.md").read_text(encoding="utf-8")

    page.get_by_text("Ret eller slet").first.click()
    page.get_by_label("Nyt navn").fill("Æbler og <b>pærer</b>")
    page.get_by_role("button", name="Gem navnet").click()
    expect(page.locator("article h2").first).to_have_text("Æbler og <b>pærer</b>")
    page.get_by_label("Søg i dine samtaler").fill("ÆBLER")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_text("Ret eller slet").first.click()
    page.get_by_role("link", name="Slet samtalen").click()
    expect(page.get_by_text("Den kan ikke hentes igen.")).to_be_visible()
    page.get_by_role("link", name="Behold samtalen").click()
    expect(page.get_by_role("heading", name="Æbler og")).to_be_visible()
    page.get_by_text("Ret eller slet").first.click()
    page.get_by_role("link", name="Slet samtalen").first.click()
    page.get_by_role("button", name="Slet samtalen").click()
    expect(page.get_by_role("heading", name="Dine samtaler")).to_be_visible()
    expect(page.get_by_text("Æbler og")).to_have_count(0)


def test_an_answer_that_a_cut_line_held_up_is_there_afterwards(staff: Staff) -> None:
    page = staff.sign_in(ANNA)
    page.locator("#chat-input").click()
    page.keyboard.type(QUESTION)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thread/*")  # the conversation is begun, its answer is not there
    page.context.set_offline(True)
    page.wait_for_timeout(3000)
    page.context.set_offline(False)
    expect(page.locator('[data-step-type="assistant_message"]')).to_contain_text(
        "2386", timeout=60_000
    )
