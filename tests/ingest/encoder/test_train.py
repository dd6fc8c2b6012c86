"""Training, on a few sentences and for real: the teacher reads, the model learns and is loaded."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from tokenizers import Tokenizer

from evals.questions import question_sets, read_questions
from ingest.encoder import batches, files
from ingest.encoder.beginning import translations
from ingest.encoder.texts import (
    ASKED,
    Answer,
    Pair,
    Section,
    Texts,
    read_answers,
    read_texts,
    word_counts,
)
from ingest.encoder.train import Options, main, train
from ingest.encoder.vocabulary import tokenizer_of, words_of

WHO = (("kommunen", "the municipality"), ("lederen", "the manager"), ("borgeren", "the citizen"))
DOES = (("læser", "reads"), ("sletter", "deletes"), ("gemmer", "keeps"), ("sender", "sends"))
WHAT = (("brevet", "the letter"), ("notatet", "the note"), ("aftalen", "the agreement"))
PAIRS = [
    Pair(" ".join(w[0] for w in words), " ".join(w[1] for w in words))
    for words in product(WHO, DOES, WHAT)
]
SECTIONS = [Section("Regler", f"Om at {p.da}", f"Her står, at {p.da}, og hvornår.") for p in PAIRS]
# Sentences that share no word with the question that they answer.
ANSWERS = [
    Answer("a/skole", "Optagelse", "Lydfiler kræver samtykke.", ("Må timen filmes?",)),
    Answer("a/skole", "Optagelse", "Portrætter tages af fotografen.", ("Hvem knipser børnene?",)),
    Answer("a/skole", "Indledning", "Siden blev opdateret i maj.", ()),
    Answer("a/pris", "Licenser", "Abonnementet afregnes månedligt.", ("Hvornår betales der?",)),
    Answer("a/pris", "Licenser", "Indkøb bestilles af Per.", ("Where can I get one?",)),
]
TEXTS = Texts(PAIRS, SECTIONS, SECTIONS[:5], ANSWERS)


def test_it_learns_what_the_pairs_say(tmp_path: Path) -> None:
    options = Options(tmp_path / "work", epochs=30, dimensions=32, batch=12, taught=20)
    train(TEXTS, tmp_path / "model", options)
    tokenizer, rows = files.load(tmp_path / "model")
    assert rows.shape == (tokenizer.get_vocab_size(), 32)

    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(tmp_path / "model"), device="cpu")
    english = model.encode([p.en for p in PAIRS], normalize_embeddings=True)
    danish = model.encode([p.da for p in PAIRS], normalize_embeddings=True)
    found = (english @ danish.T).argmax(axis=1) == np.arange(len(PAIRS))
    assert found.mean() > 0.9

    sentences = model.encode([a.sentence for a in ANSWERS], normalize_embeddings=True)
    asked = [(question, n) for n, a in enumerate(ANSWERS) for question in a.questions]
    questions = model.encode([question for question, _ in asked], normalize_embeddings=True)
    assert (questions @ sentences.T).argmax(axis=1).tolist() == [n for _, n in asked]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    _write(folder / "parallel-da-en.train.jsonl.gz", ({"da": p.da, "en": p.en} for p in PAIRS))
    _write(
        folder / "headings-da.train.jsonl.gz",
        ({"title": s.title, "heading": s.heading, "text": s.text} for s in SECTIONS),
    )
    rows = (
        {"doc": a.document, "section": a.section, "sentence": a.sentence, "questions": a.questions}
        for a in ANSWERS
    )
    (folder / "asked.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_a_run_that_was_broken_off_goes_on_to_the_same_model(
    data: Path,
    small_corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def words(work: str) -> list[str]:
        words = [str(data), "--corpus", str(small_corpus), "--asked", str(data), "--epochs", "3"]
        words += ["--work", str(tmp_path / work), "--target", str(tmp_path / work / "model")]
        return words

    def run(work: str) -> str:
        monkeypatch.setattr(sys, "argv", ["train", *words(work)])
        main()
        return capsys.readouterr().out

    run("whole")
    # The trainer of the pieces adds up in another order each time, so they are taken over.
    (tmp_path / "broken").mkdir()
    shutil.copy(tmp_path / "whole" / "tokenizer.json", tmp_path / "broken")
    command = [sys.executable, "-m", "ingest.encoder.train", *words("broken")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as broken:
        assert broken.stdout
        for line in broken.stdout:
            if "epoch 1 of 3" in line:
                broken.kill()
    assert "epoch 1" not in run("broken")
    # Sums differ in the last digit with the threads, and directions in which no text differs are
    # any: what must be the same is how near the texts are to each other.
    whole, broken_off = (_nearness(tmp_path / work / "model") for work in ("whole", "broken"))
    assert np.allclose(whole, broken_off, atol=1e-4)


def test_the_texts_are_read_with_our_own_corpus(data: Path, small_corpus: Path) -> None:
    texts = read_texts(data, small_corpus, data)
    assert [(a.sentence, a.questions) for a in texts.answers] == [
        (a.sentence, a.questions) for a in ANSWERS
    ]
    assert list(texts.pairs) == PAIRS
    assert list(texts.sections) == SECTIONS
    assert ("2 Regler", True) in [(s.heading, "cpr-numre" in s.text) for s in texts.own]


def test_every_question_is_asked_of_all_sentences_of_its_document() -> None:
    documents = batches.encode_answers(_tokenizer(), ANSWERS)
    assert [len(d) for d in documents] == [3, 2]
    empty = np.zeros((0, 384), dtype=np.float32)
    none = np.zeros(0, dtype=np.int64)
    material = batches.Material([], [], [], [], none, empty, documents)
    rng = np.random.default_rng(1)
    plan = batches.plan(material, 12, rng)
    assert plan
    for kind, numbers in plan:
        batch = batches.batch_of(material, kind, numbers, rng)
        assert kind == "asked"
        assert len(batch.others) == len(ANSWERS)
        assert batch.right is not None
        assert len(batch.right) == len(batch.ones) == sum(len(a.questions) for a in ANSWERS)


def test_the_questions_of_the_project_are_read_and_in_no_question_set() -> None:
    answers = read_answers(ASKED)
    asked = {q.casefold() for a in answers for q in a.questions}
    assert len(answers) > 9_000
    assert len(asked) > 20_000
    assert all(a.sentence.strip() and a.section.strip() for a in answers)
    files = [*question_sets("tuning"), *question_sets("reporting")]
    assert not asked & {i.question.casefold() for f in files for i in read_questions(f)}


def test_a_translation_is_found_in_the_pairs() -> None:
    tokenizer = _tokenizer()
    da, en = batches.encode_pairs(tokenizer, PAIRS)
    likely: sp.csr_matrix = translations(da, en, tokenizer.get_vocab_size())
    words = words_of(tokenizer)
    for danish, english in (("brevet", "letter"), ("lederen", "manager"), ("sletter", "deletes")):
        row = likely[words.index(danish)].toarray()[0]
        assert words[int(row.argmax())] == english


def test_frequent_words_are_whole_and_compounds_share_their_parts() -> None:
    tokenizer = _tokenizer()
    assert tokenizer.encode("Kommunen sletter").tokens == ["kommunen", "sletter"]
    assert tokenizer.encode("aftalebrevet", add_special_tokens=False).tokens[-1] == "brevet"
    assert tokenizer.encode("§ – !", add_special_tokens=False).ids == []


def test_an_epoch_holds_everything_once() -> None:
    tokenizer = _tokenizer()
    da, en = batches.encode_pairs(tokenizer, PAIRS)
    sections = batches.encode_sections(tokenizer, SECTIONS)
    taught = np.arange(10)
    teacher = np.zeros((10, 384), dtype=np.float32)
    material = batches.Material(da, en, sections, sections[:5], taught, teacher)
    rng = np.random.default_rng(1)
    plan = batches.plan(material, 12, rng)
    seen = [n for kind, numbers in plan if kind == "pair" for n in numbers]
    assert sorted(seen) == list(range(len(PAIRS)))
    for kind, numbers in plan:
        batch = batches.batch_of(material, kind, numbers, rng)
        assert len(batch.ones) == len(batch.others) == len(numbers)
        assert (batch.teacher is not None) == (kind == "teacher")


def _tokenizer() -> Tokenizer:
    texts = [t for p in PAIRS for t in (p.da, p.en)]
    return tokenizer_of(texts, word_counts(texts), word_counts(["notatet"] * 2))


def _nearness(model: Path) -> np.ndarray:
    """How near all texts of the pairs are to each other, in the model's rows added up."""
    tokenizer, rows = files.load(model)
    texts = [t for p in PAIRS for t in (p.da, p.en)]
    vectors = np.stack([rows[tokenizer.encode(t).ids].sum(0) for t in texts]).astype(np.float64)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nearness: np.ndarray = vectors @ vectors.T
    return nearness


def _write(path: Path, rows: Iterator[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
