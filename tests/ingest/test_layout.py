from io import BytesIO

import pikepdf
import pytest

from ingest.layout import Block, Page
from tests.ingest.broken import typeset
from tests.ingest.conftest import Pages

PROSE = (
    "Kommunens medarbejdere bruger kunstig intelligens til mange forskellige opgaver i hverdagen, "
    "og derfor er der brug for klare regler, som alle kan finde og forstå."
)


def _texts(page: Page, kind: str) -> list[str]:
    return [block.text for block in page.blocks if block.kind == kind]


def _kinds(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in page.blocks]


@pytest.mark.parametrize(
    ("setup", "headings"),
    [
        ("", ["Formål", "Baggrund", "Regler"]),
        ('#set heading(numbering: "1.1")', ["1 Formål", "1.1 Baggrund", "2 Regler"]),
        ("#show heading: set text(size: 11pt)", ["Formål", "Baggrund", "Regler"]),
        (
            "#show heading: it => text(size: 11pt, weight: 400)[#upper(it.body)]\\n",
            ["FORMÅL", "BAGGRUND", "REGLER"],
        ),
    ],
    ids=["size", "numbers", "bold", "capitals"],
)
def test_headings(pages: Pages, setup: str, headings: list[str]) -> None:
    setup = setup.replace("\\n", "")
    text = f"{setup}\n= Formål\n\n{PROSE}\n\n== Baggrund\n\n{PROSE}\n\n= Regler\n\n{PROSE}"
    (page,) = pages(text.replace("#upper(it.body)]", "#upper(it.body)#parbreak()]"))
    assert _texts(page, "heading") == headings
    assert _texts(page, "paragraph") == [PROSE] * 3


def test_larger_bolder_and_less_numbered_headings_stand_higher(pages: Pages) -> None:
    (page,) = pages(f'#set heading(numbering: "1.1")\n= A\n{PROSE}\n== B\n{PROSE}\n=== C\n{PROSE}')
    ranks = [block.rank for block in page.blocks if block.kind == "heading"]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_a_bold_word_in_a_sentence_is_no_heading(pages: Pages) -> None:
    (page,) = pages(f"*Du må ikke* dele cpr-numre i chatten.\n\n{PROSE}")
    assert _texts(page, "heading") == []


@pytest.mark.parametrize(
    ("setup", "labels"),
    [
        ('#set page(numbering: "1")', ["1", "2", "3", "4"]),
        ('#set page(numbering: "i")', ["i", "ii", "iii", "iv"]),
        ("#set page(footer: context [Side #counter(page).display() af 4])", ["1", "2", "3", "4"]),
        (
            "#set page(header: context [Politik for AI #h(1fr) side #counter(page).display()])",
            ["1", "2", "3", "4"],
        ),
        ("#set page(header: [Svendborg Kommune])", ["1", "2", "3", "4"]),
        ('#set page(numbering: "– 1 –")\n#counter(page).update(7)', ["7", "8", "9", "10"]),
    ],
    ids=["digits", "roman", "side-x-af-y", "in-the-header", "none", "from-seven"],
)
def test_furniture_is_left_out_and_gives_the_label(
    pages: Pages, setup: str, labels: list[str]
) -> None:
    bodies = [f"{word} er det første ord. {PROSE}" for word in ("Hest", "Ko", "Får", "Ged")]
    found = pages(f"{setup}\n" + "\n#pagebreak()\n".join(bodies))
    assert [page.label for page in found] == labels
    assert [page.text for page in found] == bodies
    assert [page.number for page in found] == [1, 2, 3, 4]


def test_numbered_headings_that_open_each_page_stay(pages: Pages) -> None:
    found = pages(
        "\n#pagebreak()\n".join(
            f"== Case {n}\n\n{word}: {PROSE}" for n, word in enumerate("abcde", 1)
        )
    )
    assert [_texts(page, "heading") for page in found] == [[f"Case {n}"] for n in range(1, 6)]


@pytest.mark.parametrize("word", ["civil", "vil", "vi", "12"])
def test_the_last_word_of_a_page_is_no_page_number(pages: Pages, word: str) -> None:
    first, _ = pages(f"#v(23cm)\n{PROSE} Og her \\\n{word}\n#pagebreak()\n{PROSE}")
    assert first.text.endswith(f"Og her {word}")
    assert first.label == "1"


def test_words_cut_at_a_line_end_are_whole_again(pages: Pages) -> None:
    text = (
        "Databehandleraftalen underskrives af systemejeren efter databeskyttelsesrådgiverens "
        "rådgivning, og konsekvensanalysen vedrørende databeskyttelse foretages forinden af "
        "informationssikkerhedskoordinatoren, som orienterer it-sikkerhedsafdelingen om det."
    )
    setup = (
        "#set page(width: 8cm, margin: 1cm)\n#set text(hyphenate: true)\n#set par(justify: true)"
    )
    (page,) = pages(f"{setup}\n{text}\n\nOm it-sikkerhedsafdelingen.")
    assert page.text == f"{text}\nOm it-sikkerhedsafdelingen."


def test_ligatures_are_taken_apart(pages: Pages) -> None:
    (page,) = pages("Den officielle affaldsfil er effektiv og flot.")
    assert page.text == "Den officielle affaldsfil er effektiv og flot."


def test_two_columns_are_read_one_after_the_other(pages: Pages) -> None:
    one = " ".join(f"Venstre sætning {n} står her." for n in range(60))
    two = " ".join(f"Højre sætning {n} står der." for n in range(20))
    (page,) = pages(f"#set page(columns: 2)\n{one}\n#colbreak()\n{two}")
    assert page.text.replace("\n", " ") == f"{one} {two}"
    assert _texts(page, "row") == []


