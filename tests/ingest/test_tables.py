import pytest
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from ingest.layout import Page
from tests.ingest.conftest import Pages
from tests.ingest.test_layout import PROSE

TABLE = (
    ("Værktøj", "Åben", "Intern", "Fortrolig"),
    ("Copilot Chat", "Ja", "Ja", "Nej"),
    ("Microsoft 365 Copilot", "Ja", "Ja", "Ja, når afdelingens konsekvensanalyse er godkendt"),
    ("DeepL Pro", "Ja", "Ja", "Efter aftale"),
)
ROWS = [
    "Copilot Chat: Åben: Ja; Intern: Ja; Fortrolig: Nej",
    "Microsoft 365 Copilot: Åben: Ja; Intern: Ja; "
    "Fortrolig: Ja, når afdelingens konsekvensanalyse er godkendt",
    "DeepL Pro: Åben: Ja; Intern: Ja; Fortrolig: Efter aftale",
]
CELLS = "".join(f"[{cell}]," for row in TABLE for cell in row)
HEAD = "".join(f"[*{cell}*]," for cell in TABLE[0])
BODY = "".join(f"[{cell}]," for row in TABLE[1:] for cell in row)


def _rows(page: Page) -> list[str]:
    return [block.text for block in page.blocks if block.kind == "row"]


def _around(table: str) -> str:
    return f"{PROSE}\n\n{table}\n\n{PROSE}"


@pytest.mark.parametrize(
    "table",
    [
        f"#table(columns: 4, {CELLS})",
        f"#table(columns: (4cm, 2cm, 2cm, 4cm), {CELLS})",
        f"#table(columns: 4, align: center + horizon, {CELLS})",
        f"#table(columns: 4, stroke: (x, y) => (bottom: 0.5pt), {HEAD}{BODY})",
        f"#table(columns: 4, stroke: none, table.hline(), {HEAD} table.hline(), {BODY})",
        f"#table(columns: (4cm, 2cm, 2cm, 4cm), stroke: none, table.hline(), {HEAD} table.hline(), "
        f"{BODY} table.hline())",
        f"#table(columns: 4, stroke: none, fill: (x, y) => if y == 0 {{ silver }}, {CELLS})",
        f"#table(columns: 4, stroke: none, fill: (x, y) => if calc.even(y) {{ red }},{HEAD}{BODY})",
        f"#table(columns: 4, stroke: none, {HEAD}{BODY})",
        f"#table(columns: (4cm, 2cm, 2cm, 4cm), stroke: none, {HEAD}{BODY})",
        f"#table(columns: 4, stroke: none, inset: (y: 0.2em), {HEAD}{BODY})",
    ],
    ids=[
        "all-rules",
        "broken-cells",
        "centred",
        "rules-below-rows",
        "booktabs",
        "booktabs-broken-cells",
        "shaded-head",
        "striped",
        "no-rules",
        "no-rules-broken-cells",
        "no-rules-tight",
    ],
)
def test_a_row_reads_on_its_own(pages: Pages, table: str) -> None:
    (page,) = pages(_around(table))
    assert _rows(page) == ROWS
    assert [b.text for b in page.blocks if b.kind != "row"] == [PROSE, PROSE]


@pytest.mark.parametrize(
    "borders", ["ALL", "HORIZONTAL_LINES", "INTERNAL", "MINIMAL", "NONE", "SINGLE_TOP_LINE"]
)
def test_tables_of_another_program(pages: Pages, borders: str) -> None:
    assert _rows(pages(_fpdf_table(getattr(TableBordersLayout, borders)))[0]) == ROWS


def test_a_shaded_head_of_another_program(pages: Pages) -> None:
    style = FontFace(emphasis="BOLD", fill_color=(200, 220, 255))
    assert _rows(pages(_fpdf_table(TableBordersLayout.NONE, style))[0]) == ROWS


def _fpdf_table(borders: TableBordersLayout, head: FontFace | None = None) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 6, PROSE)
    pdf.ln(8)
    style = {"headings_style": head} if head else {}
    with pdf.table(borders_layout=borders, **style) as table:
        for cells in TABLE:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    pdf.ln(8)
    pdf.multi_cell(0, 6, PROSE)
    return bytes(pdf.output())


