"""Pictures of PDF pages with a quote marked, and what is known of the page beside it.

pdfium is not thread-safe: everything that touches it happens under one lock.
"""

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw
from PIL import Image, ImageChops, ImageDraw

from assistant.web.links import SECTION_SEPARATOR
from assistant.web.quotes import Found, find_quote, stands_in

_PDFIUM = threading.Lock()
_SCALE = 2.0  # pixels a point: a page is about as wide as the panel on a sharp screen
_CROP_SCALE = 2.6  # the crop is narrower and is read on a phone
_LONGEST_SIDE = 2400  # pixels; a poster is drawn smaller, not larger
_MARGIN = 110.0  # points shown above and below the quote in a crop: about eight lines
_SIDE_MARGIN = 14.0
_MARKER = (255, 226, 105)
_PAGES_BACK = 40  # how far back the heading of a section is looked for

Box = tuple[float, float, float, float]


class PageMissingError(LookupError):
    """The PDF has no such page, or cannot be opened any more."""


@dataclass(frozen=True, slots=True)
class PageView:
    """What is said beside the picture: all of it stands in the document. `mark` is how far down the
    page the quote begins, 0..1.
    """

    pages: int
    label: str
    quote: str
    section: str
    mark: float = 0.0


def view_page(path: Path, page: int, quote: str, section: Sequence[str]) -> PageView:
    """What the PDF at `path` has of `quote` and of the headings `section` on or before `page`.

    Raises:
        PageMissingError: no such page.
    """
    with _PDFIUM:
        return _view(path, _version(path), page, quote, tuple(section))


def render_page(path: Path, page: int, quote: str, *, cropped: bool) -> bytes:
    """A PNG of `page` (1-based) with `quote` marked; `cropped` to the quote where it is found.

    Raises:
        PageMissingError: no such page.
    """
    with _PDFIUM:
        return _render(path, _version(path), page, quote, cropped)


def _version(path: Path) -> tuple[int, int]:
    """Changes when the file does, so that nothing old is taken from a cache."""
    try:
        state = path.stat()
    except OSError as error:
        raise PageMissingError(f"{path.name}: {error.strerror}") from error
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=256)
def _view(
    path: Path, version: tuple[int, int], page: int, quote: str, section: tuple[str, ...]
) -> PageView:
    with _open(path, page) as document:
        here = _textpage(document, page)
        texts = (_text(_textpage(document, n)) for n in range(page, max(page - _PAGES_BACK, 0), -1))
        text = next(texts)
        known = _known_headings(section, text, texts)
        label = document.get_page_label(page - 1) or str(page)
        found = find_quote(quote, text)
        mark = _mark(document[page - 1], _boxes(here, found))
        return PageView(len(document), label, found.text, SECTION_SEPARATOR.join(known), mark)


def _mark(sheet: pypdfium2.PdfPage, boxes: Sequence[Box]) -> float:
    """How far down the page the topmost of `boxes` begins, 0..1; 0 on a page that is turned."""
    if not boxes or sheet.get_rotation():
        return 0.0
    _, bottom, _, top = sheet.get_mediabox()
    highest = max(box[3] for box in boxes)
    return float(min(1.0, max(0.0, (top - highest) / ((top - bottom) or 1.0))))


@lru_cache(maxsize=64)
def _render(path: Path, version: tuple[int, int], page: int, quote: str, cropped: bool) -> bytes:
    with _open(path, page) as document:
        sheet = document[page - 1]
        textpage = sheet.get_textpage()
        boxes = _boxes(textpage, find_quote(quote, _text(textpage)))
        scale = min(
            _CROP_SCALE if cropped and boxes else _SCALE, _LONGEST_SIDE / max(sheet.get_size())
        )
        bitmap = sheet.render(scale=scale, may_draw_forms=False)
        place = bitmap.get_posconv(sheet)
        image = _marked(bitmap.to_pil().convert("RGB"), [_pixels(place, box) for box in boxes])
        if cropped and boxes:
            image = image.crop(_crop(image, place, boxes, _column(textpage, sheet)))
        return _png(image)


