"""What `maavi doctor` looks at in the documents: the folder, the register, the index."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from assistant.commands.changes import changes
from assistant.commands.checks import Check, bad, good, odd
from assistant.commands.output import counted, printable
from assistant.settings import Settings
from ingest.embedders import Embedder, embedder_named
from ingest.errors import CorpusError, EmbedderError, IngestError
from ingest.index import FORMAT, Index, IndexFolder, Manifest
from ingest.register import REGISTER, Document, pdf_names, read_register

_INGEST = "Kør `maavi ingest`."
_MOST_NAMES = 5


def all_of(settings: Settings) -> Iterator[Check]:
    """The folder, the index, and how they fit together."""
    documents: list[Document] | None = None
    try:
        documents = read_register(settings.corpus)
        yield from _folder(settings, documents)
    except CorpusError as error:
        yield bad(str(error), "Sæt MAAVI_CORPUS til mappen med PDF'er, eller ret registret.")
    embedder = embedder_named(settings.embedder)
    index = IndexFolder(settings.index)
    try:
        manifest = Index(index, embedder).manifest
    except IngestError as error:
        yield from _no_index(index, error)
        return
    yield from _index(index, manifest)
    if documents is not None:
        yield _up_to_date(settings, documents, manifest)
    yield _embedder(embedder, settings.embedder, manifest)
    if manifest.entries:
        yield from _dates([entry.document for entry in manifest.entries], date.today())


def _folder(settings: Settings, documents: Sequence[Document]) -> Iterator[Check]:
    pdfs = pdf_names(settings.corpus)
    if not pdfs:
        yield odd(f"{settings.corpus}: her er ingen PDF'er", f"Læg PDF'er i mappen. {_INGEST}")
        return
    files = counted(len(pdfs), "PDF", "PDF'er")
    if (settings.corpus / REGISTER).exists():
        yield good(f"{settings.corpus}: {files}, {len(documents)} i {REGISTER}")
    else:
        yield good(f"{settings.corpus}: {files}, intet {REGISTER}")


def _no_index(index: IndexFolder, error: IngestError) -> Iterator[Check]:
    if index.being_written():
        yield odd(f"{index.root}: indekset er ved at blive bygget", "Vent, til det er færdigt.")
    else:
        yield bad(str(error))


def _index(index: IndexFolder, manifest: Manifest) -> Iterator[Check]:
    passages = sum(entry.passages for entry in manifest.entries)
    if not passages:
        yield bad(f"{index.root}: indekset er tomt", f"Læg PDF'er i mappen. {_INGEST}")
        return
    created = datetime.fromisoformat(manifest.created).astimezone()
    documents = counted(len(manifest.entries), "dokument", "dokumenter")
    yield good(
        f"{index.root}: {documents}, {counted(passages, 'afsnit', 'afsnit')}, lavet "
        f"{created:%d.%m.%Y kl. %H.%M} (generation {manifest.generation}, format {FORMAT})"
    )
    if index.being_written():
        yield odd("En `maavi ingest` er i gang", "Vent, til den er færdig.")


def _up_to_date(settings: Settings, documents: Sequence[Document], manifest: Manifest) -> Check:
    found = changes(settings.corpus, documents, manifest)
    parts = [f"{what}: {_names(files)}" for what, files in found.items() if files]
    if parts:
        return odd(
            f"Dokumenterne og indekset passer ikke sammen ({'; '.join(parts)})",
            f"{_INGEST} Den siger, hvad der er galt med dem, den ikke kan bruge.",
        )
    return good("Indekset svarer til mappen med dokumenter")


def _embedder(embedder: Embedder, name: str, manifest: Manifest) -> Check:
    try:
        embedder.embed_query("Må vi?")
    except EmbedderError as error:
        return bad(str(error), "Ret MAAVI_EMBEDDER, eller fjern den.")
    if embedder.fingerprint != manifest.embedder:
        return odd(
            f"MAAVI_EMBEDDER={name}: indekset er lavet med en anden, så der søges kun på ord",
            _INGEST,
        )
    return good(f"MAAVI_EMBEDDER={name} virker og er den, indekset er lavet med")


def _dates(documents: Sequence[Document], today: date) -> Iterator[Check]:
    expired = [d.file for d in documents if d.valid_until and d.valid_until < today]
    early = [d.file for d in documents if d.valid_from and d.valid_from > today]
    overdue = [d.file for d in documents if d.review_by and d.review_by < today]
    if expired:
        text = f"Udløbet, bruges ikke i svar: {_names(expired)}"
        yield odd(text, "Læg den nye udgave i mappen.")
    if early:
        yield odd(
            f"Gælder ikke endnu, bruges ikke i svar: {_names(early)}", "Vent, eller ret datoen."
        )
    if overdue:
        yield odd(
            f"Skulle have været gennemgået: {_names(overdue)}",
            f"Få ejeren til at gennemgå den, og ret review_by i {REGISTER}.",
        )
    if not (expired or early or overdue):
        yield good("Alle dokumenter gælder i dag, og ingen mangler at blive gennemgået")


def _names(files: Sequence[str]) -> str:
    shown = ", ".join(printable(file) for file in files[:_MOST_NAMES])
    left = len(files) - _MOST_NAMES
    return f"{shown} og {left} til" if left > 0 else shown
