import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.embedders import BUILTIN, builtin, embedder_named
from ingest.errors import CorpusError, IndexBusy
from ingest.index import FORMAT, Index, IndexFolder
from ingest.run import Progress, Report, ingest_corpus
from ingest.vectors import Vectors
from tests.ingest.broken import typeset
from tests.ingest.conftest import Ingest


def _statuses(report: Report) -> dict[str, str]:
    return {d.document: d.status for d in report.documents}


def _documents(index: Path, question: str) -> set[str]:
    """The documents in which `question` is found by the words, checked against Chroma."""
    opened = Index(IndexFolder(index), builtin())
    chroma = IndexFolder(index).generation(opened.manifest.generation) / "chroma"
    assert Vectors(chroma, builtin()).ids() == {p.id for p in opened.passages}
    scores = opened.lexical.scores("stems", question)
    return {p.document for p, score in zip(opened.passages, scores, strict=True) if score > 0}


def _files(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_a_first_ingest_adds_everything(ingest: Ingest, index: Path) -> None:
    report = ingest()
    assert _statuses(report) == {"cykler.pdf": "added", "møder.pdf": "added"}
    assert report.passages == sum(d.passages for d in report.documents) == 2
    assert [d.pages for d in report.documents] == [1, 1]
    assert not report.rejected
    assert _documents(index, "elcykel") == {"cykler.pdf"}
    assert IndexFolder(index).state() == "ready"


def test_a_second_ingest_adds_nothing_and_writes_nothing(ingest: Ingest, index: Path) -> None:
    first = ingest()
    before = _files(index)
    second = ingest()
    assert set(_statuses(second).values()) == {"unchanged"}
    assert second.passages == first.passages
    assert _files(index) == before
    assert second.seconds < first.seconds / 5


@pytest.mark.usefixtures("ingested")
def test_a_changed_pdf_replaces_its_passages(ingest: Ingest, corpus: Path, index: Path) -> None:
    (corpus / "cykler.pdf").write_bytes(typeset("= Cykler\n\nLadcykler kan ikke lånes."))
    assert _statuses(ingest()) == {"cykler.pdf": "updated", "møder.pdf": "unchanged"}
    assert _documents(index, "elcykel") == set()
    assert _documents(index, "ladcykler") == {"cykler.pdf"}
    assert _documents(index, "mødelokaler") == {"møder.pdf"}


@pytest.mark.usefixtures("ingested")
def test_a_removed_pdf_takes_its_passages_away(ingest: Ingest, corpus: Path, index: Path) -> None:
    (corpus / "cykler.pdf").unlink()
    assert _statuses(ingest()) == {"møder.pdf": "unchanged", "cykler.pdf": "removed"}
    assert _documents(index, "elcykel") == set()
    assert _statuses(ingest()) == {"møder.pdf": "unchanged"}


@pytest.mark.usefixtures("ingested")
def test_a_new_pdf_comes_beside_the_others(ingest: Ingest, corpus: Path, index: Path) -> None:
    (corpus / "biler.pdf").write_bytes(typeset("Delebiler bookes i appen."))
    statuses = _statuses(ingest())
    assert statuses == {"biler.pdf": "added", "cykler.pdf": "unchanged", "møder.pdf": "unchanged"}
    assert _documents(index, "delebiler") == {"biler.pdf"}


@pytest.mark.usefixtures("ingested")
def test_a_pdf_that_breaks_is_taken_out(ingest: Ingest, corpus: Path, index: Path) -> None:
    (corpus / "cykler.pdf").write_bytes(b"%PDF-1.7\nog ikke mere")
    report = ingest()
    assert _statuses(report) == {"cykler.pdf": "rejected", "møder.pdf": "unchanged"}
    assert report.rejected
    assert _documents(index, "elcykel") == set()
    before = _files(index)
    again = ingest()
    assert _statuses(again) == _statuses(report)
    assert again.documents[0].reason == report.documents[0].reason
    assert _files(index) == before


def test_the_same_pdf_twice_is_two_documents(ingest: Ingest, corpus: Path, index: Path) -> None:
    (corpus / "kopi.pdf").write_bytes((corpus / "cykler.pdf").read_bytes())
    ingest()
    assert _documents(index, "elcykel") == {"cykler.pdf", "kopi.pdf"}
    (corpus / "cykler.pdf").unlink()
    ingest()
    assert _documents(index, "elcykel") == {"kopi.pdf"}


def _register(corpus: Path, **keys: str) -> None:
    more = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    (corpus / "documents.toml").write_text(
        f'[[document]]\nfile = "cykler.pdf"\n{more}\n[[document]]\nfile = "møder.pdf"\n',
        encoding="utf-8",
    )


@pytest.mark.usefixtures("ingested")
def test_a_change_of_the_register_alone_reads_no_pdf(
    ingest: Ingest, corpus: Path, index: Path
) -> None:
    _register(corpus, title="Om cykler", kind="kursus")
    stages = _Stages()
    assert _statuses(ingest(progress=stages)) == {"cykler.pdf": "updated", "møder.pdf": "unchanged"}
    assert ("Læser PDF'er", 0) in stages.started
    entry = IndexFolder(index).manifest().entry("cykler.pdf")
    assert entry is not None
    assert (entry.document.title, entry.document.kind) == ("Om cykler", "kursus")
    assert _documents(index, "elcykel") == {"cykler.pdf"}
    assert set(_statuses(ingest()).values()) == {"unchanged"}


def test_a_title_taken_out_of_the_register_is_read_from_the_pdf_again(
    ingest: Ingest, corpus: Path, index: Path
) -> None:
    _register(corpus, title="Om cykler")
    ingest()
    _register(corpus)
    ingest()
    entry = IndexFolder(index).manifest().entry("cykler.pdf")
    assert entry is not None
    assert entry.document.title == "Cykler"


def test_the_order_is_the_registers(ingest: Ingest, corpus: Path, index: Path) -> None:
    (corpus / "documents.toml").write_text(
        '[[document]]\nfile = "møder.pdf"\n[[document]]\nfile = "cykler.pdf"\n', encoding="utf-8"
    )
    ingest()
    opened = Index(IndexFolder(index), builtin())
    assert [p.document for p in opened.passages] == ["møder.pdf", "cykler.pdf"]


def test_listed_and_missing_unlisted_and_there(ingest: Ingest, corpus: Path) -> None:
    _register(corpus)
    (corpus / "cykler.pdf").rename(corpus / "nye cykler.pdf")
    report = ingest()
    reasons = {d.document: d.reason for d in report.documents if d.status == "rejected"}
    assert set(reasons) == {"cykler.pdf", "nye cykler.pdf"}
    assert reasons["cykler.pdf"] == "findes ikke i mappen"
    assert 'file = "nye cykler.pdf"' in reasons["nye cykler.pdf"]


@pytest.mark.usefixtures("ingested")
def test_a_wrong_register_changes_nothing(ingest: Ingest, corpus: Path, index: Path) -> None:
    before = _files(index)
    (corpus / "documents.toml").write_text("[[document]]\nfil = 1\n")
    with pytest.raises(CorpusError):
        ingest()
    assert _files(index) == before


def test_an_empty_folder_gives_an_empty_index(ingest: Ingest, corpus: Path, index: Path) -> None:
    for path in corpus.iterdir():
        path.unlink()
    assert _statuses(ingest()) == {}
    assert IndexFolder(index).state() == "empty"
    assert Index(IndexFolder(index), builtin()).passages == []


@pytest.mark.usefixtures("ingested")
def test_a_pdf_keeps_being_shown_as_it_was_read(ingest: Ingest, corpus: Path, index: Path) -> None:
    original = (corpus / "cykler.pdf").read_bytes()
    (corpus / "cykler.pdf").unlink()
    shown = Index(IndexFolder(index), builtin()).pdf("cykler.pdf")
    assert shown is not None
    assert shown.read_bytes() == original


def test_a_file_name_that_is_not_utf8_is_told(corpus: Path, ingest: Ingest) -> None:
    name = os.fsdecode(b"m\xf8der.pdf")
    try:
        (corpus / name).write_bytes(b"%PDF-1.7")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    rejected = [d for d in ingest().documents if d.status == "rejected"]
    assert [d.document for d in rejected] == ["m\ufffdder.pdf"]
    json.dumps(rejected[0].document, ensure_ascii=False).encode()


class _Stages(Progress):
    """Notes the stages, and fails at the step numbered `fail_at`."""

    def __init__(self, fail_at: int | None = None) -> None:
        self.started: list[tuple[str, int | None]] = []
        self.calls = 0
        self._fail_at = fail_at

    def start(self, stage: str, total: int | None) -> None:
        self.started.append((stage, total))
        self._call()

    def step(self, count: int = 1) -> None:
        self._call()

    def _call(self) -> None:
        self.calls += 1
        if self.calls == self._fail_at:
            raise RuntimeError("strømmen gik")


def _calls(corpus: Path, index: Path) -> int:
    stages = _Stages()
    ingest_corpus(corpus, index, builtin(), stages)
    return stages.calls


def _tidy(index: Path) -> None:
    """Nothing lies in the index that no generation needs."""
    folder = IndexFolder(index)
    live = folder.manifest().generation
    kept = {path.name for path in (index / "generations").iterdir()}
    assert live in kept
    assert len(kept) <= 2
    shown = {
        s for name in kept for s in json.loads((folder.generation(name) / "shown.json").read_text())
    }
    assert {path.name for path in (index / "files").iterdir()} == {f"{s}.pdf" for s in shown}


def _change(corpus: Path) -> None:
    (corpus / "cykler.pdf").write_bytes(typeset("= Cykler\n\nLadcykler kan ikke lånes."))
    (corpus / "biler.pdf").write_bytes(typeset("Delebiler bookes i appen."))


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize("at", (2, 4, 6))
def test_an_error_at_any_step_leaves_the_last_good_index(
    ingest: Ingest, corpus: Path, index: Path, at: int
) -> None:
    good = (index / "manifest.json").read_bytes()
    _change(corpus)
    try:
        ingest(progress=_Stages(fail_at=at))
    except RuntimeError:
        assert (index / "manifest.json").read_bytes() == good
        assert _documents(index, "elcykel") == {"cykler.pdf"}
    assert ingest().documents
    assert _documents(index, "ladcykler delebiler") == {"cykler.pdf", "biler.pdf"}
    _tidy(index)


@pytest.mark.usefixtures("ingested")
def test_what_a_crash_left_goes_although_nothing_has_changed(
    ingest: Ingest, corpus: Path, index: Path
) -> None:
    old = (corpus / "cykler.pdf").read_bytes()
    (corpus / "cykler.pdf").write_bytes(typeset("Ladcykler kan ikke lånes."))
    with pytest.raises(RuntimeError):
        ingest(progress=_Stages(fail_at=4))
    assert len(list((index / "generations").iterdir())) == 2
    (corpus / "cykler.pdf").write_bytes(old)
    assert set(_statuses(ingest()).values()) == {"unchanged"}
    assert len(list((index / "generations").iterdir())) == 1
    _tidy(index)


_CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from ingest.embedders import builtin
    from ingest.run import Progress, ingest_corpus

    class Told(Progress):
        def start(self, stage, total):
            print("start", stage, flush=True)
            sys.stdin.readline()

        def step(self, count=1):
            print("step", flush=True)
            sys.stdin.readline()

    print("begin", flush=True)
    sys.stdin.readline()
    ingest_corpus(Path(sys.argv[1]), Path(sys.argv[2]), builtin(), Told())
    print("done", flush=True)
    """
)


class _Child:
    """An ingest in a process of its own, which waits at each step until it is let go on."""

    def __init__(self, corpus: Path, index: Path) -> None:
        root = Path(__file__).parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(corpus), str(index)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )

    def to_step(self, number: int) -> str:
        """Let it run until it stands at the step of this number, from 1."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        for _ in range(number):
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        return line.strip()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def child(corpus: Path, index: Path) -> Iterator[_Child]:
    child = _Child(corpus, index)
    yield child
    child.kill()


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize(("step", "moment"), [(1, 0), (3, 0), (4, 0.03), (5, 0.1)])
def test_a_kill_leaves_the_last_good_index(
    ingest: Ingest, corpus: Path, index: Path, step: int, moment: float
) -> None:
    _change(corpus)
    child = _Child(corpus, index)
    child.to_step(step)
    if moment and child.process.stdin:
        child.process.stdin.write("\n" * 3)
        child.process.stdin.flush()
        time.sleep(moment)
    child.kill()
    found = _documents(index, "elcykel ladcykler")
    assert found == {"cykler.pdf"}
    ingest()
    assert _documents(index, "ladcykler delebiler") == {"cykler.pdf", "biler.pdf"}
    assert _documents(index, "elcykel") == set()
    _tidy(index)


def test_a_kill_of_the_first_ingest_leaves_nothing_behind(
    ingest: Ingest, index: Path, child: _Child
) -> None:
    child.to_step(4)
    child.kill()
    assert IndexFolder(index).state() == "missing"
    assert set(_statuses(ingest()).values()) == {"added"}
    assert len(list((index / "generations").iterdir())) == 1
    _tidy(index)


def test_the_second_of_two_ingests_says_that_one_is_at_work(
    ingest: Ingest, index: Path, child: _Child
) -> None:
    child.to_step(1)
    assert IndexFolder(index).state() == "building"
    with pytest.raises(IndexBusy) as caught:
        ingest()
    assert str(index) in str(caught.value)
    assert "\n" not in str(caught.value)
    child.kill()
    assert IndexFolder(index).state() == "missing"
    assert set(_statuses(ingest()).values()) == {"added"}


@pytest.mark.usefixtures("ingested")
def test_a_reader_goes_on_through_one_more_ingest(
    ingest: Ingest, corpus: Path, index: Path
) -> None:
    reader = Index(IndexFolder(index), embedder_named(BUILTIN))
    _change(corpus)
    ingest()
    assert [p.document for p in reader.passages] == ["cykler.pdf", "møder.pdf"]
    assert reader.lexical.scores("stems", "elcykel").any()
    assert len(reader.nearest("elcykel", 5)) == 2
    shown = reader.pdf("cykler.pdf")
    assert shown is not None
    assert shown.exists()
    assert reader.stamp != IndexFolder(index).stamp()


_DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "another format": lambda index, live: _in_manifest(index, f'"format": {FORMAT}', '"format": 0'),
    "manifest cut": lambda index, live: _cut(index / "manifest.json"),
    "manifest of another shape": lambda index, live: (index / "manifest.json").write_text("[]"),
    "manifest binary": lambda index, live: (index / "manifest.json").write_bytes(b"\xff\xfe\x00"),
    "passages cut": lambda index, live: _cut(live / "passages.jsonl"),
    "passages of another shape": lambda index, live: (live / "passages.jsonl").write_text(
        '{"a": 1}\n'
    ),
    "a passage less": lambda index, live: _drop_line(live / "passages.jsonl"),
    "no passages": lambda index, live: (live / "passages.jsonl").unlink(),
    "no lexical index": lambda index, live: (live / "lexical" / "vocabulary.json").unlink(),
    "chroma cut": lambda index, live: _cut(live / "chroma" / "chroma.sqlite3"),
    "chroma empty": lambda index, live: (live / "chroma" / "chroma.sqlite3").write_bytes(b""),
    "no chroma": lambda index, live: (live / "chroma" / "chroma.sqlite3").unlink(),
}


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize("damage", _DAMAGES)
def test_a_damaged_index_is_built_anew(ingest: Ingest, index: Path, damage: str) -> None:
    live = IndexFolder(index).generation(IndexFolder(index).manifest().generation)
    _DAMAGES[damage](index, live)
    report = ingest()
    assert report.rebuilt
    assert set(_statuses(report).values()) == {"added"}
    assert _documents(index, "elcykel") == {"cykler.pdf"}
    assert ingest().rebuilt == ""


def _in_manifest(index: Path, old: str, new: str) -> None:
    path = index / "manifest.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _drop_line(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
