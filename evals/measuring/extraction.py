"""Whether reading the PDFs kept what answers: gold quotes in the text, and in one piece."""

from collections.abc import Iterator, Sequence

from evals.corpora import letters
from evals.measuring.cases import Case, Held, Measured, measured
from evals.questions import Gold


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """The share of a question's gold quotes that stand in the text, and whole in one passage."""
    yield measured("extraction.found", cases, _found, Held(kind="mean", loss=0.005))
    yield measured("extraction.whole", cases, _whole, Held(kind="mean", loss=0.01))


def _found(case: Case) -> float | None:
    return _share(case, [_stands(case, gold) for gold in _quoted(case)])


def _whole(case: Case) -> float | None:
    return _share(case, [bool(case.corpus.holding(gold)) for gold in _quoted(case)])


def _stands(case: Case, gold: Gold) -> bool:
    """On its page, or over the end of one."""
    texts = [t for (file, _), t in case.corpus.pages.items() if gold.document in ("", file)]
    return letters(gold.quote) in "".join(texts)


def _quoted(case: Case) -> list[Gold]:
    return [gold for gold in case.question.gold if gold.quote]


def _share(case: Case, found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found else None