def test_bullets_stay_with_their_introduction(pages: Pages) -> None:
    (page,) = pages(
        "Du må gerne bruge Copilot Chat til:\n- referater\n- mails, når de ikke indeholder "
        "personoplysninger om borgere eller kolleger, som ikke selv har sagt ja til det\n"
        "- idéer\n\n"
        "Du må ikke bruge det til afgørelser."
    )
    assert _kinds(page) == [
        ("paragraph", "Du må gerne bruge Copilot Chat til:"),
        ("item", "• referater"),
        (
            "item",
            "• mails, når de ikke indeholder personoplysninger om borgere eller kolleger, som ikke "
            "selv har sagt ja til det",
        ),
        ("item", "• idéer"),
        ("paragraph", "Du må ikke bruge det til afgørelser."),
    ]


@pytest.mark.parametrize("numbering", ["1.", "1)", "a)"])
def test_numbered_lists(pages: Pages, numbering: str) -> None:
    (page,) = pages(
        f'#set enum(numbering: "{numbering}")\nFølg reglerne:\n'
        "+ Del aldrig cpr-numre.\n+ Læs svaret igennem.\n+ Spørg din leder."
    )
    first = numbering.replace("1", "{}").replace("a", "{}")
    names = "123" if "1" in numbering else "abc"
    rules = ("Del aldrig cpr-numre.", "Læs svaret igennem.", "Spørg din leder.")
    assert _texts(page, "item") == [
        f"{first.format(name)} {rule}" for name, rule in zip(names, rules, strict=True)
    ]


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
@pytest.mark.parametrize("shown_upright", [True, False])
def test_a_turned_page_reads_like_an_upright_one(
    pages: Pages, turns: int, shown_upright: bool
) -> None:
    source = typeset(f"= Regler\n\n{PROSE}\n\n- punkt et\n- punkt to")
    expected = _kinds(pages(source)[0])
    with pikepdf.open(BytesIO(source)) as pdf:
        page = pdf.pages[0]
        if shown_upright:
            _turn_content(pdf, page, turns)
        page.Rotate = turns
        turned = BytesIO()
        pdf.save(turned)
    assert _kinds(pages(turned.getvalue())[0]) == expected


def _turn_content(pdf: pikepdf.Pdf, page: pikepdf.Page, turns: int) -> None:
    width, height = 595.28, 841.89
    matrix = {
        0: "1 0 0 1 0 0",
        90: f"0 1 -1 0 {height} 0",
        180: f"-1 0 0 -1 {width} {height}",
        270: f"0 -1 1 0 0 {width}",
    }[turns]
    page.contents_add(pdf.make_stream(f"q {matrix} cm\n".encode()), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ"))
    if turns in (90, 270):
        page.MediaBox = [0, 0, height, width]


def test_text_in_a_form_is_read(pages: Pages) -> None:
    with pikepdf.open(BytesIO(typeset(f"= Regler\n\n{PROSE}"))) as source, pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        form = pdf.copy_foreign(source.pages[0].as_form_xobject())
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page.Contents = pdf.make_stream(b"q /X Do Q")
        whole = BytesIO()
        pdf.save(whole)
    assert _kinds(pages(whole.getvalue())[0]) == [("heading", "Regler"), ("paragraph", PROSE)]


def test_blocks_stand_where_they_say(pages: Pages) -> None:
    for page in pages(f"= Regler\n\n{PROSE}\n- et\n- to\n#pagebreak()\n{PROSE}"):
        assert page.text == "\n".join(block.text for block in page.blocks)
        assert all(_stands(page, block) for block in page.blocks)


def _stands(page: Page, block: Block) -> bool:
    return page.text[block.start : block.end] == block.text


def test_a_page_without_text_is_empty(pages: Pages) -> None:
    first, second = pages(f"{PROSE}\n#pagebreak()\n#rect()")
    assert (first.text, second.text, second.blocks) == (PROSE, "", ())


def test_tables_in_smaller_type_do_not_make_headings_of_the_text(pages: Pages) -> None:
    rows = ", ".join(f"[Opgave {n}], [{PROSE}]" for n in range(6))
    table = f"#text(size: 8pt)[#table(columns: 2, {rows})]"
    end = "= Hvis det går galt\nRing straks til vagten. Slet intet."
    (page,) = pages(f"= Regler\n{table}\n{end}")
    assert "Ring straks til vagten. Slet intet." in _texts(page, "paragraph")
    assert _texts(page, "heading") == ["Regler", "Hvis det går galt"]


def test_a_numbered_list_in_lower_case(pages: Pages) -> None:
    (page,) = pages(f"{PROSE} Det kræver:\n\n+ at borgeren siger ja\n+ at du har kurset\n\n{PROSE}")
    assert _texts(page, "item") == ["1. at borgeren siger ja", "2. at du har kurset"]


def test_a_date_that_opens_a_line_is_no_item(pages: Pages) -> None:
    words = " ".join(["ord"] * 14)
    (page,) = pages(f"{words} indtil den \\\n1. maj og fra den \\\n2. juni igen. {PROSE}")
    assert _texts(page, "item") == []


def test_a_line_in_bold_is_a_heading_also_after_an_open_end(pages: Pages) -> None:
    (page,) = pages(
        f"{PROSE} Den gælder i 12 måneder\n\n#v(-0.8em)\n*Du må ikke*\n- dele den\n- låne den\n"
    )
    assert _texts(page, "heading") == ["Du må ikke"]
