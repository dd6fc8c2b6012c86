"""The only module that meets Chroma: passages and their vectors, through langchain-chroma.

Every generation of the index has a Chroma folder of its own. A process that reads one never
sees a writer at work in it, which Chroma does not support (its issue 3792).
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ingest.embedders import Embedder
from ingest.errors import IndexBroken
from ingest.passages import Passage

if TYPE_CHECKING:
    from chromadb import Collection
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

COLLECTION = "passages"
_CHECK = "pragma quick_check(1)"
_BATCH = 1_000  # Chroma takes 5,461 at most; smaller ones keep the progress bar moving
# The default search breadth loses neighbours; this one did not in 100,000 vectors.
_HNSW = {"space": "cosine", "ef_search": 400, "ef_construction": 200}


class Vectors:
    """The Chroma collection in `folder`, made when it is not there."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        try:
            self._chroma, self._collection = _open(folder, embedder)
        except Exception as error:  # Chroma raises errors of its Rust core in many types
            raise IndexBroken(
                f"{folder}: Chroma kan ikke åbnes ({error}). Kør `maavi ingest` igen."
            ) from error

    def ids(self) -> set[str]:
        """The ids of all passages in it."""
        return set(self._chroma.get(include=[])["ids"])

    def add(self, passages: Sequence[Passage]) -> Iterator[int]:
        """Embed and store `passages`; yields how many at a time."""
        from langchain_core.documents import Document

        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            documents = [
                Document(id=p.id, page_content=indexed_text(p), metadata=_metadata(p))
                for p in batch
            ]
            self._chroma.add_documents(documents, ids=[p.id for p in batch])
            yield len(batch)

    def remove(self, ids: Sequence[str]) -> None:
        """Take the passages with these `ids` away."""
        for at in range(0, len(ids), _BATCH):
            self._chroma.delete(ids=list(ids[at : at + _BATCH]))

    def search(self, question: str, k: int) -> dict[str, float]:
        """Cosine similarity of the `k` nearest passages, by id."""
        vectors: list[Sequence[float] | Sequence[int]] = [self._embedder.embed_query(question)]
        # langchain-chroma would fetch every text too, which takes nine times as long.
        found = self._collection.query(vectors, n_results=k, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return {key: 1.0 - d for key, d in zip(found["ids"][0], distances, strict=True)}


def is_sound(folder: Path) -> bool:
    """Whether the database in `folder` is whole. To be asked before Chroma opens it: Chroma does
    not let go of a path that it failed on.
    """
    path = folder / "chroma.sqlite3"
    try:
        with closing(sqlite3.connect(path)) as database:
            return path.stat().st_size > 0 and database.execute(_CHECK).fetchone() == ("ok",)
    except (OSError, sqlite3.Error):
        return False


def indexed_text(passage: Passage) -> str:
    """What every field indexes: where the passage stands, what introduces it, and its words."""
    parts = (" › ".join(passage.section), passage.context, passage.text, passage.tail)
    return "\n".join(part for part in parts if part)


def _open(folder: Path, embedder: Embedder) -> "tuple[Chroma, Collection]":
    import chromadb.config
    from langchain_chroma import Chroma

    logging.getLogger("chromadb").setLevel(logging.ERROR)
    client = chromadb.PersistentClient(
        path=str(folder), settings=chromadb.config.Settings(anonymized_telemetry=False)
    )
    chroma = Chroma(
        collection_name=COLLECTION,
        embedding_function=cast("Embeddings", embedder),
        client=client,
        collection_configuration=cast("Any", {"hnsw": _HNSW}),
    )
    return chroma, client.get_collection(COLLECTION)


def _metadata(passage: Passage) -> dict[str, str | int]:
    return {
        "document": passage.document,
        "page": passage.page,
        "page_label": passage.page_label,
        "section": " › ".join(passage.section),
        "start": passage.start,
        "end": passage.end,
    }
