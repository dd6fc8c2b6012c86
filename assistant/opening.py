"""Open questions, which no single sentence answers: which tools there are, what a newcomer must
know, how a new tool gets approved, and whom to ask.
"""

import re
from typing import Literal

from assistant.asking import in_full
from assistant.overview.sections import GENERIC
from ingest.lexical import STOP_WORDS, words
from ingest.rules.lexicon import Lexicon

Opening = Literal["tools", "newcomer", "approval", "help"]

_TOOL = (
    r"(?:ai-?|ki-?)?\s?(?:værktøj|tjeneste|program|chatbot|system|app|løsning"
    r"|tool|service|app|application)\w*"
)
_WHICH_TOOLS = re.compile(
    rf"\b(?:hvilke|hvad for(?: nogle)?|which|what) (?:\w+ ){{0,2}}?{_TOOL}\b"
    r"(?=.*\b(?:må|kan|godkendt\w*|tillad\w*|lovlige|can|may|allowed|approved|permitted)\b)"
    rf"|\b(?:hvilke|which) (?:godkendte|tilladte|approved) {_TOOL}\b",
    re.IGNORECASE,
)
_NEW_HERE = re.compile(
    r"\b(?:jeg|vi) er (?:\w+ )?ny(?:e|ansat\w*)?\b|\bny(?:e)? (?:medarbejder|kollega|ansat)\w*"
    r"|\bsom ny\b|\b(?:lige|netop) (?:startet|begyndt|blevet ansat)\b|\bførste (?:arbejds)?dag\b"
    r"|\b(?:i'm|i am|we are) new\b|\bjust (?:started|joined)\b"
    r"|\bnew (?:employee|colleague|hire|here)\b",
    re.IGNORECASE,
)
_MUST_KNOW = re.compile(
    r"\bhvad (?:skal|bør|er|må)\b.*\b(?:vide|kende|huske|lære|læse|styr på|vigtig\w*|gøre)\b"
    r"|\bhvor(?:dan)? (?:starter|begynder|kommer)\b"
    r"|\bwhat (?:do|should|must|is)\b.*\b(?:know|remember|learn|important|do)\b"
    r"|\bwhere do (?:i|we) (?:start|begin)\b",
    re.IGNORECASE,
)
_MOST_IMPORTANT = re.compile(
    r"\bhvad er (?:det|de) (?:aller)?vigtigste\b|\bwhat(?:'s| is| are) the most important\b",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"\bhvem (?:spørger|kontakter|går) (?:jeg|vi|man|du)\b|\bhvem (?:kan|skal|må|bør)"
    r" (?:jeg|vi|man|du) (?:spørge|kontakte|gå til|få hjælp)\b|\bhvem (?:kan )?hjælpe[r]?\b"
    r"|\bwho (?:do|can|should) (?:i|we) (?:ask|contact)\b|\bwho can help\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"\b(?:hvordan|hvad (?:skal|gør|kræve\w*)|how|what)\b.*\b(?:godkend\w+|tilladelse|approv\w+)\b"
    r"|\bhvordan (?:søger|ansøger)\b",
    re.IGNORECASE,
)
_A_NEW_ONE = re.compile(
    rf"\b(?:nyt?|nye|et|en|new|an?) (?:\w+ )?{_TOOL}\b|\bgodkendt {_TOOL}", re.IGNORECASE
)
_WANTS = re.compile(
    r"\b(?:vil|ville|kunne) (?:\w+ ){0,2}(?:bruge|prøve|have|købe)\b.*\bhvad (?:gør|skal)\b"
    r"|\b(?:want|would like) to (?:use|try|buy)\b.*\b(?:what|how)\b",
    re.IGNORECASE,
)
# What may stand in a question for all tools, or for all rules, besides what was recognised.
_GENERAL = frozenset(
    (
        "værktøj værktøjer tjeneste tjenester program programmer chatbot chatbots chatbotter app "
        "apps system systemer løsninger ai ki ai-værktøjer ki-værktøjer ai-tjenester ai-programmer "
        "kunstig intelligens bruge anvende brug godkendt godkendte tilladt tilladte lovlige lov "
        "kommunen kommunens arbejde arbejdet job jobbet hverdagen vores egentlig medarbejder "
        "medarbejdere ansat ansatte må kan få lige her alle vigtigste regler regel reglerne vide "
        "tvivl spørge spørger spørgsmål hjælp hjælpe hjælper kontakte kontakter gå går hvem mig "
        "m doubt ask contact help who questions unsure have "
        "huske kende når findes hvad hvilke "
        "tools tool services work use using allowed approved permitted municipality staff "
        "employees which what can may artificial intelligence most important rules know are"
    ).split()
)


def opening_of(text: str, lexicon: Lexicon) -> Opening | None:
    """Which of the open questions `text` is; None for any other, such as one of them that names a
    tool of its own, a kind of data, a task or a role: that one has an answer of its own.
    """
    asked = in_full(" ".join(text.split()))
    if _is_of_approval(asked):
        return "approval"
    if any(part.concept not in GENERIC for part in lexicon.parts(asked)):
        return None
    if _WHICH_TOOLS.search(asked) and _is_general(asked):
        return "tools"
    if _WHOM.search(asked) and _is_general(asked):
        return "help"
    new_here = _NEW_HERE.search(asked) and _MUST_KNOW.search(asked)
    important = _MOST_IMPORTANT.search(asked) and _is_general(asked)
    return "newcomer" if new_here or important else None


def _is_of_approval(asked: str) -> bool:
    return bool(_A_NEW_ONE.search(asked) and (_APPROVED.search(asked) or _WANTS.search(asked)))


def _is_general(asked: str) -> bool:
    return all(word in STOP_WORDS or word in _GENERAL for word in words(asked))
