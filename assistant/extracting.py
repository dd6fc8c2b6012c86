"""The extractive engine: from a question to an answer in the documents' own words."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking import HARD, language_of, tells_apart, twofold
from assistant.compose import Half
from assistant.decide import answers
from assistant.evidence import Evidence, weigh
from assistant.loaded import Loaded
from assistant.models import Answer, Hit
from assistant.opening import at_large, opening_of
from assistant.overview.telling import Beside, Overview, of_documents, overview
from assistant.parts import Parts
from assistant.question import Question
from assistant.replying import MAY_ANSWER, Found, answered, declined, judged, opened, retold
from assistant.scope import Scope, scope_of
from assistant.telling import telling
from assistant.verdicts.judgement import NONE, Judgement
from ingest.lexical import STOP_WORDS, words

PASSAGES = 12  # passages whose sentences are weighed

_WHAT_IS = re.compile(r"^(?:hvad er|what is) (?:(?:an?|the|en|et) )?")
_NEAREST = 6  # sentences, for one that says what a thing is
_ABOUT = 0.7  # of the best one's chance, for it to come first

Extracted = tuple[Answer, Found, float]  # the answer, from what, and when that was found


def extracted(loaded: Loaded, parts: Parts, text: str, history: Sequence[str]) -> Extracted:
    """The answer to `text`, asked after the questions in `history`, with those `parts` of the
    engine that are on.

    Raises:
        IndexUnusable: the embedder that wrote the vectors fails now.
    """
    scope = scope_of(text, history[-1] if history else "", loaded.documents)
    if scope and (told := _retold(loaded, parts, text, scope)):
        return told
    if parts.rules and (told := _opened(loaded, parts, text)):
        return told
    files = scope.files if scope else None
    question = loaded.analyst.understand(text, history)
    asked = loaded.rules.with_classes(loaded.reader.read(text, history))
    hits = loaded.search(question, PASSAGES, files)
    retrieved = time.perf_counter()
    evidence = weigh(question, hits, loaded.documents, meaning=parts.encoder)
    enough, signs = answers(question, evidence)
    clear = parts.rules and asked.act and not asked.says_nothing
    judgement = loaded.judge(asked, evidence) if clear else NONE
    halves, unmet = ((), ()) if judgement.verdict else _halves(loaded, parts, question, hits)
    enough = enough or bool(halves)
    found = Found(question, asked, judgement, hits, evidence, signs, enough, halves, unmet)
    if parts.rules and (told := _of_any_tool(loaded, text, judgement)):
        return told
    if judgement.verdict:
        answer = judged(loaded, found)
    elif enough and not (parts.rules and asked.act == "permission" and asked.sure):
        answer = answered(loaded, found)
    elif parts.rules and (told := _half_opened(loaded, parts, text)):
        return told
    else:
        answer = declined(loaded, found, files)
    return answer, found, retrieved


def _opened(loaded: Loaded, parts: Parts, text: str) -> Extracted | None:
    """What the documents have for an open question, and for one asked besides it; None for another
    question, or where they have nothing for it.
    """
    lexicon = loaded.rules.book.lexicon
    if not (opening := opening_of(text, lexicon)):
        return None
    told = overview(opening, loaded)
    return _listed(loaded, text, told, _besides(loaded, parts, text, told)) if told else None


def _of_any_tool(loaded: Loaded, text: str, judgement: Judgement) -> Extracted | None:
    """Which tools there are, where leave is asked for AI at large and no rule speaks of that."""
    opening = at_large(text, loaded.rules.book.lexicon)
    if opening is None or any(m.prepared.is_of_any_tool for m in judgement.because[:1]):
        return None
    told = overview(opening, loaded)
    return _listed(loaded, text, replace(told, subject="leave")) if told else None


def _half_opened(loaded: Loaded, parts: Parts, text: str) -> Extracted | None:
    """The same where only one of two questions is open, and both together were not answered."""
    lexicon = loaded.rules.book.lexicon
    for piece in twofold(text):
        if (opening := opening_of(piece, lexicon)) and (told := overview(opening, loaded)):
            return _listed(loaded, text, told, _besides(loaded, parts, text, told))
    return None


def _listed(loaded: Loaded, text: str, told: Overview, besides: Sequence[Beside] = ()) -> Extracted:
    question = loaded.analyst.understand(text)
    hits = loaded.search(question, PASSAGES)
    retrieved = time.perf_counter()
    found = Found(question, loaded.reader.read(text, ()), NONE, hits, (), {})
    return opened(loaded, found, told, besides), found, retrieved


def _besides(loaded: Loaded, parts: Parts, text: str, told: Overview) -> Sequence[Beside]:
    """What answers the one of two questions asked at once that is not open, unless it was `told`;
    empty where both or none is.
    """
    lexicon = loaded.rules.book.lexicon
    pieces = twofold(text)
    closed = [n for n, piece in enumerate(pieces) if not opening_of(piece, lexicon)]
    if len(closed) != 1:
        return ()
    half = loaded.analyst.halves(loaded.analyst.understand(text))[closed[0]]
    if half.expectation not in HARD and not half.own_words:
        return ()  # "… og hvad bruger man dem til?"
    evidence = weigh(half, loaded.search(half, PASSAGES), loaded.documents, meaning=parts.encoder)
    lines = tuple((e.hit.passage, e.sentence) for e in evidence[:1])
    if lines and evidence[0].chance >= MAY_ANSWER and told.has(lines[0]):
        return ()
    enough = bool(lines) and answers(half, evidence)[0]
    return (Beside(half.text.strip(" ?"), lines if enough else ()),)


def _halves(
    loaded: Loaded, parts: Parts, question: Question, hits: Sequence[Hit]
) -> tuple[tuple[Half, ...], tuple[Half, ...]]:
    """What answers each of the two questions that `question` asks at once, none where it asks one
    or one of the two is not answered; and what comes nearest to the one that is not.
    """
    met: list[Half] = []
    unmet: list[Half] = []
    for half in loaded.analyst.halves(question):
        if half.standalone != question.standalone:
            hits = loaded.search(half, PASSAGES)
        evidence = weigh(half, hits, loaded.documents, meaning=parts.encoder)
        enough = answers(half, evidence)[0]
        (met if enough else unmet).append((half, _what_it_is(half, evidence)))
    if unmet:
        return (), () if tells_apart(question.text) else tuple(unmet)
    return tuple(met), ()


def _what_it_is(half: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence`, with a sentence first that begins with the thing that is asked what it is, if one
    is about as likely as the best.
    """
    thing = _WHAT_IS.sub("", half.text.lower())
    first = [
        e
        for e in evidence[:_NEAREST]
        if e.sentence.text.lower().startswith(thing) and e.chance >= _ABOUT * evidence[0].chance
    ]
    return [*first, *(e for e in evidence if e not in first)]


