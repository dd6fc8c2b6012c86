"""A municipality's own questions in a spreadsheet (CSV or XLSX): a template, and a reader that
explains each cell that does not fit.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from assistant.errors import UsageError
from assistant.models import Verdict
from evals.questions import Gold, Nugget, Question

_MOST_ROWS = 5_000
_COLUMNS: Mapping[str, str] = {
    "spørgsmål": "Spørgsmålet, som en medarbejder ville skrive det. Skal udfyldes.",
    "tidligere spørgsmål": "Kun ved opfølgning: det, der blev spurgt om før. Flere: | imellem.",
    "svarer dokumenterne": "ja eller nej. Nej betyder, at Må vi? skal afvise spørgsmålet.",
    "afgørelse": "ja, nej eller betinget, når der spørges om lov; ellers tom.",
    "dokument": "PDF'ens filnavn, hvor svaret står. Kan være tom.",
    "side": "Sidens nummer i PDF'en, talt fra 1. Kan være tom.",
    "citat": "Ord fra siden, som svarer, skrevet ordret af. Kan være tom.",
    "skal være med": "Fakta i et rigtigt svar. Flere: ; imellem. Andre ord for det samme: |.",
    "må ikke være med": "Det, svaret ikke må sige. Flere: ; imellem.",
    "emner": "Ord at dele tallene op efter. Flere: ; imellem.",
    "begrundelse": "Hvorfor det er det rigtige svar; til jer selv.",
}
_EXAMPLES = (
    ("Hvor lang skal min adgangskode være?", "", "ja", "", "politik.pdf", "5",
     "mindst 15 tegn", "15 tegn", "", "sikkerhed", "afsnit 6"),
    ("Må jeg bruge ChatGPT til interne data?", "", "ja", "nej", "politik.pdf", "4", "", "", "",
     "chat", "kun åbne data"),
    ("Hvad koster en parkeringsbillet?", "", "nej", "", "", "", "", "", "", "",
     "intet svar i PDF'erne"),
)  # fmt: skip


@dataclass
class _Row:
    """The cells of a row by column, and what is wrong with them."""

    number: int
    cells: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def wrong(self, column: str, why: str) -> None:
        self.faults.append(f"række {self.number}, ”{column}”: {why}")


def is_spreadsheet(path: Path) -> bool:
    """Whether the questions of `path` are in a spreadsheet."""
    return path.suffix.lower() in (".csv", ".xlsx")


def read_spreadsheet(path: Path) -> list[Question]:
    """The questions in a CSV or XLSX file, one a row under the names of the columns.

    Raises:
        UsageError: the file cannot be read, or cells do not fit; all of them are told at once.
    """
    table = _csv(path) if path.suffix.lower() == ".csv" else _xlsx(path)
    rows = _rows(path, table)
    questions = [q for row in rows if (q := _question(path, row))]
    faults = [fault for row in rows for fault in row.faults]
    if faults:
        raise UsageError("\n".join((f"{path}: {len(faults)} celler skal rettes.", *faults)))
    if not questions:
        raise UsageError(f"{path}: der er ingen spørgsmål under overskrifterne.")
    return questions


def write_template(path: Path) -> None:
    """An empty table with its columns, what they want, and three examples.

    Raises:
        UsageError: the name ends in something else than .csv or .xlsx, or the file is there.
    """
    if not is_spreadsheet(path):
        raise UsageError(f"--template {path}: navnet skal ende på .csv eller .xlsx.")
    if path.exists():
        raise UsageError(f"--template {path}: filen findes allerede og bliver ikke overskrevet.")
    rows = [tuple(_COLUMNS), *_EXAMPLES]
    if path.suffix.lower() == ".csv":
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        return
    _write_xlsx(path, rows)


def _write_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Spørgsmål"
    for row in rows:
        sheet.append(row)
    help_ = book.create_sheet("Vejledning")
    for row in _COLUMNS.items():
        help_.append(row)
    for page, widths in ((sheet, [44] + [20] * 10), (help_, [24, 90])):
        for number, width in enumerate(widths):
            page.column_dimensions["ABCDEFGHIJK"[number]].width = width
        for cell in next(page.iter_rows()):
            cell.font = Font(bold=page is sheet)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    book.save(path)


def _csv(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what Excel in Danish saves as "CSV"
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]


def _xlsx(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=_MOST_ROWS + 1, values_only=True)
        return [[_text(value) for value in row] for row in rows]
    except Exception as error:  # openpyxl and zipfile raise many kinds
        raise UsageError(f"{path}: filen kan ikke læses som XLSX. Gem den igen i Excel.") from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _rows(path: Path, table: Iterable[Sequence[str]]) -> list[_Row]:
    rows = [(n, [" ".join(c.split()) for c in row]) for n, row in enumerate(table, 1)]
    filled = [(n, row) for n, row in rows if any(row)]
    if not filled:
        raise UsageError(f"{path}: filen er tom. Lav en skabelon med `maavi eval --template`.")
    names = [name.lower() for name in filled[0][1]]
    _check_names(path, names)
    return [_Row(n, dict(zip(names, row, strict=False))) for n, row in filled[1:]]


def _check_names(path: Path, names: Sequence[str]) -> None:
    unknown = [name for name in names if name and name not in _COLUMNS]
    missing = [name for name in ("spørgsmål", "svarer dokumenterne") if name not in names]
    if unknown or missing:
        said = [f"kolonnen ”{name}” kendes ikke" for name in unknown]
        said += [f"kolonnen ”{name}” mangler" for name in missing]
        raise UsageError(f"{path}: {'; '.join(said)}. Kolonnerne hedder: {', '.join(_COLUMNS)}.")


def _question(path: Path, row: _Row) -> Question | None:
    text = row.cell("spørgsmål")
    if not text:
        row.wrong("spørgsmål", "cellen er tom; skriv spørgsmålet, eller slet rækken.")
    answerable = _choice(row, "svarer dokumenterne", {"ja": True, "nej": False})
    verdict = _choice(row, "afgørelse", {"": None, **{v: v for v in get_args(Verdict)}})
    gold, nuggets = _gold(row), _nuggets(row)
    if answerable is False and (verdict or gold or nuggets):
        row.wrong("svarer dokumenterne", "står til nej, men rækken har et svar; slet det ene.")
    if row.faults:
        return None
    return Question(
        id=f"{path.stem}-{row.number}",
        question=text,
        history=tuple(_parts(row.cell("tidligere spørgsmål"), "|")),
        answerable=bool(answerable),
        verdict=verdict,
        gold=gold,
        nuggets=nuggets,
        must_not=tuple(_parts(row.cell("må ikke være med"), ";")),
        tags=tuple(_parts(row.cell("emner"), ";")),
        reason=row.cell("begrundelse"),
    )


def _choice(row: _Row, column: str, values: Mapping[str, Any]) -> Any:
    said = row.cell(column).lower().rstrip(".")
    if said in values:
        return values[said]
    wanted = " eller ".join(f"”{v}”" for v in values if v)
    row.wrong(column, f"der står ”{row.cell(column)}”; der skal stå {wanted}.")
    return None


def _gold(row: _Row) -> tuple[Gold, ...]:
    document, page, quote = (row.cell(c) for c in ("dokument", "side", "citat"))
    number = _page(row, page)
    if document and not document.lower().endswith(".pdf"):
        row.wrong("dokument", f"der står ”{document}”; der skal stå filens navn, fx politik.pdf.")
    if document and not (number or quote or row.faults):
        row.wrong("side", "skriv siden eller et citat, når dokumentet er nævnt.")
    if row.faults or not (number or quote):
        return ()
    return (Gold(document=document, page=number, quote=quote),)


def _page(row: _Row, text: str) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text[:6]) > 0:
        return int(text[:6])
    row.wrong("side", f"der står ”{text}”; der skal stå et tal, talt fra 1 i PDF'en.")
    return None


def _nuggets(row: _Row) -> tuple[Nugget, ...]:
    wordings = (_parts(part, "|") for part in _parts(row.cell("skal være med"), ";"))
    return tuple(Nugget(any_of=tuple(words)) for words in wordings if words)


def _parts(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]
