"""Which parts of the pipeline take part: all of them, but where evals measure what one is worth."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.retrieve import WEIGHTS


@dataclass(frozen=True, slots=True)
class Parts:
    """`weights` are those of the fields of the search; without `rules` nothing gets a verdict,
    without `encoder` nothing is near in meaning.
    """

    weights: Mapping[str, float]
    rules: bool = True
    encoder: bool = True


ALL = Parts(WEIGHTS)
