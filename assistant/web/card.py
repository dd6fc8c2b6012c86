"""An answer as markdown: complete as text alone, and set as a card by `public/maavi.css`.

The card is the text itself, not a second telling of it: the verdict is a heading that leads to
what it means, conditions are a task list, cases and suggestions are links that ask. So it is kept
with the conversation, can be read without a script, and grows while a chat model writes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.models import Answer, Badge, Case, Citation, Language, Piece
from assistant.web.links import ask_url, badge_url, mail_url
from assistant.web.markdown import (
    as_written,
    citation_url,
    heading_of,
    linked,
    plain,
    titled_link,
)

BADGES: dict[Language, dict[Badge, str]] = {
    "da": {
        "ja": "Ja",
        "nej": "Nej",
        "betinget": "Ja, på betingelser",
        "afhaenger": "Afhænger af situationen",
    },
    "en": {
        "ja": "Yes",
        "nej": "No",
        "betinget": "Yes, on conditions",
        "afhaenger": "Depends on the case",
    },
}
_WORDS = {
    "da": {
        "sources": "Kilder",
        "page": "side",
        "section": "Afsnit",
        "colleague": "Spørg en kollega",
        "subject": "Spørgsmål om AI",
        "more": "Spørg videre",
    },
    "en": {
        "sources": "Sources",
        "page": "page",
        "section": "Section",
        "colleague": "Ask a colleague",
        "subject": "Question about AI",
        "more": "Ask more",
    },
}
_TO_TICK = re.compile(r"^- ☐ ", re.MULTILINE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def card(answer: Answer, suggestions: Sequence[str] = (), *, read: bool = False) -> str:
    """The whole answer: verdict, what it hangs on, why, sources, whom to ask, and what to ask next.
    One that the user has `read` as it was written keeps the order of its text.
    """
    blocks = (
        _heading(answer.badge, answer.language),
        _body(answer if read else _what_to_do_first(answer)),
        _sources(answer),
        _colleague(answer),
        _suggestions(suggestions, answer.language),
    )
    return "\n\n".join(block for block in blocks if block)


def streamed(piece: Piece, known: dict[int, Citation], begun: bool) -> str:
    """A piece of an answer that is still being written; the first one, before the answer has
    `begun`, comes under its verdict. Its citations are added to `known`.
    """
    known.update({citation.number: citation for citation in piece.citations})
    heading = "" if begun else _heading(piece.badge, piece.language)
    text = linked(_tickable(as_written(piece.text)), known)
    return f"{heading}\n\n{text}" if heading else text


def _heading(badge: Badge | None, language: Language) -> str:
    return f"## [{BADGES[language][badge]}]({badge_url(badge)})" if badge else ""


def _body(answer: Answer) -> str:
    citations = {citation.number: citation for citation in answer.citations}
    text = _tickable(linked(as_written(answer.text), citations))
    for case in answer.cases:
        text = _askable(text, case)
    return text


def _what_to_do_first(answer: Answer) -> Answer:
    """With the conditions and the cases right under the verdict; the reasons come after them."""
    first, *rest = answer.text.split("\n\n")
    lists = [block for block in rest if _TO_TICK.search(block) or _has_case(block, answer)]
    others = [block for block in rest if block not in lists]
    return replace(answer, text="\n\n".join((first, *lists, *others)))


def _has_case(block: str, answer: Answer) -> bool:
    return any(f"\n- {case.label}: " in block for case in answer.cases)


def _tickable(text: str) -> str:
    return _TO_TICK.sub("- [ ] ", text)


def _askable(text: str, case: Case) -> str:
    """The line of a case with its label a link that asks for it alone."""
    line = f"- {as_written(case.label)}: "
    link = f"- [{plain(case.label)}]({ask_url(case.question, case.verdict)}): "
    at = f"\n{text}".find(f"\n{line}")
    return text if at < 0 else f"{text[:at]}{link}{text[at + len(line) :]}"


def _sources(answer: Answer) -> str:
    """The places that are cited, each with the numbers of its markers; "" when there are none."""
    if not answer.citations:
        return ""
    words = _WORDS[answer.language]
    places: dict[tuple[str, int, str], list[Citation]] = {}
    for citation in answer.citations:
        place = (citation.document, citation.page, citation.section)
        places.setdefault(place, []).append(citation)
    lines = (_source_line(group, words) for group in places.values())
    return "\n".join((f"**{words['sources']}**", "", *lines))


def _source_line(group: Sequence[Citation], words: dict[str, str]) -> str:
    first = group[0]
    numbers = ", ".join(str(citation.number) for citation in group)
    name = f"{numbers}. {plain(first.title)}, {words['page']} {first.page}"
    heading = heading_of(first)
    title = f"{words['section']} ”{heading}”" if heading else ""
    return f"- {titled_link(name, f'{citation_url(first)}#kilde', title)}"


def _colleague(answer: Answer) -> str:
    """A link to write to the contact; the browser makes a ready-written mail of it."""
    if not (answer.contacts or answer.citations):
        return ""
    words = _WORDS[answer.language]
    return f"[{words['colleague']}]({mail_url(_address(answer.contacts), words['subject'])})"


def _address(contacts: Sequence[str]) -> str:
    return next(_addresses(contacts), "")


def _addresses(contacts: Sequence[str]) -> Iterator[str]:
    return (found.group() for contact in contacts for found in _ADDRESS.finditer(contact))


def _suggestions(questions: Sequence[str], language: Language) -> str:
    if not questions:
        return ""
    lines = (f"- [{plain(question)}]({ask_url(question)})" for question in questions)
    return "\n".join((f"**{_WORDS[language]['more']}**", "", *lines))
