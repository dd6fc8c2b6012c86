"""Which sentences may answer: what is weighed of the passages that were found."""

from datetime import date
from pathlib import Path

from assistant.evidence import weigh
from assistant.loaded import Loaded
from assistant.models import Hit
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from ingest.passages import Passage


def test_a_passage_without_a_sentence_of_its_own_answers_nothing(small_index: Path) -> None:
    """All of it may be the rest of a sentence that the page before breaks off."""
    index = Index(IndexFolder(small_index), embedder_named("builtin"))
    loaded = Loaded(index, date.today)
    document = next(iter(loaded.documents))
    text = "assistent bygges ikke lokalt."
    rest = Passage("id", document, 2, "2", (), text, 0, len(text), lead=len(text))
    question = loaded.analyst.understand("Må vi bygge en assistent?")
    assert weigh(question, [Hit(rest, 1.0, {})], loaded.documents) == []
