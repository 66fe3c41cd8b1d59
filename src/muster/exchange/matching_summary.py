"""Key figures of a matching: what ``summary.json`` holds, and how a terminal shows them."""

from collections.abc import Iterator, Mapping
from typing import Any

import muster
from muster.forces.matching.reporting.answer_rows import WorthRow
from muster.forces.matching.reporting.report import AimRow, Report


def summarise(told: Report, *, seed: int) -> dict[str, Any]:
    """Key figures of a matching; shares are 0 to 1, and None is not proved or not worked out."""
    figures, sustained = told.figures, told.sustained
    return {
        "title": told.title,
        "case": told.case,
        "months": told.months,
        "gate_scenario": told.gate_scenario,
        "coverage": _share(figures.coverage),
        "bound": _share(figures.bound),
        "gap": _share(figures.gap),
        "requirements": figures.requirements,
        "needed": figures.needed,
        "unfilled": figures.needed - figures.filled,
        "offers": figures.offers,
        "offers_used": figures.offers_used,
        "nations": figures.nations,
        "nations_serving": figures.nations_serving,
        "people_in_place_max": figures.people_max,
        "rotation_sustained": None if sustained is None else sustained.is_sustained,
        "sustained_months": None if sustained is None else sustained.months,
        "people_needed": None if sustained is None else sustained.people_needed,
        "people_offered": None if sustained is None else sustained.people_offered,
        "aims": [_aim(aim) for aim in told.aims],
        "findings": len(told.findings),
        "cut_short": list(told.cut_short),
        "solve_s": round(figures.solve_s, 2),
        "seed": seed,
        "version": muster.__version__,
        "scenario_hash": told.scenario_hash,
    }


def show(summary: Mapping[str, Any]) -> Iterator[str]:
    """One line for each figure and each aim."""
    for name, value in summary.items():
        if name == "aims":
            yield from (row(f"aim {aim['aim']}", _aim_words(aim)) for aim in value)
        elif name in {"coverage", "bound", "gap"}:
            yield row(name, "not proved" if value is None else percent(value))
        elif name == "rotation_sustained":
            yield row(name, {True: "yes", False: "no", None: "not worked out"}[value])
        elif name == "cut_short":
            yield from (row("cut short", answer) for answer in value)
        else:
            yield row(name, "not worked out" if value is None else value)


def show_worths(rows: tuple[WorthRow, ...], most: int) -> Iterator[str]:
    """One line for each change, with the points of coverage that it is worth."""
    for worth in rows[:most]:
        proved = "" if worth.is_proved else f" (at most {100 * worth.share_bound:+.2f})"
        note = f", {worth.note}" if worth.note else ""
        yield f"{100 * worth.share:+7.2f} points{proved}  {worth.says}{note}"


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{share:.2%}"


def row(name: str, value: object) -> str:
    """A figure with its name before it."""
    return f"{name:<24}{value}" if len(name) < 24 else f"{name} {value}"


def _aim(aim: AimRow) -> dict[str, Any]:
    bound, gap = aim.bound, aim.gap
    return {
        "aim": aim.aim.value,
        "value": round(aim.value, 3),
        "bound": None if bound is None else round(bound, 3),
        "gap": _share(gap),
        "proved": aim.is_proved,
    }


def _aim_words(aim: Mapping[str, Any]) -> str:
    if aim["proved"]:
        return f"{aim['value']:,.0f}, proved"
    return f"{aim['value']:,.0f}" + (
        "" if aim["bound"] is None else f", bound {aim['bound']:,.0f}, gap {aim['gap']:.2%}"
    )


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
