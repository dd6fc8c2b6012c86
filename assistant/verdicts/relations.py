"""How what a rule is about relates to what is asked: by the lexicon, and by definitions."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from assistant.verdicts.asked import GENERIC, UNKNOWN_TOOL
from ingest.rules.lexicon import Lexicon
from ingest.rules.model import Definition

# open: the rule says nothing of it, or only what is said of all; equal, covers: the rule reaches
# what is asked; narrower: it reaches a part of it; disjoint: it is about something else.
# general: it says that it holds for AI, or for chat services, whichever they are.
Relation = Literal["open", "general", "equal", "covers", "narrower", "disjoint"]

_REACHES = 0.85  # a rule on meetings reaches an appraisal, but is not about that
_REST = "tool.other-tools"
_OWN = "tool.own-chat"
_CLASS_OF_UNKNOWN = frozenset(("tool.open-chat", "tool.chat", "tool.ai"))


class Hierarchy:
    """What is a kind of what, with the classes that the documents define."""

    def __init__(
        self, lexicon: Lexicon, definitions: Iterable[Definition], named: frozenset[str]
    ) -> None:
        self._lexicon = lexicon
        self._named = named  # tools that some rule names
        self._members: defaultdict[str, set[str]] = defaultdict(set)
        self._put: defaultdict[str, set[str]] = defaultdict(set)
        for definition in definitions:
            self._members[definition.concept] |= set(definition.members)
            for member in definition.members:
                self._put[member].add(definition.concept)
        self._known: dict[str, frozenset[str]] = {}

    def above(self, concept: str) -> frozenset[str]:
        """What `concept` is a kind of, itself left out."""
        if concept == UNKNOWN_TOOL:
            return _CLASS_OF_UNKNOWN
        if concept not in self._known:
            self._known[concept] = self._climb(concept)
        return self._known[concept]

    def _climb(self, concept: str) -> frozenset[str]:
        """All above it: by the lexicon, and by what the documents put it, or the nearest above it,
        into. What they say of "løn" counts, not what they say of ordinary personal data.
        """
        level, seen, put = {concept}, {concept}, set[str]()
        while level:
            put = put or {c for one in level for c in self._put.get(one, ())}
            level = {p for one in level for p in self._lexicon.nearest(one)} - seen
            seen |= level
        for one in put - seen:
            seen |= {one, *self._lexicon.above(one), *self._held_by(one)}
        return frozenset(seen - {concept})

    def _held_by(self, one: str) -> set[str]:
        """What a class is put into, at any remove."""
        seen: set[str] = set()
        ahead = [one]
        while ahead:
            found = self._put.get(ahead.pop(), set()) - seen
            seen |= found
            ahead += found
        return seen

    def tools(self, asked: frozenset[str], ruled: frozenset[str]) -> Relation:
        """How the tools of a rule relate to those asked about."""
        asked = asked - GENERIC
        special = ruled - GENERIC
        if not special:
            return "general" if ruled and asked else "open"
        if not asked:
            return "narrower"
        if asked & special:
            return "equal"
        if _REST in special and any(self._is_other(a) for a in asked):
            return "covers"
        return self._plain(asked, special - {_REST, _OWN} or special)

    def _is_other(self, tool: str) -> bool:
        """Whether it is one of the services that no rule names."""
        above = self.above(tool)
        return tool == "tool.open-chat" or ("tool.open-chat" in above and tool not in self._named)

    def data(self, asked: frozenset[str], ruled: frozenset[str]) -> Relation:
        """How the data of a rule relate to those asked about."""
        return self._plain(asked, ruled)

    def roles(self, asked: frozenset[str], ruled: frozenset[str]) -> Relation:
        """How the people of a rule relate to the one who asks."""
        return self._plain(asked, ruled)

    def _plain(self, asked: frozenset[str], ruled: frozenset[str]) -> Relation:
        if not ruled:
            return "open"
        if not asked:
            return "narrower"
        if asked & ruled:
            return "equal"
        if any(self.above(a) & ruled for a in asked):
            return "covers"
        inside = {m for r in ruled for m in (r, *self._members.get(r, ()))}
        if any(a in self.above(m) for m in inside for a in asked):
            return "narrower"
        return "disjoint"

    def kin(self, one: str, other: str) -> float:
        """How far a rule about the activity `other` reaches `one`: 1 the same, 0 not at all."""
        if one == other:
            return 1.0
        if other in self.above(one):
            return _REACHES
        return 0.6 if one in self.above(other) else 0.0

    def reaches(self, one: str, other: str) -> bool:
        """Whether a rule about the activity `other` reaches `one` wholly."""
        return self.kin(one, other) >= _REACHES
