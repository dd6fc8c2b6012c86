"""Whether a claim goes against the verdict that the rules gave."""

from dataclasses import dataclass

from assistant.chatmodel.checks.polarity import opening_answer, without_answer
from assistant.models import Verdict
from ingest.rules.clauses import clauses_of
from ingest.rules.lexicon import Lexicon

_KINDS = ("tool.", "data.")


@dataclass(frozen=True)
class Ruling:
    """The verdict, with the tools and data that were `asked` about, as concepts of `lexicon`."""

    verdict: Verdict
    asked: frozenset[str]
    lexicon: Lexicon


def contradicts(claim: str, ruling: Ruling | None) -> bool:
    """Whether `claim` opens with the other answer, or allows what is forbidden or forbids what is
    allowed. What it says of other tools and data than those asked about does not matter.
    """
    if ruling is None:
        return False
    said = opening_answer(claim)
    if said and (said == "nej") != (ruling.verdict == "nej"):
        return True
    text = without_answer(claim)
    ruled = {clause.modality for clause in clauses_of(text)}
    allows, forbids = "tilladt" in ruled, bool(ruled & {"forbudt", "afventer"})
    against = allows and not forbids if ruling.verdict == "nej" else forbids and not allows
    return against and ruling.verdict != "betinget" and _of_what_was_asked(text, ruling)


def _of_what_was_asked(text: str, ruling: Ruling) -> bool:
    """Whether `text` names nothing but what was asked about."""
    named = {m.concept for m in ruling.lexicon.mentions(text) if m.concept.startswith(_KINDS)}
    return named <= ruling.asked
