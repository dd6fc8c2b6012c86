"""What each field of retrieval is worth alone, and fused: `python -m evals.fields [SET …]`.

On the index of the settings; the sets must be about its documents.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.pipeline import Loaded
from assistant.retrieve import WEIGHTS, Retriever
from assistant.settings import load_settings
from evals.questions import SETS, Item, read_set
from evals.scoring import is_place
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder

_DEPTH = 10
_RUNS: Mapping[str, Mapping[str, float]] = {
    "stems": {**dict.fromkeys(WEIGHTS, 0.0), "stems": 1.0},
    "grams": {**dict.fromkeys(WEIGHTS, 0.0), "grams": 1.0},
    "parts": {**dict.fromkeys(WEIGHTS, 0.0), "parts": 1.0},
    "stems + grams": {**dict.fromkeys(WEIGHTS, 0.0), "stems": 1.0, "grams": 1.0},
    "fused": WEIGHTS,
}


def main(paths: Sequence[Path]) -> None:
    """Print recall at 4 and the mean reciprocal rank at 10 of a right page, for each run."""
    settings = load_settings()
    index = Index(IndexFolder(settings.index), embedder_named(settings.embedder))
    loaded = Loaded(index)
    items = [item for path in paths for item in read_set(path) if item.answerable]
    print(f"{len(items)} questions\n{'run':<28} recall@4  MRR@10")
    for name, weights in _RUNS.items():
        for expanded in (False, True):
            ranks = _ranks(items, loaded, Retriever(index, weights=weights), expanded)
            recall = sum(0 < rank <= 4 for rank in ranks) / len(ranks)
            reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
            label = f"{name}{', with synonyms' if expanded else ''}"
            print(f"{label:<28} {recall:8.3f}  {reciprocal:6.3f}")


def _ranks(
    items: Sequence[Item], loaded: Loaded, retriever: Retriever, expanded: bool
) -> list[int]:
    """The rank, from 1, of the first passage on a right page; 0 when there is none."""
    ranks = []
    for item in items:
        question = loaded.analyst.understand(item.question, item.history)
        more = question.expansion if expanded else ()
        hits = retriever.search(question.standalone, _DEPTH, more)
        right = (is_place(item, hit.passage.document, hit.passage.page) for hit in hits)
        ranks.append(next((n for n, found in enumerate(right, 1) if found), 0))
    return ranks


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [SETS / "corpus.reporting.jsonl"])
