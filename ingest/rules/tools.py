"""Names of tools that the lexicon does not know, learned from how the documents use them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ingest.passages import Passage
from ingest.reading import sentences_of
from ingest.rules.lexicon import Lexicon, Mention
from ingest.rules.modality import cell_modality, column_modality
from ingest.rules.rows import cells_of, is_about_what, is_about_whom

_NAME = r"[A-ZÆØÅ][\wæøå]*(?:[-.][\wæøå]+)*(?: (?:[A-ZÆØÅ][\w]*|Pro|AI|\d+))*"
_USED = re.compile(
    rf"\b(?:[Bb]rug(?:e[rs]?|en af)?|[Aa]nvende[rs]?|[Bb]enytte[rs]?|[Bb]ehandles i|[Ll]aves i"
    rf"|[Ll]ægges ind i"
    rf"|[Oo]ptages (?:og \w+ )?med|[Ll]aves med|[Tt]ransskriberes med|[Uu]darbejdes med"
    rf"|[Gg]enereres med) ({_NAME})"
)
_TELLING = re.compile(r"\b[A-ZÆØÅ][\wæøå]*(?:-?GPT|[Bb]ot|-?AI)\b")  # names that say what they are
_CAMEL = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+[A-ZÆØÅ][\wæøå]*\b")
_CALLED = re.compile(
    rf"\b(?:[Vv]ærktøjet|[Tt]jenesten|[Pp]rogrammet|[Ss]ystemet|[Aa]ppen|[Ll]øsningen|[Cc]hatbotten"
    rf"|[Rr]obotten|[Ss]progmodellen|[Aa]ssistenten) [»\"”“]?({_NAME})"
)
_KIND = (
    r"(?:chat(?:bot|robot|tjeneste|assistent)?|assistent|værktøj|tjeneste|program|system|løsning|app"
    r"|sprogmodel|robot|tool)"
)
# "Skriveren er vores egen chat", "Rutefinder er et program, der …"
_IS_A_TOOL = re.compile(
    rf"^({_NAME})(?: (?:i|på|hos|til) [a-zæøå]+)? er (?:kommunens|vores|jeres|en|et|den|det)"
    rf"(?: [a-zæøå]+){{0,3}}? (?:AI-|KI-)?{_KIND}\b"
)
# "Må" and "Må ikke" alone head the columns of a table of tasks as well.
_OF_TASKS = re.compile(r"^(?:du |vi |I |man )?må(?: ikke)?$", re.IGNORECASE)
# "Taletid bruges ikke længere", "Diktér må kun anvendes"
_IS_USED = re.compile(
    rf"\b({_NAME}) (?:(?:kan|må) (?:kun |også |ikke |gerne )?)?(?:bruges|anvendes|benyttes)\b"
)
# A section on one tool opens with its name: "Referenten lytter med på møder".
_OPENS = re.compile(rf"^({_NAME}) (?:[a-zæøå]{{2,}}r|kan|må|skal)\b")
_TOOL_COLUMN = re.compile(r"^(?:værktøj|tjeneste|system|program|løsning|app|tool)\w*$", re.I)
_NUMBER = re.compile(r"^\d+(?:\.\d+)*\.? ")
_LOWER = re.compile(r"\b[a-zæøå]{2,}\b")
_WITHIN = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]+\b")  # with a capital within a sentence
_WHOLE = re.compile(_NAME)
_RARELY = 3  # times as often with a capital that a word must stand to be a name nevertheless
_SURE = 2  # a row of a table of tools, or two uses
# An edition of a tool that the lexicon knows: "ChatGPT Team".
_EDITION = re.compile(
    r"^ (?:Team|Teams|Plus|Pro|Enterprise|Edu|Business|Free|Gratis|[A-ZÆØÅ]\w{3,})$"
)
_NOT_A_TOOL = re.compile(
    r"(?:forvaltning\w*|afdeling\w*|udvalg\w*|center|centret|råd|rådet|kommune\w*|styrelse\w*|chef\w*"
    r"|leder\w*|tilsyn\w*|direktion\w*|loven|forordning\w*|rådgiver\w*|koordinator\w*|politik\w*"
    r"|oplysninger|data|billeder|elever|medarbejdere|ansatte|borgere?|afgørelser|møder|tekster|breve"
    r"|ai|gdpr|dpo|cpr|eu|hr|mus|it|kl|dpia|mfa|intranet\w*|desk|møde\w*)$",
    re.IGNORECASE,
)


def tools_named_in(passages: Iterable[Passage], lexicon: Lexicon) -> list[str]:
    """Names that the documents use as tools and `lexicon` lacks, those of tables first."""
    kept = list(passages)
    lower = _common_words(kept)
    found: Counter[str] = Counter()
    for passage in kept:
        for name, weight in _candidates(passage, lexicon):
            if _is_new(name, lexicon, lower):
                found[name] += weight
    for name in dict.fromkeys(n for p in kept if (n := _named_by_heading(p))):
        if _is_new(name, lexicon, lower) and any(_is_inside(name, p.text) for p in kept):
            found[name] += _SURE
    sure = [name for name, weight in found.items() if weight >= _SURE]
    return [name for name in sure if not any(_is_start_of(name, other) for other in sure)]


def _is_start_of(name: str, other: str) -> bool:
    """Whether `name` is only the beginning of `other`: "Tal" of "Tal til Nexus"."""
    rest = other.removeprefix(f"{name} ")
    return rest != other and rest[:1].islower()


def _candidates(passage: Passage, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Names that may be a tool's, with how sure that is."""
    for sentence in sentences_of(passage):
        if sentence.is_row:
            label, cells = cells_of(sentence.text)
            if _is_tool_row(cells, lexicon):
                yield re.split(r"\s*[(,]", label)[0].strip(), _SURE
            yield from (
                (v, _SURE) for h, v in cells if _TOOL_COLUMN.match(h) and _WHOLE.fullmatch(v)
            )
            continue
        yield from ((m.group(1), _SURE) for m in _CALLED.finditer(sentence.text))
        yield from ((m.group(1), _SURE) for m in _IS_A_TOOL.finditer(sentence.text))
        yield from ((m.group(1), 1) for m in _USED.finditer(sentence.text))
        yield from ((m.group(1), 1) for m in _IS_USED.finditer(sentence.text))
        yield from ((m.group(), _SURE) for m in _TELLING.finditer(sentence.text))
        for camel in _CAMEL.finditer(sentence.text):
            if not _is_within(camel, lexicon.mentions(sentence.text)):
                yield camel.group(), _SURE


