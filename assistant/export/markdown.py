"""A conversation as Markdown: each question with its answer and the quotes that it rests on."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from assistant.models import Language
from assistant.store.conversations import Conversation
from assistant.wording import in_words

Record = Mapping[str, Any]
Records = Callable[[str], Record | None]  # the record of the answer that a step shows
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_LIST = re.compile(r"^(\d*)([-+.)=])")
_OWN_LINK = re.compile(r"\[([^\]]*)\]\(/[^)]*\)")


def as_markdown(
    conversation: Conversation, records: Records, now: datetime, language: Language
) -> str:
    """The conversation, with what `records` has of its answers; `now` is when it is exported.
    `language` is that of the words around it: what was asked, answered and quoted stays as it is.
    """
    words = _WORDS[language]
    fetched = words["fetched"].format(in_words(now.date(), language))
    head = f"# {_escaped(conversation.name)}\n\n*{fetched}*"
    parts = (part for step in conversation.steps for part in _step(step, records, language))
    return "\n\n".join((head, *parts, "---", f"*{words['end']}*")) + "\n"


def _step(step: Record, records: Records, language: Language) -> Iterator[str]:
    text, words = str(step.get("output") or "").strip(), _WORDS[language]
    if step.get("type") == "user_message" and text:
        asked = "\n".join(f"> {_escaped(line)}" for line in text.splitlines())
        yield f"## {words['question']}{_when(step, language)}\n\n{asked}"
    elif step.get("type") == "assistant_message":
        record = records(str(step.get("id")))
        yield str(record["text"]).strip() if record else _OWN_LINK.sub(r"\1", text)
        if record and record.get("citations"):
            yield f"**{words['sources']}**"
            yield "\n".join(_citation(each, words) for each in record["citations"])


def _citation(citation: Record, words: Mapping[str, str]) -> str:
    place = f"{citation['title']}, {words['page']} {citation['page']}"
    if str(citation["page_label"]) != str(citation["page"]):
        place += f" ({words['label']} {citation['page_label']})"
    if citation["section"]:
        place += f", {words['section']} ”{citation['section']}”"
    return f"{citation['number']}. {_escaped(place)}: ”{_escaped(str(citation['quote']))}”"


def _escaped(text: str) -> str:
    """`text` so that Markdown shows it as it stands."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIST.sub(r"\1\\\2", line)


def _when(step: Record, language: Language) -> str:
    try:
        at = datetime.fromisoformat(str(step.get("createdAt"))).astimezone()
    except ValueError:
        return ""
    time = _WORDS[language]["time"].format(at.hour, at.minute)
    return f", {in_words(at.date(), language)} {time}"


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "fetched": "Hentet fra Må vi? den {}.",
        "end": "Må vi? gengiver kommunens dokumenter. Læs kilden, før du handler.",
        "question": "Spørgsmål",
        "sources": "Kilder",
        "page": "side",
        "label": "sidetal",
        "section": "afsnit",
        "time": "kl. {}.{:02d}",
    },
    "en": {
        "fetched": "Downloaded from Må vi? on {}.",
        "end": "Må vi? renders the municipality’s documents. Read the source before you act.",
        "question": "Question",
        "sources": "Sources",
        "page": "page",
        "label": "printed as",
        "section": "section",
        "time": "at {}:{:02d}",
    },
}
