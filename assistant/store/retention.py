"""How long conversations are kept."""

import time
from dataclasses import dataclass

from sqlalchemy import text

from assistant.store.database import Database

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Expired:
    """What is older than the limit: conversations, with what is in them."""

    threads: int = 0
    steps: int = 0
    feedback: int = 0
    users: int = 0


def expired(database: Database, days: int, now: float | None = None) -> Expired:
    """What `expire` would delete.

    Raises:
        DatabaseUnusable: the database cannot be read.
    """
    before = _before(days, now)
    counts = {name: database.rows(sql, before=before)[0]["n"] for name, sql in _COUNTS.items()}
    return Expired(**counts)


def expire(database: Database, days: int, now: float | None = None) -> Expired:
    """Delete the conversations that nobody has written in for `days` days, with their answers,
    elements and feedback, and the users who have none left; returns what went.

    Raises:
        DatabaseUnusable: the database refuses; nothing was deleted.
    """
    found = expired(database, days, now)
    with database.transaction() as connection:
        for sql in (_DELETE_THREADS, _DELETE_USERS):
            connection.execute(text(sql), {"before": _before(days, now)})
    return found


def _before(days: int, now: float | None) -> float:
    return (time.time() if now is None else now) - days * _DAY


_DELETE_THREADS = "DELETE FROM threads WHERE used < :before"
_DELETE_USERS = """
DELETE FROM users WHERE made < :before
AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.user_id = users.id)"""
_COUNTS = {
    "threads": "SELECT COUNT(*) AS n FROM threads WHERE used < :before",
    "steps": """SELECT COUNT(*) AS n FROM steps s JOIN threads t ON t.id = s.thread_id
        WHERE t.used < :before""",
    "feedback": """SELECT COUNT(*) AS n FROM feedback f JOIN steps s ON s.id = f.step_id
        JOIN threads t ON t.id = s.thread_id WHERE t.used < :before""",
    "users": """SELECT COUNT(*) AS n FROM users u WHERE u.made < :before
        AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.user_id = u.id AND t.used >= :before)""",
}
