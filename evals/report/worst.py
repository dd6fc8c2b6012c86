"""The worst answers, each with what was found, what was said, and what has no support."""

from collections.abc import Sequence
from html import escape

from evals.entailment import why_not
from evals.measuring.abstention import score
from evals.measuring.cases import Case
from evals.measuring.citations import supported
from evals.measuring.nuggets import has
from evals.measuring.quotes import verbatim
from evals.measuring.verdict import asks_for_verdict, cost

MOST = 20
_SHOWN = 4  # passages that were found
_LONG = 260


def worst(cases: Sequence[Case]) -> list[Case]:
    """The answers that harm most: a wrong "ja", then what is wrong, then what was declined."""
    wrong = [case for case in cases if score(case) < 1]
    return sorted(wrong, key=lambda c: (-_harm(c), c.question.id))[:MOST]


def _harm(case: Case) -> float:
    broken = 10.0 if verbatim(case) is False else 0.0
    sure = case.record.chance or 0.0
    costs = cost(case) if asks_for_verdict(case) else 1
    return broken + costs + (2 if score(case) < 0 else 0) + sure


def told(case: Case, held_out: bool) -> str:
    """One of them as HTML. Of a question that is held out only the id and the fault are shown:
    who reads its words can no longer change the code.
    """
    question = case.question
    if held_out:
        return (
            f'<li class="held"><b>{escape(question.id)}</b>: {escape(_fault(case))} '
            f"({escape(case.corpus.name or 'egne dokumenter')})</li>"
        )
    return (
        f"<li><details><summary><b>{escape(question.question)}</b><br><small>"
        f"{escape(_fault(case))} · {escape(question.id)}</small></summary>"
        f"{_wanted(case)}{_said(case)}{_found(case)}</details></li>"
    )


def _fault(case: Case) -> str:
    question, record = case.question, case.record
    if not question.answerable:
        return "Blev besvaret, men intet i dokumenterne svarer"
    if not record.answered:
        return "Blev afvist, men dokumenterne svarer"
    if asks_for_verdict(case) and question.verdict != record.verdict:
        right, said = question.verdict or "ingen afgørelse", record.verdict or "ingen afgørelse"
        return f"Forkert afgørelse: {said}; det rigtige er {right}"
    lost = [n.any_of[0] for n in question.vital if not has(record.text, n)]
    return f"Mangler i svaret: {', '.join(lost)}" if lost else "Henviser ikke til en rigtig side"


def _wanted(case: Case) -> str:
    question = case.question
    rows = [f"<p>{escape(question.reason)}</p>"] if question.reason else []
    for gold in question.gold[:_SHOWN]:
        page = f", side {gold.page}" if gold.page else ""
        quote = f" ”{_cut(gold.quote)}”" if gold.quote else ""
        rows.append(f"<p>{escape(gold.document)}{page}{quote}</p>")
    return f"<h4>Det rigtige</h4>{''.join(rows) or '<p>Skulle være afvist.</p>'}"


def _said(case: Case) -> str:
    record = case.record
    if not record.claims:
        return f"<h4>Svaret</h4><p>{escape(record.text[:800])}</p>"
    rows = "".join(_claim(case, n) for n in range(len(record.claims)))
    return f"<h4>Svaret</h4><p>{_verdict(record.verdict)}</p><ul>{rows}</ul>"


def _verdict(verdict: str | None) -> str:
    return f"Afgørelse: <b>{verdict}</b>" if verdict else "Ingen afgørelse"


def _claim(case: Case, number: int) -> str:
    """A sentence, marked where it does not follow from what it cites."""
    claim = case.record.claims[number]
    text = escape(claim.text)
    places = "; ".join(
        escape(f"{c.document}, side {c.page}")
        for c in case.record.citations
        if c.number in claim.citations
    )
    if supported(case, claim):
        return f"<li>{text} <small>({places})</small></li>"
    quotes = " ".join(c.quote for c in case.record.citations if c.number in claim.citations)
    why = why_not(quotes, claim.text) if quotes else "ingen henvisning"
    return f"<li><mark>{text}</mark> <small>({places}; uden dækning: {escape(why)})</small></li>"


def _found(case: Case) -> str:
    rows = "".join(
        f"<li>{escape(f.document)}, side {f.page}: {_cut(f.text)}</li>"
        for f in case.context[:_SHOWN]
    )
    return f"<h4>Det, der blev fundet</h4><ol>{rows}</ol>" if rows else ""


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return escape(line if len(line) <= _LONG else f"{line[:_LONG]} …")
