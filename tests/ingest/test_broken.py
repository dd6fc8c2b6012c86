import json
import os
import time
from pathlib import Path

import pytest

from assistant.cli import main
from ingest.embedders import builtin
from ingest.errors import PdfRejected
from ingest.index import Index, IndexFolder
from ingest.reader import PdfReader
from ingest.run import DocumentReport
from tests.ingest.broken import CASES, GOOD, Broken, a_page, contents, write_broken_folder
from tests.ingest.conftest import Ingest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pipes and links")
TOGETHER_SECONDS = 60
Rows = dict[str, DocumentReport]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken") / "corpus"
    folder.mkdir()
    write_broken_folder(folder)
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="module")
def rows(folder: Path, index: Path) -> Rows:
    """What `maavi ingest --json` says of each file of the broken folder."""
    with pytest.MonkeyPatch.context() as patch, (index / "out").open("w+") as out:
        patch.setattr("sys.stdout", out)
        started = time.monotonic()
        code = main(["ingest", str(folder), "--index", str(index / "index"), "--json"])
        seconds = time.monotonic() - started
    report = json.loads((index / "out").read_text(encoding="utf-8").splitlines()[-1])
    assert code == 3
    assert seconds < TOGETHER_SECONDS
    return {row["document"]: DocumentReport(**row) for row in report["documents"]}


def test_there_are_enough_of_them() -> None:
    assert len([case for case in CASES if not case.taken]) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:40])
def test_each_is_taken_or_told_why_not(rows: Rows, case: Broken) -> None:
    if case.name == "lukket.pdf" and os.geteuid() == 0:
        pytest.skip("root may read everything")
    row = rows[case.name]
    assert row.status == ("added" if case.taken else "rejected"), row
    assert case.reason in row.reason
    assert bool(row.passages) is case.taken
    _reads_well(row)


def _reads_well(row: DocumentReport) -> None:
    """One line for people: no traceback, no name of a Python exception."""
    assert row.status == "added" or row.reason
    assert "\n" not in row.reason
    assert len(row.reason) < 160
    assert not any(word in row.reason for word in ("Error", "Exception", "Traceback", "Warning"))


def test_the_good_ones_are_in_and_found(rows: Rows, index: Path) -> None:
    assert {rows[name].status for name in GOOD} == {"added"}
    opened = Index(IndexFolder(index / "index"), builtin())
    scores = opened.lexical.scores("stems", "cykelstien")
    found = {p.document for p, score in zip(opened.passages, scores, strict=True) if score > 0}
    assert found == set(GOOD)


def test_all_pages_of_a_long_pdf_are_in(rows: Rows) -> None:
    assert (rows["500-sider.pdf"].pages, rows["500-sider.pdf"].passages) == (500, 500)


def test_a_second_ingest_says_the_same_at_once(
    rows: Rows, folder: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.monotonic()
    assert main(["ingest", str(folder), "--index", str(index / "index"), "--json"]) == 3
    assert time.monotonic() - started < 5
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    again = {row["document"]: row["reason"] for row in report["documents"]}
    assert again == {name: row.reason for name, row in rows.items()}


def test_a_missing_one_and_an_unlisted_one(ingest: Ingest, corpus: Path) -> None:
    (corpus / "documents.toml").write_text(
        '[[document]]\nfile = "cykler.pdf"\n[[document]]\nfile = "væk.pdf"\n', encoding="utf-8"
    )
    rejected = {d.document: d for d in ingest().documents if d.status == "rejected"}
    assert set(rejected) == {"væk.pdf", "møder.pdf"}
    for row in rejected.values():
        _reads_well(row)


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A PDF that takes pypdf many seconds for its one page, and pdfium less than one."""
    path = tmp_path / "langsom.pdf"
    contents(b"BT /F1 9 Tf 70 700 Td (Langsom) Tj " + b"1 0 Td () Tj " * 300_000 + b"ET")(path)
    return path


def test_a_pdf_that_stalls_pypdf_is_read_by_pdfium(slow: Path) -> None:
    with PdfReader(patience=1.5) as reader:
        (page,) = reader.read(slow).pages
    assert page.text == "Langsom"


def test_a_pdf_that_stalls_both_is_given_up_for_now(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(a_page())
    with PdfReader(patience=0.001) as reader, pytest.raises(PdfRejected) as caught:
        reader.read(path)
    assert "tog for lang tid" in str(caught.value)
    assert caught.value.passing


def test_a_reader_that_dies_is_started_again(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    contents(*[b"BT /F1 9 Tf 70 400 Td (En side) Tj ET"] * 300)(path)
    with PdfReader() as reader:
        reader.read(path)
        _kill(reader)
        assert len(reader.read(path).pages) == 300
        with pytest.raises(PdfRejected) as caught:
            reader.read(path, on_page=lambda: _kill(reader))
        assert "gå ned" in str(caught.value)
        assert caught.value.passing
        assert len(reader.read(path).pages) == 300


def _kill(reader: PdfReader) -> None:
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()
