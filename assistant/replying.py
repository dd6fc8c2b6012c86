"""What was found, as an answer: in the documents' own words, with a verdict, or declined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import wording
from assistant.citing import Citations, markers
from assistant.compose import Composition, Half, compose, nearest
from assistant.decide import is_near
from assistant.disagreement import settled
from assistant.disagreement import told as disagreement
from assistant.evidence import Evidence
from assistant.loaded import Loaded
from assistant.models import Answer, Claim, Hit, Language, Trace
from assistant.overview.telling import Beside, Overview
from assistant.overview.telling import in_words as overview_in_words
from assistant.question import Question
from assistant.telling import told
from assistant.verdicts.answer import Sources, in_words
from assistant.verdicts.asked import Asked
from assistant.verdicts.judgement import Judgement
from assistant.verdicts.trace import said

_LIKELIEST = 6  # sentences
_NEAREST = 3  # … one of which would answer a question, if any does
MAY_ANSWER = 0.2  # … with at least this chance


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question, before anything is said."""

    question: Question
    asked: Asked
    judgement: Judgement
    hits: Sequence[Hit]
    evidence: Sequence[Evidence]
    signs: dict[str, float]
    enough: bool = False
    halves: Sequence[Half] = ()
    unmet: Sequence[Half] = ()  # of two questions asked at once, what is not answered

    @property
    def likeliest(self) -> tuple[Hit, ...]:
        """Where the likeliest sentences stand, the best first."""
        return tuple(evidence.hit for evidence in self.evidence[:_LIKELIEST])

    def trace(self, chosen: tuple[str, ...], dropped: tuple[str, ...]) -> Trace:
        """How the answer came to be."""
        return Trace(
            self.question.standalone,
            tuple(self.hits),
            chosen,
            dropped,
            tuple(said(match) for match in self.judgement.because),
            tuple(f"{said(match)} – {why}" for match, why in self.judgement.lost),
            self.signs,
        )


def answered(loaded: Loaded, found: Found) -> Answer:
    """The likeliest sentence first, then what belongs to it and what else answers."""
    agreed = settled(found.evidence, loaded.documents)
    citations = Citations(loaded.titles, loaded.labels)
    composition = compose(found.question, agreed, citations, loaded.passages, found.halves)
    language = found.question.language
    notes = (
        *_on_unmet(loaded, found, composition),
        *notes_on(loaded, {c.document for c in composition.citations}, language),
    )
    against = (composition.against,) if composition.against else ()
    otherwise = _disagreement(loaded, composition, language)
    return Answer(
        "answered",
        wording.answered(composition, otherwise, notes, language),
        language,
        claims=(*composition.claims, *against),
        citations=composition.citations,
        notes=notes,
        contacts=wording.contacts_of(loaded.documents[composition.citations[0].document]),
        trace=found.trace(tuple(c.text for c in composition.claims), composition.dropped),
        steps=composition.steps,
        against=otherwise,
    )


def judged(loaded: Loaded, found: Found) -> Answer:
    """The verdict that was found, with its reasons, conditions and cases."""
    language = found.question.language
    sources = Sources(loaded.titles, loaded.labels, loaded.rules.book.lexicon)
    best = found.evidence[0] if found.enough else None
    words = in_words(found.asked, found.judgement, language, sources, best)
    notes = notes_on(loaded, set(words.documents), language)
    return Answer(
        "answered",
        "\n\n".join((words.text, *(f"*{note}*" for note in notes))),
        language,
        verdict=None if found.asked.act == "source" else found.judgement.verdict,
        claims=words.claims,
        citations=words.citations,
        conditions=words.conditions,
        cases=words.cases,
        notes=notes,
        contacts=words.contacts,
        trace=found.trace(tuple(c.text for c in words.claims), ()),
    )


def retold(loaded: Loaded, found: Found) -> Answer:
    """What the documents say of something, sentence by sentence; `found.evidence` is all shown."""
    language = found.question.language
    text, claims, citations = told(found.evidence, loaded.titles, loaded.labels, language)
    files = {c.document for c in citations}
    notes = notes_on(loaded, files, language)
    of_no_force = list(_of_no_force(loaded, files, language))
    return Answer(
        "answered",
        "\n\n".join((*of_no_force, text, *(f"*{n}*" for n in notes))),
        language,
        claims=claims,
        citations=citations,
        notes=notes,
        contacts=wording.contacts_of(loaded.documents[citations[0].document]),
        trace=found.trace(tuple(c.text for c in claims), ()),
        steps=bool(of_no_force),  # no model may tell it without what it begins with
    )


