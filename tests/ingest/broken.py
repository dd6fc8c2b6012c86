"""PDFs that are broken in one way each, and what `ingest` says of them."""

import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import typst
from PIL import Image

Make = Callable[[Path], object]
GOOD = ("god-1.pdf", "god-2.pdf", "god-3.pdf")


@dataclass(frozen=True)
class Broken:
    """`make` writes the file; `reason` is part of what ingest says, `taken` whether it goes in."""

    name: str
    make: Make
    reason: str
    taken: bool = False


def typeset(text: str) -> bytes:
    """A PDF of Typst markup, A4, in the fonts that typst carries."""
    setup = '#set page(paper: "a4")\n#set text(lang: "da", size: 11pt)\n'
    return typst.compile((setup + text).encode(), ignore_system_fonts=True)


def a_page(
    words: str = "Du må ikke skrive cpr-numre i chatten. Spørg din leder, før du går i gang.",
) -> bytes:
    """A good PDF of one page."""
    return typeset(f"= Retningslinje\n\n{words}")


def contents(*streams: bytes) -> Make:
    """A PDF with one page for each content stream, as it stands, in Helvetica."""

    def make(path: Path) -> None:
        pdf = pikepdf.new()
        for stream in streams:
            _add_page(pdf, stream)
        pdf.save(path)

    return make


def _add_page(pdf: pikepdf.Pdf, stream: bytes) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(stream)
    return page


def _bytes(data: bytes) -> Make:
    return lambda path: path.write_bytes(data)


def _encrypted(user: str) -> Make:
    def make(path: Path) -> None:
        with pikepdf.open(BytesIO(a_page("Notatet er låst, men alle kan læse det."))) as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(owner="ejer", user=user, R=6))

    return make


def _truncated(share: float) -> Make:
    data = a_page() + b""
    return _bytes(data[: int(len(data) * share)])


def _image(path: Path, kind: str = "PDF") -> None:
    Image.new("RGB", (200, 300), "white").save(path, kind)


def _no_pages(path: Path) -> None:
    pikepdf.new().save(path)


def _raw(*objects: str) -> bytes:
    """A PDF of `objects`, numbered from 1, the first one the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        f"trailer\n<</Size {len(objects) + 1} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def _circular_pages(path: Path) -> None:
    catalogue = "<</Type/Catalog /Pages 2 0 R>>"
    first = "<</Type/Pages /Kids[3 0 R] /Count 1>>"
    second = "<</Type/Pages /Kids[2 0 R] /Count 1 /Parent 2 0 R>>"
    path.write_bytes(_raw(catalogue, first, second))


def _deep_pages(path: Path) -> None:
    depth = 3_000
    nodes = [
        f"<</Type/Pages /Kids[{n + 1} 0 R] /Count 1{f' /Parent {n - 1} 0 R' if n > 2 else ''}>>"
        for n in range(2, depth + 2)
    ]
    leaf = f"<</Type/Page /Parent {depth + 1} 0 R /MediaBox[0 0 595 842]>>"
    path.write_bytes(_raw("<</Type/Catalog /Pages 2 0 R>>", *nodes, leaf))


def _circular_outline(path: Path) -> None:
    with pikepdf.open(BytesIO(a_page())) as pdf:
        one = pdf.make_indirect(pikepdf.Dictionary(Title="Et"))
        two = pdf.make_indirect(pikepdf.Dictionary(Title="To", Next=one, Prev=one, Parent=one))
        one.Next, one.Prev, one.Parent = two, two, one
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=one, Last=two, Count=2))
        pdf.save(path)


def _some_pages_without_text(path: Path) -> None:
    path.write_bytes(
        typeset("Første side har tekst.\n#pagebreak()\n#rect()\n#pagebreak()\nTredje.")
    )


def _many_pages(path: Path) -> None:
    pages = [
        b"BT /F1 11 Tf 70 400 Td (Side %d handler om kantinens menu.) Tj ET" % n for n in range(500)
    ]
    contents(*pages)(path)


def _outside(path: Path) -> None:
    target = path.parent.parent / "udenfor.pdf"
    target.write_bytes(a_page())
    path.symlink_to(target)


def _unreadable(path: Path) -> None:
    path.write_bytes(a_page())
    path.chmod(0)


def _bomb(path: Path) -> None:
    """256 MB of spaces in 250 kB: what a page's text would be taken from."""
    pdf = pikepdf.new()
    page = _add_page(pdf, b"")
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(b" " * 2**20) for _ in range(256)) + squeeze.flush()
    page.Contents = pikepdf.Stream(pdf, data, Filter=pikepdf.Name.FlateDecode)
    pdf.save(path)


