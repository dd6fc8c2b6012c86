"""The rules in a table row as it reads: "DeepL Pro: Offentligt: Ja; Internt: Efter aftale; …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ingest.passages import Passage
from ingest.reading import Sentence
from ingest.rules.absence import without_what_is_absent
from ingest.rules.clauses import Clause, clauses_of, fragment
from ingest.rules.lexicon import Lexicon
from ingest.rules.modality import cell_modality, column_modality, modality_of
from ingest.rules.model import Modality, Part, Rule
from ingest.sentences import sentences

_CELL = re.compile(r"(?:^|; )(?:([^:;?]{2,60}): |([^:;?]{2,60}\?):? )")
_NOTES = re.compile(
    r"\b(betingelse\w*|krav|forudsætning\w*|vilkår|sådan|husk|bemærkning\w*|note\w*)\b", re.I
)
# A column that asks whether something must be done, not whether it may.
_DUTY = re.compile(
    r"^(?!.*\b(?:må|kan|tilladt|ok)\b)(?:.*\b(?:skal|krav|pligt)\b.*|[\w ]{2,25}\?)$", re.IGNORECASE
)
_DEMANDS = re.compile(
    r"\b(?:betingelse\w*|krav|kræve[rs]|forudsætning\w*|vilkår|pligt)\b", re.IGNORECASE
)
_TOOLS = re.compile(r"^(?:værktøj|tjeneste|system|program|løsning|app|tool)\w*$", re.IGNORECASE)
# A column of tasks, beside a label that names a place or a number.
_TASKS = re.compile(
    r"^(?:opgaver?|hvad|aktivitet|arbejde|formål|brug|situation|det drejer sig om|sag|tekst)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^[\d.]+$|^[A-ZÆØÅ]\d*$")
_IN_A_TOOL = re.compile(r"^(?:kun )?(?:i|med|via|på) ", re.IGNORECASE)
# A cell that says only that there are conditions, which then stand elsewhere in the row.
_BARE = re.compile(
    r"^(?:betinget|delvis\w*|gul|\(ja\)|\(✔\)|med forbehold"
    r"|(?:på |med )?(?:vilkår|betingelser?|krav))\W*$",
    re.I,
)
_RULES = re.compile(
    r"^(?:regel|regler|hvad gælder|det gælder|sådan|retningslinje\w*)\b", re.IGNORECASE
)
# A cell of a column that permits or forbids which only says yes or no.
_ANSWER = re.compile(
    r"^(?:ja|nej|ok|okay|tilladt|forbudt|godkendt|yes|no)\b|^(?:ikke|må) (?:tilladt|godkendt)\b"
    r"|^[✔✓☑√✗✘✖❌×–—-]|^x$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^(?:hvem|for hvem|brugere?|adgang|hvem (?:må|kan|har|gælder).*|målgruppe|roller?)\??$",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(
    r"^(?:alle|enhver|hele kommunen)(?: (?:kommunens )?(?:fast)?(?:ansatte|medarbejdere"
    r"|afdelinger))?$",
    re.IGNORECASE,
)
# A column of what may be put into the tool that the row is about.
_PUT_IN = re.compile(
    r"^(?:hvilke |hvilken slags |hvad |tilladte )?(?:slags )?(?:data|datatyper?|dataklasser?"
    r"|oplysninger|\w+oplysninger)\??$"
    r"|^hvad (?:må|kan) .*|^(?:bruges|til hvad|anvendelse|formål|hvad til)\b.*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r" ?\([^)]*\)")
_REST_OF_ALL = re.compile(r"^(?:alt|alle) (?:andet|andre|øvrige?|det øvrige)\b", re.IGNORECASE)
_NONE = re.compile(r"^(?:ingen|intet|ikke noget)\b(?: om)? ?", re.IGNORECASE)
_LEADING_NOT = re.compile(r"^(?:må )?(?:ikke|aldrig) ", re.IGNORECASE)
_LEADING_ONLY = re.compile(r"^(?:kun|udelukkende|alene) (?:til )?", re.IGNORECASE)
_LEADING_CONDITION = re.compile(
    r"^(?:efter|når|hvis|med|forudsat|så længe|aftales|undtagelsesvis)\b", re.IGNORECASE
)
_REFERENCE = re.compile(r",? \(?(?:jf\. )?(?:§|stk\.|afsnit|punkt|bilag|side) ?[\d., stk§og]+\)?$")
_NOTHING = re.compile(r"^(?:ingen|intet|(?:[\w ]{1,20}: )?[–—-]+)", re.IGNORECASE)
_CONDITIONAL = re.compile(
    r"\b(når|hvis|kun|efter|forudsat|medmindre|kræve[rs]|forudsætter|som udkast|så længe|uden|ingen"
    r"|godkende\w*|registrer\w*|læses|tjek\w*|kontroller\w*|samtykke|underskr\w*|fjerne[srt]?"
    r"|sløre[srt]?|anonymi\w+|mærke[srt]?)\b",
    re.I,
)
_REST = re.compile(
    r"^(?:ja|nej|ok|tilladt|godkendt|ikke tilladt|ikke godkendt|forbudt|må ikke|må (?:frit )?bruges"
    r"|kan (?:frit )?bruges|må|fri(?:t)?(?: brug| at bruge)?|grønt?|yes|no)\b\W*"
    r"(?:men )?|^[✔✓✗✘×–—-]\W*",
    re.I,
)
# What a cell says besides that limits nothing: "fri brug, også ChatGPT".
_NO_LIMIT = re.compile(
    r"^(?:også|altid|overalt|til alle|for alle|frit|uden videre)\b", re.IGNORECASE
)


_Cells: TypeAlias = list[tuple[str, str]]


def is_about_whom(head: str) -> bool:
    """Whether the column tells whom something is for."""
    return bool(_WHO.match(head))


def is_about_what(head: str) -> bool:
    """Whether the column tells what may be put into a tool."""
    return bool(_PUT_IN.match(head))


def cells_of(row: str) -> tuple[str, list[tuple[str, str]]]:
    """The label of a row, and its further cells with their headings."""
    label, _, rest = row.partition(": ")
    starts = list(_CELL.finditer(rest))
    cells = []
    for n, start in enumerate(starts):
        end = starts[n + 1].start() if n + 1 < len(starts) else len(rest)
        cells.append(
            ((start.group(1) or start.group(2)).strip(), rest[start.end() : end].strip(" ;"))
        )
    return label.strip(), cells


def rules_of_row(
    sentence: Sentence, passage: Passage, headings: Sequence[str], lexicon: Lexicon
) -> Iterator[Rule]:
    """A rule for each cell that permits or forbids; one for the whole row where all its kinds of
    data are forbidden.
    """
    row = _row_of(sentence, passage, headings, lexicon)
    about_data = _cells_on_data(row.cells, lexicon)
    for head, value in row.cells:
        if _WHO.match(head):
            continue
        if _RULES.match(head) and cell_modality(value) is None:
            yield from _told(sentence, passage, row.label, value, lexicon)
        elif lent := _column(head, value, of_tool=row.is_of_tool):
            yield from _in_prose(row, head, value, lent)
        elif rule := _plain(row, head, value, about_data):
            yield rule


def _row_of(
    sentence: Sentence, passage: Passage, headings: Sequence[str], lexicon: Lexicon
) -> "_Row":
    label, cells = cells_of(sentence.text)
    label, cells = _with_its_task(label, cells, lexicon)
    named = [value for head, value in cells if _names_a_tool(head, value, lexicon)]
    parts = _merged(lexicon.parts(label), lexicon.parts("; ".join(named)))
    demanded = [v for head, v in cells if _DEMANDS.search(head) and not _NOTHING.match(v)]
    demanded += [_whom(v) for head, v in cells if _WHO.match(head) and _whom(v)]
    notes = [_REFERENCE.sub("", v) for head, v in cells if _is_note(head, v) and v not in named]
    notes = [n for n in notes if n not in demanded and not _NOTHING.fullmatch(n)]
    return _Row(sentence, passage, label, cells, parts, headings, lexicon, tuple(demanded), notes)


def _with_its_task(label: str, cells: _Cells, lexicon: Lexicon) -> tuple[str, _Cells]:
    """The label with the task that the row is about ("Køkken: Omregne opskrifter"), and the other
    cells.
    """
    tasks = [c for c in cells if _TASKS.match(c[0]) and cell_modality(c[1]) is None]
    if len(tasks) != 1 or _is_of_tool(label, lexicon):
        return label, cells
    task = tasks[0][1]
    named = task if _NUMBER.match(label) else f"{label}: {task}"
    return named, [c for c in cells if c not in tasks]


def _names_a_tool(head: str, value: str, lexicon: Lexicon) -> bool:
    """Whether a cell says which tool a task is done with: "Sådan: I SøSvar"."""
    if _TOOLS.search(head):
        return True
    told = _IN_A_TOOL.match(value) and _NOTES.search(head)
    return bool(told) and any(p.kind == "tool" for p in lexicon.parts(value))


def _plain(row: "_Row", head: str, value: str, about_data: _Cells) -> Rule | None:
    """The rule of a cell that says yes or no, or what is under its heading; None for others, and
    for a ban that the first of its row's cells on data tells for all of them.
    """
    lexicon, whole = row.lexicon, _is_ban(about_data)
    about = any(p.kind in ("tool", "data") for p in lexicon.parts(head))
    ruled = _ruled(head, value, about=about)
    if ruled is None or (whole and (head, value) in about_data[1:]):
        return None
    modality, scope, conditions, exceptions = ruled
    conditions = _with_notes(conditions, value, row.notes, row.demanded)
    head_parts = lexicon.parts(head) if cell_modality(value) else lexicon.parts(scope)
    parts = _merged(row.parts, () if whole and (head, value) in about_data else head_parts)
    for_all = whole and parts == row.parts
    return Rule(
        passage=row.passage.id,
        document=row.passage.document,
        number=row.sentence.number,
        modality=modality,
        scope=row.label,
        parts=parts,
        inherited=_from_headings(parts, row.headings, lexicon),
        conditions=conditions if modality != "forbudt" else (),
        exceptions=exceptions,
        context=" ".join((*row.notes, row.headings[-1] if row.headings else "")),
        cell=value,
        column=", ".join(h for h, _ in about_data) if for_all else head,
    )


def _with_notes(
    conditions: tuple[str, ...], value: str, notes: Sequence[str], demanded: Sequence[str]
) -> tuple[str, ...]:
    """The conditions of a cell and of its row; a bare "betinget" only points to the latter."""
    bare = conditions == (value.strip(" ."),) and _BARE.search(value) and (demanded or notes)
    told = notes if bare and not demanded else [n for n in notes if _CONDITIONAL.search(n)]
    return (*(() if bare else conditions), *demanded, *told)


def _told(
    sentence: Sentence, passage: Passage, label: str, value: str, lexicon: Lexicon
) -> Iterator[Rule]:
    """The rules in a cell of prose: "SkoleGPT, når en lærer er til stede"."""
    for text in sentences(value):
        opening = lexicon.mentions(text)
        named = bool(opening) and opening[0].start == 0 and opening[0].concept.startswith("tool.")
        clauses = clauses_of(text) or ([fragment(text, "tilladt")] if named else [])
        for clause in clauses:
            assert clause.modality
            yield Rule(
                passage=passage.id,
                document=passage.document,
                number=sentence.number,
                modality=clause.modality,
                scope=f"{label}: {clause.text}",
                parts=_merged(lexicon.parts(clause.text), lexicon.parts(label)),
                conditions=tuple(clause.conditions),
                exceptions=tuple(clause.exceptions),
            )


@dataclass(frozen=True, slots=True)
class _Row:
    """What the cells of a row share."""

    sentence: Sentence
    passage: Passage
    label: str
    cells: Sequence[tuple[str, str]]
    parts: tuple[Part, ...]
    headings: Sequence[str]
    lexicon: Lexicon
    demanded: tuple[str, ...]
    notes: Sequence[str]

    @property
    def own(self) -> tuple[Part, ...]:
        """What the label is about; of a tool, without what it says of it in brackets."""
        bare = self.lexicon.parts(_BRACKETS.sub("", self.label))
        return bare if self.is_of_tool else self.parts

    @property
    def is_of_tool(self) -> bool:
        """Whether the row is about a tool, and not about a task done with one."""
        return _is_of_tool(self.label, self.lexicon)


def _is_of_tool(label: str, lexicon: Lexicon) -> bool:
    bare = _BRACKETS.sub("", label)
    opening = lexicon.mentions(bare)
    kinds = {p.kind for p in lexicon.parts(bare)}
    opens = bool(opening) and not opening[0].start and opening[0].concept.startswith("tool.")
    return opens or ("tool" in kinds and "activity" not in kinds)


def _whom(value: str) -> str:
    """Whom a tool or a task is for, as a condition; "" for everybody."""
    text = _REFERENCE.sub("", value).strip(" .")
    return "" if _EVERYBODY.match(text) or _NOTHING.match(text) else text


def _column(head: str, value: str, *, of_tool: bool) -> Modality | None:
    """What a column says of cells that tell in words what is permitted or forbidden there; None
    for cells that only say yes or no, and for other columns.
    """
    if _ANSWER.match(value.strip()) or _NOTES.search(head):
        return None
    if lent := column_modality(head):
        return lent if lent in ("tilladt", "forbudt") else None
    tells = of_tool and _PUT_IN.match(head) and cell_modality(value) is None
    return "tilladt" if tells else None


def _in_prose(row: _Row, head: str, value: str, lent: Modality) -> Iterator[Rule]:
    """The rules in such a cell, sentence by sentence."""
    for text in sentences(value):
        for said in _cell_clauses(text.rstrip("."), lent):
            clause = without_what_is_absent(said, row.lexicon)
            parts = row.lexicon.parts(clause.text)
            lists = row.is_of_tool and any(p.kind == "data" for p in parts)
            if not lists and column_modality(head) is None and modality_of(text) is None:
                continue  # "Oplysninger: Egen kalender": no kind of data that a rule knows
            if _REST_OF_ALL.match(clause.text) and not lists:
                continue
            modality = "kun" if lists and clause.modality == "tilladt" else clause.modality
            assert modality
            parts = _merged(row.own, parts)
            demanded = row.demanded if modality in ("tilladt", "kun") else ()
            yield Rule(
                passage=row.passage.id,
                document=row.passage.document,
                number=row.sentence.number,
                modality=modality,
                scope=row.label if lists else f"{row.label}: {clause.text}".rstrip(": "),
                parts=parts,
                inherited=_from_headings(parts, row.headings, row.lexicon),
                conditions=(*clause.conditions, *demanded),
                exceptions=tuple(clause.exceptions),
                context=" ".join((*row.notes, row.headings[-1] if row.headings else "")),
                cell=text.rstrip("."),
                column=head,
            )


def _cell_clauses(text: str, lent: Modality) -> list[Clause]:
    """The clauses of a sentence under a heading that permits or forbids."""
    ruling = [c for c in clauses_of(text) if c.modality not in ("påbud", "bør")]
    if ruling:
        return ruling
    if _LEADING_CONDITION.match(text):
        return [Clause("", lent, [text])]
    if lent == "forbudt":
        return [fragment(_LEADING_NOT.sub("", text), lent)]
    if _NONE.match(text):
        return [fragment(_NONE.sub("", text), "forbudt")]
    if _LEADING_ONLY.match(text):
        return [fragment(_LEADING_ONLY.sub("", text), "kun")]
    return [fragment(text, lent)]


def _cells_on_data(cells: Sequence[tuple[str, str]], lexicon: Lexicon) -> _Cells:
    return [
        (head, value) for head, value in cells if any(p.kind == "data" for p in lexicon.parts(head))
    ]


def _is_ban(about_data: _Cells) -> bool:
    """Whether a tool is forbidden whatever the data."""
    return len(about_data) > 1 and all(cell_modality(v) == "forbudt" for _, v in about_data)


def _is_note(head: str, value: str) -> bool:
    if _TOOLS.search(head) or _WHO.match(head):
        return False
    remark = bool(_NOTES.search(head)) and not _DEMANDS.search(head)
    return remark or (cell_modality(value) is None and column_modality(head) is None)


# What a cell rules: its modality, what it says besides, its conditions and its exceptions.
_Ruled: TypeAlias = tuple[Modality, str, tuple[str, ...], tuple[str, ...]]


def _ruled(head: str, value: str, *, about: bool) -> _Ruled | None:
    modality = cell_modality(value)
    if modality is None:
        return _listed(head, value)
    if _NOTES.search(head) or (value.strip() in "–—-" and not about):
        return None
    if modality in ("tilladt", "forbudt") and _DUTY.search(head):
        return ("påbud" if modality == "tilladt" else "ikke påbud"), head.rstrip("?"), (), ()
    if modality == "kun":
        return "tilladt", "", (value.strip(" ."),), ()
    rest = tuple(filter(None, (_REST.sub("", value).strip(" ,;.()"),)))
    if modality == "tilladt":
        return modality, "", () if rest and _NO_LIMIT.match(rest[0]) else rest, ()
    return modality, "", (), rest if modality == "forbudt" else ()


def _listed(head: str, value: str) -> _Ruled | None:
    """A cell that lists what its column permits or forbids ("Må bruges til")."""
    lent = column_modality(head)
    if lent is None or _NOTES.search(head):
        return None
    clause = fragment(value, lent)
    return lent, clause.text, tuple(clause.conditions), tuple(clause.exceptions)


def _merged(one: Sequence[Part], other: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _from_headings(
    own: Sequence[Part], headings: Sequence[str], lexicon: Lexicon
) -> tuple[Part, ...]:
    kinds = {p.kind for p in own}
    for heading in reversed(headings):
        lent = tuple(p for p in lexicon.parts(heading) if p.kind == "tool" and "tool" not in kinds)
        if lent:
            return lent
    return ()
