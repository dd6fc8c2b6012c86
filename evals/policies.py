"""Small policies in Markdown, typeset to PDFs as a municipality's own would be.

`evals/policies/*/*.md` are made-up policies, one to two pages each, by writers who had seen neither
code nor sets. Only what they use is known here: headings, paragraphs, bullets, numbered points and
tables.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import typst

POLICIES = Path(__file__).resolve().parent / "policies"
_LOOKS = (  # fonts that the typst package carries, and the size of the text
    ("Libertinus Serif", "11pt"),
    ("New Computer Modern", "10pt"),
    ("Libertinus Serif", "10.5pt"),
)
_REGISTER = """[[document]]
file = "{file}"
title = {title}
kind = "politik"
owner = "Digitalisering"
version = "1.0"
valid_from = 2026-01-15
contact = "ai@kommunen.example"
"""


def typeset(policy: Path, folder: Path) -> None:
    """Write the policy's PDF and a register of it to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = policy.read_text(encoding="utf-8").splitlines()
    title = lines[0].removeprefix("# ").strip()
    source = _head(policy.stem, title) + "\n".join(_typst(lines[1:]))
    pdf = folder / f"{policy.stem}.pdf"
    written = folder / f"{policy.stem}.typ"
    written.write_text(source, encoding="utf-8")
    typst.compile(str(written), output=str(pdf), ignore_system_fonts=True)
    register = _REGISTER.format(file=pdf.name, title=_quoted(title))
    (folder / "documents.toml").write_text(register, encoding="utf-8")


def _head(name: str, title: str) -> str:
    font, size = _LOOKS[crc32(name.encode()) % len(_LOOKS)]
    return (
        f'#set page(paper: "a4", margin: 2.6cm, header: text(8pt)[{_escaped(title)}],\n'
        "  footer: align(center, context text(8pt)[Side #counter(page).display()]))\n"
        f'#set text(font: "{font}", size: {size}, lang: "da", hyphenate: false)\n'
        "#set table(inset: 5pt)\n"
        f'#text(20pt, weight: "bold")[{_escaped(title)}]\n\n'
    )


def _typst(lines: list[str]) -> Iterator[str]:
    rows: list[list[str]] = []
    for line in (*lines, ""):
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield from _table([row for row in rows if not set("".join(row)) <= set("-: ")])
            rows = []
        yield _line(line)


def _line(line: str) -> str:
    heading = re.match(r"(#+) (.*)", line)
    if heading:
        return f"\n{'=' * (len(heading[1]) - 1)} {_escaped(heading[2])}\n"
    point = re.match(r"(- |\d+[.] )(.*)", line)
    if point:
        return f"{point[1]}{_escaped(point[2])}"
    return f"{_escaped(line)}\n" if line.strip() else ""


def _table(rows: list[list[str]]) -> Iterator[str]:
    columns = max(len(row) for row in rows)
    yield f"\n#table(columns: {columns}, table.header("
    yield "".join(f"[*{_escaped(cell)}*]," for cell in rows[0]) + "),"
    for row in rows[1:]:
        yield "".join(f"[{_escaped(cell)}]," for cell in (*row, *[""] * (columns - len(row))))
    yield ")\n"


def _escaped(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@\[\]~/=+-])", r"\\\1", text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
