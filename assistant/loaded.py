"""An index opened for reading, with what is made of it once."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from assistant.errors import IndexUnusable
from assistant.evidence import Evidence
from assistant.models import Hit
from assistant.parts import ALL, Parts
from assistant.question import Question, analyst_of
from assistant.retrieve import Retriever
from assistant.verdicts.asked import Asked, Reader
from assistant.verdicts.judge import judge
from assistant.verdicts.judgement import Judgement
from assistant.verdicts.matching import Rules
from ingest.errors import IngestError
from ingest.index import Index

_MUNICIPALITY = re.compile(r"\b([A-ZÆØÅ]\w+) Kommune\b")


class Loaded:
    """An index with what is made of it once, as those see it from whom the files `hidden` are
    kept: nothing here has anything of these.
    """

    def __init__(
        self,
        index: Index,
        today: Callable[[], date] = date.today,
        hidden: frozenset[str] = frozenset(),
        parts: Parts = ALL,
    ) -> None:
        self.index = index
        self.retriever = Retriever(index, today, parts.weights, hidden=hidden)
        self.analyst = analyst_of(index.lexical.vocabulary, near=parts.encoder)
        entries = (e for e in index.manifest.entries if e.document.file not in hidden)
        self.entries = {e.document.file: e for e in entries}
        self.documents = {file: e.document for file, e in self.entries.items()}
        self.passages = [p for p in index.passages if p.document not in hidden]
        self.labels = {(p.document, p.page): p.page_label for p in self.passages}
        self.titles = {file: e.document.title or file for file, e in self.entries.items()}
        book = index.rules.without(hidden)
        self.reader = Reader(book.lexicon, self.analyst)
        self.rules = Rules(book, self.passages, self.documents, index.lexical.vocabulary)
        self.today = today
        texts = (*self.titles.values(), *(p.text for p in self.passages))
        # "Holmlev", in lower case, of "Holmlev Kommune"
        self.municipalities = frozenset(
            m.group(1).lower() for text in texts for m in _MUNICIPALITY.finditer(text)
        )

    def judge(self, asked: Asked, evidence: Sequence[Evidence]) -> Judgement:
        """The verdict on `asked` by the documents in force today; `evidence` is what the search
        gave.
        """
        files = (f for f, d in self.documents.items() if d.valid_on(self.today()))
        return judge(asked, self.rules, frozenset(files), places_of(evidence))

    def search(
        self,
        question: Question,
        k: int,
        files: frozenset[str] | None = None,
        *,
        whenever: bool = False,
    ) -> list[Hit]:
        """The `k` passages of documents in force, or `whenever`, that match best; of `files` alone,
        where they are given.

        Raises:
            IndexUnusable: the embedder that wrote the vectors fails now.
        """
        try:
            return self.retriever.search(
                question.standalone, k, question.expansion, files, whenever=whenever
            )
        except IngestError as error:
            raise IndexUnusable(str(error)) from error


def places_of(evidence: Sequence[Evidence]) -> dict[tuple[str, int], tuple[float, float]]:
    """Where each sentence came in the search, by passage and number."""
    return {(e.hit.passage.id, e.sentence.number): (e.chance, e.hit.fused) for e in evidence}
