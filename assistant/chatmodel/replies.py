"""What a reply is, when none of it can be shown, and which follow-up questions may be."""

import re
from collections.abc import Sequence

from assistant import facts
from assistant.asking import language_of
from assistant.chatmodel.checks import names
from assistant.chatmodel.checks.meaning import Meaning
from assistant.chatmodel.faults import Kind
from assistant.chatmodel.protocol import ModelClaim, NoAnswer, Said
from ingest.passages import Passage

_LONGEST = 140  # characters of a follow-up question
_NEAR = 0.7  # how well the passages must say each of its words
_UNWILLING = re.compile(
    r"\b(?:kan (?:desværre )?ikke hjælpe|kan ikke (?:svare|besvare|assistere)|beklager|desværre"
    r"|som (?:en )?(?:ai|sprogmodel)|i can(?:no|')t (?:help|assist)|i'?m (?:sorry|unable)"
    r"|as an ai|not able to)\b",
    re.IGNORECASE,
)


def fault_of_lines(raw: str, said: Sequence[Said]) -> Kind:
    """Why nothing of a reply is shown."""
    if not raw.strip():
        return "empty"
    claims = [s for s in said if isinstance(s, ModelClaim)]
    if claims:
        english = all(language_of(c.text) == "en" for c in claims)
        return "english" if english else "unverified"
    if any(isinstance(s, NoAnswer) for s in said) or _UNWILLING.search(raw):
        return "unwilling"
    return (
        "english" if language_of(raw) == "en" and not raw.lstrip().startswith("{") else "protocol"
    )


def fit_followup(question: str, passages: Sequence[Passage], meaning: Meaning) -> bool:
    """Whether a question may be offered: short, and about nothing that the passages do not have."""
    if not question.endswith("?") or len(question) > _LONGEST or language_of(question) == "en":
        return False
    text = " ".join(" ".join((*p.section, p.text)) for p in passages)
    if facts.missing(question, text) or names.missing(question, text, meaning):
        return False
    wanted, there = meaning.content(question), meaning.content(text)
    return bool(wanted) and all(meaning.covered(w, there) >= _NEAR for w in wanted)
