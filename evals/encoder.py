"""How good and how quick the built-in encoder is: `python -m evals.encoder DATA`.

DATA is the folder with the files that it was trained on; only its dev files are measured on, with
the texts of the train file as what must not be found.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.beir import FUSED, RetrievalSet, Searcher, per_query
from evals.statistics import paired_difference
from ingest.embedders import builtin
from ingest.encoder.texts import read_pairs, read_sections

_QUERIES = 1_000  # of the headings, chosen at random: a run over all takes ten minutes
_WORDS = 100


def main(data: Path) -> None:
    """Print the figures of the decision page on the encoder."""
    own, same = first_of_pairs(data)
    print(f"English finds its Danish first: {own:.3f}, or another translation of it: {same:.3f}")
    found = heading_set(data)
    searcher = Searcher(found, builtin())
    scores = {
        name: per_query("nDCG@10", found.judgements, run) for name, run in searcher.runs().items()
    }
    for name, values in scores.items():
        print(f"headings, nDCG@10, {name:<8} {values.mean():.3f}")
    best = max((n for n in scores if n not in (FUSED, "dense")), key=lambda n: scores[n].mean())
    low, high = paired_difference(scores[FUSED], scores[best])
    print(f"fused less {best}: 95 % interval [{low:+.3f}, {high:+.3f}]")
    print(f"passages of {_WORDS} words a second: {speed(data):.0f}")


def first_of_pairs(data: Path) -> tuple[float, float]:
    """Share of the English sentences whose nearest Danish one is their own; and with those counted
    too whose nearest belongs to the same English sentence, translated twice in the file.
    """
    pairs = read_pairs(data / "parallel-da-en.dev.jsonl.gz")
    english, danish = (builtin().vectors([getattr(p, s) for p in pairs]) for s in ("en", "da"))
    found = [pairs[n] for n in (english @ danish.T).argmax(axis=1)]
    own = [one.da == pair.da for one, pair in zip(found, pairs, strict=True)]
    same = [one.en == pair.en for one, pair in zip(found, pairs, strict=True)]
    return float(np.mean(own)), float(np.mean(np.logical_or(own, same)))


def heading_set(data: Path) -> RetrievalSet:
    """Headings that shall find their text, also where it stands more than once."""
    asked = read_sections(data / "headings-da.dev.jsonl.gz")
    texts = [s.text for s in (*asked, *read_sections(data / "headings-da.train.jsonl.gz"))]
    ids = {text: str(n) for n, text in enumerate(dict.fromkeys(texts))}
    chosen = np.random.default_rng(1).permutation(len(asked))[:_QUERIES]
    queries = {str(n): asked[n].heading for n in chosen}
    right = {str(n): {ids[asked[n].text]: 1} for n in chosen}
    return RetrievalSet("headings-da.dev", {key: t for t, key in ids.items()}, queries, right)


def speed(data: Path) -> float:
    """Passages of 100 words that are encoded in a second."""
    words = " ".join(s.text for s in read_sections(data / "headings-da.dev.jsonl.gz")).split()
    passages = [" ".join(words[at : at + _WORDS]) for at in range(0, 300_000, _WORDS)]
    builtin().vectors(passages[:10])
    started = time.perf_counter()
    builtin().vectors(passages)
    return len(passages) / (time.perf_counter() - started)


def _data(words: Sequence[str]) -> Path:
    if len(words) != 1:
        raise SystemExit(__doc__)
    return Path(words[0])


if __name__ == "__main__":
    main(_data(sys.argv[1:]))
