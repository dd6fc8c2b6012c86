"""The chat with a model behind it: claims appear while it writes, each with its source."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from evals.chatserver import ChatServer as Model
from evals.chatserver import Reply, line, sources_of
from tests.browser.asking import MARKER, ask, put
from tests.browser.chatserver import NOTE, ChatServer, page_with, running
from tests.browser.conftest import OpenPage
from tests.browser.test_chat import QUESTION, cited

TRUE = "Da notatet blev skrevet, havde kommunen 2386 E3-licenser i brug."
CLAIM = "Der var 2386 E3-licenser i brug i kommunen, da notatet blev skrevet."
FALSE = "Licenserne koster 9999 kroner stykket om ugen."
FOLLOWUP = "Hvem kan få CoPilot with commercial protection?"


def _writes(request: dict[str, object]) -> Reply:
    """A true claim, then a slow wait, a false one, and what could be asked next."""
    sources = sources_of(request)
    right = [int(row["source"]) for row in sources if "2386" in row["text"]][:1]
    text = line(CLAIM, right, TRUE) + line(FALSE, right, TRUE)
    return Reply(
        text + f'{{"followup": "{FOLLOWUP}"}}\n', piece=len(line(CLAIM, right, TRUE)), between=3
    )


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with Model(_writes) as serving:
        yield serving


@pytest.fixture(scope="module")
def with_model(model: Model, index: Path, corpus: Path) -> Iterator[ChatServer]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAAVI_LLM", "openai:scripted")
        patch.setenv("MAAVI_LLM_BASE_URL", model.url)
        with running(index, corpus) as chat:
            yield chat


def test_a_claim_is_there_before_the_model_has_ended(
    open_page: OpenPage, with_model: ChatServer, corpus: Path
) -> None:
    page = open_page(url=with_model.url)
    put(page, QUESTION)
    answer = page.locator('[data-step-type="assistant_message"]').last
    expect(answer).to_contain_text(CLAIM, timeout=30_000)
    expect(page.locator("#stop-button")).to_have_count(1)  # it is still writing
    expect(page.locator("#stop-button")).to_have_count(0, timeout=20_000)
    expect(answer).not_to_contain_text("9999")
    marker = answer.get_by_role("link", name=MARKER).first
    assert cited(marker) == (NOTE, page_with(corpus / NOTE, "2386"))
    expect(answer).to_contain_text("Kilder")


def test_the_model_out_of_order_leaves_the_documents_own_words(
    open_page: OpenPage, with_model: ChatServer, model: Model
) -> None:
    model.say(Reply(status=401))
    page = open_page(url=with_model.url)
    answer = ask(page, "Hvad er CoPilot with commercial protection?")
    expect(answer).to_contain_text("Sprogmodellen afviste adgangen.")
    expect(answer.get_by_role("link", name=MARKER).first).to_be_visible()
