"""The few pages that are ours and not Chainlit's, in Danish, usable without a script."""

from html import escape

from assistant.accounts.pages import pages_for
from assistant.accounts.people import Person
from assistant.web.links import image_url, pdf_url
from assistant.web.pages import PageView

_PAGE = """<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Må vi?</title>
<link rel="icon" href="/favicon">
<link rel="stylesheet" href="/public/maavi.css">
</head>
<body class="side">
<main>
{body}
</main>
</body>
</html>
"""


def source_page(document: str, title: str, page: int, quote: str, view: PageView) -> str:
    """The page about one source; the chat shows its `article` in the side panel."""
    body = f"""<article class="kilde" data-dokument="{escape(document)}" data-side="{page}">
<h1 class="kilde-titel">{escape(title)}</h1>
<p class="kilde-sted">{_place(page, view)}</p>
{_quote(quote, view)}
<p><a class="kilde-pdf" href="{escape(pdf_url(document, page))}" target="_blank" rel="noopener">\
Åbn PDF’en på side {page}</a></p>
{_picture(document, title, page, quote, view)}
</article>"""
    return _PAGE.format(title=escape(f"{title}, side {page}"), body=body)


def own_page(title: str, body: str, person: Person) -> str:
    """A page of `person`'s own, with the way to the others that they may open."""
    links = [("/", "Spørg Må vi?"), *pages_for(person)]
    shown = "".join(f'<li><a href="{address}">{escape(name)}</a></li>' for address, name in links)
    head = f"""<nav class="sider" aria-label="Sider"><ul>{shown}</ul>
<p>{escape(person.shown)}</p></nav>"""
    return _PAGE.format(title=escape(title), body=f"{head}\n{body}")


def message_page(title: str, text: str) -> str:
    """A page with a heading and a sentence, for what could not be shown."""
    body = (
        f'<article class="besked"><h1>{escape(title)}</h1><p>{escape(text)}</p>'
        '<p><a href="/">Gå til Må vi?</a></p></article>'
    )
    return _PAGE.format(title=escape(title), body=body)


def _place(page: int, view: PageView) -> str:
    place = f"<strong>Side {page}</strong> af {view.pages}"
    if view.label != str(page):
        place += f" (sidetal {escape(view.label)})"
    if view.section:
        place += f' <span class="kilde-afsnit">{escape(view.section)}</span>'
    return place


def _quote(quote: str, view: PageView) -> str:
    if view.quote:
        return f'<blockquote class="kilde-citat">{escape(view.quote)}</blockquote>'
    if quote:
        return '<p class="kilde-note">Stedet kunne ikke markeres på siden.</p>'
    return ""


def _picture(document: str, title: str, page: int, quote: str, view: PageView) -> str:
    """The whole page; on a phone the part around the quote, where there is one."""
    marked = quote if view.quote else ""
    whole = escape(image_url(document, page, marked))
    crop = escape(image_url(document, page, marked, cropped=True))
    what = "med citatet markeret" if marked else "uden markering"
    return f"""<figure class="kilde-billede">
<a href="{whole}" target="_blank" rel="noopener" title="Vis hele siden i en ny fane">
<picture>
<source media="(max-width: 640px)" srcset="{crop if marked else whole}">
<img src="{whole}" data-sted="{view.mark:.3f}" alt="Side {page} i {escape(title)}, {what}">
</picture>
</a>
<figcaption>Tryk på billedet for at se hele siden.</figcaption>
</figure>"""
