"""The conversations of the users: each belongs to one user, and only they can read or change it."""

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from assistant.store.database import Database, Row

Data = Mapping[str, Any]
ASKED = "user_message"  # the type of a step that the user wrote
LONGEST_NAME = 200  # characters of a conversation's name
UNNAMED = "Uden navn"
_NAMESPACE = uuid.UUID("5f2b1c58-6f5c-4a35-9d0e-3f3f2a8b7c11")


@dataclass(frozen=True, slots=True)
class Owner:
    """A user as the store knows them. Their id follows from the identifier, so that it is known
    when the database cannot be asked.
    """

    identifier: str
    name: str = ""

    @property
    def id(self) -> str:
        """The key of their row."""
        return str(uuid.uuid5(_NAMESPACE, self.identifier))


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation; `made` and `used` are seconds since 1970. `steps` are in order; both they
    and `elements` are empty in a list of conversations.
    """

    id: str
    owner: str
    name: str
    data: Data
    made: float
    used: float
    steps: tuple[Data, ...] = ()
    elements: tuple[Data, ...] = ()


class Conversations:
    """Reads and writes the tables of conversations. Every method may raise DatabaseUnusable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def author(self, thread: str) -> str:
        """The identifier of the user that a conversation belongs to, "" when there is none."""
        rows = self._database.rows(
            "SELECT u.identifier FROM threads t JOIN users u ON u.id = t.user_id WHERE t.id = :t",
            t=plain(thread),
        )
        return str(rows[0]["identifier"]) if rows else ""

    def author_of_step(self, step: str) -> str:
        """The identifier of the user whose conversation a step is in, "" when there is none."""
        rows = self._database.rows("SELECT thread_id FROM steps WHERE id = :s", s=plain(step))
        return self.author(str(rows[0]["thread_id"])) if rows else ""

    def put_thread(
        self, thread: str, owner: Owner, name: str | None = None, data: Data | None = None
    ) -> None:
        """Change a conversation's name or data (a key with None goes); with a name it is made if
        need be. It stays with the user that it belongs to.
        """
        with self._database.transaction() as connection:
            if name is not None:
                _make_thread(connection, thread, owner)
            found = connection.execute(text(_THREAD), {"id": plain(thread)}).mappings().first()
            if found is None or found["user_id"] != owner.id:
                return
            merged = {**json.loads(found["data"]), **(data or {})}
            kept = {key: value for key, value in merged.items() if value is not None}
            chosen = found["name"] if name is None else _title(name)
            connection.execute(
                text(_CHANGE_THREAD),
                {
                    "name": chosen,
                    "folded": chosen.casefold(),
                    "data": json.dumps(kept),
                    "id": plain(thread),
                },
            )

    def rename(self, thread: str, name: str) -> None:
        """Give a conversation another name."""
        title = _title(name)
        self._database.run(_RENAME, name=title, folded=title.casefold(), id=plain(thread))

    def delete_thread(self, thread: str) -> None:
        """Delete a conversation with all that belongs to it."""
        self._database.run("DELETE FROM threads WHERE id = :id", id=plain(thread))

    def put_step(self, owner: Owner, thread: str, step: Data) -> None:
        """Keep a step of a conversation. A message of the user makes it if need be; what comes
        late of an answer does not, or a conversation that was just deleted would be back. A step
        stays in its conversation: the id of one in another user's changes nothing.
        """
        shown = f"{step.get('output') or ''}\n{step.get('input') or ''}"
        values = {
            "id": plain(str(step["id"])),
            "thread": plain(thread),
            "owner": owner.id,
            "text": plain(shown).casefold(),
            "data": json.dumps(step),
            "now": time.time(),
        }
        with self._database.transaction() as connection:
            if step.get("type") == ASKED:
                _make_thread(connection, thread, owner)
            connection.execute(text(_PUT_STEP), values)
            connection.execute(text(_USED), values)

    def delete_step(self, owner: Owner, step: str) -> None:
        """Delete a step of one of the user's conversations."""
        self._database.run(
            "DELETE FROM steps WHERE id = :s AND thread_id IN"
            " (SELECT id FROM threads WHERE user_id = :owner)",
            s=plain(step),
            owner=owner.id,
        )

    def put_element(self, owner: Owner, thread: str, element: Data) -> None:
        """Keep what a step shows beside its text; see `put_step`."""
        self._database.run(
            _PUT_ELEMENT,
            id=plain(str(element["id"])),
            thread=plain(thread),
            owner=owner.id,
            step=plain(str(element.get("forId") or "")),
            data=json.dumps(element),
        )

    def delete_element(self, owner: Owner, element: str) -> None:
        """Delete an element of one of the user's conversations."""
        self._database.run(
            "DELETE FROM elements WHERE id = :e AND thread_id IN"
            " (SELECT id FROM threads WHERE user_id = :owner)",
            e=plain(element),
            owner=owner.id,
        )

    def element(self, thread: str, element: str) -> Data | None:
        """An element of a conversation."""
        rows = self._database.rows(
            "SELECT data FROM elements WHERE id = :e AND thread_id = :t",
            e=plain(element),
            t=plain(thread),
        )
        return _read(rows[0]["data"]) if rows else None

    def thread(self, thread: str) -> Conversation | None:
        """A conversation, whole."""
        with self._database.transaction() as connection:
            found = connection.execute(text(_THREAD), {"id": plain(thread)}).mappings().first()
            if found is None:
                return None
            steps = connection.execute(text(_STEPS), {"id": plain(thread)}).mappings().all()
            elements = connection.execute(text(_ELEMENTS), {"id": plain(thread)}).mappings().all()
        return _conversation(
            found, tuple(map(_step, steps)), tuple(_read(row["data"]) for row in elements)
        )

    def of_user(
        self,
        owner: str,
        first: int,
        after: str | None = None,
        search: str = "",
        value: int | None = None,
    ) -> tuple[Sequence[Conversation], bool]:
        """At most `first` conversations of the user with the id `owner`, the last used one first,
        from the one after the conversation `after`, and whether there are more. `search` is text
        that must stand in it, `value` the feedback that one of its answers must have.
        """
        found = self._database.rows(
            _LIST,
            owner=owner,
            after=plain(after or ""),
            pattern=_like(search),
            value=-1 if value is None else value,
            most=first + 1,
        )
        return [_conversation(row) for row in found[:first]], len(found) > first


