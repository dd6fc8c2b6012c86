"""Whether a sentence holds the kind of thing that a question expects: a number, a date, a name."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.asking import Expectation
from assistant.facts import UNITS, facts_of
from assistant.question import Question, Term
from ingest.lexical import STOP_WORDS, stem, words

_NUMBER_WORDS = (
    "to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|tredive|halvtreds|hundrede|tusind|million"
    "|halvdelen|halvdel|tredjedel|fjerdedel|flertallet|procent"
)
_NUMBER = re.compile(rf"\b(\d[\d.,]*|{_NUMBER_WORDS})\b", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")
# Numbers that count nothing: "lokal 4000", "artikel 5", "kl. 9", "ChatGPT 3.5", "Microsoft 365".
_REFERENCE = re.compile(
    r"\b(?:(?i:lokal|kl|artikel|side|stk|nr|afsnit|kapitel|version|uge|tlf|bilag|litra|model|microsoft)\.?"
    r"|(?!(?:De|Der|Det|Du|I|Vi|Alle|På|Med|Til|Om|Over|Under|Ca|Efter|Inden|Højst|Mindst|Samt)\b)"
    r"[A-ZÆØÅ][\w-]+) (\d[\d.,]*)"
)
_MONTH = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_DAY = (
    rf"\d{{1,2}}\.? ?({_MONTH})|({_MONTH}) \d{{4}}|(19|20)\d\d"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|[Qq][1-4]\b|[1-4]\. kvartal"
)
_DATE = re.compile(rf"\b({_DAY})", re.IGNORECASE)
_TIME = re.compile(
    rf"\b({_DAY}"
    r"|kl\. ?\d|\d{1,2}[.:]\d\d\b|(\d+|en|et|to|tre|fire|fem|seks|syv|otte|ni|ti) "
    r"(minut|time|dag|arbejdsdag|døgn|uge|måned|år|kvartal)\w*|med det samme|straks|dagligt|årligt"
    r"|(man|tirs|ons|tors|fre|lør|søn)dage?\b"
    r"|hver(t)? (dag|uge|måned|kvartal|år)|gange? (om|pr\.) \w+|samme dag|fremover|snarest)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(\d[\d.,]* ?(kr\b|kroner|mio|mia|millioner|euro|€|dkk))|\bkr\.? ?\d|€ ?\d"
    # "er gratis", "Pris: Gratis"; not the edition: "DeepL gratis", "den gratis udgave"
    r"|\b(?:er|var|bliver|helt|pris[^;.]*:) gratis\b(?! \w*(?:udgave|version|konto|chat|tjeneste))",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\blokal \d+|\b(\d{2} ){3}\d{2}\b|\b\d{8}\b|\btlf\.? ?\d", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\blokal \d|\b(\d{2} ){3}\d{2}\b|\btlf\b|\bkontakt|\bspørg", re.I
)
_ROLE = re.compile(
    r"\b\w*(chef|leder|direktør|direktion|udvalg|rådgiver|ansvarlig|koordinator|afdeling|ejer"
    r"|styrelse|tilsyn|konsulent|sagsbehandler|borgmester|minister|bestyrelse|desk|regering"
    r"|kommission|forvaltning|vejleder|jurist|underviser|myndighed|staben?|dpo|hr)"
    r"(e|en|et|er|ne|erne|s|ens|n|ns)?\b",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"\b(alle|ansatte|medarbejdere?n?|leverandøre?n?|borgere?n?|eleve?r?|forældre\w*|kolleg\w+"
    r"|lærer\w*|pædagog\w*|bruger\w*|deltager\w*|vikarer\w*)\b",
    re.I,
)
_WHOEVER = re.compile(r"\b(?:den|dem|de|enhver),? (?:\w+ )?(?:der|som) ", re.IGNORECASE)
_PERSON = re.compile(r"\b[A-ZÆØÅ][\wæøå-]+(?: og)? (?!Kommune)[A-ZÆØÅ][\wæøå-]+|\b[A-ZÆØÅ]{2,}\b")
_WHO = re.compile(r"\b(?:hvem|who)\b", re.IGNORECASE)
_FULL_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøåéü]+(?: [A-ZÆØÅ]\.)? [A-ZÆØÅ][a-zæøåéü]+\b(?! Kommune)")
_NOBODY = frozenset(
    ["ai", "it", "eu", "gdpr", "rpa", "vda", "iot", "dpia", "mfa", "pdf", "cpr", "nb"]
)
_NAMED = re.compile(r"(?<![.!?:;] )(?<!^)\b([A-ZÆØÅ][\wæøå-]+)|[”\"“](.+?)[”\"]")
# "A, B og C", "A og B": short things in a row, none of them a clause.
_THING = (
    r"(?!som |der |men |hvor |at |fordi |så |hvis |når |da |hvilket )"
    r"[\w”\"/()-]+(?: [\w”\"/()-]+){0,4}"
)
_ROW = re.compile(rf"{_THING}(?:, {_THING})*,? (?:og|samt|eller) {_THING}")
_PLACE = re.compile(
    r"\b(?:på|i|hos|ved|fra|under|til|øverst|nederst)"
    r" ([A-ZÆØÅ][\wæøå-]+|[\wæøå-]{4,}(?:et|en|erne)\b)"
    r"|^((?:[A-ZÆØÅ][\w-]+(?:et|en|erne)(?:, | og |(?=:)))+):"
)
_CAUSE = re.compile(
    r"\b(fordi|da|idet|eftersom|skyldes|årsag\w*|grund\w*|derfor|således|for at|ellers|derved"
    r"|medfører|for \w+ (\w+ )?(er|kan|skal|må|har|bliver|vil)\b|nødvendig\w*|kræve\w*)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(må|skal|bør|aldrig|forbud\w*|tillad\w*|tilladt|ulovlig\w*|frarådes|godkendt|spærret"
    r"|kræver)\b|: (ja|nej)\b",
    re.IGNORECASE,
)
_ROW_OF_ANSWERS = re.compile(r"[:?] (?:Ja|Nej)\b")
# What to do: an imperative where a clause begins, or a duty of whoever reads it.
_IMPERATIVE = (
    "meld|anmeld|underret|kontakt|ring|skriv|spørg|stop|slet|gem|luk|sig|fortæl|giv|send|bed|gå|tag"
    "|notér|noter|fjern|skift|log|afbryd|henvend|orientér|orienter|sørg|tjek|træk|bevar|behold|følg"
    "|report|call|contact|tell|stop|delete|write|send|ask"
)
_ACTION = re.compile(
    rf"(?:^|[.:;,] |\b(?:og|så) )(?:{_IMPERATIVE})\b|\bskal (?:straks |også )?(?:du|I|man|vi)\b"
    r"|\b(?:du|I|man|medarbejder\w*) (?:skal|bør)\b|\b(?:an)?meldes\b"
    r"|\b(?:underrettes|kontaktes|indberettes)\b"
    r"|\b(?:ringer|melder|kontakter|skriver|giver|siger|underretter|fortæller) (?:du|I|man)\b",
    re.IGNORECASE,
)
_BESIDES = re.compile(r"\b(?:skal|kan|bør)(?: du| I| man| vi)? også\b", re.IGNORECASE)
_WEAK_RULE = re.compile(r"\b(kan|brug|undgå|husk|kun|ikke|anbefal\w*)\b", re.IGNORECASE)
_IS = (
    r"(er|betyder|står for|står|betegner|kaldes|kaldet|dækker|handler om|kendes|omfatter|vil sige"
    r"|opstår)"
)
_HOW_MANY = re.compile(r"\b(?:hvor mange|how many|antal(?:let)?)(?: af)?\s+([\w-]+(?: [\w-]+)?)")
_PRODUCTS = frozenset(("365",))  # a number in a product's name counts nothing
_HOW_LARGE = re.compile(r"\b(?:hvor (?:lang|stor)|how (?:long|large|big))", re.IGNORECASE)
_HOW_MANY_PEOPLE = re.compile(
    r"\b(?:hvor mange|how many)(?: people| folk)? (?:må|kan|skal|can|may)"
    r" (?:være|deltage|prøve|komme|bruge|be|join|take part)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    rf"\b(?:\d+|{_NUMBER_WORDS}) (?:deltagere|brugere|personer|medarbejdere|kolleger|mand|elever"
    r"|ansatte|pladser|sagsbehandlere)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    rf"\b(?:\d[\d.,]*|{_NUMBER_WORDS}) (?:tegn|ord|linjer|sider|side|minutter|timer|lektioner"
    r"|deltagere|meter|cm|mb|gb|megabyte|procent|%)\b",
    re.IGNORECASE,
)
# Units of time by their length: "hvor mange dage" is answered by "to uger", not by years.
_LENGTHS = {
    "sekund": 0, "minut": 1, "time": 2, "dag": 3, "arbejdsdag": 3, "uge": 4, "måned": 5,
    "kvartal": 5, "år": 6,
}  # fmt: skip
_SUMS = frozenset("kr euro dollar".split())
_ENGLISH_UNITS = {
    "minutes": "minut", "hours": "time", "days": "dag", "weeks": "uge", "months": "måned",
    "years": "år", "percent": "%",
}  # fmt: skip
_CLAUSE_END = re.compile(r"[,;:] | [–-] ")
_CONDITION = re.compile(
    r"\b(?:når|hvis|før|inden|efter|så snart|så længe|medmindre|først)\b", re.IGNORECASE
)
_OF_CONTENT = 0.8  # weight above which a word may be what is counted
_NEAR = 5  # words between a number and what it counts


def fulfilment(question: Question, sentence: str) -> float:
    """How well `sentence` holds what `question` expects: from 0, not at all, to 1."""
    check = _CHECKS.get(question.expectation)
    return check(question, sentence) if check else 0.5


def _asked(question: Question) -> set[str]:
    """Stems that cannot be news to the question: its own, with their parts, and the usual ones."""
    own = {stem(part) for w in words(question.text) for part in (w, *w.split("-"))}
    return own | question.usual


def _count(question: Question, sentence: str) -> float:
    """A number close to something that the question names."""
    tokens = words(sentence)
    wanted = {s for t in _counted(question) for s, value in t.variants.items() if value >= 0.65}
    named = {n for n, token in enumerate(tokens) if stem(token) in wanted or _part(token, wanted)}
    references = set(words(" ".join(m.group(1) for m in _REFERENCE.finditer(sentence))))
    numbers = [
        n
        for n, token in enumerate(tokens)
        if _NUMBER.fullmatch(token)
        and token not in references
        and not (_YEAR.fullmatch(token) or token in _PRODUCTS or _in(token, question))
    ]
    if not numbers:
        return 0.0
    if _is_measured(question, sentence):
        return 1.0
    if _HOW_LARGE.search(question.text) and _SIZE.search(sentence):
        return 1.0
    if _HOW_MANY_PEOPLE.search(question.text):
        return 1.0 if _PEOPLE.search(sentence) else 0.2
    return 1.0 if any(0 < m - n <= _NEAR or 0 < n - m <= 3 for n in numbers for m in named) else 0.2


def _is_measured(question: Question, sentence: str) -> bool:
    """Whether a unit is asked for ("hvor mange dage …") and `sentence` has a number of such."""
    asked = _HOW_MANY.search(question.text.lower())
    word = asked.group(1).split()[0] if asked else ""
    unit = UNITS.get(word) or _ENGLISH_UNITS.get(word)
    if not unit:
        return False
    new = facts_of(sentence) - facts_of(question.text)
    return any(kind == "measure" and _may_stand_for(value.split()[1], unit) for kind, value in new)


def _may_stand_for(unit: str, asked: str) -> bool:
    if unit in _LENGTHS and asked in _LENGTHS:
        return abs(_LENGTHS[unit] - _LENGTHS[asked]) <= 1
    return unit == asked or {unit, asked} <= _SUMS


def _occasion(question: Question, sentence: str) -> float:
    """A time, or what it hangs on: "when may …" is answered by "only when …"."""
    return 1.0 if _CONDITION.search(sentence) else _pattern(_TIME)(question, sentence)


def _which(question: Question, sentence: str) -> float:
    """A name, a number or a quote that the question does not have: which it is."""
    asked = _asked(question)
    found = [w.lower() for m in _NAMED.finditer(sentence) for w in words(m.group(1) or m.group(2))]
    named = any(w not in _NOBODY and not asked.intersection(map(stem, w.split("-"))) for w in found)
    numbers = (m.group().lower() for m in _NUMBER.finditer(sentence))
    return 1.0 if named else 0.7 * any(not _in(number, question) for number in numbers)


def _counted(question: Question) -> Sequence[Term]:
    """What is to be counted: the word right after "hvor mange", else any of content."""
    asked = _HOW_MANY.search(question.text.lower())
    for word in words(asked.group(1))[:2] if asked else ():
        if word in STOP_WORDS:
            continue
        parts = {word, *word.split("-")}
        if named := [t for t in question.terms if t.word in parts]:
            return named
    return [t for t in question.terms if t.weight > _OF_CONTENT]


def _part(token: str, wanted: set[str]) -> bool:
    return "-" in token and any(stem(part) in wanted for part in token.split("-"))


def _in(token: str, question: Question) -> bool:
    return token in words(question.text)


def _pattern(pattern: re.Pattern[str]) -> Callable[[Question, str], float]:
    def check(question: Question, sentence: str) -> float:
        asked = question.text.lower()
        new = [m for m in pattern.finditer(sentence) if m.group().lower() not in asked]
        return max((_about(question, sentence, m.start()) for m in new), default=0.0)

    return check


def _about(question: Question, sentence: str, at: int) -> float:
    """1, but little when the question names a thing by a hyphenated word and the clause around
    `at` is about another of its kind: the date of a "GDPR-forordning" is not the "AI-forordning"'s.
    """
    compounds = [[stem(p) for p in w.split("-")] for w in words(question.text) if "-" in w]
    start = max((m.end() for m in _CLAUSE_END.finditer(sentence[:at])), default=0)
    end = _CLAUSE_END.search(sentence, at)
    clause = {
        stem(part)
        for w in words(sentence[start : end.start() if end else None])
        for part in (w, *w.split("-"))
    }
    other = any(parts[-1] in clause and not clause.issuperset(parts) for parts in compounds)
    return 0.3 if other else 1.0


def _who(question: Question, sentence: str) -> float:
    """1 for an office, a person or an organisation that the question does not name itself."""
    asked = _asked(question)
    # An office that every page names may be the answer; "Kommune" and "AI" never are.
    for pattern, known in ((_ROLE, asked - question.usual), (_PERSON, asked)):
        found = (m.group().lower() for m in pattern.finditer(sentence))
        if any(not known.intersection(map(stem, words(f))) and f not in _NOBODY for f in found):
            return 1.0
    if _WHOEVER.search(sentence):
        return 1.0  # "Den, der offentliggør et billede, har ansvaret for alt-teksten"
    return 0.5 if _ANYBODY.search(sentence) else 0.0


def _definition(question: Question, sentence: str) -> float:
    subject = [t.word for t in question.terms if t.weight > 0.8 and t.variants]
    for word in subject:
        head = re.escape(word[: max(3, len(word) - 2)])
        if re.match(rf"\W*{head}\w*( \([^)]*\))?:", sentence, re.I):
            return 1.0  # an entry of a glossary
        if re.search(
            rf"^(\W*\w+\W+){{0,3}}?{head}\w*(\W+\([^)]*\))?(\W+\w+){{0,2}}?\W+{_IS}\b",
            sentence,
            re.I,
        ):
            return 1.0
    return 0.4


def _permission(question: Question, sentence: str) -> float:
    if _ROW_OF_ANSWERS.search(sentence):
        return 0.7  # a rule in words says more than "Åben: Ja; Intern: Nej"
    if _RULE.search(sentence):
        return 1.0
    return 0.5 if _WEAK_RULE.search(sentence) else 0.0


def _contact(question: Question, sentence: str) -> float:
    """An address or a number to call, or somebody to go to."""
    return 1.0 if _CONTACT.search(sentence) else _who(question, sentence)


def _name(question: Question, sentence: str) -> float:
    """A name, or words in quotation marks, that neither the question has nor every page."""
    if _WHO.search(question.text):
        return float(bool(_FULL_NAME.search(sentence)))
    asked = _asked(question)
    found = [m.group(1) or m.group(2) for m in _NAMED.finditer(sentence)]
    new = (
        f for f in found if not asked.intersection(stem(p) for w in words(f) for p in w.split("-"))
    )
    return 1.0 if any(f.lower() not in _NOBODY for f in new) else 0.0


def _where(question: Question, sentence: str) -> float:
    """A place or a name after a preposition, or an entry of one ("Biblioteket: …"), that the
    question does not have.
    """
    asked = _asked(question)
    found = (m.group(1) or m.group(2) for m in _PLACE.finditer(sentence))
    new = (not asked.intersection(map(stem, set(words(f)) - STOP_WORDS)) for f in found)
    return float(any(new))


def _why(question: Question, sentence: str) -> float:
    return 1.0 if _CAUSE.search(sentence) else 0.4


def _list(question: Question, sentence: str) -> float:
    """Things in a row that the question does not name, or the sentence before a list."""
    if sentence.rstrip().endswith(":"):
        return 1.0
    asked = _asked(question)
    rows = (m.group().replace(" samt ", ",").replace(" og ", ",") for m in _ROW.finditer(sentence))
    best = max((sum(_is_new(p, asked) for p in row.split(",")) for row in rows), default=0)
    return min(1.0, best / 3) if best > 1 else 0.0


def _is_new(part: str, asked: set[str]) -> bool:
    return any(w not in STOP_WORDS and stem(w) not in asked for w in words(part))


def _action(_question: Question, sentence: str) -> float:
    """1 for words that say what to do, less for a table row that says it of one case, or for what
    is to be done besides.
    """
    if _ROW_OF_ANSWERS.search(sentence):
        return 0.5
    return 1.0 if _ACTION.search(sentence) and not _BESIDES.search(sentence) else 0.0


_CHECKS: Mapping[Expectation, Callable[[Question, str], float]] = {
    "action": _action,
    "count": _count,
    "money": _pattern(_MONEY),
    "occasion": _occasion,
    "which": _which,
    "time": _pattern(_TIME),
    "who": _who,
    "date": _pattern(_DATE),
    "phone": _pattern(_PHONE),
    "mail": _pattern(_MAIL),
    "contact": _contact,
    "name": _name,
    "permission": _permission,
    "where": _where,
    "why": _why,
    "definition": _definition,
    "list": _list,
}
