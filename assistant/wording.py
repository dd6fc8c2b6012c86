"""The words around the quotes, in Danish and English."""

from collections.abc import Sequence
from datetime import date

from assistant.citing import markers
from assistant.compose import Composition
from assistant.models import Claim, Hit, Language
from assistant.question import Question, Term
from ingest.index import Entry
from ingest.register import Document

_ASKS = frozenset("koster koste prisen costs cost".split())  # what kind of answer, not about what
_MONTHS: dict[Language, Sequence[str]] = {
    "da": "januar februar marts april maj juni juli august september oktober november "
    "december".split(),
    "en": "January February March April May June July August September October November "
    "December".split(),
}


def answered(
    composition: Composition, disagreement: str, notes: Sequence[str], language: Language
) -> str:
    """The short answer in bold, then the sentences that it rests on, with their markers;
    `disagreement` is "" or the line on a document that says otherwise.
    """
    first, *rest = composition.claims
    if composition.steps:
        lines, rest = [_in_order(composition.claims)], []
    elif composition.short == first.text:
        lines = [f"**{first.text}** {markers(first.citations)}"]
    else:
        lines = [f"**{composition.short}** {markers(first.citations)}"]
        rest = [first, *rest]
    if rest:
        lines.append(_one_by_one(first, rest))
    if language == "en":
        lines.insert(0, "The documents are in Danish. This is what they say:")
    if disagreement:
        lines.append(disagreement)
    return "\n\n".join([*lines, *(f"*{note}*" for note in notes)])


def _one_by_one(first: Claim, rest: Sequence[Claim]) -> str:
    """The claims after the `first`, each on its own; as a list what stands under one that
    introduces one: all, where that is the first.
    """
    if first.text.endswith(":"):
        return "\n".join(f"- {_marked(claim)}" for claim in rest)
    told, listed = "", False
    for claim in rest:
        item = listed and claim.text[:1].islower()
        told += f"\n- {_marked(claim)}" if item else f"\n\n{_marked(claim)}"
        listed = item or claim.text.endswith(":")
    return told.strip()


def _marked(claim: Claim) -> str:
    return f"{claim.text} {markers(claim.citations)}"


def _in_order(claims: Sequence[Claim]) -> str:
    texts = [f"**{claims[0].text}**", *(c.text for c in claims[1:])]
    pairs = zip(texts, claims, strict=True)
    return "\n".join(f"{n}. {t} {markers(c.citations)}" for n, (t, c) in enumerate(pairs, 1))


def declined(
    question: Question,
    hits: Sequence[Hit],
    entries: Sequence[Entry],
    titles: dict[str, str],
    near: Sequence[Claim] = (),
) -> tuple[str, tuple[str, ...]]:
    """What to say when the documents do not answer, and the contacts that it names; `near` is what
    may help all the same.
    """
    words = _WORDS[question.language]
    if question.says_nothing:
        return words["vague"], ()
    contacts = _contacts(hits, entries)
    lines = [words["nothing"], _searched(question, () if near else hits, entries, titles)]
    if near:
        quoted = "\n".join(f"- {c.text} {markers(c.citations)}" for c in near)
        lines += [words["near"], quoted]
    lines.append(words["ask"].format(", ".join(contacts)) if contacts else words["ask_leader"])
    return "\n\n".join(lines), tuple(contacts)


def also_asked(question: str, language: Language) -> str:
    """That `question`, asked beside another, is not answered."""
    return _WORDS[language]["also"].format(question.strip(" ?"))


def review_note(entry: Entry, today: date, language: Language) -> str:
    """A note on a document whose review is overdue; "" while it is not."""
    due = entry.document.review_by
    if due is None or today <= due:
        return ""
    return _WORDS[language]["overdue"].format(entry.document.title, in_words(due, language))


def validity_note(document: Document, today: date, language: Language) -> str:
    """A note on a document that is not in force yet, or no longer is; "" for one that is."""
    words = _WORDS[language]
    if document.valid_from and today < document.valid_from:
        return words["not_yet"].format(document.title, in_words(document.valid_from, language))
    if document.valid_until and today > document.valid_until:
        return words["no_longer"].format(document.title, in_words(document.valid_until, language))
    return ""


def in_words(day: date, language: Language) -> str:
    """ "14. januar 2027", "14 January 2027" """
    point = "." if language == "da" else ""
    return f"{day.day}{point} {_MONTHS[language][day.month - 1]} {day.year}"


