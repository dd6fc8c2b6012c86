"""What is recorded of an answer, and of what each field of the search finds. Nothing is scored."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.models import Answer
from assistant.question import analyst_of
from assistant.retrieve import DENSE, NEAREST, WEIGHTS, fused, lexical_fields
from evals.answers import Cited, Found, Record, Said
from evals.corpora import Corpus
from evals.questions import Question
from ingest.lexical import Scores
from ingest.passages import Passage

FUSED = "fused"
DEPTH = 10  # passages of a ranking that are recorded


class Rankings:
    """The passages of a corpus as each field of the search ranks them, alone."""

    def __init__(self, corpus: Corpus) -> None:
        self._index = corpus.index
        self._analyst = analyst_of(self._index.lexical.vocabulary)
        self._place = {p.id: n for n, p in enumerate(self._index.passages)}
        entries = self._index.manifest.entries
        valid = {e.document.file for e in entries if e.document.valid_on(corpus.day)}
        self._in_force = np.array([p.document in valid for p in self._index.passages])

    def of(self, question: Question) -> dict[str, list[Passage]]:
        """The `DEPTH` best passages by each field, and by the lexical ones together."""
        asked = self._analyst.understand(question.question, question.history)
        fields = lexical_fields(self._index.lexical, asked.standalone, asked.expansion)
        together = fused(fields, WEIGHTS)
        if self._index.has_meaning:
            fields[DENSE] = self._dense(asked.standalone)
        return {n: self._best(s) for n, s in {**fields, "lexical": together}.items()}

    def _dense(self, text: str) -> Scores:
        scores = np.zeros(len(self._place), dtype=np.float32)
        for key, similarity in self._index.nearest(text, NEAREST).items():
            scores[self._place[key]] = max(0.0, similarity)
        return scores

    def _best(self, scores: Scores) -> list[Passage]:
        kept = np.where(self._in_force, scores, 0.0)
        best = np.argsort(-kept, kind="stable")[:DEPTH]
        return [self._index.passages[n] for n in best if kept[n] > 0]


def record_of(
    question: Question, answer: Answer, rankings: Mapping[str, Sequence[Passage]]
) -> Record:
    """What is kept of `answer`, and of the rankings by each field."""
    context = [hit.passage for hit in answer.trace.hits]
    runs = {**rankings, FUSED: context[:DEPTH]}
    passages = {p.id: p for run in (context, *runs.values()) for p in run}
    model = answer.trace.model
    return Record(
        id=question.id,
        corpus=question.corpus,
        question=question.question,
        status=answer.status,
        verdict=answer.verdict,
        text=answer.text,
        claims=tuple(Said(text=c.text, citations=c.citations) for c in answer.claims),
        citations=tuple(
            Cited(number=c.number, document=c.document, page=c.page, quote=c.quote)
            for c in answer.citations
        ),
        engine=answer.engine,
        context=tuple(p.id for p in context),
        fields={name: tuple(p.id for p in run) for name, run in runs.items()},
        passages={
            key: Found(document=p.document, page=p.page, text=p.text)
            for key, p in sorted(passages.items())
        },
        chance=answer.trace.evidence.get("probability"),
        tokens_in=model.tokens_in if model else 0,
        tokens_out=model.tokens_out if model else 0,
        timings_ms=answer.timings_ms,
    )
