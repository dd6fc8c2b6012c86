"""How a question is put: its language, its asking sentence, and the kind of answer it expects."""

import re
from typing import Literal

from assistant.models import Language
from ingest.sentences import sentences

Expectation = Literal[
    "count", "money", "date", "time", "who", "phone", "mail", "contact", "permission", "name",
    "where", "why", "definition", "list", "polar", "action", "occasion", "which", "any",
]  # fmt: skip

# These are not answered by a sentence that lacks the number, the date, the name …
DEMANDING: frozenset[Expectation] = frozenset(
    (
        "count",
        "money",
        "date",
        "time",
        "who",
        "phone",
        "mail",
        "contact",
        "permission",
        "name",
        "why",
        "list",
        "where",
        "action",
        "occasion",
        "which",
    )
)

# Of these the sentence either holds what is asked for, or it answers nothing.
HARD: frozenset[Expectation] = frozenset(
    ("count", "money", "date", "time", "phone", "mail", "permission", "action")
)

# … and it is somebody's or something's own: the number of one office is not another's.
OWNED: frozenset[Expectation] = frozenset(("money", "phone", "mail"))

_STAFF = r"(jeg|vi|man|du|i)"
_EXPECTATIONS: tuple[tuple[Expectation, str], ...] = (
    ("money", r"hvad (\w+ )?(\w+ )?koste[rt]?\b|hvad .* koster\b|pris(en|er)?\b"
     r"|hvor mange (kr|kroner|penge|midler|millioner)\b|hvor dyr"
     r"|hvor meget .*(betal|koste|finansier|invester|bidrag)\w*"
     r"|hvor (stor|stort|store|højt?|meget) .*(beløb|budget|bøde|udgift|løn)\w*"
     r"|hvad (giver|gav|betaler|betalte) (vi|man|kommunen|afdeling\w*)\b|hvad .*\b(af med|i løn)\b"
     r"|hvad er (budget|løn|udgift)\w*|hvad løb .*op i"
     r"|how much (does|do|did|money|is)|\bcosts?\b|\bprices?\b|what (do|did) we pay"
     r"|how (large|big|high) (a|an|is the) (fine|penalty|budget|fee)"),
    ("phone", r"(telefon|lokal)nummer(et)?\b|hvor ringer|hvilket nummer|hvem ringer|ringe til\b"
     r"|phone number|who do i call"),
    ("mail", r"(e-?)?mail-?adresse|hvilken mail|hvor skriver (jeg|vi|man)|e-?mail address"),
    ("contact", rf"hvem (skal|kan|må|bør) {_STAFF} (så )?"
     r"(kontakte|spørge|skrive|gå til|melde|henvende)|hvem (spørger|kontakter|går|hjælper)"
     r"|hvor (melder|henvender)|who (do|should|can) (i|we) (contact|ask)"),
    ("count", r"hvor (mange|stor en (del|andel)|stort et|store \w+ må|lang|langt)\b(?! tid)"
     r"|\bantal(let)?\b|hvor (stor|mange) procent"
     r"|how many"),
    ("date", r"hvilken dato|hvilket år|what (date|year)"),
    ("occasion", r"hvorn(å|aa)r (må|skal|bør|behøver|kræver)\b"
     r"|\bwhen (may|can|should|must)\b"),
    ("time", r"hvorn(å|aa)r|hvor (længe|lang tid|hurtigt|tit|ofte)|fristen\b|hvilken frist"
     r"|hvor (gammel|gamle)|hvilken (uge)?dag\b|hvilken (uge|måned)\b|\bwhen\b"
     r"|how (long|soon|fast|quickly|often)"),
    ("why", r"hvorfor|hvad er (grunden|årsagen)|\bwhy\b"),
    ("name", r"\b(hvem|who)\b.*\b(ved|med) navn\b|\bwho\b.*\bby name\b"),
    ("list", r"hvad (er|hedder) (de|disse) \w+|hvilke (to|tre|fire|fem|seks|syv|otte|ni|ti)\b"),
    ("who", r"\bhvem\b|hvilken (afdeling|person|medarbejder|forvaltning|enhed|leverandør|myndighed"
     r"|rolle)|\bwho(se|m)?\b"),
    ("name", r"^(og )?hvad hedder|navnet på\b|ved navn\b|hvad hed\b|what is .* called"),
    ("permission", rf"\bm(å|aa) ({_STAFF}|en|et|medarbejdere|ledere|ansatte|elever|lærere|ai|de)\b"
     r"|er det (ok|okay|tilladt|lovligt|i orden|forbudt|fint)"
     rf"|kan {_STAFF} (godt|roligt|trygt|bare|lovligt|ikke bare)|har (jeg|vi) lov\b"
     r"|(may|can|could|should) (i|we|you|staff|employees)\b|allowed|permitted"
     rf"|(skal|bør|behøver) {_STAFF}\b|hvad gør {_STAFF}|do (i|we) (have|need) to"),
    ("definition", r"hvad (er|betyder|forstås|menes|vil det sige|var)"
     r"|hvad (står|dækker) .* (for|over)\b|forklar\b|forskellen på|what (is|are|does .* mean)"),
    ("which", r"\bhvilke[nt]\b|\bwhich \w+[^s] (is|does|do|has|did|was)\b"),
    ("list", r"\bhvilke\b|hvad skal (der stå|.* (indeholde|beskrive|omfatte))\b"
     r"|rækkefølge\b|\bwhich\b|nævn\b"),
    ("where", r"^(og )?hvor\b|\bwhere\b"),
    ("polar", r"^(og |men |så )?(må|er|har|kan|skal|får|findes|gælder|bliver|vil|bør|kræver|rækker"
     r"|afventer|var|havde|dækker|tæller|can|may|is|are|do|does|must|should)\b"),
)  # fmt: skip

