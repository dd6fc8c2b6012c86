"""The rules in a table row as it reads: "DeepL Pro: Offentligt: Ja; Internt: Efter aftale; …"."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ingest.passages import Passage
from ingest.reading import Sentence
from ingest.rules.clauses import clauses_of, fragment
from ingest.rules.lexicon import Lexicon
from ingest.rules.modality import cell_modality, column_modality
from ingest.rules.model import Modality, Part, Rule
from ingest.sentences import sentences

_CELL = re.compile(r"(?:^|; )([^:;]{2,60}): ")
_NOTES = re.compile(
    r"\b(betingelse\w*|krav|forudsætning\w*|vilkår|sådan|husk|bemærkning\w*|note\w*)\b", re.I
)
# A column that asks whether something must be done, not whether it may.
_DUTY = re.compile(
    r"^(?!.*\b(?:må|kan|tilladt|ok)\b)(?:.*\b(?:skal|krav|pligt)\b.*|[\w ]{2,25}\?)$", re.IGNORECASE
)
_DEMANDS = re.compile(r"\b(?:betingelse\w*|krav|forudsætning\w*|vilkår)\b", re.IGNORECASE)
_TOOLS = re.compile(r"^(?:værktøj|tjeneste|system|program|løsning|app|tool)\w*$", re.IGNORECASE)
# A cell that says only that there are conditions, which then stand elsewhere in the row.
_BARE = re.compile(
    r"^(?:betinget|delvis\w*|gul|\(ja\)|\(✔\)|med forbehold|på betingelser)\W*$", re.I
)
_RULES = re.compile(
    r"^(?:regel|regler|hvad gælder|det gælder|sådan|retningslinje\w*)\b", re.IGNORECASE
)
_REFERENCE = re.compile(r",? \(?(?:jf\. )?(?:§|stk\.|afsnit|punkt|bilag|side) ?[\d., stk§og]+\)?$")
_NOTHING = re.compile(r"^(?:ingen|intet|[–—-]+)", re.IGNORECASE)
_CONDITIONAL = re.compile(
    r"\b(når|hvis|kun|efter|forudsat|medmindre|kræve[rs]|forudsætter|som udkast|så længe)\b", re.I
)
_REST = re.compile(
    r"^(?:ja|nej|ok|tilladt|godkendt|ikke tilladt|ikke godkendt|forbudt|må ikke|må|yes"
    r"|no)\b\W*|^[✔✓✗✘×–—-]\W*",
    re.I,
)


def cells_of(row: str) -> tuple[str, list[tuple[str, str]]]:
    """The label of a row, and its further cells with their headings."""
    label, _, rest = row.partition(": ")
    starts = list(_CELL.finditer(rest))
    cells = []
    for n, start in enumerate(starts):
        end = starts[n + 1].start() if n + 1 < len(starts) else len(rest)
        cells.append((start.group(1).strip(), rest[start.end() : end].strip(" ;")))
    return label.strip(), cells


def rules_of_row(
    sentence: Sentence, passage: Passage, headings: Sequence[str], lexicon: Lexicon
) -> Iterator[Rule]:
    """A rule for each cell that permits or forbids; one for the whole row where all its kinds of
    data are forbidden.
    """
    label, cells = cells_of(sentence.text)
    named = [value for head, value in cells if _TOOLS.search(head)]
    label_parts = _merged(lexicon.parts(label), lexicon.parts("; ".join(named)))
    notes = [_REFERENCE.sub("", v) for head, v in cells if _is_note(head, v)]
    demanded = [v for head, v in cells if _DEMANDS.search(head) and not _NOTHING.match(v)]
    notes = [n for n in notes if n not in demanded]
    about_data = _cells_on_data(cells, lexicon)
    whole = _is_ban(about_data)
    for head, value in cells:
        if _RULES.match(head) and cell_modality(value) is None:
            yield from _told(sentence, passage, label, value, lexicon)
            continue
        about = any(p.kind in ("tool", "data") for p in lexicon.parts(head))
        ruled = _ruled(head, value, about=about)
        if ruled is None or (whole and (head, value) in about_data[1:]):
            continue
        modality, scope, conditions, exceptions = ruled
        conditions = _with_notes(conditions, value, notes, demanded)
        head_parts = lexicon.parts(head) if cell_modality(value) else lexicon.parts(scope)
        parts = _merged(label_parts, () if whole and (head, value) in about_data else head_parts)
        yield Rule(
            passage=passage.id,
            document=passage.document,
            number=sentence.number,
            modality=modality,
            scope=label,
            parts=parts,
            inherited=_from_headings(parts, headings, lexicon),
            conditions=conditions if modality != "forbudt" else (),
            exceptions=exceptions,
            context=" ".join((*notes, headings[-1] if headings else "")),
            cell=value,
            column=", ".join(h for h, _ in about_data) if whole and parts == label_parts else head,
        )


def _with_notes(
    conditions: tuple[str, ...], value: str, notes: Sequence[str], demanded: Sequence[str]
) -> tuple[str, ...]:
    """The conditions of a cell and of its row; a bare "betinget" only points to the latter."""
    bare = conditions == (value.strip(" ."),) and _BARE.search(value) and notes
    told = notes if bare else [n for n in notes if _CONDITIONAL.search(n)]
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


_Cells: TypeAlias = list[tuple[str, str]]


def _cells_on_data(cells: _Cells, lexicon: Lexicon) -> _Cells:
    return [
        (head, value) for head, value in cells if any(p.kind == "data" for p in lexicon.parts(head))
    ]


def _is_ban(about_data: _Cells) -> bool:
    """Whether a tool is forbidden whatever the data."""
    return len(about_data) > 1 and all(cell_modality(v) == "forbudt" for _, v in about_data)


def _is_note(head: str, value: str) -> bool:
    if _TOOLS.search(head):
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
        return modality, "", rest, ()
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