def _retold(loaded: Loaded, parts: Parts, text: str, scope: Scope) -> Extracted | None:
    """What the documents that are asked about say of something; None when no sentence is about it.
    Documents that are not in force are told of where no other is meant.
    """
    day = loaded.today()
    none_valid = not any(loaded.documents[file].valid_on(day) for file in scope.files)
    for topic in filter(None, scope.topics):
        if told := _on_topic(loaded, parts, text, Scope(topic, scope.files), whenever=none_valid):
            return told
    if scope.topic and not none_valid:
        return None
    whole = of_documents(scope.files, loaded)
    return _listed(loaded, text, whole) if whole else None


def _on_topic(
    loaded: Loaded, parts: Parts, text: str, scope: Scope, *, whenever: bool
) -> Extracted | None:
    """What the documents say of one topic, in force or `whenever`."""
    topic = loaded.analyst.understand(scope.topic)
    hits = loaded.search(topic, PASSAGES, scope.files, whenever=whenever)
    retrieved = time.perf_counter()
    weighed = weigh(topic, hits, loaded.documents, meaning=parts.encoder)
    known = all(map(loaded.analyst.knows, set(words(scope.topic)) - STOP_WORDS))
    evidence = telling(weighed, loaded.titles, known=known)
    if not evidence:
        return None
    question = replace(topic, text=text, language=language_of(text))
    telling_of = {e.hit.passage.document for e in evidence}
    there = [hit for hit in hits if hit.passage.document in telling_of]
    found = Found(question, loaded.reader.read(scope.topic, ()), NONE, there, evidence, {})
    return retold(loaded, found), found, retrieved
