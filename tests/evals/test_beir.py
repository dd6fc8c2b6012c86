"""`maavi eval --beir` on a set in files, by the command line and by its parts."""

import json
import math
from pathlib import Path

import pytest

from assistant.errors import UsageError
from evals.beir import FUSED, figures, read_set, score
from evals.published import published
from ingest.embedders import builtin
from tests.assistant.commandline import maavi

PASSAGES = {
    "p1": ("Optagelse", "Møder må kun optages, når alle deltagere er spurgt."),
    "p2": ("Adgangskoder", "En adgangskode skal være på mindst 15 tegn."),
    "p3": ("", "Kantinen har åbent til klokken fjorten."),
    "p4": ("Cykler", "Elcykler lånes i receptionen i tre dage."),
}
QUERIES = {"q1": "må vi optage mødet", "q2": "password length", "q3": "lån af elcykel"}
RIGHT = {"q1": "p1", "q2": "p2", "q3": "p4"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"_id": k, "title": t, "text": x, "metadata": {}} for k, (t, x) in PASSAGES.items()]
    _write(tmp_path / "corpus.jsonl", [json.dumps(row) for row in rows])
    queries = [json.dumps({"_id": k, "text": t}) for k, t in QUERIES.items()]
    _write(tmp_path / "queries.jsonl", [*queries, '{"_id": "q9", "text": "ingen dom"}'])
    judged = [f"{q}\t{p}\t1" for q, p in RIGHT.items()]
    _write(tmp_path / "qrels.tsv", ["query-id\tcorpus-id\tscore", *judged])
    return tmp_path


def test_each_field_and_the_fusion_are_scored(folder: Path) -> None:
    found = score(folder, builtin())
    assert (found["folder"], found["queries"], found["passages"]) == (str(folder), 3, 4)
    assert set(found["runs"]) == {"stems", "grams", "parts", "dense", FUSED}
    for run in found["runs"].values():
        assert set(run) == {"ndcg@10", "recall@4", "recall@10", "recall@100", "mrr@10"}
    assert found["runs"][FUSED]["ndcg@10"] == 1.0
    assert found["runs"]["stems"]["recall@4"] == pytest.approx(2 / 3, abs=1e-4)  # no English


def test_the_measures_are_those_of_the_definitions(folder: Path) -> None:
    run = {"q1": {"p3": 3.0, "p1": 2.0}, "q2": {"p2": 1.0}}  # second, first, not found
    found = figures(read_set(folder), run)
    assert found["ndcg@10"] == pytest.approx((1 / math.log2(3) + 1) / 3, abs=1e-4)
    assert found["mrr@10"] == pytest.approx((0.5 + 1) / 3, abs=1e-4)
    assert found["recall@4"] == pytest.approx(2 / 3, abs=1e-4)


def test_the_command_line_prints_one_object(folder: Path) -> None:
    result = maavi("eval", "--beir", str(folder), "--json", cwd=folder)
    assert result.returncode == 0
    assert json.loads(result.stdout)["runs"][FUSED]["recall@4"] == 1.0
    assert b"fused" in maavi("eval", "--beir", str(folder), cwd=folder).stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", None, "corpus.jsonl: filen mangler"),
        ("corpus.jsonl", '{"_id": "p1"}', "corpus.jsonl, linje 1: text"),
        ("queries.jsonl", "ikke json", "queries.jsonl, linje 1"),
        ("qrels.tsv", "q1\tp1", "qrels.tsv, linje 1"),
        ("qrels.tsv", "q1\tp1\tmeget", "qrels.tsv, linje 1"),
        ("qrels.tsv", "", "ingen spørgsmål med en dom"),
    ],
)
def test_a_set_that_does_not_fit_is_told(
    folder: Path, name: str, content: str | None, said: str
) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content)
    with pytest.raises(UsageError, match=said):
        score(folder, builtin())


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = maavi("eval", "--beir", str(tmp_path / "findes-ikke"), cwd=tmp_path)
    assert result.returncode == 2
    assert "der er ingen mappe med det navn" in result.stderr.decode()


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_published_rows_stand_beside_a_known_set_that_is_whole() -> None:
    assert published("belebele-da", 900, 488)["bge-m3"] == 0.945
    assert published("belebele-da", 899, 488) == {}
    assert published("noget-andet", 900, 488) == {}


def test_qrels_may_lie_where_beir_puts_them(folder: Path) -> None:
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read_set(folder).judgements == {q: {p: 1} for q, p in RIGHT.items()}
