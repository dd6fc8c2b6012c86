"""What the tests of `ingest` share: PDFs of Typst markup, one reading process, small corpora."""

import os
import shutil
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


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `corpus`, two PDFs and no register, and `index`, made of it."""
    folder = tmp_path_factory.mktemp("first")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "cykler.pdf").write_bytes(typeset("= Cykler\n\nDu må låne en elcykel i tre dage."))
    (corpus / "møder.pdf").write_bytes(typeset("= Møder\n\nMødelokaler bestilles i kalenderen."))
    ingest_corpus(corpus, folder / "index", embedder_named(BUILTIN))
    return folder


@pytest.fixture
def corpus(first: Path, tmp_path: Path) -> Path:
    """A folder with `cykler.pdf` and `møder.pdf`, and no register."""
    return Path(shutil.copytree(first / "corpus", tmp_path / "corpus"))


@pytest.fixture
def ingested(first: Path, index: Path) -> None:
    """`corpus` is in `index` already."""
    shutil.copytree(first / "index", index)


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
