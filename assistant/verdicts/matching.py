"""Which rules have to do with what is asked, and how."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from assistant.verdicts.alignment import Alignment
from assistant.verdicts.asked import Asked, Unit
from assistant.verdicts.examples import Examples
from assistant.verdicts.likeness import Likeness, Nearness, features_of
from assistant.verdicts.prepared import Item, Prepared, prepare
from assistant.verdicts.relations import Hierarchy, Relation
from assistant.verdicts.relevance import Features, log_odds
from ingest.embedders import builtin
from ingest.lexical import Vocabulary
from ingest.passages import Passage
from ingest.register import Document
from ingest.rules.book import RuleBook

if TYPE_CHECKING:
    from ingest.encoder.arrays import Matrix

_IN_CONTEXT = 0.7
_IN_SENTENCE = 0.8
_IN_HEADING = 0.6
_STANDS_FOR = 0.5  # value from which a stem counts as the word that it stands for
_NEAREST = 40  # rules nearest in meaning that are looked at in any case
_IMPLIED = 0.5  # what a ban that is only implied weighs, and what it loses in log odds
_LITTLE = 0.3  # share of the activity below which a rule is about another one
_HELD_OF_BAN = 0.6  # … for a ban, since what it adds may be what it bans
_HELD = 0.5  # share of the rule's own activity from which it is about all that is asked
_FOR_SOMETHING_ELSE = 0.5  # what a rule about a use for a purpose keeps, where another is asked
_CLOSE = 0.5  # cosine that stands for the same activity in other words
LEAST = -3.0  # log odds below which a rule decides nothing
_LEAST_DISTANT = -1.0  # … one that shares no word with the question
_RATHER_NEAR = 0.2  # … and that keeps a rule in sight that shares no word with the question
_LIKELY = 0.1  # chance, as a sentence, that does so too
_PLAINLY = 0.5  # share of the activity that a rule has which is plainly about it
_ALL_BUT = 0.6  # … where the rule is about the tool too
_VERY = 1.6  # level from which a rule is about the very activity
_FAR, _NEAR = 0.2, 0.6  # cosines that say nothing, and all, about an activity

# Where a sentence came in the search: its chance to answer, and its passage's score.
Found = Mapping[tuple[str, int], tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A rule that has to do with what is asked, with how it relates to each part of it.

    `levels` are how closely it meets tool, data, activity and role: 0 where it says nothing.
    `score` are the log odds that it decides. `implied` is a ban that "kun", or a permission for
    classes that are listed, implies for everything else. One that is `distant` shares no word or
    concept with the question, and is there by its meaning alone.
    """

    prepared: Prepared
    tool: Relation
    data: Relation
    role: Relation
    activity: Relation
    levels: tuple[float, float, float, float]
    features: Features
    score: float
    implied: bool = False
    distant: bool = False

    @property
    def reaches(self) -> bool:
        """Whether it holds for all that is asked, not for a part of it."""
        if "narrower" in (self.tool, self.role, self.activity):
            return False
        return self.data != "narrower" or (self.permits and self.is_close)

    @property
    def is_close(self) -> bool:
        """Whether it is about the very activity that is asked about."""
        return self.activity == "equal" and self.levels[2] >= _VERY

    @property
    def decides(self) -> bool:
        """Whether it is likely enough to decide, or plainly about the activity asked about."""
        plain = self.levels[2] >= _VERY and self.features.covered >= _PLAINLY
        if self.distant:
            return self.score >= _LEAST_DISTANT
        return self.score >= LEAST or (plain and not self.implied)

    @property
    def forbids(self) -> bool:
        """Whether it says no to what is asked."""
        return self.implied or self.prepared.forbids

    @property
    def permits(self) -> bool:
        """Whether it says yes to what is asked."""
        return self.prepared.permits and not self.implied