def _broken_xref(path: Path) -> None:
    with pikepdf.open(BytesIO(a_page("Filens register er i stykker."))) as pdf:
        good = BytesIO()
        pdf.save(good, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    head, _, tail = good.getvalue().rpartition(b"xref\n0 ")
    path.write_bytes(
        head + b"xref\n0 " + tail.replace(b"00000 n", b"99999 n").replace(b"0", b"7", 40)
    )


def _garbage_after_header(path: Path) -> None:
    data = a_page("Der står skrald efter filens hoved.")
    head, _, rest = data.partition(b"\n")
    path.write_bytes(head + b"\n" + bytes(range(256)) * 4 + b"\n" + rest)


def _no_unicode_map(path: Path) -> None:
    """A subset font without its character map: the signs have no names that mean anything."""
    with pikepdf.open(BytesIO(a_page("Denne tekst kan ses, men ikke læses af et program."))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            del font.ToUnicode
        pdf.save(path)


def _form_in_itself(path: Path) -> None:
    pdf = pikepdf.new()
    page = _add_page(pdf, b"BT /F1 11 Tf 70 700 Td (Formularen tegner sig selv.) Tj ET /X Do")
    form = pdf.make_stream(b"/X Do /X Do")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 595, 842]
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Resources.XObject = pikepdf.Dictionary(X=form)
    pdf.save(path)


def _nested_arrays(path: Path) -> None:
    contents(b"[" * 200_000)(path)


def _many_forms(path: Path) -> None:
    """Forms that each draw the next one ten times: ten thousand million drawings in a kilobyte."""
    pdf = pikepdf.new()
    page = _add_page(pdf, b"/X Do")
    form = pdf.make_stream(b"BT /F1 1 Tf (x) Tj ET")
    _as_form(form, page.Resources)
    for _ in range(10):
        outer = pdf.make_stream(b"/X Do " * 10)
        _as_form(outer, pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form)))
        form = outer
    page.Resources.XObject = pikepdf.Dictionary(X=form)
    pdf.save(path)


def _as_form(stream: pikepdf.Stream, resources: pikepdf.Object) -> None:
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox, stream.Resources = [0, 0, 595, 842], resources


_LOCKED = "er låst med adgangskode; gem en kopi uden adgangskode"
_DAMAGED = "er beskadiget og kan ikke læses"
_NO_TEXT = "har ingen tekst"
_HTML = b"<!DOCTYPE html><html><body>Log ind for at hente filen</body></html>"
_OPERATORS = b"BT /F1 9 Tf 70 700 Td " + b"1 0 Td (a) Tj " * 50_000 + b"ET"
_UNNAMED_FONT = b"BT /Ukendt 11 Tf 70 700 Td (Skriften findes ikke i filen.) Tj ET"

CASES = (
    Broken("låst.pdf", _encrypted(user="hemmelig"), _LOCKED),
    Broken("låst-for-ændringer.pdf", _encrypted(user=""), "", taken=True),
    Broken("afkortet-10.pdf", _truncated(0.1), _DAMAGED),
    Broken("afkortet-50.pdf", _truncated(0.5), _DAMAGED),
    Broken("afkortet-99.pdf", _truncated(0.99), _DAMAGED),
    Broken("kun-hoved.pdf", _bytes(b"%PDF-1.7\n"), _DAMAGED),
    Broken("nul.pdf", _bytes(b""), "er tom (0 byte)"),
    Broken("webside.pdf", _bytes(_HTML), "er ikke en PDF, men en webside; gem den som PDF"),
    Broken("tekst.pdf", _bytes("Bare tekst, æøå".encode()), "er ikke en PDF; gem den som PDF"),
    Broken("billede.pdf", lambda path: _image(path, "PNG"), "er ikke en PDF; gem den som PDF"),
    Broken("ingen-sider.pdf", _no_pages, "har ingen sider"),
    Broken("kreds-af-sider.pdf", _circular_pages, ""),
    Broken("dybt-sidetræ.pdf", _deep_pages, ""),
    Broken("kreds-af-bogmærker.pdf", _circular_outline, "", taken=True),
    Broken("scannet.pdf", _image, _NO_TEXT),
    Broken("delvis-scannet.pdf", _some_pages_without_text, "side 2 har ingen tekst", taken=True),
    Broken("500-sider.pdf", _many_pages, "", taken=True),
    Broken("Måske æbler og øl (kopi 2).PDF", _bytes(a_page()), "", taken=True),
    Broken(f"{'langt-navn-' * 22}.pdf", _bytes(a_page()), "", taken=True),
    Broken("genvej-ud.pdf", _outside, "er en genvej til en fil uden for mappen"),
    Broken("genvej-til-intet.pdf", lambda p: p.symlink_to("væk.pdf"), "er en genvej til intet"),
    Broken("genvej-til-sig-selv.pdf", lambda p: p.symlink_to(p.name), "er en genvej til intet"),
    Broken("mappe.pdf", lambda p: p.mkdir(), "er ikke en fil"),
    Broken("rør.pdf", os.mkfifo, "er ikke en fil"),
    Broken("lukket.pdf", _unreadable, "giv læseret til filen"),
    Broken("bombe.pdf", _bomb, ""),
    Broken("mange-operatorer.pdf", contents(_OPERATORS), "", taken=True),
    Broken("indlejrede-lister.pdf", _nested_arrays, ""),
    Broken("ødelagt-register.pdf", _broken_xref, "", taken=True),
    Broken("skrald-efter-hoved.pdf", _garbage_after_header, "", taken=True),
    Broken("ukendt-skrift.pdf", contents(_UNNAMED_FONT), "", taken=True),
    Broken("uden-tegnkort.pdf", _no_unicode_map, _NO_TEXT),
    Broken("formular-i-sig-selv.pdf", _form_in_itself, "", taken=True),
    Broken("formularer-i-ti-led.pdf", _many_forms, "", taken=True),
)


def write_broken_folder(folder: Path) -> None:
    """Every case, and the three good PDFs, in `folder`."""
    for number, name in enumerate(GOOD, 1):
        (folder / name).write_bytes(a_page(f"Den gode fil nummer {number} handler om cykelstien."))
    for case in CASES:
        case.make(folder / case.name)