def plain(value: str) -> str:
    """`value` as every database can hold it: no NUL, no half of a surrogate pair."""
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _title(name: str) -> str:
    return " ".join(plain(name).split())[:LONGEST_NAME]


def _like(search: str) -> str:
    words = plain(search).casefold()
    for sign in ("\\", "%", "_"):
        words = words.replace(sign, "\\" + sign)
    return f"%{words}%"


def _make_thread(connection: Connection, thread: str, owner: Owner) -> None:
    values = {
        "id": plain(thread),
        "owner": owner.id,
        "identifier": plain(owner.identifier),
        "name": plain(owner.name),
        "now": time.time(),
    }
    connection.execute(text(_MAKE_USER), values)
    connection.execute(text(_MAKE_THREAD), values)


def _read(data: str) -> Data:
    found: Data = json.loads(data)
    return found


def _step(row: Row) -> Data:
    feedback = None
    if row["feedback_id"] is not None:
        feedback = {
            "forId": row["id"],
            "id": row["feedback_id"],
            "value": row["value"],
            "comment": row["comment"] or None,
        }
    return {**_read(row["data"]), "feedback": feedback}


def _conversation(
    row: Row, steps: tuple[Data, ...] = (), elements: tuple[Data, ...] = ()
) -> Conversation:
    return Conversation(
        row["id"],
        row["identifier"],
        row["name"] or UNNAMED,
        _read(row["data"]),
        row["made"],
        row["used"],
        steps,
        elements,
    )


_MAKE_USER = """
INSERT INTO users (id, identifier, name, made) VALUES (:owner, :identifier, :name, :now)
ON CONFLICT (id) DO UPDATE SET name = excluded.name"""
_MAKE_THREAD = """
INSERT INTO threads (id, user_id, name, folded, data, made, used)
VALUES (:id, :owner, '', '', '{}', :now, :now) ON CONFLICT (id) DO NOTHING"""
_CHANGE_THREAD = """
UPDATE threads SET name = :name, folded = :folded, data = :data WHERE id = :id"""
_RENAME = "UPDATE threads SET name = :name, folded = :folded WHERE id = :id"
_USED = "UPDATE threads SET used = :now WHERE id = :thread AND user_id = :owner"
_THREAD = """
SELECT t.*, u.identifier FROM threads t JOIN users u ON u.id = t.user_id WHERE t.id = :id"""
_STEPS = """
SELECT s.id, s.data, f.id AS feedback_id, f.value, f.comment
FROM steps s LEFT JOIN feedback f ON f.step_id = s.id
WHERE s.thread_id = :id ORDER BY s.made, s.id"""
_ELEMENTS = "SELECT data FROM elements WHERE thread_id = :id ORDER BY id"
_PUT_STEP = """
INSERT INTO steps (id, thread_id, text, data, made)
SELECT :id, t.id, :text, :data, :now FROM threads t WHERE t.id = :thread AND t.user_id = :owner
ON CONFLICT (id) DO UPDATE SET text = excluded.text, data = excluded.data
WHERE steps.thread_id = excluded.thread_id"""
_PUT_ELEMENT = """
INSERT INTO elements (id, thread_id, step_id, data)
SELECT :id, t.id, :step, :data FROM threads t WHERE t.id = :thread AND t.user_id = :owner
ON CONFLICT (id) DO UPDATE SET step_id = excluded.step_id, data = excluded.data
WHERE elements.thread_id = excluded.thread_id"""
_LIST = """
SELECT t.*, u.identifier FROM threads t JOIN users u ON u.id = t.user_id
WHERE t.user_id = :owner
AND (:after = '' OR EXISTS (SELECT 1 FROM threads a WHERE a.id = :after AND a.user_id = :owner
     AND (t.used < a.used OR (t.used = a.used AND t.id < a.id))))
AND (:pattern = '%%' OR t.folded LIKE :pattern ESCAPE '\\' OR EXISTS (
     SELECT 1 FROM steps s WHERE s.thread_id = t.id AND s.text LIKE :pattern ESCAPE '\\'))
AND (:value < 0 OR EXISTS (SELECT 1 FROM steps s JOIN feedback f ON f.step_id = s.id
     WHERE s.thread_id = t.id AND f.value = :value))
ORDER BY t.used DESC, t.id DESC LIMIT :most"""
