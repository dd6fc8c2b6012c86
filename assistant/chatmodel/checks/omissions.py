"""What narrows a quoted sentence and a claim leaves unsaid, though it tells what is narrowed.

A relative clause ("videoer, der er optaget på forhånd"), a phrase ("med åbne data", "uden
kontrol"), a condition that the sentence opens with ("Er du leder, …") and each of several
conditions ("når A er godkendt, og B har samtykket").
"""

import re
from collections.abc import Iterator, Sequence

from assistant.chatmodel.checks.limits import cells_of, limits_of
from assistant.chatmodel.checks.meaning import Meaning

_RELATIVE = re.compile(
    r"(?<=\w),? (?:der|som) (?!udgangspunkt|helhed|regel|følge|minimum|standard|fx|led i)"
    r"(?P<what>[^.;:,]*)"
)
_NEXT = (
    r"med|uden|ved|efter|inden|fra|mod|hos|i|på|til|om|under|mellem|blandt|og|eller|men|der|som|når"
    r"|hvis|må|skal|kan|bør|er|har|kræver|gælder|før|for|af|så|kun"
)
_PHRASE = re.compile(
    rf"\b(?:med|uden|ved)\b (?!at\b)(?P<what>(?:(?!\b(?:{_NEXT})\b)[^.;:,])+)", re.IGNORECASE
)
_FINITE = (
    r"(?:vil|har|skal|kan|får|er|bliver|giver|kommer|siger|handler|gør|gælder|mangler|findes"
    r"|[a-zæøå]{3,}(?:er|ar|år))"
)
_PREPOSED = re.compile(
    rf"^(?P<what>{_FINITE} (?:du|I|vi|man|der|det|den|de|en|et|ingen|nogen|alle|begge"
    r"|[\wæøåÆØÅ-]+(?:en|et|ne))\b[^?:;.]*?), (?=(?:så )?(?:skal|må|kan|bør|er|gælder|har|kræver"
    r"|vil|bliver|får)\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:den|det|dem|så|sådan|dette|denne|derefter)\b", re.IGNORECASE)
_CONDITIONAL = re.compile(r"\b(?:hvis|når|såfremt|medmindre|i tilfælde)\b", re.IGNORECASE)
_YES = re.compile(r"ja, ", re.IGNORECASE)
_ANSWER = ("ja",)
_HEAD = re.compile(r"[.;:,]|\b(?:og|men|der|som|hvis|når)\b")
_BEFORE = re.compile(r"\b(?:før|inden(?! for\b)) (?P<what>[^.;:,]*)", re.IGNORECASE)
_IN_ORDER = re.compile(
    r"\b(?:før|inden|først|forinden|forud|på forhånd|senest|skal (?:\w+ )?(?:være|have)|ellers"
    r"|indtil|endnu|ikke)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?<=\w),? (?:der|som|hvor) (?P<what>[^.;:,]*)")
_RULES = re.compile(r"\b(?:må|skal|bør|kræver|tilladt|forbudt|godkendt)\b", re.IGNORECASE)
_RULED = re.compile(r"; |, (?=men|og|heller|også)| men | og (?=må|skal)")
_ALSO = re.compile(r"(?:heller|også)\b", re.IGNORECASE)
_DETAIL = re.compile(
    r"\b(?:til|i|på|for|om|efter|hos|fra|mod) (?!at\b|den\b|det\b)"
    rf"(?P<what>(?:(?!\b(?:{_NEXT})\b)[^.;:,])+)",
    re.IGNORECASE,
)
_JOINED = re.compile(r",? \bog\b ")
_NARROWED = 2  # words of content before a phrase that it narrows
_KEPT = 0.5  # share of what narrows from which it is said
_TOLD = 0.5  # share of what is narrowed from which it is told
_TOLD_WELL = 0.6  # the same where more than the word next to it is looked at
_SAME = 0.9  # of 1, from which a word says nothing that the rest does not
_GONE = 0.4  # share under which a detail is gone


