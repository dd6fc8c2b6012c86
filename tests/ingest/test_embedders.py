"""The dense field with real sentence-transformers models, small ones with random weights."""

import json
import math
import shutil
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.retrieve import DENSE, Retriever
from ingest.embedders import BUILTIN, builtin, embedder_named
from ingest.errors import EmbedderError
from ingest.index import Index, IndexFolder
from tests.ingest.conftest import Ingest

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

TEXTS = ["Du må låne en elcykel i tre dage.", "Mødelokaler bestilles i kalenderen.", "cykler møder"]


@lru_cache(maxsize=1)  # its training numbers the words anew each time
def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=["[UNK]"])
    tokenizer.train_from_iterator([*TEXTS, "spørgsmål: afsnit:"], trainer)
    return tokenizer


def _model(seed: int, prompts: dict[str, str] | None = None) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(seed)
    embedding = StaticEmbedding(_tokenizer(), embedding_dim=32)
    return SentenceTransformer(modules=[embedding], device="cpu", prompts=prompts)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of saved models: "plain", "other", and "prompted" with prompts of its own."""
    folder = tmp_path_factory.mktemp("models")
    _model(1).save(str(folder / "plain"))
    _model(2).save(str(folder / "other"))
    _model(1, {"query": "spørgsmål: ", "document": "afsnit: "}).save(str(folder / "prompted"))
    return {name: folder / name for name in ("plain", "other", "prompted")}


def _dense(index: Path, embedder: str, question: str) -> dict[str, float]:
    opened = Index(IndexFolder(index), embedder_named(embedder))
    hits = Retriever(opened).search(question, k=5)
    return {hit.passage.document: hit.fields[DENSE] for hit in hits if DENSE in hit.fields}


def _nearest(index: Path, embedder: str) -> dict[str, float]:
    return Index(IndexFolder(index), embedder_named(embedder)).nearest("tre dage", 5)


@pytest.mark.parametrize("name", ["plain", "prompted"])
def test_a_model_in_a_folder_gives_the_dense_field(
    ingest: Ingest, index: Path, models: dict[str, Path], name: str
) -> None:
    embedder = str(models[name])
    assert {d.status for d in ingest(embedder).documents} == {"added"}
    found = _dense(index, embedder, "Du må låne en elcykel i tre dage.")
    assert found["cykler.pdf"] == 1.0


@pytest.mark.usefixtures("ingested")
def test_the_built_in_encoder_finds_what_is_said_in_other_words(index: Path) -> None:
    found = _dense(index, BUILTIN, "May I borrow a bicycle?")
    assert max(found, key=lambda file: found[file]) == "cykler.pdf"


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("multilingual-e5-small", "query: ", "passage: "),
        ("e5-large-instruct", "Instruct: Retrieve passages that answer the question\nQuery: ", ""),
        ("embeddinggemma-300m", "task: search result | query: ", "title: none | text: "),
        ("some5-model", "", ""),
    ],
)
def test_a_family_gets_its_prefixes(
    models: dict[str, Path], tmp_path: Path, name: str, query: str, passage: str
) -> None:
    folder = shutil.copytree(models["plain"], tmp_path / name)
    familiar, plain = embedder_named(str(folder)), embedder_named(str(models["plain"]))
    assert familiar.embed_query("elcykel") == plain.embed_query(f"{query}elcykel")
    (vector,) = familiar.embed_documents(["elcykel"])
    assert [vector] == plain.embed_documents([f"{passage}elcykel"])


def test_prompts_of_its_own_go_before_those_of_the_family(
    models: dict[str, Path], tmp_path: Path
) -> None:
    folder = shutil.copytree(models["prompted"], tmp_path / "my-e5")
    own = embedder_named(str(models["prompted"]))
    assert embedder_named(str(folder)).embed_query("elcykel") == own.embed_query("elcykel")


def test_prompts_of_the_model_are_used(models: dict[str, Path]) -> None:
    prompted, plain = (embedder_named(str(models[name])) for name in ("prompted", "plain"))
    text = "elcykel"
    assert prompted.embed_query(text) != prompted.embed_documents([text])[0]
    assert prompted.embed_query(text) == pytest.approx(
        plain.embed_query(f"spørgsmål: {text}"), abs=1e-5
    )
    assert plain.embed_query(text) == plain.embed_documents([text])[0]


def test_a_changed_embedder_makes_the_vectors_anew_and_says_so(
    ingest: Ingest, index: Path, models: dict[str, Path]
) -> None:
    assert ingest().rebuilt == ""
    plain, other = str(models["plain"]), str(models["other"])
    report = ingest(plain)
    assert "embedder" in report.rebuilt
    assert {d.status for d in report.documents} == {"unchanged"}
    first = _nearest(index, plain)
    assert ingest(plain).rebuilt == ""
    assert "embedder" in ingest(other).rebuilt
    assert _nearest(index, other) != first
    assert "embedder" in ingest().rebuilt


def test_another_model_than_the_index_has_is_not_asked(
    ingest: Ingest, index: Path, models: dict[str, Path]
) -> None:
    ingest(str(models["plain"]))
    assert _dense(index, str(models["other"]), "elcykel") == {}


def test_a_changed_model_in_the_same_folder_is_another(
    models: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    one = embedder_named(str(folder)).fingerprint
    assert embedder_named(str(folder)).fingerprint == one
    (folder / "config.json").write_text('{"a": 1}')
    assert embedder_named(str(folder)).fingerprint != one


@pytest.mark.parametrize("name", ["findes/slet-ikke", "/findes/ikke", "."])
def test_a_missing_model_is_told_in_words(
    ingest: Ingest, index: Path, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    ingest()
    with pytest.raises(EmbedderError) as caught:
        ingest(name)
    message = str(caught.value)
    assert f"MAAVI_EMBEDDER={name}" in message
    assert BUILTIN in message
    assert "\n" not in message
    assert ingest().documents[0].status == "unchanged"  # the index is as it was


def test_a_model_that_returns_nonsense_is_refused(ingest: Ingest, models: dict[str, Path]) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    folder = models["plain"].parent / "nan"
    model = SentenceTransformer(str(models["plain"]), device="cpu")
    with torch.no_grad():
        model[0].embedding.weight.fill_(float("nan"))  # type: ignore[union-attr, operator]
    model.save(str(folder))
    with pytest.raises(EmbedderError, match="ikke er endelige"):
        ingest(str(folder))


@pytest.mark.parametrize("text", ["Du må ikke skrive cpr-numre.", "", "–", "æøå § 7"])
def test_builtin_vectors_have_length_one_or_none(text: str) -> None:
    vector = builtin().embed_query(text)
    assert math.hypot(*vector) == pytest.approx(1 if text.strip("–") else 0)
    assert builtin().embed_documents([text]) == [vector]
    assert json.loads(json.dumps(vector)) == vector


def test_builtin_vectors_of_nothing() -> None:
    assert builtin().embed_documents([]) == []
