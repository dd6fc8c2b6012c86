import json
import shutil
from pathlib import Path

import pytest

from ingest.embedders import builtin
from ingest.errors import CorpusError
from ingest.index import Index, IndexFolder
from ingest.rules.book import FILE, RuleBook, lexicon_fingerprint
from ingest.rules.concepts import EXTENSION
from ingest.rules.lexicon import Lexicon
from ingest.run import Report, ingest_corpus
from tests.conftest import ROOT, MakePdf
from tests.ingest.rules.reading import passage, table

_HAVNSOE = ROOT / "evals" / "municipalities" / "havnsoe"
_OWN = '[tool.journalia]\nnames = ["Journalia"]\nunder = ["own-chat"]\n'


@pytest.fixture(scope="module")
def once(make_pdf: MakePdf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `pdfs`, one PDF, and `index`, made of it; copy it before you change it."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "pdfs").mkdir()
    make_pdf(
        folder / "pdfs" / "politik.pdf",
        [("2 Regler", "Du må bruge Journalia til mails.", "Du må ikke skrive cpr-numre.")],
    )
    _run(folder)
    return folder


@pytest.fixture
def place(once: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(once, tmp_path / "place"))


def _run(folder: Path) -> Report:
    return ingest_corpus(folder / "pdfs", folder / "index", builtin())


def _book(folder: Path) -> RuleBook:
    return Index(IndexFolder(folder / "index"), builtin()).rules


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def _tools(book: RuleBook) -> set[str]:
    return {concept for rule in book.rules for concept in rule.concepts("tool")}


def test_a_book_saved_is_the_book_loaded(tmp_path: Path) -> None:
    (tmp_path / EXTENSION).write_text(_OWN, encoding="utf-8")
    passages = [
        passage("Fortrolige data er indkomst.", "1 Ord"),
        passage("Journalia må bruges til mails, hvis du er logget på. Det kræver samtykke."),
        table("Kommunia: Åbne data: Ja; Interne data: Efter aftale", "3 Andre"),
    ]
    book = RuleBook.read_from(passages, tmp_path)
    assert book.rules
    assert book.definitions
    book.save(tmp_path)
    loaded = RuleBook.load(tmp_path)
    assert loaded.rules == book.rules
    assert loaded.definitions == book.definitions
    assert loaded.added == book.added
    assert loaded.lexicon.concepts == book.lexicon.concepts


def test_what_is_added_comes_from_the_municipality_and_from_its_documents(tmp_path: Path) -> None:
    (tmp_path / EXTENSION).write_text(_OWN, encoding="utf-8")
    read = table("Kommunia: Åbne data: Ja; Interne data: Nej")
    book = RuleBook.read_from([read], tmp_path)
    assert {concept.id for concept in book.added} == {"tool.journalia", "tool.kommunia"}
    assert _tools(book) == {"tool.kommunia"}
    assert RuleBook.read_from([], None).added == ()


def test_an_index_has_its_rules_in_the_live_generation(once: Path) -> None:
    folder = IndexFolder(once / "index")
    live = folder.generation(folder.manifest().generation)
    assert (live / FILE).exists()
    written = json.loads((live / FILE).read_text(encoding="utf-8"))
    assert [(rule["modality"], rule["document"]) for rule in written["rules"]] == [
        ("tilladt", "politik.pdf"),
        ("forbudt", "politik.pdf"),
    ]
    assert folder.manifest().lexicon == lexicon_fingerprint(once / "pdfs")


def test_a_rule_points_at_a_passage_of_the_index(once: Path) -> None:
    opened = Index(IndexFolder(once / "index"), builtin())
    ids = {found.id: found for found in opened.passages}
    for rule in opened.rules.rules:
        assert rule.scope in ids[rule.passage].text


def test_a_lexicon_beside_the_pdfs_rebuilds_the_rules_though_no_pdf_changed(place: Path) -> None:
    assert "tool.journalia" not in _tools(_book(place))
    before = IndexFolder(place / "index").manifest()
    (place / "pdfs" / EXTENSION).write_text(_OWN, encoding="utf-8")
    report = _run(place)
    assert [d.status for d in report.documents] == ["unchanged"]
    assert not report.rebuilt
    assert _tools(_book(place)) == {"tool.journalia"}
    assert _book(place).lexicon.above("tool.journalia") >= {"tool.own-chat"}
    after = IndexFolder(place / "index").manifest()
    assert after.generation != before.generation
    assert after.lexicon != before.lexicon


def test_the_same_lexicon_again_writes_nothing_and_without_it_all_is_as_before(
    place: Path,
) -> None:
    rules = _book(place).rules
    (place / "pdfs" / EXTENSION).write_text(_OWN, encoding="utf-8")
    _run(place)
    before = _files(place / "index")
    _run(place)
    assert _files(place / "index") == before
    (place / "pdfs" / EXTENSION).unlink()
    _run(place)
    assert _book(place).rules == rules


@pytest.mark.parametrize(
    "text", ["[tool.x\n", '[tools.x]\nnames = ["X"]\n', '[tool.x]\nnavne = ["X"]\n']
)
def test_a_broken_lexicon_leaves_the_index_as_it_was(place: Path, text: str) -> None:
    own = place / "pdfs" / EXTENSION
    own.write_text(text, encoding="utf-8")
    before = _files(place / "index")
    with pytest.raises(CorpusError) as caught:
        _run(place)
    assert str(own) in str(caught.value)
    assert _files(place / "index") == before
    assert _book(place).rules
    own.unlink()
    assert [d.status for d in _run(place).documents] == ["unchanged"]
    assert _files(place / "index") == before


def test_a_municipality_through_a_real_ingest(tmp_path: Path) -> None:
    (tmp_path / "pdfs").mkdir()
    for path in (*_HAVNSOE.glob("*.pdf"), _HAVNSOE / "documents.toml"):
        shutil.copy(path, tmp_path / "pdfs")
    _run(tmp_path)
    book = _book(tmp_path)
    assert {rule.document for rule in book.rules} == {p.name for p in _HAVNSOE.glob("*.pdf")}
    copilot = {
        (rule.document, rule.modality)
        for rule in book.rules
        if "tool.copilot" in rule.concepts("tool")
    }
    assert ("tillaeg-2027.pdf", "tilladt") in copilot
    assert Lexicon.load().extended(book.added).concepts == book.lexicon.concepts
