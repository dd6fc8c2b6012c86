"""The frame of the pages that are ours and not Chainlit's; usable without a script."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from assistant.accounts.pages import pages_for
from assistant.accounts.people import Person
from assistant.models import Badge, Language
from assistant.web.card import BADGES

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Må vi?</title>
<link rel="icon" href="/favicon">
<link rel="stylesheet" href="/public/maavi.css">
<link rel="stylesheet" href="/public/maavi/card.css">
<link rel="stylesheet" href="/public/sider.css">
</head>
<body class="side">
<main>
{body}
</main>
</body>
</html>
"""


def framed(title: str, body: str, language: Language) -> str:
    """A whole page around `body`, which is HTML; `title` is plain text."""
    return _PAGE.format(title=escape(title), body=body, language=language)


def own_page(title: str, body: str, person: Person, language: Language) -> str:
    """A page of `person`'s own, with the way to the others that they may open."""
    to_ask, label = _AROUND[language]
    links = [("/", to_ask), *pages_for(person, language)]
    shown = "".join(f'<li><a href="{address}">{escape(name)}</a></li>' for address, name in links)
    head = f"""<nav class="sider" aria-label="{label}"><ul>{shown}</ul>
<p>{escape(person.shown)}</p></nav>"""
    return framed(title, f"{head}\n{body}", language)


def message_page(title: str, text: str, language: Language, sign_in_for: str = "") -> str:
    """A page with a heading and a sentence, for what could not be shown. It leads to the chat or,
    where that is what is missing, to the sign-in and from there to `sign_in_for`, a path.
    """
    address, label = "/", _TO_THE_CHAT[language]
    if sign_in_for:
        # public/maavi/signin.js reads it; after # it is in no server's log
        address, label = f"/login#til={quote(sign_in_for, safe='')}", _SIGN_IN[language]
    body = (
        f'<article class="besked"><h1>{escape(title)}</h1><p>{escape(text)}</p>'
        f'<p><a href="{address}">{label}</a></p></article>'
    )
    return framed(title, body, language)


def badge_page(badge: Badge, language: Language) -> str:
    """What the word on a verdict's card means."""
    word, texts = BADGES[language][badge], _MEANINGS[language]
    body = (
        f'<article class="kilde svar-{badge}"><h1 class="kilde-titel svar-ord">{escape(word)}</h1>'
        f"<p>{texts[badge]}</p><p>{texts['how']}</p></article>"
    )
    return framed(word, body, language)


def not_found_page(language: Language) -> str:
    """A plain 404."""
    return message_page(*_NOT_FOUND[language], language)


_AROUND: Mapping[Language, tuple[str, str]] = {
    "da": ("Spørg Må vi?", "Sider"),
    "en": ("Ask Må vi?", "Pages"),
}
_TO_THE_CHAT: Mapping[Language, str] = {"da": "Gå til Må vi?", "en": "Go to Må vi?"}
_SIGN_IN: Mapping[Language, str] = {"da": "Log ind", "en": "Sign in"}
_NOT_FOUND: Mapping[Language, tuple[str, str]] = {
    "da": (
        "Siden findes ikke",
        "Må vi? kender ikke det dokument eller den side, du spørger efter. "
        "Måske er dokumentet udskiftet. Stil spørgsmålet igen, så får du de gældende kilder.",
    ),
    "en": (
        "Page not found",
        "Må vi? does not know the document or the page that you ask for. "
        "Maybe the document was replaced. Ask again to get the sources that are in force.",
    ),
}
_MEANINGS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "ja": "Dokumenterne tillader det, du spurgte om, uden betingelser, du ikke selv har nævnt.",
        "nej": "Dokumenterne forbyder det, du spurgte om.",
        "betinget": "Det er tilladt, når betingelserne på listen er i orden. Kryds dem af, "
        "efterhånden som de er det. Er en af dem ikke, er svaret nej.",
        "afhaenger": "Reglerne giver ikke samme svar i alle tilfælde. Vælg det tilfælde på listen, "
        "der passer på dig, så får du svaret på det.",
        "how": "Svaret følger de regler, der står i kommunens dokumenter, og hver regel står under "
        "svaret med sin kilde. Må vi? kan tage fejl af, hvad du spurgte om: Læs kilden, før du "
        "handler, og spørg en kollega, hvis du er i tvivl.",
    },
    "en": {
        "ja": "The documents allow what you asked about, on no condition but those you named.",
        "nej": "The documents forbid what you asked about.",
        "betinget": "It is allowed once the conditions on the list are met. Tick them off as they "
        "are. If one of them is not, the answer is no.",
        "afhaenger": "The rules do not give the same answer in every case. Choose the case on the "
        "list that fits yours to get the answer to it.",
        "how": "The answer follows the rules in the municipality’s documents, and each rule is "
        "shown below it with its source. Må vi? may mistake what you asked about: read the source "
        "before you act, and ask a colleague if in doubt.",
    },
}
