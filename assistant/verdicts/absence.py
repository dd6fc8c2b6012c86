"""What a question names and says is not there: "uden navne", "CPR-numrene er fjernet"."""

import re
from collections.abc import Sequence

from ingest.rules.lexicon import Mention

_NOT_THERE = re.compile(
    r"\b(?:uden|ingen|intet|hverken|without|no|not any|ikke (?:nogen|noget|indeholder|om|er"
    r"|med|til)|heller ikke)"
    r" (?:(?!(?:i|på|med|til|ind|into|in|on|om) )[^\s,.;:]+,? ){0,4}$"
    r"|\bikke (?:[^\s,.;:]+ ){0,4}(?:noget|nogen"
    r"|nogle) (?:[^\s,.;:]+ ){0,2}$"
    r"|\b(?:ikke|not an?|not) (?!(?:slettet|fjernet|udeladt|sløret|removed|deleted)\b)"
    r"(?:[^\s,.;:]+ )?$",
    re.IGNORECASE,
)
_OUT = r"(?:ud|af|væk|out)"
_TAKEN = (
    r"(?:slettet|fjernet|streget|udeladt|sløret|anonymiseret|removed|deleted"
    rf"|(?:taget|pillet|klippet|taken|blacked) {_OUT})"
)
_NOR = r"(?!(?:ikke|aldrig|not|never|endnu)\b)"
# "CPR-numrene er fjernet", "har slettet navn, cpr og adresse", "har taget navnet ud"
_IS_TAKEN = re.compile(
    r"^(?!.{0,25}\b(?:ikke|not|never)\b)[^,.;:!?]{0,25}?"
    r"\b(?:er|bliver|blev|var|is|are|has been|have been) "
    rf"(?:{_NOR}\w+ )?(?:{_TAKEN}|væk|ude)\b",
    re.IGNORECASE,
)
_IS_TAKEN_OUT = re.compile(rf"^\w* {_OUT}\b(?! (?:i|på|af|til)\b)", re.IGNORECASE)
_HAS = r"\b(?:har|have|has) "
_HAS_TAKEN = re.compile(
    rf"{_HAS}(?:{_NOR}\w+ ){{0,2}}{_TAKEN} "
    r"(?:(?!\b(?:i|på|til|om|må|kan|skal|men|hvis|når|som|der|er|har|may|can|but|if|is)\b)"
    r"[^.;:!?]){0,40}$",
    re.IGNORECASE,
)
_TAKES = re.compile(
    rf"{_HAS}(?:{_NOR}\w+ ){{0,2}}(?:taget|pillet|klippet|taken) (?:the )?$", re.IGNORECASE
)
_NOBODY = re.compile(
    r"\b(?:ingen|uden|no|without|hverken)\b[^.;:!?]{0,25}\b(?:borger|person|navn|name|citizen|people)",
    re.IGNORECASE,
)


def is_absent(text: str, at: int) -> bool:
    """Whether what is named at `at` is said not to be there: "uden navne", "no names"."""
    clause = re.split(r"[.:;!?]| men | but ", text[:at])[-1]
    return bool(_NOT_THERE.search(clause))


def absent_in(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """What `text` names and says is not there."""
    absent = {
        m.concept
        for m in mentions
        if is_absent(text, m.start) or (m.concept.startswith("data.") and _is_taken_out(text, m))
    }
    return frozenset(absent | ({"data.personal"} if _NOBODY.search(text) else set()))


def _is_taken_out(text: str, mention: Mention) -> bool:
    """Whether what is named is said to have been taken out: "navnet er slettet"."""
    after, before = text[mention.end :], text[: mention.start]
    taken = _TAKES.search(before) and _IS_TAKEN_OUT.match(after)
    return bool(taken or _IS_TAKEN.match(after) or _HAS_TAKEN.search(before))
