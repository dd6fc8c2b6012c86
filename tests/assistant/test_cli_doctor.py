"""`maavi doctor`: each thing that may be wrong is seen, named, and given a remedy."""

import re
import shutil
import socket
from pathlib import Path

import pytest

from assistant.cli import main


@pytest.fixture(autouse=True)
def corpus(
    small_corpus: Path, small_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An index and a folder that fit together."""
    folder = Path(shutil.copytree(small_corpus, tmp_path / "corpus"))
    shutil.copytree(small_index, tmp_path / "indeks")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAAVI_INDEX", "indeks")
    for name in ("MAAVI_CORPUS", "MAAVI_EMBEDDER", "MAAVI_LLM"):
        monkeypatch.delenv(name, raising=False)
    return folder


def _doctor(capsys: pytest.CaptureFixture[str], code: int) -> str:
    assert main(["doctor"]) == code
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_all_well(capsys: pytest.CaptureFixture[str]) -> None:
    shown = _doctor(capsys, 0)
    assert "✗" not in shown
    assert "✓ MAAVI_INDEX = indeks (sat)" in shown
    assert "✓ MAAVI_CORPUS = corpus (standard)" in shown
    assert "2 dokumenter, " in shown
    assert "✓ Indekset svarer til mappen med dokumenter" in shown
    assert re.search(r"✓ maavi \d.* chainlit \d.* pypdf \d", shown)
    assert "✓ Svarene er uddrag af dokumenterne" in shown


def test_changes_in_the_folder(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "notat.pdf").unlink()
    (corpus / "politik chat.pdf").write_bytes(b"%PDF-1.7 ny")
    (corpus / "ny.pdf").touch()
    shown = _doctor(capsys, 0)
    assert "! Dokumenterne og indekset passer ikke sammen" in shown
    for part in ("ændrede: politik chat.pdf", "fjernede: notat.pdf", "ikke i registret: ny.pdf"):
        assert part in shown
    assert "→ Kør `maavi ingest`." in shown


def test_changes_in_the_register(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = corpus / "documents.toml"
    register.write_text(register.read_text().replace("Notat om licenser", "Et andet navn"))
    assert "ændret i registret: notat.pdf" in _doctor(capsys, 0)
    register.unlink()
    (corpus / "ny.pdf").touch()
    assert "ikke i indekset: ny.pdf" in _doctor(capsys, 0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("valid_until = 2020-01-01", "Udløbet, bruges ikke i svar: notat.pdf"),
        ("valid_from = 2999-01-01", "Gælder ikke endnu, bruges ikke i svar: notat.pdf"),
        ("review_by = 2020-01-01", "Skulle have været gennemgået: notat.pdf"),
    ],
)
def test_dates(row: str, said: str, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (corpus / "documents.toml").open("a") as register:
        register.write(f"{row}\n")  # the last table is the note's
    assert main(["ingest"]) == 0
    capsys.readouterr()
    assert f"! {said}" in _doctor(capsys, 0)


def test_no_index(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MAAVI_INDEX", "findes-ikke")
    assert "✗ findes-ikke: her er ikke noget indeks. Kør `maavi ingest`." in _doctor(capsys, 1)


def test_a_broken_index(capsys: pytest.CaptureFixture[str]) -> None:
    Path("indeks/manifest.json").write_text("[]")
    assert "✗ indeks/manifest.json: kan ikke læses" in _doctor(capsys, 1)


def test_no_corpus(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MAAVI_CORPUS", "findes-ikke")
    assert "✗ findes-ikke: " in _doctor(capsys, 1)


def test_a_register_with_a_fault(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "documents.toml").write_text("[[document]]\n")
    assert re.search(r"✗ corpus/documents\.toml, \w+ 1", _doctor(capsys, 1))


def test_settings_that_are_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAAVI_PDF_PATIENCE", "længe")
    assert "✗ MAAVI_PDF_PATIENCE=længe" in _doctor(capsys, 1)


def test_settings_that_mean_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAAVI_INDKES", "x")
    shown = _doctor(capsys, 0)
    assert "! MAAVI_INDKES er sat, men kendes ikke" in shown


def test_an_embedder_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "model").mkdir()  # a folder, so that no hub is asked
    monkeypatch.setenv("MAAVI_EMBEDDER", str(tmp_path / "model"))
    assert main(["doctor"]) == 1
    assert "modellen kunne ikke hentes eller indlæses" in capsys.readouterr().out


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        taken = socket.create_server(("127.0.0.1", 8000))
    except OSError:
        taken = socket.socket()  # someone else has it, which is as good
    with taken:
        assert "! Port 8000 kan ikke bruges (den er optaget)" in _doctor(capsys, 0)
