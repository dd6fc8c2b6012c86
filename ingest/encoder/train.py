"""Train the built-in encoder: `python -m ingest.encoder.train DATA`.

DATA is the folder with the training files. Every step is kept in the folder `--work`, so a run that
was broken off goes on where it stopped. The same seed gives the same model, but for the pieces of
the tokenizer: their trainer adds up in another order each time.
"""

import argparse
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from ingest.encoder import batches, files, teacher
from ingest.encoder.arrays import Matrix, unit
from ingest.encoder.beginning import beginning
from ingest.encoder.objective import Bag, answer, contrast, imitate
from ingest.encoder.texts import ASKED, Texts, read_texts, word_counts
from ingest.encoder.vocabulary import tokenizer_of, words_of

_RATE = 2e-3  # of the rows; the rest learns twice as fast
_LAST = 0.02  # share of it at the end
_WARM_UP = 100  # steps
_COMPARED = 100_000  # texts that the dimensions are chosen by
_SHORTEST_TAUGHT = 3  # words of a sentence that the teacher reads


@dataclass(frozen=True, slots=True)
class Options:
    """How to train."""

    work: Path
    epochs: int = 8
    dimensions: int = 256
    batch: int = 2_048
    taught: int = 110_000  # English sentences that the teacher reads: its half of the time
    seed: int = 1


def train(texts: Texts, target: Path, options: Options) -> None:
    """Train on `texts` and write the model to the folder `target`."""
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(texts, options.work)
    material = _material(texts, tokenizer, options)
    bag = Bag(_beginning(tokenizer, material, options), _frequency(tokenizer, material))
    _fit(bag, material, options)
    files.save(target, tokenizer, _projected(bag, material, options))


def _tokenizer(texts: Texts, work: Path) -> Tokenizer:
    path = work / "tokenizer.json"
    if not path.exists():
        _say("tokenizer")
        sentences = [t for p in texts.pairs for t in (p.da, p.en)]
        sentences += [t for s in texts.sections for t in (s.heading, s.text)]
        own = word_counts(f"{s.heading} {s.text}" for s in texts.own)
        own += word_counts(f"{a.section} {a.sentence}" for a in texts.answers)
        own += word_counts(question for a in texts.answers for question in a.questions)
        made = tokenizer_of(sentences, word_counts(sentences), own)
        _complete(path, lambda part: made.save(str(part)))
    return Tokenizer.from_file(str(path))


def _material(texts: Texts, tokenizer: Tokenizer, options: Options) -> batches.Material:
    chosen = _taught(texts, options)
    vectors = _kept(
        options.work / "teacher.npy",
        lambda: teacher.vectors_of([texts.pairs[n].en for n in chosen]),
    )
    da, en = batches.encode_pairs(tokenizer, texts.pairs)
    return batches.Material(
        da,
        en,
        batches.encode_sections(tokenizer, texts.sections),
        batches.encode_sections(tokenizer, texts.own),
        np.array(chosen, dtype=np.int64),
        unit(vectors - vectors.mean(0)),
        batches.encode_answers(tokenizer, texts.answers),
    )


def _taught(texts: Texts, options: Options) -> list[int]:
    """Numbers of the pairs whose English side the teacher reads, no sentence twice."""
    first: dict[str, int] = {}
    for number, pair in enumerate(texts.pairs):
        if len(pair.en.split()) >= _SHORTEST_TAUGHT:
            first.setdefault(pair.en, number)
    numbers = sorted(first.values())
    rng = random.Random(options.seed)  # noqa: S311, no secret
    return sorted(rng.sample(numbers, min(options.taught, len(numbers))))


def _beginning(tokenizer: Tokenizer, material: batches.Material, options: Options) -> Matrix:
    words = words_of(tokenizer)
    english = _kept(options.work / "tokens.npy", lambda: teacher.vectors_of(words))
    return _kept(
        options.work / "beginning.npy",
        lambda: beginning(tokenizer, english, material.da, material.en, options.seed),
    )


