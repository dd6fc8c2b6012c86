"""What was searched for and what was found, for the step above the answer."""

from collections.abc import Mapping

from assistant.models import Answer, Hit, Language
from assistant.web.links import SECTION_SEPARATOR, source_url
from assistant.web.markdown import plain

_SHOWN_HITS = 8
_SHOWN_RULES = 6


def search_report(
    question: str, answer: Answer, titles: Mapping[str, str], language: Language = "da"
) -> str:
    """The report as markdown; `titles` has the title of each document by its file name."""
    words = _WORDS[language]
    if answer.status in ("blocked", "error"):
        return words["none"]
    head = f"{words['searched']} *{plain(answer.trace.standalone or question)}*"
    hits = answer.trace.hits[:_SHOWN_HITS]
    rules = _rule_lines(answer, words)
    if not (hits or rules):
        return f"{head}\n\n{words['nothing']}"
    found = words["declined" if answer.status == "declined" else "found"]
    best = max((hit.score for hit in hits), default=1.0)
    lines = (_hit_line(hit, titles, best, language) for hit in hits)
    return "\n".join((head, *rules, "", found, "", *lines, *_model_lines(answer, words)))


def _rule_lines(answer: Answer, words: Mapping[str, str]) -> list[str]:
    """The rules that the verdict follows from, and those that do not count for it."""
    lines: list[str] = []
    for heading, rules in (("rules", answer.trace.rules), ("lost", answer.trace.lost)):
        if rules:
            shown = (f"- {plain(rule)}" for rule in rules[:_SHOWN_RULES])
            lines += ["", words[heading], "", *shown]
    return lines


def _model_lines(answer: Answer, words: Mapping[str, str]) -> list[str]:
    """What a chat model wrote that is not shown as it wrote it, and why."""
    model = answer.trace.model
    if model is None or not model.dropped:
        return []
    lines = (f"- {plain(dropped)}" for dropped in model.dropped[:_SHOWN_RULES])
    return ["", words["model"], "", *lines]


def match_in_words(score: float, best: float, language: Language = "da") -> str:
    """A score as a reader understands it: beside the best one, for scores of two questions do not
    compare."""
    words = _WORDS[language]
    share = score / best if best > 0 else 0.0
    if share >= 0.999:
        return words["best"]
    return words["near"] if share >= 0.75 else words["less"]


def _hit_line(hit: Hit, titles: Mapping[str, str], best: float, language: Language) -> str:
    passage = hit.passage
    title = plain(titles.get(passage.document, passage.document))
    section = SECTION_SEPARATOR.join(passage.section)
    address = source_url(passage.document, passage.page, passage.text, section)
    place = f"{title}, {_WORDS[language]['page']} {passage.page}"
    return f"- [{place}]({address}) – {match_in_words(hit.score, best, language)}"


_WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "none": "Der blev ikke søgt.",
        "searched": "Søgte efter:",
        "nothing": "Fandt ingen steder, der passer.",
        "found": "Fandt disse steder, de bedste først:",
        "declined": "Fandt disse steder, men ingen af dem svarer på spørgsmålet:",
        "rules": "Regler, der afgør det:",
        "lost": "Regler, der ikke tæller her:",
        "model": "Det skrev sprogmodellen, som ikke vises sådan:",
        "best": "passer bedst",
        "near": "passer næsten lige så godt",
        "less": "passer mindre godt",
        "page": "side",
    },
    "en": {
        "none": "Nothing was searched for.",
        "searched": "Searched for:",
        "nothing": "Found no place that matches.",
        "found": "Found these places, the best ones first:",
        "declined": "Found these places, but none of them answers the question:",
        "rules": "Rules that decide it:",
        "lost": "Rules that do not count here:",
        "model": "The language model wrote this, which is not shown as such:",
        "best": "matches best",
        "near": "matches almost as well",
        "less": "matches less well",
        "page": "page",
    },
}
