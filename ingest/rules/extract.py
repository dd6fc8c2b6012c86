"""The rules of passages: every normative sentence with its parts, its conditions and its context.

The heading lends what the sentence leaves out (the tool of "4.2 Copilot", the ban of "Det må du
ikke"), the introducing sentence what its list items leave out, and the sentence before what a
sentence that leans on it leaves out ("Det samme gælder Gemini").
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.passages import Passage
from ingest.reading import Sentence, sentences_of
from ingest.rules.absence import without_what_is_absent
from ingest.rules.answers import is_bare, reasons, reply_of
from ingest.rules.clauses import Clause, clauses_of, fragment
from ingest.rules.concepts import KINDS
from ingest.rules.lexicon import Lexicon
from ingest.rules.lists import LISTS_CONDITIONS, lent_clauses
from ingest.rules.modality import heading_modality
from ingest.rules.model import Definition, Modality, Part, Rule
from ingest.rules.norms import is_none, norm_of
from ingest.rules.rows import rules_of_row

_SAME = re.compile(
    r"^(?:og )?(?:det samme|tilsvarende|det|dette|forbuddet|kravet|tilladelsen|reglen|reglerne"
    r"|undtagelsen) (?:gælder|omfatter)\b(?! ikke)",
    re.IGNORECASE,
)
# It says how far the rule before reaches, not that another thing is ruled alike.
_WITHIN = re.compile(r"^(?:og )?(?:det|dette) (?:gælder|omfatter)\b", re.IGNORECASE)
_EXCEPTED = re.compile(
    r"^undtaget (?:er|herfra er|herfra) |^undtagelse: | er undtaget(?: (?:herfra|fra [^,.]*))?",
    re.IGNORECASE,
)
# A list under it says what it means: "Kommunen må aldrig bruge AI til noget af dette:"
_POINTS_ON = re.compile(r"\b(?:dette|følgende|disse ting|det her|nedenstående):$", re.IGNORECASE)
# It goes on from the sentence before, which is its condition: "Er den mærket? Så må den …"
_THEN = re.compile(r"^(?:så|derefter|herefter|først så|i så fald) (?:må|kan|er)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(tjenesten|værktøjet|programmet|løsningen|systemet|licensen|appen|den|det|de|dem|her|hertil"
    r"|heri|herfra|dertil|dér|deri|formålet|disse|dette|denne)\b",
    re.IGNORECASE,
)
# A sentence that is a condition of the permission before it.
_EXCEPTS = re.compile(
    r"^(?:den eneste |eneste |en |én |der er én )?undtagelse\w*(?: er|:| gælder|, )"
    r"|^undtaget (?:er|herfra)\b|^[^,;:]{2,80} er undtaget(?: (?:herfra|fra|og|,|:).*)?\.?$",
    re.IGNORECASE,
)
_OPPOSITE: dict[Modality, Modality] = {
    "forbudt": "tilladt", "afventer": "tilladt", "frarådes": "tilladt", "kun": "tilladt",
    "tilladt": "forbudt", "påbud": "ikke påbud", "ikke påbud": "påbud", "bør": "ikke påbud",
}  # fmt: skip
_REQUIRES = re.compile(
    r"^(?:men )?(?:det|dette|brugen|brug af \w+|betingelsen|forudsætningen|en forudsætning"
    r"|en betingelse|kravet|adgang|anvendelsen|optagelsen?|samtykket|tilladelsen) (?:dog )?"
    r"(?:er(?: dog)?(?: en betingelse| en forudsætning| et krav)?,? at\b|kræver|forudsætter"
    r"|skal foreligge)",
    re.IGNORECASE,
)
_APPROVER = re.compile(
    r"\b(?:din|jeres|nærmeste|deres|egen|af|fra|hos|spørg|med) (?:nærmeste )?$", re.I
)
_KINDS_OF_TOOL = (
    r"(?:værktøj|tjeneste|system|løsning|chattjeneste|program|app|chatbot|sprogmodel)\w*"
)
_UNAPPROVED = re.compile(
    rf"\b(?:AI-)?{_KINDS_OF_TOOL},? (?:der|som) (?:(?:endnu|hverken|ikke) )*(?:er|står|findes"
    rf"|optræder)?"
    r" ?(?:endnu |hverken |ikke )*(?:er |bliver |på |nævnt|godkendt|opført|omtalt|anført|listen)"
    rf"|\b(?:ikke[- ]|u)(?:godkendte|nævnte|omtalte) (?:AI-)?{_KINDS_OF_TOOL}",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:ikke|hverken|u)", re.IGNORECASE)
_SUCH = re.compile(
    r"\b(?:sådanne|disse|de nævnte|den slags|den type|her nævnte) (?:\w+ )?(?:oplysning|data"
    r"|information|materiale)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\bdet (?:er|bliver|var|frarådes|anbefales|kræves|bør|skal|kan|må)\b"
    r"(?=.*(?:\bat\b|tilladt|forbudt|krav|nødvendig|muligt|lov))",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"^(?:hvis |når )?(?:det |der |samtalen |teksten |sagen )?(?:handler|drejer|gælder|vedrører)"
    r"(?: det| sig| samtalen| teksten| sagen)* (?:sig )?(?:om )?",
    re.IGNORECASE,
)
_ABILITIES = re.compile(r"^hvad (?:kan|er|gør) \w+|^sådan virker\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|§ ?\d+|kapitel \d+:?|[a-z]\))\s+", re.IGNORECASE)
_OUTSIDE = re.compile(r"\bgælder (?:dog |heller |altså )?ikke (?:for )?", re.IGNORECASE)


def rules_of(
    passages: Iterable[Passage], lexicon: Lexicon, definitions: Iterable[Definition] = ()
) -> list[Rule]:
    """The rules of `passages`, which come in reading order, document by document; a sentence that
    only says what `definitions` put into a class of data rules nothing.
    """
    found: list[Rule] = []
    reader = _Reader(lexicon, frozenset((d.passage, d.number) for d in definitions if d.words))
    for passage in passages:
        found += reader.read(passage)
    return found


class _Reader:
    """Goes through passages, and remembers the rule before."""

    def __init__(self, lexicon: Lexicon, defining: frozenset[tuple[str, int]]) -> None:
        self._lexicon = lexicon
        self._defining = defining
        self._before: Rule | None = None
        self._data_before: tuple[Part, ...] = ()
        self._place: tuple[str, tuple[str, ...]] = ("", ())

    def read(self, passage: Passage) -> list[Rule]:
        """The rules of the next passage."""
        place = (passage.document, passage.section)
        if place != self._place:
            self._before, self._place = None, place
        found: list[Rule] = []
        sentences = sentences_of(passage)
        for sentence in sentences:
            if (
                sentence.asks
                or _introduces(sentence, sentences)
                or _POINTS_ON.search(sentence.text)
            ):
                continue
            if found and self._is_condition(sentence, sentences, found[-1]):
                found[-1] = _with_condition(found[-1], sentence)
                continue
            if self._only_defines(sentence, passage):
                continue
            self._remember_data(sentences, sentence.number)
            if (
                found
                and _REQUIRES.match(sentence.text)
                and found[-1].modality in ("tilladt", "kun")
            ):
                found[-1] = _with_condition(found[-1], sentence)
                continue
            rules = list(self._of(sentence, sentences, passage))
            if condition := _goes_on_from(sentence, sentences):
                rules = [_on_condition(rule, condition) for rule in rules]
            found += rules
            self._before = rules[-1] if rules else self._before
        return found

    def _is_condition(
        self, sentence: Sentence, sentences: Sequence[Sentence], before: Rule
    ) -> bool:
        """Whether it is an item of "Det kræver, …", or a further one of "…, når du: …"."""
        if sentence.intro < 0 or sentence.is_row or before.modality not in ("tilladt", "kun"):
            return False
        intro = sentences[sentence.intro].text
        if _REQUIRES.match(intro):
            return before.number <= sentence.intro
        listed = bool(LISTS_CONDITIONS.search(intro)) and before.number > sentence.intro
        return listed and all(c.modality == "påbud" for c in clauses_of(sentence.text))

    def _only_defines(self, sentence: Sentence, passage: Passage) -> bool:
        if sentence.is_row or (passage.id, sentence.number) not in self._defining:
            return False
        return not any(p.kind == "tool" for p in self._lexicon.parts(sentence.text))

    def _remember_data(self, sentences: Sequence[Sentence], number: int) -> None:
        """What "sådanne oplysninger" refer to: the data of the sentence before."""
        before = self._lexicon.parts(sentences[number - 1].text) if number else ()
        self._data_before = tuple(p for p in before if p.kind == "data")

    def _of(
        self, sentence: Sentence, sentences: Sequence[Sentence], passage: Passage
    ) -> Iterator[Rule]:
        headings = tuple(_NUMBERING.sub("", h) for h in passage.section)
        if sentence.is_row:
            yield from rules_of_row(sentence, passage, headings, self._lexicon)
            return
        intro = sentences[sentence.intro].text if sentence.intro >= 0 else ""
        question = sentences[sentence.question].text if sentence.question >= 0 else ""
        heading = headings[-1] if headings else ""
        if reply := reply_of(sentence.text, question, heading):
            rule = reply.rule(sentence, passage, self._lexicon)
            yield rule if reply.rest else replace(rule, more=reasons(sentence, sentences))
            return
        if is_bare(sentence.text):
            return  # "Nej." to a question that asks for no leave
        if self._before and _SAME.match(sentence.text):
            yield self._same(sentence, passage)
            return
        clauses = lent_clauses(sentence, intro, headings)
        if not self._before and _SAME.match(sentence.text) and headings:
            lent = heading_modality(headings[-1])
            clauses = [fragment(sentence.text, lent)] if lent else clauses
        if self._before and _EXCEPTS.match(sentence.text):
            excepted = _EXCEPTED.sub("", sentence.text)
            own = [c for c in clauses_of(excepted) if c.modality in ("tilladt", "kun", "forbudt")]
            clauses = own or [fragment(excepted, _OPPOSITE[self._before.modality])]
        if not clauses and (norm := norm_of(sentence.text, heading, self._lexicon)):
            clauses = [fragment(_ruled_on(sentence.text, norm), norm)]
        elif not intro and self._rules_nothing(sentence, clauses, heading):
            return
        if question and (self._before is None or not self._answers(sentence, passage)):
            self._before = None  # an answer leans on its question, not on the rule before that
        around = (*((question,) if question else ()), intro, *reversed(headings))
        if headings and _ABILITIES.match(headings[-1]):
            clauses = [c for c in clauses if c.modality != "tilladt" or " må " in f" {c.text} "]
        rules = [self._rule(clause, sentence, passage, around) for clause in clauses]
        for at, rule in enumerate(rules):
            if not _narrowed(rule, clauses[at + 1 : at + 2]):
                yield rule

    def _rules_nothing(self, sentence: Sentence, clauses: Sequence[Clause], heading: str) -> bool:
        """Whether what looks like a leave or a ban is likely none: "Lokal 4444 er åben …"."""
        if not clauses or (self._before and _EXCEPTS.match(sentence.text)):
            return False
        looks = all(c.modality in ("tilladt", "kun", "forbudt") for c in clauses)
        return looks and is_none(sentence.text, heading, self._lexicon)

    def _answers(self, sentence: Sentence, passage: Passage) -> bool:
        """Whether the rule before belongs to the answer to the same question."""
        assert self._before
        return self._before.passage == passage.id and self._before.number > sentence.question

    def _rule(
        self, clause: Clause, sentence: Sentence, passage: Passage, around: Sequence[str]
    ) -> Rule:
        clause, case = _about_case(without_what_is_absent(clause, self._lexicon), self._lexicon)
        assert clause.modality
        own = _without_approvers(self._lexicon.parts(clause.text), clause.text)
        own = (*own, *(part for part in case if part not in own))
        unapproved = _UNAPPROVED.search(clause.text)
        if unapproved and _NOT.search(unapproved.group()):
            own = (*own, Part("tool.other-tools", unapproved.group()))
        if _SUCH.search(clause.text):
            own = (*own, *self._data_before)
        if not any(p.kind == "tool" for p in own):
            ahead = self._lexicon.parts(" ".join(clause.conditions))
            own = (*own, *(p for p in ahead if p.kind == "tool"))
        own = (*own, *self._done(sentence, around, own))
        leans = clause.elliptic or sentence.number == self._number() or _points_back(clause.text)
        before = self._before if leans and self._before else None
        inherited = self._inherited(clause, own, around, before)
        rule = Rule(
            passage=passage.id,
            document=passage.document,
            number=sentence.number,
            modality=clause.modality,
            scope=clause.text,
            parts=own,
            inherited=inherited,
            conditions=tuple(clause.conditions),
            exceptions=tuple(clause.exceptions),
            context=" ".join(a for a in around[:2] if a),
        )
        self._before = rule
        return rule

    def _done(
        self, sentence: Sentence, around: Sequence[str], own: Sequence[Part]
    ) -> tuple[Part, ...]:
        """What an introduction says is done to the things it lists: "må ikke optages:"
        " jobsamtaler"."""
        things = {p.concept for p in own if p.kind == "activity"}
        if not (sentence.is_item and sentence.intro >= 0 and things):
            return ()
        intro = next((a for a in around if a.endswith(":")), "")
        return tuple(
            p
            for p in self._lexicon.parts(intro)
            if p.kind == "activity" and p.concept not in things
        )

    def _number(self) -> int:
        return self._before.number if self._before else -1

    def _inherited(
        self, clause: Clause, own: Sequence[Part], around: Sequence[str], before: Rule | None
    ) -> tuple[Part, ...]:
        """Parts of kinds that the clause leaves open: from the sentence before when it leans on
        it, then from the introduction, then from the nearest heading that has any.
        """
        lent: list[Part] = []
        for kind in KINDS:
            if any(p.kind == kind for p in own):
                continue
            lent += self._lent(kind, clause, around, before)
        return tuple(lent)

    def _lent(
        self, kind: str, clause: Clause, around: Sequence[str], before: Rule | None
    ) -> Iterator[Part]:
        if before and (clause.elliptic or kind == "tool" or _points_back(clause.text)):
            parts = [p for p in (*before.parts, *before.inherited) if p.kind == kind]
            if parts and (kind != "data" or clause.elliptic):
                yield from parts
                return
        for text in around:
            parts = [p for p in self._lexicon.parts(text) if p.kind == kind]
            if parts:
                yield from parts
                return

    def _same(self, sentence: Sentence, passage: Passage) -> Rule:
        """ "Det samme gælder Gemini": the rule before, about something more."""
        assert self._before
        own = self._lexicon.parts(sentence.text)
        kinds = {p.kind for p in own}
        kept = (*self._before.parts, *self._before.inherited)
        if _WITHIN.match(sentence.text):
            own = (*own, *(p for p in self._before.parts if p.kind == "activity" and p not in own))
        return replace(
            self._before,
            passage=passage.id,
            number=sentence.number,
            scope=f"{self._before.scope} – {sentence.text}",
            parts=own,
            inherited=tuple(p for p in kept if p.kind not in kinds),
            context=self._before.context,
            conditions=self._before.conditions if "data" not in kinds else (),
            exceptions=(),
        )


def _about_case(clause: Clause, lexicon: Lexicon) -> tuple[Clause, tuple[Part, ...]]:
    """`clause` without the condition that only says which data it is about ("Handler det om
    helbred, …"), and those data.
    """
    cases = [c for c in clause.conditions if _CASE.match(c)]
    parts = tuple(p for c in cases for p in lexicon.parts(c) if p.kind == "data")
    if not parts:
        return clause, ()
    return replace(clause, conditions=[c for c in clause.conditions if c not in cases]), parts


def _points_back(text: str) -> bool:
    return bool(_EXCEPTS.match(text) or _POINTS_BACK.search(_EXPLETIVE.sub("", text)))


def _narrowed(rule: Rule, after: Sequence[Clause]) -> bool:
    """Whether "men kun …" after it says what it permits, so that it does not stand alone."""
    return rule.modality == "tilladt" and any(c.elliptic and c.modality == "kun" for c in after)


def _introduces(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    after = sentence.number + 1
    return after < len(sentences) and sentences[after].intro == sentence.number


def _with_condition(rule: Rule, sentence: Sentence) -> Rule:
    condition = re.sub(r"^at |,?(?: og| eller)?$", "", sentence.text.rstrip(".,;"))
    return replace(
        rule, conditions=(*rule.conditions, condition), more=(*rule.more, sentence.number)
    )


def _goes_on_from(sentence: Sentence, sentences: Sequence[Sentence]) -> str:
    """The sentence before, where `sentence` says what may be done then; "" for another one."""
    if not sentence.number or sentence.is_row or not _THEN.match(sentence.text):
        return ""
    before = sentences[sentence.number - 1]
    return before.text.rstrip(".?!") if before.block == sentence.block else ""


def _on_condition(rule: Rule, condition: str) -> Rule:
    if rule.modality not in ("tilladt", "kun"):
        return rule
    return replace(rule, conditions=(condition, *rule.conditions))


def _without_approvers(parts: tuple[Part, ...], text: str) -> tuple[Part, ...]:
    """Roles count when the rule is for them, not when they are whom to ask."""
    return tuple(
        p for p in parts if p.kind != "role" or not _APPROVER.search(text[: text.find(p.said)])
    )


def _ruled_on(text: str, norm: Modality) -> str:
    """What of `text` its ban is about: "Tilladelsen gælder ikke for Gemini" is of it alone."""
    outside = _OUTSIDE.search(text) if norm == "forbudt" else None
    return text[outside.end() :] if outside else text
