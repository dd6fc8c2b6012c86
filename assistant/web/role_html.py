"""The pages that a role opens, as HTML: the feedback, and how an answer came to be."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from assistant.models import Language
from assistant.store.feedback import Feedback
from assistant.web.feedback import reason_in_words

NEWEST = 200  # feedback on the page; the file has all of it


def feedback_page(shown: Sequence[Feedback], hidden: int, language: Language) -> str:
    """The feedback `shown`; `hidden` is how many rest on documents that the reader may not see."""
    words = WORDS[language]
    note = f"<p>{words['hidden'].format(hidden)}</p>" if hidden else ""
    rows = "\n".join(_row(row, language) for row in shown) or f"<p>{words['none']}</p>"
    return f"""<h1>{words["feedback"]}</h1>
<p>{words["newest"].format(NEWEST)} <a href="/tilbagemeldinger.jsonl">{words["file"]}</a></p>
{note}
{rows}"""


def trace_page(question: str, record: Mapping[str, Any], language: Language) -> str:
    """How the answer to `question` came to be; the documents' own words stay as they are."""
    words, trace = WORDS[language], record["trace"]
    hits = "".join(
        f"<li><strong>{escape(hit['document'])}, {words['page']} {hit['page']}</strong> "
        f'({hit["score"]:.2f}): <span lang="da">{escape(hit["text"])}</span></li>'
        for hit in trace["hits"]
    )
    parts = ("rules", "lost", "chosen", "dropped")
    lists = "\n".join(_lines(words[part], trace[part], ' lang="da"') for part in parts)
    return f"""<h1>{words["trace"]}</h1>
<p><strong>{escape(question)}</strong></p>
<p class="svar">{escape(record["text"])}</p>
{_lines(words["standalone"], [trace["standalone"]])}
{lists}
<h2>{words["hits"]}</h2>
<ol>{hits}</ol>
<p>{words["engine"].format(escape(str(record["engine"])))}</p>"""


def _row(row: Feedback, language: Language) -> str:
    words = WORDS[language]
    at = datetime.fromtimestamp(row.made).astimezone()
    thumb = words["useful"]
    if not row.value:
        thumb = reason_in_words(row.reason, language) if row.reason else words["no_reason"]
    comment = f"<blockquote>{escape(row.comment)}</blockquote>" if row.comment else ""
    return f"""<article class="samtale">
<h2>{escape(row.question or words["no_question"])}</h2>
<p><strong>{escape(thumb)}</strong> · <time datetime="{at.isoformat()}">{at:{words["time"]}}</time>
· <a href="/svar/{escape(row.step)}">{words["trace"]}</a></p>
{comment}
<details><summary>{words["answer"]}</summary>
<p class="svar">{escape(str(row.answer.get("text", "")))}</p>
</details>
</article>"""


def _lines(title: str, lines: Sequence[str], attributes: str = "") -> str:
    shown = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    return f"<h2>{title}</h2><ul{attributes}>{shown}</ul>" if shown else ""


WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "feedback": "Tilbagemeldinger",
        "newest": "De nyeste {}.",
        "file": "Hent dem alle som JSON-linjer",
        "hidden": "{} vises ikke, fordi svaret bygger på dokumenter, som du ikke må se.",
        "none": "Her er ingen tilbagemeldinger endnu.",
        "useful": "Nyttigt",
        "no_reason": "Uden årsag",
        "no_question": "(spørgsmålet er ikke gemt)",
        "time": "%d.%m.%Y kl. %H.%M",
        "answer": "Svaret",
        "trace": "Sådan blev svaret til",
        "standalone": "Forstået som",
        "rules": "Regler, som afgør svaret",
        "lost": "Regler, som ikke tæller",
        "chosen": "Sætninger, som er brugt",
        "dropped": "Sætninger, som er valgt fra",
        "hits": "Afsnit, som søgningen fandt",
        "page": "side",
        "engine": "Svaret er skrevet af {}.",
        "gone_title": "Siden findes ikke",
        "gone": "Siden findes ikke, eller den er ikke for dig.",
        "outage_title": "Det kan ikke vises lige nu",
        "outage": "Databasen eller indekset kan ikke bruges lige nu. Prøv igen om lidt.",
    },
    "en": {
        "feedback": "Feedback",
        "newest": "The newest {}.",
        "file": "Download all of it as JSON lines",
        "hidden": "{} not shown, as the answer rests on documents that you may not see.",
        "none": "There is no feedback yet.",
        "useful": "Useful",
        "no_reason": "No reason given",
        "no_question": "(the question is not kept)",
        "time": "%d/%m/%Y %H:%M",
        "answer": "The answer",
        "trace": "How the answer came to be",
        "standalone": "Understood as",
        "rules": "Rules that decide the answer",
        "lost": "Rules that do not count",
        "chosen": "Sentences that were used",
        "dropped": "Sentences that were left out",
        "hits": "Passages that the search found",
        "page": "page",
        "engine": "The answer was written by {}.",
        "gone_title": "Page not found",
        "gone": "The page does not exist, or it is not for you.",
        "outage_title": "It cannot be shown right now",
        "outage": "The database or the index cannot be used right now. Please try again.",
    },
}
