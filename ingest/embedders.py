"""Embedders: what turns text into the dense vectors that Chroma holds.

`builtin` needs no model. Any other name is a sentence-transformers model, by name or folder.
Both have the two methods of LangChain's `Embeddings`, which langchain-chroma calls.
"""

import hashlib
import math
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ingest.errors import EmbedderError
from ingest.lexical import grams, stems

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILTIN = "builtin"
_HASHED_DIMENSIONS = 256


class Embedder(Protocol):
    """LangChain's `Embeddings`, with what the index has to know of it."""

    fingerprint: str
    carries_meaning: bool

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector of length 1 for each of `texts`."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of length 1 of a question."""


def embedder_named(name: str) -> Embedder:
    """The embedder that `MAAVI_EMBEDDER` names; a model is loaded when it is first used."""
    return HashedEmbedder() if name == BUILTIN else SentenceTransformerEmbedder(name)


class HashedEmbedder:
    """Feature hashing of stems and 5-grams (Weinberger et al., 2009).

    It finds what the lexical fields find and no more, so the dense field has weight 0 with it.
    """

    fingerprint = f"hashed-{_HASHED_DIMENSIONS}-1"
    carries_meaning = False

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """See `Embedder`."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """See `Embedder`."""
        vector = [0.0] * _HASHED_DIMENSIONS
        for token, count in Counter((*stems(text), *grams(text))).items():
            bits = zlib.crc32(token.encode())
            vector[bits % _HASHED_DIMENSIONS] += math.sqrt(count) * (1 if bits & 1 << 31 else -1)
        length = math.sqrt(sum(v * v for v in vector)) or 1.0
        return [v / length for v in vector]


class SentenceTransformerEmbedder:
    """A sentence-transformers model, with the prompts for queries and passages that it carries."""

    carries_meaning = True

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: SentenceTransformer | None = None
        self.fingerprint = _folder_fingerprint(Path(name)) if Path(name).is_dir() else name

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """See `Embedder`.

        Raises:
            EmbedderError: the model cannot be had, or returns what is not a number.
        """
        model = self._loaded()
        return self._checked(model.encode_document(texts, normalize_embeddings=True).tolist())

    def embed_query(self, text: str) -> list[float]:
        """See `Embedder` and `embed_documents`."""
        model = self._loaded()
        return self._checked(model.encode_query([text], normalize_embeddings=True).tolist())[0]

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            try:
                from sentence_transformers import SentenceTransformer

                self._model = SentenceTransformer(self._name)
            except Exception as error:  # a hub, a disk or a file may fail in any way
                raise EmbedderError(
                    f"MAAVI_EMBEDDER={self._name}: modellen kunne ikke hentes eller indlæses "
                    f"({type(error).__name__}). Angiv en mappe med modellen, eller brug {BUILTIN}."
                ) from error
        return self._model

    def _checked(self, vectors: list[list[float]]) -> list[list[float]]:
        if all(math.isfinite(v) for vector in vectors for v in vector):
            return vectors
        raise EmbedderError(f"MAAVI_EMBEDDER={self._name}: modellen gav tal, der ikke er endelige.")


def _folder_fingerprint(folder: Path) -> str:
    """Changes when a model's files do, without reading gigabytes."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        stat = path.stat()
        digest.update(f"{path.relative_to(folder)}\n{stat.st_size}\n".encode())
        small = stat.st_size < 2**20
        digest.update(path.read_bytes() if small else str(stat.st_mtime_ns).encode())
    return f"folder-{digest.hexdigest()[:16]}"
