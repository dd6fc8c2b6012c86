"""The words of a verdict, in Danish and English."""

import re
from collections.abc import Mapping, Sequence

from assistant.models import Language

PHRASES: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "ja": "Ja",
        "nej": "Nej",
        "betinget": "Ja, på betingelser",
        "yes": "Ja, det må du gerne.",
        "yes_data": "Ja, til {}.",
        "no": "Nej, det er ikke tilladt.",
        "no_tool": "Nej, ikke i {}.",
        "no_data": "Nej, ikke med {}.",
        "no_both": "Nej, {} må ikke bruges til {}.",
        "not_yet": "Nej, {} er ikke godkendt endnu.",
        "must": "Ja, det skal du.",
        "must_not": "Nej, det behøver du ikke.",
        "applies": "Ja, det gælder også her.",
        "applies_not": "Nej, det gælder ikke her.",
        "conditional": "Ja, men kun på betingelser.",
        "hangs_on": "Det kommer an på, {}.",
        "conditions": "**Det skal være i orden først:**",
        "depends": "**Svaret i hvert tilfælde:**",
        "also": "**Husk også:**",
        "disagree": "**Et andet dokument siger noget andet.** ”{}”: {}",
        "counts": "Det er ”{}”, der gælder, fordi {}.",
        "neither": "Det fremgår ikke, hvad der gælder, så spørg.",
        "lov_first": "en lov går forud for andre dokumenter",
        "politik_first": "en politik går forud",
        "notat_first": "et notat går forud for vejledninger og kursusmateriale",
        "vejledning_first": "en vejledning går forud for kursusmateriale",
        "kursus_first": "det er nyere",
        "newer": "det er nyere",
        "ask": "Er du i tvivl, så spørg {}.",
        "source": "Det står i ”{}”, side {}.",
        "case_tool": "i {}",
        "case_data": "med {}",
        "case_role": "når jeg er {}",
        "case_activity": "til at {}",
    },
    "en": {
        "ja": "Yes",
        "nej": "No",
        "betinget": "Yes, on conditions",
        "yes": "Yes, you may.",
        "yes_data": "Yes, for {} (in Danish).",
        "no": "No, that is not allowed.",
        "no_tool": "No, not in {}.",
        "no_data": "No, not with what the rule calls ”{}”.",
        "no_both": "No, {} may not be used for what the rule calls ”{}”.",
        "not_yet": "No, {} is not approved yet.",
        "must": "Yes, you must.",
        "must_not": "No, you need not.",
        "applies": "Yes, it applies here too.",
        "applies_not": "No, it does not apply here.",
        "conditional": "Yes, but only on conditions.",
        "hangs_on": "It depends on {}.",
        "danish": "The documents are in Danish. This is what they say:",
        "conditions": "**To be met first:**",
        "depends": "**Case by case:**",
        "also": "**Remember:**",
        "disagree": "**Another document says otherwise.** ”{}”: {}",
        "counts": "”{}” counts, because {}.",
        "neither": "Nothing says which of them counts, so please ask.",
        "lov_first": "a law comes before other documents",
        "politik_first": "a policy comes first",
        "notat_first": "a memo comes before guidance and course material",
        "vejledning_first": "guidance comes before course material",
        "kursus_first": "it is newer",
        "newer": "it is newer",
        "ask": "If in doubt, ask {}.",
        "source": "It says so in ”{}”, page {}.",
        "case_tool": "in {}",
        "case_data": "with {}",
        "case_role": "as {}",
        "case_activity": "to {}",
    },
}
_KINDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "data": "hvilke oplysninger det er",
        "tool": "hvilket værktøj du bruger",
        "role": "hvem du er",
        "activity": "hvad du skal bruge det til",
        "": "omstændighederne",
    },
    "en": {
        "data": "which information it is",
        "tool": "which tool you use",
        "role": "who you are",
        "activity": "what you use it for",
        "": "the circumstances",
    },
}
_LONGEST = 110
_IN_LINE = re.compile(r"^(?:hvis|når|såfremt|så længe|forudsat|efter|med) ", re.IGNORECASE)
_ONLY = re.compile(r"^(?:kun|først|alene) (?=hvis|når|efter|med)", re.IGNORECASE)
_WITHOUT = re.compile(r"^uden (?!at )", re.IGNORECASE)
_UNLESS = re.compile(r"^(?:medmindre|med mindre) ", re.IGNORECASE)


def kinds_in_words(kinds: Sequence[str], language: Language) -> str:
    """What a verdict hangs on: "hvilke oplysninger det er"."""
    words = _KINDS[language]
    joint = " og " if language == "da" else " and "
    return joint.join(words[kind] for kind in kinds) or words[""]


def condition_in_line(condition: str) -> str:
    """A condition as the first line of an answer; "" for one that cannot be said so."""
    text = condition[:1].lower() + condition[1:].rstrip(".")
    if len(text) > _LONGEST:
        return ""
    if _ONLY.match(text):
        return f"Ja, men kun {_ONLY.sub('', text)}."
    if _UNLESS.match(text):
        return f"Ja, men kun hvis {_UNLESS.sub('', text)}."
    return f"Ja, {text}." if _IN_LINE.match(text) else ""


def condition_in_list(condition: str) -> str:
    """A condition as a line to tick off: "uden kursusbevis" nothing goes, so one is needed."""
    text = _WITHOUT.sub("det kræver ", _UNLESS.sub("kun hvis ", condition))
    return f"{text[:1].upper()}{text[1:]}"
