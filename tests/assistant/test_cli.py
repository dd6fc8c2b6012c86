"""The command line as a whole: wrong use, help, encodings, output that nobody takes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.cli import main
from tests.assistant.commandline import COMMAND, environment, maavi

COMMANDS = ("ingest", "ask", "search", "serve", "eval", "doctor")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env`, index or corpus of the developer's is in reach."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MAAVI_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_danish(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"brug: maavi {command}")
    assert "vis denne hjælp" in shown
    for english in ("usage", "options", "positional", "show this"):
        assert english not in shown


def test_the_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"    {command} " in shown for command in COMMANDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "KOMMANDO mangler"),
        (["svar"], "KOMMANDO kan ikke være 'svar'; vælg mellem"),
        (["ask"], "angiv enten SPØRGSMÅL eller --batch"),
        (["search"], "angiv enten SØGNING eller --batch"),
        (["ask", "hvad", "må", "jeg"], 'kender ikke må jeg; sæt "" om en tekst'),
        (["ask", "hej", "--batch", "x"], "kan ikke bruges sammen"),
        (["ask", "hej", "--json=1"], "--json tager ingen værdi"),
        (["ask", "hej", "--index"], "--index mangler sin værdi"),
        (["ask", "hej", "--index", ""], "--index: navnet er tomt"),
        (["ask", "hej", "--ind", "x"], "kender ikke --ind"),
        (["ask", "--batch", "findes-ikke.jsonl"], "findes-ikke.jsonl: findes ikke"),
        (["ask", "--batch", "."], "er en mappe"),
        (["search", "hej", "-k", "0"], "-k: skal være et helt tal fra 1"),
        (["search", "hej", "-k", "²"], "-k: skal være et helt tal fra 1"),
        (["search", "hej", "-k", "9" * 5000], "-k: skal være et helt tal fra 1"),
        (["serve", "--port", "65536"], "--port: skal være et helt tal fra 0 til 65535"),
        (["ingest", ""], "MAPPE: navnet er tomt"),
        (["ingest", "findes-ikke"], "findes-ikke"),
        (["ingest", "a", "b"], "kender ikke b"),
        (["eval", "--questions", "findes-ikke.jsonl"], "ingen fil med det navn"),
        (["doctor", "nu"], "kender ikke nu"),
    ],
)
def test_wrong_use(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


@pytest.mark.parametrize(
    "words", [["ask", "hej"], ["search", "hej"], ["ingest", "."], ["serve"], ["eval"]]
)
def test_a_wrong_setting(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAAVI_PDF_PATIENCE", "længe")
    assert main(words) == 2
    assert "MAAVI_PDF_PATIENCE=længe" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["ask", "hej"], ["search", "hej"]])
def test_no_index(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--json", "--index", "findes-ikke"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "findes-ikke" in err
    assert "`maavi ingest`" in err
    assert len(err.splitlines()) == 1


def test_the_option_wins_over_the_setting(
    small_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAAVI_INDEX", "findes-ikke")
    assert main(["search", "licenser"]) == 1
    assert main(["search", "licenser", "--index", str(small_index)]) == 0
    monkeypatch.setenv("MAAVI_INDEX", str(small_index))
    assert main(["search", "licenser"]) == 0
    assert "Notat om licenser" in capsys.readouterr().out


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "da_DK.ISO-8859-1"])
def test_output_is_utf8_whatever_the_locale(locale: str, small_index: Path, tmp_path: Path) -> None:
    words = ("ask", "Hvor mange E3-licenser har kommunen?", "--index", str(small_index))
    done = maavi(*words, "--json", cwd=tmp_path, LC_ALL=locale, PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout.decode())
    wrong = maavi("ask", cwd=tmp_path, LC_ALL=locale)
    assert "SPØRGSMÅL" in wrong.stderr.decode()


def test_half_a_surrogate_pair_comes_out_as_json(small_index: Path, tmp_path: Path) -> None:
    line = b'{"id": "\\ud800", "question": "licenser \\udfff"}\n'
    words = ("search", "--batch", "-", "--index", str(small_index))
    done = maavi(*words, cwd=tmp_path, stdin=line)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode())["id"] == "\ud800"


def test_a_reader_that_leaves_is_no_error(small_index: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "ask", "--batch", "-", "--index", str(small_index)],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write(b'{"question": "licenser?"}\n' * 3)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_ctrl_c_is_one_line(small_index: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "ask", "--batch", "-", "--index", str(small_index)],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(b"[]\n")
        process.stdin.flush()
        assert process.stdout.readline()  # it is up …
        time.sleep(0.5)  # … and waits for the next line
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().decode() == "Afbrudt.\n"
    assert process.returncode == 130


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_under_the_output(small_index: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "search", "licenser", "--index", str(small_index)],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "Uddata: disken er fuld; frigør plads, og kør igen.\n"


@pytest.mark.parametrize(
    ("command", "needed"), [("ask", "chromadb langchain_chroma langchain_core"), ("ingest", "")]
)
def test_what_is_not_needed_is_not_imported(
    command: str, needed: str, small_corpus: Path, small_index: Path, tmp_path: Path
) -> None:
    """The second ingest of the same PDFs, and an answer without a model, are to be quick."""
    script = (
        "import sys; from assistant.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'chromadb', 'langchain', 'langchain_core', 'langchain_chroma', 'pypdf',"
        " 'pypdfium2', 'pdfplumber', 'sentence_transformers', 'torch', 'chainlit', 'uvicorn'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    words = {
        "ask": ["ask", "Hvor mange licenser?", "--index", str(small_index)],
        "ingest": ["ingest", str(small_corpus), "--index", str(small_index)],
    }
    done = maavi(*words[command], cwd=tmp_path, command=[sys.executable, "-c", script])
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode() == f"{needed.split()}\n"
