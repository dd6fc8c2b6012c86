"""A claim of the model's checked against what it cites: passed, replaced by the source, dropped.

No model is asked. A claim passes when its quote stands in a cited passage and nothing in it says
more or other than the sentences quoted. One that fails by a detail is replaced by the source's own
sentence; one that has no source, or is about something else, is dropped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant import facts
from assistant.asking import language_of
from assistant.chatmodel.checks import (
    deeds,
    denials,
    limits,
    names,
    omissions,
    opposites,
    polarity,
    reach,
    rows,
)
from assistant.chatmodel.checks.meaning import Meaning
from assistant.chatmodel.checks.ruling import Ruling, contradicts
from assistant.chatmodel.checks.support import Support, letters, support_of, units_of
from assistant.chatmodel.protocol import ModelClaim
from ingest.passages import Passage
from ingest.reading import Sentence

Outcome = Literal["passed", "replaced", "dropped"]
_LONGEST = 400  # characters of a claim
# Fitted on evals/questions/claims.tuning.jsonl (docs/decisions/chat-models.md).
_NEAR = 0.705  # cosine and half the words covered, together, from which it is about the same
_FEW = 2  # words of content, under which a claim with numbers is not compared
_LEFT_OUT = 0.25  # how surely a condition is left out
_NARROWED = 0.9  # share of what follows a "kun" that must be kept


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a claim: the `text` to show ("" when dropped) with the sentences of `passage`
    that it rests on, and why it did not pass ("" when it did).
    """

    outcome: Outcome
    text: str
    why: str = ""
    passage: Passage | None = None
    quoted: tuple[Sentence, ...] = ()


class Entailment(Protocol):
    """A second opinion on claims that passed."""

    def follows(self, claim: str, source: str) -> bool:
        """Whether `claim` follows from `source`."""


