"""Danish sentence ends, with the place of each sentence in the text."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Abbreviations that a capital letter or a number may follow without a new sentence.
_ABBREVIATIONS = frozenset(
    (
        "adr afd afs alm ang anm art bek bem bilag bl.a ca cirk d d.d dir dr d.v.s dvs e.kr "
        "eks ekskl el ell eng etc ev evt f f.eks ff fhv f.kr fm forb fr fx g gl gns hhv hr "
        "ifm ifølge iht inkl inst int j jf jfr jnr jr kap kgl kl kld kr kst lb lic ltr m m.fl "
        "m.h.p m.h.t m.m m.v ma mag maks max md mdr mfl mht mia min mio ml mm mr mrs ms mv n "
        "nr nr. o o.a o.l obs og.l omkr on op oprl ovenst p p.a p.g.a p.t pag pba pga pk pkt "
        "pr prof ps pt pt. red ref resp s sek sen skr sml st stk str sv t.d t.o.m tdl tdr tel "
        "tf tilh tilsv tlf u udg uafh ugtl v vedr vha vol årg årh eg ie vs no inc ltd"
    ).split()
)
# These may also end a sentence, and then a capital letter that opens a common sentence follows.
_MAY_END = frozenset(
    ("mv m.v m.m mm osv etc m.fl mfl o.l o.a d.d kr mio mia mdr pkt stk pct").split()
)
_OPENERS = frozenset(
    (
        "Det De Den Der Du Dette Disse Hvis Når I Vi Kommunen Alle Er Har Skal Kan Må Ved For "
        "Som Men Og Her Hvor En Et På Til Med Om Af Fra Derfor Desuden Dog Ingen The It You "
        "If"
    ).split()
)

_MONTH = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)
_ORDINAL_AFTER = re.compile(r"(?:\b(?:den|det|de|d|nr|pkt|punkt)\.?|\n)$", re.IGNORECASE)

# "klasse A og B." ends a sentence, an initial does not.
_LETTERED = re.compile(
    r"\b(?:klasse|kategori|niveau|gruppe|type|bilag)\w* (?:[A-Z],? (?:og |eller |samt )?)*[A-Z]$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"”“»«’')\]]*(?=\s)|\n+")
_LAST_WORD = re.compile(r"[\w.]+$")
_NEXT = re.compile(r"\s*[\"“”»«'(\[•–-]*\s*(\S+)")


def sentence_spans(text: str) -> list[Span]:
    """Start and end of each sentence in `text`; a line break always ends one. White space is
    outside the spans, everything else is inside exactly one.
    """
    return list(_trimmed(text, _cuts(text)))


def sentences(text: str) -> list[str]:
    """The sentences of `text`, verbatim."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _cuts(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match.group().startswith("\n") or _ends_sentence(text, match):
            yield match.end()
    yield len(text)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    if following is None:
        return True
    opener = following.group(1)
    if opener[0].islower():
        return False  # a new sentence opens with a capital; an iPhone at its start is rarer
    if match.group()[0] != "." or opener == "Stk.":
        return True
    return not _is_abbreviation(text[: match.start()], opener)


def _is_abbreviation(before: str, opener: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    if word.group().isupper() and len(word.group()) > 1:
        return False  # "HR." ends a sentence, "hr." does not
    if _LETTERED.search(before):
        return False
    last = word.group().lower().strip(".")
    if last in _MAY_END:
        return opener.strip(",.:;") not in _OPENERS
    if last.isdigit():
        return _is_ordinal(before, last, opener)
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha())


def _is_ordinal(before: str, number: str, opener: str) -> bool:
    """ "den 14. Januar", "nr. 3. Udvalg", "3. Udvalg" at the start; not "kl. 9–14. Ring til …"."""
    if len(number) > 2 or opener.strip(",.:;") in _OPENERS:
        return False
    ahead = before[: -len(number)].rstrip()
    return not ahead or _MONTH.match(opener) is not None or _ORDINAL_AFTER.search(ahead) is not None


def _trimmed(text: str, cuts: Iterator[int]) -> Iterator[Span]:
    start = 0
    for cut in cuts:
        piece = text[start:cut]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if right > left:
            yield start + left, start + right
        start = cut
