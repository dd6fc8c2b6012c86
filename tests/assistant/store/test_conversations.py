"""Conversations are kept whole, belong to one user, and go when they are deleted."""

import threading

import pytest

from assistant.store.conversations import ASKED, UNNAMED, Owner
from assistant.store.store import Store

QUESTION = "Må jeg bruge ChatGPT til æøå – og \U0001f4c4?"


@pytest.fixture
def anna() -> Owner:
    return Owner("anna", "Anna Å.")


@pytest.fixture
def bo() -> Owner:
    return Owner("bo", "Bo")


def step(key: str, output: str = QUESTION) -> dict[str, object]:
    return {"id": key, "type": ASKED, "output": output, "tags": ["a"], "icon": None}


def test_what_is_kept_comes_back_in_order(store: Store, anna: Owner) -> None:
    store.conversations.put_step(anna, "t1", step("s2"))
    store.conversations.put_step(anna, "t1", step("s1", "Svaret [1]"))
    store.conversations.put_thread("t1", anna, name="  Mit \n spørgsmål ", data={"a": 1})
    store.conversations.put_element(anna, "t1", {"id": "e1", "forId": "s1", "url": "/kilde/x"})
    found = store.conversations.thread("t1")
    assert found is not None
    assert (found.owner, found.name, found.data) == ("anna", "Mit spørgsmål", {"a": 1})
    assert [s["output"] for s in found.steps] == [QUESTION, "Svaret [1]"]
    assert found.steps[0]["tags"] == ["a"]
    assert found.elements[0]["url"] == "/kilde/x"
    assert store.conversations.element("t1", "e1") == found.elements[0]
    assert store.conversations.element("t2", "e1") is None


def test_a_step_is_replaced_in_its_place(store: Store, anna: Owner) -> None:
    for key, text in (("s1", "halvt"), ("s2", "andet"), ("s1", "helt")):
        store.conversations.put_step(anna, "t1", step(key, text))
    found = store.conversations.thread("t1")
    assert found is not None
    assert [s["output"] for s in found.steps] == ["helt", "andet"]


def test_what_comes_late_of_an_answer_does_not_bring_a_deleted_conversation_back(
    store: Store, anna: Owner
) -> None:
    answer = {**step("s2", "Svaret [1]"), "type": "assistant_message"}
    store.conversations.put_step(anna, "t1", step("s1"))
    store.conversations.put_step(anna, "t1", answer)
    store.conversations.delete_thread("t1")
    store.conversations.put_step(anna, "t1", answer)
    store.conversations.put_step(anna, "t1", {**step("s3", ""), "type": "run"})
    store.conversations.put_element(anna, "t1", {"id": "e1"})
    store.conversations.put_thread("t1", anna, data={"a": 1})
    assert store.conversations.thread("t1") is None
    store.conversations.put_step(anna, "t1", step("s4"))  # asked on, on a page still open
    found = store.conversations.thread("t1")
    assert found is not None
    assert [s["id"] for s in found.steps] == ["s4"]


def test_data_is_merged_and_none_takes_a_key_away(store: Store, anna: Owner) -> None:
    store.conversations.put_thread("t1", anna, name="", data={"a": 1, "b": 2})
    store.conversations.put_thread("t1", anna, data={"b": None, "c": 3})
    found = store.conversations.thread("t1")
    assert found is not None
    assert found.data == {"a": 1, "c": 3}
    assert found.name == UNNAMED


def test_nobody_writes_in_anothers_conversation(store: Store, anna: Owner, bo: Owner) -> None:
    store.conversations.put_step(anna, "t1", step("s1"))
    store.conversations.put_element(anna, "t1", {"id": "e1"})
    store.conversations.put_step(bo, "t1", step("s9", "indsmuglet"))  # her conversation
    store.conversations.put_step(bo, "t2", step("s1", "overskrevet"))  # her step
    store.conversations.put_element(bo, "t2", {"id": "e1", "url": "overskrevet"})
    store.conversations.put_thread("t1", bo, name="taget")
    store.conversations.delete_step(bo, "s1")
    store.conversations.delete_element(bo, "e1")
    found = store.conversations.thread("t1")
    assert found is not None
    assert (found.owner, found.name) == ("anna", UNNAMED)
    assert [s["output"] for s in found.steps] == [QUESTION]
    assert found.elements == ({"id": "e1"},)
    assert store.conversations.author("t1") == "anna"
    assert store.conversations.author_of_step("s1") == "anna"
    assert store.conversations.author("findes ikke") == ""
    assert store.conversations.author_of_step("findes ikke") == ""


