"""What a row of a table allows on a condition that stands in another cell of it."""

import re
from collections.abc import Sequence

from assistant.chatmodel.checks.meaning import Meaning

_ALLOWS = re.compile(
    r"\b(?:må|kan|tilladt|godkendt|lov|gerne|bruges?|brug|behøver)\b", re.IGNORECASE
)
_DENIES = re.compile(r"\b(?:ikke|aldrig|ingen|hverken|forbudt|nej)\b", re.IGNORECASE)
_YES = re.compile(r"[:?] (?:ja|kun|med betingelse)\b", re.IGNORECASE)
# How a column of conditions is headed.
_CONDITIONS = re.compile(
    r"betingelse|vilkår|forudsætning|krav|hvornår|begrænsning|^sådan", re.IGNORECASE
)
_KEPT = 0.4  # share of a condition from which it is said


def condition_unsaid(claim: str, rows: Sequence[str], meaning: Meaning) -> str:
    """The cell with the condition of one of the `rows` that say yes, which `claim`, that says yes
    too, leaves out; "" for none.
    """
    if _DENIES.search(claim) or not _ALLOWS.search(claim):
        return ""
    said = meaning.content(claim)
    for row in (row for row in rows if _YES.search(row)):
        for cell in row.split("; ")[1:]:
            heading, _, text = cell.partition(": ")
            content = meaning.content(text) if _CONDITIONS.search(heading) else []
            if content and meaning.share(content, said) < _KEPT:
                return cell
    return ""
