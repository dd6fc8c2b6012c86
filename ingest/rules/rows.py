"""The rules in a table row as it reads: "DeepL Pro: Offentligt: Ja; Internt: Efter aftale; …"."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ingest.passages import Passage
from ingest.reading import Sentence
from ingest.rules.clauses import fragment
from ingest.rules.lexicon import Lexicon
from ingest.rules.modality import cell_modality, column_modality
from ingest.rules.model import Modality, Part, Rule

_CELL = re.compile(r"(?:^|; )([^:;]{2,60}): ")
_NOTES = re.compile(
    r"\b(betingelse\w*|krav|forudsætning\w*|vilkår|sådan|husk|bemærkning\w*|note\w*)\b", re.I
)
# A column that asks whether something must be done, not whether it may.
_DUTY = re.compile(
    r"^(?!.*\b(?:må|kan|tilladt|ok)\b)(?:.*\b(?:skal|krav|pligt)\b.*|[\w ]{2,25}\?)$", re.IGNORECASE
)
_DEMANDS = re.compile(r"\b(?:betingelse\w*|krav|forudsætning\w*|vilkår)\b", re.IGNORECASE)
_NOTHING = re.compile(r"^(?:ingen|intet|[–—-]+)", re.IGNORECASE)
_CONDITIONAL = re.compile(
    r"\b(når|hvis|kun|efter|forudsat|medmindre|kræver|som udkast|så længe)\b", re.I
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
    """A rule for each cell that permits or forbids."""
    label, cells = cells_of(sentence.text)
    label_parts = lexicon.parts(label)
    notes = [v for head, v in cells if cell_modality(v) is None and column_modality(head) is None]
    demanded = [v for head, v in cells if _DEMANDS.search(head) and not _NOTHING.match(v)]
    notes = [n for n in notes if n not in demanded]
    for head, value in cells:
        about = any(p.kind in ("tool", "data") for p in lexicon.parts(head))
        ruled = _ruled(head, value, about=about)
        if ruled is None:
            continue
        modality, scope, conditions, exceptions = ruled
        conditions = (*conditions, *demanded, *(n for n in notes if _CONDITIONAL.search(n)))
        head_parts = lexicon.parts(head) if cell_modality(value) else lexicon.parts(scope)
        parts = _merged(label_parts, head_parts)
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
            column=head,
        )


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
