"""Questions told after something went wrong: "jeg kom til at skrive et navn i ChatGPT, hvad nu?"

Nobody who asks so uses the documents' word for it, and what they need is what to do, not the rule
that was broken.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.asking import Expectation
from assistant.opening import LIKELY, MISHAP, chances_of
from assistant.verdicts.acts import act_of
from ingest.lexical import Vocabulary, stem
from ingest.rules.lexicon import Lexicon

_DO = (
    "skrive|dele|sende|lægge|uploade|kopiere|indsætte|sætte|indtaste|taste|vise|trykke|slette|give"
)
_DONE = (
    "skrevet|delt|sendt|lagt|uploadet|kopieret|indsat|sat|tastet|smidt|klistret|optaget|pastet"
    "|paste[dt]|puttet|dumpet|droppet|proppet|fodret|givet|videresendt"
)
_TOLD = re.compile(
    # "kommer til at koste" is what will be, "kom til at" what should not have been.
    rf"\bkommer (?:\w+ )?til at (?:{_DO})\b|\bkom(?:met)? (?:\w+ )?til at \w+"
    r"|\b(?:ved en fejl|ved et uheld|fejlagtigt|utilsigtet)\b|\b(?:gået|går|gik) (?:\w+ )?galt\b"
    r"|\b(?:lækket|hacket|phishing\w*|sikkerhedsbrud\w*|databrud\w*)\b"
    r"|\bforkerte? (?:sted\w*|tjeneste\w*|værktøj\w*|modtager\w*|person\w*|adresse\w*|hænder)\b"
    r"|\b(?:det|den|de|noget) forkerte?\b(?! at\b)"
    r"|\b(?:der|som) ikke (?:skulle|måtte) (?:være|have|i|ind|op)\b|\buvedkommende\b"
    r"|\b(?:by (?:mistake|accident)|accidentally|went wrong|leaked|hacked|data breach)\b",
    re.IGNORECASE,
)
_ALREADY = re.compile(
    rf"\b(?:har|fik) (?:\w+ ){{0,3}}(?:{_DONE})\b"
    r"|\b(?:i|we|he|she|they|colleague|have|has) (?:\w+ )?"
    r"(?:pasted|shared|sent|uploaded|typed|put)\b",
    re.IGNORECASE,
)
# Told without a question: "jeg har lige lagt et regneark op i Copilot".
_PUT_IN = re.compile(
    r"\b(?:har|fik) (?:\w+ ){0,3}(?:delt|lagt|uploadet|kopieret|indsat|sat|smidt|klistret"
    r"|pastet|paste[dt]|puttet|dumpet|proppet)\b.*"
    r"\b(?:op|ind|over) (?:i|på|til)\b",
    re.IGNORECASE,
)
_WHAT_NOW = re.compile(
    r"\bhvad (?:gør|skal|bør|kan) (?:jeg|vi|man|du|hun|han)(?! (?:huske|bruge|have|vide))\b"
    r"|\bhvad nu\b|\bwhat (?:do|should|must|can) (?:i|we)\b|\bwhat now\b",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\b(?:an)?meld\w*|\b(?:sige|siger|siges|ringe|ringer|kontakte\w*|besked|reagere\w*)\b"
    r"|\b(?:report|tell|call|contact|react)\b",
    re.IGNORECASE,
)
# Who has duties of their own in a mishap, which are not those of whoever asks.
_OTHERS = re.compile(r"\b(?:leverandør|databehandler|supplier|vendor|processor)\w*", re.IGNORECASE)
_ASKED_OF_REPORTING: frozenset[Expectation] = frozenset(
    ("who", "contact", "phone", "mail", "time", "date", "where", "count")
)
ABOUT = 0.5  # how well a mishap must be found, 0..1, for a sentence to be about it
# What documents call it, with what each counts.
_CALLED: Mapping[str, float] = {
    "brud": 1.0, "sikkerhedsbrud": 1.0, "databrud": 1.0, "sikkerhedshændelse": 1.0,
    "hændelse": 0.9, "galt": 0.9, "uheld": 0.8, "forkert": 0.6, "fejl": 0.5,
}  # fmt: skip


def tells_of_mishap(text: str) -> bool:
    """Whether `text` tells that something went wrong, or has been done that one asks the way out
    of.
    """
    asks = _WHAT_NOW.search(text) or _REPORTING.search(text)
    owns_up = "?" not in text and _PUT_IN.search(text)
    if _TOLD.search(text) or owns_up or (_ALREADY.search(text) and asks):
        return True
    return not act_of(text) and _chance(text) >= LIKELY


def after_mishap(text: str, expected: Expectation) -> Expectation | None:
    """What `text`, which by itself has `expected`, asks for after a mishap: what to do, or whom to
    tell and how soon; None when it tells of none, or asks for something else.
    """
    if _OTHERS.search(text) or not tells_of_mishap(text):
        return None
    if _WHAT_NOW.search(text):
        return "action"
    if expected in _ASKED_OF_REPORTING:
        return expected if _REPORTING.search(text) else None
    return "action" if "?" not in text else None


@lru_cache(maxsize=256)
def _chance(text: str) -> float:
    return chances_of(text, _lexicon())[MISHAP]


@lru_cache
def _lexicon() -> Lexicon:
    return Lexicon.load()


def called(vocabulary: Vocabulary) -> dict[str, float]:
    """The words that the documents have for a mishap, with what each counts, the best first."""
    there = {w: value for w, value in _CALLED.items() if vocabulary.df.get(stem(w))}
    return dict(sorted(there.items(), key=lambda pair: (-pair[1], -vocabulary.df[stem(pair[0])])))
