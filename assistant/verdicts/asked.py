"""What is asked leave for: the tools, the data, the activity and the role that a question names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import core, in_full
from assistant.question import Analyst, Question
from assistant.verdicts.absence import absent_in
from assistant.verdicts.acts import WH, Act, act_of, asked_for, asks_fact
from assistant.verdicts.grades import grades_in
from assistant.verdicts.spelling import Speller
from assistant.verdicts.told import NOTHING_TOLD, Told, told_in
from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, stem
from ingest.rules.lexicon import Lexicon, Mention, tokens_of

UNKNOWN_TOOL = "tool.?"  # one that neither the lexicon nor the documents know
GENERIC = frozenset(("tool.ai", "tool.chat"))

_NEGATION = re.compile(
    r"\b(?:ikke|uden|ingen|intet|aldrig|not|no|without|never|[a-z]+n't)\b", re.IGNORECASE
)
_TOLD = 0.3  # what the words of a follow-up count that asks nothing itself
_REACH = 4  # words that a negation reaches
# Leave to leave out what may be a duty; "hvis jeg ikke nævner navnet" is about data.
_WAIVES = re.compile(
    r"\b(?:undlade|udelade|springe .{2,30} over|slippe for|lade være(?: med)?)\b"
    r"|\bat (?:jeg|vi|man|I) ikke (?:nævner|skriver|oplyser|fortæller|siger)\b"
    r"|\b(?:jeg|vi|man|I) ikke (?:nævner|skriver|oplyser|fortæller|siger) (?:\w+ ){0,4}at\b"
    r"|\b(?:jeg|vi|man|I) ikke (?:mærker|journaliserer|melder)\b"
    r"|\buden at (?:oplyse|fortælle|skrive det|sige det|mærke|melde|spørge|have spurgt)\b"
    r"|\b(?:skip|without (?:telling|saying so|marking|asking))\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^(?:og |men |ok,? |okay,? )?(?:hvem (?:siger(?! (?:ja|nej|god)\b)"
    r"|har (?:bestemt|besluttet|sagt)|bestemmer)(?: det| så)?"
    r"|hvor står (?:det|der)|hvor kan jeg (?:se|læse) det"
    r"|hvad er (?:kilden|din kilde)|hvilken? (?:side|dokument|paragraf)|who says(?: so)?"
    r"|where does it say|says who)\b.{0,30}$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"^(?:og|men|så|hvad så|hvad med|hvad nu|hvad hvis|hvis|ok|okay|hm+|nå|også|heller ikke"
    r"|selv hvis|selvom|også hvis|also|and|what about|what if|but|even if|gælder det|gør det"
    r"|er det|does that|how about)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:så|også|stadig|heller|then|too|also|still)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:det|den|de|dem|der|dette|her|så|også|it|that|they|them|then|too)\b", re.I
)
# Where a tool stands that nothing knows: a name with a capital, or any word after "bruge".
_TOOL_SLOT = re.compile(
    r"\b(?:[Bb]ruge[rs]?|[Aa]nvende|[Bb]enytte|[Pp]røve|[Uu]se|[Uu]sing"
    r"|[Tt]ry)\s+([A-Za-zÆØÅæøå][\w.-]{2,}(?: [A-ZÆØÅ][\w.-]+)?)"
    r"|\b(?:med|i|via|hos|about|into|with|in|er|is|hvad med|må"
    r"|gælder) ([A-ZÆØÅ][\w.-]{2,}(?: [A-ZÆØÅ][\w.-]+)?)"
)
# Words that say that something is done with a tool and data, not what for.
HANDLING = frozenset(
    stem(w)
    for w in (
        "bruge bruges brug brugt anvende anvendes benytte benyttes skrive indsætte lægge "
        "kopiere smide putte fodre "
        "give få hjælp hjælpe lave arbejde arbejdet opgave opgaver arbejdsopgaver job jobbet "
        "tilladt lov okay lovligt godkendt forbudt "
        "orden gerne godt prompt prompte indtaste paste værktøj tjeneste program kommune "
        "kommunen kommunens "
        "oplysninger oplysning data information materiale noget ting indhold formål "
        "forbindelse medarbejder medarbejdere ansat ansatte "
        "kollega kolleger use using used put paste enter work job tool information allowed "
        "permitted approved share write "
        "copy type help feed services service do done anything something please staff employee "
        "employees gælder gælde regler reglerne "
        "indeholder indeholde dele behandle behandles behandling indgå køre smart lige "
        "egentlig version udgave konto "
        "udforme foretage udføre fremstille producere generere oprette danne udarbejde create "
        "make generate produce hvis jeg mig min mine vores noget nogen alt slags chat tekst "
        "teksten tekster indgår rummer "
        "as long only she he her his our own then when one two also any some so up out over "
        "under after "
        "before while with without from by at do does did want wants like need needs able else "
        "instead "
        "just really still already way whole us me myself would should will them they these "
        "those those "
        "ja nej vejen selv privat også måtte stand brugen allerede almindelig generelt ude "
        "inde nede oppe dér måde via hos "
        "betjene betjenes tage tages komme kommer hører hjemme hjem spærret lukket helt helst "
        "udstyr arbejdsmæssig arbejdsmæssige sammenhæng kommunal kommunale herefter videre købt "
        "anmodning lade lader udgaver sammenhænge både uden"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the activity asked about: the stems that stand for it with their values, or a
    concept of the lexicon.
    """

    weight: float
    stems: tuple[tuple[str, float], ...] = ()
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a request for leave; `act` is "" for one of fact."""

    act: Act
    text: str
    sure: bool = True  # that it asks for leave, and not whether something can be
    tools: frozenset[str] = frozenset()
    data: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    units: tuple[Unit, ...] = ()
    names: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()  # stems after a negation: "har ikke gennemført"
    standalone: str = ""
    grades: frozenset[int] = frozenset()
    told: Told = NOTHING_TOLD
    waives: bool = False  # that the leave is to leave out what may be a duty: "må jeg undlade …"
    data_from_before: bool = False  # that the data are those of the question before

    @property
    def named_tools(self) -> frozenset[str]:
        """The tools but for AI and chat services in general."""
        return self.tools - GENERIC

    @property
    def pieces(self) -> list[str]:
        """What the question tells besides asking, clause by clause."""
        return [piece for piece in _pieces(self.standalone) if not act_of(piece)]

    @property
    def says_nothing(self) -> bool:
        """Whether it names neither tool, data nor activity: "må jeg bruge det her?" """
        return not (self.tools or self.data or self.units)


class Reader:
    """Reads questions by the lexicon of one index."""

    def __init__(self, lexicon: Lexicon, analyst: Analyst) -> None:
        self._lexicon = lexicon
        self._analyst = analyst
        self._speller = Speller(lexicon, analyst.vocabulary)

    def read(self, text: str, history: Sequence[str] = ()) -> Asked:
        """What `text` asks leave for, after the questions in `history`."""
        text = " ".join(text.split())
        asked = self._alone(text, follows=bool(history))
        if not history:
            return asked
        if _SOURCE.match(text.rstrip("?!. ")):
            return replace(self.read(history[-1], history[:-1]), act="source", text=text)
        if asks_fact(text) or not self._leans(text, asked):
            return asked
        return _merged(self.read(history[-1], history[:-1]), asked)

    def _leans(self, text: str, asked: Asked) -> bool:
        if _FOLLOWS.match(text):
            return True
        if not asked.act and not WH.match(core(text)):
            return True
        if not asked.tools and _GOES_ON.search(text):
            return True
        return (
            len(asked.units) < 2
            and bool(_PRONOUN.search(text))
            and not (asked.tools and (asked.data or asked.units))
        )

    def _alone(self, text: str, *, follows: bool) -> Asked:
        plain = self._speller.corrected(in_full(text))
        question = self._analyst.understand(plain)
        mentions = self._lexicon.mentions(plain, loose=True)
        absent = absent_in(plain, mentions)
        mentions = [m for m in mentions if m.concept not in absent]
        found = {m.concept for m in mentions}
        act, sure = _act_after(plain, named=bool(found)) if follows else asked_for(text)
        covered = {
            t.word
            for m in mentions
            if not m.concept.startswith("activity.")
            for t in tokens_of(plain[m.start : m.end])
        }
        tools = {c for c in found if c.startswith("tool.")}
        names: tuple[str, ...] = ()
        if not tools - GENERIC and (name := self._unknown(plain, covered, question)):
            tools.add(UNKNOWN_TOOL)
            names = (name,)
            covered.add(name.lower())
        activities = frozenset(c for c in found if c.startswith("activity."))
        return Asked(
            act=act,
            text=text,
            sure=sure,
            tools=frozenset(tools),
            data=frozenset(c for c in found if c.startswith("data.")),
            activities=activities,
            roles=frozenset(c for c in found if c.startswith("role.")),
            units=self._units(question, mentions_words(plain, mentions), covered, activities),
            names=names,
            absent=absent,
            refused=_refused(plain),
            standalone=plain,
            grades=grades_in(text),
            waives=act == "permission" and bool(_WAIVES.search(plain)),
            told=told_in(((p, bool(act_of(p))) for p in _pieces(plain)), self._lexicon),
            words=frozenset(s for t in question.terms for s, v in t.variants.items() if v >= 0.7),
        )

    def _units(
        self,
        question: Question,
        said: dict[str, str],
        covered: set[str],
        activities: frozenset[str],
    ) -> tuple[Unit, ...]:
        """The words of the activity that say something, and its concepts."""
        units = [
            Unit(1.5, tuple(self._variants(question, c, said)), concept=c)
            for c in sorted(activities)
        ]
        for term in question.terms:
            word = term.word
            if term.light or word in covered or word in said or stem(word) in HANDLING:
                continue
            if any(word in part or part in word for part in covered if len(part) > 3):
                continue
            stems = tuple(term.variants.items()) or ((stem(word), 1.0),)
            units.append(Unit(min(1.5, term.weight / 4), stems))
        return tuple(units)

    def _variants(
        self, question: Question, concept: str, said: dict[str, str]
    ) -> list[tuple[str, float]]:
        words = {word for word, c in said.items() if c == concept}
        return [
            (s, value)
            for term in question.terms
            if term.word in words
            for s, value in term.variants.items()
        ]

    def _unknown(self, text: str, covered: set[str], question: Question) -> str:
        """A name in a tool's place that nothing knows."""
        for match in _TOOL_SLOT.finditer(text):
            name = match.group(1) or match.group(2)
            words = name.lower().split()
            if any(w in covered or w in STOP_WORDS for w in words) or len(name) < 3:
                continue
            if self._lexicon.mentions(name, loose=True):
                continue
            known = (self._analyst.knows(w) or builtin().has_word(w) for w in words)
            if name[0].isupper() or not any(known):
                return "" if any(self._analyst.knows(w) for w in words) else name
        return ""


