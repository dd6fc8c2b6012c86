"""The sample corpus is what its sources say, and every quote of it stands on its page."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

from ingest.cutting import cut_passages
from ingest.layout import Page
from ingest.reading import Quote, sentences_of
from ingest.register import read_register
from ingest.text import normalise
from tests.ingest.conftest import CORPUS

NAMES = sorted(path.name for path in CORPUS.glob("*.pdf"))


@cache
def _texts(path: Path) -> tuple[str, ...]:
    """The text of each page as pypdf alone reads it."""
    return tuple(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", CORPUS / "sources" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    _build().build(folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_is_what_its_source_gives(built: Path, name: str) -> None:
    assert _texts(built / name) == _texts(CORPUS / name)


def test_every_source_has_its_pdf(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == NAMES


def test_the_register_lists_every_pdf() -> None:
    documents = read_register(CORPUS)
    assert sorted(d.file for d in documents) == NAMES
    assert all(d.title and d.owner and "@" in d.contact for d in documents)
    titles = [d.title for d in documents]
    assert len(set(titles)) == len(titles)
    assert tomllib.loads((CORPUS / "documents.toml").read_text(encoding="utf-8"))["document"]


def test_the_titles_are_those_that_the_pdfs_give() -> None:
    for document in read_register(CORPUS):
        metadata = pypdf.PdfReader(CORPUS / document.file).metadata
        assert metadata is not None
        assert metadata.title == document.title


def test_there_are_sixty_pages_or_more() -> None:
    assert sum(len(_texts(CORPUS / name)) for name in NAMES) >= 60


def test_every_page_has_text_and_a_number(sample: dict[str, list[Page]]) -> None:
    for name, pages in sample.items():
        assert [page.label for page in pages] == [str(page.number) for page in pages], name
        assert all(page.text for page in pages), name


def test_no_soft_hyphens_are_left(sample: dict[str, list[Page]]) -> None:
    assert not [name for name, pages in sample.items() if any("\xad" in p.text for p in pages)]


def _squeezed(text: str) -> str:
    """`text` without the hyphens and spaces that a line's end adds or takes away."""
    return re.sub(r"-?\s+|-", "", normalise(text))


def _quotes(name: str, pages: list[Page]) -> Iterator[Quote]:
    for passage in cut_passages(name, pages):
        yield from (Quote(passage.page, raw) for _, raw in passage.rows)
        for sentence in sentences_of(passage):
            yield from sentence.quotes


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_on_its_page(sample: dict[str, list[Page]], name: str) -> None:
    printed = [_squeezed(text) for text in _texts(CORPUS / name)]
    quotes = list(_quotes(name, sample[name]))
    assert len(quotes) > 20
    assert [q for q in quotes if _squeezed(q.text) not in printed[q.page - 1]] == []
