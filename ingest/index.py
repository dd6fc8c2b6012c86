"""The index on disk: a manifest that names the generation in force, and the generations.

INDEX/manifest.json              what is live; replaced in one step, so a crash leaves the last
INDEX/generations/ID/            passages.jsonl, lexical/, rules.json, chroma/: never changed once
                                 live
INDEX/files/SHA256.pdf           the PDFs as they were when they were read
INDEX/lock                       held by the one process that writes
"""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from ingest.embedders import Embedder
from ingest.errors import IndexBroken, IndexBusy, IndexMissing
from ingest.lexical import LexicalIndex
from ingest.passages import Passage
from ingest.register import Document
from ingest.rules.book import FILE as RULES
from ingest.rules.book import RuleBook
from ingest.vectors import is_sound

FORMAT = 10  # raise it when what is written changes: older indexes are then built anew
State = Literal["ready", "missing", "empty", "building"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the index: its row in the register, and what was read of it; `title` is the
    one that the PDF gives itself.
    """

    document: Document
    sha256: str
    pages: int
    passages: int
    title: str
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return {
            "document": self.document.to_json(),
            "sha256": self.sha256,
            "pages": self.pages,
            "passages": self.passages,
            "title": self.title,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is live. `rejected` maps the SHA-256 of files that cannot be read to the reason;
    `lexicon` is the fingerprint of the one that the rules were read by.
    """

    generation: str
    embedder: str
    created: str
    entries: tuple[Entry, ...]
    rejected: dict[str, str]
    lexicon: str = ""

    def entry(self, file: str) -> Entry | None:
        """The entry of the document called `file`."""
        return next((e for e in self.entries if e.document.file == file), None)

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return {
            "format": FORMAT,
            "generation": self.generation,
            "embedder": self.embedder,
            "created": self.created,
            "documents": [entry.to_json() for entry in self.entries],
            "rejected": self.rejected,
            "lexicon": self.lexicon,
        }


class IndexFolder:
    """The folder that holds an index; knows where everything is and what is live."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def manifest_path(self) -> Path:
        """The file that names what is live."""
        return self.root / "manifest.json"

    def generation(self, name: str) -> Path:
        """The folder of one generation."""
        return self.root / "generations" / name

    def pdf(self, sha256: str) -> Path:
        """The PDF with this digest, as it was read."""
        return self.root / "files" / f"{sha256}.pdf"

    def manifest(self) -> Manifest:
        """What is live.

        Raises:
            IndexMissing: nothing has been written here.
            IndexBroken: the manifest cannot be read, or another version of Må vi? wrote it.
        """
        try:
            data = json.loads(self.manifest_path.read_text(encoding="utf-8"))
            if data["format"] != FORMAT:
                raise IndexBroken(
                    f"{self.root}: indekset er skrevet af en anden version. Kør `maavi ingest`."
                )
            return _manifest(data)
        except FileNotFoundError as error:
            raise IndexMissing(
                f"{self.root}: her er ikke noget indeks. Kør `maavi ingest`."
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBroken(
                f"{self.manifest_path}: kan ikke læses ({type(error).__name__}). "
                "Kør `maavi ingest` for at bygge indekset igen."
            ) from error

    def stamp(self) -> tuple[int, int]:
        """Changes when another generation comes into force; (0, 0) when there is none."""
        try:
            stat = self.manifest_path.stat()
        except OSError:
            return (0, 0)
        return (stat.st_mtime_ns, stat.st_ino)

    def state(self) -> State:
        """Whether there is something to answer from, and if not, whether it is on its way."""
        try:
            if any(entry.passages for entry in self.manifest().entries):
                return "ready"
            found: State = "empty"
        except (IndexMissing, IndexBroken):
            found = "missing"
        return "building" if self.being_written() else found

    def being_written(self) -> bool:
        """Whether a process holds the write lock now."""
        path = self.root / "lock"
        if not path.exists():
            return False
        try:
            with FileLock(path, timeout=0):
                return False
        except Timeout:
            return True

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Hold the index for writing.

        Raises:
            IndexBusy: another process does.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / "lock", timeout=1)
        try:
            lock.acquire()
        except Timeout as error:
            raise IndexBusy(
                f"{self.root}: en anden `maavi ingest` er i gang. Vent, til den er færdig."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def publish(self, manifest: Manifest) -> None:
        """Bring `manifest` into force, in one step."""
        fresh = self.manifest_path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(manifest.to_json(), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.manifest_path)

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether the live generation has all its parts and passages; they are not looked into."""
        folder = self.generation(manifest.generation)
        count = sum(entry.passages for entry in manifest.entries)
        return (
            (folder / "lexical" / "vocabulary.json").exists()
            and (folder / RULES).exists()
            and len(read_passages(folder)) == count
            and is_sound(folder / "chroma")
        )

    def prune(self, live: Manifest | None) -> None:
        """Remove generations but the live one and the one before it (readers may be in it), PDFs
        that neither of them shows, and what a crash has left behind.
        """
        keep = [live.generation, self._before(live.generation)] if live else []
        shown = {f"{sha256}.pdf" for generation in keep for sha256 in self._shown_by(generation)}
        for folder in (self.root / "generations").glob("*"):
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)
        for path in (self.root / "files").glob("*"):
            if path.name not in shown:
                path.unlink(missing_ok=True)

    def _before(self, generation: str) -> str:
        """The newest generation older than this one, by name; "" if there is none."""
        names = (folder.name for folder in (self.root / "generations").glob("*"))
        return max((name for name in names if name < generation), default="")

    def _shown_by(self, generation: str) -> set[str]:
        path = self.generation(generation) / "shown.json"
        return set(json.loads(path.read_text())) if generation and path.exists() else set()