@dataclass(frozen=True)
class Verifier:
    """Checks claims; `titles` are those of the documents by file."""

    meaning: Meaning
    titles: Mapping[str, str]
    entailment: Entailment | None = None

    def warm(self, passages: Sequence[Passage]) -> None:
        """Prepare for claims that cite `passages`, while the model has yet to begin."""
        units = [unit.text for passage in passages for unit in units_of(passage)]
        for text in units:
            letters(text)
        self.meaning.warm(units)

    def check(
        self, claim: ModelClaim, passages: Sequence[Passage], ruling: Ruling | None = None
    ) -> Checked:
        """What becomes of `claim`; its sources number `passages` from 1, and `ruling` is what
        the rules gave.
        """
        if fault := _unfit(claim, len(passages)):
            return Checked("dropped", "", fault)
        cited = [passages[n - 1] for n in claim.sources]
        support = support_of(claim.quote, cited, self.titles)
        if support is None:
            return Checked("dropped", "", "citatet står ikke i det, der henvises til")
        if contradicts(claim.text, ruling):
            return Checked("dropped", "", "siger andet end reglerne")
        text = polarity.without_answer(claim.text)
        if why := self._foreign(text, support):
            return Checked("dropped", "", why)
        why = next(self._wrong(text, support), "")
        if why or not self._follows(text, support):
            return _replaced(support, ruling, why or "følger ikke af kilden efter den anden model")
        shown = _shown(claim.text, ruled=ruling is not None)
        return Checked("passed", shown, "", support.passage, support.quoted)

    def _foreign(self, text: str, support: Support) -> str:
        """Why `text` is about something else than its source; "" when it is not."""
        near = " ".join((support.core, *support.around))
        words, there = self.meaning.content(text), self.meaning.content(near)
        if len(words) < _FEW and (not words or facts.facts_of(text)):
            return ""  # "Der er sat 25 minutter af": what it says are its numbers
        total = sum(self.meaning.weight(w) for w in words)
        covered = sum(self.meaning.weight(w) * self.meaning.covered(w, there) for w in words)
        alike = self.meaning.near(text, (support.core, near)) + covered / total / 2
        return "" if alike >= _NEAR else "handler om andet end kilden"

    def _wrong(self, text: str, support: Support) -> Iterator[str]:
        """What `text` says that the sentences quoted do not, the plainest first. It is strict: the
        source's own words take the place of what it stops, and are never wrong.
        """
        core = support.core
        if not support.exact:
            yield "citatet er ikke ordret"
        lost = facts.missing(text, core) or facts.swapped(text, core)
        lost = lost or facts.misplaced(text, core, self.meaning.alike)
        if lost:
            yield f"står ikke sådan i kilden: {', '.join(lost)}"
        near = " ".join((core, *support.headings))
        named = names.missing(text, near, self.meaning) or names.swapped(text, core, self.meaning)
        named = named or names.misplaced(text, core, self.meaning) or names.exchanged(text, core)
        if named:
            yield f"nævner en anden end kilden: {', '.join(named)}"
        if force := self._other_force(text, support):
            yield f"kilden siger ikke ”{force}”"
        if clause := polarity.other_sign(text, core, support.around, self.meaning):
            yield f"benægter andet end kilden: {clause}"
        if clause := self._turned(text, support):
            yield f"vender kilden om: {clause}"
        if word := opposites.opposite(text, core):
            yield f"siger det modsatte af kilden: {word}"
        if word := reach.overstated(text, core) or reach.narrowed(text, core):
            yield f"siger det stærkere end kilden: {word}"
        if word := reach.loosened(text, core) or reach.unhurried(text, core):
            yield f"kræver mindre end kilden: {word}"
        yield from self._unlimited(text, support)

    def _other_force(self, text: str, support: Support) -> str:
        if force := polarity.other_force(text, _ruling(support)):
            return force
        ruling = [s.text for s in support.quoted if not s.is_row]
        return deeds.other_force(text, ruling, denials.clauses, self.meaning)

    def _turned(self, text: str, support: Support) -> str:
        sentences = [s.text for s in support.quoted]
        if any(s.is_row for s in support.quoted):
            cells = [c.rpartition(": ")[2] for s in sentences for c in limits.cells_of(s)]
            turned = denials.answer_turned(text, sentences, self.meaning)
            return turned or denials.cell_turned(text, cells, self.meaning)
        return denials.turned(text, sentences, support.around, self.meaning)

    def _unlimited(self, text: str, support: Support) -> Iterator[str]:
        sentences = [s.text for s in support.quoted]
        surely, limit = limits.left_out(text, sentences, self.meaning)
        if surely > _LEFT_OUT:
            yield f"udelader en betingelse: {limit}"
        only = limits.loses_only(text, sentences, self.meaning)
        if only or limits.narrows(text, sentences, self.meaning) < _NARROWED:
            yield "udelader noget efter ”kun”"
        if limits.loses_bound(text, sentences):
            yield "udelader ”højst” eller ”mindst”"
        in_table = any(s.is_row for s in support.quoted)
        lost = omissions.unsaid(text, sentences, in_table, self.meaning)
        if in_table and not lost:
            lost = rows.condition_unsaid(text, sentences, self.meaning)
        if lost:
            yield f"udelader det, der afgrænser: {lost}"

    def _follows(self, text: str, support: Support) -> bool:
        if self.entailment is None:
            return True
        return self.entailment.follows(text, " ".join((*support.around, support.core)))


def _unfit(claim: ModelClaim, passages: int) -> str:
    """Why a claim cannot be looked at; "" when it can."""
    if not claim.sources:
        return "har ingen kilde"
    if any(not 1 <= n <= passages for n in claim.sources):
        return "henviser til en kilde, der ikke findes"
    if len(claim.text) > _LONGEST or len(letters(claim.text)) < 3:
        return "er for lang" if len(claim.text) > _LONGEST else "siger ingenting"
    return "er på engelsk" if language_of(claim.text) == "en" else ""


def _ruling(support: Support) -> str:
    """The words that say how firmly: the sentence, after what introduces its list; "" for a table
    row, which rules by its cells.
    """
    if any(s.is_row for s in support.quoted):
        return ""
    units = {u.number: u.text for u in units_of(support.passage)}
    intro = units.get(support.quoted[0].intro, "")
    return f"{intro} {support.core}".strip()


def _shown(claim: str, *, ruled: bool) -> str:
    """The claim as it is shown: a "Ja" or "Nej" that no rule gave is not the model's to say."""
    text = claim if ruled else polarity.without_answer(claim)
    return text[:1].upper() + text[1:]


def _replaced(support: Support, ruling: Ruling | None, why: str) -> Checked:
    """The source's own sentences, where they make sense alone and the verdict is not another."""
    first = support.quoted[0]
    alone = not (first.leans or first.asks or support.quoted[-1].text.endswith(":"))
    if not alone or contradicts(support.core, ruling):
        return Checked("dropped", "", why)
    return Checked("replaced", support.core, why, support.passage, support.quoted)
