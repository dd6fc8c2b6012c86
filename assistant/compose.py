"""The extractive engine: the few sentences that answer, each with the place it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.citing import Citations
from assistant.disagreement import Settled
from assistant.evidence import Evidence
from assistant.mishap import ABOUT, tells_of_mishap
from assistant.models import Citation, Claim, Hit
from assistant.question import Question
from ingest.lexical import stems
from ingest.passages import Passage
from ingest.reading import Sentence, sentences_of

_LOOKED_AT = 12  # sentences, for one that is a step
_MOST = 4  # sentences besides the list or rule that the best one belongs to
_ENOUGH = 0.6  # of the best one's chance, for another sentence to be shown
_AS_LIKELY = 0.9  # of it, for a sentence that covers less to be shown all the same
_ENOUGH_COVERED = 0.6  # of the share of the question that the best one covers
_ENOUGH_BESIDE = 0.4  # … for one of the same passage
_SURE = 0.9  # how well a mishap is found, for what is to be done after it to be shown too
_ALIKE = 0.7  # shared stems above which two sentences say the same
_MOST_ITEMS = 10
_SERIES = 2  # of a numbered series, for the rest of it to be shown too
_NUMBERED = re.compile(r"([A-ZÆØÅ][a-zæøå]+) \d{1,2}(?:[.:]| [–-])\s")  # "Model 1 – …"
_SHORTEST = 60  # characters that a clause needs to make sense on its own
_LONG = 190  # characters above which the short answer is one clause of the sentence

# A sentence that rules or limits is never shortened: the part left out might turn its meaning.
_NORMATIVE = re.compile(
    r"\b(må|skal|kan|bør|ikke|kun|aldrig|ingen|hvis|når|medmindre|dog|undtagen|forudsat|så længe"
    r"|forbud\w*|tillad\w*|ulovlig\w*|frarådes|kræver|endnu|uden|først)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?<=[,;:]) |(?= [–-] )")
_NARROWS = re.compile(
    r"^(dog|men|undtagelse\w*|undtagen|det gælder|dette gælder|i så fald|ellers|medmindre|kun)\b",
    re.I,
)


Half = tuple[Question, Sequence[Evidence]]  # of two asked at once: one, and what answers it


@dataclass(frozen=True, slots=True)
class Composition:
    """An answer before it is put into words: the short one, and the claims it rests on; `against`
    is what a document says that does not count; with `steps` the claims are to be
    done in their order.
    """

    short: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[str, ...]
    against: Claim | None = None
    steps: bool = False


def compose(
    question: Question,
    found: Settled,
    citations: Citations,
    passages: Sequence[Passage],
    halves: Sequence[Half] = (),
) -> Composition:
    """The best of what was `found` with what belongs to it, then what else answers, last what
    another document says instead; of a question that asks two things what answers each of the
    `halves`. `citations` are added to; `passages` are all that may be shown, for steps that were
    not found.
    """
    evidence, against = found.evidence, found.against
    steps = _steps(question, evidence, passages)
    chosen, dropped = (steps, []) if steps else _chosen(question, evidence)
    if halves:
        chosen = [each for half, best in halves for each in _belonging(half, best[0], best)]
    elif not steps:
        chosen = _whole_series(chosen, passages)
    claims: list[Claim] = []
    for hit, sentence in chosen:
        claim = _claim(hit, sentence, citations)
        leads = claim.text.endswith(":")  # "Det er for eksempel:", each time of its own list
        if claim.text not in {c.text for c in claims} or (leads and claim not in claims[-1:]):
            claims.append(claim)
    short = claims[0].text if steps or halves or question.mishap else _short(question, evidence[0])
    other = _claim(against.hit, against.sentence, citations) if against else None
    return Composition(
        short, tuple(claims), tuple(citations.all), tuple(dropped), other, bool(steps)
    )


def nearest(
    question: Question, evidence: Sequence[Evidence], citations: Citations
) -> tuple[Claim, ...]:
    """The likeliest sentence with what belongs to it, where it does not answer; empty where that
    is too much to be read.
    """
    belonging = _belonging(question, evidence[0], evidence)
    if len(belonging) > _MOST:
        return ()
    return tuple(_claim(hit, sentence, citations) for hit, sentence in belonging)


def _chosen(
    question: Question, evidence: Sequence[Evidence]
) -> tuple[list[tuple[Hit, Sentence]], list[str]]:
    best = evidence[0]
    chosen = _belonging(question, best, evidence)
    dropped = []
    for other in evidence[1:12]:
        if len(chosen) >= _MOST or other.chance < _ENOUGH_BESIDE * best.chance:
            break
        beside = other.hit.passage.id == best.hit.passage.id
        elsewhere = question.mishap and other.features.key < ABOUT
        if elsewhere or other.features.named < best.features.named:
            dropped.append(f"handler om noget andet: {other.sentence.text}")
            continue
        sure = question.mishap and other.features.key >= _SURE
        near = beside or sure or other.chance >= _ENOUGH * best.chance
        if other.dangling or not near:
            continue
        as_likely = other.chance >= _AS_LIKELY * best.chance
        if not as_likely and other.features.covered < _ENOUGH_COVERED * best.features.covered:
            dropped.append(f"dækker for lidt af spørgsmålet: {other.sentence.text}")
            continue
        if any(same(other.sentence, sentence) for _, sentence in chosen):
            dropped.append(f"siges allerede: {other.sentence.text}")
        elif other.features.missed > best.features.missed:
            dropped.append(f"svarer ikke på det, der spørges om: {other.sentence.text}")
        elif other.has_items:
            chosen += [(other.hit, other.sentence)]
            chosen += _items_under(other.sentence, other.hit, evidence)
        else:
            chosen += _with_what_it_needs(other)
    return (_as_read(chosen) if question.mishap else chosen), dropped


def _as_read(chosen: Sequence[tuple[Hit, Sentence]]) -> list[tuple[Hit, Sentence]]:
    """What is to be done as each passage has it in order, the likeliest passage first."""
    passages = list(dict.fromkeys(hit.passage.id for hit, _ in chosen))
    return sorted(chosen, key=lambda each: (passages.index(each[0].passage.id), each[1].number))


def _whole_series(
    chosen: Sequence[tuple[Hit, Sentence]], passages: Sequence[Passage]
) -> list[tuple[Hit, Sentence]]:
    """`chosen`, with those between where it has two or more of a numbered series ("Model 1 – …",
    "Model 3 – …") of one section.
    """
    series: dict[tuple[str, tuple[str, ...], str], list[int]] = {}
    for number, (hit, sentence) in enumerate(chosen):
        if found := _NUMBERED.match(sentence.text):
            key = (hit.passage.document, hit.passage.section, found[1].lower())
            series.setdefault(key, []).append(number)
    for (document, section, name), places in series.items():
        if len(places) < _SERIES:
            continue
        there = [p for p in passages if (p.document, p.section) == (document, section)]
        members = [
            (replace(chosen[places[0]][0], passage=passage), sentence)
            for passage in there
            for sentence in sentences_of(passage)
            if (found := _NUMBERED.match(sentence.text)) and found[1].lower() == name
        ]
        kept = [each for n, each in enumerate(chosen) if n not in places]
        return [*kept[: places[0]], *members[:_MOST_ITEMS], *kept[places[0] :]]
    return list(chosen)


def _belonging(
    question: Question, best: Evidence, evidence: Sequence[Evidence]
) -> list[tuple[Hit, Sentence]]:
    """The best sentence with the list under it, or with the sentences that go on from it."""
    sentences = sentences_of(best.hit.passage)
    intro = best.sentence
    if question.expectation == "list" and best.sentence.intro >= 0:
        intro = sentences[best.sentence.intro]
    if intro.text.endswith(":") and (items := _items_under(intro, best.hit, evidence)):
        return [(best.hit, intro), *items]
    follow = ((best.hit, s) for s in _what_follows(sentences, best.sentence.number))
    return [*_with_what_it_needs(best), *follow]


def _steps(
    question: Question, evidence: Sequence[Evidence], passages: Sequence[Passage]
) -> list[tuple[Hit, Sentence]]:
    """Of a question on what to do after a mishap: the list of what to do that the likeliest step
    is in, through all its section, in its order; none where there is no such section.
    """
    if question.expectation != "action":
        return []
    likely = (e for e in evidence[:_LOOKED_AT] if e.features.met >= 1 and e.sentence.is_item)
    best = next((e for e in likely if _is_of_mishaps(question, e.hit.passage)), None)
    if best is None:
        return []
    place = (best.hit.passage.document, best.hit.passage.section)
    there = [p for p in passages if (p.document, p.section) == place]
    found = [
        (replace(best.hit, passage=passage), sentence)
        for passage in there
        for sentence in sentences_of(passage)
        if sentence.is_item and not sentence.is_row
    ]
    return found[:_MOST_ITEMS]


def _is_of_mishaps(question: Question, passage: Passage) -> bool:
    """Whether the section of `passage` is about what went wrong."""
    heading = " ".join(passage.section)
    named = question.terms[0].variants.keys() & set(stems(heading))
    return bool(passage.section) and (bool(named) or tells_of_mishap(heading))


def _items_under(
    intro: Sentence, hit: Hit, evidence: Sequence[Evidence]
) -> list[tuple[Hit, Sentence]]:
    """The list under `intro`, also where it goes on in the next passages that were found."""
    near = {hit.passage.id: hit}
    for e in evidence:
        passage = e.hit.passage
        if passage.document == hit.passage.document and passage.page >= hit.passage.page:
            near[passage.id] = e.hit
    items = []
    for other in sorted(near.values(), key=lambda h: (h.passage.page, h.passage.start)):
        sentences = sentences_of(other.passage)
        items += [
            (other, s) for s in sentences if s.intro >= 0 and sentences[s.intro].text == intro.text
        ]
    return items[:_MOST_ITEMS]


def _with_what_it_needs(evidence: Evidence) -> list[tuple[Hit, Sentence]]:
    """A sentence, and after it the one before it when it leans on that."""
    sentence, hit = evidence.sentence, evidence.hit
    before = sentences_of(hit.passage)[sentence.number - 1] if sentence.number else None
    if sentence.leans and before and not before.text.endswith((":", "?")):
        return [(hit, sentence), (hit, before)]
    return [(hit, sentence)]


def _what_follows(sentences: Sequence[Sentence], at: int) -> Iterator[Sentence]:
    """Sentences right after number `at` that limit it, lean on it, or end its rule; what
    introduces a list ("Det er for eksempel:") with the list.
    """
    for sentence in sentences[at + 1 : at + 3]:
        same_rule = sentence.block == sentences[at].block and sentences[at].is_item
        if sentence.asks or not (same_rule or sentence.leans or _NARROWS.match(sentence.text)):
            return
        yield sentence
        if sentence.text.endswith(":"):
            yield from [s for s in sentences if s.intro == sentence.number][:_MOST_ITEMS]
            return


def same(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say much the same."""
    shared, either = len(one.stems & other.stems), len(one.stems | other.stems)
    return bool(either) and shared / either >= _ALIKE


def _claim(hit: Hit, sentence: Sentence, citations: Citations) -> Claim:
    return Claim(sentence.text, citations.of(hit.passage, sentence))


def _short(question: Question, best: Evidence) -> str:
    """The best sentence, or the clause of it that answers when it is long and rules nothing."""
    text = best.sentence.text
    if len(text) <= _LONG or _NORMATIVE.search(text) or best.sentence.is_row:
        return text
    wanted = {s for term in question.terms for s in term.variants}
    clauses = [c.strip() for c in _CLAUSE.split(text) if c.strip()]
    return text if len(clauses) < 2 else _clause(text, clauses, wanted)


def _clause(text: str, clauses: list[str], wanted: set[str]) -> str:
    """The clauses from the first to the one after which nothing asked for comes."""
    asked = wanted & set(stems(text))
    for last in range(1, len(clauses)):
        cut = " ".join(clauses[:last]).strip(" ,;–-")
        if len(cut) >= _SHORTEST and asked <= set(stems(cut)):
            return f"{cut} …"
    return text