def _frequency(tokenizer: Tokenizer, material: batches.Material) -> Matrix:
    seen = np.concatenate([*material.da, *material.en, *(text for _, _, text in material.sections)])
    count = np.bincount(seen, minlength=tokenizer.get_vocab_size())
    return np.asarray(count / count.sum(), dtype=np.float32)


def _fit(bag: Bag, material: batches.Material, options: Options) -> None:
    """All epochs, from the last that was finished."""
    path = options.work / "checkpoint.pt"
    rows, scale = [bag.rows], [bag.log_weights, bag.log_scale]
    optimiser = torch.optim.Adam(
        [{"params": rows}, {"params": scale}], betas=(0.9, 0.98), eps=1e-10
    )
    done = 0
    if path.exists():
        saved = torch.load(path)
        bag.load_state_dict(saved["bag"])
        optimiser.load_state_dict(saved["optimiser"])
        done = saved["done"]
    for number in range(done, options.epochs):
        loss = _epoch(bag, optimiser, material, number, options)
        state = {"bag": bag.state_dict(), "optimiser": optimiser.state_dict(), "done": number + 1}
        _complete(path, partial(torch.save, state))
        _say(f"epoch {number + 1} of {options.epochs}, loss {loss:.3f}")


def _epoch(
    bag: Bag,
    optimiser: torch.optim.Adam,
    material: batches.Material,
    number: int,
    options: Options,
) -> float:
    """One epoch, always the same for its number and the seed; returns the mean loss."""
    torch.manual_seed(options.seed * 1_000 + number)
    rng = np.random.default_rng([options.seed, number])
    plan = batches.plan(material, options.batch, rng)
    total = 0.0
    for at, (kind, numbers) in enumerate(plan):
        warm = min(1.0, (at + 1) / _WARM_UP) if number == 0 else 1.0
        share = (number + at / len(plan)) / options.epochs
        rate = _RATE * warm * (_LAST + (1 - _LAST) * (1 + math.cos(math.pi * share)) / 2)
        optimiser.param_groups[0]["lr"], optimiser.param_groups[1]["lr"] = rate, 2 * rate
        loss = _loss(bag, batches.batch_of(material, kind, numbers, rng))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        total += loss.item()
    return total / max(1, len(plan))


def _projected(bag: Bag, material: batches.Material, options: Options) -> Matrix:
    """The rows in the `options.dimensions` directions in which the texts differ most (principal
    components, the largest first): half the memory at hardly any loss.
    """
    bag.eval()
    rng = np.random.default_rng(options.seed)
    texts = [*material.da, *material.en, *(text for _, _, text in material.sections)]
    chosen = [texts[n] for n in rng.permutation(len(texts))[:_COMPARED]]
    with torch.no_grad():
        vectors = bag(chosen).numpy()
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    projected: Matrix = bag.folded() @ directions[:, ::-1][:, : options.dimensions]
    return projected


def _loss(bag: Bag, batch: batches.Batch) -> torch.Tensor:
    if batch.right is not None:
        return answer(bag, batch.ones, batch.others, batch.right)
    if batch.teacher is None:
        return contrast(bag, batch.ones, batch.others)
    return imitate(bag, batch.ones, batch.teacher) + imitate(bag, batch.others, batch.teacher)


def _kept(path: Path, make: Callable[[], Matrix]) -> Matrix:
    """The array in `path`, made when it is not there."""
    if not path.exists():
        _say(path.stem)
        made = make()
        _complete(path, lambda part: np.save(part, made))
    found: Matrix = np.load(path)
    return found


def _complete(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(f"part-{path.name}")
    write(part)
    part.replace(path)


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m ingest.encoder.train", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the training files")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="our own documents")
    parser.add_argument("--asked", type=Path, default=ASKED, help="the questions")
    parser.add_argument("--target", type=Path, default=files.FOLDER, help="where the model goes")
    parser.add_argument("--work", type=Path, default=Path(".maavi/training"), help="what is kept")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    options = Options(given.work, epochs=given.epochs, seed=given.seed)
    train(read_texts(given.data, given.corpus, given.asked), given.target, options)


if __name__ == "__main__":
    main()
