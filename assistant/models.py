"""What passes between the steps from question to answer."""

from dataclasses import dataclass, field
from typing import Literal

from ingest.passages import Passage

Status = Literal["answered", "declined", "blocked", "error"]
Verdict = Literal["ja", "nej", "betinget"]
Language = Literal["da", "en"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores for one question: 0..1 per field in `fields`, fused in `fused`, and
    in `score` what it is ranked by, which is less for a further passage of the same page;
    `absolute` is its BM25 score over stems against that of a passage made of the question.
    """

    passage: Passage
    score: float
    fields: dict[str, float]
    absolute: float = 0.0
    fused: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim stands: `quote` is verbatim from `page` (1-based) of `document`."""

    number: int
    document: str
    title: str
    page: int
    page_label: str
    section: str
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer; `citations` are the numbers of those that support it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What a verdict hangs on: one case of it, and the question that asks for it alone."""

    label: str
    verdict: Verdict
    question: str


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came to be: what was found, chosen and dropped, and why; `rules` are those
    that the verdict follows from, `lost` those that do not count for it, with why.
    """

    standalone: str = ""
    hits: tuple[Hit, ...] = ()
    chosen: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    evidence: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user gets. `text` is whole and ready to show, with the markers [1], [2] …"""

    status: Status
    text: str
    language: Language = "da"
    verdict: Verdict | None = None
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    conditions: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    notes: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    engine: str = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)
