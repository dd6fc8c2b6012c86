"""What the introduction of a list and the headings over it lend to its items.

"Du må gerne:" makes every item a leave, "Lukket:" a ban, "Med lov fra vejchefen:" a leave on that
condition; where the introduction only names a place of work, the headings say it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading import Sentence
from ingest.rules.clauses import Clause, clauses_of, fragment, left_out
from ingest.rules.modality import column_modality, heading_modality
from ingest.rules.model import Modality

# Its items are conditions.
LISTS_CONDITIONS = re.compile(
    r"\b(?:når|hvis|såfremt|forudsat at|betingelser|krav)\b[^:]{0,25}:$", re.IGNORECASE
)
_NONE_OF_IT = re.compile(r"^(?:ingen|intet|aldrig)\b", re.IGNORECASE)
_WHERE_CONDITION = re.compile(r",| når | hvis | som | der ", re.IGNORECASE)
# Its items are clauses of it: "Det er i orden, at du:".
_THAT_YOU = re.compile(r"\bat (?:du|vi|man|I|en \w+|\w+ne):?$")
_ONLY = re.compile(r"^kun (?:til )?", re.IGNORECASE)
_FINITE = re.compile(r"\b(er|har|kan|må|skal|bør|bliver|gælder|vil|får|kommer|hedder)\b", re.I)
# It says on what condition its items are allowed, and rules nothing else.
_ON_CONDITION = re.compile(
    r"^(?:kun |først |gerne |gør det |tilladt )?"
    r"(?:med (?:lov|tilladelse|aftale|accept|samtykke|godkendelse|underskrift|ja)\b"
    r"|efter (?:\w+ )?(?:aftale|godkendelse|tilladelse|samtykke|accept|lov|kursus)\b"
    r"|(?:når|hvis) \w+|har du \w+|på betingelse"
    r"|(?:det |dette )?kræver (?!ikke|ingen)(?:\w+ ){0,2}(?:godkendelse|tilladelse|samtykke|aftale"
    r"|accept|lov|kursus)\b)",
    re.IGNORECASE,
)
# … or that there is one, which the items tell themselves.
_CONDITIONAL = re.compile(
    r"^(?:betinget|på betingelser?|på vilkår|gult?(?: lys| liste)?)\b|\bkun når betingelse", re.I
)
_LONGEST_LABEL = 9  # words of an introduction or heading that is a mere label
_ITS_CONDITION = re.compile(r": (?=[^:]+$)")  # "Sammenfatning af klager: navne er fjernet"


def lent_clauses(sentence: Sentence, intro: str, headings: Sequence[str]) -> list[Clause]:
    """The clauses that rule; an item or a fragment without a verb of its own takes the modality
    of its introduction or heading.
    """
    rules_itself = any(c.modality != "påbud" for c in clauses_of(sentence.text))
    listed = LISTS_CONDITIONS.search(intro) and not rules_itself
    if listed and (ahead := clauses_of(intro.rstrip(":"))):
        return [replace(ahead[-1], conditions=[*ahead[-1].conditions, sentence.text.rstrip(".;,")])]
    found = clauses_of(sentence.text) or _of_a_fragment(sentence.text)
    if found and found[0].modality != "påbud":
        return found
    ahead_of = _ITS_CONDITION.split(sentence.text)[0].split(",")[0]
    verb = _FINITE.search(ahead_of) and not _THAT_YOU.search(intro)
    if on_condition := not verb and _on_condition(sentence, intro, headings):
        return on_condition
    lent = _lent_modality(sentence, intro, headings)
    if lent is None or verb:
        return found
    clause = fragment(sentence.text, lent)
    if intro and (ahead := clauses_of(intro)):
        clause.conditions[:0] = ahead[-1].conditions
    return [clause, *left_out(clause)]


def _of_a_fragment(text: str) -> list[Clause]:
    """Of one that says itself how it rules: "Kun til …", "Ingen …"."""
    if _FINITE.search(_WHERE_CONDITION.split(text)[0]):
        return []
    if _ONLY.match(text):
        return [fragment(_ONLY.sub("", text), "kun")]
    return [fragment(_NONE_OF_IT.sub("", text), "forbudt")] if _NONE_OF_IT.match(text) else []


def _lent_modality(sentence: Sentence, intro: str, headings: Sequence[str]) -> Modality | None:
    if intro:
        ahead = clauses_of(intro.rstrip(":"))
        over = heading_modality(headings[-1]) if headings else None
        if ahead and ahead[-1].modality == "ikke påbud" and over == "tilladt":
            return over  # "Det må du gerne": tasks that need no approval
        if ahead:
            return ahead[-1].modality
        if _is_label(intro) and (own := column_modality(intro.rstrip(":"))):
            return own
    bare = sentence.is_item or not sentence.text.endswith(".")
    if not bare or not headings:
        return None
    over = heading_modality(headings[-1])
    if over or len(headings) < 2 or not sentence.is_item or not _is_label(headings[-2]):
        return over
    return column_modality(headings[-2])


def _on_condition(sentence: Sentence, intro: str, headings: Sequence[str]) -> list[Clause]:
    """The leave on a condition that an introduction or a heading names; empty for none."""
    if not sentence.is_item:
        return []
    labels = [label for label in (intro.rstrip(":"), *headings[-1:]) if label and _is_label(label)]
    for label in labels[:1] if intro else labels:
        if _ON_CONDITION.match(label):
            clause = fragment(sentence.text, "tilladt")
            clause.conditions.append(label[:1].lower() + label[1:])
            return [clause, *left_out(clause)]
    if any(map(_CONDITIONAL.search, labels)):
        what, *condition = _ITS_CONDITION.split(sentence.text, maxsplit=1)
        clause = fragment(what, "tilladt")
        clause.conditions += [c.rstrip(".") for c in condition]
        return [clause, *left_out(clause)]
    return []


def _is_label(text: str) -> bool:
    return len(text.split()) <= _LONGEST_LABEL and not text.endswith("?")
