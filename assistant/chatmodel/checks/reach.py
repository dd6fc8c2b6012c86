"""Whether a claim holds for more, or more surely, than the sentence that it quotes."""

import re

_ALL = re.compile(
    r"\b(?:altid|alle|alt|al|ethvert|enhver|samtlige|frit|uden videre|roligt|overhovedet|uanset"
    r"|ubetinget|under alle omstændigheder|i alle tilfælde|på egen hånd)\b",
    re.IGNORECASE,
)
# What says "all" in other words; a ban holds for all too.
_ALL_THERE = re.compile(
    r"\b(?:altid|alle|alt|al|ethvert|enhver|samtlige|frit|overhovedet|uanset|ubetinget|aldrig"
    r"|ingen|hver|hvert|hele|også|hverken|løbende|døgn\w*|forbudt|intet|begge)\b",
    re.IGNORECASE,
)
_MOSTLY = re.compile(
    r"\b(?:som udgangspunkt|som regel|som hovedregel|normalt|typisk|ofte|oftest|jævnligt|sjældent"
    r"|sandsynligvis|måske|eventuelt|de fleste|i visse tilfælde)\b",
    re.IGNORECASE,
)
_MOSTLY_SAID = re.compile(
    r"\b(?:udgangspunkt\w*|som regel|hovedregel\w*|normalt|typisk|ofte|oftest|tit|jævnligt"
    r"|sjældent|sandsynlig\w*|næppe|måske|eventuelt|(?:de )?fleste|flertal\w*|i visse|nogle"
    r"|undertiden|generelt|almindelig\w*|kan|kunne|risik\w*)\b",
    re.IGNORECASE,
)


_ONLY = re.compile(r"\b(?:kun|udelukkende|eneste)\b", re.IGNORECASE)
# What keeps others out as "only" does.
_ONLY_THERE = re.compile(
    r"\b(?:kun|udelukkende|alene|eneste|ikke|først|højst|medmindre|hverken|aldrig|ingen|intet|kræve\w*"
    r"|forudsæt\w*|skal|når|hvis|nej|forbudt|undtagen|forbeholdt|nøjes|bare|blot)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(?:også|selv),? (?:når|hvis|om|ved|til|i)\b", re.IGNORECASE)
_ALSO_SAID = re.compile(r"\b(?:også|selv|begge|både)\b", re.IGNORECASE)
_AT_ONCE = re.compile(r"\b(?:straks|med det samme|omgående|øjeblikkelig\w*)\b", re.IGNORECASE)
_IN_TIME = re.compile(
    r"\b(?:straks|det samme|omgående|øjeblikkelig\w*|snarest|hurtig\w*|senest|inden|timer|nu"
    r"|uden ophold)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bbåde\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:ikke|aldrig|ingen|hverken|forbudt|uden)\b", re.IGNORECASE)
_EITHER = re.compile(r"\beller\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:både|begge|samt|og)\b", re.IGNORECASE)


def narrowed(claim: str, core: str) -> str:
    """The "kun" of `claim` that nothing in `core`, the words quoted, says; "" for none."""
    found = _ONLY.search(claim)
    also = _ALSO.search(core) and not _ALSO_SAID.search(claim)
    return found.group() if found and (also or not _ONLY_THERE.search(core)) else ""


def unhurried(claim: str, core: str) -> str:
    """The "straks" of `core`, the words quoted, that `claim` has lost; "" for none."""
    found = _AT_ONCE.search(core)
    return found.group() if found and not _IN_TIME.search(claim) else ""


def loosened(claim: str, core: str) -> str:
    """The "eller" of `claim` where `core` asks for both; "" for none. "Not A and B" is "neither A
    nor B", so that a denial excuses it.
    """
    found = _EITHER.search(claim) if _AND.search(core) and not _AND.search(claim) else None
    excused = _EITHER.search(core) or (_DENIES.search(f"{claim} {core}") and not _BOTH.search(core))
    return found.group() if found and not excused else ""


def overstated(claim: str, core: str) -> str:
    """The word by which `claim` holds for more than `core`, the words quoted, or the word of
    `core` that keeps it from holding always and that `claim` has lost; "" for neither.
    """
    found = _ALL.search(claim)
    if found and not _ALL_THERE.search(core):
        return found.group()
    kept_back = _MOSTLY.search(core)
    return kept_back.group() if kept_back and not _MOSTLY_SAID.search(claim) else ""