@contextmanager
def _open(path: Path, page: int) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PageMissingError(f"{path.name}: {error}") from error
    try:
        if not 1 <= page <= len(document):
            raise PageMissingError(f"{path.name}: {page} of {len(document)}")
        yield document
    except pypdfium2.PdfiumError as error:
        raise PageMissingError(f"{path.name}, page {page}: {error}") from error
    finally:
        document.close()


def _textpage(document: pypdfium2.PdfDocument, page: int) -> pypdfium2.PdfTextPage:
    return document[page - 1].get_textpage()


def _text(textpage: pypdfium2.PdfTextPage) -> str:
    """The page's signs, one for each of pdfium's, so that places agree."""
    count = textpage.count_chars()
    codes = (pypdfium2.raw.FPDFText_GetUnicode(textpage, at) for at in range(count))
    return "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)


def _known_headings(section: tuple[str, ...], text: str, before: Iterator[str]) -> list[str]:
    """Those of the headings that stand on the page or on one before it."""
    missing = {heading for heading in section if not stands_in(heading, text)}
    while missing and (earlier := next(before, None)) is not None:
        missing -= {heading for heading in missing if stands_in(heading, earlier)}
    return [heading for heading in section if heading not in missing]


def _boxes(textpage: pypdfium2.PdfTextPage, found: Found) -> list[Box]:
    """One box a line, in points: left, bottom, right, top."""
    boxes: list[Box] = []
    for first, last in found.runs:
        count = textpage.count_rects(first, last - first + 1)
        for box in (textpage.get_rect(at) for at in range(count)):
            if boxes and _same_line(boxes[-1], box):
                boxes[-1] = _around([boxes[-1], box])
            else:
                boxes.append(box)
    return boxes


def _same_line(one: Box, other: Box) -> bool:
    height = min(one[3] - one[1], other[3] - other[1])
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    gap = max(one[0], other[0]) - min(one[2], other[2])
    return overlap > 0.5 * height and gap < 1.5 * max(height, 6.0)


def _around(boxes: Sequence[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _pixels(place: pypdfium2.PdfPosConv, box: Box) -> tuple[int, int, int, int]:
    """`box` on the picture: left, top, right, bottom; also where the page is turned."""
    x0, y0 = place.to_bitmap(box[0], box[1])
    x1, y1 = place.to_bitmap(box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _marked(image: Image.Image, boxes: Sequence[tuple[int, int, int, int]]) -> Image.Image:
    """`image` as if a highlighter had been drawn over it: the text under it stays black."""
    if not boxes:
        return image
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        pad = max(2, (bottom - top) // 5)
        draw.rounded_rectangle(
            (left - pad, top - pad, right + pad, bottom + pad), radius=pad, fill=_MARKER
        )
    return ImageChops.multiply(image, layer)


def _column(textpage: pypdfium2.PdfTextPage, sheet: pypdfium2.PdfPage) -> Box:
    """The part of the page that has text."""
    count = textpage.count_rects()
    boxes = [textpage.get_rect(at) for at in range(count)]
    return _around(boxes) if boxes else (0.0, 0.0, *sheet.get_size())


def _crop(
    image: Image.Image, place: pypdfium2.PdfPosConv, boxes: Sequence[Box], column: Box
) -> tuple[int, int, int, int]:
    left, bottom, right, top = _around([*boxes])
    wanted = (
        min(left, column[0]) - _SIDE_MARGIN,
        bottom - _MARGIN,
        max(right, column[2]) + _SIDE_MARGIN,
        top + _MARGIN,
    )
    x0, y0, x1, y1 = _pixels(place, wanted)
    return max(x0, 0), max(y0, 0), min(x1, image.width), min(y1, image.height)


def _png(image: Image.Image) -> bytes:
    # A page of text has few colours: a palette makes the picture a third of the size.
    out = io.BytesIO()
    image.quantize(128, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()
