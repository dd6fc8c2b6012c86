"""The page as a whole: headline, plots, every figure, the worst answers, what was used."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from evals.baseline import Change, changes
from evals.names import NAMES, danish, in_order, meaning, of_one_field
from evals.report import plots
from evals.report.worst import told, worst
from evals.result import Result
from evals.suite import Run

_STYLE = Path(__file__).with_name("page.css")
_CARDS = ("citations.right-page", "verdict.right", "abstention.declined", "abstention.needless")
_SLICES = 15  # that are shown before a click
_LINES = ("fused", "lexical", "dense")
_NAMES = {"fused": "samlet", "lexical": "ord", "dense": "mening"}


def page(run: Run, result: Result, before: Result | None) -> str:
    """The report as one HTML file, with its style in it."""
    changed = {c.name: c for c in changes(result, before)} if before else {}
    body = "".join(
        (
            _head(result, changed),
            _pictures(result),
            _slices(result),
            _errors(result),
            _figures(result, changed),
            _worst(run),
            _used(result),
        )
    )
    return (
        '<!doctype html><html lang="da"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Må vi? – hvor gode er svarene?</title>"
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body>{body}</body></html>\n"
    )


def _head(result: Result, changed: dict[str, Change]) -> str:
    right = result["measures"]["right"]
    value, interval = right["value"], right["interval"]
    cards = "".join(_card(name, result) for name in _CARDS)
    return (
        "<h1>Må vi? – hvor gode er svarene?</h1>"
        f'<p class="soft">Målt på {result["questions"]} spørgsmål.</p>'
        f'<div class="head"><span class="big">{_percent(value)}</span><div>'
        "<b>rigtigt i alt</b><br>"
        f"Det sande tal ligger med 95 % sikkerhed mellem {_percent(interval[0])} og "
        f"{_percent(interval[1])}.<br>{_since(changed.get('right'))}</div></div>"
        "<p>Et spørgsmål tæller som rigtigt, når svaret har den rigtige afgørelse og de vigtige "
        "fakta, eller når det bliver afvist, fordi dokumenterne ikke svarer.</p>"
        f'<div class="cards">{cards}</div>'
    )


def _card(name: str, result: Result) -> str:
    measure = result["measures"].get(name)
    if measure is None or measure["value"] is None:
        return f'<div class="card"><b>–</b>{escape(danish(name))}<br><small>ikke målt</small></div>'
    low, high = measure["interval"]
    return (
        f'<div class="card"><b>{_percent(measure["value"])}</b>{escape(danish(name))}<br>'
        f"<small>{_percent(low)} til {_percent(high)}, {measure['of']} spørgsmål</small></div>"
    )


def _since(change: Change | None) -> str:
    if change is None:
        return ""
    low, high = change.interval
    if low <= 0 <= high:
        return f"Ændring siden sidst: {change.difference:+.1%}, som kan være tilfældig."
    name = "good" if change.difference > 0 else "bad"
    return f'<span class="{name}">Ændring siden sidst: {change.difference:+.1%}.</span>'


def _pictures(result: Result) -> str:
    parts = [_recall(result), _risk(result)]
    cells = {(row["right"], row["said"]): row["count"] for row in result["confusion"]}
    if any(cells.values()):
        names = list(dict.fromkeys(right for right, _ in cells))
        parts.append(
            "<div><h3>Ja, nej eller betinget</h3><p>Rækken er det rigtige, kolonnen det, Må vi? "
            f'svarede.</p><div class="scroll">{plots.counts(names, cells)}</div></div>'
        )
    return f'<h2>I billeder</h2><div class="plots">{"".join(parts)}</div>'


def _recall(result: Result) -> str:
    found = result["recall_by_depth"]
    depths = found["k"]
    series = {
        _NAMES[name]: [(k / depths[-1], v) for k, v in zip(depths, found[name], strict=True)]
        for name in _LINES
        if name in found
    }
    if not series:
        return ""
    x = plots.Axis("afsnit, der er fundet", [(k / depths[-1], str(k)) for k in depths])
    picture = plots.lines(series, x, plots.Axis("", plots.SHARE), "Fundne steder")
    last = {name: _percent(points[-1][1]) for name, points in series.items()}
    told_ = ", ".join(f"{name} {share}" for name, share in last.items())
    return (
        "<div><h3>Finder søgningen de rigtige steder?</h3><p>Andelen af alle steder, der svarer, "
        f"blandt de første afsnit. Blandt ti: {told_}.</p>{picture}</div>"
    )


def _risk(result: Result) -> str:
    points = [(x, y) for x, y in result["risk_by_coverage"]]
    if not points:
        return ""
    shares = plots.Axis("andel af spørgsmålene, der får et svar", plots.SHARE)
    picture = plots.lines({"": points}, shares, plots.Axis("", plots.SHARE), "Fejl og dækning")
    covered, wrong = points[-1]
    return (
        "<div><h3>Hvor tit er svarene forkerte?</h3><p>Svarede Må vi? kun, når det var mest "
        "sikkert, ville fejlene følge kurven. Nu får "
        f"{_percent(covered)} et svar, og {_percent(wrong)} af dem er forkerte.</p>{picture}</div>"
    )


def _slices(result: Result) -> str:
    rows = sorted(result["slices"].items(), key=lambda pair: pair[1]["right"])
    if not rows:
        return ""
    more = rows[_SLICES:]
    rest = f"<details><summary>De øvrige {len(more)}</summary>{_slice_table(more)}</details>"
    return (
        "<h2>Hvor er det bedst og dårligst?</h2><p>Andelen, der er rigtig, for hver slags "
        f"spørgsmål, de dårligste først.</p>{_slice_table(rows[:_SLICES])}{rest if more else ''}"
    )


def _errors(result: Result) -> str:
    rows = sorted(result.get("errors_kept", {}).items(), key=lambda pair: pair[1]["right"])
    if not rows:
        return ""
    return (
        "<h2>Fejl i en sprogmodels svar</h2><p>Andelen af plantede fejl, der ikke når brugeren, "
        f"for hver slags fejl, de dårligste først.</p>{_slice_table(rows, 'Fejl', 'Fanget')}"
    )


def _slice_table(
    rows: Sequence[tuple[str, Result]], what: str = "Spørgsmål", share: str = "Rigtigt"
) -> str:
    body = "".join(
        f'<tr><td>{escape(name)}</td><td class="number">{_percent(s["right"])}</td>'
        f'<td class="wide">{plots.bar(s["right"], *s["interval"])}</td>'
        f'<td class="number">{_span(s["interval"])}</td><td class="number">{s["of"]}</td></tr>'
        for name, s in rows
    )
    return (
        '<div class="scroll"><table><thead><tr>'
        f'<th>{what}</th><th class="number">{share}</th><th class="wide"></th>'
        '<th class="number">95 %</th><th class="number">Antal</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _figures(result: Result, changed: dict[str, Change]) -> str:
    body = "".join(_figure_row(name, result, changed) for name in in_order(result["measures"]))
    missing = "".join(
        f"<tr><td>{escape(danish(name))}<br><small>{escape(meaning(name))}</small></td>"
        '<td class="number">ikke målt</td><td></td><td></td><td></td></tr>'
        for name in result["not_measured"]
        if name in NAMES
    )
    return (
        '<h2>Alle tal</h2><div class="scroll"><table><thead><tr><th>Mål</th>'
        '<th class="number">Tal</th><th class="number">95 %</th><th class="number">Antal</th>'
        '<th class="number">Siden sidst</th></tr></thead>'
        f"<tbody>{body}{missing}</tbody></table></div>"
    )


def _figure_row(name: str, result: Result, changed: dict[str, Change]) -> str:
    measure = result["measures"][name]
    if measure["value"] is None or of_one_field(name):
        return ""
    change = changed.get(name)
    since = f"{_number(change.difference, sign=True)}" if change and change.difference else ""
    return (
        f"<tr><td>{escape(danish(name))}<br><small>{escape(meaning(name))}</small></td>"
        f'<td class="number">{_number(measure["value"])}</td>'
        f'<td class="number">{_span(measure["interval"], share=False)}</td>'
        f'<td class="number">{measure["of"]}</td><td class="number">{since}</td></tr>'
    )


def _worst(run: Run) -> str:
    held = {q.id for s in run.sets if s.held_out for q in s.questions}
    chosen = worst(run.cases)
    rows = "".join(told(case, case.question.id in held) for case in chosen)
    why = (
        "<p>Spørgsmålene i de tilbageholdte sæt vises ikke: Den, der ændrer koden, må ikke kende "
        "dem. Kør rapporten på tuning-sættene for at se dem helt.</p>"
        if any(case.question.id in held for case in chosen)
        else "<p>Åbn et spørgsmål for at se det rigtige, svaret og det, der blev fundet. "
        "<mark>Markeret</mark> er det, der ikke har dækning i henvisningen.</p>"
    )
    return f'<h2>De {len(chosen)} dårligste svar</h2>{why}<ol class="worst">{rows}</ol>'


def _used(result: Result) -> str:
    used = result["configuration"]
    rows = list(_configuration(used, result))
    body = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows)
    return f'<h2>Sådan er der målt</h2><div class="scroll"><table>{body}</table></div>'


def _configuration(used: Result, result: Result) -> Iterator[tuple[str, str]]:
    engine = "dokumenternes egne sætninger" if used["engine"] == "extractive" else used["engine"]
    yield "Svarene skrives af", engine
    yield "Søgning i mening", used["embedder"]
    yield "Spørgsmålene er stillet den", used["day"]
    yield "Sæt", _listed([f"{name} ({count})" for name, count in result["sets"].items()])
    yield "Indeks", _listed([f"{name or 'eget'} {mark}" for name, mark in used["indexes"].items()])
    if used["without"]:
        yield "Slukket", used["without"]
    spent = result["timings"]
    if spent["median_ms"] is not None:
        yield "Tid pr. svar", f"{spent['median_ms']} ms, 95 % under {spent['p95_ms']} ms"
    yield "Ord til sprogmodel (tokens)", str(spent["tokens"] or "ingen")
    yield "Intervaller", "Wilson for andele, ellers bootstrap over dokumenter (10.000 træk)"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _number(value: float, *, sign: bool = False) -> str:
    return f"{value:+.3f}".replace(".", ",") if sign else f"{value:.3f}".replace(".", ",")


def _span(interval: Sequence[float], *, share: bool = True) -> str:
    low, high = interval
    if share:
        return f"{_percent(low)}–{_percent(high)}"
    return f"{_number(low)}–{_number(high)}"
