"""The page about one source: where it is, how it stands, and the picture with the quote marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.models import Language
from assistant.web.html import framed
from assistant.web.links import image_url, pdf_url
from assistant.web.pages import PageView
from assistant.wording import in_words
from ingest.register import Document, Kind


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document: `page` (1-based), the `quote` asked for, and what the page has."""

    document: Document
    page: int
    quote: str
    view: PageView

    @property
    def title(self) -> str:
        """The document's title."""
        return self.document.title or self.document.file


def source_page(source: Source, today: date, language: Language) -> str:
    """The page; the chat shows its `article` in the side panel."""
    words, document, page = _WORDS[language], source.document, source.page
    body = f"""<article class="kilde" data-dokument="{escape(document.file)}" data-side="{page}">
<h1 class="kilde-titel">{escape(source.title)}</h1>
<p class="kilde-sted">{_place(page, source.view, words)}</p>
{_banner(document, today, language)}
{_quote(source, words)}
<p><a class="kilde-pdf" href="{escape(pdf_url(document.file, page))}" target="_blank" \
rel="noopener">{words["open"].format(page)}</a></p>
{_picture(source, words)}
<dl class="kilde-fakta">{"".join(_facts(document, language))}</dl>
</article>"""
    return framed(f"{source.title}, {words['page'].lower()} {page}", body, language)


def _place(page: int, view: PageView, words: Mapping[str, str]) -> str:
    place = f"<strong>{words['page']} {page}</strong> {words['of']} {view.pages}"
    if view.label != str(page):
        place += f" ({words['label']} {escape(view.label)})"
    if view.section:
        place += f' <span class="kilde-afsnit">{escape(view.section)}</span>'
    return place


def _banner(document: Document, today: date, language: Language) -> str:
    """What a reader must know before the source is believed; "" when there is nothing."""
    words = _WORDS[language]
    if document.valid_until and today > document.valid_until:
        text = words["ended"].format(in_words(document.valid_until, language))
    elif document.valid_from and today < document.valid_from:
        text = words["not_yet"].format(in_words(document.valid_from, language))
    elif document.review_by and today > document.review_by:
        text = words["overdue"].format(in_words(document.review_by, language))
    else:
        return ""
    contact = words["ask"].format(document.contact) if document.contact else ""
    return f'<p class="kilde-banner" role="note">{escape(f"{text} {contact}".strip())}</p>'


def _quote(source: Source, words: Mapping[str, str]) -> str:
    if text := source.view.quote:
        return f'<blockquote class="kilde-citat" lang="da">{escape(text)}</blockquote>'
    return f'<p class="kilde-note">{words["unmarked"]}</p>' if source.quote else ""


def _picture(source: Source, words: Mapping[str, str]) -> str:
    """The whole page; on a phone the part around the quote, where there is one."""
    file, page = source.document.file, source.page
    marked = source.quote if source.view.quote else ""
    whole = escape(image_url(file, page, marked))
    crop = escape(image_url(file, page, marked, cropped=True))
    what = words["marked" if marked else "plain"]
    alt = escape(f"{words['page']} {page} {words['in']} {source.title}, {what}")
    return f"""<figure class="kilde-billede">
<a href="{whole}" target="_blank" rel="noopener" title="{words["new_tab"]}">
<picture>
<source media="(max-width: 640px)" srcset="{crop if marked else whole}">
<img src="{whole}" data-sted="{source.view.mark:.3f}" alt="{alt}">
</picture>
</a>
<figcaption>{words["press"]}</figcaption>
</figure>"""


def _facts(document: Document, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    days = (document.valid_from, document.valid_until, document.review_by)
    from_, until, review = (in_words(day, language) if day else "" for day in days)
    facts = (
        (words["kind"], _KINDS[language][document.kind]),
        (words["owner"], document.owner),
        (words["version"], document.version),
        (words["from"], from_),
        (words["until"], until),
        (words["review"], review),
    )
    return (f"<div><dt>{name}</dt><dd>{escape(said)}</dd></div>" for name, said in facts if said)


_KINDS: Mapping[Language, Mapping[Kind, str]] = {
    "da": {
        "lov": "Lov",
        "politik": "Politik",
        "notat": "Notat",
        "vejledning": "Vejledning",
        "kursus": "Kursusmateriale",
    },
    "en": {
        "lov": "Law",
        "politik": "Policy",
        "notat": "Memo",
        "vejledning": "Guidance",
        "kursus": "Course material",
    },
}
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "page": "Side",
        "of": "af",
        "in": "i",
        "label": "sidetal",
        "open": "Åbn PDF’en på side {}",
        "marked": "med citatet markeret",
        "plain": "uden markering",
        "unmarked": "Stedet kunne ikke markeres på siden.",
        "new_tab": "Vis hele siden i en ny fane",
        "press": "Tryk på billedet for at se hele siden.",
        "kind": "Art",
        "owner": "Ejer",
        "version": "Version",
        "from": "Gælder fra",
        "until": "Gælder til",
        "review": "Næste gennemgang",
        "overdue": "Dokumentet skulle have været gennemgået senest {}, så noget kan være forældet.",
        "ended": "Dokumentet gjaldt til {} og bruges ikke længere i svar.",
        "not_yet": "Dokumentet gælder først fra {}.",
        "ask": "Spørg {}, hvis du er i tvivl.",
    },
    "en": {
        "page": "Page",
        "of": "of",
        "in": "of",
        "label": "printed as",
        "open": "Open the PDF at page {}",
        "marked": "with the quote marked",
        "plain": "without a mark",
        "unmarked": "The passage could not be marked on the page.",
        "new_tab": "Show the whole page in a new tab",
        "press": "Press the picture to see the whole page.",
        "kind": "Kind",
        "owner": "Owner",
        "version": "Version",
        "from": "Valid from",
        "until": "Valid until",
        "review": "Next review",
        "overdue": "The document was due for review by {}, so parts of it may be out of date.",
        "ended": "The document was valid until {} and is no longer used in answers.",
        "not_yet": "The document is not valid before {}.",
        "ask": "Ask {} if in doubt.",
    },
}
