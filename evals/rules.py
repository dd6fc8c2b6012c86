"""How well rules are read from text: `python -m evals.rules FILE…`, on hand-labelled sentences.

A rule counts as found when the sentence has one of the same modality; a part when its words
overlap with those of the label by half (Jaccard over words) or one holds the other.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.questions import SETS
from ingest.passages import Passage
from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon, with_learned
from ingest.rules.model import Rule
from ingest.rules.tools import tools_named_in

DEFAULT = SETS / "rules.reporting.jsonl"
_ALIKE = 0.5
PARTS = ("tools", "activities", "data", "who", "conditions", "exceptions")
_KINDS = {"tools": "tool", "activities": "activity", "data": "data", "who": "role"}


@dataclass
class Tally:
    """How many were found of those labelled, and how many of those found are labelled."""

    found: int = 0
    labelled: int = 0
    right: int = 0
    said: int = 0

    @property
    def recall(self) -> float:
        """Share of the labels that were found."""
        return self.found / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """Share of what was found that is labelled."""
        return self.right / self.said if self.said else 1.0


def measure(rows: Sequence[dict[str, Any]], lexicon: Lexicon) -> dict[str, Tally]:
    """Tallies for whole rules, and for each kind of part of those that were found."""
    tallies = {name: Tally() for name in ("rules", *PARTS)}
    for row in rows:
        rules = rules_in(row, lexicon)
        _count_rules(tallies["rules"], row["rules"], rules)
        for label in row["rules"]:
            match = next((r for r in rules if r.modality == label["modality"]), None)
            if match:
                for part in PARTS:
                    _count_parts(tallies[part], label[part], _said(match, part))
    return tallies


def rules_in(row: dict[str, Any], lexicon: Lexicon) -> list[Rule]:
    """The rules read from one labelled sentence, under its heading and its introduction."""
    intro = f"{row['intro']}\n• " if row["intro"] else ""
    text = f"{intro}{row['sentence']}"
    section = (row["heading"],) if row["heading"] else ()
    passage = Passage(row["id"], "x.pdf", 1, "1", section, text, 0, len(text))
    return rules_of([passage], with_learned(lexicon, tools_named_in([passage], lexicon)))


def _count_rules(tally: Tally, labels: Sequence[dict[str, Any]], rules: Sequence[Rule]) -> None:
    wanted = Counter(label["modality"] for label in labels)
    got = Counter(rule.modality for rule in rules)
    both = (wanted & got).total()
    tally.found += both
    tally.right += both
    tally.labelled += wanted.total()
    tally.said += got.total()


def _said(rule: Rule, part: str) -> list[str]:
    if part in ("conditions", "exceptions"):
        found: tuple[str, ...] = getattr(rule, part)
        return list(found)
    kind = _KINDS[part]
    own = [p.said for p in rule.parts if p.kind == kind]
    return own or [p.said for p in rule.inherited if p.kind == kind]


def _count_parts(tally: Tally, labels: Sequence[str], said: Sequence[str]) -> None:
    tally.labelled += len(labels)
    tally.said += len(said)
    tally.found += sum(any(_alike(label, s) for s in said) for label in labels)
    tally.right += sum(any(_alike(label, s) for label in labels) for s in said)


def _alike(one: str, other: str) -> bool:
    a, b = set(re.findall(r"\w+", one.lower())), set(re.findall(r"\w+", other.lower()))
    return bool(a & b) and (a <= b or b <= a or len(a & b) / len(a | b) >= _ALIKE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision and recall for each file; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.rules", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[DEFAULT])
    for file in parser.parse_args(arguments).files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        print(f"{file.name}: {len(rows)} sentences")
        for name, tally in measure(rows, Lexicon.load()).items():
            print(
                f"  {name:<12} precision {tally.precision:.3f} ({tally.right}/{tally.said})"
                f"  recall {tally.recall:.3f} ({tally.found}/{tally.labelled})"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
