"""What a verdict consists of."""

from dataclasses import dataclass

from assistant.models import Verdict
from assistant.verdicts.matching import Match


@dataclass(frozen=True, slots=True)
class Case:
    """A part of what is asked that has a verdict of its own."""

    verdict: Verdict
    match: Match


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the rules that it follows from, best first, and those that lost, with why.

    `conditions` are those of `because` that the question does not say are met; `cases` are there
    when the verdict hangs on something that is not said; `against` are rules of other documents
    that say otherwise and do not count.
    """

    verdict: Verdict | None
    because: tuple[Match, ...] = ()
    conditions: tuple[tuple[str, Match], ...] = ()
    cases: tuple[Case, ...] = ()
    against: tuple[Match, ...] = ()
    duties: tuple[Match, ...] = ()
    lost: tuple[tuple[Match, str], ...] = ()


NONE = Judgement(None)
