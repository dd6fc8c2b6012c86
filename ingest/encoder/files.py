"""The encoder's files, as `SentenceTransformer(folder)` loads them."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from ingest.encoder.arrays import Matrix

FOLDER = Path(__file__).parent
_ROWS = "embedding.weight"


def save(folder: Path, tokenizer: Tokenizer, rows: Matrix) -> None:
    """Write the model to `folder`, sixteen bits a number."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({_ROWS: rows.astype(np.float16)}, folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    module = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
    _write(folder / "modules.json", [{"idx": 0, "name": "0", "path": "", "type": module}])
    _write(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"},
    )


def load(folder: Path) -> tuple[Tokenizer, Matrix]:
    """The tokenizer, and a row for each of its tokens."""
    tensors = load_file(folder / "model.safetensors")
    rows: Matrix = tensors[_ROWS].astype(np.float32)
    return Tokenizer.from_file(str(folder / "tokenizer.json")), rows


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
