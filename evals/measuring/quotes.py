"""Quote fidelity, a gate: every quote that is shown stands on the page that it is said to."""

from collections.abc import Iterator, Sequence

from evals.corpora import letters
from evals.measuring.cases import Case, Held, Measured, answered, measured


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """Whether all quotes of an answer are verbatim."""
    yield measured("quotes.verbatim", answered(cases), verbatim, Held(gate=1.0))


def verbatim(case: Case) -> bool | None:
    """Whether every quote stands on its page; a page that is not there is not counted here."""
    pages = case.corpus.pages
    there = [c for c in case.record.citations if (c.document, c.page) in pages]
    if not there:
        return None
    return all(letters(c.quote) in pages[c.document, c.page] for c in there)
