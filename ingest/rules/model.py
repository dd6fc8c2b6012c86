"""A rule, and what documents define: the shapes that ingest writes and the assistant reads."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["tool", "data", "activity", "role"]
CONDITION = "condition"  # what a permission may hang on; no part of what a rule is about
# tilladt: may; kun: may, and nothing else; forbudt: may not; afventer: not approved yet;
# påbud: must; ikke påbud: need not; bør: should; frarådes: should not.
Modality = Literal[
    "tilladt", "kun", "forbudt", "afventer", "påbud", "ikke påbud", "bør", "frarådes"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A concept of the lexicon as a text says it."""

    concept: str
    said: str

    @property
    def kind(self) -> str:
        """`tool`, `data`, `activity` or `role`."""
        return self.concept.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """A normative statement: sentence `number` of the passage with the id `passage`, or a cell of
    the table row that it is (then `cell` is the part that rules, and `column` heads it).

    `scope` is the clause that rules, without conditions and exceptions; `parts` are the concepts
    in it; `inherited` those that the heading, the introducing sentence or the sentence before
    lend it; `context` is the heading or introduction whose words belong to it; `more` are the
    numbers of the sentences after it that hold further conditions.
    """

    passage: str
    document: str
    number: int
    modality: Modality
    scope: str
    parts: tuple[Part, ...] = ()
    inherited: tuple[Part, ...] = ()
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    context: str = ""
    cell: str = ""
    column: str = ""
    more: tuple[int, ...] = ()

    @property
    def is_of_task(self) -> bool:
        """Whether it is a cell in words of a row about a task ("Partshøring: udkast i DamGPT")."""
        return bool(self.column) and ": " in self.scope

    def concepts(self, kind: Kind) -> tuple[str, ...]:
        """The concepts of one kind that it is about, its own before inherited ones."""
        own = tuple(p.concept for p in self.parts if p.kind == kind)
        return own or tuple(p.concept for p in self.inherited if p.kind == kind)

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Rule":
        """The inverse of `to_json`."""
        parts = {key: tuple(Part(**p) for p in row[key]) for key in ("parts", "inherited")}
        lists = {key: tuple(row[key]) for key in ("conditions", "exceptions", "more")}
        return cls(**{**row, **parts, **lists})


@dataclass(frozen=True, slots=True)
class Definition:
    """What a document puts into a class of data: the concepts, and the words as they stand."""

    document: str
    passage: str
    number: int
    concept: str
    members: tuple[str, ...]
    words: str
