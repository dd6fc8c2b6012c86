"""What the tests of `ingest` share: PDFs of Typst markup, one reading process, small corpora."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.embedders import BUILTIN, embedder_named
from ingest.layout import Page, lay_out
from ingest.reader import PdfReader
from ingest.run import Report, ingest_corpus
from tests.ingest.broken import typeset

os.environ["HF_HUB_OFFLINE"] = "1"  # read when the hub's library is first imported
CORPUS = Path(__file__).resolve().parents[2] / "corpus"

Pages = Callable[..., list[Page]]
Ingest = Callable[..., Report]


@pytest.fixture(scope="session")
def reader() -> Iterator[PdfReader]:
    with PdfReader(30) as reader:
        yield reader


@pytest.fixture
def pages(reader: PdfReader, tmp_path: Path) -> Pages:
    """The pages that a PDF of the given Typst markup, or of the given bytes, is read as."""

    def read(source: str | bytes) -> list[Page]:
        path = tmp_path / "side.pdf"
        path.write_bytes(typeset(source) if isinstance(source, str) else source)
        return lay_out(reader.read(path).pages)

    return read


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with two PDFs and no register."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "cykler.pdf").write_bytes(typeset("= Cykler\n\nDu må låne en elcykel i tre dage."))
    (folder / "møder.pdf").write_bytes(typeset("= Møder\n\nMødelokaler bestilles i kalenderen."))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def ingest(corpus: Path, index: Path) -> Ingest:
    """Brings `index` into line with `corpus`."""

    def run(embedder: str = BUILTIN, **options: object) -> Report:
        return ingest_corpus(corpus, index, embedder_named(embedder), **options)  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="session")
def sample(reader: PdfReader) -> dict[str, list[Page]]:
    """The pages of every document of the sample corpus, by file name."""
    return {path.name: lay_out(reader.read(path).pages) for path in sorted(CORPUS.glob("*.pdf"))}
