"""Typeset every document in this folder to a PDF in the folder above: `make corpus`.

Only fonts that the typst package carries are used, so the same source gives the same pages.
"""

from pathlib import Path

import typst

SOURCES = Path(__file__).resolve().parent
TEMPLATE = "skabelon.typ"


def build(target: Path) -> list[Path]:
    """Write one PDF for each source to `target`; returns their paths, sorted."""
    sources = sorted(p for p in SOURCES.glob("*.typ") if p.name != TEMPLATE)
    built = []
    for source in sources:
        pdf = target / f"{source.stem}.pdf"
        typst.compile(str(source), output=str(pdf), root=str(SOURCES), ignore_system_fonts=True)
        built.append(pdf)
    return built


if __name__ == "__main__":
    for pdf in build(SOURCES.parent):
        print(pdf.name)
