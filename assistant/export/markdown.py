"""A conversation as Markdown: each question with its answer and the quotes that it rests on."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from assistant.store.conversations import Conversation

Record = Mapping[str, Any]
Records = Callable[[str], Record | None]  # the record of the answer that a step shows
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli"),
    *("august", "september", "oktober", "november", "december"),
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_LIST = re.compile(r"^(\d*)([-+.)=])")
_OWN_LINK = re.compile(r"\[([^\]]*)\]\(/[^)]*\)")


def as_markdown(conversation: Conversation, records: Records, now: datetime) -> str:
    """The conversation, with what `records` has of its answers; `now` is when it is exported."""
    head = f"# {_escaped(conversation.name)}\n\n*Hentet fra Må vi? den {_date(now)}.*"
    parts = (part for step in conversation.steps for part in _step(step, records))
    end = "*Må vi? gengiver kommunens dokumenter. Læs kilden, før du handler.*"
    return "\n\n".join((head, *parts, "---", end)) + "\n"


def _step(step: Record, records: Records) -> Iterator[str]:
    text = str(step.get("output") or "").strip()
    if step.get("type") == "user_message" and text:
        asked = "\n".join(f"> {_escaped(line)}" for line in text.splitlines())
        yield f"## Spørgsmål{_when(step)}\n\n{asked}"
    elif step.get("type") == "assistant_message":
        record = records(str(step.get("id")))
        yield str(record["text"]).strip() if record else _OWN_LINK.sub(r"\1", text)
        if record and record.get("citations"):
            yield "**Kilder**"
            yield "\n".join(map(_citation, record["citations"]))


def _citation(citation: Record) -> str:
    place = f"{citation['title']}, side {citation['page']}"
    if str(citation["page_label"]) != str(citation["page"]):
        place += f" (sidetal {citation['page_label']})"
    if citation["section"]:
        place += f", afsnit ”{citation['section']}”"
    return f"{citation['number']}. {_escaped(place)}: ”{_escaped(str(citation['quote']))}”"


def _escaped(text: str) -> str:
    """`text` so that Markdown shows it as it stands."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIST.sub(r"\1\\\2", line)


def _when(step: Record) -> str:
    try:
        at = datetime.fromisoformat(str(step.get("createdAt"))).astimezone()
    except ValueError:
        return ""
    return f", {_date(at)} kl. {at.hour}.{at.minute:02d}"


def _date(day: datetime) -> str:
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"
