"""PDFs are read in a process of their own, so that none can hang or crash the rest.

Run as `python -m ingest.reader` it is that process: a JSON line in names a file, JSON lines out
give its pages. `PdfReader` is the other end.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ingest.errors import PdfRejected
from ingest.printed import Fragment, Line, RawDocument, RawPage, Table

MEMORY_LIMIT = 4 * 2**30  # bytes of address space for the reading process
_START_SECONDS = 30.0
_KILLED = -9  # from outside, for want of memory perhaps: it need not happen again


class _ReaderLost(PdfRejected):
    """The reading process stalled or ended on its own; with another library it may not."""


class PdfReader:
    """Reads PDFs with pypdf, and with pdfium those that stall it for `patience` seconds."""

    def __init__(self, patience: float = 20.0) -> None:
        self._patience = patience
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()

    def __enter__(self) -> "PdfReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the reading process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def read(self, path: Path, on_page: Callable[[], None] = lambda: None) -> RawDocument:
        """The pages of the PDF at `path`; `on_page` is called for each.

        Raises:
            PdfRejected: it cannot be read; the message is the reason.
        """
        try:
            return self._read(path, "pypdf", on_page)
        except _ReaderLost:
            return self._read(path, "pdfium", on_page)

    def _read(self, path: Path, method: str, on_page: Callable[[], None]) -> RawDocument:
        self._ask({"path": str(path), "method": method})
        document = RawDocument("")
        while True:
            answer = self._answer()
            if "page" in answer:
                document.pages.append(_page_from_json(answer["page"]))
                on_page()
            elif "rejected" in answer:
                raise PdfRejected(answer["rejected"])
            else:
                return RawDocument(answer["title"], document.pages)

    def _exit_code(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=5) if self._process else None
        return None

    def _ask(self, request: dict[str, str]) -> None:
        if self._process is None or self._process.poll() is not None:
            self._start()
        stdin = self._process.stdin if self._process else None
        assert stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has ended: no answer comes, and that tells
            stdin.write(json.dumps(request) + "\n")
            stdin.flush()

    def _start(self) -> None:
        self.close()
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "ingest.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )
        threading.Thread(
            target=_pump, args=(self._process.stdout, self._lines), daemon=True
        ).start()
        try:
            self._answer(_START_SECONDS)
        except _ReaderLost as lost:
            reason = "kunne ikke læses: læseprocessen startede ikke; prøv igen"
            raise PdfRejected(reason, passing=True) from lost

    def _answer(self, patience: float | None = None) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=patience or self._patience)
        except queue.Empty:
            self.close()
            reason = f"tog for lang tid: {2 * self._patience:.0f} sekunder uden en side"
            raise _ReaderLost(f"{reason}; gem PDF'en igen", passing=True) from None
        if line is None:
            killed = self._exit_code() == _KILLED
            self.close()
            reason = "kunne ikke læses: den får PDF-læseren til at gå ned; gem den igen"
            raise _ReaderLost(reason, passing=killed)
        answer: dict[str, Any] = json.loads(line)
        return answer


def _pump(stream: IO[str] | None, lines: "queue.Queue[str | None]") -> None:
    with contextlib.suppress(ValueError):  # the pipe is closed under us when the process is ended
        for line in stream or ():
            lines.put(line)
    lines.put(None)


def _page_from_json(page: dict[str, Any]) -> RawPage:
    lines = tuple(Line(tuple(Fragment(*fragment) for fragment in line)) for line in page["lines"])
    tables = (Table(**{**t, "rows": tuple(tuple(r) for r in t["rows"])}) for t in page["tables"])
    return RawPage(page["number"], page["label"], page["height"], lines, tuple(tables))


def _page_to_json(page: RawPage) -> dict[str, Any]:
    return {
        "number": page.number,
        "label": page.label,
        "height": page.height,
        "lines": [[(f.text, f.x, f.y, f.size, f.bold) for f in ln.fragments] for ln in page.lines],
        "tables": [asdict(table) for table in page.tables],
    }


def _answers(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from ingest.pdf import metadata_title, read_pages  # the asking side does without

    path = Path(request["path"])
    try:
        for page in read_pages(path, request["method"]):
            yield {"page": _page_to_json(page)}
        yield {"title": metadata_title(path)}
    except PdfRejected as rejected:
        yield {"rejected": str(rejected)}
    except MemoryError:
        yield {"rejected": "bruger for meget hukommelse; gem PDF'en igen uden store billeder"}
    except Exception as error:  # noqa: BLE001 - a file may break its reader in any way
        yield {"rejected": f"er beskadiget og kan ikke læses ({type(error).__name__})"}


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def _end_with_parent(parent: int) -> None:
    """Ends this process when `parent` is gone, though a PDF may still hold it up."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _serve() -> None:
    # What the libraries print must not be taken for answers.
    out, sys.stdout = sys.stdout, sys.stderr
    import ingest.pdf  # noqa: F401 - paid for now, not against the first file's patience

    _limit_memory()
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    print(json.dumps({"title": "ready"}), file=out, flush=True)
    for line in sys.stdin:
        for answer in _answers(json.loads(line)):
            print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    _serve()
