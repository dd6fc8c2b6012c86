"""Two users: neither gets at the other's conversations, feedback or documents, by page, socket or
a guessed address. All of it in SQLite and in PostgreSQL.
"""

import asyncio
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import socketio.exceptions

from ingest.embedders import embedder_named
from ingest.run import ingest_corpus
from tests.browser.accounts import (
    ANNA,
    BO,
    SECRET_FILE,
    SECRET_WORDS,
    ULLA,
    add_users,
    with_passwords,
)
from tests.browser.chatserver import ROOT, ChatServer
from tests.browser.socketchat import SocketChat, chatting, cookie_of, kept_steps, listed, signed_in
from tests.conftest import MakePdf
from tests.postgresql import PostgreSQL

QUESTION = "Må jeg bruge ChatGPT til lønforhandlinger?"
_REGISTER = f"""
[[document]]
file = "politik-ai-chat.pdf"
title = "Politik for brug af AI-chattjenester"
contact = "digital@kommunen.example"

[[document]]
file = "{SECRET_FILE}"
title = "Lønpolitik for HR"
contact = "hr@kommunen.example"
groups = ["hr"]
"""


@pytest.fixture(scope="module")
def hr_corpus(make_pdf: MakePdf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hr-korpus")
    shutil.copy(ROOT / "corpus" / "politik-ai-chat.pdf", folder)
    make_pdf(folder / SECRET_FILE, [("1 Løn", f"{SECRET_WORDS}, heller ikke uden navne.")])
    (folder / "documents.toml").write_text(_REGISTER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hr_index(hr_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("hr-indeks") / "index"
    ingest_corpus(hr_corpus, index, embedder_named("builtin"))
    return index


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def hr_server(
    request: pytest.FixtureRequest,
    hr_index: Path,
    hr_corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ChatServer]:
    folder = tmp_path_factory.mktemp("konti")
    database = f"sqlite:///{folder}/maavi.db"
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql_server")
        database = server.new_database()
    add_users(folder / "users.json")
    with with_passwords(hr_index, hr_corpus, folder / "users.json", database) as chat:
        yield chat


@pytest.fixture
def anna(hr_server: ChatServer) -> Iterator[httpx.Client]:
    with signed_in(hr_server.url, *ANNA) as client:
        yield client


@pytest.fixture
def bo(hr_server: ChatServer) -> Iterator[httpx.Client]:
    with signed_in(hr_server.url, *BO) as client:
        yield client


def asked(server: ChatServer, client: httpx.Client, question: str = QUESTION) -> tuple[str, str]:
    """The answer's text and the conversation's id."""

    async def ask() -> tuple[str, str]:
        async with chatting(server.url, cookie_of(client)) as chat:
            return await chat.ask(question), chat.thread()

    return asyncio.run(ask())


def answer_step(client: httpx.Client, thread: str) -> str:
    """The step that the page's thumbs are about: the run that the answer is a part of."""
    steps = client.get(f"/project/thread/{thread}").json()["steps"]
    return str([step for step in steps if step["type"] == "assistant_message"][-1]["parentId"])


def test_a_restricted_document_reaches_only_those_who_may_see_it(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client
) -> None:
    told, _ = asked(hr_server, anna)
    assert SECRET_WORDS in told
    kept_from, thread = asked(hr_server, bo)
    whole = bo.get(f"/project/thread/{thread}").text
    for hidden in (SECRET_WORDS, "Lønpolitik for HR", "hr@kommunen", quote(SECRET_FILE)):
        assert hidden not in kept_from
        assert hidden not in whole


@pytest.mark.parametrize(
    "address",
    [
        f"/dokumenter/{quote(SECRET_FILE)}",
        f"/kilde/{quote(SECRET_FILE)}/1",
        f"/kilde/{quote(SECRET_FILE)}/1.png",
        f"/kilde/{quote(SECRET_FILE)}/1.png?citat={quote(SECRET_WORDS)}&udsnit=1",
        f"/kilde/{quote(SECRET_FILE)}/1?citat={quote(SECRET_WORDS)}",
    ],
)
def test_its_addresses_too(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client, address: str
) -> None:
    assert anna.get(address).status_code == 200
    refused, unknown = bo.get(address), bo.get(address.replace("hr-l", "findes-ikke-"))
    assert refused.status_code == unknown.status_code == 404
    assert refused.text == unknown.text  # it is not even told that it is there
    assert httpx.get(f"{hr_server.url}{address}").status_code == 401
    open_ = "/kilde/politik-ai-chat.pdf/1"
    assert bo.get(open_).status_code == 200
    assert httpx.get(f"{hr_server.url}{open_}").status_code == 401


def test_a_conversation_is_its_owners(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client
) -> None:
    _, thread = asked(hr_server, anna)
    assert thread in listed(anna)
    assert thread not in listed(bo)
    assert thread not in listed(bo, search="lønforhandlinger")
    refused = [
        bo.get(f"/project/thread/{thread}"),
        bo.put("/project/thread", json={"threadId": thread, "name": "Taget"}),
        bo.request("DELETE", "/project/thread", json={"threadId": thread}),
        bo.get(f"/project/thread/{thread}/element/e1"),
        bo.get(f"/project/share/{thread}"),
        anna.put("/project/thread/share", json={"threadId": thread, "isShared": True}),
        anna.get(f"/project/share/{thread}"),
        bo.post("/mcp", json={}),
        bo.post("/project/file?session_id=x", files={"file": b"x"}),
        bo.get("/openapi.json"),
    ]
    assert [answer.status_code in (401, 404) for answer in refused] == [True] * len(refused)
    assert all(SECRET_WORDS not in answer.text for answer in refused)
    with httpx.Client(base_url=hr_server.url) as nobody:
        assert nobody.get(f"/project/thread/{thread}").status_code == 401
        assert nobody.post("/project/threads", json={"pagination": {"first": 9}}).status_code == 401
    kept = anna.get(f"/project/thread/{thread}").json()
    assert kept["name"] == QUESTION
    assert kept["userIdentifier"] == "anna"


def test_a_socket_opens_only_ones_own(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client
) -> None:
    async def attack() -> None:
        async with chatting(hr_server.url, cookie_of(anna)) as mine:
            await mine.ask(QUESTION)
            for cookie, thread, session in (
                (cookie_of(bo), mine.thread(), ""),  # resume her conversation
                (cookie_of(bo), "", mine.session),  # take over her session
                ("", "", ""),  # nobody
                ("access_token=forkert", "", ""),
            ):
                with pytest.raises(socketio.exceptions.ConnectionError):
                    await SocketChat(session).connect(hr_server.url, cookie, thread)

    asyncio.run(attack())


def test_nothing_is_written_into_anothers_conversation(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client
) -> None:
    _, thread = asked(hr_server, anna)
    before = kept_steps(anna, thread)
    hers = next(s["id"] for s in before if s["type"] == "user_message")

    async def attack() -> None:
        async with chatting(hr_server.url, cookie_of(bo)) as chat:
            await chat.ask("Indsmuglet?", key=hers, thread=thread)

    asyncio.run(attack())
    assert kept_steps(anna, thread) == before


def test_actions_need_ones_own_session(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client
) -> None:
    async def attack() -> int:
        async with chatting(hr_server.url, cookie_of(anna)) as chat:
            await chat.ask(QUESTION)
            action = {
                "id": str(uuid.uuid4()),
                "name": "tilfaelde",
                "payload": {"question": "Hej"},
                "label": "x",
            }
            body = {"action": action, "sessionId": chat.session}
            refused = await asyncio.to_thread(bo.post, "/project/action", json=body)
            return refused.status_code

    assert asyncio.run(attack()) == 401


def test_feedback_is_its_owners(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client
) -> None:
    _, thread = asked(hr_server, anna)
    step = answer_step(anna, thread)
    thumb = {"feedback": {"forId": step, "value": 0, "comment": "Hm"}, "sessionId": "x"}
    key = anna.put("/feedback", json=thumb).json()["feedbackId"]
    over = {"feedback": {"forId": step, "value": 1, "id": key}, "sessionId": "x"}
    assert bo.put("/feedback", json=over).status_code == 404
    assert bo.request("DELETE", "/feedback", json={"feedbackId": key}).status_code == 404
    assert httpx.put(f"{hr_server.url}/feedback", json=over).status_code == 401
    steps = anna.get(f"/project/thread/{thread}").json()["steps"]
    kept = next(s["feedback"] for s in steps if s["id"] == step)
    assert (kept["value"], kept["comment"]) == (0, "Hm")
    assert anna.request("DELETE", "/feedback", json={"feedbackId": key}).status_code == 200
    steps = anna.get(f"/project/thread/{thread}").json()["steps"]
    assert next(s["feedback"] for s in steps if s["id"] == step) is None


def test_a_reason_is_asked_for_after_a_thumb_down(
    hr_server: ChatServer, anna: httpx.Client, bo: httpx.Client
) -> None:
    async def give() -> tuple[str, list[str]]:
        async with chatting(hr_server.url, cookie_of(anna)) as chat:
            await chat.ask(QUESTION)
            step = answer_step(anna, chat.thread())
            thumb = {"feedback": {"forId": step, "value": 0}, "sessionId": chat.session}
            await asyncio.to_thread(anna.put, "/feedback", json=thumb)
            await chat.until(lambda: len(chat.named("action")) >= 5)
            offered = [a for a in chat.named("action") if a["name"] == "aarsag"]
            chosen = next(a for a in offered if a["payload"]["reason"] == "forældet")
            body = {"action": chosen, "sessionId": chat.session}
            done = await asyncio.to_thread(anna.post, "/project/action", json=body)
            assert done.status_code == 200
            await chat.until(lambda: chat.named("delete_message"))
            return chat.thread(), [a["label"] for a in offered]

    thread, labels = asyncio.run(give())
    assert labels == [
        "Forkert",
        "Mangler noget",
        "Forældet",
        "Kan ikke finde citatet",
        "Andet",
    ]
    said = [s["output"] for s in anna.get(f"/project/thread/{thread}").json()["steps"]]
    assert not any("Hvad var der galt" in text for text in said)  # not part of the conversation


def test_rename_search_and_delete(hr_server: ChatServer, anna: httpx.Client) -> None:
    _, thread = asked(hr_server, anna, "Hvad siger politikken om Copilot?")
    new = {"threadId": thread, "name": "Æbler & pærer"}
    assert anna.put("/project/thread", json=new).status_code == 200
    assert anna.get(f"/project/thread/{thread}").json()["name"] == "Æbler & pærer"
    assert listed(anna, search="ÆBLER") == [thread]
    assert thread in listed(anna, search="copilot")
    assert anna.request("DELETE", "/project/thread", json={"threadId": thread}).status_code == 200
    assert thread not in listed(anna)
    assert anna.get(f"/project/thread/{thread}").status_code == 404


def test_a_forged_or_foreign_change_is_refused(hr_server: ChatServer, anna: httpx.Client) -> None:
    body = {"threadId": "x", "name": "y"}
    foreign = {"Origin": "https://andre.example"}
    assert anna.put("/project/thread", json=body, headers=foreign).status_code == 403
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert anna.put("/project/thread", json=body, headers=cross).status_code == 403
    own = {"Origin": hr_server.url}
    assert anna.put("/project/thread", json=body, headers=own).status_code == 404


def test_signing_out_and_in_again(hr_server: ChatServer) -> None:
    with signed_in(hr_server.url, *ULLA) as client:
        assert client.get("/user").json()["identifier"] == "ulla"
        client.post("/logout")
        assert client.get("/user").status_code == 401
