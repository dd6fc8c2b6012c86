"""Whether a claim keeps the conditions, exceptions and limits of the sentence that it quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.chatmodel.checks.meaning import Meaning
from assistant.facts import facts_of
from ingest.lexical import words

# Where a condition or an exception of a sentence begins, and where it ends.
_OPENS = re.compile(
    r"\b(?:hvis|når(?! som helst)|såfremt|så længe|så snart|forudsat|medmindre|med mindre|undtagen"
    r"|undtaget|bortset fra|på nær|i det omfang|under forudsætning|på betingelse|betinget af"
    r"|inden|før|først|indtil|dog"
    r"|(?:efter|med|uden|ved) (?:\S+ ){0,4}?(?:\S*aftale|\S*godkendelse\w*"
    r"|\S*samtykke|\S*tilladelse|accept|tilsagn)"
    r"|i (?:særlige|godkendte|bestemte|visse|enkelte|sådanne) \S+"
    r"|for (?:særlige|godkendte|bestemte|visse|enkelte) \S+|på (?:visse|særlige) \S+)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;:]|, (?!og\b|eller\b)|$")
_ONLY = re.compile(
    r"\b(?:kun|udelukkende|alene|eneste|forbeholdt|intet andet|ikke andet)\b", re.IGNORECASE
)
_KEEPS_ONLY = re.compile(
    r"\b(?:kun|udelukkende|alene|eneste|forbeholdt|intet andet|ikke andet|ikke til andet|først"
    r"|ingen andre|så længe|når|hvis|medmindre|undtagen|højst|skal|kræve[rs]?|forudsætter"
    r"|betingelse\w*|bare|begrænset|ikke (?:til|i|med)|aldrig|hverken)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:højst|højest|højeste|maksimalt|maks|max|op til|inden for|inden|senest"
    r"|ikke (?:være )?over|ikke mere end|under|mindre end|loft\w*|grænsen?|frist\w*"
    r"|ikke overstige|kortere end|før"
    r"|straks|når|løbet af|første)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:mindst|minimum|min|fra|over|mere end|ikke under|og opefter|eller (?:mere|flere|derover)"
    r"|tidligst|først|længere end|ikke mindre end|som minimum|efter)\b",
    re.IGNORECASE,
)
_FIRM_MOST = re.compile(
    r"\b(?:højst|maksimalt|maks|max|op til|senest|ikke over|ikke mere end|inden for)\b", re.I
)
_FIRM_LEAST = re.compile(
    r"\b(?:mindst|minimum|mere end|over|og opefter|eller flere|eller mere|tidligst)\b", re.I
)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d|\b(?:én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|tolv)\b", re.I)
_NOTHING_ELSE = 0.95  # share of a claim's content from which it tells nothing but the rest
_WHOLLY = 0.75  # how surely it then tells it, however little of it
_ALSO = re.compile(r"\b(?:også|selv|heller ikke|uanset|uagtet)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition or an exception, and the rest of the sentence that it limits."""

    text: str
    rest: str


def cells_of(sentence: str) -> list[str]:
    """The cells of a table row, each with its heading; a sentence as it is."""
    _, colon, rest = sentence.partition(": ")
    if not colon or "; " not in rest:
        return [sentence]
    return rest.split("; ")


def limits_of(sentence: str) -> list[Limit]:
    """The conditions and exceptions in `sentence`."""
    return list(_limits(sentence))


def _limits(sentence: str) -> Iterator[Limit]:
    for match in _OPENS.finditer(sentence):
        if _ALSO.search(sentence[: match.start()]):
            continue  # "also when": it holds all the same
        end = _ENDS.search(sentence, match.end())
        stop = end.start() if end else len(sentence)
        text = sentence[match.start() : stop]
        ahead = sentence[: match.start()].rpartition(". ")[2]
        yield Limit(text, f"{ahead} {sentence[stop:].partition('. ')[0]}")


def left_out(claim: str, sentences: Sequence[str], meaning: Meaning) -> tuple[float, str]:
    """How surely `claim` says what one of the `sentences` limits without the limit, 0..1, and the
    limit. The surest one counts.
    """
    said = meaning.content(claim)
    worst = (0.0, "")
    for sentence in (cell for s in sentences for cell in cells_of(s)):
        for limit in limits_of(sentence):
            # What goes on with ", og" may be a second condition, or a clause of its own.
            parts = (limit.text, limit.text.partition(", og ")[0])
            kept = min(_kept(part, claim, said, meaning) for part in parts)
            rest = meaning.content(limit.rest)
            told = meaning.share(rest, said)
            if meaning.share(said, rest) >= _NOTHING_ELSE:
                told = max(told, _WHOLLY)
            marked = 0.3 if _OPENS.search(claim) else 0.0
            worst = max(worst, (told * max(0.0, 1 - kept - marked), limit.text))
    return worst


def _kept(limit: str, claim: str, said: Sequence[str], meaning: Meaning) -> float:
    """How much of the limit's content, or else of its words, the claim has; all of it where the
    claim has its numbers.
    """
    if (wanted := facts_of(limit)) and wanted <= facts_of(claim):
        return 1.0
    if content := meaning.content(limit):
        return meaning.share(content, said)
    if _OPENS.search(claim):
        return 1.0  # "først, når …": the rest of it is looked at by itself
    every = words(limit)
    return meaning.share(every, words(claim))


def loses_only(claim: str, sentences: Sequence[str], meaning: Meaning) -> bool:
    """Whether a "kun" of the sentence that `claim` tells is gone."""
    if _KEEPS_ONLY.search(claim):
        return False
    said = meaning.content(claim)
    for sentence in sentences:
        for match in _ONLY.finditer(sentence):
            after = meaning.content(sentence[match.end() : match.end() + 60])[:3]
            if after and meaning.share(after, said) >= 0.5:
                return True
            if meaning.share(meaning.content(sentence), said) >= 0.5:
                return True
    return False


def narrows(claim: str, sentences: Sequence[str], meaning: Meaning) -> float:
    """The least share that `claim` has of what follows a "kun" in `sentences`: all of it belongs
    to what is allowed. 1 without one.
    """
    said = meaning.content(claim)
    share = 1.0
    for sentence in (cell for s in sentences for cell in cells_of(s)):
        for match in _ONLY.finditer(sentence):
            after = meaning.content(sentence[match.end() :])
            before = meaning.content(sentence[: match.start()])
            if len(after) > 1 and (not before or meaning.share(before, said) >= 0.5):
                share = min(share, meaning.share(after, said))
    return share


def loses_bound(claim: str, sentences: Sequence[str]) -> bool:
    """Whether a number of `claim` has lost its "højst" or "mindst"."""
    for number in _NUMBER.findall(claim):
        for sentence in sentences:
            for firm, kept in ((_FIRM_MOST, _MOST), (_FIRM_LEAST, _LEAST)):
                near = rf"{firm.pattern}\s+(?:\S+\s+){{0,3}}?{re.escape(number)}\b"
                if re.search(near, sentence, re.I) and not kept.search(claim):
                    return True
    return False
