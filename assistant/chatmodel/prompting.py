"""The prompts: files with a version, and the data that goes with them, fenced.

Passages are written as JSON strings, one a line, between two fences that hold a digest of them.
Nothing inside a passage can end its line, so none of its words can pass for part of the prompt.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from assistant.chatmodel.model import Turn
from assistant.models import Verdict
from ingest.passages import Passage

_VERDICTS: dict[Verdict, str] = {"ja": "ja", "nej": "nej", "betinget": "ja, på betingelser"}
_CHARACTERS_A_TOKEN = 2.5  # Danish in the tokenisers of today's models, on the safe side


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file: `version` is its number, `text` what the model gets."""

    name: str
    version: str
    text: str

    @property
    def id(self) -> str:
        """ "answer-1", as the trace has it."""
        return f"{self.name}-{self.version}"


@lru_cache(maxsize=8)
def prompt_named(name: str) -> Prompt:
    """The prompt that comes with Må vi? under this name."""
    file = resources.files("assistant.chatmodel").joinpath("prompts", f"{name}.txt")
    head, _, text = file.read_text(encoding="utf-8").partition("\n")
    return Prompt(name, head.removeprefix("version:").strip(), text.strip())


def answer_turns(
    question: str,
    passages: Sequence[Passage],
    titles: dict[str, str],
    verdict: Verdict | None,
    rules: Sequence[str],
) -> tuple[Turn, ...]:
    """What is sent for an answer: `passages` are numbered from 1; `rules` are those that
    `verdict` follows from.
    """
    lines = [_line(n, p, titles) for n, p in enumerate(passages, 1)]
    parts = [_fenced("KILDER", lines)]
    if verdict:
        ruled = [json.dumps(rule, ensure_ascii=False) for rule in rules]
        parts.append(f"Afgørelse efter reglerne: {_VERDICTS[verdict]}\n{_fenced('REGLER', ruled)}")
    parts.append(_fenced("SPØRGSMÅL", [json.dumps(question, ensure_ascii=False)]))
    return (Turn("system", prompt_named("answer").text), Turn("user", "\n\n".join(parts)))


def standalone_turns(question: str, history: Sequence[str]) -> tuple[Turn, ...]:
    """What is sent to have `question` made understandable without `history`."""
    before = _fenced("SAMTALE", [json.dumps(q, ensure_ascii=False) for q in history])
    asked = _fenced("NYT SPØRGSMÅL", [json.dumps(question, ensure_ascii=False)])
    return (Turn("system", prompt_named("standalone").text), Turn("user", f"{before}\n\n{asked}"))


def estimated_tokens(text: str) -> int:
    """About how many tokens `text` is, rather too many than too few."""
    return int(len(text) / _CHARACTERS_A_TOKEN) + 1


def _line(number: int, passage: Passage, titles: dict[str, str]) -> str:
    row = {
        "source": number,
        "document": titles.get(passage.document, passage.document),
        "page": passage.page_label,
        "section": " › ".join(passage.section),
        "text": " ".join((passage.context, passage.text, passage.tail)).strip(),
    }
    return json.dumps(row, ensure_ascii=False)


def _fenced(name: str, lines: Sequence[str]) -> str:
    mark = hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:8]
    return "\n".join((f"=== {name} {mark} (data) ===", *lines, f"=== SLUT {name} {mark} ==="))