def test_what_is_deleted_is_gone(store: Store, anna: Owner) -> None:
    store.conversations.put_step(anna, "t1", step("s1"))
    store.conversations.put_element(anna, "t1", {"id": "e1"})
    store.feedback.keep_answer("s1", QUESTION, {"text": "Ja"})
    store.feedback.put("s1", 1)
    store.conversations.delete_thread("t1")
    assert store.conversations.thread("t1") is None
    assert store.feedback.answer("s1") is None
    assert list(store.feedback.all()) == []
    for table in ("threads", "steps", "elements", "answers", "feedback"):
        assert store.database.rows(f"SELECT * FROM {table}") == []


def test_the_list_is_ones_own_the_last_used_first(store: Store, anna: Owner, bo: Owner) -> None:
    for n in range(5):
        store.conversations.put_step(anna, f"t{n}", step(f"s{n}"))
    store.conversations.put_step(bo, "bos", step("bos"))
    store.conversations.put_step(anna, "t0", step("s0b"))  # used again
    page, more = store.conversations.of_user(anna.id, 3)
    assert [c.id for c in page] == ["t0", "t4", "t3"]
    assert more
    rest, more = store.conversations.of_user(anna.id, 3, after="t3")
    assert [c.id for c in rest] == ["t2", "t1"]
    assert not more
    assert store.conversations.of_user(anna.id, 3, after="bos")[0] == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ÆBLER", ["t1"]),
        ("ØRE", ["t1"]),
        ("100 %", ["t2"]),
        ("_", []),
        ("", ["t2", "t1"]),
        ("'; DROP TABLE", []),
    ],
)
def test_search(store: Store, anna: Owner, search: str, found: list[str]) -> None:
    store.conversations.put_step(anna, "t1", step("s1", "Noget om æbler"))
    store.conversations.put_thread("t1", anna, name="Øremærket")
    store.conversations.put_step(anna, "t2", step("s2", "Noget om 100 % pærer"))
    page, _ = store.conversations.of_user(anna.id, 9, search=search)
    assert [c.id for c in page] == found


def test_the_list_by_feedback(store: Store, anna: Owner) -> None:
    for n in (1, 2):
        store.conversations.put_step(anna, f"t{n}", step(f"s{n}"))
    store.feedback.put("s1", 0)
    assert [c.id for c in store.conversations.of_user(anna.id, 9, value=0)[0]] == ["t1"]
    assert store.conversations.of_user(anna.id, 9, value=1)[0] == []


@pytest.mark.parametrize("odd", ["x' OR '1'='1", "a\0b", "\ud800", "æ" * 5000, "%", ""])
def test_odd_ids_and_texts_do_no_harm(store: Store, anna: Owner, odd: str) -> None:
    store.conversations.put_step(anna, odd, step(odd, odd))
    store.conversations.put_thread(odd, anna, name=odd)
    found = store.conversations.thread(odd)
    assert found is not None
    assert len(found.steps) == 1
    assert len(store.conversations.of_user(anna.id, 9)[0]) == 1


def test_only_a_name_makes_a_conversation(store: Store, anna: Owner) -> None:
    store.conversations.put_thread("t1", anna, data={"a": 1})  # as when a deleted one is left
    assert store.conversations.thread("t1") is None
    store.conversations.put_thread("t1", anna, name="Ny")
    assert store.conversations.thread("t1") is not None


def test_many_at_once(store: Store, anna: Owner) -> None:
    def write(n: int) -> None:
        for m in range(10):
            store.conversations.put_step(anna, f"t{m}", step(f"{n}-{m}"))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for m in range(10):
        found = store.conversations.thread(f"t{m}")
        assert found is not None
        assert len(found.steps) == 6