class Rules:
    """The rules of one index, made ready to be matched."""

    def __init__(
        self,
        book: RuleBook,
        passages: Sequence[Passage],
        documents: Mapping[str, Document],
        vocabulary: Vocabulary,
    ) -> None:
        self.book = book
        self.vocabulary = vocabulary
        by_id = {p.id: p for p in passages}
        beside: defaultdict[str, set[str]] = defaultdict(set)
        for rule in book.rules:
            tools = {p.concept for p in rule.parts if p.kind == "tool"}
            beside[rule.passage] |= tools
            beside[rule.document] |= tools
        prepared = (
            prepare(
                rule,
                by_id[rule.passage],
                documents[rule.document],
                vocabulary,
                frozenset(beside[rule.document if rule.column else rule.passage]),
            )
            for rule in book.rules
            if rule.passage in by_id
        )
        self.prepared = [p for p in prepared if p.says_something]
        named = frozenset(t for p in self.prepared for t in p.tools)
        self.hierarchy = Hierarchy(book.lexicon, book.definitions, named)
        self._examples = Examples(book.definitions, vocabulary)
        self._with: defaultdict[str, set[int]] = defaultdict(set)
        self._at: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        for n, p in enumerate(self.prepared):
            self._at[p.passage.id, p.rule.number].add(n)
            for key in (*p.own, *p.tools, *p.data, *p.activities, *p.heading):
                self._with[key].add(n)

    def with_classes(self, asked: Asked) -> Asked:
        """`asked`, with the class of data that the documents put its words in, if it names none."""
        if asked.data and not asked.data_from_before:
            return asked
        found = self._examples.classes_of(asked.text)
        if not asked.data:
            found = found or self._examples.classes_of(asked.standalone)
        return replace(asked, data=found) if len(found) == 1 else asked

    def matching(self, asked: Asked, files: frozenset[str], found: Found) -> list[Match]:
        """The rules of the documents `files` that have to do with what is asked, likeliest first;
        `found` is what the search gave.
        """
        near = self._cosines(asked)
        candidates = self._near(asked) | {n for place in found for n in self._at.get(place, ())}
        candidates |= set(np.argsort(-near[:, 0], kind="stable")[:_NEAREST].tolist())
        looked_at = [n for n in sorted(candidates) if self.prepared[n].rule.document in files]
        aligned = self._alignment.signs(asked.standalone)[looked_at].tolist()
        matches = (
            self._match(asked, self.prepared[n], Nearness(tuple(signs), *near[n].tolist()), found)
            for n, signs in zip(looked_at, aligned, strict=True)
        )
        return sorted((m for m in matches if m), key=lambda m: -m.score)

    @cached_property
    def _vectors(self) -> "tuple[Matrix, Matrix, Matrix]":
        """Of scope, setting and sentence (or cell) of every rule."""
        scopes = builtin().vectors([p.scope for p in self.prepared])
        settings = builtin().vectors([p.setting for p in self.prepared])
        return scopes, settings, builtin().vectors([p.reads for p in self.prepared])

    @cached_property
    def _alignment(self) -> Alignment:
        texts = ([p.ruled for p in self.prepared], [p.reads for p in self.prepared])
        return Alignment((*texts, [p.lent for p in self.prepared]), self.vocabulary)

    def _cosines(self, asked: Asked) -> "Matrix":
        """Of scope, setting and sentence of every rule with the question, and with what it tells
        besides, where a piece comes nearest; shape (rules, 6).
        """
        whole, *pieces = builtin().vectors([asked.standalone, *asked.pieces])
        each = np.stack([whole, *pieces])
        told = [(matrix @ each.T).max(axis=1) for matrix in self._vectors]
        return np.stack([*(matrix @ whole for matrix in self._vectors), *told], axis=1)

    def _near(self, asked: Asked) -> set[int]:
        """Rules with a concept or a word of the question."""
        wanted = asked.named_tools | asked.data | asked.activities
        keys = {s for unit in asked.units for s, value in unit.stems if value >= _STANDS_FOR}
        for concept in wanted:
            keys |= {concept, *self.hierarchy.above(concept)}
        keys |= {"tool.other-tools"} if asked.named_tools else set()
        keys |= {
            c
            for c in self._with
            if c.startswith(("tool.", "data.")) and wanted & self.hierarchy.above(c)
        }
        return {n for key in keys for n in self._with.get(key, ())}

    def _match(
        self, asked: Asked, prepared: Prepared, near: Nearness, found: Found
    ) -> Match | None:
        if prepared.activities and prepared.activities <= asked.absent:
            return None
        tool, data, role = self._relations(asked, prepared)
        covered, held = self._activity(asked, prepared)
        activity = _activity_relation(
            asked, prepared, (covered, held), near.meaning, names="equal" in (tool, data)
        )
        if activity == "narrower" and covered >= _ALL_BUT and tool in ("equal", "covers"):
            activity = "equal"
        levels = (
            _tool_level(prepared, tool),
            {"equal": 3.0, "covers": 2.0}.get(data, 0.0),
            _activity_level(asked, prepared, covered, near.meaning),
            {"equal": 1.0, "covers": 0.8}.get(role, 0.0),
        )
        places = found.get((prepared.passage.id, prepared.rule.number), (0.0, 0.0))
        distant = activity == "disjoint"
        if distant:
            if near.meaning < _RATHER_NEAR and places[0] < _LIKELY:
                return None
            activity = "narrower"
        away = [n for n, r in (("tool", tool), ("data", data), ("role", role)) if r == "disjoint"]
        if away and not _implies_no(prepared, away, levels):
            return None
        features = features_of(
            asked, prepared, (tool, data, role), Likeness(covered, held, near, *places)
        )
        if away:
            levels = tuple(_IMPLIED * level for level in levels)  # type: ignore[assignment]
            tool, data, role = ("open" if r == "disjoint" else r for r in (tool, data, role))
        score = log_odds(features) - (_IMPLIED if away else 0.0)
        return Match(
            prepared, tool, data, role, activity, levels, features, score, bool(away), distant
        )

    def _relations(self, asked: Asked, prepared: Prepared) -> tuple[Relation, Relation, Relation]:
        """How tool, data and role of the rule relate to those asked about."""
        tool = self.hierarchy.tools(asked.tools, prepared.tools)
        if prepared.rules_out_the_rest:
            tool = self._of_the_rest(asked, prepared)
        data = self.hierarchy.data(asked.data, prepared.data)
        if data == "narrower" and not any(p.kind == "data" for p in prepared.rule.parts):
            data = "open"  # a heading alone does not limit a rule
        role = self.hierarchy.roles(asked.roles, prepared.roles)
        if role == "disjoint" and prepared.rule.modality != "kun":
            role = "narrower"  # who is named in a question need not be the one who asks
        if asked.grades and prepared.grades and not asked.grades & prepared.grades:
            role = "disjoint"
        return tool, data, role

    def _of_the_rest(self, asked: Asked, prepared: Prepared) -> Relation:
        """How "alle andre værktøjer" relates: it reaches those that are not named beside it."""
        if asked.named_tools & prepared.tools:
            return "equal"  # "ChatGPT, Gemini og alle andre chattjenester"
        others = asked.named_tools - prepared.beside
        if prepared.is_of_chats:
            others = frozenset(t for t in others if "tool.chat" in self.hierarchy.above(t))
        if not asked.named_tools:
            return "narrower"
        return "covers" if others else "disjoint"

    def _activity(self, asked: Asked, prepared: Prepared) -> tuple[float, float]:
        """How much of the activity asked about the rule has, and how much of its own is asked."""
        total = sum(unit.weight for unit in asked.units)
        met = sum(unit.weight * self._met(unit, prepared) for unit in asked.units)
        wanted = {s for unit in asked.units for s, value in unit.stems if value >= _STANDS_FOR}
        wanted |= asked.words
        kin = frozenset(
            activity
            for activity in prepared.activities
            if any(self.hierarchy.reaches(a, activity) for a in asked.activities)
        )
        held = max((_held(item, wanted, kin) for item in prepared.listed), default=0.0)
        if prepared.purpose and _held(prepared.purpose, wanted, kin) < _LITTLE:
            held = 0.0 if prepared.forbids else held * _FOR_SOMETHING_ELSE
        return met / total if total else 0.0, held

    def _met(self, unit: Unit, prepared: Prepared) -> float:
        kin = (self.hierarchy.kin(unit.concept, own) for own in prepared.activities)
        best = max(kin, default=0.0) if unit.concept else 0.0
        for stemmed, value in unit.stems:
            best = max(best, value * _place(stemmed, prepared))
        return best


