"""Corpora changed on purpose, for the robustness pairs (Chen et al., 2024, RGB): others' documents
added, the gold passages taken away, an outdated version added. Each is built once and kept.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from assistant.settings import Settings
from evals.corpora import (
    CACHE,
    DAY,
    HOME,
    MUNICIPALITIES,
    SAMPLE,
    Corpus,
    at,
    content_digest,
    corpus_folder,
    is_in,
    named,
)
from evals.questions import Gold, Question
from ingest.embedders import embedder_named
from ingest.index import IndexFolder, Manifest, write_passages
from ingest.lexical import LexicalIndex
from ingest.passages import Passage
from ingest.register import REGISTER
from ingest.rules.book import RuleBook
from ingest.run import ingest_corpus
from ingest.vectors import Vectors, indexed_text

Change = Literal["distractors", "withheld", "outdated"]
CHANGES: tuple[Change, ...] = get_args(Change)
DISTRACTORS = ("ladby", "nordkaer", "vestbjerg")  # other municipalities' rules: near, and no answer
OUTDATED = HOME / "evals" / "outdated"


def variant(change: Change, questions: Sequence[Question], settings: Settings) -> Corpus:
    """The sample corpus with `change`; "withheld" lacks the gold passages of `questions`."""
    if change == "withheld":
        return _withheld([g for q in questions for g in q.gold], settings)
    others = [MUNICIPALITIES / n for n in DISTRACTORS] if change == "distractors" else [OUTDATED]
    folders = [corpus_folder(SAMPLE), *others]
    index = CACHE / f"{SAMPLE}-{change}-{content_digest(folders, settings.embedder)}"
    if not IndexFolder(index).manifest_path.exists():
        _copy(named(SAMPLE, settings).settings.index, index)
        with tempfile.TemporaryDirectory() as spare:
            _merge(folders, Path(spare))
            ingest_corpus(Path(spare), index, embedder_named(settings.embedder))
    return Corpus(f"{SAMPLE}+{change}", at(settings, index), DAY)


def _merge(folders: Iterable[Path], target: Path) -> None:
    """All documents in one folder, under one register."""
    registers = []
    for folder in folders:
        for pdf in folder.glob("*.pdf"):
            shutil.copy(pdf, target / pdf.name)
        registers.append((folder / REGISTER).read_text(encoding="utf-8"))
    (target / REGISTER).write_text("\n".join(registers), encoding="utf-8")


def _copy(index: Path, target: Path) -> None:
    """A copy that is whole or not there."""
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(index, part)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def _withheld(gold: Sequence[Gold], settings: Settings) -> Corpus:
    whole = named(SAMPLE, settings)
    kept = [p for p in whole.index.passages if not any(is_in(g, p) for g in gold)]
    ids = hashlib.sha256("".join(p.id for p in kept).encode()).hexdigest()[:8]
    index = CACHE / f"{whole.settings.index.name}-withheld-{ids}"
    if not IndexFolder(index).manifest_path.exists():
        _copy(whole.settings.index, index)
        _keep(kept, IndexFolder(index), settings)
    return Corpus(f"{SAMPLE}+withheld", at(settings, index), DAY)


def _keep(kept: Sequence[Passage], folder: IndexFolder, settings: Settings) -> None:
    """Take all passages but `kept` out of a copied index, from every part of it."""
    manifest = folder.manifest()
    place = folder.generation(manifest.generation)
    write_passages(place, list(kept))
    shutil.rmtree(place / "lexical")
    LexicalIndex.build([indexed_text(p) for p in kept]).save(place / "lexical")
    RuleBook.read_from(list(kept), corpus_folder(SAMPLE)).save(place)
    vectors = Vectors(place / "chroma", embedder_named(settings.embedder))
    vectors.remove(sorted(vectors.ids() - {p.id for p in kept}))
    folder.publish(_counted(manifest, kept))


def _counted(manifest: Manifest, kept: Sequence[Passage]) -> Manifest:
    entries = tuple(
        replace(e, passages=sum(p.document == e.document.file for p in kept))
        for e in manifest.entries
    )
    return replace(manifest, entries=entries)
