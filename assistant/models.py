"""What passes between the steps from question to answer."""

from dataclasses import dataclass, field
from typing import Literal

from ingest.passages import Passage

Status = Literal["answered", "declined", "blocked", "error"]
Verdict = Literal["ja", "nej", "betinget"]
Language = Literal["da", "en"]
Badge = Literal["ja", "nej", "betinget", "afhaenger"]


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
class Piece:
    """The next part of an answer's text, final when it is told; `citations` are the new ones,
    `badge` and `language` are those of the answer.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    badge: Badge | None = None
    language: Language = "da"


@dataclass(frozen=True, slots=True)
class ModelTrace:
    """What a chat model did for an answer. `prompt` is the id and version of the prompt, `sent`
    the messages; `verified` are the claims that passed, `dropped` the others with why and what
    became of them; `tokens_counted` says that the service counted the tokens. `fault` is "" or
    why the model's answer was not used, or not to its end; `engine` names the model.
    """

    engine: str
    prompt: str = ""
    sent: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    raw: str = ""
    verified: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_counted: bool = False
    tries: int = 0
    cached: bool = False
    fault: str = ""
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came to be: what was found, chosen and dropped, and why; `rules` are those
    that the verdict follows from, `lost` those that do not count for it, with why; `model` what
    a chat model did, None where none was asked.
    """

    standalone: str = ""
    hits: tuple[Hit, ...] = ()
    chosen: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    evidence: dict[str, float] = field(default_factory=dict)
    model: ModelTrace | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user gets. `text` is whole and ready to show, with the markers [1], [2] …; with
    `steps` it is a list to be told whole and in its order; `against` is its line on a document that
    says otherwise.
    """

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
    followups: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    engine: str = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)
    steps: bool = False
    against: str = ""

    @property
    def badge(self) -> Badge | None:
        """The verdict in a word, for a card: `afhaenger` where it is given case by case only."""
        if self.verdict == "betinget" and self.cases and not self.conditions_are_told:
            return "afhaenger"
        return self.verdict

    @property
    def conditions_are_told(self) -> bool:
        """Whether the text lists the conditions as things to tick off."""
        return "- ☐ " in self.text
