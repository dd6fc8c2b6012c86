"""Questions that a document asks itself, and what yes, no or only if rules in answer to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.passages import Passage
from ingest.reading import Sentence
from ingest.rules.clauses import clauses_of, fragment
from ingest.rules.lexicon import Lexicon
from ingest.rules.model import Modality, Rule

_YES_NO = re.compile(
    r"^(ja|nej|yes|no)\b[,.:;–-]?\s*|^(?=kun (?:hvis|når|såfremt|efter|med)\b)", re.IGNORECASE
)
_ASKS_LEAVE = re.compile(r"^(?:må|kan|er det)\b.*\?$", re.IGNORECASE)
_ASKS_DUTY = re.compile(
    r"^(?:skal|bør|behøver|er (?:jeg|vi|man|du|det) (?:nødt|nødvendig|et krav|obligatorisk))", re.I
)
_OF_LEAVE = re.compile(r"\b(?:må|kan|lov|tillad\w*|ok|okay|orden|lovligt|fint)\b", re.I)
# What yes and no say to a question of duty, or of leave.
_MODALITIES: Mapping[tuple[bool, bool], Modality] = {
    (True, True): "påbud", (True, False): "ikke påbud",
    (False, True): "tilladt", (False, False): "forbudt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """That a sentence answers `question` with yes or no, and `rest`, what it says after that."""

    question: str
    yes: bool
    rest: str

    def rule(self, sentence: Sentence, passage: Passage, lexicon: Lexicon) -> Rule:
        """The rule that it makes of the question: of leave, or of a duty."""
        modality = _MODALITIES[bool(_ASKS_DUTY.match(self.question)), self.yes]
        clause = fragment(self.rest, modality)
        asking = fragment(self.question.rstrip("?"), "tilladt")
        asked = lexicon.parts(asking.text)
        kinds = {p.kind for p in asked}
        own = tuple(p for p in lexicon.parts(clause.text) if p.kind not in kinds)
        return Rule(
            passage=passage.id,
            document=passage.document,
            number=sentence.number,
            modality=modality,
            scope=asking.text,
            parts=(*asked, *own),
            conditions=tuple(clause.conditions),
            exceptions=tuple(clause.exceptions),
            context=clause.text,
        )


def reply_of(text: str, question: str, heading: str) -> Reply | None:
    """What `text` says to a `question` of leave or duty before it, or to the `heading`, if that is
    one and no clause of its own says what is ruled; None where it says neither yes, no nor only if.
    """
    answer = _YES_NO.match(text)
    if not answer:
        return None
    said, rest = answer.group(1), text[answer.end() :]
    if not (_is_asked(question) if question else _asks(heading) and _is_alone(said, rest)):
        return None
    return Reply(question or heading, (said or "ja").lower() in ("ja", "yes"), rest)


def _is_asked(question: str) -> bool:
    return bool(_ASKS_DUTY.match(question) or _OF_LEAVE.search(question))


def _asks(heading: str) -> bool:
    asks = _ASKS_LEAVE.match(heading) or _ASKS_DUTY.match(heading)
    return bool(asks) and heading.endswith("?")


def _is_alone(said: str | None, rest: str) -> bool:
    """Whether the sentence rules by its yes or no alone."""
    return not said or not clauses_of(rest)


def is_bare(text: str) -> bool:
    """Whether `text` is yes or no and nothing else."""
    return bool(text) and not _YES_NO.sub("", text, count=1)


def reasons(sentence: Sentence, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """The number of the sentence that goes on from a bare yes or no; none where it ends there."""
    after = sentences[sentence.number + 1 : sentence.number + 2]
    same = (s for s in after if s.question == sentence.question and not (s.asks or s.is_item))
    return tuple(s.number for s in same)