def test_a_table_without_a_marked_head_has_none(pages: Pages) -> None:
    (page,) = pages(
        _around(
            "#table(columns: 3, stroke: none, [Hansen], [4000], [Jura],"
            "[Jensen], [4001], [Drift], [Olsen], [4002], [Løn])"
        )
    )
    assert _rows(page) == ["Hansen: 4000; Jura", "Jensen: 4001; Drift", "Olsen: 4002; Løn"]


def test_a_list_of_two_columns(pages: Pages) -> None:
    (page,) = pages(
        _around(
            "#table(columns: 2, stroke: none, [Telefon], [4000],"
            "[Mail], [dpo\\@kommunen.example], [Åbent], [Hverdage])"
        )
    )
    assert _rows(page) == ["Telefon: 4000", "Mail: dpo@kommunen.example", "Åbent: Hverdage"]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_with_its_headings_on_the_next_page(pages: Pages, repeated: bool) -> None:
    head = "[*Værktøj*], [*Åben*], [*Intern*]"
    head = f"table.header({head})" if repeated else head
    body = ", ".join(f"[Værktøj {n}], [Ja], [Nej]" for n in range(1, 21))
    first, second = pages(f"{PROSE}\n#v(17cm)\n#table(columns: 3, {head}, {body})\n{PROSE}")
    rows = [f"Værktøj {n}: Åben: Ja; Intern: Nej" for n in range(1, 21)]
    assert _rows(first) + _rows(second) == rows
    assert _rows(first)
    assert _rows(second)


def test_another_table_on_the_next_page_keeps_its_own_headings(pages: Pages) -> None:
    one = "#table(columns: 3, [*A*], [*B*], [*C*], [a1], [b1], [c1], [a2], [b2], [c2])"
    _, second = pages(f"{one}\n#pagebreak()\n{one.replace('B', 'X').replace('C', 'Y')}")
    assert _rows(second)[-1] == "a2: X: b2; Y: c2"


def test_cells_that_span_and_cells_that_are_empty(pages: Pages) -> None:
    (page,) = pages(
        _around(
            "#table(columns: 3, [*Klasse*], [*Værktøj*], [*Svar*],"
            "table.cell(rowspan: 2)[Åben], [ChatGPT], [Ja], [DeepL], [], [Intern], [], [Nej])"
        )
    )
    assert _rows(page) == [
        "Åben: Værktøj: ChatGPT; Svar: Ja",
        "Åben: Værktøj: DeepL",
        "Intern: Svar: Nej",
    ]
    assert [b.raw for b in page.blocks if b.kind == "row"] == [
        "Åben ChatGPT Ja",
        "DeepL",
        "Intern Nej",
    ]


def test_a_framed_box_is_no_table(pages: Pages) -> None:
    (page,) = pages(f"#rect[{PROSE}]\n\n{PROSE}")
    assert _rows(page) == []


@pytest.mark.parametrize(
    "text",
    [
        f"#set par(justify: true)\n{PROSE * 12}",
        f"#set page(columns: 2)\n#set par(justify: true)\n{(PROSE + ' ') * 20}",
        f"#set page(columns: 3)\n{(PROSE + ' ') * 20}",
        f"#grid(columns: 2, gutter: 1cm, [{PROSE * 3}], [{PROSE * 3}])",
        "\n".join(f"- #h(1cm) punkt {n} om AI" for n in range(8)),
        "\n".join(f"+ #h(1cm) Regel om AI nummer {n}" for n in range(8)),
        "\n\n".join(f"{PROSE}\n#h(2cm) Indrykket linje {n}." for n in range(5)),
        f"#align(center)[{PROSE * 4}]",
    ],
    ids=[
        "justified",
        "columns-2",
        "columns-3",
        "grid",
        "bullets",
        "numbers",
        "indented",
        "centred",
    ],
)
def test_prose_is_no_table(pages: Pages, text: str) -> None:
    assert not any(_rows(page) for page in pages(text))
