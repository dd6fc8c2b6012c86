from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cutting import PASSAGE_CHARS, cut_passages
from ingest.layout import Block, Page
from ingest.passages import Passage
from tests.ingest.conftest import Pages
from tests.ingest.test_layout import PROSE


def _holds(passages: list[Passage], pages: list[Page]) -> None:
    """What is true of the passages of any document."""
    texts = {page.number: page.text for page in pages}
    for p in passages:
        assert texts[p.page][p.start : p.end] == p.text
        assert p.text.strip() == p.text != ""
        assert len(p.text) <= PASSAGE_CHARS
        assert 0 <= p.lead <= len(p.text)
        assert all(row in p.text for row, _ in p.rows)
    for one, other in pairwise(passages):
        assert one.page < other.page or (one.page == other.page and one.end <= other.start)
    assert len({p.id for p in passages}) == len(passages)


def _missing(passages: list[Passage], pages: list[Page]) -> str:
    """The text of the blocks, but headings, that no passage holds."""
    held = {(p.page, at) for p in passages for at in range(p.start, p.end)}
    return "".join(
        page.text[at]
        for page in pages
        for block in page.blocks
        if block.kind != "heading"
        for at in range(block.start, block.end)
        if (page.number, at) not in held and not page.text[at].isspace()
    )


def test_the_sample_corpus_is_cut_exactly(sample: dict[str, list[Page]]) -> None:
    for file, pages in sample.items():
        passages = cut_passages(file, pages)
        _holds(passages, pages)
        assert _missing(passages, pages) == ""
        assert {p.document for p in passages} == {file}


def test_passages_know_their_section(pages: Pages) -> None:
    found = pages(
        f"#text(20pt)[Titel]\n= A\n{PROSE}\n== B\n{PROSE}\n=== C\n{PROSE}\n== D\n{PROSE}\n"
        f"#pagebreak()\n{PROSE}"
    )
    passages = cut_passages("a.pdf", found)
    sections = [("A",), ("A", "B"), ("A", "B", "C"), ("A", "D"), ("A", "D")]
    assert [p.section for p in passages] == sections
    assert [p.page for p in passages] == [1, 1, 1, 1, 2]


def test_a_sentence_that_goes_on_over_the_page_is_whole(pages: Pages) -> None:
    found = pages(
        "Første sætning er slut her. Du må kun bruge værktøjet, når din leder\n#pagebreak()\n"
        "har sagt ja til det på skrift. Næste sætning står alene."
    )
    first, second = cut_passages("a.pdf", found)
    assert first.text.endswith("når din leder")
    assert first.tail == "har sagt ja til det på skrift."
    assert second.text[: second.lead] == first.tail
    assert (first.lead, second.tail) == (0, "")
    _holds([first, second], found)


def test_a_page_that_ends_with_its_sentence_has_no_tail(pages: Pages) -> None:
    first, second = cut_passages("a.pdf", pages(f"{PROSE}\n#pagebreak()\nSlut. {PROSE}"))
    assert (first.tail, second.lead) == ("", 0)


def test_a_list_that_is_cut_keeps_its_introduction(pages: Pages) -> None:
    items = "\n".join(f"- opgave {n}, som {PROSE[:90].lower()}" for n in range(12))
    passages = cut_passages("a.pdf", pages(f"Du må bruge Copilot Chat til:\n{items}"))
    assert len(passages) > 1
    assert passages[0].context == ""
    assert {p.context for p in passages[1:]} == {"Du må bruge Copilot Chat til:"}


def test_rows_are_told_as_they_stand(pages: Pages) -> None:
    table = "#table(columns: 3, [*Navn*], [*Ja*], [*Nej*], [A], [x], [y], [B], [z], [w])"
    (passage,) = cut_passages("a.pdf", pages(f"{table}\n{PROSE}"))
    assert passage.rows == (("A: Ja: x; Nej: y", "A x y"), ("B: Ja: z; Nej: w", "B z w"))


def test_long_texts_are_cut_evenly_at_sentence_ends(pages: Pages) -> None:
    passages = cut_passages("a.pdf", pages(" ".join([PROSE] * 12)))
    lengths = [len(p.text) for p in passages]
    assert len(lengths) > 2
    assert min(lengths) > max(lengths) / 2
    assert all(p.text.endswith(".") for p in passages)


def test_a_sentence_longer_than_a_passage_is_cut_between_words(pages: Pages) -> None:
    found = pages(" ".join(["ord"] * 600))
    passages = cut_passages("a.pdf", found)
    _holds(passages, found)
    assert " ".join(p.text for p in passages).split() == ["ord"] * 600


@pytest.mark.parametrize("length", [PASSAGE_CHARS + 1, 5_000])
def test_a_word_longer_than_a_passage_is_kept(length: int) -> None:
    page = _page(1, [("paragraph", "x" * length)])
    assert "".join(p.text for p in cut_passages("a.pdf", [page])) == "x" * length


def test_a_passage_survives_json(sample: dict[str, list[Page]]) -> None:
    for file, pages in list(sample.items())[:2]:
        for passage in cut_passages(file, pages):
            assert Passage.from_json(passage.to_json()) == passage


def _page(number: int, blocks: list[tuple[str, str]]) -> Page:
    placed, at = [], 0
    for kind, text in blocks:
        rank = (-14.0, False, 0) if kind == "heading" else (0.0, False, 0)
        placed.append(Block(kind, text, text, at, at + len(text), rank))  # type: ignore[arg-type]
        at += len(text) + 1
    return Page(number, str(number), "\n".join(text for _, text in blocks), tuple(placed))


_LINES = st.text(st.sampled_from("abÆø .!?,:;§1–"), min_size=1, max_size=300).map(
    lambda text: " ".join(text.split())
)
_BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["heading", "paragraph", "item", "row"]),
        st.one_of(_LINES, st.just(f"• {PROSE}"), st.just(PROSE * 4)).filter(bool),
    ),
    max_size=8,
)


@given(st.lists(_BLOCKS, min_size=1, max_size=4))
def test_any_document_is_cut_exactly_and_whole(document: list[list[tuple[str, str]]]) -> None:
    pages = [_page(number, blocks) for number, blocks in enumerate(document, 1)]
    passages = cut_passages("a.pdf", pages)
    _holds(passages, pages)
    assert _missing(passages, pages) == ""
