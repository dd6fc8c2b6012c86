"""A small corpus with the awkward things in it, ingested once, and our routes over it."""

from collections.abc import Iterator
from pathlib import Path

import fpdf
import pikepdf
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.web.headers import SecurityHeaders, content_policy
from assistant.web.sources import Sources
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus

ODD_NAME = "notat om AI, æøå & 100% (1)#.pdf"
QUOTE = "Du må aldrig skrive cpr-numre i ChatGPT eller i andre tjenester på nettet."
_REGISTER = f"""
[[document]]
file = "{ODD_NAME}"
title = "Notat om <AI> & æøå"
kind = "notat"

[[document]]
file = "vendt.pdf"
title = "Vendt side"
"""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("korpus")
    pages = [f"Side nummer {n} handler om noget andet end de øvrige sider." for n in (1, 2, 3)]
    pages[1] += "\n\n" + QUOTE + "\n\nSpørg HR, hvis du er i tvivl om reglerne."
    _write(folder / ODD_NAME, pages)
    _write(folder / "vendt.pdf", [pages[1]])
    with pikepdf.open(folder / "vendt.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        pdf.save(folder / "vendt.pdf")
    (folder / "documents.toml").write_text(_REGISTER, encoding="utf-8")
    _write(folder / "hemmelig.pdf", ["Står i mappen, men ikke i registret."])
    return folder


@pytest.fixture(scope="session")
def assistant(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    index = tmp_path_factory.mktemp("indeks") / "index"
    ingest_corpus(corpus, index, embedder_named("builtin"))
    return Assistant(Settings(index=index, corpus=corpus))


@pytest.fixture(scope="session")
def app(assistant: Assistant) -> Iterator[Starlette]:
    sources = Sources(assistant)
    policy = content_policy("<script>const a = 1;</script>")
    yield Starlette(routes=sources.routes, middleware=[Middleware(SecurityHeaders, policy=policy)])
    sources.close()


def _write(path: Path, pages: list[str]) -> None:
    pdf = fpdf.FPDF()
    pdf.set_font("helvetica", size=12)
    for number, text in enumerate(pages, 1):
        pdf.add_page()
        pdf.set_font("helvetica", "B", 16)
        pdf.cell(text=f"{number} Afsnit {number}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=12)
        pdf.multi_cell(90, h=9, text=text)  # narrow, so that the quote breaks over lines
    pdf.output(str(path))