def _pieces(text: str) -> list[str]:
    """`text` clause by clause."""
    found = re.split(r"[.:;!?]|, | – | og | men | and | but ", text)
    return [piece.strip() for piece in found if len(piece.split()) > 1]


def _act_after(text: str, *, named: bool) -> tuple[Act, bool]:
    """What `text` asks for after other questions, and whether surely; "kan …?" asks leave where
    something is named.
    """
    act = act_of(text)
    if act == "maybe":
        return ("permission" if named else ""), False
    return act, True


def _refused(text: str) -> frozenset[str]:
    """Stems of the words right after a negation."""
    found: set[str] = set()
    for match in _NEGATION.finditer(text):
        after = re.split(r"[,.;:!?]", text[match.end() :])[0]
        found |= {stem(t.word) for t in tokens_of(after)[:_REACH]}
    return frozenset(found)


def mentions_words(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """The words of the activities mentioned, with their concepts."""
    said: dict[str, str] = {}
    for m in mentions:
        if m.concept.startswith("activity."):
            for token in tokens_of(text[m.start : m.end]):
                said[token.word] = m.concept
    return said


def _merged(before: Asked, now: Asked) -> Asked:
    """A follow-up: what it names stands in place of what was asked before of the same kind."""
    other_activity = bool(now.units) and not (now.tools or now.data or now.roles)
    own = now.act in ("permission", "duty")
    if not own:  # "Alle har sagt ja": it tells more than it asks
        now = replace(now, units=tuple(replace(u, weight=_TOLD * u.weight) for u in now.units))
    return replace(
        now,
        act=now.act if own else before.act,
        text=now.text,
        tools=now.named_tools or before.tools | now.tools,
        data=now.data or before.data,
        data_from_before=bool(before.data) and not now.data,
        roles=now.roles or before.roles,
        activities=now.activities or before.activities,
        units=now.units if other_activity and now.activities else (*now.units, *before.units),
        names=now.names or before.names,
        absent=now.absent | before.absent,
        refused=now.refused | before.refused,
        grades=now.grades or before.grades,
        told=now.told.also(before.told),
        standalone=f"{before.standalone} {now.standalone}",
        words=now.words | before.words,
    )
