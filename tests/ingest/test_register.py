from datetime import date
from pathlib import Path

import pytest

from ingest.errors import CorpusError
from ingest.register import KINDS, Document, pdf_names, read_register

FULL = """\
# et register
[[document]]
file = "politik.pdf"
title = "Politik"
kind = "vejledning"
owner = "Digitalisering og It"
version = "2.1"
valid_from = 2026-01-14
valid_until = 2027-12-31
review_by = 2027-01-14
contact = "digital@kommunen.example"
groups = ["hr"]

[[document]]
file = "notat.pdf"
"""


def _register(folder: Path, text: str) -> Path:
    (folder / "documents.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_key(tmp_path: Path) -> None:
    full, bare = read_register(_register(tmp_path, FULL))
    assert full == Document(
        file="politik.pdf",
        title="Politik",
        kind="vejledning",
        owner="Digitalisering og It",
        version="2.1",
        valid_from=date(2026, 1, 14),
        valid_until=date(2027, 12, 31),
        review_by=date(2027, 1, 14),
        contact="digital@kommunen.example",
        groups=("hr",),
    )
    assert bare == Document(file="notat.pdf", kind="politik", groups=None)


def test_a_document_survives_json(tmp_path: Path) -> None:
    for document in read_register(_register(tmp_path, FULL)):
        assert Document.from_json(document.to_json()) == document


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('owner = "D', 'ejer = "D', 6, "ejer"),
        ('version = "2.1"', "version = 2.1", 7, "version"),
        ("valid_from = 2026-01-14", 'valid_from = "14. januar"', 8, "2026-01-14"),
        ("valid_until = 2027-12-31", "valid_until = true", 9, "valid_until"),
        ('kind = "vejledning"', 'kind = "brev"', 5, "kind"),
        ('groups = ["hr"]', 'groups = "hr"', 12, "groups"),
        ('file = "notat.pdf"', 'file = "../notat.pdf"', 15, "file"),
        ('file = "notat.pdf"', 'file = "under/notat.pdf"', 15, "file"),
        ('file = "notat.pdf"', 'file = ""', 15, "file"),
        ('file = "notat.pdf"', 'title = "Uden fil"', 14, "file"),
        ('file = "notat.pdf"', 'file = "politik.pdf"', 15, "politik.pdf"),
        ('file = "notat.pdf"', 'file = "notat.pdf"\nnote = 1', 16, "note"),
        ("# et register", 'emne = "AI"', 1, "emne"),
        ('[[document]]\nfile = "notat.pdf"', '[[dokument]]\nfile = "notat.pdf"', 14, "dokument"),
    ],
)
def test_a_fault_names_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in FULL
    with pytest.raises(CorpusError) as caught:
        read_register(_register(tmp_path, FULL.replace(old, new, 1)))
    message = str(caught.value)
    assert "documents.toml" in message
    assert f" {line}:" in message
    assert words in message
    assert "\n" not in message


@pytest.mark.parametrize("text", ["[[document]\n", "file = ", "[document]\nfile = 'a.pdf'\n"])
def test_what_is_not_a_register(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorpusError, match=r"documents\.toml"):
        read_register(_register(tmp_path, text))


def test_a_register_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_bytes("title = 'møde'".encode("latin-1"))
    with pytest.raises(CorpusError, match=r"documents\.toml"):
        read_register(tmp_path)


def test_an_empty_register_has_no_documents(tmp_path: Path) -> None:
    assert read_register(_register(tmp_path, "")) == []


def test_without_a_register_every_pdf_counts(tmp_path: Path) -> None:
    for name in ("b.pdf", "Å.PDF", "a.Pdf", "noter.txt", "pdf"):
        (tmp_path / name).touch()
    assert pdf_names(tmp_path) == ["a.Pdf", "b.pdf", "Å.PDF"]
    assert [d.file for d in read_register(tmp_path)] == ["a.Pdf", "b.pdf", "Å.PDF"]


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="findes-ikke"):
        read_register(tmp_path / "findes-ikke")


@pytest.mark.parametrize(
    ("start", "end", "day", "valid"),
    [
        (None, None, date(2026, 1, 1), True),
        (date(2026, 1, 14), None, date(2026, 1, 13), False),
        (date(2026, 1, 14), None, date(2026, 1, 14), True),
        (None, date(2026, 1, 14), date(2026, 1, 14), True),
        (None, date(2026, 1, 14), date(2026, 1, 15), False),
    ],
)
def test_when_a_document_is_valid(
    start: date | None, end: date | None, day: date, valid: bool
) -> None:
    assert Document("a.pdf", valid_from=start, valid_until=end).valid_on(day) is valid


def test_the_kinds_stand_in_order_of_weight() -> None:
    assert KINDS == ("lov", "politik", "notat", "vejledning", "kursus")


def test_the_register_title_wins() -> None:
    assert Document("a.pdf", title="Mit").titled("Andet").title == "Mit"
    assert Document("a.pdf").titled("Andet").title == "Andet"
