"""Norms in words that no pattern has ("DeepL tager vi til alt, der er åbent"), and words that look
like a norm and are none ("Lokal 4444 er åben døgnet rundt"): a multinomial logistic model over the
words of a sentence, what patterns find in it, its vector and that of its heading.

Fitted by `python -m evals.norms` on the sentences that the encoder is trained on and those of the
sample corpus and of small policies, whose norms were told apart by hand; the weights are in
norms.json beside this file.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ingest.embedders import builtin
from ingest.lexical import words
from ingest.marked import Array, MarkedModel
from ingest.rules.clauses import clauses_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.model import Modality

FILE = "norms.json"
SENTENCE = 4.0  # what the vector of the sentence counts beside its words
HEADING = 2.0  # … and that of the heading
# Chance from which a sentence is taken for leave, or for a ban: a wrong ban hides what is allowed.
# What is read too much costs little, since the weighing leaves out what is not asked about.
LIKELY: Mapping[Modality, float] = {"tilladt": 0.5, "forbudt": 0.6}
NONE = "ingen"  # the name of no norm in the file
LIKELY_NONE = 0.8  # chance from which a leave or a ban that a pattern finds is none
# Words that nobody uses but for a norm.
_SAYS_SO = re.compile(r"\b(?:må|tillad\w*|forbud\w*|forbyd\w*|aldrig|lov til)\b", re.IGNORECASE)
_SHORTEST = 5  # words that tell a norm from the sentence before it: "Det er AI ikke."
_ONLY = re.compile(r"\b(?:kun|udelukkende|alene)\b", re.IGNORECASE)


def norm_of(sentence: str, heading: str, lexicon: Lexicon) -> Modality | None:
    """Whether `sentence` allows or forbids, by its words and its heading; None where that is not
    likely.
    """
    if len(sentence.split()) < _SHORTEST:
        return None
    chances = chances_of(sentence, heading, lexicon)
    for modality, least in LIKELY.items():
        if chances[modality] >= least:
            return "kun" if modality == "tilladt" and _ONLY.search(sentence) else modality
    return None


def is_none(sentence: str, heading: str, lexicon: Lexicon) -> bool:
    """Whether `sentence` is likely to state no norm, though a pattern finds one."""
    if _SAYS_SO.search(sentence):
        return False
    return chances_of(sentence, heading, lexicon)[NONE] >= LIKELY_NONE


def chances_of(sentence: str, heading: str, lexicon: Lexicon) -> dict[str, float]:
    """The chance of each norm, and of none ("ingen")."""
    vector = vectors_of([(sentence, heading)])[0]
    return _model().chances(marks_of(sentence, lexicon), vector)


def vectors_of(sentences: list[tuple[str, str]]) -> Array:
    """The vectors of sentences and of their headings side by side, weighted; shape (sentences,
    2 * dimensions).
    """
    texts, headings = zip(*sentences, strict=True)
    of_texts, of_headings = builtin().vectors(list(texts)), builtin().vectors(list(headings))
    beside: Array = np.hstack([SENTENCE * of_texts, HEADING * of_headings]).astype(np.float64)
    return beside


def marks_of(sentence: str, lexicon: Lexicon) -> set[str]:
    """What the model sees of the words of a sentence: each and each two that follow one another,
    with a tool, a role, a task or a kind of data seen as that alone; and what patterns find.
    """
    found = ["^", *words(masked(sentence, lexicon)), "$"]
    norms = {str(clause.modality) for clause in clauses_of(sentence)} or {NONE}
    pairs = (f"{one} {other}" for one, other in pairwise(found))
    return {*found, *pairs, *(f"norm: {norm}" for norm in norms)}


def masked(text: str, lexicon: Lexicon, other: Mapping[str, str] | None = None) -> str:
    """`text` with each tool, role, task and kind of data that it names as a word for its kind, or
    as what `other` has for the concept.
    """
    pieces, at = [], 0
    for mention in sorted(lexicon.mentions(text), key=lambda m: m.start):
        if mention.start >= at:
            kind = (other or {}).get(mention.concept) or mention.concept.partition(".")[0]
            pieces += [text[at : mention.start], f" en{kind} "]
            at = mention.end
    return "".join((*pieces, text[at:]))


@lru_cache
def _model() -> MarkedModel:
    return MarkedModel.read("ingest.rules", FILE)
