"""Sentences that only point on: "Tabellen viser, hvilke klasser …", "… står i ”Politik for …”".

They share most words of a question and answer none, unless one asks where it stands or what a
document is about.
"""

import re

_PART = (
    r"(?:politikken|vejledningen|retningslinjen|retningslinjerne|notatet|hæftet|håndbogen"
    r"|regulativet|cirkulæret|tillægget|kapitlet|afsnittet|tabellen|skemaet|listen|siden|figuren"
    r"|boksen|bilaget|dokumentet|teksten|oversigten|materialet)"
)
_ABOUT_ITSELF = re.compile(
    rf"^(?:(?:denne|dette|her i) )?{_PART} (?:\w+ )?"
    r"(?:forklarer|viser|fortæller|beskriver|handler om|omhandler|samler|gennemgår|giver (?:et )?"
    r"overblik|er (?:en|et) (?:\w+ )?(?:oversigt|vejledning|gennemgang)|siger,? hv\w+"
    r"|gælder for)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:står|findes|fremgår|beskrives|er beskrevet|er samlet|kan læses|kan du (?:læse|se)"
    r"|finder du|læs (?:mere|om)|læser du|ses) (?:\w+ ){0,2}?(?:i|af|på) "
    r"(?:[”\"“’‘]|afsnit|kapitel|bilag|side|politikken|vejledningen|tabellen|retningslinje)",
    re.IGNORECASE,
)
_SEE = re.compile(
    r"^(?:se|læs) (?:også |mere |siden |afsnit|kapitel|bilag|[”\"“’‘])", re.IGNORECASE
)
_RULES = re.compile(r"\b(?:ikke|må kun|skal du|egne?)\b", re.IGNORECASE)
_ASKS_FOR_IT = re.compile(
    r"\b(?:hvor|where)\b(?! (?:mange|meget|længe|lang|langt|tit|ofte|hurtigt|stor|stort|dyrt))"
    r"|\b(?:hvilket dokument|hvilken politik|handler|omhandler|gælder|står|which document)\b",
    re.IGNORECASE,
)


def points_on(sentence: str, question: str) -> bool:
    """Whether `sentence` only says where something stands, or what a document is about, and
    `question` asks for neither.
    """
    stands = _STANDS.search(sentence) and not _RULES.search(sentence)
    points = stands or _ABOUT_ITSELF.search(sentence) or _SEE.search(sentence)
    return bool(points) and not _ASKS_FOR_IT.search(question)
