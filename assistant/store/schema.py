"""The tables, as a list of steps: a database at version n has had the first n of them.

Times are seconds since 1970, UTC. JSON is kept as text, the same in SQLite and PostgreSQL.
"""

CREATE_VERSION = 'CREATE TABLE IF NOT EXISTS "maavi_schema" ("version" INTEGER NOT NULL)'

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE users (
            id TEXT PRIMARY KEY,
            identifier TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            made DOUBLE PRECISION NOT NULL)""",
        """CREATE TABLE threads (
            id TEXT PRIMARY KEY,
            user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            data TEXT NOT NULL,
            made DOUBLE PRECISION NOT NULL,
            used DOUBLE PRECISION NOT NULL)""",
        "CREATE INDEX threads_by_user ON threads (user_id, used)",
        "CREATE INDEX threads_by_use ON threads (used)",
        """CREATE TABLE steps (
            id TEXT PRIMARY KEY,
            thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            data TEXT NOT NULL,
            made DOUBLE PRECISION NOT NULL)""",
        "CREATE INDEX steps_by_thread ON steps (thread_id, made)",
        """CREATE TABLE elements (
            id TEXT PRIMARY KEY,
            thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
            step_id TEXT NOT NULL,
            data TEXT NOT NULL)""",
        "CREATE INDEX elements_by_thread ON elements (thread_id)",
    ),
    (
        """CREATE TABLE answers (
            step_id TEXT PRIMARY KEY REFERENCES steps (id) ON DELETE CASCADE,
            run_id TEXT NOT NULL,
            question TEXT NOT NULL,
            data TEXT NOT NULL)""",
        "CREATE INDEX answers_by_run ON answers (run_id)",
        """CREATE TABLE feedback (
            id TEXT PRIMARY KEY,
            step_id TEXT NOT NULL UNIQUE REFERENCES steps (id) ON DELETE CASCADE,
            value INTEGER NOT NULL,
            reason TEXT NOT NULL,
            comment TEXT NOT NULL,
            made DOUBLE PRECISION NOT NULL)""",
    ),
)
"""`steps.text` and `threads.folded` are what a search in one's own conversations looks in: case
folded here, since neither database folds "Æ" everywhere. `answers.run_id` is the step that an
answer is a part of: Chainlit's thumbs are about that one where there is one.
"""
