"""What is printed on pages, before anything is made of it."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.text import clean

_TOUCH = 2.0  # points that a line may stick out of the table it belongs to


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text set in one go: `x`, `y` in points from the page's lower left corner."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, as the fragments it is set of, in reading order."""

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The line's text, cleaned."""
        return clean("".join(f.text for f in self.fragments)).strip()

    @property
    def x(self) -> float:
        """Left edge in points."""
        return self.fragments[0].x

    @property
    def y(self) -> float:
        """Baseline in points from the bottom."""
        return self.fragments[0].y

    @property
    def size(self) -> float:
        """Type size in points of most of its letters."""
        sizes: Counter[float] = Counter()
        for f in self.fragments:
            sizes[round(f.size, 1)] += len(f.text.strip())
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of its letters are bold."""
        return all(f.bold for f in self.fragments if re.search(r"\w", f.text))


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` of cells, all of the same number; the box in points from the lower left corner.

    `header` says that the first row heads the columns; `marked` that it looks the part.
    """

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]
    header: bool
    marked: bool

    def holds(self, x: float, y: float) -> bool:
        """Whether a text that starts at (x, y) stands in the table."""
        return (
            self.left - _TOUCH <= x <= self.right + _TOUCH
            and self.bottom - _TOUCH <= y <= self.top + _TOUCH
        )


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it is printed: furniture and all."""

    number: int
    label: str
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()

    @property
    def text(self) -> str:
        """All lines, for judging whether there is text at all."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """All pages of a PDF and the title that its metadata carries."""

    title: str
    pages: list[RawPage] = field(default_factory=list)
