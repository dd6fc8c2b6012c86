"""Real PDFs and real indexes for every test."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import fpdf
import pytest

from assistant.settings import Settings
from evals.corpora import SAMPLE, named
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus
from tests.postgresql import PostgreSQL, postgresql, programs, short_folder
from tests.sharing import BROWSER, Sharing, share_of

ROOT = Path(__file__).parents[1]
MakePdf = Callable[..., Path]

CHAT_RULE = "Du må bruge ChatGPT til at skrive udkast til mails, når de kun har åbne data."
LICENCES = "Kommunen har 2386 E3-licenser i brug."
_REGISTER = """
[[document]]
file = "politik chat.pdf"
title = "Politik for AI-chat"
kind = "politik"
owner = "Digitalisering og It"
contact = "digital@kommunen.example"

[[document]]
file = "notat.pdf"
title = "Notat om licenser"
kind = "notat"
contact = "it@kommunen.example"
"""


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """`make_pdf(path, pages, title="")` writes a PDF; a page is a heading and its paragraphs."""
    return _make_pdf


@pytest.fixture(scope="session")
def small_corpus(make_pdf: MakePdf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two PDFs of two pages and their register; copy it before you change it."""
    folder = tmp_path_factory.mktemp("small-corpus")
    make_pdf(
        folder / "politik chat.pdf",
        [
            ("1 Formål", "Politikken gælder for alle medarbejdere i kommunen."),
            ("2 Regler", CHAT_RULE, "Du må ikke skrive cpr-numre i ChatGPT."),
        ],
    )
    make_pdf(
        folder / "notat.pdf",
        [
            ("1 Licenser", LICENCES, "Hver licens koster 312 kroner om måneden."),
            ("2 Opfølgning", "Direktionen får en status på området hvert kvartal."),
        ],
    )
    (folder / "documents.toml").write_text(_REGISTER, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_index(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of `small_corpus`; to be read only."""
    return _ingested(small_corpus, tmp_path_factory)


@pytest.fixture(scope="session")
def sample_index() -> Path:
    """The index of the repository's `corpus/`, the one that `evals` keeps; to be read only."""
    return named(SAMPLE, Settings(embedder="builtin")).settings.index


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A real PostgreSQL. Without one the test is skipped, but fails where CI=true."""
    if programs() is None:
        reason = "no PostgreSQL: run sh tests/install-postgresql.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with short_folder() as folder, postgresql(folder) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each of the two kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/maavi.db"
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    return server.new_database()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    """Whole files for each worker, and one browser at a time."""
    return Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What opens a browser comes first: it takes one of two workers all the time there is."""
    items.sort(key=lambda item: share_of(item.nodeid.split("::", maxsplit=1)[0]) != BROWSER)


def _ingested(corpus: Path, folders: pytest.TempPathFactory) -> Path:
    index = folders.mktemp("index") / "index"
    ingest_corpus(corpus, index, embedder_named("builtin"))
    return index


def _make_pdf(path: Path, pages: Sequence[Sequence[str]], title: str = "") -> Path:
    pdf = fpdf.FPDF()
    if title:
        pdf.set_title(title)
    for heading, *paragraphs in pages:
        pdf.add_page()
        pdf.set_font("helvetica", "B", 16)
        pdf.cell(text=heading, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=11)
        for paragraph in paragraphs:
            pdf.ln(4)
            pdf.multi_cell(0, h=6, text=paragraph, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))
    return path
