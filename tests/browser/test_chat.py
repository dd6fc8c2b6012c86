"""What a member of staff does: asks, reads, opens the source, sees the page that was cited."""

import io
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import MARKER, ask, put
from tests.browser.chatserver import NOTE, ChatServer, maavi, page_with, running
from tests.browser.conftest import OpenPage

QUESTION = "Hvor mange E3-licenser er i brug?"


def shown_source(page: Page) -> tuple[str, int]:
    """Document and page of the picture in the panel, from its own address, once it is drawn."""
    image = page.locator("#kilde article img")
    image.wait_for()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100
    address = urlsplit(str(image.evaluate("image => image.currentSrc")))
    _, folder, document, name = unquote(address.path).split("/")
    assert folder == "kilde"
    return document, int(name.removesuffix(".png"))


def cited(link: Locator) -> tuple[str, int]:
    """Document and page that a link in the answer names."""
    _, _, document, number = urlsplit(link.get_attribute("href") or "").path.split("/")
    return unquote(document), int(number)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_from_question_to_the_marked_page(
    open_page: OpenPage, corpus: Path, width: int, scheme: str, tmp_path: Path
) -> None:
    page = open_page(width, scheme)
    assert page.locator("html").get_attribute("lang") == "da"
    assert scheme in (page.locator("html").get_attribute("class") or "")
    answer = ask(page, QUESTION)
    expect(answer).to_contain_text("2386")

    marker = answer.get_by_role("link", name=MARKER).first
    marker.click()
    right = page_with(corpus / NOTE, "2386")
    assert cited(marker) == (NOTE, right)
    assert shown_source(page) == (NOTE, right)
    panel = page.locator("#kilde")
    expect(panel.locator("h1")).to_have_text("Notat om AI i Svendborg Kommune")
    expect(panel.locator(".kilde-sted")).to_contain_text(f"Side {right} af")
    expect(panel.locator("blockquote")).to_contain_text("2386")
    pdf = panel.get_by_role("link", name=f"Åbn PDF’en på side {right}")
    assert unquote(pdf.get_attribute("href") or "") == f"/dokumenter/{NOTE}#page={right}"

    picture = panel.locator("img")
    address = str(picture.evaluate("image => image.currentSrc"))
    assert parse_qs(urlsplit(address).query).get("udsnit") == (["1"] if width < 500 else None)
    assert has_yellow(page.request.get(address).body())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=tmp_path / "kilde.png")


def has_yellow(png: bytes) -> bool:
    data = Image.open(io.BytesIO(png)).convert("RGB").tobytes()
    pixels = (data[at : at + 3] for at in range(0, len(data), 3))
    return any(r > 200 and g > 180 and b < 150 for r, g, b in pixels)


