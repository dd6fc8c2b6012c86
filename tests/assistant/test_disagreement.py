"""Documents that disagree on a number: the one that counts first, the other told last."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus

Maker = Callable[..., Path]
QUESTION = "Hvor længe gemmer It-afdelingen backuppen?"
TEXT = "It-afdelingen tager backup hver nat og gemmer backuppen i {}."


def _ask(folder: Path, make_pdf: Maker, register: str, one: str, other: str) -> tuple[str, str]:
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in (("a", one), ("b", other)):
        make_pdf(corpus / f"{name}.pdf", [("1 Backup", text)])
    (corpus / "documents.toml").write_text(register, encoding="utf-8")
    ingest_corpus(corpus, folder / "index", embedder_named("builtin"))
    assistant = Assistant(Settings(index=folder / "index"), today=lambda: date(2026, 6, 1))
    answer = assistant.ask(QUESTION)
    return answer.text.splitlines()[0], answer.text


def _register(one: str, other: str) -> str:
    return f'[[document]]\nfile = "a.pdf"\n{one}\n[[document]]\nfile = "b.pdf"\n{other}\n'


@pytest.mark.parametrize(
    ("rows", "counts", "why"),
    [
        (("valid_from = 2023-01-01", "valid_from = 2026-01-01"), "30", "fordi det er nyere"),
        (("valid_from = 2026-01-01", "valid_from = 2023-01-01"), "14", "fordi det er nyere"),
        (('kind = "politik"', 'kind = "notat"'), "14", "fordi en politik går forud"),
        (("", ""), "", "Det fremgår ikke, hvad der gælder"),
    ],
)
def test_the_one_that_counts_is_told_first(
    rows: tuple[str, str], counts: str, why: str, tmp_path: Path, make_pdf: Maker
) -> None:
    texts = TEXT.format("14 dage"), TEXT.format("30 dage")
    first, whole = _ask(tmp_path, make_pdf, _register(*rows), *texts)
    assert f"{counts} dage" in first
    assert "Et andet dokument siger noget andet." in whole
    assert why in whole
    assert "14 dage" in whole
    assert "30 dage" in whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT.format("14 dage"), TEXT.format("14 dage")),
        (TEXT.format("14 dage"), TEXT.format("to uger")),
        (TEXT.format("14 dage"), "Optagelser af møder slettes af mødelederen efter 30 dage."),
    ],
)
def test_others_do_not_disagree(one: str, other: str, tmp_path: Path, make_pdf: Maker) -> None:
    _, whole = _ask(tmp_path, make_pdf, _register("", ""), one, other)
    assert "siger noget andet" not in whole
