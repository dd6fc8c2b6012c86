"""The batches of one epoch: what shall be found by what."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from ingest.encoder.arrays import Matrix, Numbers, Tokens
from ingest.encoder.texts import Answer, Pair, Section

_PASSAGE = 100  # tokens of a text that a heading is matched with
_WHOLE = 0.3  # share of the texts that are taken whole, though longer
_HEADING_ALONE, _WITH_TITLE = 0.5, 0.35  # of the queries; the others are the title alone
_SENTENCE = (6, 20)  # tokens of a piece that shall find the text it was taken from
_LEFT_IN = 0.1  # share of the pieces that the text keeps
_ASKED = 4  # times that the questions are gone through in an epoch
_ALONE = 0.5  # share of the sentences that are read without their heading
_TOGETHER = 8  # documents whose sentences are told apart at once
_OWN = 2  # times that the corpus is gone through in an epoch; more drew its words from English


@dataclass(frozen=True, slots=True)
class Batch:
    """`ones` shall find `others`; where a teacher is, both shall match its vectors instead. Where
    `right` is, each of `ones` shall find the one of `others` with that number.
    """

    ones: list[Tokens]
    others: list[Tokens]
    teacher: "Matrix | None" = None
    right: "Numbers | None" = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence alone and under its heading, and the questions it answers."""

    alone: Tokens
    headed: Tokens
    questions: list[Tokens]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything, as tokens."""

    da: list[Tokens]
    en: list[Tokens]
    sections: list[tuple[Tokens, Tokens, Tokens]]
    own: list[tuple[Tokens, Tokens, Tokens]]
    taught: Numbers  # numbers of the pairs that the teacher has read the English side of
    teacher: Matrix
    asked: list[list[Asked]] = field(default_factory=list)  # by document


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Tokens]:
    """The tokens of each text."""
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.array(e.ids, dtype=np.int32) for e in encoded]


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> tuple[list[Tokens], list[Tokens]]:
    """The tokens of both sides."""
    return encode(tokenizer, [p.da for p in pairs]), encode(tokenizer, [p.en for p in pairs])


def encode_sections(
    tokenizer: Tokenizer, sections: Sequence[Section]
) -> list[tuple[Tokens, Tokens, Tokens]]:
    """The tokens of title, heading and text."""
    columns = ([getattr(s, name) for s in sections] for name in ("title", "heading", "text"))
    return list(zip(*(encode(tokenizer, column) for column in columns), strict=True))


def encode_answers(tokenizer: Tokenizer, answers: Sequence[Answer]) -> list[list[Asked]]:
    """The tokens of the sentences and their questions, document by document."""
    alone = encode(tokenizer, [a.sentence for a in answers])
    headed = encode(tokenizer, [f"{a.section}: {a.sentence}" for a in answers])
    documents: defaultdict[str, list[Asked]] = defaultdict(list)
    for answer, one, other in zip(answers, alone, headed, strict=True):
        documents[answer.document].append(Asked(one, other, encode(tokenizer, answer.questions)))
    return list(documents.values())


def plan(material: Material, size: int, rng: np.random.Generator) -> list[tuple[str, Numbers]]:
    """All of `material` once, in batches of `size`, in random order: what kind, and which."""
    totals = {
        "pair": len(material.da),
        "section": len(material.sections),
        "own": _OWN * len(material.own),
        "sentence": _OWN * len(material.own),
        "teacher": len(material.taught),
    }
    parts = [(kind, part) for kind, total in totals.items() for part in _parts(total, size, rng)]
    for _ in range(_ASKED):
        parts += [("asked", part) for part in _parts(len(material.asked), _TOGETHER, rng)]
    return [parts[n] for n in rng.permutation(len(parts))]


def batch_of(material: Material, kind: str, numbers: Numbers, rng: np.random.Generator) -> Batch:
    """The batch that an entry of the plan stands for."""
    if kind == "pair":
        return Batch(*_pairs(material, numbers))
    if kind == "teacher":
        return Batch(*_pairs(material, material.taught[numbers]), material.teacher[numbers])
    if kind == "asked":
        return _answers([a for n in numbers for a in material.asked[n]], rng)
    sections = material.sections if kind == "section" else material.own
    chosen = [sections[n % len(sections)] for n in numbers]
    return _sentences([s[2] for s in chosen], rng) if kind == "sentence" else _headings(chosen, rng)


def _parts(total: int, size: int, rng: np.random.Generator) -> list[Numbers]:
    """The numbers below `total`, shuffled, in parts of `size`; a rest under half a part is left."""
    order = rng.permutation(total)
    parts = [order[at : at + size] for at in range(0, total, size)]
    return [part for part in parts if len(part) >= min(size, total) / 2]


def _pairs(material: Material, numbers: Numbers) -> tuple[list[Tokens], list[Tokens]]:
    return [material.da[n] for n in numbers], [material.en[n] for n in numbers]


def _answers(asked: Sequence[Asked], rng: np.random.Generator) -> Batch:
    """Every question with the sentence that answers it, among all sentences of its document and
    some others: what else the document says is what it is most easily taken for.
    """
    sentences = [a.alone if rng.random() < _ALONE else a.headed for a in asked]
    pairs = [(question, n) for n, a in enumerate(asked) for question in a.questions]
    right = np.array([n for _, n in pairs], dtype=np.int64)
    return Batch([question for question, _ in pairs], sentences, right=right)


def _headings(sections: Sequence[tuple[Tokens, Tokens, Tokens]], rng: np.random.Generator) -> Batch:
    queries, texts = [], []
    for title, heading, text in sections:
        chance = rng.random()
        if chance < _HEADING_ALONE:
            queries.append(heading)
        else:
            both = np.concatenate([title, heading])
            queries.append(both if chance < _HEADING_ALONE + _WITH_TITLE else title)
        texts.append(_window(text, rng))
    return Batch(queries, texts)


def _sentences(texts: Sequence[Tokens], rng: np.random.Generator) -> Batch:
    """A piece of each text against the rest of it (Lee et al., 2019)."""
    pieces, rests = [], []
    for text in texts:
        length = int(rng.integers(*_SENTENCE))
        start = int(rng.integers(0, max(1, len(text) - length)))
        rest = np.concatenate([text[:start], text[start + length :]])
        pieces.append(text[start : start + length])
        rests.append(rest if len(rest) and rng.random() >= _LEFT_IN else text)
    return Batch(pieces, rests)


def _window(text: Tokens, rng: np.random.Generator) -> Tokens:
    if len(text) <= _PASSAGE or rng.random() < _WHOLE:
        return text
    start = int(rng.integers(0, len(text) - _PASSAGE + 1))
    return text[start : start + _PASSAGE]
