"""What can go wrong on the way from PDFs to an index.

IngestError
├── CorpusError      the folder or its register cannot be used: nothing is ingested
├── IndexMissing     there is no index at the place named
├── IndexBroken      there is one, but it cannot be read
├── IndexBusy        another process is writing it
├── EmbedderError    the embedder named in the settings cannot be loaded or used
└── PdfRejected      one PDF cannot be used; the others go in

Every message says what happened, to which file or value, and what to do.
"""


class IngestError(Exception):
    """Base of everything that `ingest` raises on purpose."""


class CorpusError(IngestError):
    """The corpus folder or `documents.toml` is wrong."""


class IndexMissing(IngestError):
    """No index has been written where one was looked for."""


class IndexBroken(IngestError):
    """The index is there and cannot be read."""


class IndexBusy(IngestError):
    """Another process holds the index's write lock."""


class EmbedderError(IngestError):
    """The embedder cannot be loaded, or it returned what it should not."""


class PdfRejected(IngestError):
    """One PDF cannot be read; `str()` is the reason in one line.

    `passing` says that the next try may go better, so the verdict is not remembered.
    """

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing
