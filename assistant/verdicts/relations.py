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
        self._put: defaultdict[str, set[str]] = defaultdict(set)
        for definition in definitions:
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
        seen: set[str] = set()
        ahead = [concept]
        while ahead:
            one = ahead.pop()
            for parent in (*self._lexicon.above(one), *self._put.get(one, ())):
                if parent not in seen and parent != concept:
                    seen.add(parent)
                    ahead.append(parent)
        return frozenset(seen)

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
        if any(a in self.above(r) for r in ruled for a in asked):
            return "narrower"
        return "disjoint"

    def kin(self, one: str, other: str) -> float:
        """How far a rule about the activity `other` reaches `one`: 1 the same, 0 not at all."""
        if one == other or other in self.above(one):
            return 1.0
        return 0.6 if one in self.above(other) else 0.0
