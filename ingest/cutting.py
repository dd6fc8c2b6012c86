"""Pages cut into passages: pieces small enough to cite and large enough to make sense."""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from langchain_text_splitters import TextSplitter

from ingest.layout import ITEM, Block, Page
from ingest.passages import Passage
from ingest.sentences import sentence_spans, sentences

PASSAGE_CHARS = 700
_SENTENCE_END = re.compile(r"[.!?:;…][\"”“»«’')\]]*$")
_LONGEST_INTRO = 320


# A sentence that introduces a list, and its page; "" for none.
_Intro = tuple[str, int]
_NO_INTRO: _Intro = ("", 0)


@dataclass(frozen=True, slots=True)
class _Group:
    """Consecutive blocks of one page under one heading; `carried` is the sentence that introduces
    the list which they go on with from the page before.
    """

    section: tuple[str, ...]
    blocks: tuple[Block, ...]
    carried: _Intro = _NO_INTRO


class _SentenceSplitter(TextSplitter):
    """Fills passages with whole sentences and list items, cut only if one is too long, and with
    table rows, never cut: half a row has lost its label or its headings.
    """

    def __init__(self, size: int, rows: frozenset[str]) -> None:
        super().__init__(chunk_size=size, chunk_overlap=0, add_start_index=True)
        self._rows = rows

    def split_text(self, text: str) -> list[str]:
        """The passages of `text`, in order."""
        pieces: list[str] = []
        for line in text.splitlines(keepends=True):
            whole = line.rstrip("\n") in self._rows
            pieces += [line] if whole else self._sentences(line)
        return self._merge_splits(pieces, separator="")

    def _sentences(self, line: str) -> Iterator[str]:
        starts = [start for start, _ in sentence_spans(line)]
        for start, end in pairwise([0, *starts[1:], len(line)]):
            yield from _words_apart(line[start:end], self._chunk_size)


def cut_passages(document: str, pages: Sequence[Page]) -> list[Passage]:
    """The passages of `document`, page by page, in reading order."""
    passages: list[Passage] = []
    section: list[Block] = []
    carried = _NO_INTRO
    for at, page in enumerate(pages):
        tail = _tail(page, pages[at + 1]) if at + 1 < len(pages) else ""
        lead = len(_tail(pages[at - 1], page)) if at else 0
        cut: list[Passage] = []
        for group in _groups(page, section, carried):
            cut += _passages(document, page, group)
            carried = _open_at_the_end(group, page.number)
        passages += _joined_to_neighbours(cut, tail, lead)
    return passages


def _groups(page: Page, section: list[Block], carried: _Intro) -> Iterator[_Group]:
    """Runs of blocks between headings; `section`, the path of headings, is kept between pages, and
    `carried` is for a run that no heading precedes on this page.
    """
    run: list[Block] = []
    bare = False
    for block in page.blocks:
        if block.kind != "heading":
            run.append(block)
            bare = False
            continue
        if run:
            yield _Group(_path(section), tuple(run), carried)
            run = []
        elif bare and section and section[-1].rank >= block.rank:
            yield _Group(_path(section[:-1]), (section[-1],))  # a heading with nothing under it
        carried = _NO_INTRO
        section[:] = [*(above for above in section if above.rank < block.rank), block]
        bare = True
    if run:
        yield _Group(_path(section), tuple(run), carried)


def _path(section: Iterable[Block]) -> tuple[str, ...]:
    return tuple(block.text for block in section)


def _passages(document: str, page: Page, group: _Group) -> Iterator[Passage]:
    first, last = group.blocks[0].start, group.blocks[-1].end
    size = _even_size(last - first)
    rows = tuple((b.text, b.raw) for b in group.blocks if b.kind == "row")
    splitter = _SentenceSplitter(size, frozenset(text for text, _ in rows))
    for piece in splitter.create_documents([page.text[first:last]]):
        start = first + piece.metadata["start_index"]
        end = start + len(piece.page_content)
        context, context_page = _introduction(group, page.number, start)
        yield Passage(
            id=_identity(document, page.number, start, piece.page_content),
            document=document,
            page=page.number,
            page_label=page.label,
            section=group.section,
            text=piece.page_content,
            start=start,
            end=end,
            context=context,
            context_page=context_page,
            rows=tuple(row for row in rows if row[0] in piece.page_content),
        )


def _even_size(length: int) -> int:
    """Passages of about equal size rather than full ones and a scrap."""
    return min(PASSAGE_CHARS, math.ceil(length / math.ceil(length / PASSAGE_CHARS) * 1.15))


def _identity(document: str, page: int, start: int, text: str) -> str:
    return hashlib.sha256(f"{document}\n{page}\n{start}\n{text}".encode()).hexdigest()[:20]


def _introduction(group: _Group, page: int, start: int) -> _Intro:
    """The sentence before the list that a passage starting at `start` goes on with."""
    blocks = group.blocks
    at = next((n for n, b in enumerate(blocks) if b.start <= start < b.end), 0)
    if blocks[at].kind != "item":
        return _NO_INTRO
    intro = next((b for b in reversed(blocks[:at]) if b.kind != "item"), None)
    return group.carried if intro is None else _last_sentence(intro, page)


def _open_at_the_end(group: _Group, page: int) -> _Intro:
    """What introduces the list that `group` ends in, or ends just before."""
    last = group.blocks[-1]
    inside = _introduction(group, page, last.start)
    return inside if inside[0] else _last_sentence(last, page)


def _last_sentence(block: Block, page: int) -> _Intro:
    """The last sentence of a paragraph that introduces a list."""
    if block.kind != "paragraph" or not block.text.endswith(":"):
        return _NO_INTRO
    sentence = sentences(block.text)[-1]
    return (sentence, page) if len(sentence) <= _LONGEST_INTRO else _NO_INTRO


def _words_apart(text: str, size: int) -> list[str]:
    """`text` in pieces of at most `size` characters, cut at spaces, nothing left out."""
    if len(text) <= size:
        return [text]
    words = re.findall(r"\s*\S+\s*?(?=\s|$)|\s+", text)
    pieces = [""]
    for word in words:
        if pieces[-1] and len(pieces[-1]) + len(word) > size:
            pieces.append("")
        pieces[-1] += word
    return pieces


def _tail(page: Page, following: Page) -> str:
    """The words on `following` that end the sentence which `page` breaks off; "" if it does not."""
    if not page.blocks or not following.blocks:
        return ""
    last, first = page.blocks[-1], following.blocks[0]
    if last.kind not in ("paragraph", "item") or first.kind != "paragraph":
        return ""
    if _SENTENCE_END.search(last.text) or ITEM.match(first.text):
        return ""
    if first.text[0].isupper() and len(last.text) < 80:
        return ""  # a caption or a signature, not a sentence under way
    return sentences(first.text)[0]


def _joined_to_neighbours(cut: list[Passage], tail: str, lead: int) -> list[Passage]:
    if cut and lead and cut[0].start == 0:
        cut[0] = replace(cut[0], lead=min(lead, len(cut[0].text)))
    if cut and tail:
        cut[-1] = replace(cut[-1], tail=tail)
    return cut
