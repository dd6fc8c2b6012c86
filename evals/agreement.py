"""How far the deterministic entailment agrees with hand labels: `python -m evals.agreement`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.entailment import why_not
from evals.questions import SETS

PAIRS = SETS / "pairs.jsonl"
SEEN = 45  # the first of them; the rules were written with these in sight, and not the others


class Pair(BaseModel):
    """A source, a sentence, and whether a person says that it follows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    source: str
    claim: str
    follows: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """`same` of `total` labels are the rules' too; `kappa` is Cohen's (1960), over chance."""

    same: int
    total: int
    kappa: float


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """The labelled pairs."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Pair.model_validate_json(line) for line in lines]


def agreement(labels: Sequence[bool], said: Sequence[bool]) -> Agreement:
    """How far two judges of the same pairs agree."""
    total = len(labels)
    same = sum(a == b for a, b in zip(labels, said, strict=True))
    yes, other = sum(labels) / total, sum(said) / total
    chance = yes * other + (1 - yes) * (1 - other)
    return Agreement(same, total, (same / total - chance) / (1 - chance) if chance < 1 else 1.0)


def main() -> int:
    """Print the agreement on the pairs seen and on the others, and where they differ."""
    pairs = read_pairs()
    why = {pair.id: why_not(pair.source, pair.claim) for pair in pairs}
    for name, some in (("seen", pairs[:SEEN]), ("not seen", pairs[SEEN:]), ("all", pairs)):
        found = agreement([p.follows for p in some], [not why[p.id] for p in some])
        print(f"{name:<9} {found.same}/{found.total}, kappa {found.kappa:.2f}")
    for pair in pairs[:SEEN]:
        if pair.follows == bool(why[pair.id]):
            print(f"  {pair.id} follows={pair.follows}: {pair.claim} ({why[pair.id] or 'follows'})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
