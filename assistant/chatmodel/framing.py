"""What stays of the extractive answer when a model writes the sentences.

The verdict, the conditions, the cases, a disagreement and whom to ask are the rules' and stay word
for word, as does the line that says whose words they are; what gives way are the quoted sentences,
in whose place the model's claims come.
"""

import re
from dataclasses import dataclass
from itertools import takewhile

from assistant.citing import markers
from assistant.models import Answer

_MARKER = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Frame:
    """The paragraphs before the claims and those after them, with the extractive markers."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def frame_of(answer: Answer, judged: bool) -> Frame:
    """The frame of the extractive `answer`; `judged` says that it opens with a verdict."""
    if not judged:
        opening = takewhile(lambda block: not _MARKER.search(block), answer.text.split("\n\n"))
        return Frame(tuple(opening), (answer.against,) if answer.against else ())
    notes = {f"*{note}*" for note in answer.notes}
    quotes = {f"{c.text} {markers(c.citations)}" for c in answer.claims}
    headline, *rest = answer.text.split("\n\n")
    before = [headline]
    if answer.language == "en" and rest:
        before.append(rest.pop(0))
    return Frame(tuple(before), tuple(b for b in rest if b not in notes | quotes))