def unsaid(claim: str, sentences: Sequence[str], rows: bool, meaning: Meaning) -> str:
    """What narrows one of the `sentences`, told by `claim`, and is not in the claim; "" for
    nothing. `rows` says that they are rows of a table.
    """
    said = meaning.content(claim)
    if not rows and (time := _order_lost(claim, said, sentences, meaning)):
        return time
    for sentence in sentences:
        if not rows and (ahead := _preposed_unsaid(claim, said, sentence, meaning)):
            return ahead
        for cell in cells_of(sentence):
            for what, head in _narrowing(cell):
                narrowed = meaning.content(head)[-_NARROWED:]
                if _lost(what, narrowed or _answered(cell), said, meaning):
                    return what.strip()
            conditions = [limit.text for limit in limits_of(cell)]
            clauses = [m["what"] for m in _CLAUSE.finditer(cell)]
            found = _part_unsaid(said, conditions, _KEPT / 2, meaning)
            if not rows:
                found = found or _part_unsaid(said, clauses, _KEPT / 2, meaning)
                found = found or _detail_unsaid(claim, said, cell, meaning)
                found = found or _of_all_unsaid(said, cell, meaning)
            if found:
                return found
    return ""


def _order_lost(claim: str, said: Sequence[str], sentences: Sequence[str], meaning: Meaning) -> str:
    """What the `sentences` want done before something that `claim` tells, without a "før"."""
    for match in (m for s in sentences for m in _BEFORE.finditer(s)):
        content = meaning.content(match["what"])
        if content and meaning.share(content, said) >= _TOLD and not _IN_ORDER.search(claim):
            return match.group()
    return ""


def _narrowing(text: str) -> Iterator[tuple[str, str]]:
    """Relative clauses and phrases of `text`, each with the words that it narrows."""
    for pattern in (_RELATIVE, _PHRASE):
        for match in pattern.finditer(text):
            yield match["what"], _HEAD.split(text[: match.start()])[-1]


def _answered(text: str) -> Sequence[str]:
    """What stands for the question that a "Ja, med …" answers."""
    return _ANSWER if _YES.match(text) else ()


def _lost(what: str, head: Sequence[str], said: Sequence[str], meaning: Meaning) -> bool:
    content = meaning.content(what)
    told = head == _ANSWER or (head and meaning.share(head, said) >= _TOLD)
    return bool(told and content and meaning.share(content, said) < _KEPT)


def _preposed_unsaid(claim: str, said: Sequence[str], sentence: str, meaning: Meaning) -> str:
    """The condition that `sentence` opens with, a clause with its verb first, when it is gone."""
    match = _PREPOSED.match(sentence)
    if match is None or _POINTS_BACK.search(claim):
        return ""  # "så", "den": what was asked about is the condition
    rest = meaning.content(sentence[match.end() :])
    every = meaning.content(match["what"])
    content = [w for w in every if meaning.covered(w, rest) < _SAME]
    told = max(meaning.share(rest, said), meaning.share(said, rest))
    if told < _KEPT or (not content and _CONDITIONAL.search(claim)):
        return ""
    if every and not content:  # "er du leder" of a "lederkursus": only the word itself says it
        return match["what"] if not set(every) & set(said) else ""
    return match["what"] if meaning.share(content, said) < _KEPT else ""


def _part_unsaid(said: Sequence[str], texts: Sequence[str], least: float, meaning: Meaning) -> str:
    """What one of the `texts` joins with "og" and is gone, while the other part is told."""
    for text in texts:
        parts = [p for p in _JOINED.split(text) if meaning.content(p)]
        kept = [meaning.share(meaning.content(p), said) for p in parts]
        if len(parts) > 1 and max(kept) >= _KEPT and min(kept) < least:
            return parts[kept.index(min(kept))]
    return ""


def _detail_unsaid(claim: str, said: Sequence[str], text: str, meaning: Meaning) -> str:
    """A phrase of a rule ("til åbne data", "på forhånd") that `claim`, which rules too, leaves out
    though it tells all that goes before it.
    """
    for clause in _RULED.split(text) if _RULES.search(claim) else ():
        if not _RULES.search(clause) or _ALSO.match(clause):
            continue
        for match in _DETAIL.finditer(clause):
            content, head = meaning.content(match["what"]), meaning.content(clause[: match.start()])
            gone = content and meaning.share(content, said) < _GONE
            if gone and head and meaning.share(head, said) >= _TOLD_WELL:
                return match.group()
    return ""


def _of_all_unsaid(said: Sequence[str], text: str, meaning: Meaning) -> str:
    """A relative clause that says whom "alle" or "den" are, when the rest is told without it."""
    for match in (m for m in _RELATIVE.finditer(text) if m.group().startswith(",")):
        content, rest = meaning.content(match["what"]), meaning.content(text[match.end() :])
        bare = not meaning.content(_HEAD.split(text[: match.start()])[-1])
        gone = content and meaning.share(content, said) < _GONE
        if bare and gone and meaning.share(rest, said) >= _TOLD_WELL:
            return match.group().strip(" ,")
    return ""
