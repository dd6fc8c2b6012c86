"""What each field of retrieval is worth alone, and fused: `python -m evals.fields [SET …]`.

On the index of the settings; the sets must be about its documents. A passage is right when it
stands on a page that answers the question. `--no-dictionary` leaves the synonym files out.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.neighbours import Neighbours
from assistant.question import Analyst, analyst_of
from assistant.retrieve import DENSE, WEIGHTS, Retriever
from assistant.settings import load_settings
from assistant.synonyms import Synonyms
from evals.beir import Run, per_query
from evals.questions import SETS, Item, read_set
from evals.scoring import is_place
from evals.statistics import paired_difference
from ingest.embedders import builtin, embedder_named
from ingest.index import Index, IndexFolder

_DEPTH = 10
_NONE = dict.fromkeys(WEIGHTS, 0.0)
_LEXICAL: Mapping[str, Mapping[str, float]] = {
    "stems": {**_NONE, "stems": 1.0},
    "grams": {**_NONE, "grams": 1.0},
    "parts": {**_NONE, "parts": 1.0},
    "all lexical": {**WEIGHTS, DENSE: 0.0},
}
_RUNS = {**_LEXICAL, "dense": {**_NONE, DENSE: 1.0}, "fused": WEIGHTS}


def main(paths: Sequence[Path], dictionary: bool) -> None:
    """Print the right page among the first four, MRR@10 and nDCG@10 for each run."""
    settings = load_settings()
    index = Index(IndexFolder(settings.index), embedder_named(settings.embedder))
    vocabulary = index.lexical.vocabulary
    analyst = (
        analyst_of(vocabulary)
        if dictionary
        else Analyst(vocabulary, Synonyms(()), Neighbours(vocabulary, builtin()))
    )
    items = [item for path in paths for item in read_set(path) if item.answerable]
    judged = {item.id: _right(item, index) for item in items}
    print(f"{len(items)} questions\n{'run':<14} page in 4  MRR@10  nDCG@10")
    ndcg = {}
    for name, weights in _RUNS.items():
        run = _run(items, analyst, Retriever(index, weights=weights))
        found = {m: per_query(m, judged, run) for m in ("Success@4", "RR@10", "nDCG@10")}
        ndcg[name] = found["nDCG@10"]
        print(f"{name:<14}" + "".join(f"{values.mean():9.3f}" for values in found.values()))
    best = max(_LEXICAL, key=lambda name: ndcg[name].mean())
    low, high = paired_difference(ndcg["fused"], ndcg[best])
    print(f"nDCG@10 of fused less {best}: 95 % interval [{low:+.3f}, {high:+.3f}]")


def _right(item: Item, index: Index) -> dict[str, int]:
    return {p.id: 1 for p in index.passages if is_place(item, p.document, p.page)}


def _run(items: Sequence[Item], analyst: Analyst, retriever: Retriever) -> Run:
    run: Run = {}
    for item in items:
        question = analyst.understand(item.question, item.history)
        hits = retriever.search(question.standalone, _DEPTH, question.expansion)
        run[item.id] = {hit.passage.id: float(_DEPTH - n) for n, hit in enumerate(hits)}
    return run


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m evals.fields", description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--no-dictionary", action="store_true")
    given = parser.parse_args()
    main(given.sets or [SETS / "corpus.reporting.jsonl"], not given.no_dictionary)