_ENGLISH = frozenset(
    (
        "the is are what how when who which why may can do does i we in of to for with and or "
        "not my use should must where much many long any allowed"
    ).split()
)
_DANISH = frozenset(
    (
        "er hvad hvor hvordan hvornår hvem hvilke hvilken hvorfor må kan jeg vi og eller det "
        "den en et til af på med ikke man skal i for om at som har de der mig min vores"
    ).split()
)
_QUOTED = re.compile(r"[”\"“][^”\"“]*[”\"“]")
_ASKING = re.compile(
    r"\b(hv(or|ad|em|ilke[nt]?|orfor|ordan|ornår|is)|må|kan|skal|what|how|when|who|which|why|may|can)\b",
    re.IGNORECASE,
)
# How people spell in a chat, for recognising what kind of answer they expect.
_CHAT_SPELLING = {
    "hva": "hvad", "hvd": "hvad", "hvormange": "hvor mange", "hvorlænge": "hvor længe",
    "ska": "skal", "ka": "kan", "ku": "kunne", "sku": "skulle", "maa": "må", "hvornaar": "hvornår",
    "ik": "ikke", "ikk": "ikke", "å": "at", "æ": "er", "te": "til", "mæ": "med", "osse": "også",
    "noen": "nogen", "hvorn": "hvornår", "a": "jeg", "sei": "sige", "gir": "giver",
    "kn": "kan", "skl": "skal", "ma": "må", "mn": "man",
}  # fmt: skip


def language_of(text: str) -> Language:
    """Danish unless the words speak for English."""
    found = [w.lower() for w in re.findall(r"\w+", text)]
    if re.search(r"[æøåÆØÅ]", text):
        return "da"
    english = sum(w in _ENGLISH for w in found) - sum(w in _DANISH for w in found)
    return "en" if english > 0 else "da"


def expectation_of(text: str, before: str = "") -> Expectation:
    """The kind of answer that `text` expects; a follow-up that does not say takes `before`'s."""
    asked = in_full(core(text)).lower().strip(" ,:")
    for expectation, pattern in _EXPECTATIONS:
        if re.search(pattern, asked):
            return expectation
    return expectation_of(before) if before else "any"


_ASKS = r"(?:hvor|hvad|hvem|hvornår|hvilke[nt]?|hvordan|hvorfor|what|how|who|when|where|which)"
_BOTH = re.compile(
    rf"\b(?P<one>{_ASKS}(?: \w+)?),? (?:og|and) (?P<other>{_ASKS}(?: \w+)??) (?P<rest>.+)",
    re.IGNORECASE,
)
_SECOND = re.compile(rf"(?:,? (?:og|and)|[.?])\s+(?=(?:så )?{_ASKS}\b)", re.IGNORECASE)


_DIFFERENCE = re.compile(
    r"\b(?:forskel\w* (?:der )?(?:er )?(?:på|(?:i)?mellem)|difference between)"
    r" (?P<one>.+?) (?:og|and) (?P<other>.+)",
    re.IGNORECASE,
)


def halves(text: str) -> tuple[str, ...]:
    """The two questions that `text` asks at once: "hvor og hvornår …", "hvor længe …, og hvor
    mange …", "hvad er forskellen på … og …"; empty when it asks one.
    """
    asked = in_full(core(text)).strip()
    if apart := tells_apart(asked):
        what = "what is" if language_of(text) == "en" else "hvad er"
        return tuple(f"{what} {one}" for one in apart)
    if both := _BOTH.match(asked):
        return f"{both['one']} {both['rest']}", f"{both['other']} {both['rest']}"
    pieces = [p.strip(" ,?") for p in _SECOND.split(asked, maxsplit=1)]
    if len(pieces) == 1 or not all(re.search(rf"\b{_ASKS} \w", p, re.I) for p in pieces):
        return ()
    return tuple(pieces)


def twofold(text: str) -> tuple[str, ...]:
    """The two questions that `text` asks at once, each with what is said before them; empty when it
    asks one, or the difference between two things.
    """
    pieces = () if tells_apart(in_full(core(text))) else halves(text)
    said = in_full(" ".join(text.split()))
    at = said.find(pieces[0]) if pieces else 0
    return tuple(f"{said[: max(at, 0)]}{piece}?" for piece in pieces)


def tells_apart(text: str) -> tuple[str, ...]:
    """The two things that `text` asks the difference between; "gule" of "gule og røde oplysninger"
    lacks what they share. Empty when it asks otherwise.
    """
    found = _DIFFERENCE.search(text)
    if not found:
        return ()
    one, other = found["one"], found["other"].rstrip("?. ")
    shared = " ".join(other.split()[1:])
    lacks = len(one.split()) == 1 and one.islower() and shared
    return (f"{one} {shared}" if lacks else one), other


def core(text: str) -> str:
    """The sentences of `text` that ask, when there are others too."""
    text = _QUOTED.sub(lambda m: m.group().replace("?", ""), text)  # its own sentence no longer
    whole = (
        p for sentence in sentences(text) for p in re.split(r"(?<=[:;])\s+|\s+[–-]\s+", sentence)
    )
    pieces = [p for p in whole if p.strip()]
    asking = [p for p in pieces if p.rstrip().endswith("?")] or [
        p for p in pieces if _ASKING.search(p)
    ]
    return " ".join(asking) if asking else text


def in_full(text: str) -> str:
    """`text` with Danish chat spellings written out: "hva ska a" is "hvad skal jeg"."""
    if language_of(text) == "en":
        return text
    return re.sub(
        r"\b\w+\b'?", lambda m: _CHAT_SPELLING.get(m.group().lower().rstrip("'"), m.group()), text
    )
