"""The documents that questions are asked of: named corpora, with an index of each built once.

An index is kept under the digest of what it is made of, the documents and the code that reads them,
so that a change of either builds it anew and nothing else does.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from filelock import FileLock

from assistant.errors import UsageError
from assistant.settings import Settings, load_settings
from evals import policies
from evals.policies import POLICIES
from evals.questions import Gold
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from ingest.passages import Passage
from ingest.run import ingest_corpus
from ingest.text import normalise

DAY = date(2026, 11, 25)  # the day that the questions on the named corpora were written for
HOME = Path(__file__).resolve().parents[1]
MUNICIPALITIES = HOME / "evals" / "municipalities"
CACHE = HOME / ".maavi" / "eval"
SAMPLE = "sample"


def corpus_folder(name: str) -> Path:
    """Where the documents of a named corpus are; those of a small policy are typeset first.

    Raises:
        UsageError: there is no such corpus.
    """
    folder = HOME / "corpus" if name == SAMPLE else MUNICIPALITIES / name
    policy = next(POLICIES.glob(f"*/{name}.md"), None) if re.fullmatch(r"[a-z]+", name) else None
    if policy and not folder.is_dir():
        return _typeset(policy)
    if not re.fullmatch(r"[a-z]+", name) or not folder.is_dir():
        raise UsageError(f'corpus "{name}" kendes ikke; se evals/questions/README.md.')
    return folder


def _typeset(policy: Path) -> Path:
    digest = hashlib.sha256(policy.read_bytes() + Path(policies.__file__).read_bytes())
    folder = CACHE / "policies" / f"{policy.stem}-{digest.hexdigest()[:12]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            part = folder.with_suffix(".del")
            policies.typeset(policy, part)
            part.rename(folder)
    return folder


@dataclass(frozen=True)
class Corpus:
    """An index with the words of its passages; `day` is when the questions are asked."""

    name: str
    settings: Settings
    day: date

    @cached_property
    def index(self) -> Index:
        """The index, opened."""
        folder = IndexFolder(self.settings.index)
        return Index(folder, embedder_named(self.settings.embedder))

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """All passages by id."""
        return {p.id: p for p in self.index.passages}

    @cached_property
    def pages(self) -> dict[tuple[str, int], str]:
        """The letters of every page of every document that has text."""
        found: dict[tuple[str, int], str] = {}
        for p in self.index.passages:
            found[p.document, p.page] = found.get((p.document, p.page), "") + letters_of(p)
        return found

    @property
    def fingerprint(self) -> str:
        """Changes when the passages do."""
        text = "\n".join(f"{p.id} {p.text}" for p in self.index.passages)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def pages_with(self, gold: Gold) -> set[tuple[str, int]]:
        """The pages that `gold` points at."""
        files = {p.document for p in self.index.passages if gold.document in ("", p.document)}
        if gold.page is not None:
            return {(file, gold.page) for file in files}
        wanted = letters(gold.quote)
        return {place for place, text in self.pages.items() if place[0] in files and wanted in text}

    def holding(self, gold: Gold) -> list[Passage]:
        """The passages that have the quote of `gold`; of a page without a quote, all of it."""
        return [p for p in self.index.passages if is_in(gold, p)]


def is_in(gold: Gold, passage: Passage) -> bool:
    """Whether `passage` has what `gold` points at."""
    if gold.document not in ("", passage.document):
        return False
    if not gold.quote:
        return gold.page == passage.page
    return letters(gold.quote) in letters_of(passage)


@lru_cache(maxsize=20_000)
def letters_of(passage: Passage) -> str:
    """The letters of all that the passage shows: its text, rows as they stand, and its tail."""
    rows = "".join(f"{reads}{stands}" for reads, stands in passage.rows)
    return letters(f"{passage.text} {passage.tail}") + letters(rows)


@lru_cache(maxsize=20_000)
def letters(text: str) -> str:
    """`text` without spaces, hyphens and case, so that a word cut at a line's end is the same."""
    return re.sub(r"[\s-]+", "", normalise(text)).lower()


def named(name: str, settings: Settings) -> Corpus:
    """The corpus called `name`, its index built unless it is there; other settings are taken over.

    Raises:
        UsageError: there is no such corpus.
    """
    folder = corpus_folder(name)
    index = CACHE / f"{name}-{content_digest([folder], settings.embedder)}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{index}.lock"):  # another run may be building it now
        if not IndexFolder(index).manifest_path.exists():
            ingest_corpus(folder, index, embedder_named(settings.embedder))
    return Corpus(name, at(settings, index), DAY)


def at(settings: Settings, index: Path) -> Settings:
    """The same settings, of another index."""
    return load_settings(**{**settings.model_dump(), "index": index})


def content_digest(folders: Iterable[Path], embedder: str) -> str:
    """Changes when a document in `folders`, its register, or the code that reads it does."""
    digest = hashlib.sha256(embedder.encode())
    code = [p for p in (HOME / "ingest").rglob("*") if p.suffix in (".py", ".toml", ".safetensors")]
    documents = [p for f in folders for p in f.iterdir() if p.suffix in (".pdf", ".toml")]
    for path in (*sorted(documents), *sorted(code)):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
