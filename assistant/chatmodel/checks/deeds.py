"""What a claim and its source say one may, must and should do, compared verb by verb."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from assistant.chatmodel.checks.meaning import Meaning
from ingest.lexical import stem

Clauses = Callable[[str], Sequence[str]]
_MODAL = re.compile(
    r"\b(?P<may>må|kan|kunne)\b|\b(?P<must>skal|skulle|behøver)\b|\b(?P<should>bør|burde)\b",
    re.IGNORECASE,
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
    there = deeds_of(sentences, clauses, meaning)
    for verb, deeds in deeds_of((claim,), clauses, meaning).items():
        if verb in there and not _forces(deeds) & _forces(there[verb]):
            return verb
    return ""


def deeds_of(
    texts: Sequence[str], clauses: Clauses, meaning: Meaning
) -> dict[str, list[tuple[str, str]]]:
    """The verbs after a modal in `texts`, by stem, each with the kinds of modal, "may", "must" or
    "should", and the clauses that they stand in.
    """
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for clause in (c for text in texts for c in clauses(text)):
        for modal, words in _parts(clause):
            for verb in (w for w in meaning.content(words) if _INFINITIVE.search(w)):
                found[stem(verb.rstrip("s"))].append((modal, clause))
    return found


def _forces(deeds: Sequence[tuple[str, str]]) -> set[str]:
    """The kinds of modal; what may not be done must not."""
    kinds = {modal for modal, _ in deeds}
    held_back = any(m != "should" and _HELD_BACK.search(clause) for m, clause in deeds)
    return kinds | {"may", "must"} if held_back else kinds


def _parts(clause: str) -> list[tuple[str, str]]:
    """The modals of a clause, each with the words up to the next."""
    found = list(_MODAL.finditer(clause))
    ends = [m.start() for m in found[1:]] + [len(clause)]
    return [(m.lastgroup or "", clause[m.end() : end]) for m, end in zip(found, ends, strict=False)]
