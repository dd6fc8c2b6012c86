"""Embedders: what turns text into the dense vectors that Chroma holds.

`builtin` is the encoder in `ingest/encoder/`. Any other name is a sentence-transformers model, by
name or folder. Both have the two methods of LangChain's `Embeddings`, which langchain-chroma calls.
"""

import hashlib
import math
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ingest.errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from ingest.encoder.arrays import Matrix

BUILTIN = "builtin"
# What models of a family want before a query and before a passage, where they do not say it
# themselves; the name of the model, or of its folder, tells the family.
_FAMILIES = (
    (r"\be5\b.*instruct", "Instruct: Retrieve passages that answer the question\nQuery: ", ""),
    (r"\be5\b", "query: ", "passage: "),
    (r"embedding-?gemma", "task: search result | query: ", "title: none | text: "),
)


class Embedder(Protocol):
    """LangChain's `Embeddings`, with what the index has to know of it."""

    @property
    def fingerprint(self) -> str:
        """Changes when the vectors would."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector of length 1 for each of `texts`."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of length 1 of a question."""


def embedder_named(name: str) -> Embedder:
    """The embedder that `MAAVI_EMBEDDER` names; a model is loaded when it is first used."""
    return builtin() if name == BUILTIN else SentenceTransformerEmbedder(name)


@lru_cache(maxsize=1)
def builtin() -> "BuiltinEmbedder":
    """The built-in encoder, the same one for all who ask."""
    return BuiltinEmbedder()


class BuiltinEmbedder:
    """The encoder that comes with Må vi?: the mean of a text's token rows, scaled to length 1.

    Its vectors are those of `SentenceTransformer(FOLDER)`; they are made without PyTorch, whose
    import takes seconds.
    """

    @cached_property
    def fingerprint(self) -> str:
        """Changes when the model does."""
        return f"builtin-{_files_digest(self._folder)}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """See `Embedder`; a text without any word gets a vector of zeros."""
        found: list[list[float]] = self.vectors(texts).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """See `Embedder` and `embed_documents`."""
        return self.embed_documents([text])[0]

    def vectors(self, texts: Sequence[str]) -> "Matrix":
        """The vectors of `texts`, shape (texts, dimensions).

        Raises:
            EmbedderError: the model's files are missing or damaged.
        """
        import numpy as np

        from ingest.encoder.arrays import unit

        tokenizer, rows = self._model
        whole = [text.encode("utf-8", "replace").decode() for text in texts]  # no half surrogates
        encoded = tokenizer.encode_batch(whole, add_special_tokens=False)
        summed = [rows[np.array(e.ids, dtype=np.int64)].sum(axis=0) for e in encoded]
        return unit(np.stack(summed)) if summed else np.zeros((0, rows.shape[1]), np.float32)

    def has_word(self, word: str) -> bool:
        """Whether it knows the lower-cased `word` as a whole, not in pieces."""
        tokenizer, _ = self._model
        encoded = tokenizer.encode(
            word.encode("utf-8", "replace").decode(), add_special_tokens=False
        )
        return len(encoded.ids) == 1

    @cached_property
    def _folder(self) -> Path:
        from ingest.encoder.files import FOLDER

        return FOLDER

    @cached_property
    def _model(self) -> "tuple[Tokenizer, Matrix]":
        from ingest.encoder.files import load

        try:
            return load(self._folder)
        except Exception as error:  # a missing, cut or foreign file fails in many types
            raise EmbedderError(
                f"{self._folder}: den indbyggede model kan ikke læses ({type(error).__name__}). "
                "Hent Må vi? igen."
            ) from error


class SentenceTransformerEmbedder:
    """A sentence-transformers model, with the prompts for queries and passages that it carries."""

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
        found = model.encode_document(texts, prompt=self._prompt(2), normalize_embeddings=True)
        return self._checked(found.tolist())

    def embed_query(self, text: str) -> list[float]:
        """See `Embedder` and `embed_documents`."""
        model = self._loaded()
        found = model.encode_query([text], prompt=self._prompt(1), normalize_embeddings=True)
        return self._checked(found.tolist())[0]

    def _prompt(self, side: int) -> str | None:
        """What the model's family wants before a query (1) or a passage (2); None when the model
        has prompts of its own, which are then used, or needs none.
        """
        if any(self._loaded().prompts.values()):
            return None
        name = Path(self._name).name.lower()
        family = next((f for f in _FAMILIES if re.search(f[0], name)), None)
        return family[side] if family else None

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


def _files_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in ("tokenizer.json", "model.safetensors"):
        path = folder / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:16]


def _folder_fingerprint(folder: Path) -> str:
    """Changes when a model's files do, without reading gigabytes."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        stat = path.stat()
        digest.update(f"{path.relative_to(folder)}\n{stat.st_size}\n".encode())
        small = stat.st_size < 2**20
        digest.update(path.read_bytes() if small else str(stat.st_mtime_ns).encode())
    return f"folder-{digest.hexdigest()[:16]}"
