"""What has changed in the folder of PDFs since the index was written."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ingest.index import Manifest
from ingest.register import Document, pdf_names

_NEW, _CHANGED, _RETOLD = "ikke i indekset", "ændrede", "ændret i registret"
_GONE, _REJECTED, _UNLISTED = "fjernede", "afviste", "ikke i registret"
_UNREADABLE = "kan ikke læses"


def changes(
    corpus: Path, documents: Sequence[Document], manifest: Manifest
) -> dict[str, list[str]]:
    """Names of files by what has become of them, in Danish; an ingest would change nothing but
    for those that are rejected again.
    """
    found: dict[str, list[str]] = {}
    for document in documents:
        if fate := _fate(corpus / document.file, document, manifest):
            found.setdefault(fate, []).append(document.file)
    listed = {document.file for document in documents}
    if unlisted := [name for name in pdf_names(corpus) if name not in listed]:
        found[_UNLISTED] = unlisted
    indexed = [entry.document.file for entry in manifest.entries]
    if gone := [file for file in indexed if file not in listed]:
        found[_GONE] = found.get(_GONE, []) + gone
    return found


def _fate(path: Path, document: Document, manifest: Manifest) -> str:
    entry = manifest.entry(document.file)
    if not path.is_file():
        return _GONE if entry else _UNREADABLE
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return _UNREADABLE
    if sha256 in manifest.rejected:
        return _REJECTED
    if entry is None:
        return _NEW
    if entry.sha256 != sha256:
        return _CHANGED
    # A title that the register does not give was read from the PDF.
    return "" if document.titled(entry.document.title) == entry.document else _RETOLD