def contacts_of(document: Document) -> tuple[str, ...]:
    """Whom to ask about `document`, with its owner; empty when the register does not say."""
    owner = f" ({document.owner})" if document.owner else ""
    return (f"{document.contact}{owner}",) if document.contact else ()


def place(hit: Hit, titles: dict[str, str], language: Language = "da") -> str:
    """ "Politik for AI-chat, side 4 (5.1 Regler)" """
    passage = hit.passage
    title = titles.get(passage.document, passage.document)
    section = f" ({passage.section[-1]})" if passage.section else ""
    return f"{title}, {_WORDS[language]['page']} {passage.page_label}{section}"


def _searched(
    question: Question, hits: Sequence[Hit], entries: Sequence[Entry], titles: dict[str, str]
) -> str:
    words = _WORDS[question.language]
    known = [t.word for t in question.terms if t.known and t.weight > 1.0]
    missing = [t.word for t in question.terms if _is_missed(t)]
    parts = [words["searched"].format(len(entries), words["one" if len(entries) == 1 else "many"])]
    if missing:
        said = "missing" if len(entries) > 1 else "missing_in_one"
        parts.append(words[said].format(_listed(missing, words["and"])))
    if known and hits:
        parts.append(words["nearest"].format(place(hits[0], titles, question.language)))
    return " ".join(parts)


def _is_missed(term: Term) -> bool:
    """Whether the user wants to hear that the documents do not have the word."""
    return not (term.known or term.light or term.word in _ASKS) and (
        term.named or len(term.word) > 3
    )


def _listed(found: Sequence[str], conjunction: str) -> str:
    quoted = [f"”{word}”" for word in found[:5]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {conjunction} {quoted[-1]}"


def _contacts(hits: Sequence[Hit], entries: Sequence[Entry]) -> list[str]:
    """Whom the register names for the document nearest to the question, else for the first."""
    by_file = {entry.document.file: entry.document for entry in entries}
    near = [by_file[hit.passage.document] for hit in hits if hit.passage.document in by_file]
    for document in (*near, *by_file.values()):
        if contacts := contacts_of(document):
            return list(contacts)
    return []


_WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "nothing": "**Det kan jeg ikke finde svar på i dokumenterne.**",
        "vague": "**Hvad tænker du på?** Skriv, hvad det handler om, for eksempel hvilket værktøj, "
        "hvilken opgave og hvilke oplysninger.",
        "searched": "Jeg har søgt i {} {}.",
        "one": "dokument",
        "many": "dokumenter",
        "missing": "De nævner ikke {}.",
        "missing_in_one": "Det nævner ikke {}.",
        "nearest": "Det nærmeste, jeg fandt, er {}.",
        "near": "Det nærmeste, jeg fandt, er dette. Læs selv efter, om det svarer på dit "
        "spørgsmål:",
        "ask": "Spørg {}.",
        "ask_leader": "Spørg din nærmeste leder eller den, der har ansvaret for dokumenterne.",
        "also": "Du spørger også ”{}?” Det kan jeg ikke finde svar på i dokumenterne.",
        "not_yet": "”{}” gælder først fra {}.",
        "no_longer": "”{}” gjaldt til og med {} og gælder ikke længere.",
        "overdue": "Bemærk: ”{}” skulle have været gennemgået senest {}.",
        "page": "side",
        "and": "og",
    },
    "en": {
        "nothing": "**I cannot find an answer to that in the documents.**",
        "vague": "**What do you have in mind?** Please write what it is about, such as which tool, "
        "which task and which information.",
        "searched": "I have searched {} {}.",
        "one": "document",
        "many": "documents",
        "missing": "They do not mention {}.",
        "missing_in_one": "It does not mention {}.",
        "nearest": "The nearest I found is {}.",
        "near": "This is the nearest I found. Please check whether it answers your question:",
        "ask": "Ask {}.",
        "ask_leader": "Ask your manager or whoever is responsible for the documents.",
        "also": "You also ask ”{}?” I cannot find an answer to that in the documents.",
        "not_yet": "”{}” does not apply until {}.",
        "no_longer": "”{}” applied until {} and no longer does.",
        "overdue": "Note: ”{}” was due for review by {}.",
        "page": "page",
        "and": "and",
    },
}
