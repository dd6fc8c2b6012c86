"""A sentence taken apart: the clauses that rule, with their conditions and exceptions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.rules.modality import demands_doing_without, modality_of
from ingest.rules.model import Modality

_CONDITION = re.compile(
    r"^(?:og |eller |men )?(?:kun |først |alene |dog kun )?(?:hvis|når(?! som helst)|såfremt"
    r"|så længe|så snart|forudsat"
    r"|under forudsætning|på (?:den )?betingelse|betinget af|i det omfang|inden(?! for)|før"
    r"|forinden"
    r"|(?:efter|med|uden) (?:(?!med |uden |efter )[^\s,;:.]+ ){0,3}?(?:aftale|godkendelse"
    r"|samtykke|tilladelse|accept|indforståelse|tilsagn|ok)\b"
    r"|med (?:[^\s,;:.]+ )?(?:\w*kursus|\w*licens|\w*bevis|\w*kørekort|\w*certifikat)\b"
    r"|(?:der|som) (?:selv |allerede |tidligere |forinden )?(?:har|er"
    r"|kan) (?:\w+ )?(?:gennemført|taget|bestået"
    r"|fået|optaget|logget|givet|deltaget|registreret|uddannet|oprettet|tildelt|tilmeldt)\b"
    r"|sammen med (?!andre)|under (?:opsyn|vejledning|tilsyn|overværelse)\b"
    r"|efter (?:[^\s,;:.]+ ){0,3}?(?:oplæring|introduktion|instruktion|gennemgang|kursus)\b"
    r"|mens (?!.*\b(?:må|skal|kan|bør|ikke)\b)(?:[a-zæøå]+(?:en|et|ne)|du|en|et) "
    r"|uden at|ved brug til|uden (?=.{3,60} (?:må|kan)\b))",
    re.IGNORECASE,
)
# Where a condition or an exception starts inside a clause.
_STARTS = re.compile(
    r"(?<=[\w\d)”\"»] )(?=(?:(?:kun |først |alene )?(?:hvis|når(?! som helst)|såfremt|så længe"
    r"|så snart|forudsat at"
    r"|forudsat|under forudsætning af|på betingelse af|i det omfang|medmindre|bortset fra"
    r"|undtagen|med undtagelse af|på nær)\b"
    r"|med (?:[^\s,;:.]+ )?(?:\w*kursus|\w*licens|\w*bevis|\w*kørekort|\w*certifikat)\b"
    r"|(?:kun |først |alene |dog )?(?:efter|med|uden) (?:(?!med |uden "
    r"|efter )[^\s,;:.]+ ){0,3}?(?:aftale|godkendelse|samtykke|tilladelse|accept|tilsagn)\b"
    r"|sammen med (?!andre)|under (?:opsyn|vejledning|tilsyn|overværelse)\b"
    r"|efter (?:[^\s,;:.]+ ){0,3}?(?:oplæring|introduktion|instruktion|gennemgang)\b"
    r"|uden at\b))",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"^(?:og |men )?(?:medmindre|med mindre|undtagen|undtaget|bortset fra|dog (?!kun|må|skal"
    r"|først)|med undtagelse|hvilket dog ikke gælder"
    r"|på nær)",
    re.IGNORECASE,
)
# What is left out of a permission, and thus forbidden.
_LEFT_OUT = re.compile(
    r"^(?:undtagen|bortset fra|dog ikke|med undtagelse af|på nær|hvilket dog ikke gælder)"
    r" (?!hvis|når|ved|i særlige)",
    re.IGNORECASE,
)
# It holds all the same: neither a condition nor an exception.
_CONCESSION = re.compile(
    r"^(?:og |men )?(?:(?:også|heller ikke|selv) (?:selv om|selvom|når|hvis|om)|uanset|selv om"
    r"|selvom|hvad enten|uagtet)\b",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"(?:^|[ ,])(?:og|men|eller|også|heller ikke|selv|og også|og kun|kun|men kun)$", re.IGNORECASE
)
_EVEN = re.compile(r"\s*(?:om|når|hvis)\b", re.IGNORECASE)
_INVERTED = re.compile(
    r"^(?:vil|har|skal|kan|får|bruger|indeholder|ønsker|står|er|bliver|giver|kommer|siger|handler"
    r"|optager|sender|skriver|opdager|drejer|gælder|rummer|finder|behøver|mangler|arbejder)"
    r" [^?,]*?, |^[a-zæøå]{4,}r (?:du|vi|man|i|der|det|den|de|en|et|nogen|alle|blot"
    r"|[a-zæøå]+(?:en|et|ne))\b[^?]*?, ",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"^(?:så )?(?:skal|må|kan|bør|er|gælder|har|kræver|vil|bruges|optages|slettes|gives"
    r"|standses|stoppes|anbefal\w+|frarå\w+|afvent\w+|stop\w*|brug|lad|spørg|kontakt|meld)\b",
    re.IGNORECASE,
)
# A new clause of the same sentence.
_JOINT = re.compile(
    r"[;:] |,? (?=mens (?!(?:der|du|vi|man|I)\b))|, (?=(?:men|mens|hvorimod|dog må|dog skal"
    r"|dog kun|men dog|og|eller)\b)| – |, "
    r"| (?=men (?:ikke|kun|aldrig|først)\b)| (?=og (?:må|skal|bør|kan) (?:aldrig |ikke |kun )?\w+)",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^(?:men |og |– )?(?:(?:kun|aldrig|ikke|hverken|heller ikke|udelukkende)\b"
    r"|(?:[^\s,;:.]+ ){1,3}(?:aldrig|ikke|kun)\b.*)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"^(?:som|der|hvor|hvem|hvilke|hvornår|hvordan|da|fordi|så|idet|selv om|selvom|at|om|hvilket"
    r"|hvad|end)\b",
    re.IGNORECASE,
)
# It only says which things are ruled: "tjenester, der kræver betaling, må ikke …".
_WHICH = re.compile(
    r"\b(?:der|som) (?:selv |også |ikke )?(?:kræver|forudsætter|skal|kan|bør|må)\b", re.IGNORECASE
)
# What is done with what is permitted, and by whom: "men de prøves på en kopi først".
_TAIL = re.compile(
    r"^(?:men|og) (?!(?:ikke|kun|aldrig|det|dette|her|så)\b)(?:[^\s,;:.]+ ){1,4}?"
    r"(?:skal|[a-zæøå]{3,}(?:es|er))\b",
    re.IGNORECASE,
)
# What somebody may permit, which is leave on the condition that they do.
_MAY_GIVE_LEAVE = re.compile(
    r"\bkan (?!ikke)(?:[^\s,;:.]+ ){0,4}?"
    r"(?:give (?:\w+ )?(?:lov|tilladelse|dispensation)|dispensere|undtage|bevilge)\b",
    re.IGNORECASE,
)
_IS_DONE = re.compile(r"\b(?!findes|ses)[a-zæøå]{4,}es\b|\b(?:læser|tjekker|sidder|retter)\b")
_REQUIRES = re.compile(
    r"^(?:men |og )?(?:det|dette|brugen) (?:dog )?(?:forudsætter|kræver|er en betingelse)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"\b(?:kræver|forudsætter),? (?!ingen)(.+)$", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    r"^(?:men |og )?(?:ikke|aldrig|intet|ingen) (?:til |i |med |om )?(?:andet|andre|øvrige)\b",
    re.IGNORECASE,
)
# Things in a row between a verb and its negation: "må A, B og C ikke optages".
_LISTED = re.compile(
    r"\b(?:må|kan|skal|bør) (?:(?!(?:må|kan|skal|er|har|hvis|når|men|dog|du|vi|gerne|kun"
    r"|ikke)\b)[^\s,;:.]+,? ){2,12}"
    r"(?:ikke|aldrig|kun)\b"
)
# "grønne, gule og orange data"
_ENUMERATED = re.compile(
    r"(?<=[a-zæøå]{3}), (?=(?!(?:men|og|eller|dog|når|hvis|som|der|må|kan|skal"
    r"|bør)\b)[a-zæøå]{3,12}"
    r" (?:og|eller|samt) (?!må|kan|skal|bør|er|ikke|kun)[a-zæøå]{3,12} (?:data|oplysninger"
    r"|tekster|personoplysninger)\b)"
)
_NEITHER = re.compile(r"^(?:hverken|heller ikke)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"^(?:men |og |– )?(?:[^\s,;:.]+ ){0,3}?(ikke|aldrig|hverken|heller ikke)\b", re.I
)
# "…, når alle er orienteret, og I ikke taler om …": a main clause has its verb ahead of "ikke".
_GOES_ON = re.compile(
    r"^(?:og|eller) (?!ikke|kun|aldrig)[^\s,;:.]+ (?:heller )?(?:ikke|aldrig) (?!til\b|i\b)"
    r"[a-zæøå]+",
    re.IGNORECASE,
)
_LIMITED = re.compile(r"^(?:men |og |– )?(?:[^\s,;:.]+ ){0,3}?(kun|udelukkende|alene)\b", re.I)


@dataclass(slots=True)
class Clause:
    """A clause that rules; an `elliptic` one leans on that before it ("men ikke til interne")."""

    text: str
    modality: Modality | None = None
    conditions: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)
    elliptic: bool = False


def clauses_of(sentence: str) -> list[Clause]:
    """The clauses of `sentence` that rule, in order."""
    ahead_of, semicolon, rest = sentence.partition("; ")
    if semicolon and not _ELLIPSIS.match(rest) and not _inside_brackets(sentence, len(ahead_of)):
        return [*clauses_of(ahead_of), *clauses_of(rest)]
    sentence = _ENUMERATED.sub(" og ", sentence)
    text = _LISTED.sub(lambda m: m.group().replace(", ", " og "), sentence.strip())
    ahead, body, excepted = _preposed(text)
    found: list[Clause] = []
    last = ""
    for piece in _pieces(body):
        last = _take(piece, found, last)
    for clause in found:
        clause.modality = clause.modality or _modality(clause.text)
        if clause.modality == "påbud" and demands_doing_without(clause.text):
            clause.modality = "forbudt"
        if clause.modality is None and _is_first_done(clause):
            clause.modality = "påbud"
        if clause.modality in (None, "tilladt") and _MAY_GIVE_LEAVE.search(clause.text):
            clause.modality = "tilladt"
            clause.conditions.insert(0, clause.text)
        demand = _DEMANDS.search(clause.text) if clause.modality == "påbud" else None
        if demand:
            clause.conditions.append(demand.group(1))
    ruling = list(_joined(c for c in found if c.modality))
    for clause in ruling:
        if clause.modality == "tilladt" and any(re.match("(?:først|kun) ", a, re.I) for a in ahead):
            clause.modality = "kun"
        clause.conditions[:0] = ahead
        clause.exceptions[:0] = excepted
    return ruling


def _is_first_done(clause: Clause) -> bool:
    """Whether it tells what is done before something else: "godkendes af lederen, før …"."""
    before = any(re.match(r"(?:før|inden|forinden)\b", c, re.IGNORECASE) for c in clause.conditions)
    return before and bool(_IS_DONE.search(clause.text))


def _joined(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """The clauses, with "men det forudsætter, at …" as a condition of the permission before it."""
    before: Clause | None = None
    for clause in clauses:
        if before and before.modality == "ikke påbud" and before.text.endswith("ikke omfattet"):
            before.modality = "forbudt"  # "… er ikke omfattet og skal skrives af …"
        if before and before.modality in ("tilladt", "kun") and _REQUIRES.match(clause.text):
            before.conditions += [_without_opener(clause.text), *clause.conditions]
            continue
        if before and before.modality in ("tilladt", "kun") and _is_tail(clause):
            before.conditions.append(", ".join((_without_opener(clause.text), *clause.conditions)))
        before = clause
        yield clause
        yield from left_out(clause)


def _is_tail(clause: Clause) -> bool:
    """Whether it is a duty that goes with the permission before it: "men koden skal gennemses"."""
    return clause.modality == "påbud" and bool(_TAIL.match(clause.text))


def left_out(clause: Clause) -> Iterator[Clause]:
    """What a permission leaves out, as a ban of its own: "dog ikke mindetaler"."""
    if clause.modality not in ("tilladt", "kun"):
        return
    for exception in clause.exceptions:
        if _LEFT_OUT.match(exception):
            yield Clause(exception, "forbudt", elliptic=True)


def fragment(text: str, modality: Modality) -> Clause:
    """`text`, which has no verb that rules, as a clause of this modality, with its conditions."""
    ahead, body, excepted = _preposed(text.strip().rstrip("."))
    found = [Clause("", modality)]
    last = ""
    for number, piece in enumerate(_pieces(body)):
        bare = piece.strip(" ,;:.")
        if number == 0 and not (_EXCEPTION.match(bare) or _CONDITION.match(bare)):
            found[0].text = bare
        elif _EXCEPTION.match(bare) or _CONDITION.match(bare):
            last = _take(piece, found, last)
        else:
            last = _continue(bare, found, last)
    clause = found[0]
    clause.conditions[:0] = ahead
    clause.exceptions[:0] = excepted
    return clause


def _take(piece: str, found: list[Clause], last: str) -> str:
    """Add `piece` to `found`; returns what it was, for the piece after it."""
    bare = piece.strip(" ,;:.")
    if not found:
        found.append(Clause(bare, _modality(bare)))
        return "clause"
    goes_on = last == "condition" and _GOES_ON.match(bare)
    if not goes_on and (taken := _take_limit(bare, found[-1])):
        return taken
    modality = _modality(bare)
    besides = found[-1].modality == "forbudt" and _NEITHER.match(bare)
    if goes_on or besides or _SUBORDINATE.match(bare):
        return _continue(bare, found, last)
    if found[-1].modality is None:
        _complete(bare, found)
    elif _ELLIPSIS.match(bare) and _only_negates(bare, modality):
        found.append(Clause(bare, _elliptic(bare), elliptic=True))
    elif modality is None and found[-1].modality in ("tilladt", "kun") and _TAIL.match(bare):
        found[-1].conditions.append(_without_opener(bare))
        return "condition"
    elif modality is None:
        return _continue(bare, found, last)
    else:
        found.append(Clause(bare, modality))
    return "clause"


def _take_limit(bare: str, clause: Clause) -> str:
    """Add `bare` to `clause` if it is a condition, an exception or a concession; "" if not."""
    if _CONCESSION.match(bare):
        return "concession"
    if _EXCEPTION.match(bare):
        verb = re.search(r" (?=(?:må|kan|skal|bør)\b)", bare)
        if verb and clause.modality is None:
            clause.text += bare[verb.start() :]
            bare = bare[: verb.start()]
        clause.exceptions.append(_without_opener(bare))
        return "exception"
    if _CONDITION.match(bare):
        if clause.modality == "tilladt" and re.match(r"(?:kun|først|alene|dog kun)\b", bare, re.I):
            clause.modality = "kun"
        clause.conditions.append(_without_opener(bare))
        return "condition"
    if clause.modality == "tilladt" and _NOTHING_ELSE.match(bare):
        clause.modality = "kun"
        return "concession"
    return ""


def _complete(bare: str, found: list[Clause]) -> None:
    """Put a piece to the one before it that rules nothing by itself."""
    before = found.pop()
    whole = f"{before.text}, {bare}"
    ruled = _modality(_WHICH.sub(lambda m: " " * len(m.group()), before.text) + f", {bare}")
    found.append(Clause(whole, ruled, before.conditions, before.exceptions))


def _modality(text: str) -> Modality | None:
    found = modality_of(text)
    return found.modality if found else None


def _only_negates(bare: str, modality: Modality | None) -> bool:
    """Whether it says no more than "not" or "only", so that its verb is the one before it."""
    return not re.search(r"\b(må|kan|skal|bør|er)\b", bare) or modality is None


def _elliptic(bare: str) -> Modality:
    return "kun" if _LIMITED.match(bare) and not _NEGATED.match(bare) else "forbudt"


def _continue(bare: str, found: list[Clause], last: str) -> str:
    clause = found[-1]
    if last == "concession":
        return last
    if last == "condition" and clause.conditions:
        clause.conditions[-1] += f", {bare}"
    elif last == "exception" and clause.exceptions:
        clause.exceptions[-1] += f", {bare}"
    else:
        clause.text += f", {bare}"
    return last


def _without_opener(text: str) -> str:
    return re.sub(r"^(?:og|men) ", "", text)


def _preposed(text: str) -> tuple[list[str], str, list[str]]:
    """Conditions and exceptions that a sentence opens with, and the rest of it."""
    inverted = _INVERTED.match(text)
    opener = _CONDITION.match(text) or _EXCEPTION.match(text)
    if not (inverted or opener):
        return [], text, []
    end = _main_clause(text)
    if end is None:
        short = re.match(r"^(.{5,80}?) (?=(?:må|kan|skal|bør)\b)", text)
        if not opener or not short:
            return [], text, []
        ahead, rest = short.group(1), text[short.end() :]
    else:
        ahead, rest = text[:end].rstrip(" ,"), text[end:]
    if _EXCEPTION.match(text):
        return [], rest, [ahead]
    return [ahead], rest, []


def _main_clause(text: str) -> int | None:
    """Where the main clause begins after one that was put first."""
    for comma in re.finditer(", ", text):
        if _FINITE.match(text[comma.end() :]):
            return comma.end()
    return None


def _pieces(text: str) -> Iterator[str]:
    """Pieces of `text`; a word that only joins ("og", "også") goes with what comes after it."""
    ahead = ""
    split = [piece for joint in _split(_JOINT, text) for piece in _split(_STARTS, joint)]
    for piece, after in zip(split, [*split[1:], ""], strict=True):
        whole = f"{ahead}{piece}"
        loose = _DANGLING.search(whole.rstrip())
        if loose and loose.group().strip(" ,") == "selv" and not _EVEN.match(after):
            loose = None  # "skriver lederen selv, uden AI"
        ahead = f"{loose.group().strip(' ,')} " if loose else ""
        rest = whole.rstrip()[: loose.start()] if loose else whole
        if rest.strip():
            yield rest
    if ahead:
        yield ahead


def _split(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    start = 0
    for match in pattern.finditer(text):
        if _inside_brackets(text, match.start()):
            continue
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


def _inside_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)
