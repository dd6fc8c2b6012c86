"""`maavi ingest`: the report, its JSON, the exit codes, what goes wrong."""

import json
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assistant.cli import main
from tests.assistant.commandline import COMMAND, environment, maavi, rows

ROW = {"document", "status", "pages", "passages", "reason"}


@pytest.fixture
def corpus(small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of the test's own; the index is to be written to "indeks"."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAAVI_INDEX", "indeks")
    monkeypatch.delenv("MAAVI_CORPUS", raising=False)
    return Path(shutil.copytree(small_corpus, tmp_path / "mine dokumenter"))


def _ingest(
    corpus: Path, capsys: pytest.CaptureFixture[str], code: int = 0
) -> tuple[dict[str, Any], dict[str, str]]:
    """The whole report, and the status of each document."""
    assert main(["ingest", str(corpus), "--json"]) == code
    report = json.loads(capsys.readouterr().out)
    return report, {row["document"]: row["status"] for row in report["documents"]}


def test_the_report_as_json(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, status = _ingest(corpus, capsys)
    assert set(report) == {"documents", "passages", "seconds"}
    assert all(set(row) == ROW for row in report["documents"])
    assert status == {"politik chat.pdf": "added", "notat.pdf": "added"}
    assert report["passages"] == sum(row["passages"] for row in report["documents"])
    assert [row["pages"] for row in report["documents"]] == [2, 2]


def test_what_becomes_of_each_document(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _ingest(corpus, capsys)
    _, status = _ingest(corpus, capsys)
    assert set(status.values()) == {"unchanged"}
    (corpus / "documents.toml").unlink()
    shutil.copy(corpus / "notat.pdf", corpus / "politik chat.pdf")
    (corpus / "notat.pdf").unlink()
    (corpus / "æblegrød.pdf").write_text("ikke en PDF")
    report, status = _ingest(corpus, capsys, code=3)
    assert status == {
        "politik chat.pdf": "updated",
        "notat.pdf": "removed",
        "æblegrød.pdf": "rejected",
    }
    reasons = [row["reason"] for row in report["documents"] if row["status"] == "rejected"]
    assert reasons == ["er ikke en PDF; gem den som PDF"]


def test_the_report_for_people(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "dårlig.pdf").touch()
    assert main(["ingest", str(corpus)]) == 3
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert re.match(r"tilføjet   politik chat\.pdf +2 sider +2 afsnit$", lines[0])
    assert lines[2].startswith("afvist")
    assert "dårlig.pdf" in lines[2]
    assert lines[-1].startswith("2 tilføjet, 1 afvist. ")
    assert lines[-1].endswith(" sekunder.")
    assert err == ""  # no terminal, no progress bar


def test_names_cannot_steer_the_terminal(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "documents.toml").unlink()
    (corpus / "ond\x1b[2J\nlinje.pdf").touch()
    assert main(["ingest", str(corpus)]) == 3
    out = capsys.readouterr().out
    assert "ond?[2J?linje.pdf" in out


def test_stdout_holds_the_object_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    done = maavi("ingest", str(corpus), "--index", "i", "--json", cwd=tmp_path, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert len(rows(done)) == 1
    assert done.stdout.endswith(b"}\n")
    assert done.stderr == b""


def test_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tom").mkdir()
    index = tmp_path / "indeks"
    assert main(["ingest", str(tmp_path / "tom"), "--index", str(index), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["documents"] == []
    assert "her er ingen PDF'er" in err


def test_the_corpus_of_the_settings(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAAVI_CORPUS", str(corpus))
    assert main(["ingest"]) == 0
    assert main(["ingest", "findes-ikke"]) == 2
    assert "findes-ikke" in capsys.readouterr().err


def test_a_register_with_a_fault(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "documents.toml").write_text('[[document]]\nfile = "notat.pdf"\ntitel = "x"\n')
    assert main(["ingest", str(corpus)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "documents.toml, line 3" in err or "documents.toml, linje 3" in err
    assert "titel" in err


def test_an_index_that_is_being_written(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("indeks").mkdir()
    with FileLock("indeks/lock"):
        assert main(["ingest", str(corpus)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "en anden `maavi ingest` er i gang" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(("place", "code"), [("fil", 2), ("fil/indeks", 1)])
def test_a_place_that_cannot_be_a_folder(
    place: str, code: int, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("fil").touch()
    assert main(["ingest", str(corpus), "--index", place]) == code
    assert capsys.readouterr().err.startswith(f"{place}: ")


def test_an_index_that_is_built_anew_is_told(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _ingest(corpus, capsys)
    Path("indeks/manifest.json").write_text("{")
    assert main(["ingest", str(corpus)]) == 0
    assert "bygges forfra" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_a_progress_bar_in_danish(corpus: Path, tmp_path: Path) -> None:
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    done = subprocess.run(
        [*COMMAND, "ingest", str(corpus), "--index", "i", "--json"],
        cwd=tmp_path,
        env=environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
    )
    shown = os.read(ours, 4000).decode(errors="replace")
    os.close(ours)
    os.close(theirs)
    assert "Læser PDF'er: 100 % |" in shown
    assert "2 af 2" in shown
    assert json.loads(done.stdout)["passages"] > 0
