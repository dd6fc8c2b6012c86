"""Feedback is kept with the answer, one for each, and comes out as lines."""

from assistant.store.conversations import ASKED, Owner
from assistant.store.feedback import REASONS
from assistant.store.store import Store

ANSWER = {
    "status": "answered",
    "verdict": "ja",
    "text": "Ja [1]",
    "citations": [{"number": 1, "document": "politik.pdf", "page": 2, "quote": "Du må"}],
    "engine": "extractive",
    "trace": {"hits": [{"document": "notat.pdf", "page": 1}]},
}


def answered(store: Store, key: str = "s1") -> None:
    owner = Owner("anna", "Anna")
    store.conversations.put_step(owner, "t1", {"id": key, "type": ASKED, "output": "Ja [1]"})
    store.feedback.keep_answer(key, "Må jeg?", ANSWER)


def test_a_thumb_a_reason_and_a_comment(store: Store) -> None:
    answered(store)
    key = store.feedback.put("s1", 0, "Står ikke på side 2")
    store.feedback.give_reason("s1", "forkert")
    (found,) = store.feedback.all()
    assert (found.id, store.feedback.step_of(key)) == (key, "s1")
    assert found.documents == {"politik.pdf", "notat.pdf"}
    row = found.to_json()
    assert row["question"] == "Må jeg?"
    assert (row["value"], row["reason"], row["comment"]) == (
        "ned",
        "forkert",
        "Står ikke på side 2",
    )
    assert (row["answer"], row["verdict"]) == ("Ja [1]", "ja")
    assert row["citations"] == ANSWER["citations"]
    assert row["date"].endswith("+00:00")


def test_one_feedback_for_each_answer(store: Store) -> None:
    answered(store)
    first = store.feedback.put("s1", 0)
    store.feedback.give_reason("s1", "andet")
    assert store.feedback.put("s1", 0, "mere") == first
    assert [(f.reason, f.comment) for f in store.feedback.all()] == [("andet", "mere")]
    assert store.feedback.put("s1", 1) == first
    assert [(f.value, f.reason) for f in store.feedback.all()] == [(1, "")]
    store.feedback.give_reason("s1", "forkert")  # a thumb up has no reason
    assert [f.reason for f in store.feedback.all()] == [""]
    store.feedback.delete(first)
    assert list(store.feedback.all()) == []


def test_what_is_not_there(store: Store) -> None:
    assert store.feedback.put("findes ikke", 1) == ""
    assert store.feedback.step_of("findes ikke") == ""
    store.feedback.keep_answer("findes ikke", "Må jeg?", ANSWER)
    assert store.feedback.answer("findes ikke") is None
    assert list(store.feedback.all()) == []


def test_a_thumb_for_the_run_that_an_answer_is_part_of(store: Store) -> None:
    owner = Owner("anna")
    for key in ("run", "s1"):
        store.conversations.put_step(owner, "t1", {"id": key, "type": ASKED, "output": ""})
    store.feedback.keep_answer("s1", "Må jeg?", ANSWER, run="run")
    assert not store.feedback.is_reported("s1")
    store.feedback.put("run", 0)
    (found,) = store.feedback.all()
    assert found.question == "Må jeg?"
    assert found.documents == {"politik.pdf", "notat.pdf"}
    assert store.feedback.is_reported("s1")
    assert store.feedback.is_reported("run")
    assert store.feedback.answer("run") == store.feedback.answer("s1") == ("Må jeg?", ANSWER)


def test_the_newest_first_and_no_more_than_wanted(store: Store) -> None:
    for n in range(4):
        answered(store, f"s{n}")
        store.feedback.put(f"s{n}", 1)
    assert [f.step for f in store.feedback.newest(2)] == ["s3", "s2"]
    assert [f.step for f in store.feedback.all()] == ["s0", "s1", "s2", "s3"]


def test_feedback_on_what_is_no_answer(store: Store) -> None:
    owner = Owner("anna", "Anna")
    store.conversations.put_step(owner, "t1", {"id": "s1", "type": ASKED, "output": "Hej"})
    store.feedback.put("s1", 1)
    (found,) = store.feedback.all()
    assert found.to_json()["answer"] == ""
    assert found.documents == frozenset()


def test_the_reasons() -> None:
    assert REASONS == ("forkert", "mangler noget", "forældet", "kan ikke finde citatet", "andet")
