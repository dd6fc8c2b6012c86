"""A question made understandable without the conversation that it was asked in."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.asking import language_of
from assistant.chatmodel.calling import Caller, Tally
from assistant.chatmodel.faults import ModelFailed
from assistant.chatmodel.prompting import estimated_tokens, standalone_turns
from assistant.question import Analyst
from ingest.lexical import STOP_WORDS, related, stem, words

HISTORY_TOKENS = 600  # of earlier questions that are sent
_LONGEST = 300  # characters of a question
_SHARE = 0.25  # of the answer's time


@dataclass(frozen=True, slots=True)
class Standalone:
    """The question to answer and the history that it still leans on; what a model used for it, and
    in how many seconds.
    """

    question: str
    history: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)
    seconds: float = 0.0


def within_tokens(history: Sequence[str], most: int = HISTORY_TOKENS) -> list[str]:
    """The latest of `history` that together are about `most` tokens at the most, in order."""
    kept: list[str] = []
    for question in reversed(history):
        most -= estimated_tokens(question)
        if most < 0:
            break
        kept.append(question)
    return kept[::-1]


def standalone(
    question: str, history: Sequence[str], analyst: Analyst, caller: Caller, seconds: float
) -> Standalone:
    """`question` made to stand alone.

    The cheap rule decides first: a question that leans on nothing stays as it is, and no model is
    asked. Else the model writes it out; what it writes is used only when all its words come from
    the conversation, and the rule's way stands in every other case.
    """
    kept = within_tokens(history)
    if not kept or analyst.understand(question, kept).standalone == " ".join(question.split()):
        return Standalone(question, tuple(kept))
    tally, started = Tally(), time.perf_counter()
    try:
        turns = standalone_turns(question, kept)
        said = "".join(caller.stream(turns, _SHARE * seconds, tally))
    except ModelFailed:
        said = ""
    took = time.perf_counter() - started
    written = said.strip().split("\n")[0].strip(' "”“')
    if _made_of(written, [*kept, question]) and language_of(written) == language_of(question):
        return Standalone(written, (), tally, took)
    return Standalone(question, tuple(kept), tally, took)


def _made_of(written: str, conversation: Sequence[str]) -> bool:
    """Whether `written` is a question that says nothing which the conversation does not."""
    if not written.endswith("?") or len(written) > _LONGEST:
        return False
    said = {w for text in conversation for w in words(text)}
    stems = {stem(w) for w in said}
    return all(
        w in STOP_WORDS or stem(w) in stems or any(related(w, s) for s in said)
        for w in words(written)
    )
