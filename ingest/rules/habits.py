"""Norms that a plain-worded policy tells as habits: "den slags holder vi os fra", "andre afdelinger
får ikke adgang", "elever bruger SkoleGPT, når læreren er der"."""

from ingest.rules.model import Modality

_SOME = r"(?:[^\s,;:.]+ ){0,%d}?"
_GROUP = (
    r"(?:elever|eleverne|lærere|lærerne|medarbejdere|medarbejderne|ansatte|ledere|sagsbehandlere"
    r"|sagsbehandlerne|pædagoger|vikarer|frivillige|praktikanter|bibliotekarer|planlæggere|vi|alle)"
)
_AI = r"(?:AI|KI|kunstig intelligens|(?-i:[A-ZÆØÅ])[\w-]+)"

HABITS: tuple[tuple[Modality, str], ...] = (
    ("kun", rf"\bnøjes med\b|\b(?:i orden|okay|fint|ok) {_SOME % 6}og ikke til andet\b"),
    ("forbudt", rf"\bhold(?:er|es)? {_SOME % 3}(?:helt )?(?:ude af|ude fra|væk fra|fra|langt fra)\b"
     r"|\b(?:har|er) (?:[^\s,;:.]+ ){0,4}?(?:sagt|fået) nej til\b|\ber sagt nej\b"
     rf"|\bingen (?:andre )?(?:{_SOME % 2})(?:bruger|anvender|får|har adgang|lægger|skriver)\b"
     rf"|\b(?:andre|øvrige|yngre) {_SOME % 2}(?:får|har|bruger) (?:selv )?ikke\b"
     rf"|\bventer med (?:at bruge )?{_AI}\b|\b(?:er|holdes) (?:helt )?lukket(?: land)?\b"
     r"|\b(?:får|har) (?:[^\s,;:.]+ )?ikke (?:adgang|lov|licens|(?-i:[A-ZÆØÅ])\w+GPT|copilot)\b"
     r"|\b(?:er|det er) ikke noget for\b|^(?!det|der|vi|du|man|de|den)\w+ aldrig\b"
     r"|\bgår (?:vi|du|man) udenom\b|\bden dør er lukket\b|\bsiger vi nej (?:tak )?til\b"),
    ("ikke påbud", r"\b(?:er|det er) (?:helt )?frivilligt?\b|\bvalgfrit?\b"),
    ("påbud", r"\balle (?:nye )?(?:medarbejdere|ansatte|ledere|vikarer) (?:tager|gennemfører"
     r"|deltager i|følger|får vist)\b"
     r"|\b(?:ringer|kontakter|orienterer|slukker|stopper|underretter|informerer|indberetter) "
     r"(?:du|vi|man|I|lederen)\b|\bhar (?:\w+ )?krav på\b"),
    ("tilladt", r"\b(?:er|blev|bliver) åbnet (?:op )?for\b"
     rf"|\bkan (?:(?:desuden|også|godt|gerne|roligt|trygt|frit|derimod|sagtens) )*(?:lade|få|bede) "
     rf"{_AI}\b"
     rf"|\b{_AI} kan (?:(?:godt|gerne|også|derimod|sagtens) )*(?:komme med (?:et |en )?(?:forslag"
     r"|bud|udkast)|hjælpe (?:med|til)|foreslå|skrive (?:et )?udkast)\b"
     r"|\bkan (?:alle|enhver|du|I|man) (?:frit )?(?:bestille|rekvirere|hente)\b"
     r"|\bkan (?:\w+ )?(?:uden videre|trygt|roligt|frit|sagtens) \w+\b"
     rf"|\b{_GROUP} {_SOME % 4}bruger {_AI}\b|\b(?:går|er) an at\b|\bikke noget problem\b"),
)  # fmt: skip
