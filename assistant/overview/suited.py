"""Which tools suit a task or a kind of data: a sentence for each that leave is given to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.evidence import weigh
from assistant.loaded import Loaded, places_of
from assistant.opening import GENERIC
from assistant.overview.sections import Part, Point, Section
from assistant.overview.tools import naming
from assistant.verdicts.matching import Match

_PASSAGES = 12  # whose sentences are weighed
_WITHIN = 1.5  # log odds behind the best, for a tool to be told too
_MOST = 6


def suited(sections: Sequence[Section], loaded: Loaded, text: str) -> list[Part]:
    """For each tool that suits what `text` asks about, the likeliest rule that allows it; the tools
    that `text` names itself are those that another is wanted for.
    """
    asked = loaded.rules.with_classes(loaded.reader.read(text))
    free = replace(asked, act="permission", tools=frozenset(), names=())
    question = loaded.analyst.understand(text)
    weighed = weigh(question, loaded.search(question, _PASSAGES), loaded.documents)
    files = frozenset(section.document.file for section in sections)
    matches = loaded.rules.matching(free, files, places_of(weighed))
    found: dict[str, list[Point]] = {}
    above = loaded.rules.hierarchy.above
    named = frozenset(t for m in matches for t in m.prepared.tools)
    but = frozenset(t for t in named if asked.named_tools & {t, *above(t)})
    for match, tool in _one_each(matches, but, bool(asked.data)):
        passage, sentence = match.prepared.passage, match.prepared.sentence
        label = naming(passage.section, sentence, tool, loaded.rules.book)
        point = Point(((passage, sentence),), label or "")
        found.setdefault(match.prepared.document.file, []).append(point)
    return [(file, tuple(points)) for file, points in found.items()]


def _one_each(
    matches: Sequence[Match], but: frozenset[str], of_data: bool
) -> Iterator[tuple[Match, str]]:
    """The likeliest match for each tool, with the tool, but for those in `but`."""
    seen: set[str] = set()
    best: float | None = None
    for match in matches:
        tools = match.prepared.tools - GENERIC - but
        fits = match.data in ("equal", "covers") if of_data else True
        if not match.permits or not fits or not tools - seen:
            continue
        best = match.score if best is None else best
        if match.score < best - _WITHIN or len(seen) >= _MOST:
            return
        yield match, min(tools - seen)
        seen |= tools
