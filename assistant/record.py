"""An answer as it is kept: what was shown, and its trace, as JSON can hold them."""

from dataclasses import asdict
from typing import Any

from assistant.models import Answer, Hit

_LONGEST_PASSAGE = 600  # characters of a passage that the trace keeps


def answer_record(answer: Answer) -> dict[str, Any]:
    """The fields of `answer`; of each hit its place, its beginning and its scores."""
    record = asdict(answer)
    record["trace"]["hits"] = [_hit(hit) for hit in answer.trace.hits]
    return record


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": passage.document,
        "page": passage.page,
        "section": passage.section,
        "text": passage.text[:_LONGEST_PASSAGE],
        "score": round(hit.score, 4),
        "fields": {name: round(score, 4) for name, score in hit.fields.items()},
    }
