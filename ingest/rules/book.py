"""The rule book of an index: its rules and definitions, with the lexicon that they are read by."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from ingest.passages import Passage
from ingest.rules.classes import classes_of_data
from ingest.rules.concepts import EXTENSION, Concept, read_extension
from ingest.rules.definitions import definitions_of, equals_of
from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon, with_learned
from ingest.rules.model import Definition, Rule
from ingest.rules.tools import tools_named_in

FILE = "rules.json"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What the documents rule and define; `added` are the concepts that the municipality's own
    file and the documents themselves add to the lexicon.
    """

    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    added: tuple[Concept, ...]
    lexicon: Lexicon

    @classmethod
    def read_from(cls, passages: Sequence[Passage], corpus: Path | None) -> "RuleBook":
        """The rule book of `passages`, with the lexicon extension in the folder `corpus`.

        Raises:
            CorpusError: the extension cannot be read.
        """
        shipped = Lexicon.load()
        own = Lexicon.load(corpus) if corpus else shipped
        own = own.extended(classes_of_data(passages))
        lexicon = with_learned(own, tools_named_in(passages, own))
        definitions = (*definitions_of(passages, lexicon), *equals_of(passages, lexicon))
        added = tuple(c for c in lexicon.concepts.values() if shipped.concepts.get(c.id) != c)
        rules = tuple(rules_of(passages, lexicon, definitions))
        return cls(rules, definitions, added, lexicon)

    def without(self, files: frozenset[str]) -> "RuleBook":
        """The same without what the documents `files` rule and define. Names that only they teach
        stay in the lexicon: which document taught a name is not kept.
        """
        rules = tuple(rule for rule in self.rules if rule.document not in files)
        definitions = tuple(d for d in self.definitions if d.document not in files)
        return replace(self, rules=rules, definitions=definitions)

    def save(self, folder: Path) -> None:
        """Write it to the folder of a generation."""
        data = {
            "rules": [rule.to_json() for rule in self.rules],
            "definitions": [asdict(definition) for definition in self.definitions],
            "added": [asdict(concept) for concept in self.added],
        }
        (folder / FILE).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "RuleBook":
        """The inverse of `save`."""
        data: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        added = tuple(Concept(c["id"], tuple(c["names"]), tuple(c["under"])) for c in data["added"])
        definitions = tuple(
            Definition(**{**d, "members": tuple(d["members"])}) for d in data["definitions"]
        )
        rules = tuple(Rule.from_json(row) for row in data["rules"])
        return cls(rules, definitions, added, Lexicon.load().extended(added))


def lexicon_fingerprint(corpus: Path) -> str:
    """Changes when the lexicon does, the shipped one or the municipality's own.

    Raises:
        CorpusError: the latter cannot be read.
    """
    shipped = resources.files("ingest.rules").joinpath(EXTENSION).read_bytes()
    own = corpus / EXTENSION
    if own.exists():
        read_extension(own)
    content = shipped + (own.read_bytes() if own.exists() else b"")
    return hashlib.sha256(content).hexdigest()[:16]
