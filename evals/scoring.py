"""What an answer is worth: found, cited, right, declined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Answer, Hit
from evals.questions import Item
from ingest.text import normalise


@dataclass(frozen=True, slots=True)
class Score:
    """One question's result. The retrieval fields are None for unanswerable questions, `facts`
    and `page` also where the question was declined ("not measured" is not 0).
    """

    item: Item
    answered: bool
    found: bool | None  # the right page among the first four passages
    first: bool | None  # the right page's passage first
    facts: bool | None  # every fact is in the answer
    page: bool | None  # a right page is cited

    @property
    def right(self) -> bool:
        """An answerable question answered with the facts and the page, another declined."""
        if not self.item.answerable:
            return not self.answered
        return bool(self.answered and self.facts and self.page)


def score(item: Item, hits: Sequence[Hit], answer: Answer) -> Score:
    """How `answer`, and the passages found, do on `item`."""
    answered = answer.status == "answered"
    if not item.answerable:
        return Score(item, answered, None, None, None, None)
    pages = [is_place(item, hit.passage.document, hit.passage.page) for hit in hits]
    cited = any(is_place(item, c.document, c.page) for c in answer.citations)
    facts = all(holds(answer.text, fact) for fact in item.facts)
    return Score(
        item,
        answered,
        any(pages[:4]),
        any(pages[:1]),
        facts if answered else None,
        cited if answered else None,
    )


def is_place(item: Item, file: str, page: int) -> bool:
    """Whether the question is answered on `page` of `file`."""
    return any(page == p and f in ("", file) for f, p in item.where)


def holds(text: str, fact: str) -> bool:
    """Whether `text` has one of the wordings of `fact`."""
    said = _plain(text)
    return any(_plain(either) in said for either in fact.split("|"))


def _plain(text: str) -> str:
    return re.sub(r"\s*\[\d+\]|[*_]", "", normalise(text)).lower()
