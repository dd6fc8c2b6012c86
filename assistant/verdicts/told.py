"""What a question tells is in order, or is not: a consent, a course, a licence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.rules.lexicon import Lexicon

_BY = "condition.by-"
# What an asking clause says by the way, and is as good as told: "må jeg lave et udkast …?"
_BY_THE_WAY = frozenset(
    f"condition.{key}" for key in ("draft", "anonymous", "together", "marked", "account")
)
_SUPPOSED = re.compile(
    r"\b(?:hvis|når|efter|såfremt|med|så længe|if|when|once|after|with)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:ikke|uden|ingen|aldrig|mangler|nægter|not|no|without|never|[a-z]+n't)\b", re.IGNORECASE
)
_NEAR = 32  # characters before it in which a negation denies it


@dataclass(frozen=True, slots=True)
class Told:
    """The conditions that are said to be met, those said not to be, and who is said to have
    met them.
    """

    met: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()

    def also(self, before: "Told") -> "Told":
        """With what was told before, unless it is denied now."""
        return Told(
            self.met | (before.met - self.denied),
            self.denied | (before.denied - self.met),
            self.by | before.by,
        )


NOTHING_TOLD = Told()


def told_in(clauses: Iterable[tuple[str, bool]], lexicon: Lexicon) -> Told:
    """What `clauses` tell, each with whether it asks."""
    met, denied, by = set[str](), set[str](), set[str]()
    for clause, asks in clauses:
        for mention in lexicon.conditions(clause):
            ahead = clause[: mention.start]
            if mention.concept.startswith(_BY):
                by.add(mention.concept)
            elif _DENIED.search(ahead[-_NEAR:]):
                denied.add(mention.concept)
            elif not asks or mention.concept in _BY_THE_WAY or _SUPPOSED.search(ahead):
                met.add(mention.concept)
    return Told(frozenset(met - denied), frozenset(denied), frozenset(by))


def state_of(condition: str, told: Told, lexicon: Lexicon) -> str:
    """ "met" or "broken" where what is told settles `condition`; "" where it does not."""
    named = {m.concept for m in lexicon.conditions(condition)}
    wanted = {c for c in named if not c.startswith(_BY)}
    if not wanted:
        return ""
    if wanted <= told.met and _by_the_same(named, told):
        return "met"
    return "broken" if wanted & told.denied and not _DENIED.search(condition) else ""


def _by_the_same(named: set[str], told: Told) -> bool:
    """Whether nobody else is said to have done what the condition wants of somebody."""
    who = {c for c in named if c.startswith(_BY)}
    return not who or not told.by or bool(who & told.by)
