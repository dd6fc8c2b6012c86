"""`maavi ask` and `maavi search`: the contract that scripts depend on."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from tests.assistant.commandline import ANSWER, CITATION, COMMAND, HIT, environment, maavi, rows
from tests.conftest import LICENCES

QUESTION = "Hvor mange E3-licenser har kommunen i brug?"
BAD_LINES = [
    (b"not json", None, "Linje 1 er ikke gyldig JSON"),
    (b'{"id": NaN, "question": "x"}', None, "Linje 1 er ikke gyldig JSON"),
    (b'{"id": 1e999, "question": "x"}', None, "Linje 1 er ikke gyldig JSON"),
    (b"[" * 100_000, None, "Linje 1 er ikke gyldig JSON"),
    (b'["question"]', None, "Linje 1 er ikke et JSON-objekt"),
    (b"null", None, "Linje 1 er ikke et JSON-objekt"),
    (b'{"id": "a"}', "a", 'Linje 1: "question" mangler'),
    (b'{"id": {"b": [1]}, "question": 5}', {"b": [1]}, 'Linje 1: "question" skal'),
    (b'{"id": 7, "question": "x", "history": "y"}', 7, 'Linje 1: "history" skal'),
    (b'{"id": 7, "question": "x", "history": [1]}', 7, 'Linje 1: "history" skal'),
    (b'{"id": 7, "question": "\xe6"}', None, "Linje 1 er ikke UTF-8"),
]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, small_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAAVI_INDEX", str(small_index))


def _batch(command: str, lines: bytes, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    Path("in.jsonl").write_bytes(lines)
    assert main([command, "--batch", "in.jsonl", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert set(row) == ANSWER
    assert set(row["timings_ms"]) == {"retrieve", "total"}
    assert (row["id"], row["question"], row["language"]) == (None, QUESTION, "da")
    assert (row["status"], row["engine"], row["masked"]) == ("answered", "extractive", [])
    cited = row["citations"][0]
    assert set(cited) == CITATION
    assert (cited["number"], cited["document"], cited["page"]) == (1, "notat.pdf", 1)
    assert cited["quote"] == LICENCES
    assert "[1]" in row["text"]


def test_one_answer_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION]) == 0
    shown = capsys.readouterr().out
    answer, sources = shown.split("\nKilder:\n")
    assert "2386" in answer
    assert "*" not in answer
    assert sources.startswith("[1] Notat om licenser, side 1, 1 Licenser\n    ”")


def test_a_question_that_nothing_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Hvornår lander rumskibet på Neptun?", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["status"], row["citations"]) == ("declined", [])


@pytest.mark.parametrize("question", ["", " \n", "x" * 2001])
def test_a_question_that_cannot_be_asked(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", question, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["status"] == "error"
    assert main(["ask", question]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Spørgsmålet er")


@pytest.mark.parametrize(("line", "identity", "said"), BAD_LINES)
def test_a_bad_line(
    line: bytes, identity: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps({"id": "næste", "question": QUESTION}).encode()
    bad, after = _batch("ask", line + b"\n" + good, capsys)
    assert set(bad) == ANSWER
    assert (bad["id"], bad["status"]) == (identity, "error")
    assert bad["text"].startswith(said)
    assert (after["id"], after["status"]) == ("næste", "answered")


@pytest.mark.parametrize(("line", "identity", "said"), BAD_LINES)
def test_a_bad_line_of_a_search(
    line: bytes, identity: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (bad,) = _batch("search", line, capsys)
    assert (bad["id"], bad["hits"], bad["status"]) == (identity, [], "error")
    assert bad["text"].startswith(said)


def test_lines_keep_their_order_and_blank_ones_are_skipped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = ["\ufeff" + json.dumps({"id": 0, "question": QUESTION}), "", "  ", '{"id": 1}']
    lines += [json.dumps({"id": 2, "question": "", "andet": 1})]
    lines += [json.dumps({"id": [3], "question": QUESTION, "history": None})]
    found = _batch("ask", "\r\n".join(lines).encode(), capsys)
    assert [row["id"] for row in found] == [0, 1, 2, [3]]
    assert [row["status"] for row in found] == ["answered", "error", "error", "answered"]
    assert found[1]["text"].startswith("Linje 4")
    assert found[2]["text"].startswith("Linje 5: Spørgsmålet er tomt")


def test_an_empty_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert _batch("ask", b"", capsys) == []


def test_each_line_is_answered_before_the_next_is_sent(small_index: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "ask", "--batch", "-", "--json", "--index", str(small_index)],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdin and process.stdout
        for number in range(3):
            sent = json.dumps({"id": number, "question": QUESTION})
            process.stdin.write(sent.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_earlier_questions_come_along(capsys: pytest.CaptureFixture[str]) -> None:
    line = json.dumps({"question": "Og hvad koster hver?", "history": [QUESTION]})
    (row,) = _batch("ask", line.encode(), capsys)
    assert set(row) == ANSWER


def test_a_search_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "E3-licenser", "-k", "1", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert set(row) == {"id", "hits"}
    (hit,) = row["hits"]
    assert set(hit) == HIT
    assert (hit["document"], hit["page"], hit["section"]) == ("notat.pdf", 1, "1 Licenser")
    assert LICENCES in hit["text"]
    assert 0 < hit["score"] <= 1


def test_searches_from_standard_input(small_index: Path, tmp_path: Path) -> None:
    lines = b'{"id": "a", "question": "licenser"}\n{"id": "b", "question": "cpr-numre"}'
    words = ("search", "--batch", "-", "--index", str(small_index))
    done = maavi(*words, cwd=tmp_path, stdin=lines)
    found = rows(done)
    assert [row["id"] for row in found] == ["a", "b"]
    assert [row["hits"][0]["document"] for row in found] == ["notat.pdf", "politik chat.pdf"]


def test_a_search_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "licenser i brug"]) == 0
    head, text, *_ = capsys.readouterr().out.splitlines()
    assert head.startswith(" 1. 1,00  Notat om licenser, side 1, 1 Licenser")
    assert text.strip().startswith("Kommunen har 2386")
    assert main(["search", "xyzzy"]) == 0
    assert capsys.readouterr().out.startswith("Ingen afsnit passer.")


def test_the_sample_corpus(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "Hvor mange E3-licenser er i brug?"
    assert main(["ask", question, "--index", str(sample_index), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert "2386" in row["text"]
    assert row["citations"][0]["document"] == "notat-ai-svendborg.pdf"
