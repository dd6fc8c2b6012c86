import subprocess
import sys
from pathlib import Path

import pytest

from ingest.embedders import builtin
from ingest.errors import IndexBroken, IndexMissing
from ingest.index import Index, IndexFolder, read_passages, write_passages
from tests.ingest.conftest import Ingest
from tests.ingest.test_vectors import PASSAGES


def test_passages_survive_the_disk(tmp_path: Path) -> None:
    write_passages(tmp_path, PASSAGES)
    assert read_passages(tmp_path) == PASSAGES


def test_there_is_no_index(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "intet")
    assert folder.state() == "missing"
    assert folder.stamp() == (0, 0)
    assert not folder.being_written()
    with pytest.raises(IndexMissing, match="maavi ingest"):
        Index(folder, builtin())
    assert not folder.root.exists()  # looking does not make one


@pytest.mark.usefixtures("ingested")
def test_two_threads_may_ask_first(index: Path) -> None:
    """The chat's warm-up and the first question; in a process of its own, where nothing is open."""
    code = (
        "from concurrent.futures import ThreadPoolExecutor; from pathlib import Path\n"
        "from ingest.embedders import builtin; from ingest.index import Index, IndexFolder\n"
        f"index = Index(IndexFolder(Path({str(index)!r})), builtin())\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        "    found = list(pool.map(lambda _: index.nearest('licenser', 3), range(4)))\n"
        "assert all(f == found[0] and f for f in found)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.mark.usefixtures("ingested")
def test_the_stamp_changes_with_what_is_live(ingest: Ingest, corpus: Path, index: Path) -> None:
    stamp = IndexFolder(index).stamp()
    ingest()
    assert IndexFolder(index).stamp() == stamp
    (corpus / "cykler.pdf").unlink()
    ingest()
    assert IndexFolder(index).stamp() != stamp


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize(
    "part", ["passages.jsonl", "lexical/vocabulary.json", "lexical/stems/params.index.json"]
)
@pytest.mark.parametrize("damage", [b"{", b"\xff\xfe", b"[]"])
def test_a_damaged_generation_is_reported(
    ingest: Ingest, index: Path, part: str, damage: bytes
) -> None:
    folder = IndexFolder(index)
    (folder.generation(folder.manifest().generation) / part).write_bytes(damage)
    with pytest.raises(IndexBroken) as caught:
        Index(folder, builtin())
    assert "maavi ingest" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("ingested")
def test_the_pdf_of_a_document(ingest: Ingest, corpus: Path, index: Path) -> None:
    opened = Index(IndexFolder(index), builtin())
    shown = opened.pdf("cykler.pdf")
    assert shown is not None
    assert shown.read_bytes() == (corpus / "cykler.pdf").read_bytes()
    assert opened.pdf("../../etc/passwd") is None
    assert opened.pdf("findes-ikke.pdf") is None
