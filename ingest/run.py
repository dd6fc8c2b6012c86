"""`maavi ingest`: bring the index into line with a folder of PDFs, at the least cost."""

import json
import shutil
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ingest.embedders import Embedder
from ingest.errors import IndexBroken, IndexMissing, PdfRejected
from ingest.files import check_content, check_file, digest, encodable, one_line
from ingest.index import Entry, IndexFolder, Manifest, read_passages, write_passages
from ingest.lexical import LexicalIndex
from ingest.passages import Passage
from ingest.reader import PdfReader
from ingest.register import REGISTER, Document, pdf_names, read_register
from ingest.rules.book import RuleBook, lexicon_fingerprint

if TYPE_CHECKING:
    from ingest.vectors import Vectors

Outcome = Literal["added", "updated", "unchanged", "removed", "rejected"]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document; `reason` says why it was rejected, or what is odd about it."""

    document: str
    status: Outcome
    pages: int = 0
    passages: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, document by document."""

    documents: tuple[DocumentReport, ...]
    passages: int
    seconds: float
    rebuilt: str = ""

    @property
    def rejected(self) -> bool:
        """Whether any document was."""
        return any(d.status == "rejected" for d in self.documents)


class Progress:
    """Told how far an ingest is; the base does nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` steps when known."""

    def step(self, count: int = 1) -> None:
        """`count` more steps are done."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A document that can be read, with the digest of its file."""

    document: Document
    path: Path
    sha256: str