def _held(item: Item, wanted: set[str], kin: frozenset[str]) -> float:
    """Share of one thing that a rule lists that is asked about."""
    stems, activities = item
    own = sum(stems.values()) + len(activities)
    held = sum(w for s, w in stems.items() if s in wanted) + len(activities & kin)
    return held / own if own else 0.0


def _place(stemmed: str, prepared: Prepared) -> float:
    """What a word counts by where the rule has it."""
    if stemmed in prepared.own:
        return 1.0
    if stemmed in prepared.whole:
        return _IN_SENTENCE
    if stemmed in prepared.around:
        return _IN_CONTEXT
    return _IN_HEADING if stemmed in prepared.heading else 0.0


def _tool_level(prepared: Prepared, relation: Relation) -> float:
    if relation == "equal":
        return 3.0
    if relation == "covers":
        return 1.5 if "tool.other-tools" in prepared.tools else 2.0
    return 0.2 if relation == "general" else 0.0


def _activity_relation(
    asked: Asked,
    prepared: Prepared,
    activity: tuple[float, float],
    meaning: float,
    *,
    names: bool,
) -> Relation:
    if prepared.is_general:
        return "open"
    if not asked.units:
        return "narrower"
    covered, held = activity
    if max(covered, held) < _LITTLE and meaning < _CLOSE:
        return "narrower" if names else "disjoint"
    unsaid = bool(prepared.activities) and not held
    if held >= (_HELD_OF_BAN if prepared.forbids else _HELD) or (meaning >= _CLOSE and not unsaid):
        return "equal"
    return "narrower"


def _activity_level(asked: Asked, prepared: Prepared, covered: float, meaning: float) -> float:
    """0 for a rule about any use, up to 3 for one about this very activity."""
    if prepared.is_general or not asked.units:
        return 0.0
    alike = min(1.0, max(0.0, (meaning - _FAR) / (_NEAR - _FAR)))
    return 3.0 * max(covered, 0.8 * alike)


def _implies_no(
    prepared: Prepared, away: Sequence[str], levels: tuple[float, float, float, float]
) -> bool:
    """Whether a permission for something else of one kind means no: "må kun bruges til åbne data"
    asked about internal ones, or a tool that is approved for classes of data that are listed.
    """
    if len(away) != 1 or not prepared.permits:
        return False
    tool, data, activity, _ = levels
    kind = away[0]
    if prepared.rule.modality == "kun":
        return {
            "tool": activity >= 2 or data >= 2,
            "data": tool >= 2 or activity >= 2,
            "role": tool >= 2 or activity >= 1,
        }[kind]
    if kind == "role" and prepared.grades:
        return tool >= 2 or activity >= 1  # "fra og med 7. klasse" is a no to those below
    listed = not prepared.rule.column and prepared.is_general
    return kind == "data" and tool >= 3 and listed
