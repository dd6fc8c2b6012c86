"""`maavi ask`: one question from the command line, or a file of them."""

import argparse
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from assistant.commands.arguments import (
    Commands,
    add_command,
    add_index,
    add_json,
    add_question_or_batch,
)
from assistant.commands.batch import requests
from assistant.commands.exits import DONE, FAILED
from assistant.commands.output import print_json, say, shortened
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.models import Answer, Citation
    from assistant.pipeline import Assistant

_QUOTE = 200
_WORDS = {"da": ("Kilder:", "side", "mærket"), "en": ("Sources:", "page", "labelled")}


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = add_command(commands, "ask", run, "stil et spørgsmål, og få svaret med dets kilder")
    keys = '"question" og evt. "id" og "history" (tidligere spørgsmål)'
    add_question_or_batch(parser, "SPØRGSMÅL", "spørgsmålet, i anførselstegn", keys)
    add_index(parser)
    add_json(parser, "svaret som ét JSON-objekt (altid sådan med --batch)")


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    from assistant.pipeline import Assistant

    assistant = Assistant(load_settings(index=arguments.index))
    if arguments.batch is not None:
        return _batch(assistant, arguments.batch)
    answer = assistant.ask(arguments.question)
    if arguments.json:
        print_json(_row(None, arguments.question, answer))
    elif answer.status == "error":
        say(answer.text)
    else:
        print(_text(answer))
    return FAILED if answer.status == "error" else DONE


def _batch(assistant: "Assistant", file: str) -> int:
    from assistant.models import Answer

    with requests(file) as lines:
        for asked in lines:
            if asked.fault:
                answer = Answer("error", asked.fault)
            else:
                answer = assistant.ask(asked.question, asked.history)
                if answer.status == "error":
                    answer = replace(answer, text=f"Linje {asked.line}: {answer.text}")
            print_json(_row(asked.id, asked.question, answer))
    return DONE


def _row(identity: Any, question: str, answer: "Answer") -> dict[str, Any]:
    return {
        "id": identity,
        "question": question,
        "language": answer.language,
        "status": answer.status,
        "verdict": answer.verdict,
        "text": answer.text,
        "citations": [asdict(citation) for citation in answer.citations],
        "masked": list(answer.masked),
        "engine": answer.engine,
        "timings_ms": {"retrieve": 0.0, "total": 0.0, **answer.timings_ms},
    }


def _text(answer: "Answer") -> str:
    """The answer as a terminal can show it, then its sources."""
    lines = [_without_marks(answer.text)]
    if answer.citations:
        lines += ["", _WORDS[answer.language][0]]
        lines += [_source(citation, answer.language) for citation in answer.citations]
    return "\n".join(lines)


def _source(citation: "Citation", language: str) -> str:
    _, page, label = _WORDS[language]
    place = f"{page} {citation.page}"
    if citation.page_label != str(citation.page):
        place += f" ({label} {citation.page_label})"
    section = f", {citation.section}" if citation.section else ""
    quote = shortened(citation.quote, _QUOTE)
    return f"[{citation.number}] {citation.title}, {place}{section}\n    ”{quote}”"


def _without_marks(text: str) -> str:
    """Markdown's bold, and lines in italics, as plain text."""
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text, flags=re.DOTALL)
    return re.sub(r"^\*(?! )(.+)\*$", r"\1", text, flags=re.MULTILINE)
