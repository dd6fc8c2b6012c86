"""A municipality's own questions: the template, the checker, thumbs down; by the command line."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.errors import UsageError
from evals.feedback import candidates
from evals.questions import read_questions
from evals.spreadsheet import read_spreadsheet, write_template
from tests.assistant.commandline import maavi

HEAD = ["Spørgsmål", "Svarer dokumenterne", "Afgørelse", "Dokument", "Side", "Citat",
        "Skal være med", "Må ikke være med", "Emner"]  # fmt: skip
GOOD = ["Må jeg bruge ChatGPT?", "Ja", "betinget", "politik chat.pdf", 2,
        "Du må bruge ChatGPT til at skrive udkast til mails", "åbne data|offentlige data; mails",
        "alt er tilladt", "chat; mail"]  # fmt: skip


def _xlsx(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(path)
    return path


def _csv(path: Path, *rows: list[object], encoding: str = "utf-8", mark: str = ";") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=mark).writerows([HEAD, *rows])
    return path


def test_a_row_becomes_a_question(tmp_path: Path) -> None:
    (question,) = read_spreadsheet(_xlsx(tmp_path / "egne.xlsx", GOOD))
    assert question.id == "egne-2"
    assert (question.answerable, question.verdict) == (True, "betinget")
    assert (question.gold[0].document, question.gold[0].page) == ("politik chat.pdf", 2)
    assert [n.any_of for n in question.nuggets] == [("åbne data", "offentlige data"), ("mails",)]
    assert (question.must_not, question.tags) == (("alt er tilladt",), ("chat", "mail"))


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-8", ",")]
)
def test_csv_gives_the_same_however_it_was_saved(tmp_path: Path, encoding: str, mark: str) -> None:
    path = _csv(tmp_path / "egne.csv", GOOD, encoding=encoding, mark=mark)
    assert read_spreadsheet(path) == read_spreadsheet(_xlsx(tmp_path / "egne.xlsx", GOOD))


def test_every_wrong_cell_is_told_at_once(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["", "ja"],
        ["Hvad?", "måske", "", "", "", "", "x"],
        ["Hvad?", "ja", "vist nok"],
        ["Hvad?", "ja", "", "politik", 2],
        ["Hvad?", "ja", "", "a.pdf", "sidst"],
        ["Hvad?", "nej", "", "", "", "", "noget"],
        ["Hvad?", "ja", "", "a.pdf"],
    ]
    with pytest.raises(UsageError) as told:
        read_spreadsheet(_xlsx(tmp_path / "egne.xlsx", *rows))
    lines = str(told.value).splitlines()
    assert lines[0].endswith("7 celler skal rettes.")
    for number, column in enumerate(
        ("spørgsmål", "svarer dokumenterne", "afgørelse", "dokument", "side",
         "svarer dokumenterne", "side"), 2
    ):  # fmt: skip
        assert lines[number - 1].startswith(f"række {number}, ”{column}”: ")


def test_columns_that_are_not_known_are_told(tmp_path: Path) -> None:
    path = tmp_path / "egne.csv"
    path.write_text("Spørgsmål;Svar\nHvad?;ja\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"”svar” kendes ikke.*”svarer dokumenterne” mangler"):
        read_spreadsheet(path)


@pytest.mark.parametrize("name", ["egne.xlsx", "egne.csv"])
def test_what_is_no_spreadsheet_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    with pytest.raises(UsageError, match=r"egne\."):
        read_spreadsheet(path)


@pytest.mark.parametrize("name", ["skabelon.xlsx", "skabelon.csv"])
def test_the_template_reads_as_it_is(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name)
    assert [q.answerable for q in read_spreadsheet(tmp_path / name)] == [True, True, False]
    with pytest.raises(UsageError, match="bliver ikke overskrevet"):
        write_template(tmp_path / name)


def test_the_template_explains_its_columns(tmp_path: Path) -> None:
    write_template(tmp_path / "skabelon.xlsx")
    book = load_workbook(tmp_path / "skabelon.xlsx")
    columns = [cell.value for cell in book["Spørgsmål"][1]]
    assert [row[0].value for row in book["Vejledning"].iter_rows()] == columns


def test_from_template_to_report(tmp_path: Path, small_index: Path) -> None:
    """As a municipality does it: template, check, figures and report."""
    template = maavi("eval", "--template", "egne.xlsx", cwd=tmp_path)
    assert template.returncode == 0
    own = str(_xlsx(tmp_path / "vores.xlsx", GOOD, ["Hvad koster en is?", "nej"]))
    index = str(small_index)
    check = maavi("eval", "--questions", own, "--index", index, "--check", cwd=tmp_path)
    assert check.stdout.decode() == "2 spørgsmål er i orden.\n"
    report = tmp_path / "rapport.html"
    measured = maavi(
        "eval", "--questions", own, "--index", index, "--json", "--report", str(report),
        "--save", "svar.jsonl", cwd=tmp_path,
    )  # fmt: skip
    assert measured.returncode == 0, measured.stderr.decode()
    result = json.loads(measured.stdout)
    assert result["questions"] == 2
    assert result["measures"]["extraction.found"]["value"] == 1.0
    text = report.read_text(encoding="utf-8")
    assert "rigtigt i alt" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    again = maavi(
        "eval", "--questions", own, "--index", index, "--json", "--answers", "svar.jsonl",
        cwd=tmp_path,
    )  # fmt: skip
    replayed = json.loads(again.stdout)
    assert replayed["measures"] == result["measures"]


def test_the_check_tells_what_does_not_stand_in_the_documents(
    tmp_path: Path, small_index: Path
) -> None:
    rows: list[list[object]] = [
        ["Hvad?", "ja", "", "findes-ikke.pdf", 1],
        ["Hvad?", "ja", "", "notat.pdf", 99],
        ["Hvad?", "ja", "", "notat.pdf", "", "det står der slet ikke"],
        ["Hvad?", "ja"],
    ]
    own = str(_xlsx(tmp_path / "vores.xlsx", *rows))
    check = maavi("eval", "--questions", own, "--index", str(small_index), "--check", cwd=tmp_path)
    assert check.returncode == 1
    lines = check.stdout.decode().splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        f"vores.xlsx, vores-{n}" for n in range(2, 6)
    ]
    assert "er ikke i indekset" in lines[0]
    assert "ingen side 99" in lines[1]
    assert "skriv det ordret af" in lines[2]
    assert "kan svaret ikke måles" in lines[3]


def test_thumbs_down_become_candidates(tmp_path: Path) -> None:
    rows = [
        {"question": "Må jeg  bruge X?", "answer": "Nej. [1]", "reason": "forkert", "value": 0,
         "citations": [{"document": "a.pdf", "page": 3, "quote": "q"}], "created": "2026-11-25"},
        {"question": "Må jeg bruge X?", "answer": "Nej.", "value": 0},
        {"question": "Tak?", "answer": "Ja", "value": 1},
    ]  # fmt: skip
    path = tmp_path / "feedback.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (candidate,) = candidates(path)
    assert candidate.question == "Må jeg bruge X?"
    result = maavi("eval", "--feedback", str(path), cwd=tmp_path)
    (tmp_path / "forslag.jsonl").write_bytes(result.stdout)
    (read,) = read_questions(tmp_path / "forslag.jsonl")
    assert read == candidate
    assert "udkast" in read.tags


def test_feedback_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "f.jsonl").write_text('{"answer": "x"}\n')
    result = maavi("eval", "--feedback", "f.jsonl", cwd=tmp_path)
    assert result.returncode == 2
    assert "linje 1: question: mangler" in result.stderr.decode()
