"""What the chat says: an answer as the markdown that Chainlit shows, and the standing texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.models import Answer, Citation, Hit, Piece
from assistant.web.links import SECTION_SEPARATOR, source_url

PROFILES = {"standard": "Standard", "undervisning": "Undervisning"}
WELCOME = """# Må vi?

Spørg om, hvad du må bruge AI til i dit arbejde. Hvert svar viser det sted i kommunens dokumenter, \
hvor det står."""

STARTERS = (
    ("Må jeg bruge ChatGPT til en mail?", "Må jeg bruge ChatGPT til at skrive en mail?"),
    ("Må vi optage et møde med en borger?", "Må vi optage et møde med en borger?"),
    ("Må jeg skrive cpr-numre i Copilot?", "Må jeg skrive cpr-numre i Copilot?"),
    ("Hvem ringer jeg til ved et brud?", "Hvem skal jeg ringe til ved et brud på sikkerheden?"),
)

SEARCHING = "Søger i dokumenterne"

SEARCH_FAILED = "Søgningen lykkedes ikke."

SOMETHING_WRONG = (
    "Noget gik galt, og jeg kunne ikke svare. Prøv igen om lidt. "
    "Bliver det ved, så skriv til dem, der driver Må vi?, og fortæl, hvad du spurgte om."
)

_SHOWN_HITS = 8
_SHOWN_RULES = 6
_MARKER = re.compile(r"\[(\d+)\]")
# A claim ends with its markers or with its line.
_PIECE = re.compile(r".+?(?:(?:\[\d+\]\s*)+[.!?]?\s*|\n+|$)", re.DOTALL)
# Chainlit reads ":word" as a directive and swallows it ("Offentligt:Ja"), "<word>" as HTML, which
# it leaves out, and "~word~" as struck out. An answer means none of them.
_TAKEN_AWAY = re.compile(r"(?<!\\)(?::(?=[^\W\d_])|[<~])")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!|<>~]")
_WORDS = {
    "da": ("Kilder", "side", "afsnit"),
    "en": ("Sources", "page", "section"),
}


def answer_pieces(answer: Answer) -> Iterator[str]:
    """The answer's text claim by claim, each marker a link to its source."""
    citations = {citation.number: citation for citation in answer.citations}
    for piece in _PIECE.findall(answer.text):
        yield _linked(_shown_as_written(piece), citations)


def streamed_piece(piece: Piece, known: dict[int, Citation]) -> str:
    """A piece of an answer that is still being written; its citations are added to `known`."""
    known.update({citation.number: citation for citation in piece.citations})
    return _linked(_shown_as_written(piece.text), known)


def rest_pieces(answer: Answer, streamed: str) -> Iterator[str]:
    """What of the answer's text is left when `streamed` of it has been shown."""
    left = answer.text.removeprefix(streamed)
    yield from answer_pieces(replace(answer, text=left))


def source_list(answer: Answer) -> str:
    """The places under the answer, each with the numbers of its markers; "" when there are none."""
    if not answer.citations:
        return ""
    heading, page, section = _WORDS[answer.language]
    places: dict[tuple[str, int, str], list[Citation]] = {}
    for citation in answer.citations:
        place = (citation.document, citation.page, citation.section)
        places.setdefault(place, []).append(citation)
    lines = [_source_line(group, page, section) for group in places.values()]
    return "\n".join(("", "", f"**{heading}**", "", *lines))


def search_report(question: str, answer: Answer, titles: Mapping[str, str]) -> str:
    """What was searched for and what was found, for the step above the answer; `titles` has the
    title of each document by its file name."""
    if answer.status in ("blocked", "error"):
        return "Der blev ikke søgt."
    head = f"Søgte efter: *{plain(answer.trace.standalone or question)}*"
    hits = answer.trace.hits[:_SHOWN_HITS]
    rules = _rule_lines(answer)
    if not (hits or rules):
        return f"{head}\n\nFandt ingen steder, der passer."
    found = "Fandt disse steder, de bedste først:"
    if answer.status == "declined":
        found = "Fandt disse steder, men ingen af dem svarer på spørgsmålet:"
    best = max((hit.score for hit in hits), default=1.0)
    lines = (_hit_line(hit, titles, best) for hit in hits)
    return "\n".join((head, *rules, "", found, "", *lines, *_model_lines(answer)))


def _rule_lines(answer: Answer) -> list[str]:
    """The rules that the verdict follows from, and those that do not count for it."""
    lines: list[str] = []
    for heading, rules in (
        ("Regler, der afgør det:", answer.trace.rules),
        ("Regler, der ikke tæller her:", answer.trace.lost),
    ):
        if rules:
            lines += ["", heading, "", *(f"- {plain(rule)}" for rule in rules[:_SHOWN_RULES])]
    return lines


def _model_lines(answer: Answer) -> list[str]:
    """What a chat model wrote that is not shown as it wrote it, and why."""
    model = answer.trace.model
    if model is None or not model.dropped:
        return []
    lines = (f"- {plain(dropped)}" for dropped in model.dropped[:_SHOWN_RULES])
    return ["", "Det skrev sprogmodellen, som ikke vises sådan:", "", *lines]


def plain(text: str) -> str:
    """`text` so that markdown shows it as it is, on one line."""
    return _shown_as_written(_MARKDOWN.sub(r"\\\g<0>", " ".join(text.split())))


def match_in_words(score: float, best: float) -> str:
    """A score as a reader understands it: beside the best one, for scores of two questions do not
    compare."""
    share = score / best if best > 0 else 0.0
    if share >= 0.999:
        return "passer bedst"
    return "passer næsten lige så godt" if share >= 0.75 else "passer mindre godt"


def _shown_as_written(text: str) -> str:
    return _TAKEN_AWAY.sub(r"\\\g<0>", text)


def _linked(text: str, citations: dict[int, Citation]) -> str:
    def link(marker: re.Match[str]) -> str:
        citation = citations.get(int(marker[1]))
        return f"[\\[{marker[1]}\\]]({_address(citation)})" if citation else marker[0]

    return _MARKER.sub(link, text)


def _address(citation: Citation) -> str:
    return source_url(citation.document, citation.page, citation.quote, citation.section)


def _source_line(group: Sequence[Citation], page: str, section: str) -> str:
    first = group[0]
    numbers = ", ".join(str(citation.number) for citation in group)
    name = f"{numbers}. {plain(first.title)}, {page} {first.page}"
    heading = first.section.split(SECTION_SEPARATOR)[-1]
    where = f" – {section} ”{plain(heading)}”" if heading else ""
    return f"- [{name}]({_address(first)}){where}"


def _hit_line(hit: Hit, titles: Mapping[str, str], best: float) -> str:
    passage = hit.passage
    title = plain(titles.get(passage.document, passage.document))
    section = SECTION_SEPARATOR.join(passage.section)
    address = source_url(passage.document, passage.page, passage.text, section)
    return f"- [{title}, side {passage.page}]({address}) – {match_in_words(hit.score, best)}"
