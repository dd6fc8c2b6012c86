"""What is older than the limit goes, and nothing else."""

import time

from assistant.store.conversations import ASKED, Owner
from assistant.store.retention import Expired, expire, expired
from assistant.store.store import Store
from tests.assistant.store.test_feedback import ANSWER

DAY = 86_400.0


def test_what_is_too_old_goes_with_all_of_it(store: Store) -> None:
    for name in ("anna", "bo"):
        owner = Owner(name, name)
        store.conversations.put_step(
            owner, f"{name}-t", {"id": f"{name}-s", "type": ASKED, "output": "x"}
        )
        store.feedback.keep_answer(f"{name}-s", "Må jeg?", ANSWER)
        store.feedback.put(f"{name}-s", 1)
    now = time.time() + 31 * DAY
    store.database.run("UPDATE threads SET used = :now WHERE id = 'bo-t'", now=now)
    wanted = Expired(threads=1, steps=1, feedback=1, users=1)
    assert expired(store.database, 30, now) == wanted
    assert expire(store.database, 30, now) == wanted
    assert expired(store.database, 30, now) == Expired()
    assert store.conversations.thread("anna-t") is None
    users = store.database.rows("SELECT identifier FROM users")
    assert [row["identifier"] for row in users] == ["bo"]
    assert store.conversations.thread("bo-t") is not None
    assert [f.step for f in store.feedback.all()] == ["bo-s"]


def test_nothing_is_old_today(store: Store) -> None:
    owner = Owner("anna", "Anna")
    store.conversations.put_step(owner, "t", {"id": "s", "type": ASKED, "output": "x"})
    assert expire(store.database, 1) == Expired()
    assert store.conversations.thread("t") is not None