def _is_within(name: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """Whether `name` is a piece of something known: "GitHub" of "GitHub Copilot"."""
    return any(m.start <= name.start() and name.end() <= m.end for m in mentions)


def _is_inside(name: str, text: str) -> bool:
    """Whether `name` stands after a word in lower case, as the names of things do."""
    before = r"\b(?:i|med|til|for|lade[rs]?|af|hos|bruge?[rs]?|Brug|eller)"
    return bool(re.search(rf"{before} {re.escape(name)}\b", text))


def _named_by_heading(passage: Passage) -> str:
    """The name that heads a section and opens a sentence in it; "" for none."""
    headings = {_NUMBER.sub("", heading) for heading in passage.section}
    opens = (_OPENS.match(sentence.text) for sentence in sentences_of(passage))
    return next((m.group(1) for m in opens if m and m.group(1) in headings), "")


def _is_tool_row(cells: list[tuple[str, str]], lexicon: Lexicon) -> bool:
    """Whether the columns are kinds of data and the cells permit or forbid, or the columns say
    what a tool may and may not be used for, or whom it is for and what may be put into it.
    """
    if any(is_about_whom(h) for h, _ in cells) and any(is_about_what(h) for h, _ in cells):
        return True
    about_use = [head for head, _ in cells if column_modality(head) and not _OF_TASKS.match(head)]
    if len(about_use) > 1:
        return True
    about_data = [
        value for head, value in cells if any(p.kind == "data" for p in lexicon.parts(head))
    ]
    return len(about_data) > 1 and any(cell_modality(value) for value in about_data)


def _is_new(name: str, lexicon: Lexicon, lower: frozenset[str]) -> bool:
    words = name.lower().split()
    if len(name) < 3 or len(words) > 4 or _NOT_A_TOOL.search(words[-1]):
        return False
    if all(word in lower for word in words):
        return False  # a common word at the start of a sentence
    known = [m for m in lexicon.mentions(name) if m.concept.startswith("tool.")]
    if not known:
        return not lexicon.mentions(name)
    return len(known) == 1 and bool(_EDITION.match(name[known[0].end :])) and not known[0].start


def _common_words(passages: Iterable[Passage]) -> frozenset[str]:
    """The words that stand in lower case, unless they stand far more often with a capital where no
    sentence begins.
    """
    lower: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for passage in passages:
        lower.update(_LOWER.findall(passage.text))
        names.update(word.lower() for word in _WITHIN.findall(passage.text))
    return frozenset(word for word, count in lower.items() if _RARELY * count >= names[word])
