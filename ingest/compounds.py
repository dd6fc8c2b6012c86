"""Danish compounds, taken apart at words that the corpus itself uses (Koehn and Knight, 2003)."""

from collections.abc import Iterable

_SHORTEST_PART = 4
_LINKS = ("", "s", "e", "er", "n")  # what Danish sets between the parts of a compound


class Compounds:
    """Knows the words that can be parts."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(w for w in vocabulary if len(w) >= _SHORTEST_PART and w.isalpha())
        self._parts: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of the lower-cased `word`, () when it is no compound of known words."""
        if word not in self._parts:
            self._parts[word] = self._split(word)
        return self._parts[word]

    def _split(self, word: str) -> tuple[str, ...]:
        if "-" in word:
            return tuple(p for p in word.split("-") if p)
        best: tuple[str, ...] = ()
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            tail = word[at:]
            head = self._head(word[:at])
            if head and (tail in self._known or self.parts(tail)):
                found = (head, *(self.parts(tail) or (tail,)))
                # Fewer, longer parts are the likelier reading.
                if not best or len(found) < len(best):
                    best = found
        return best

    def _head(self, text: str) -> str:
        for link in _LINKS:
            head = text.removesuffix(link) if link else text
            if (
                len(head) >= _SHORTEST_PART
                and head != (text if link else "")
                and head in self._known
            ):
                return head
        return ""
