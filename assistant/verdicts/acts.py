"""Whether a question asks for leave, for a duty, or for a fact.

Clauses are told by their words alone. Whole questions are told by a model that has what those words
say as a mark among others, fitted by `python -m evals.acts`; its weights are in acts.json beside
this file.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant.asking import core, in_full
from ingest.embedders import builtin
from ingest.marked import MarkedModel

FILE = "acts.json"
LEAVE, DUTY, FACT = "leave", "duty", "fact"  # the names in the file
SURE = 0.9  # chance from which leave is surely asked for
_TOKEN = re.compile(r"[\wæøå§'-]+|[?!.,;:–]")
_LAST = 6  # words and signs at the end that are looked at apart
# Asked of the assistant itself: "kan du give mig …?"
_OF_US = re.compile(r"^(?:kan|ka|vil|can|could|will|would) (?:du|you|i lige)\b", re.IGNORECASE)

# maybe: leave is asked for if the question names a tool, data or an activity ("kan Copilot …?").
Act = Literal["permission", "duty", "source", "maybe", ""]

_WHO = (
    r"(?:jeg|vi|man|du|i|en|et|det|den|de|alle|medarbejder\w*|ansatte|leder\w*|elev\w*|lærer\w*|hr|ai|vores|min|mine"
    r"|børn\w*|kolleg\w*|sagsbehandler\w*|borger\w*|[\wæøå-]+)"
)
WH = re.compile(
    r"\b(?:hvad|hvem|hvilke[nt]?|hvornår|hvor|hvordan|hvorfor|hvis|what|which|who|when|where|how|why)\b",
    re.I,
)
_DOING = (
    r"bruge|bruges|anvende|benytte|lægge|smide|putte|skrive|indsætte|uploade|kopiere|få|lade|dele"
    r"|optage|sende|køre|indtaste|sætte|fodre|tage|vedhæfte|bede|lave|prøve|oversætte|hente|købe"
)
_FINE = (
    r"(?:ok|okay|o\.k|tilladt|lovligt?|i orden|fint|fin|ulovligt|forbudt|acceptabelt|godkendt"
    r"|inden for reglerne|forsvarligt)"
)
# Asking for leave. Those of the first kind say so themselves, those of the second only where a
# tool, data or an activity is named.
_PERMISSION = re.compile(
    rf"\b(?:må|maa|mon) (?:gerne )?{_WHO}\b|\bmå\b(?=.*\?)"
    rf"|\ber (?:det|den|\w+) (?:så |også |nu |egentlig |overhovedet |stadig |virkelig |ikke |da "
    rf"|vel |helt )*{_FINE}\b"
    rf"|\ber [\wæøå ./-]{{2,60}}? {_FINE}\b"
    rf"|\bkan {_WHO} (?:så |da |ik |ikke |godt |roligt |trygt |bare |lige |lovligt |frit "
    rf"|gerne |også |vel |begynde at )*"
    rf"(?:{_DOING}|godt|copy|paste)\b"
    r"|\bkan [\wæøå ./-]{2,40} (?:bruges|anvendes|benyttes|optages)\b"
    r"|\bhar (?:jeg|vi|man|de|\w+) lov\b|\blov til\b|\bgår (?:det|den)(?: (?:an|vel|så|da|mon"
    r"|ikke))?\s*(?:\?|$|,)|\bnoget,? (?:jeg|vi|man) (?:må|kan)\b"
    r"|\bom (?:jeg|vi|man) (?:må|kan|godt|gerne)\b|\ber det (?:\w+ )?muligt at\b|\bberettiget til\b"
    r"|\bdet går vel\b|\ber der noget i vejen\b|\btør (?:jeg|vi)\b|\bkan (?:jeg|vi|man) (?:vel"
    r"|godt|da)\b|\bkan (?:jeg|vi"
    r"|man) (?:på \w+ )?(?:ikke )?bare\b"
    r"|\b(?:can|could|may|might) (?:i|we)\b|\bwould (?:it|that|[\w.-]+) be (?:\w+ )?(?:ok|okay"
    r"|fine|all"
    r" right|alright|acceptable|allowed|legal)\b"
    r"|\b(?:er|så er) (?:den|det) (?:god|godt) nok\b|\bkører vi\b|\ber det nok\b|(?:^"
    r"|[.!?] )(?:fine|ok"
    r"|okay|all right|alright)\?"
    r"|\b(?:may|allowed|permitted)\b|\bok to\b|\bokay to\b|\bfine to\b"
    r"|\bis (?:[\w.-]+ ){1,4}?(?:ok|okay|fine|legal|against|allowed|permitted|approved"
    r"|enough)\b"
    rf"|\b(?:ok|okay|fint|tilladt|lov|vel|i orden|lovligt)\s*\?|\bja eller nej\b",
    re.IGNORECASE,
)
_CAPABLE = re.compile(r"^(?:og |men |så )?(?:kan|ka|can|could)\b", re.IGNORECASE)
_DUTY = re.compile(
    r"\b(?:bundet af|omfattet af|bind me|bound by)\b|\bgælder (?:det|den|de|reglerne|regulativet"
    r"|politikken|retningslinje\w*|spillereglerne|notatet"
    r"|vejledningen|kravet|forbuddet) \b|\bgælder .{0,40}(?:regler|politik|retningslinje)\w* .*\?"
    r"|\ber .{2,40} omfattet af\b|\bdo(?:es)? .{2,40} (?:cover|apply to)\b"
    rf"|\b(?:skal|behøver|bør) (?:jeg|vi|man|du|{_WHO})\b|\ber (?:jeg|vi|man) (?:forpligtet"
    rf"|nødt)\b|\ber det (?:et krav|nødvendigt|påkrævet)\b"
    r"|\bhar (?:jeg|vi|man) pligt\b|\b(?:do|does) (?:[\w-]+ ){1,6}?(?:have|need) to\b"
    r"|\bmust (?:i|we)\b|\bis it (?:required|mandatory|necessary)\b|\bam i required\b",
    re.IGNORECASE,
)
_FOLLOWS_FACT = re.compile(
    r"^(?:og |men |så |and |but )?(?:hvad (?:så|med|nu|hvis|når)|hvis|what (?:about|if)"
    r"|how about)\b",
    re.IGNORECASE,
)


def act_of(text: str) -> Act:
    """Whether `text` asks for leave, for a duty, or for a fact."""
    asking = core(text).lower()
    if asks_fact(asking):
        return ""
    acts: tuple[tuple[Act, re.Pattern[str]], ...] = (
        ("permission", _PERMISSION), ("duty", _DUTY), ("maybe", _CAPABLE)
    )  # fmt: skip
    for act, pattern in acts:
        match = pattern.search(asking)
        if match and not _governed(asking, match.start()):
            return act
    return ""


def asked_for(text: str) -> tuple[Act, bool]:
    """What the question `text` asks for, and whether surely."""
    if _OF_US.match(core(text)):
        return "", True
    chances = _model().chances(marks_of(text), builtin().vectors([text])[0])
    if chances[FACT] == max(chances.values()):
        return "", True
    if chances[DUTY] > chances[LEAVE]:
        return "duty", True
    return "permission", act_of(text) == "permission" or chances[LEAVE] >= SURE


def marks_of(text: str) -> set[str]:
    """The marks of a question: its words, by ones and twos and at its end, and its pattern."""
    tokens = ["^", *_TOKEN.findall(in_full(" ".join(text.split())).lower()), "$"]
    return {
        *tokens,
        *(f"{a} {b}" for a, b in pairwise(tokens)),
        *(f"… {token}" for token in tokens[-_LAST:]),
        f"act: {act_of(text)}",
        f"fact: {asks_fact(text)}",
    }


@lru_cache
def _model() -> MarkedModel:
    return MarkedModel.read("assistant.verdicts", FILE)


def asks_fact(text: str) -> bool:
    """Whether it asks for a thing, not for leave: "hvad hedder …", but not "hvad med …"."""
    asking = core(text)
    if _FOLLOWS_FACT.match(asking):
        return False
    return bool(WH.match(re.sub(r"^(?:og|men|så|and|but) ", "", asking, flags=re.IGNORECASE)))


def _governed(text: str, at: int) -> bool:
    """Whether a question word stands before `at` in the same clause: "hvad må jeg …"."""
    clause = re.split(r"[,;:.!?]", text[:at])[-1]
    words = [m.group().lower() for m in WH.finditer(clause)]
    return any(w not in ("hvis",) for w in words)