class Ingest:
    """One run of `maavi ingest`."""

    def __init__(
        self,
        corpus: Path,
        folder: IndexFolder,
        embedder: Embedder,
        progress: Progress,
        patience: float,
    ) -> None:
        self._corpus = corpus
        self._folder = folder
        self._embedder = embedder
        self._progress = progress
        self._patience = patience
        self._reports: dict[str, DocumentReport] = {}
        self._rejected: dict[str, str] = {}

    def run(self) -> Report:
        """Read what is new, take over what is not, and bring the result into force."""
        started = time.monotonic()
        documents = read_register(self._corpus)
        with self._folder.write_lock():
            before, why = self._before()
            if before or not why:
                self._folder.prune(before)
            sources = self._sources(documents, before)
            entries, fresh = self._entries(sources, before)
            self._report_removed(entries, before)
            manifest = self._manifest(entries)
            if before is None or not _same(before, manifest):
                manifest = self._write(manifest, fresh, before)
        return Report(
            self._in_order(documents),
            sum(entry.passages for entry in manifest.entries),
            round(time.monotonic() - started, 3),
            why,
        )

    def _in_order(self, documents: Sequence[Document]) -> tuple[DocumentReport, ...]:
        """The reports in the register's order, then what is not, or no longer, in it."""
        place = {document.file: n for n, document in enumerate(documents)}
        return tuple(
            sorted(
                self._reports.values(),
                key=lambda r: (place.get(r.document, len(place)), r.document),
            )
        )

    def _before(self) -> tuple[Manifest | None, str]:
        """What is live, if any of it can be kept, and otherwise why not."""
        try:
            before = self._folder.manifest()
            whole = self._folder.is_whole(before)
        except IndexMissing:
            return None, ""
        except (IndexBroken, OSError, ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            return None, "indekset kunne ikke læses og bygges forfra"
        if before.embedder != self._embedder.fingerprint:
            return before, "embedderen er skiftet, så alle vektorer laves igen"
        return before, ""

    def _sources(self, documents: Sequence[Document], before: Manifest | None) -> list[_Source]:
        """The documents whose files are PDFs; the others are reported as rejected."""
        known = before.rejected if before else {}
        sources = []
        for document in documents:
            path = self._corpus / document.file
            try:
                check_file(path, self._corpus)
                sha256 = digest(path)
                if sha256 in known:
                    self._rejected[sha256] = known[sha256]
                    raise PdfRejected(known[sha256])
                check_content(path)
            except PdfRejected as rejected:
                self._reject(document.file, str(rejected))
            except PermissionError:
                self._reject(document.file, "kan ikke åbnes: adgang nægtet; giv læseret til filen")
            except OSError as error:
                self._reject(document.file, f"kan ikke læses fra disken ({error.strerror})")
            else:
                sources.append(_Source(document, path, sha256))
        self._report_unlisted({document.file for document in documents})
        return sources

    def _report_unlisted(self, listed: set[str]) -> None:
        for name in pdf_names(self._corpus):
            if name not in listed:
                self._reject(
                    name, f'står ikke i {REGISTER}; tilføj [[document]] med file = "{name}"'
                )

    def _reject(self, file: str, reason: str) -> None:
        name = encodable(file)
        self._reports[name] = DocumentReport(name, "rejected", reason=one_line(reason))

    def _entries(
        self, sources: Sequence[_Source], before: Manifest | None
    ) -> tuple[list[Entry], dict[str, list[Passage]]]:
        """An entry for each source, and the passages of those that had to be read."""
        entries: list[Entry] = []
        fresh: dict[str, list[Passage]] = {}
        changed = [s for s in sources if not _kept(s, before)]
        if changed:
            self._embedder.embed_query("")  # a model that cannot be had is told before the reading
        self._progress.start("Læser PDF'er", len(changed))
        with PdfReader(self._patience) as reader:
            for source in sources:
                old = before.entry(source.document.file) if before else None
                if old and old.sha256 == source.sha256:
                    entries.append(self._taken_over(source, old))
                elif (entry := self._read(reader, source, fresh, old)) is not None:
                    entries.append(entry)
        return entries, fresh

    def _taken_over(self, source: _Source, old: Entry) -> Entry:
        document = source.document.titled(old.title)
        status: Outcome = "unchanged" if document == old.document else "updated"
        self._reports[document.file] = DocumentReport(
            document.file, status, old.pages, old.passages, old.note
        )
        return replace(old, document=document)

    def _read(
        self,
        reader: PdfReader,
        source: _Source,
        fresh: dict[str, list[Passage]],
        old: Entry | None,
    ) -> Entry | None:
        from ingest.cutting import cut_passages  # its imports are dear, and often not needed
        from ingest.layout import lay_out, printed_title

        file = source.document.file
        try:
            raw = reader.read(source.path)
            pages = lay_out(raw.pages)
            passages = cut_passages(file, pages)
            if not passages:
                raise PdfRejected("har ingen tekst; er den scannet, så lad et OCR-program læse den")
        except PdfRejected as rejected:
            self._reject(file, str(rejected))
            if not rejected.passing:
                self._rejected[source.sha256] = str(rejected)
            return None
        finally:
            self._progress.step()
        title = raw.title or printed_title(raw.pages) or Path(file).stem
        note = _without_text([page.number for page in pages if not page.text.strip()])
        self._store_file(source)
        fresh[file] = passages
        status: Outcome = "updated" if old else "added"
        self._reports[file] = DocumentReport(file, status, len(pages), len(passages), note)
        return Entry(
            document=source.document.titled(title),
            sha256=source.sha256,
            pages=len(pages),
            passages=len(passages),
            title=title,
            note=note,
        )

    def _store_file(self, source: _Source) -> None:
        target = self._folder.pdf(source.sha256)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        shutil.copyfile(source.path, part)
        part.replace(target)

    def _report_removed(self, entries: Sequence[Entry], before: Manifest | None) -> None:
        here = {entry.document.file for entry in entries}
        for old in before.entries if before else ():
            file = old.document.file
            if file not in here and file not in self._reports:
                self._reports[file] = DocumentReport(file, "removed")

    def _manifest(self, entries: Sequence[Entry]) -> Manifest:
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
        return Manifest(
            name,
            self._embedder.fingerprint,
            now.isoformat(timespec="seconds"),
            tuple(entries),
            self._rejected,
            lexicon_fingerprint(self._corpus),
        )

    def _write(
        self, manifest: Manifest, fresh: dict[str, list[Passage]], before: Manifest | None
    ) -> Manifest:
        """Write a generation beside the live one, then bring it into force."""
        folder = self._folder.generation(manifest.generation)
        folder.mkdir(parents=True)
        passages = self._passages(manifest, fresh, before)
        write_passages(folder, passages)
        shown = json.dumps([entry.sha256 for entry in manifest.entries])
        (folder / "shown.json").write_text(shown)
        self._write_lexical(folder, passages)
        RuleBook.read_from(passages, self._corpus).save(folder)
        self._write_vectors(folder, passages, before)
        self._folder.publish(manifest)
        self._folder.prune(manifest)
        return manifest

    def _passages(
        self, manifest: Manifest, fresh: dict[str, list[Passage]], before: Manifest | None
    ) -> list[Passage]:
        kept: dict[str, list[Passage]] = {}
        if before:
            for passage in read_passages(self._folder.generation(before.generation)):
                kept.setdefault(passage.document, []).append(passage)
        files = [entry.document.file for entry in manifest.entries]
        return [p for file in files for p in fresh.get(file) or kept.get(file, [])]

    def _write_lexical(self, folder: Path, passages: Sequence[Passage]) -> None:
        from ingest.vectors import indexed_text

        self._progress.start("Bygger ordindeks", None)
        LexicalIndex.build([indexed_text(p) for p in passages]).save(folder / "lexical")

    def _write_vectors(
        self, folder: Path, passages: Sequence[Passage], before: Manifest | None
    ) -> None:
        """Vectors of the passages that are new; the others come along with the old folder."""
        vectors = self._vectors(folder, before)
        kept = vectors.ids()
        wanted = {p.id for p in passages}
        vectors.remove(sorted(kept - wanted))
        new = [p for p in passages if p.id not in kept]
        self._progress.start("Gemmer afsnit i Chroma", len(new))
        for count in vectors.add(new):
            self._progress.step(count)

    def _vectors(self, folder: Path, before: Manifest | None) -> "Vectors":
        """The collection of a new generation, with what the one before it holds."""
        from ingest.vectors import Vectors

        if before and before.embedder == self._embedder.fingerprint:
            shutil.copytree(
                self._folder.generation(before.generation) / "chroma", folder / "chroma"
            )
        return Vectors(folder / "chroma", self._embedder)


def ingest_corpus(
    corpus: Path,
    index: Path,
    embedder: Embedder,
    progress: Progress | None = None,
    patience: float = 20.0,
) -> Report:
    """Bring the index in the folder `index` into line with the PDFs of the folder `corpus`.

    `patience` is how many seconds a PDF may take to its next page before it is given up.

    Raises:
        CorpusError: the folder or its register is wrong.
        IndexBusy: another process is writing the index.
        EmbedderError: the embedder cannot be had.
    """
    return Ingest(corpus, IndexFolder(index), embedder, progress or Progress(), patience).run()


def _kept(source: _Source, before: Manifest | None) -> bool:
    old = before.entry(source.document.file) if before else None
    return bool(old and old.sha256 == source.sha256)


def _same(before: Manifest, after: Manifest) -> bool:
    return replace(before, generation="", created="") == replace(after, generation="", created="")


def _without_text(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    listed = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"side {listed} har ingen tekst (scannet?) og kan ikke findes i svar"
