"""The tokenizer: whole words where they are frequent, and pieces that compounds share with words.

A piece is the same wherever it stands in a word, so "sikkerhed" is one row in "sikkerhed",
"datasikkerhed" and "sikkerhedsbrud". A Unigram model (Kudo, 2018) alone takes "borger" for "borg"
and "er" to save rows; here every frequent word has a row, and its trainer gives only the pieces.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from ingest.encoder.texts import WORD

_UNKNOWN = "[UNK]"
_PIECES = 48_000  # that the trainer proposes
_LONGEST_PIECE = 24
_FREQUENT = 5  # occurrences that make a word a row …
_LONG = 12  # letters above which it must be three times as frequent: mostly compounds
_OWN = 2  # … in the documents of the corpus
_USED = 3  # rarer words that a piece must serve to be kept


def tokenizer_of(texts: Iterable[str], counts: Counter[str], own: Counter[str]) -> Tokenizer:
    """A tokenizer for `texts`, whose words occur `counts` times; the words of the corpus that is
    to be searched occur `own` times in it.
    """
    pieces = _trained_pieces(texts)
    words = {w: n for w, n in counts.items() if n >= _FREQUENT * (1 if len(w) <= _LONG else 3)}
    words |= {w: max(counts[w], n) for w, n in own.items() if n >= _OWN}
    rare = [w for w in counts.keys() | own.keys() if w not in words]
    total = counts.total()
    encoded = _tokenizer(words, pieces, total).encode_batch(rare, add_special_tokens=False)
    uses = Counter(token for e in encoded for token in set(e.tokens))
    kept = {p: score for p, score in pieces.items() if len(p) == 1 or uses[p] >= _USED}
    return _tokenizer(words, kept, total)


def words_of(tokenizer: Tokenizer) -> list[str]:
    """The tokens, in the order of their numbers."""
    numbers: dict[str, int] = tokenizer.get_vocab()
    return sorted(numbers, key=lambda word: numbers[word])


def _trained_pieces(texts: Iterable[str]) -> dict[str, float]:
    """Pieces with their log probabilities, as the Unigram trainer finds them."""
    tokenizer = _prepared(Tokenizer(models.Unigram()))
    trainer = trainers.UnigramTrainer(
        vocab_size=_PIECES,
        special_tokens=[_UNKNOWN],
        unk_token=_UNKNOWN,
        max_piece_length=_LONGEST_PIECE,
        shrinking_factor=0.6,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return dict(json.loads(tokenizer.to_str())["model"]["vocab"][1:])


def _tokenizer(words: Mapping[str, int], pieces: Mapping[str, float], total: int) -> Tokenizer:
    scored = [(word, math.log(n / total)) for word, n in words.items()]
    scored += [(piece, score) for piece, score in pieces.items() if piece not in words]
    scored.sort(key=lambda item: (-item[1], item[0]))
    return _prepared(Tokenizer(models.Unigram([(_UNKNOWN, 0.0), *scored], unk_id=0)))


def _prepared(tokenizer: Tokenizer) -> Tokenizer:
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORD), behavior="removed", invert=True)
    return tokenizer
