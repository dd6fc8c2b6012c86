"""What documents say of something: the sentences about it, in the order of the pages."""

from collections.abc import Mapping, Sequence

from assistant.citing import Citations, markers
from assistant.compose import same
from assistant.evidence import Evidence
from assistant.models import Citation, Claim, Language

_MOST = 6
_ABOUT = 0.5  # share of what is asked about that a sentence must have itself
_IN_FULL = 0.9  # … of a word that the documents have in parts only
_LOOKED_AT = 40  # sentences, the likeliest first
_INTRO: Mapping[Language, tuple[str, str]] = {
    "da": ("Det siger ”{}”:", "Det siger dokumenterne:"),
    "en": ("This is what ”{}” says, in Danish:", "This is what the documents say, in Danish:"),
}


def telling(
    evidence: Sequence[Evidence], titles: Mapping[str, str], *, known: bool
) -> list[Evidence]:
    """The sentences that are about what is asked, at most a handful, in the order of reading; the
    documents with the likeliest ones first. What is not `known` as a word must be there in full.
    A document's title, which `titles` have by file, is no sentence of it.
    """
    least = _ABOUT if known else _IN_FULL
    chosen: list[Evidence] = []
    for other in evidence[:_LOOKED_AT]:
        about = other.features.alone >= least and other.features.named >= 1
        leads = other.sentence.text.endswith(":")  # "Kommunen bruger RPA her:"
        title = _is_title(other.sentence.text, titles[other.hit.passage.document])
        if (
            about
            and not (leads or title)
            and not any(same(other.sentence, c.sentence) for c in chosen)
        ):
            chosen.append(other)
        if len(chosen) == _MOST:
            break
    first = {e.hit.passage.document: n for n, e in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda e: (first[e.hit.passage.document], *_place(e)))


def _is_title(text: str, title: str) -> bool:
    """Whether `text` is little more than the title: "Solvig Kommune · Vejledning om AI"."""
    return title in text and len(text) < 2.5 * len(title)


def told(
    found: Sequence[Evidence],
    titles: Mapping[str, str],
    labels: Mapping[tuple[str, int], str],
    language: Language,
) -> tuple[str, tuple[Claim, ...], tuple[Citation, ...]]:
    """What was `found` as the text of an answer, its claims and its citations. `titles` are those
    of the documents by file, `labels` what is printed on their pages.
    """
    citations = Citations(titles, labels)
    claims = tuple(Claim(e.sentence.text, citations.of(e.hit.passage, e.sentence)) for e in found)
    files = {e.hit.passage.document for e in found}
    one, many = _INTRO[language]
    intro = one.format(titles[files.pop()]) if len(files) == 1 else many
    lines = "\n".join(f"- {c.text} {markers(c.citations)}" for c in claims)
    return f"**{intro}**\n\n{lines}", claims, tuple(citations.all)


def _place(evidence: Evidence) -> tuple[int, int, int]:
    passage = evidence.hit.passage
    return passage.page, passage.start, evidence.sentence.number
