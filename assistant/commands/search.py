"""`maavi search`: the passages that match, ranked; what an answer would be made from."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.commands.arguments import (
    Commands,
    add_command,
    add_index,
    add_json,
    add_question_or_batch,
    number_between,
)
from assistant.commands.batch import requests
from assistant.commands.exits import DONE
from assistant.commands.output import print_json, shortened
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.models import Hit
    from assistant.pipeline import Assistant

_PASSAGES = 10
_MOST = 10_000
_TEXT = 160


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = add_command(commands, "search", run, "find de afsnit, der passer bedst")
    keys = '"question" (det, der søges efter) og evt. "id"'
    add_question_or_batch(parser, "SØGNING", "ordene, i anførselstegn", keys)
    parser.options.add_argument(
        "-k",
        metavar="ANTAL",
        type=number_between(1, _MOST),
        default=_PASSAGES,
        help=f"så mange afsnit højst ({_PASSAGES})",
    )
    add_index(parser)
    add_json(parser, "afsnittene som ét JSON-objekt (altid sådan med --batch)")


def run(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    from assistant.pipeline import Assistant

    assistant = Assistant(load_settings(index=arguments.index))
    if arguments.batch is not None:
        return _batch(assistant, arguments.batch, arguments.k)
    hits = assistant.search(arguments.question, arguments.k)
    if arguments.json:
        print_json(_row(None, hits))
    else:
        print(_text(assistant, hits))
    return DONE


def _batch(assistant: "Assistant", file: str, k: int) -> int:
    with requests(file) as lines:
        for asked in lines:
            if asked.fault:
                fault = {"status": "error", "text": asked.fault}
                print_json({**_row(asked.id, ()), **fault})
            else:
                print_json(_row(asked.id, assistant.search(asked.question, k)))
    return DONE


def _row(identity: Any, hits: Sequence["Hit"]) -> dict[str, Any]:
    return {"id": identity, "hits": [_hit(hit) for hit in hits]}


def _hit(hit: "Hit") -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": passage.document,
        "page": passage.page,
        "section": " › ".join(passage.section),
        "text": passage.text,
        "score": round(hit.score, 6),
    }


def _text(assistant: "Assistant", hits: Sequence["Hit"]) -> str:
    if not hits:
        return "Ingen afsnit passer. Prøv med andre ord."
    titles = {document.file: document.title for document in assistant.state().documents}
    return "\n".join(_listed(at, hit, titles) for at, hit in enumerate(hits, 1))


def _listed(at: int, hit: "Hit", titles: dict[str, str]) -> str:
    passage = hit.passage
    title = titles.get(passage.document) or passage.document
    score = f"{hit.score:.2f}".replace(".", ",")
    section = f", {' › '.join(passage.section)}" if passage.section else ""
    head = f"{at:>2}. {score}  {title}, side {passage.page}{section}"
    return f"{head}\n          {shortened(passage.text, _TEXT)}"
