"""Plots as inline SVG: lines over a square of 0..1, bars with intervals, and a table of counts.

Every figure in a plot stands in a text beside it too, so that a reader without sight has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

_WIDE, _HIGH = 520, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 30, 14, 54
COLOURS = ("#0b5cad", "#b35900", "#2e7d32", "#7b1fa2", "#616161", "#c2185b")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """A title, and what is written at each place; places are 0..1 along the axis."""

    title: str
    marks: Sequence[tuple[float, str]]


SHARE = tuple((n / 4, f"{25 * n} %") for n in range(5))


def lines(series: Mapping[str, Sequence[Point]], x: Axis, y: Axis, title: str) -> str:
    """A plot of one or more lines; points are 0..1 in both directions."""
    parts = [_frame(x, y)]
    for number, points in enumerate(series.values()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{_x(a):.1f},{_y(b):.1f}" for a, b in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
    return _svg("".join(parts), title) + _legend(list(series))


def _frame(x: Axis, y: Axis) -> str:
    parts = []
    for place, text in y.marks:
        at = _y(place)
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{text}</text>')
    for place, text in x.marks:
        at, below = _x(place), _HIGH - _BOTTOM + 20
        parts.append(f'<text x="{at:.1f}" y="{below}" text-anchor="middle">{text}</text>')
    middle = (_LEFT + _WIDE - _RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{_HIGH - 6}" text-anchor="middle">{escape(x.title)}</text>'
    )
    return "".join(parts)


def _x(value: float) -> float:
    return _LEFT + value * (_WIDE - _LEFT - _RIGHT)


def _y(value: float) -> float:
    return _HIGH - _BOTTOM - value * (_HIGH - _TOP - _BOTTOM)


def _svg(inside: str, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" class="plot">'
        f"<title>{escape(title)}</title>{inside}</svg>"
    )


def _legend(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    rows = (
        f'<li><span style="background:{COLOURS[n % len(COLOURS)]}"></span>{escape(name)}</li>'
        for n, name in enumerate(names)
    )
    return f'<ul class="legend">{"".join(rows)}</ul>'


def bar(value: float, low: float, high: float) -> str:
    """A bar of 0..1 with its interval as a thin line."""
    clipped = [min(1.0, max(0.0, v)) * 100 for v in (value, low, high)]
    return (
        '<svg viewBox="0 0 100 10" class="bar" aria-hidden="true" preserveAspectRatio="none">'
        '<rect width="100" height="10" class="rest"/>'
        f'<rect width="{clipped[0]:.1f}" height="10" class="part"/>'
        f'<rect x="{clipped[1]:.1f}" width="{max(0.5, clipped[2] - clipped[1]):.1f}" y="4" '
        'height="2" class="span"/></svg>'
    )


def counts(rows: Sequence[str], cells: Mapping[tuple[str, str], int]) -> str:
    """A table of counts, right answers down and given ones across; darker is more."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in rows)
    body = "".join(_count_row(name, rows, cells) for name in rows)
    return (
        '<table class="counts"><thead><tr><th>Rigtigt ↓ &nbsp; Svaret →</th>'
        f"{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _count_row(name: str, columns: Sequence[str], cells: Mapping[tuple[str, str], int]) -> str:
    total = sum(cells.get((name, said), 0) for said in columns) or 1
    row = ""
    for said in columns:
        count = cells.get((name, said), 0)
        colour = "46,125,50" if name == said else "198,40,40"
        row += f'<td style="background:rgba({colour},{0.75 * count / total:.2f})">{count}</td>'
    return f'<tr><th scope="row">{escape(name)}</th>{row}</tr>'
