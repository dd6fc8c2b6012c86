"""Where training begins: English tokens from the teacher, Danish ones from what they translate to.

Translation probabilities come from the pairs by IBM model 1 (Brown et al., 1993). A Danish token is
the mean of the English ones, weighted by them; a token that the pairs hardly have is the mean of
those with its stem, or of its pieces.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
import Stemmer
from tokenizers import Tokenizer

from ingest.encoder.arrays import Matrix, Numbers, Tokens, unit
from ingest.encoder.vocabulary import words_of

_ROUNDS = 8
_LONGEST = 40  # different tokens of a sentence that is aligned
_SMOOTHING = 0.3
_LIKELY = 0.04  # probability from which a translation counts
_KNOWN = 5  # occurrences in the pairs from which a token's own vector is trusted
_RELIABLE = 50
_SHORTEST = 4  # letters of a word that has a stem worth comparing


def beginning(
    tokenizer: Tokenizer, english: Matrix, da: Sequence[Tokens], en: Sequence[Tokens], seed: int
) -> Matrix:
    """A row of length 1 for every token; `english` has the teacher's vector of each."""
    size = len(english)
    in_da, in_en = (
        np.bincount(np.concatenate(side), minlength=size).astype(np.float32) for side in (da, en)
    )
    english = unit(english - english.mean(0))
    danish = unit((translations(da, en, size) @ english).astype(np.float32))
    share = (in_da / np.maximum(in_da + in_en, 1))[:, None]
    rows = np.asarray(share * danish + (1 - share) * english, dtype=np.float32)
    rows[(in_da + in_en) == 0] = 0
    rows = _filled(tokenizer, unit(rows), in_da + in_en)
    missing = np.linalg.norm(rows, axis=1) < 1e-6
    rows[missing] = np.random.default_rng(seed).normal(size=(missing.sum(), rows.shape[1]))
    return unit(rows)


def translations(da: Sequence[Tokens], en: Sequence[Tokens], size: int) -> sp.csr_matrix:
    """P(English token | Danish token), shape (size, size), the likely ones only."""
    danish, english, sentence = _cells(da, en)
    keys, cell = np.unique(danish * size + english, return_inverse=True)
    source, target = keys // size, keys % size
    _, group = np.unique(sentence * size + english, return_inverse=True)
    probability = np.ones(len(keys))
    for _ in range(_ROUNDS):
        weight = probability[cell]
        expected = np.bincount(cell, weight / np.bincount(group, weight)[group])
        total = np.bincount(source, expected, minlength=size)
        probability = expected / (total[source] + _SMOOTHING)
    likely = probability > _LIKELY
    shape = (size, size)
    return sp.csr_matrix((probability[likely], (source[likely], target[likely])), shape=shape)


def _cells(da: Sequence[Tokens], en: Sequence[Tokens]) -> tuple[Numbers, ...]:
    """Every Danish token beside every English one of the same pair, and the pair's number."""
    danish, english, sentence = [], [], []
    for number, (one, other) in enumerate(zip(da, en, strict=True)):
        a, b = np.unique(one), np.unique(other)
        if 0 < len(a) <= _LONGEST and 0 < len(b) <= _LONGEST:
            danish.append(np.repeat(a, len(b)))
            english.append(np.tile(b, len(a)))
            sentence.append(np.full(len(a) * len(b), number))
    return tuple(np.concatenate(c).astype(np.int64) for c in (danish, english, sentence))


def _filled(tokenizer: Tokenizer, rows: Matrix, count: Matrix) -> Matrix:
    """`rows` with those of the tokens that were hardly seen made of others."""
    words = words_of(tokenizer)
    stems = Stemmer.Stemmer("danish").stemWords(words)
    kin: defaultdict[str, list[int]] = defaultdict(list)
    for n, word in enumerate(words):
        if len(word) >= _SHORTEST and count[n] >= _KNOWN:
            kin[stems[n]].append(n)
    filled = rows.copy()
    for n, word in enumerate(words):
        if len(word) < _SHORTEST or count[n] >= _KNOWN:
            continue
        near = kin[stems[n]] or _pieces(tokenizer, word, count)
        weight = np.minimum(count[near], _RELIABLE) + 1.0
        guess = unit((weight @ rows[near] if near else rows[n])[None].astype(np.float32))[0]
        known = count[n] / _KNOWN
        filled[n] = known * rows[n] + (1 - known) * guess
    return filled


def _pieces(tokenizer: Tokenizer, word: str, count: Matrix) -> list[int]:
    """The two tokens that `word` falls into, of such the pair whose rarer one is most frequent."""
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    encoded = tokenizer.encode_batch([p for cut in cuts for p in cut], add_special_tokens=False)
    ids = [e.ids for e in encoded]
    pairs = [a + b for a, b in zip(ids[::2], ids[1::2], strict=True) if len(a) == len(b) == 1]
    return max(pairs, key=lambda pair: min(count[pair]), default=[])
