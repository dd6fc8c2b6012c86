from pathlib import Path

import pytest

from ingest.embedders import builtin
from ingest.errors import IndexBroken
from ingest.passages import Passage
from ingest.vectors import Vectors, indexed_text, is_sound


def _passage(number: int, text: str, **more: str) -> Passage:
    return Passage(
        id=f"id{number}",
        document="a.pdf",
        page=number,
        page_label=str(number),
        section=("Regler", "Chat"),
        text=text,
        start=0,
        end=len(text),
        **more,  # type: ignore[arg-type]
    )


PASSAGES = [
    _passage(1, "Du må ikke skrive cpr-numre i ChatGPT."),
    _passage(2, "Elcykler lånes i tre dage."),
    _passage(3, "Kantinen har åbent til klokken fjorten."),
]


@pytest.fixture
def vectors(tmp_path: Path) -> Vectors:
    vectors = Vectors(tmp_path / "chroma", builtin())
    assert sum(vectors.add(PASSAGES)) == len(PASSAGES)
    return vectors


def test_the_nearest_come_with_their_similarity(vectors: Vectors) -> None:
    found = vectors.search("lån af elcykler", k=2)
    assert len(found) == 2
    assert max(found, key=lambda key: found[key]) == "id2"
    assert all(-1 <= similarity <= 1 for similarity in found.values())


def test_a_text_is_nearest_to_itself(vectors: Vectors) -> None:
    (similarity,) = vectors.search(indexed_text(PASSAGES[0]), k=1).values()
    assert similarity == pytest.approx(1, abs=1e-5)


def test_more_are_asked_for_than_there_are(vectors: Vectors) -> None:
    assert set(vectors.search("cykel", k=50)) == {"id1", "id2", "id3"}


def test_what_is_removed_is_not_found(vectors: Vectors) -> None:
    vectors.remove(["id2", "aldrig set"])
    assert vectors.ids() == {"id1", "id3"}
    assert "id2" not in vectors.search("elcykler", k=3)


def test_adding_twice_adds_once(vectors: Vectors) -> None:
    list(vectors.add(PASSAGES))
    assert vectors.ids() == {"id1", "id2", "id3"}


def test_adding_and_removing_nothing(vectors: Vectors) -> None:
    assert list(vectors.add([])) == []
    vectors.remove([])
    assert len(vectors.ids()) == 3


def test_what_is_stored_is_there_when_it_is_opened_again(vectors: Vectors, tmp_path: Path) -> None:
    before = vectors.search("elcykler", k=3)
    again = Vectors(tmp_path / "chroma", builtin())
    assert again.search("elcykler", k=3) == before


def test_an_empty_collection_finds_nothing(tmp_path: Path) -> None:
    assert Vectors(tmp_path / "chroma", builtin()).search("elcykler", k=3) == {}


def test_what_is_indexed() -> None:
    passage = _passage(1, "tekst", context="Du må:", tail="resten.")
    assert indexed_text(passage) == "Regler › Chat\nDu må:\ntekst\nresten."


@pytest.mark.parametrize("damage", [b"", b"ikke en database" * 100])
def test_damage_is_seen(vectors: Vectors, tmp_path: Path, damage: bytes) -> None:
    assert is_sound(tmp_path / "chroma")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "chroma.sqlite3").write_bytes(damage)
    assert not is_sound(broken)
    assert not is_sound(tmp_path / "nowhere")


def test_what_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"ikke en database" * 100)
    with pytest.raises(IndexBroken, match="maavi ingest"):
        Vectors(tmp_path / "chroma", builtin())
