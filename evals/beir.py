"""`maavi eval --beir`: a retrieval set in BEIR form (Thakur et al., 2021), scored per field and
fused as the chat does it.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UsageError
from assistant.question import analyst_of
from assistant.retrieve import DENSE, FAR, NEAREST, fused, lexical_fields
from evals.published import published
from ingest.embedders import Embedder
from ingest.lexical import LexicalIndex, Scores

FUSED = "fused"
_DEPTH = 100
_MEASURES = ("nDCG@10", "R@4", "R@10", "R@100", "RR@10")
_NAMES = dict(
    zip(_MEASURES, ("ndcg@10", "recall@4", "recall@10", "recall@100", "mrr@10"), strict=True)
)
_BATCH = 1_000
_COLUMNS = 3

Judgements = Mapping[str, Mapping[str, int]]  # query id -> passage id -> grade
Run = dict[str, dict[str, float]]  # query id -> passage id -> score


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str = Field(alias="_id")
    text: str
    title: str = ""


@dataclass(frozen=True)
class RetrievalSet:
    """Passages and queries by id; `judgements` has the grade of each passage for each query."""

    folder: str
    passages: Mapping[str, str]
    queries: Mapping[str, str]
    judgements: Judgements


def read_set(folder: Path) -> RetrievalSet:
    """The set in `folder`; a passage's title stands before its text, and queries that nobody
    judged are left out.

    Raises:
        UsageError: a file is missing or a line does not fit; the message names both.
    """
    passages = {
        row.id: f"{row.title}\n{row.text}".strip() for row in _rows(folder / "corpus.jsonl")
    }
    judgements = _judgements(_qrels(folder))
    queries = {r.id: r.text for r in _rows(folder / "queries.jsonl") if r.id in judgements}
    if not passages or not queries:
        raise UsageError(f"{folder}: der er ingen tekster, eller ingen spørgsmål med en dom.")
    judged = {query: judgements[query] for query in queries}
    return RetrievalSet(str(folder), passages, queries, judged)


class Searcher:
    """Finds passages of a set, as `assistant.retrieve.Retriever` does those of an index."""

    def __init__(self, found: RetrievalSet, embedder: Embedder) -> None:
        self._set = found
        self._ids = tuple(found.passages)
        self._embedder = embedder
        self._lexical = LexicalIndex.build(tuple(found.passages.values()))
        self._analyst = analyst_of(self._lexical.vocabulary)

    def runs(self) -> dict[str, Run]:
        """The best passages of every query, by each field and fused."""
        found: dict[str, Run] = {}
        for key, query in self._set.queries.items():
            for name, scores in self._fields(query).items():
                found.setdefault(name, {})[key] = self._ranked(scores)
        return found

    def _fields(self, query: str) -> dict[str, Scores]:
        fields = lexical_fields(self._lexical, query)
        asked = lexical_fields(self._lexical, query, self._analyst.understand(query).expansion)
        fields[DENSE] = asked[DENSE] = self._dense(query)
        return {**fields, FUSED: fused(asked)}

    def _dense(self, query: str) -> Scores:
        similarity = self._vectors @ np.array(self._embedder.embed_query(query), dtype=np.float32)
        if len(similarity) > NEAREST:
            least = np.partition(similarity, -NEAREST)[-NEAREST]
            similarity[similarity < least] = 0.0
        scores: Scores = np.where(similarity >= FAR, similarity, 0.0)
        return scores

    @cached_property
    def _vectors(self) -> Scores:
        texts = list(self._set.passages.values())
        batches = (texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH))
        return np.concatenate(
            [np.array(self._embedder.embed_documents(b), dtype=np.float32) for b in batches]
        )

    def _ranked(self, scores: Scores) -> dict[str, float]:
        """The passages that score above 0, at most `_DEPTH`, with their places as scores: what
        ties are is decided here and not by who scores the run.
        """
        best = np.argsort(-scores, kind="stable")[:_DEPTH]
        return {self._ids[n]: float(_DEPTH - at) for at, n in enumerate(best) if scores[n] > 0}


def figures(found: RetrievalSet, run: Run) -> dict[str, float]:
    """The measures of one run, means over the queries; a query without passages counts 0."""
    import ir_measures

    measures = [ir_measures.parse_measure(name) for name in _MEASURES]
    result = ir_measures.calc_aggregate(measures, found.judgements, run)
    return {_NAMES[str(m)]: round(float(result[m]), 4) for m in measures}


def per_query(measure: str, judgements: Judgements, run: Run) -> "np.ndarray[Any, Any]":
    """A measure (as ir_measures names it) of each judged query, in their order."""
    import ir_measures

    wanted = ir_measures.parse_measure(measure)
    found = {m.query_id: m.value for m in ir_measures.iter_calc([wanted], judgements, run)}
    return np.array([found.get(query, 0.0) for query in judgements])


def score(folder: Path, embedder: Embedder) -> dict[str, Any]:
    """The object that `maavi eval --beir FOLDER --json` prints (docs/operator.md).

    Raises:
        UsageError: see `read_set`.
        EmbedderError: the embedder cannot be used.
    """
    started = time.perf_counter()
    found = read_set(folder)
    runs = Searcher(found, embedder).runs()
    known = published(folder.resolve().name, len(found.queries), len(found.passages))
    return {
        "folder": found.folder,
        "queries": len(found.queries),
        "passages": len(found.passages),
        "runs": {name: figures(found, run) for name, run in runs.items()},
        **({"published": known} if known else {}),
        "seconds": round(time.perf_counter() - started, 2),
    }


def run(folder: Path, embedder: Embedder, as_json: bool) -> int:
    """Score the set in `folder` and print the figures; returns the exit code 0."""
    result = score(folder, embedder)
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return 0
    print(f"{folder}: {result['queries']} queries, {result['passages']} passages")
    print(f"{'run':<8}" + "".join(f"{name:>12}" for name in _NAMES.values()))
    for name, measured in result["runs"].items():
        print(f"{name:<8}" + "".join(f"{value:>12.3f}" for value in measured.values()))
    for name, value in result.get("published", {}).items():
        print(f"publiceret af andre: {name} {value:.3f} (ndcg@10)")
    return 0


def _rows(path: Path) -> Iterator[_Row]:
    for number, line in _lines(path):
        try:
            yield _Row.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(map(str, fault["loc"])) or "linjen"
            raise UsageError(f"{path}, linje {number}: {place}: {fault['msg']}.") from error


def _qrels(folder: Path) -> Path:
    """`qrels.tsv`, or where BEIR itself puts the test half."""
    own = folder / "qrels.tsv"
    theirs = folder / "qrels" / "test.tsv"
    return theirs if theirs.exists() and not own.exists() else own


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split("\t")
        if number == 1 and columns[0] in ("query-id", "query_id"):
            continue
        if len(columns) != _COLUMNS or not columns[2].strip().lstrip("-").isdigit():
            raise UsageError(
                f"{path}, linje {number}: der skal stå query-id, corpus-id og et helt tal med "
                "tabulator imellem."
            )
        found.setdefault(columns[0], {})[columns[1]] = int(columns[2])
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise UsageError(
            f"{path}: filen mangler. Et sæt har corpus.jsonl, queries.jsonl og qrels.tsv."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: filen kan ikke læses som tekst i UTF-8.") from error