def test_each_citation_shows_its_own_page_also_after_another_answer(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    ask(page, "Må jeg skrive cpr-numre i ChatGPT?")
    links = page.locator('.message-content a[href^="/kilde/"]').filter(has_text=MARKER)
    assert links.count() >= 2
    different = set()
    # Forwards and backwards: what was open before must not decide what is shown.
    for at in [*range(links.count()), *reversed(range(links.count()))]:
        links.nth(at).click()
        expect(page.locator("#kilde article")).to_have_attribute(
            "data-side", str(cited(links.nth(at))[1])
        )
        assert shown_source(page) == cited(links.nth(at))
        different.add(cited(links.nth(at)))
    assert len(different) >= 2


def test_quick_clicks_show_the_last_one(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    ask(page, "Må jeg skrive cpr-numre i ChatGPT?")
    links = page.locator('.message-content a[href^="/kilde/"]').filter(has_text=MARKER)
    page.evaluate("links => links.forEach(link => link.click())", links.element_handles())
    last = cited(links.last)
    expect(page.locator("#kilde article")).to_have_attribute("data-dokument", last[0])
    assert shown_source(page) == last


def test_the_sources_are_listed_and_open_too(open_page: OpenPage) -> None:
    page = open_page()
    answer = ask(page, QUESTION)
    expect(answer).to_contain_text("Kilder")
    listed = answer.get_by_role("link", name=re.compile(r"^1(, \d+)*\. .*, side \d+$"))
    assert cited(listed) == cited(answer.get_by_role("link", name=MARKER).first)
    listed.click()
    assert shown_source(page) == cited(listed)


def test_the_step_tells_what_was_found(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.get_by_role("button", name="Søger i dokumenterne").click()
    step = page.locator('[data-step-type="tool"]')
    expect(step).to_contain_text("Søgte efter:")
    expect(step).to_contain_text("passer bedst")
    expect(step.get_by_role("link", name=re.compile(r", side \d+$")).first).to_be_visible()


def test_what_the_documents_do_not_say_is_declined(open_page: OpenPage) -> None:
    page = open_page()
    answer = ask(page, "Hvornår åbner svømmehallen i påskeferien?")
    expect(answer.locator('a[href^="/kilde/"]')).to_have_count(0)
    expect(answer).to_contain_text("@kommunen.example")


def test_escape_closes_and_the_keyboard_goes_on(open_page: OpenPage) -> None:
    page = open_page()
    marker = ask(page, QUESTION).get_by_role("link", name=MARKER).first
    marker.focus()
    page.keyboard.press("Enter")
    shown_source(page)
    page.keyboard.press("Escape")
    expect(page.locator("#kilde")).to_be_hidden()
    expect(marker).to_be_focused()


def test_the_chat_goes_on_beside_the_panel(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION).get_by_role("link", name=MARKER).first.click()
    shown_source(page)
    chat, panel = (page.locator(name).bounding_box() for name in ("#message-composer", "#kilde"))
    assert chat is not None
    assert panel is not None
    assert chat["x"] + chat["width"] <= panel["x"]
    ask(page, "Må jeg skrive cpr-numre i ChatGPT?")
    expect(page.locator("#kilde")).to_be_visible()


def test_a_follow_up_is_understood_and_a_new_chat_starts_fresh(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Må jeg skrive fortrolige data i ChatGPT?")
    ask(page, "Hvad med DeepL Pro?").get_by_role("link", name=MARKER).first.click()
    shown_source(page)
    expect(last_search(page)).to_contain_text("fortrolige data")
    page.get_by_role("button", name="Ny chat").click()
    page.get_by_role("button", name="Bekræft").click()
    expect(page.locator("#welcome-screen").get_by_role("heading", name="Må vi?")).to_be_visible()
    expect(page.locator("#kilde")).to_be_hidden()
    ask(page, "Hvad med DeepL Pro?")
    expect(last_search(page)).not_to_contain_text("fortrolige data")


def last_search(page: Page) -> Locator:
    """What the last step says it searched for."""
    page.get_by_role("button", name="Søger i dokumenterne").last.click()
    said: Locator = page.locator('[data-step-type="tool"]').last.get_by_text("Søgte efter:")
    said.wait_for()
    return said


def test_a_starter_asks(open_page: OpenPage) -> None:
    page = open_page(360)
    assert page.locator("#starters button").count() >= 4
    page.get_by_role("button", name="Må jeg skrive cpr-numre i Copilot?").click()
    expect(page.locator('[data-step-type="assistant_message"]')).to_contain_text("cpr-numre")


def test_the_mark_is_brought_into_view(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION).get_by_role("link", name=MARKER).first.click()
    shown_source(page)
    seen = """() => {
      const image = document.querySelector("#kilde img[data-sted]");
      const box = document.querySelector("#kilde .kilde-indhold").getBoundingClientRect();
      const place = image.getBoundingClientRect();
      const mark = place.top + place.height * Number(image.dataset.sted);
      return Number(image.dataset.sted) > 0 && mark > box.top && mark < box.bottom;
    }"""
    page.wait_for_function(seen)


def test_the_page_is_danish(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name="Om Må vi?").click()
    expect(page.get_by_role("dialog")).to_contain_text("Sådan bruger du Må vi?")
    page.get_by_role("button", name="Luk").click()
    ask(page, QUESTION)
    seen = page.locator("body").inner_text() + page.locator("body").aria_snapshot()
    assert "Skriv dit spørgsmål" in page.locator("#message-composer").inner_html()
    for foreign in ("Built", "Chainlit", "Bygget med", "Type your", "Readme", "Used", "Close"):
        assert foreign not in seen
    for button in page.get_by_role("button").all():
        assert "Toggle" not in (button.get_attribute("aria-label") or button.inner_text())


def test_the_source_opens_without_the_script_too(open_page: OpenPage) -> None:
    page = open_page()
    marker = ask(page, QUESTION).get_by_role("link", name=MARKER).first
    page.goto(urlsplit(page.url)._replace(path="").geturl() + (marker.get_attribute("href") or ""))
    expect(page.get_by_role("heading")).to_have_text("Notat om AI i Svendborg Kommune")


def test_a_server_error_is_told_in_words(
    open_page: OpenPage, tmp_path: Path, index: Path, corpus: Path
) -> None:
    broken = Path(shutil.copytree(index, tmp_path / "index"))
    (broken / "manifest.json").write_text("{", encoding="utf-8")
    with running(broken, corpus) as chat:
        page = open_page(url=chat.url)
        # The first message moves the field for questions; what is typed before it may be lost.
        expect(page.locator('[data-step-type="assistant_message"]')).to_have_count(
            1, timeout=20_000
        )
        put(page, QUESTION)
        answer = page.locator('[data-step-type="assistant_message"]').last
        expect(answer).not_to_contain_text("Traceback")
        expect(answer).to_contain_text("maavi ingest")
        page.close()  # before the server ends, which the page would complain of


def test_a_missing_index_is_told_and_taken_up_when_it_comes(
    open_page: OpenPage, tmp_path: Path, corpus: Path
) -> None:
    index = tmp_path / "index"
    with running(index, corpus) as chat:
        page = open_page(url=chat.url)
        expect(page.locator('[data-step-type="assistant_message"]')).to_contain_text("maavi ingest")
        assert maavi("ingest", str(corpus), index=index, corpus=corpus).returncode == 0
        expect(ask(page, QUESTION)).to_contain_text("2386")
        page.close()


def test_the_pdf_opens_at_the_page(server: ChatServer, open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION).get_by_role("link", name=MARKER).first.click()
    link = page.get_by_role("link", name=re.compile("Åbn PDF’en"))
    answer = page.request.get(server.url + (link.get_attribute("href") or "").split("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_case_of_a_verdict_is_asked_by_its_button(
    open_page: OpenPage, width: int, tmp_path: Path
) -> None:
    page = open_page(width)
    answer = ask(page, "Må jeg bruge ChatGPT?")
    expect(answer).to_contain_text("Svaret i hvert tilfælde")
    expect(answer.get_by_role("heading", name="Afhænger af situationen")).to_be_visible()
    answers = page.locator('[data-step-type="assistant_message"]')
    before = answers.count()
    answer.get_by_role("button", name="Åbne data", exact=True).click()
    expect(answers).to_have_count(before + 1, timeout=30_000)
    expect(answers.nth(before)).to_contain_text("Ja, til åbne data.")
    asked = page.locator('[data-step-type="user_message"]').last
    expect(asked).to_contain_text("Må jeg bruge ChatGPT med åbne data?")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=tmp_path / "tilfaelde.png")
