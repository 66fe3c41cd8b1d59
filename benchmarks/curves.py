"""Curves over the size of a problem, drawn as SVG: one panel for each figure, one line for each family."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 300, 240, 56, 34, 44
_COLOURS: Final = ("#1f5fa8", "#b4551d", "#3d7a3d", "#7a3d73")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One figure over the number of lines.

    Attributes
    ----------
    curves
        Median and worst by number of lines, by family; both axes go by powers of ten.
    """

    title: str
    curves: Mapping[str, Sequence[tuple[int, float, float]]]


def draw(panels: Sequence[Panel]) -> str:
    """The panels beside each other: medians as lines, worst values as rings."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH * len(panels)} {_HEIGHT}" '
            'font-family="sans-serif" font-size="11">'
        ),
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for place, panel in enumerate(panels):
        parts += [f'<g transform="translate({_WIDTH * place} 0)">', *_panel(panel), "</g>"]
    return "\n".join((*parts, "</svg>\n"))


def _panel(panel: Panel) -> Iterable[str]:
    points = [point for curve in panel.curves.values() for point in curve]
    yield f'<text x="{_LEFT}" y="18" font-weight="bold">{escape(panel.title)}</text>'
    if not points:
        return
    low, high = floor(log10(min(min(p[1:]) for p in points))), ceil(log10(max(max(p[1:]) for p in points)))
    across = _scale(log10(min(p[0] for p in points)) - 0.1, log10(max(p[0] for p in points)) + 0.1, _LEFT, _WIDTH - 12)
    up = _scale(low, max(high, low + 1), _HEIGHT - _BOTTOM, _TOP)
    for power in range(low, max(high, low + 1) + 1):
        yield f'<path d="M{_LEFT} {up(10.0**power):.1f}H{_WIDTH - 12}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 6}" y="{up(10.0**power) + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
    for lines in sorted({p[0] for p in points}):
        yield f'<text x="{across(lines):.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{lines:,}</text>'
    yield f'<text x="{(_LEFT + _WIDTH) / 2}" y="{_HEIGHT - 10}" text-anchor="middle">lines</text>'
    for place, ((family, curve), colour) in enumerate(zip(panel.curves.items(), _COLOURS, strict=False)):
        course = "L".join(f"{across(lines):.1f} {up(median):.1f}" for lines, median, _ in curve)
        yield f'<path d="M{course}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for lines, median, worst in curve:
            yield f'<circle cx="{across(lines):.1f}" cy="{up(median):.1f}" r="3" fill="{colour}"/>'
            yield f'<circle cx="{across(lines):.1f}" cy="{up(worst):.1f}" r="4" fill="none" stroke="{colour}"/>'
        yield f'<text x="{_LEFT + 6 + 76 * place}" y="{_TOP}" fill="{colour}">{escape(family)}</text>'


def _scale(least: float, most: float, begin: float, end: float) -> Callable[[float], float]:
    """From a value to where it is drawn, by powers of ten."""
    return lambda value: begin + (log10(value) - least) / (most - least) * (end - begin)