class Index:
    """A generation opened for reading; it stays as it is when another comes into force."""

    def __init__(self, folder: IndexFolder, embedder: Embedder) -> None:
        self._folder = folder
        self._embedder = embedder
        self._vectors: Any = None
        self._opening = threading.Lock()  # Chroma opened in two threads at once is half made in one
        self.stamp = folder.stamp()
        self.manifest = folder.manifest()
        path = folder.generation(self.manifest.generation)
        try:
            self.passages = read_passages(path)
            self.lexical = LexicalIndex.load(path / "lexical")
            self.rules = RuleBook.load(path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBroken(
                f"{path}: indekset er beskadiget ({type(error).__name__}). "
                f"Slet {folder.root} og kør `maavi ingest`."
            ) from error

    @property
    def has_meaning(self) -> bool:
        """Whether the dense field can be asked: the embedder is the one that wrote it."""
        return self._embedder.fingerprint == self.manifest.embedder

    def nearest(self, question: str, k: int) -> dict[str, float]:
        """Cosine similarity of the `k` passages nearest in meaning, by id."""
        from ingest.vectors import Vectors

        with self._opening:
            if self._vectors is None:
                path = self._folder.generation(self.manifest.generation) / "chroma"
                self._vectors = Vectors(path, self._embedder)
        found: dict[str, float] = self._vectors.search(question, k)
        return found

    def pdf(self, file: str) -> Path | None:
        """The PDF called `file` in the register, as it was read."""
        entry = self.manifest.entry(file)
        path = self._folder.pdf(entry.sha256) if entry else None
        return path if path and path.exists() else None


def read_passages(generation: Path) -> list[Passage]:
    """The passages of a generation, in the order of the register and of reading."""
    with (generation / "passages.jsonl").open(encoding="utf-8") as file:
        return [Passage.from_json(json.loads(line)) for line in file]


def write_passages(generation: Path, passages: list[Passage]) -> None:
    """The inverse of `read_passages`."""
    with (generation / "passages.jsonl").open("w", encoding="utf-8") as file:
        for passage in passages:
            file.write(json.dumps(passage.to_json(), ensure_ascii=False) + "\n")


def _manifest(data: dict[str, Any]) -> Manifest:
    entries = tuple(
        Entry(**{**row, "document": Document.from_json(row["document"])})
        for row in data["documents"]
    )
    return Manifest(
        data["generation"],
        data["embedder"],
        data["created"],
        entries,
        data["rejected"],
        data["lexicon"],
    )
