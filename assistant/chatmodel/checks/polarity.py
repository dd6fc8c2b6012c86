"""Whether a claim denies, allows, demands and advises as its source does."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.chatmodel.checks.meaning import Meaning

_DENIES = re.compile(
    r"\b(?:ikke|aldrig|ingen|intet|hverken|næppe|uden|nej|forbudt?|forbyd\w*|udeluk\w*"
    r"|ulovlig\w*|undgå\w*|undlad\w*|lade? være|mangl\w*|afvis\w*|afslag\w*|fritag\w*|undtag\w*"
    r"|bortset|sjældent|spærre\w*|afskåret|frarå\w*|medmindre|væk|slip\w*|forhindr\w*|svært|vanskelig\w*"
    r"|nægt\w*|bortfald\w*|ophæv\w*|stop\w*|mistet?|umulig\w*|omgå|fri for|færrest"
    r"|u(?:egne\w*|gyldig\w*|kendt\w*|vedkommende|sikker\w*|nødvendig\w*|ændre\w*|acceptab\w*"
    r"|berettig\w*|ønske\w*|læst\w*|godkendt\w*|betalt\w*|brugt\w*|problematisk\w*))\b",
    re.IGNORECASE,
)
_HOLDS_BACK = re.compile(
    r"\b(?:kun|alene|udelukkende|eneste|først|forbeholdt|højst|endnu|nøjes|begrænse\w*|sjældent)\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(
    r"\b(?:ikke|ikke længere) (?:kun|bare|blot|alene|udelukkende)\b", re.IGNORECASE
)
_NEITHER = re.compile(r"\bheller ikke\b", re.IGNORECASE)
_PARTS = re.compile(r"[.;:!?] |, | – | (?=(?:men|når|hvis|som|der|mens)\b)", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:skal|bør|anbefal\w*)\b", re.IGNORECASE)
_ALIGNED = 0.55  # share of a clause's content from which another is taken to say it
_ANSWER = re.compile(r"^(?:ja|nej|jo)\b[,.:;!–-]?\s*", re.IGNORECASE)

_SHALL = re.compile(
    r"\b(?:skal|kræve[rst]*|krav|påkræve\w*|nødt til|pligt\w*|forpligt\w*|obligatorisk\w*"
    r"|forudsæt\w*|betingelse\w*|husk|må (?:\w+ )?(?:ikke|kun|aldrig|først|hverken)|ufravigelig\w*"
    r"|forbud\w*|binde\w*)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:^|[.:;] |, (?:så|og) )(?!Det|Den|Du|Vi|[Hh]v)[A-ZÆØÅa-zæøå]{3,}(?<!er)(?<!en)(?<!et) "
    r"(?=først|dig|den|det|de|en|et|ikke|aldrig|altid|straks|kun|kommunens|dine|din)",
)
_SHOULD = re.compile(
    r"\b(?:bør|burde|anbefal\w*|helst|opfordr\w*|god idé|gode råd|råd\b|frarå\w*|tilråd\w*"
    r"|med fordel|hensigtsmæssig\w*)\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:kan|må|tillad\w*|tilladt|godkend\w*|lov|gerne|frit|mulig\w*|ret til|adgang|ja)\b",
    re.IGNORECASE,
)
# The same in a source, where "godkende" may be what one must do.
_MAY_THERE = re.compile(
    r"\b(?:kan|må|tillad\w*|tilladt|godkendt til|lov|gerne|frit|mulig\w*|ret til|adgang|ja)\b",
    re.IGNORECASE,
)
_MAY_ONLY = re.compile(
    r"\bmå (?:\w+ ){0,2}?(?:ikke|kun|aldrig|først|højst|hverken|tidligst)\b", re.I
)
_SHALL_SAID = re.compile(
    r"\b(?:skal|kræve[rs]|er et krav|nødt til|pligt til|har pligt|forbyde[rs]|forbudt|forpligtet"
    r"|påkrævet|obligatorisk\w*)\b",
    re.IGNORECASE,
)
_SHOULD_SAID = re.compile(
    r"\b(?:bør|anbefal\w*|helst|opfordr\w*|frarå\w*|tilråd\w*|god idé|med fordel)\b", re.IGNORECASE
)
_MAY_SAID = re.compile(r"\b(?:kan|må)\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:kun|eneste|udelukkende|hverken)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:som |de oplysninger,? )?opgaven kræver\b", re.IGNORECASE)


def opening_answer(claim: str) -> str:
    """The "Ja" or "Nej" that `claim` opens with, lower-cased; "" for none."""
    match = _ANSWER.match(claim)
    return re.sub(r"\W", "", match.group().lower()) if match else ""


def without_answer(claim: str) -> str:
    """`claim` without the "Ja" or "Nej" that it opens with."""
    return _ANSWER.sub("", claim)


def denials(text: str) -> int:
    """How many words of `text` deny something."""
    return len(_DENIES.findall(_NEITHER.sub("", text)))


def other_force(claim: str, core: str) -> str:
    """How `claim` is stronger or weaker than `core`, the words quoted: "skal", "bør" or "kan" that
    is not there; "" when they agree, or when `core` only describes.
    """
    claim, core = _RELATIVE.sub("", claim), _RELATIVE.sub("", core)
    shall = bool(_SHALL.search(core) or _IMPERATIVE.search(core))
    should, may = bool(_SHOULD.search(core)), bool(_MAY.search(_MAY_ONLY.sub("", core)))
    if _SHALL_SAID.search(claim) and not shall and (should or may):
        return "skal"
    if _MAY_ONLY.search(claim) and should and not shall:
        return "må"
    first, there = _FIRST.search(claim), _FIRST.search(core)
    if first and there and (first.group().lower() == "skal") != (there.group().lower() == "skal"):
        return first.group().lower()
    if _SHOULD_SAID.search(claim) and not should and (shall or may):
        return "bør"
    allowed = None if _ONLY.search(claim) else _MAY_SAID.search(_MAY_ONLY.sub("", claim))
    bound = _SHALL.search(claim) or _SHOULD.search(claim)
    unsaid = (
        allowed
        and not _MAY_THERE.search(_MAY_ONLY.sub("", core))
        and not bound
        and (shall or should)
    )
    return allowed.group().lower() if allowed and unsaid else ""


def other_sign(claim: str, core: str, around: Sequence[str], meaning: Meaning) -> str:
    """The clause that is denied in one of `claim` and `core` and said in the other; "" for none."""
    said, source = clauses(claim), clauses(core)
    more = _NOT_ONLY.search(core)
    if more and _DENIES.search(claim) and not _HOLDS_BACK.search(claim):
        return more.group()
    if _NOT_ONLY.search(claim) and not _NOT_ONLY.search(core):
        return claim
    for clause in source if denials(claim) < denials(core) else ():
        if _DENIES.search(clause) and not _denied_in(clause, said, meaning, strict=True):
            return clause
    if _DENIES.search(claim) and not (_DENIES.search(core) or _HOLDS_BACK.search(core)):
        near = [c for text in around for c in clauses(text)]
        for clause in said:
            if _DENIES.search(clause) and not _denied_in(clause, near, meaning, strict=False):
                return clause
    return ""


def _denied_in(clause: str, others: Sequence[str], meaning: Meaning, *, strict: bool) -> bool:
    """Whether those of `others` that say what `clause` says deny it too; with none of them, True
    when `strict` (it is not told at all), else False.
    """
    words = meaning.content(clause)
    if len(words) < 2 and strict:
        return True
    if not words:  # "men ikke dér": there is nothing to compare but the denial
        return any(_DENIES.search(other) for other in others)
    best, share = "", 0.0
    for other in others:
        there = meaning.content(other)
        found = sum(meaning.covered(w, there) for w in words) / len(words)
        if found > share:
            best, share = other, found
    if share < _ALIGNED:
        return strict or any(_DENIES.search(o) for o in others)
    return bool(_DENIES.search(best) or _HOLDS_BACK.search(best))


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[str, ...]:
    """`text` at its commas and conjunctions."""
    return tuple(part.strip() for part in _PARTS.split(text) if part.strip())
