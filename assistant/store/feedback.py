"""Answers as they were given, with their trace, and what the users thought of them."""

import json
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from assistant.store.conversations import plain
from assistant.store.database import Database, Row

Reason = Literal["forkert", "mangler noget", "forældet", "kan ikke finde citatet", "andet"]
REASONS: tuple[Reason, ...] = get_args(Reason)
Value = Literal[0, 1]
LONGEST_COMMENT = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a user thought of one answer: `value` 1 is a thumb up, 0 down; `question` and `answer`
    are "" and empty where the step is not an answer.
    """

    id: str
    step: str
    value: Value
    reason: str
    comment: str
    made: float
    question: str
    answer: Mapping[str, Any]

    @property
    def documents(self) -> frozenset[str]:
        """The files that the answer was written from: cited, or found for it."""
        cited = {str(row["document"]) for row in self.answer.get("citations", ())}
        hits = self.answer.get("trace", {}).get("hits", ())
        return frozenset(cited | {str(row["document"]) for row in hits})

    def to_json(self) -> dict[str, Any]:
        """The line of `maavi feedback export`."""
        return {
            "date": datetime.fromtimestamp(self.made, UTC).isoformat(timespec="seconds"),
            "question": self.question,
            "value": "op" if self.value else "ned",
            "reason": self.reason,
            "comment": self.comment,
            "status": self.answer.get("status", ""),
            "verdict": self.answer.get("verdict"),
            "answer": self.answer.get("text", ""),
            "citations": self.answer.get("citations", []),
            "engine": self.answer.get("engine", ""),
            "trace": self.answer.get("trace", {}),
        }


class FeedbackBook:
    """Reads and writes answers and feedback. Every method may raise DatabaseUnusable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_answer(
        self, step: str, question: str, answer: Mapping[str, Any], run: str = ""
    ) -> None:
        """Keep the answer that the step `step` shows, as JSON can hold it, with its trace; `run`
        is the step that it is a part of.
        """
        self._database.run(
            "INSERT INTO answers (step_id, run_id, question, data)"
            " SELECT s.id, :run, :question, :data FROM steps s WHERE s.id = :step"
            " ON CONFLICT (step_id) DO NOTHING",
            step=plain(step),
            run=plain(run or step),
            question=plain(question),
            data=json.dumps(answer),
        )

    def answer(self, step: str) -> tuple[str, Mapping[str, Any]] | None:
        """The question and the answer that a step shows, or that is a part of it."""
        rows = self._database.rows(
            "SELECT * FROM answers WHERE step_id = :s OR run_id = :s", s=plain(step)
        )
        return (rows[0]["question"], json.loads(rows[0]["data"])) if rows else None

    def put(self, step: str, value: Value, comment: str = "") -> str:
        """Keep a thumb, in place of an earlier one for the same step; returns its id. A reason
        that was given before stays with a thumb down.
        """
        self._database.run(
            "INSERT INTO feedback (id, step_id, value, reason, comment, made)"
            " SELECT :id, s.id, :value, '', :comment, :now FROM steps s WHERE s.id = :step"
            " ON CONFLICT (step_id) DO UPDATE SET value = excluded.value, made = excluded.made,"
            " comment = excluded.comment,"
            " reason = CASE WHEN excluded.value = 0 THEN feedback.reason ELSE '' END",
            id=str(uuid.uuid4()),
            step=plain(step),
            value=value,
            comment=plain(comment)[:LONGEST_COMMENT],
            now=time.time(),
        )
        rows = self._database.rows("SELECT id FROM feedback WHERE step_id = :s", s=plain(step))
        return str(rows[0]["id"]) if rows else ""

    def give_reason(self, step: str, reason: Reason) -> None:
        """Say why an answer got a thumb down."""
        self._database.run(
            "UPDATE feedback SET reason = :reason WHERE step_id = :step AND value = 0",
            reason=reason,
            step=plain(step),
        )

    def step_of(self, feedback: str) -> str:
        """The step that a feedback is about, "" when there is none."""
        rows = self._database.rows("SELECT step_id FROM feedback WHERE id = :f", f=plain(feedback))
        return str(rows[0]["step_id"]) if rows else ""

    def is_reported(self, step: str) -> bool:
        """Whether the answer that a step shows, or that is a part of it, has feedback."""
        found = self._database.rows(_REPORTED, s=plain(step))
        return bool(found)

    def delete(self, feedback: str) -> None:
        """Take a feedback back."""
        self._database.run("DELETE FROM feedback WHERE id = :f", f=plain(feedback))

    def all(self) -> Iterator[Feedback]:
        """Every feedback, the oldest first."""
        return map(_feedback, self._database.rows(_ALL))

    def newest(self, most: int) -> Sequence[Feedback]:
        """The `most` newest, the newest first."""
        return [_feedback(r) for r in self._database.rows(_NEWEST, most=most)]


def _feedback(row: Row) -> Feedback:
    return Feedback(
        row["id"],
        row["step_id"],
        row["value"],
        row["reason"],
        row["comment"],
        row["made"],
        row["question"] or "",
        json.loads(row["data"] or "{}"),
    )


_JOINED = """
SELECT f.*, a.question, a.data FROM feedback f
LEFT JOIN answers a ON a.step_id = f.step_id OR a.run_id = f.step_id"""
_REPORTED = """
SELECT 1 FROM feedback f LEFT JOIN answers a ON a.step_id = f.step_id OR a.run_id = f.step_id
WHERE f.step_id = :s OR a.step_id = :s"""
_ALL = f"{_JOINED} ORDER BY f.made, f.id"
_NEWEST = f"{_JOINED} ORDER BY f.made DESC, f.id DESC LIMIT :most"