def opened(
    loaded: Loaded, found: Found, overview: Overview, besides: Sequence[Beside] = ()
) -> Answer:
    """What the documents have for an open question, line by line, and what was found `besides`."""
    language = found.question.language
    citations = Citations(loaded.titles, loaded.labels)
    text, claims = overview_in_words(overview, besides, citations, loaded.titles, language)
    files = {c.document for c in citations.all}
    notes = notes_on(loaded, files, language)
    return Answer(
        "answered",
        "\n\n".join((*_of_no_force(loaded, files, language), text, *(f"*{n}*" for n in notes))),
        language,
        claims=claims,
        citations=tuple(citations.all),
        notes=notes,
        contacts=wording.contacts_of(loaded.documents[citations.all[0].document]),
        trace=found.trace(tuple(c.text for c in claims), ()),
        steps=True,
    )


def declined(loaded: Loaded, found: Found, files: frozenset[str] | None = None) -> Answer:
    """That the documents do not say, what was searched (of `files` alone, where they are given),
    and whom to ask.
    """
    entries = [e for f, e in loaded.entries.items() if files is None or f in files]
    citations = Citations(loaded.titles, loaded.labels)
    near = _nearest(found, citations)
    text, contacts = wording.declined(found.question, found.hits, entries, loaded.titles, near)
    dropped = tuple(f"svarer ikke: {e.sentence.text}" for e in found.evidence[:3])
    return Answer(
        "declined",
        text,
        found.question.language,
        claims=near,
        citations=tuple(citations.all),
        contacts=contacts,
        trace=found.trace((), dropped),
    )


def _nearest(found: Found, citations: Citations) -> tuple[Claim, ...]:
    """What may help though it does not answer. Of leave nothing is shown that is not sure: it would
    be taken for a yes or a no.
    """
    if found.asked.act == "permission" or not is_near(found.question, found.evidence, found.signs):
        return ()
    return nearest(found.question, found.evidence, citations)


def notes_on(loaded: Loaded, files: set[str], language: Language) -> tuple[str, ...]:
    """What is to be said of the documents `files`: that a review is overdue."""
    cited = [entry for file, entry in loaded.entries.items() if file in files]
    notes = (wording.review_note(e, loaded.today(), language) for e in cited)
    return tuple(note for note in notes if note)


def _on_unmet(loaded: Loaded, found: Found, composition: Composition) -> Iterator[str]:
    """That one of two questions is not answered, where nothing near to it is shown either, or it is
    about what the documents do not know.
    """
    shown = {claim.text for claim in composition.claims}
    if len(found.unmet) != 1:
        return
    for half, evidence in found.unmet:
        near = (e for e in evidence[:_NEAREST] if e.chance >= MAY_ANSWER)
        if _is_strange(loaded, half) or not any(e.sentence.text in shown for e in near):
            yield wording.also_asked(half.text, found.question.language)


def _is_strange(loaded: Loaded, half: Question) -> bool:
    """Whether the documents have no word of what it asks about."""
    own = half.own_words
    return bool(own) and not any(map(loaded.analyst.knows, own))


def _of_no_force(loaded: Loaded, files: set[str], language: Language) -> Iterator[str]:
    """That a document is not in force yet, or no longer is, where one is told of all the same."""
    for file in sorted(files):
        if note := wording.validity_note(loaded.documents[file], loaded.today(), language):
            yield f"**{note}**"


def _disagreement(loaded: Loaded, composition: Composition, language: Language) -> str:
    """The line on what a document that does not count says instead; "" where all agree."""
    if not composition.against:
        return ""
    claim, cited = composition.against, {c.number: c.document for c in composition.citations}
    winner = loaded.documents[cited[1]]
    loser = loaded.documents[cited[claim.citations[0]]]
    return disagreement(f"{claim.text} {markers(claim.citations)}", winner, loser, language)
