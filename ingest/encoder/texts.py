"""What the encoder is trained on: Danish–English pairs, sections with headings, our own corpus, and
questions on documents that were written to be trained on.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

WORD = r"[^\W\d_]+|\d+"  # what the tokenizer sees: runs of letters, and of digits
ASKED = Path(__file__).parent / "asked"  # the questions that come with the project
_WORD = re.compile(WORD)


@dataclass(frozen=True, slots=True)
class Pair:
    """A Danish sentence and its English counterpart."""

    da: str
    en: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page called `title`, and the text under it."""

    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence of a document, under the heading `section`, the questions it answers, and the
    norm that it states: a modality of ingest/rules/model.py, "ingen" for none. `acts` are what the
    questions ask for, one by one, and `verdicts` what the sentence alone says to those of leave;
    "" where nobody has told, empty where that is so of all.
    """

    document: str
    section: str
    sentence: str
    questions: tuple[str, ...]
    norm: str = "ingen"
    acts: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that is trained on."""

    pairs: Sequence[Pair]
    sections: Sequence[Section]
    own: Sequence[Section]
    answers: Sequence[Answer] = ()


def read_texts(data: Path, corpus: Path, asked: Path = ASKED) -> Texts:
    """The training files in the folder `data`, the sections of the PDFs in `corpus`, and the
    questions in the folder `asked`.
    """
    return Texts(
        read_pairs(data / "parallel-da-en.train.jsonl.gz"),
        read_sections(data / "headings-da.train.jsonl.gz"),
        own_sections(corpus),
        read_answers(asked),
    )


def read_answers(folder: Path) -> list[Answer]:
    """The rows of all files in `folder`."""
    return [answer for path in sorted(folder.glob("*.jsonl")) for answer in answers_in(path)]


def answers_in(path: Path) -> list[Answer]:
    """The rows of a file (`doc`, `section`, `sentence`, `questions`, `norm`, `acts`, ...)."""
    return [
        Answer(
            f"{path.stem}/{row['doc']}",
            row["section"],
            row["sentence"],
            (*row["questions"],),
            row.get("norm", "ingen"),
            (*row.get("acts", ()),),
            (*row.get("verdicts", ()),),
        )
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def read_pairs(path: Path) -> list[Pair]:
    """The rows of a file of pairs (`da`, `en`)."""
    return [Pair(row["da"], row["en"]) for row in _rows(path)]


def read_sections(path: Path) -> list[Section]:
    """The rows of a file of headings (`title`, `heading`, `text`)."""
    return [Section(row["title"], row["heading"], row["text"]) for row in _rows(path)]


def own_sections(corpus: Path) -> list[Section]:
    """The passages of the PDFs in `corpus`, under the innermost heading of each."""
    from ingest.cutting import cut_passages
    from ingest.layout import lay_out
    from ingest.reader import PdfReader

    found = []
    with PdfReader(patience=20.0) as reader:
        for path in sorted(corpus.glob("*.pdf")):
            raw = reader.read(path)
            for passage in cut_passages(path.name, lay_out(raw.pages)):
                heading = passage.section[-1] if passage.section else raw.title
                text = "\n".join(p for p in (passage.context, passage.text, passage.tail) if p)
                found.append(Section(raw.title, heading, text))
    return found


def word_counts(texts: Iterable[str]) -> Counter[str]:
    """How often each lower-cased word occurs."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text.lower()))
    return counts


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
