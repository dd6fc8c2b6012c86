"""What a claim and its source say one may, must and should do, compared verb by verb."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from assistant.chatmodel.checks.meaning import Meaning
from ingest.lexical import stem

Clauses = Callable[[str], Sequence[str]]
_MODAL = re.compile(
    r"\b(?P<may>må|kan|kunne)\b|\b(?P<must>skal|skulle)\b|\b(?P<should>bør|burde)\b", re.IGNORECASE
)
_INFINITIVE = re.compile(r"^\w{2,}(?:e|es|å|ås)$")
_HELD_BACK = re.compile(
    r"\b(?:kun|først|højst|ikke|aldrig|hverken|ingen|tidligst)\b", re.IGNORECASE
)
# A duty said with other words than a modal, which a "skal" may stand for.
_OTHERWISE = re.compile(
    r"\b(?:kræve\w*|krav|pligt\w*|forpligt\w*|nødt|forudsæt\w*|betingelse\w*|først"
    r"|må (?:\w+ )?kun)\b",
    re.IGNORECASE,
)


def other_force(claim: str, sentences: Sequence[str], clauses: Clauses, meaning: Meaning) -> str:
    """The verb that `claim` allows, demands or advises where the `sentences` have it with another
    of "må", "skal" and "bør"; "" for none.
    """
    if any(_OTHERWISE.search(text) for text in (claim, *sentences)):
        return ""
    there = _deeds(sentences, clauses, meaning)
    for verb, forces in _deeds((claim,), clauses, meaning).items():
        if verb in there and not forces & there[verb]:
            return verb
    return ""


def _deeds(texts: Sequence[str], clauses: Clauses, meaning: Meaning) -> dict[str, set[str]]:
    """The verbs after a modal in `texts`, by stem, with its kinds: "may", "must", "should". What
    may not be done must not.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for clause in (c for text in texts for c in clauses(text)):
        for modal, words in _parts(clause):
            verbs = [w for w in meaning.content(words) if _INFINITIVE.search(w)]
            kinds = {"may", "must"} if _HELD_BACK.search(clause) and modal != "should" else {modal}
            for verb in verbs:
                found[stem(verb.rstrip("s"))] |= kinds
    return found


def _parts(clause: str) -> list[tuple[str, str]]:
    """The modals of a clause, each with the words up to the next."""
    found = list(_MODAL.finditer(clause))
    ends = [m.start() for m in found[1:]] + [len(clause)]
    return [(m.lastgroup or "", clause[m.end() : end]) for m, end in zip(found, ends, strict=False)]
