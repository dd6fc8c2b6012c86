"""Citations: that they exist (a gate), that they are the right ones, and that they support.

Citation recall and precision are those of ALCE (Gao et al., 2023), with evals/entailment.py in
place of a language model. Precision counts over the sentences that are supported, so that one
error lowers one figure.
"""

import re
from collections.abc import Iterator, Sequence

from evals.answers import Cited, Said
from evals.entailment import entails
from evals.measuring.cases import Case, Held, Measured, answered, measured

_MARKER = re.compile(r"\[(\d+)\]")


def measure(cases: Sequence[Case]) -> Iterator[Measured]:
    """Validity, a right page cited, recall and precision, on the questions that were answered."""
    shown = answered(cases)
    yield measured("citations.valid", shown, valid, Held(gate=1.0))
    yield measured("citations.right-page", shown, _right_page)
    yield measured("citations.recall", shown, recall, Held(kind="mean"))
    yield measured("citations.precision", shown, precision, Held(kind="mean"))


def valid(case: Case) -> bool:
    """Whether the answer has a citation, every marker in the text leads to one, and every one to
    a page that is there.
    """
    record = case.record
    numbers = {citation.number for citation in record.citations}
    markers = {int(m) for m in _MARKER.findall(record.text)}
    used = {n for claim in record.claims for n in claim.citations}
    places = all((c.document, c.page) in case.corpus.pages for c in record.citations)
    return bool(numbers) and markers | used <= numbers and places


def _right_page(case: Case) -> bool | None:
    """Whether a page with a gold place is cited."""
    pages = {place for gold in case.question.gold for place in case.corpus.pages_with(gold)}
    if not pages:
        return None
    return any((c.document, c.page) in pages for c in case.record.citations)


def recall(case: Case) -> float | None:
    """The share of the sentences that follow from what they cite, taken together."""
    claims = case.record.claims
    return sum(supported(case, c) for c in claims) / len(claims) if claims else None


def precision(case: Case) -> float | None:
    """The share of the citations of supported sentences that are needed: one is not when it does
    not support the sentence alone and the others do without it.
    """
    needed = []
    for claim in case.record.claims:
        if supported(case, claim):
            cited = _cited(case, claim)
            needed += [_is_needed(claim, c, cited) for c in cited]
    return sum(needed) / len(needed) if needed else None


def supported(case: Case, claim: Said) -> bool:
    """Whether the sentence follows from the quotes that it cites."""
    return _follows(claim, _cited(case, claim))


def _is_needed(claim: Said, one: Cited, cited: Sequence[Cited]) -> bool:
    others = [c for c in cited if c is not one]
    return _follows(claim, [one]) or not (others and _follows(claim, others))


def _follows(claim: Said, cited: Sequence[Cited]) -> bool:
    return entails(" ".join(c.quote for c in cited), claim.text) if cited else False


def _cited(case: Case, claim: Said) -> list[Cited]:
    by_number = {c.number: c for c in case.record.citations}
    return [by_number[n] for n in claim.citations if n in by_number]
