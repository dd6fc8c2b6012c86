"""Whether a claim denies what its source denies: the denials counted, and clause against clause.

Two denials in one sentence take each other back, so that an even number against an odd one is a
sentence turned round. Where words that only may deny ("kun", "afvise", "undgå") are about, or a
"not before" stands for a "first", nothing is said of the count.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.chatmodel.checks.deeds import deeds_of
from assistant.chatmodel.checks.meaning import Meaning

_DENIES = re.compile(
    r"\b(?:ikke|aldrig|ingen|intet|hverken|næppe|uden(?! for\b)|nej|forbudt|umulig\w*"
    r"|medmindre|fri for)\b",
    re.IGNORECASE,
)
# What denies in some sentences, or what another word says without a denial.
_MAY_DENY = re.compile(
    r"\b(?:forby\w*|udeluk\w*|ulovlig\w*|und(?:gå|lad|tag)\w*|lade? være|hold\w* op|mangl\w*"
    r"|afvis\w*|afslag\w*|fritag\w*|bortset|spærre\w*|afskåret|frarå\w*|sjældent|slip\w*|forhindr\w*|svært"
    r"|vanskelig\w*|nægt\w*|bortfald\w*|ophæv\w*|stop\w*|mistet?|omgå|færrest|ude af|kun|alene"
    r"|udelukkende|eneste|først|forbeholdt|højst|endnu|nøjes|begrænse\w*|erstatte\w*|ellers"
    r"|u(?:ændre\w*|egne\w*|gyldig\w*|kendt\w*|vedkommende|sikker\w*|nødvendig\w*|acceptab\w*"
    r"|berettig\w*|ønske\w*|læst\w*|godkendt\w*|betalt\w*|brugt\w*|problematisk\w*))\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:ikke|aldrig|ingen|intet|hverken|nej|forbudt)\b.*"
    r"\b(?:før|inden|uden(?! for)|medmindre|undtagen|indtil)\b"
    r"|\buden(?! for)\b.*\b(?:ikke|ingen)\b",
    re.IGNORECASE | re.DOTALL,
)
_GATE = re.compile(
    r"\b(før|inden|uden(?! for)|medmindre|undtagen|indtil)\b ([^.;:,]*)", re.IGNORECASE
)
_BEGINNING = 4  # letters of a word by which its forms are the same
_NOR = re.compile(r"\b(?:heller|end) ikke\b", re.IGNORECASE)
_NEITHER_NOR = re.compile(r"\b(?:ikke|aldrig)\b.*\bhverken\b", re.IGNORECASE | re.DOTALL)
_CLAUSE = re.compile(
    r"[.;:!?]\s|, | – | (?=(?:men|når|hvis|mens|fordi|medmindre|selv om|uden at|så længe"
    r"|(?<!uden )at|og ikke"
    r"|og (?:\S+ ){0,2}?(?:er|har|kan|skal|må|bør|bliver|giver|kræver|peger))\b)",
    re.IGNORECASE,
)
_TOLD = 0.5  # share of a clause's content from which a claim tells it
# A clause of its own; without a verb it is a thing in a row, and denied where the row is.
_VERB = re.compile(
    r"\b(?:er|var|har|havde|må|skal|kan|kunne|bør|vil|bliver|blev|får|gør|gælder|kræver|giver"
    r"|(?:jeg|du|han|hun|man|vi|de|det|den) [a-zæøå]+r"
    r"|[a-zæøå]+r (?:jeg|du|han|hun|man|vi|ikke))\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"(Ja|Nej)\b", re.IGNORECASE)
_NAMED = 0.9  # share of a cell's heading from which a clause names it
_WORDS = 2  # of content in two clauses, up to which nothing is said of them
_SAME = 0.6  # of 1, from which two words are of one clause
_CLAUSE_ALIKE = 0.6  # how alike two clauses are that are compared
_BETTER = 0.2  # by how much more than one that denies alike
_PLAINLY = 0.75  # the same where the sentences deny as often as each other


def turned(claim: str, sentences: Sequence[str], around: Sequence[str], meaning: Meaning) -> str:
    """What is denied in one of `claim` and the quoted `sentences` and said in the other; "" for
    nothing. `around` are sentences near by, which may deny what the claim adds.
    """
    told = ", ".join(_told(claim, sentences, meaning)) or " ".join(sentences)
    if _unsure(claim, told, sentences, meaning):
        return ""
    said, source = _count(claim), _count(" ".join(sentences))
    if said % 2 not in (_count(told) % 2, source % 2):
        return "" if said > source and _denied_near(claim, sentences, around, meaning) else claim
    return _clause_turned(claim, sentences, meaning) or _deed_turned(claim, sentences, meaning)


def cell_turned(claim: str, cells: Sequence[str], meaning: Meaning) -> str:
    """The clause of `claim` that says the opposite of one of the `cells` of a table row."""
    if _MAY_DENY.search(claim) or _NOT_BEFORE.search(claim):
        return ""
    source = [c for cell in cells for c in clauses(cell)]
    for clause in clauses(claim):
        alike, other = _aligned(clause, source, meaning)
        enough = len(meaning.content(clause)) + len(meaning.content(other)) > _WORDS
        if enough and alike >= _CLAUSE_ALIKE and _count(clause) % 2 != _count(other) % 2:
            return "" if _MAY_DENY.search(other) else clause
    return ""


def answer_turned(claim: str, rows: Sequence[str], meaning: Meaning) -> str:
    """The heading of a cell with "Nej" of which a clause of `claim` says yes, or the other way."""
    cells = [c.partition(": ") for row in rows for c in row.partition(": ")[2].split("; ")]
    asked = [(meaning.content(head), head, _YES_NO.match(body)) for head, _, body in cells]
    for clause in () if _MAY_DENY.search(claim) else clauses(claim):
        said = meaning.content(clause)
        about = [
            (head, bool(answer[1].lower() == "nej"))
            for words, head, answer in asked
            if answer and words and meaning.share(words, said) >= _NAMED
        ]
        if about and all(no != bool(_count(clause) % 2) for _, no in about):
            return about[0][0]
    return ""


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[str, ...]:
    """`text` at its commas, its conjunctions and what opens a subordinate clause."""
    return tuple(part.strip() for part in _CLAUSE.split(text) if part.strip())


def _count(text: str) -> int:
    """How many denials `text` has; a "heller ikke" goes on with the one before it."""
    found = len(_DENIES.findall(_NOR.sub("", text))) or bool(_NOR.search(text))
    return int(found) - bool(_NEITHER_NOR.search(text))


def _unsure(claim: str, told: str, sentences: Sequence[str], meaning: Meaning) -> bool:
    """Whether the denials cannot be counted against each other."""
    nor = any(_NOR.search(t) and len(_DENIES.findall(t)) > 1 for t in (claim, *sentences))
    if nor or _begun(_MAY_DENY, claim) != _begun(_MAY_DENY, told):
        return True
    gated = any(_NOT_BEFORE.search(t) for t in (claim, *sentences))
    return gated and not _same_gate(claim, " ".join(sentences), meaning)


def _begun(pattern: re.Pattern[str], text: str) -> list[str]:
    """How the words begin that `pattern` finds in `text`."""
    return sorted(match.group().lower()[:_BEGINNING] for match in pattern.finditer(text))


def _same_gate(claim: str, source: str, meaning: Meaning) -> bool:
    """Whether both texts name the same thing after their "før" or "medmindre"."""
    ours, theirs = _GATE.search(claim), _GATE.search(source)
    if ours is None or theirs is None or ours[1].lower() != theirs[1].lower():
        return False
    return meaning.alike(ours[2], theirs[2]) >= _TOLD and meaning.alike(theirs[2], ours[2]) >= _TOLD


def _told(claim: str, sentences: Sequence[str], meaning: Meaning) -> list[str]:
    """The clauses of `sentences` that `claim` tells."""
    said, found = meaning.content(claim), []
    for clause in (c for s in sentences for c in clauses(s)):
        content = meaning.content(clause)
        if not content or meaning.share(content, said) >= _TOLD:
            found.append(clause)
    return found


def _denied_near(
    claim: str, sentences: Sequence[str], around: Sequence[str], meaning: Meaning
) -> bool:
    """Whether what `claim` denies beyond its source is denied in the sentences around it."""
    source = [c for s in sentences for c in clauses(s)]
    near = [c for s in around for c in clauses(s)]
    for clause in (c for c in clauses(claim) if _DENIES.search(c)):
        here, _ = _aligned(clause, source, meaning)
        there, other = _aligned(clause, near, meaning)
        if there > here and there >= _TOLD and _DENIES.search(other):
            return True
    return False


def _clause_turned(claim: str, sentences: Sequence[str], meaning: Meaning) -> str:
    """The clause of `claim` that is denied where its source is not, or the other way, though they
    deny as often as each other; no clause that denies alike may say about as much of it.
    """
    source = [c for s in sentences for c in clauses(s)]
    for clause in (c for c in clauses(claim) if _VERB.search(c)):
        signs = (_count(clause) % 2, _count(clause) % 2 == 0)
        same = [c for c in source if _count(c) % 2 == signs[0]]
        other = [c for c in source if _count(c) % 2 == signs[1]]
        alike, found = _aligned(clause, other, meaning)
        enough = len(meaning.content(clause)) + len(meaning.content(found)) > _WORDS
        enough = enough and not _MAY_DENY.search(f"{clause} {found}")
        if enough and alike >= _PLAINLY and alike > _aligned(clause, same, meaning)[0] + _BETTER:
            return clause
    return ""


def _deed_turned(claim: str, sentences: Sequence[str], meaning: Meaning) -> str:
    """What one may do by `claim` and may not by the `sentences`, or the other way."""
    if any(_MAY_DENY.search(text) for text in sentences):
        return ""
    there = deeds_of(sentences, clauses, meaning)
    for verb, deeds in deeds_of((claim,), clauses, meaning).items():
        denied = {_count(clause) % 2 for _, clause in deeds}
        if verb in there and not denied & {_count(clause) % 2 for _, clause in there[verb]}:
            return verb
    return ""


def _aligned(clause: str, others: Sequence[str], meaning: Meaning) -> tuple[float, str]:
    """The clause of `others` most like `clause`, and how alike they are, 0..1."""
    words = meaning.content(clause)
    best: tuple[float, str] = (0.0, "")
    for other in others:
        there = meaning.content(other)
        common = sum(meaning.covered(w, there) >= _SAME for w in words)
        if words and common >= min(2, len(words), max(1, len(there))):
            alike = (meaning.share(words, there) + meaning.share(there, words)) / 2
            best = max(best, (alike, other))
    return best
