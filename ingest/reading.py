"""The sentences of a passage that an answer may show, each with the quotes that it rests on."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.layout import ITEM, LABELLED, NUMBERED
from ingest.lexical import stem, stems
from ingest.passages import Passage
from ingest.sentences import sentence_spans
from ingest.text import join_lines

_ANSWER_LENGTH = 3  # sentences after a question that are taken for its answer
_ANAPHORA = re.compile(
    r"^(det|den|de|dette|denne|disse|her|heri|derfor|dermed|dog|men|og|desuden|derudover|også|så"
    r"|sådan|sådanne|han|hun|begge|samtidig|omvendt|tilsvarende|udover)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:stk|nr|pkt|punkt|litra|§+)\.? ?\w{1,3}\.?", re.IGNORECASE)  # "Stk. 2."
_DEFINITE = re.compile(r"[A-ZÆØÅ][\wæøå]*(?:en|et|erne|ene)\b")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand on `page` (1-based), verbatim."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row of a passage; `text` reads on its own.

    `number` counts from 0 in the passage, `block` its paragraphs, items and rows. `intro` is the
    number of the sentence that introduces the list it is in, `question` of the question that it
    follows; -1 for none. `leans` says that it needs the one before it ("Det gælder også …").
    """

    number: int
    block: int
    text: str
    quotes: tuple[Quote, ...]
    is_item: bool
    is_row: bool
    intro: int
    question: int
    leans: bool
    stems: frozenset[str]

    @property
    def asks(self) -> bool:
        """Whether it is a question itself, as in a list of frequent ones."""
        return self.text.endswith("?") and not self.is_row


@lru_cache(maxsize=4096)
def sentences_of(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of `passage` in order, the rest of one from the page before left out."""
    reading = _Reading(passage)
    if passage.context:
        reading.add(passage.context, (Quote(passage.context_page, passage.context),), -1)
    rows = dict(passage.rows)
    at = 0
    for block, line in enumerate(passage.text.split("\n")):
        if line in rows:
            reading.add(line, (Quote(passage.page, rows[line]),), block, is_row=True)
        else:
            reading.read(line, at, block)
        at += len(line) + 1
    return tuple(reading.found)


class _Reading:
    """Goes through a passage, and remembers what the next sentence may depend on."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._intro = -1
        self._question = -1
        self._left = 0
        self.found: list[Sentence] = []

    def read(self, line: str, at: int, block: int) -> None:
        """The sentences of a paragraph or a list item that starts at `at`."""
        marker = ITEM.match(line) or NUMBERED.match(line)
        is_item = bool(marker or LABELLED.match(line))
        for start, end in sentence_spans(line):
            if at + start < self._passage.lead:
                continue
            text = line[start:end]
            if marker and start == 0:
                text = text[marker.end() :]
            text, quotes = self._to_its_end(text, at + end)
            self.add(text, quotes, block, is_item=is_item)

    def _to_its_end(self, text: str, end: int) -> tuple[str, tuple[Quote, ...]]:
        """The sentence with what stands of it on the next page."""
        passage = self._passage
        here = Quote(passage.page, text)
        if not passage.tail or end < len(passage.text.rstrip()):
            return text, (here,)
        return join_lines([text, passage.tail]), (here, Quote(passage.page + 1, passage.tail))

    def add(
        self,
        text: str,
        quotes: tuple[Quote, ...],
        block: int,
        *,
        is_item: bool = False,
        is_row: bool = False,
    ) -> None:
        """Take `text` up, unless there is no word in it."""
        if not re.search(r"[^\W\d_]{2}", text) or _LABEL.fullmatch(text):
            return
        before = self.found[-1] if self.found else None
        number = len(self.found)
        opens = before is None or before.block != block
        sentence = Sentence(
            number=number,
            block=block,
            text=text,
            quotes=quotes,
            is_item=is_item and opens,
            is_row=is_row,
            intro=self._intro if (is_item and opens) or is_row else -1,
            question=self._question if self._left else -1,
            leans=_leans(text, before) and not (is_item and opens) and not is_row,
            stems=frozenset(stems(text)),
        )
        self._remember(sentence, is_item or is_row)
        self.found.append(sentence)

    def _remember(self, sentence: Sentence, in_list: bool) -> None:
        if not in_list:
            self._intro = sentence.number if sentence.text.endswith((":", ",")) else -1
        self._left -= 1 if self._left else 0
        if sentence.asks:
            self._question, self._left = sentence.number, _ANSWER_LENGTH


def _leans(text: str, before: Sentence | None) -> bool:
    """Whether it opens with a pronoun, or with something definite that `before` brought up."""
    if _ANAPHORA.match(text):
        return True
    opener = _DEFINITE.match(text)
    if opener is None or before is None:
        return False
    return stem(opener.group().lower()) in _last_parts(before)


def _last_parts(sentence: Sentence) -> frozenset[str]:
    return frozenset(s.split("-")[-1] for s in sentence.stems)
