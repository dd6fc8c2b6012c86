"""What a permission says must not be there: "udkast uden navne"."""

import re
from dataclasses import replace

from ingest.rules.clauses import Clause
from ingest.rules.lexicon import Lexicon

_WITHOUT = re.compile(r",? ?\b(uden (?!at\b|for\b|om\b)[^,;:.]+)", re.IGNORECASE)


def without_what_is_absent(clause: Clause, lexicon: Lexicon) -> Clause:
    """`clause`, a permission, with the data that it says must not be there as a condition."""
    found = _WITHOUT.search(clause.text)
    if clause.modality not in ("tilladt", "kun") or found is None:
        return clause
    if not any(p.kind == "data" for p in lexicon.parts(found.group(1))):
        return clause
    text = clause.text[: found.start()] + clause.text[found.end() :]
    return replace(clause, text=text.strip(), conditions=[*clause.conditions, found.group(1)])
