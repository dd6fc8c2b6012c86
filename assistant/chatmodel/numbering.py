"""The answer as it grows, with its citations numbered as they first appear."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.citing import Citations, markers
from assistant.models import Badge, Citation, Claim, Language, Piece
from ingest.passages import Passage
from ingest.reading import Sentence

Show = Callable[[Piece], None]
_MARKER = re.compile(r"\[(\d+)\]")


class Growing:
    """Collects an answer and tells each piece of it to `show`."""

    def __init__(
        self,
        titles: Mapping[str, str],
        labels: Mapping[tuple[str, int], str],
        show: Show | None,
        badge: Badge | None = None,
        language: Language = "da",
    ) -> None:
        self._titles, self._labels, self._show = titles, labels, show
        self._opening = (badge, language)
        self._numbers: dict[tuple[str, int, str], int] = {}
        self.text = ""
        self.citations: list[Citation] = []
        self.claims: list[Claim] = []

    def block(self, text: str, citations: Sequence[Citation], gap: str = "\n\n") -> None:
        """Add a paragraph whose markers number `citations`; they are numbered anew."""
        by_number = {c.number: c for c in citations}
        before = len(self.citations)

        def renumbered(match: re.Match[str]) -> str:
            known = by_number.get(int(match[1]))
            return f"[{self._number(known)}]" if known else match[0]

        shown = _MARKER.sub(renumbered, text)
        self._tell((gap if self.text else "") + shown, before)

    def claim(self, text: str, passage: Passage, sentences: Sequence[Sentence]) -> None:
        """Add a claim that rests on `sentences` of `passage`; the first of an answer in bold."""
        before = len(self.citations)
        found = Citations(self._titles, self._labels)
        for sentence in sentences:
            found.of(passage, sentence)
        numbers = tuple(dict.fromkeys(self._number(c) for c in found.all))
        body = text if self.text else f"**{text}**"
        self.claims.append(Claim(text, numbers))
        self._tell(f"{_gap(self.text)}{body} {markers(numbers)}", before)

    def _number(self, citation: Citation) -> int:
        key = (citation.document, citation.page, citation.quote)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.citations.append(replace(citation, number=len(self.citations) + 1))
        return self._numbers[key]

    def _tell(self, text: str, before: int) -> None:
        self.text += text
        if self._show:
            self._show(Piece(text, tuple(self.citations[before:]), *self._opening))


def _gap(text: str) -> str:
    return "\n\n" if text else ""
