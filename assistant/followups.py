"""What could be asked next: questions made from the index, and only such as it answers.

Three wells: the rules about the same tool and other data (or the same data and another tool), the
headings near the question that are questions themselves, and short headings of the documents that
were cited. Nothing is suggested unseen: each candidate is put to the documents first, and one that
is declined, or answered by what the user has just read, is left out.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from rapidfuzz import fuzz

from assistant.models import Answer
from ingest.passages import Passage
from ingest.rules.book import RuleBook
from ingest.rules.model import Rule

MOST = 3  # suggestions shown
_MOST_ASKED = 6  # candidates put to the documents
_SECONDS = 2.0  # after which no further candidate is asked
_ALIKE = 84  # of 100, from which two questions are the same to a reader
_NUMBER = re.compile(r"^\s*(?:§\s*)?\d+(?:\.\d+)*[.)]?\s+")
_SHORTEST_QUESTION = 3  # words of a heading that can be asked as it stands
_TOPIC = range(2, 6)  # words of a heading that can be asked about
_LONGEST = 90  # characters of a suggestion
# "Assistenten Må vi?" ends in a question mark and asks nothing.
_ASKS = re.compile(r"(?:^|[.!?] )(?:Hv\w+|Må|Skal|Kan|Bør|Får|Gælder|Behøver|Er|Findes)\b")
_NO_TOPIC = re.compile(r"[?:\d]")
_SUPPOSES = re.compile(r"^(?:Har|Er|Vil|Kan|Kender|Bruger|Mangler) du\b", re.IGNORECASE)
_GENERIC = frozenset(("tool.ai", "tool.chat"))

Ask = Callable[[str], Answer]


def follow_ups(
    question: str, answer: Answer, passages: Sequence[Passage], book: RuleBook, ask: Ask
) -> tuple[str, ...]:
    """At most `MOST` questions to ask after `question`, which got `answer`; `ask` gives the
    documents' own answer to a candidate.
    """
    if answer.status != "answered":
        return ()
    until = time.monotonic() + _SECONDS
    candidates = _candidates(question, answer, passages, book)
    chosen: list[str] = []
    for candidate in _apart(candidates, question)[:_MOST_ASKED]:
        if len(chosen) == MOST or time.monotonic() > until:
            break
        if _tells_more(ask(candidate), answer):
            chosen.append(candidate)
    return tuple(chosen)


def _candidates(
    question: str, answer: Answer, passages: Sequence[Passage], book: RuleBook
) -> Iterator[str]:
    """All that could be asked, the likeliest first; an English answer gets the model's only."""
    yield from answer.followups
    if answer.language == "da":
        cited = [(c.document, c.page) for c in answer.citations]
        near = [*(hit.passage for hit in answer.trace.hits), *_beside(passages, cited)]
        read = {heading for c in answer.citations for heading in c.section.split(" › ")}
        by_rules = list(_by_rules(question, cited, book, passages))
        yield from _alternating(by_rules, list(_asked_headings(near, read)))
        yield from _topics(near, read)


def _by_rules(
    question: str, cited: Sequence[tuple[str, int]], book: RuleBook, passages: Sequence[Passage]
) -> Iterator[str]:
    """Questions of leave that differ from `question` in the data or in the tool."""
    asked = {mention.concept for mention in book.lexicon.mentions(question)} - _GENERIC
    tools = {concept for concept in asked if concept.startswith("tool.")}
    data = {concept for concept in asked if concept.startswith("data.")}
    places = {passage.id: (passage.document, passage.page) for passage in passages}
    rules = sorted(book.rules, key=lambda rule: places.get(rule.passage) not in cited)
    for rule in rules:
        for tool, kind in _pairs(rule):
            if (tool in tools) != (kind in data) and tool not in _GENERIC:
                yield f"Må jeg bruge {book.lexicon.label(tool)} til {_lower(book, kind)}?"


def _pairs(rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.modality in ("tilladt", "kun", "forbudt"):
        for tool in rule.concepts("tool"):
            for kind in rule.concepts("data"):
                yield tool, kind


def _lower(book: RuleBook, concept: str) -> str:
    label = book.lexicon.label(concept)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _beside(passages: Sequence[Passage], cited: Sequence[tuple[str, int]]) -> list[Passage]:
    """The passages on the pages that are cited, and on those next to them."""
    pages = {(document, page + step) for document, page in cited for step in (0, 1, -1)}
    return [passage for passage in passages if (passage.document, passage.page) in pages]


def _asked_headings(near: Iterable[Passage], read: set[str]) -> Iterator[str]:
    for heading in _headings(near, read):
        text = _in_first_person(_NUMBER.sub("", heading))
        is_question = text.endswith("?") and _ASKS.search(text)
        if is_question and len(text.split()) >= _SHORTEST_QUESTION:
            yield text


def _topics(near: Iterable[Passage], read: set[str]) -> Iterator[str]:
    for heading in _headings(near, read):
        text = _NUMBER.sub("", heading).strip(" :.")
        if len(text.split()) in _TOPIC and not _NO_TOPIC.search(text):
            yield f"Hvad står der om ”{text}”?"


def _in_first_person(heading: str) -> str:
    """A heading that speaks to the reader, as the reader would ask it: "Hvad må jeg …?"; "" for one
    that supposes something of the reader ("Har du indsat noget ved en fejl?").
    """
    if _SUPPOSES.match(heading):
        return ""
    return re.sub(r"\bdu\b", "jeg", re.sub(r"\bdin\b", "min", heading))


def _headings(near: Iterable[Passage], read: set[str]) -> Iterator[str]:
    return (p.section[-1] for p in near if p.section and p.section[-1] not in read)


def _alternating(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    pairs = zip_longest(dict.fromkeys(one), dict.fromkeys(other))
    return (question for question in chain.from_iterable(pairs) if question)


def _apart(candidates: Iterable[str], question: str) -> list[str]:
    """The candidates that are not alike, nor like what was asked."""
    found: list[str] = []
    for candidate in candidates:
        if len(candidate) <= _LONGEST and not any(
            _alike(candidate, other) for other in (question, *found)
        ):
            found.append(candidate)
        if len(found) == _MOST_ASKED:
            break
    return found


def _alike(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(one.lower(), other.lower()) >= _ALIKE


def _tells_more(answer: Answer, before: Answer) -> bool:
    """Whether `answer` is one, and rests on something that `before` did not cite."""
    known = {(c.document, c.page, c.quote) for c in before.citations}
    found = {(c.document, c.page, c.quote) for c in answer.citations}
    return answer.status == "answered" and bool(found - known)
