"""Pages are drawn with the quote marked where it stands, and nowhere else."""

import io
from pathlib import Path

import fpdf
import pytest
from PIL import Image

from assistant.web.pages import PageMissingError, render_page, view_page
from tests.assistant.web.conftest import ODD_NAME, QUOTE


def picture(path: Path, page: int, quote: str, *, cropped: bool = False) -> Image.Image:
    return Image.open(io.BytesIO(render_page(path, page, quote, cropped=cropped))).convert("RGB")


def marked_rows(image: Image.Image) -> list[int]:
    """The rows of the picture that have the highlighter's yellow in them."""
    width, data = image.width, image.tobytes()
    pixels = [data[at : at + 3] for at in range(0, len(data), 3)]
    yellow = [r > 200 and g > 180 and b < 150 for r, g, b in pixels]
    return [y for y in range(image.height) if any(yellow[y * width : (y + 1) * width])]


def bands(rows: list[int]) -> int:
    """How many separate lines the rows make."""
    return sum(1 for n, row in enumerate(rows) if n == 0 or row > rows[n - 1] + 1)


def test_every_line_of_the_quote_is_marked(corpus: Path) -> None:
    rows = marked_rows(picture(corpus / ODD_NAME, 2, QUOTE))
    assert 2 <= bands(rows) <= 4
    assert marked_rows(picture(corpus / ODD_NAME, 2, "")) == []
    assert marked_rows(picture(corpus / ODD_NAME, 1, QUOTE)) == []


def test_the_crop_holds_the_mark(corpus: Path) -> None:
    whole, crop = (picture(corpus / ODD_NAME, 2, QUOTE, cropped=c) for c in (False, True))
    assert crop.height < whole.height / 2
    assert len(marked_rows(crop)) >= len(marked_rows(whole))


def test_a_crop_without_a_quote_is_the_whole_page(corpus: Path) -> None:
    whole, crop = (picture(corpus / ODD_NAME, 1, QUOTE, cropped=c) for c in (False, True))
    assert whole.size == crop.size


def test_a_turned_page_is_marked_where_the_text_is(corpus: Path) -> None:
    image = picture(corpus / "vendt.pdf", 1, QUOTE)
    assert image.width > image.height
    assert marked_rows(image)


@pytest.mark.parametrize("page", [0, -1, 4, 10**9])
def test_no_such_page(corpus: Path, page: int) -> None:
    with pytest.raises(PageMissingError):
        render_page(corpus / ODD_NAME, page, "", cropped=False)
    with pytest.raises(PageMissingError):
        view_page(corpus / ODD_NAME, page, "", ())


def test_a_file_that_went_away_or_is_no_pdf(tmp_path: Path) -> None:
    broken = tmp_path / "x.pdf"
    with pytest.raises(PageMissingError):
        render_page(broken, 1, "", cropped=False)
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(PageMissingError):
        view_page(broken, 1, "", ())


def test_a_poster_is_drawn_small(tmp_path: Path) -> None:
    pdf = fpdf.FPDF(unit="pt", format=(9000, 300))
    pdf.add_page()
    pdf.output(str(tmp_path / "plakat.pdf"))
    assert max(picture(tmp_path / "plakat.pdf", 1, "").size) <= 2400


def test_the_view_shows_only_what_stands_there(corpus: Path) -> None:
    view = view_page(corpus / ODD_NAME, 2, QUOTE, ("1 Afsnit 1", "2 Afsnit 2", "Du må alt"))
    assert (view.pages, view.label, view.quote) == (3, "2", QUOTE)
    assert view.section == "1 Afsnit 1 › 2 Afsnit 2"
    assert view_page(corpus / ODD_NAME, 2, "Du må gerne sende alt.", ()).quote == ""


def test_a_replaced_file_is_drawn_anew(tmp_path: Path, corpus: Path) -> None:
    path = tmp_path / "skift.pdf"
    path.write_bytes((corpus / ODD_NAME).read_bytes())
    before = render_page(path, 1, "", cropped=False)
    path.write_bytes((corpus / "vendt.pdf").read_bytes())
    assert render_page(path, 1, "", cropped=False) != before
