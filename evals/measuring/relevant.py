"""Which of the passages that were found answer a question, for the measures of the search."""

from evals.answers import Found
from evals.corpora import letters
from evals.measuring.cases import Case
from evals.questions import Gold

_WORDS = 3  # of a quote, under which it names a thing and does not tell a passage


def telling(case: Case) -> list[Gold]:
    """The gold places that tell one passage from another: a quote of some words, or a page."""
    return [g for g in case.question.gold if not g.quote or len(g.quote.split()) >= _WORDS]


def holds(gold: Gold, found: Found) -> bool:
    """Whether a passage that was found has what `gold` points at."""
    if gold.document not in ("", found.document):
        return False
    return letters(gold.quote) in letters(found.text) if gold.quote else gold.page == found.page


def qrels(case: Case) -> dict[str, int]:
    """The right passages by id: those that the corpus has; a gold place that no passage holds
    counts as one that nothing finds.
    """
    right: dict[str, int] = {}
    for number, gold in enumerate(telling(case)):
        passages = case.corpus.holding(gold)
        right |= {p.id: 1 for p in passages} or {f"gold {number}": 1}
    return right
