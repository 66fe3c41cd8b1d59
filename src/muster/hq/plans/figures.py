"""Key figures of a plan as people read them: in their order, with their unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from muster.hq.plans.choices import Kind


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes
    ----------
    name
        As ``summary.json`` has it.
    form
        How the number is written.
    is_head
        Whether lists and comparisons show it.
    """

    name: str
    title: Any
    form: str = "{:,.0f}"
    is_head: bool = False


_SHARE: Final = "{:.1%}"
_DAYS: Final = "{:,.1f} d"
FIGURES: Final[Mapping[str, tuple[Figure, ...]]] = {
    Kind.MATCHING: (
        Figure("coverage", _("covered, by criticality"), _SHARE, is_head=True),
        Figure("bound", _("at most, whatever is matched"), _SHARE, is_head=True),
        Figure("gap", _("not proved"), _SHARE),
        Figure("requirements", _("requirements")),
        Figure("unfilled", _("requirements that are short"), is_head=True),
        Figure("offers", _("offers")),
        Figure("offers_used", _("offers that serve")),
        Figure("nations_serving", _("nations that serve"), is_head=True),
        Figure("people_in_place_max", _("people in place, at most")),
        Figure("people_needed", _("people needed, with those who rest and prepare")),
        Figure("people_offered", _("people offered")),
        Figure("sustained_months", _("months that the force lasts")),
        Figure("findings", _("rules found broken"), is_head=True),
        Figure("solve_s", _("worked out in"), "{:,.1f} s"),
    ),
    Kind.DEPLOYMENT: (
        Figure("closure_d", _("force closes, days after C-day"), _DAYS, is_head=True),
        Figure("closure_bound_d", _("not before, whatever is planned"), _DAYS, is_head=True),
        Figure("closure_gap", _("of it not proved"), _SHARE),
        Figure("weighted_lateness_d", _("lateness, weighted by priority"), _DAYS, is_head=True),
        Figure("lateness_bound_d", _("not less, whatever is planned"), _DAYS, is_head=True),
        Figure("lateness_gap", _("of the lateness not proved"), _SHARE),
        Figure("lines", _("lines")),
        Figure("unmoved", _("lines that do not move"), is_head=True),
        Figure("loads", _("loads")),
        Figure("people", _("people")),
        Figure("vehicles", _("vehicles")),
        Figure("mass_t", _("mass"), "{:,.0f} t"),
        Figure("assumptions", _("values that are assumed")),
        Figure("disputed_facts", _("facts in dispute")),
        Figure("findings", _("rules found broken"), is_head=True),
        Figure("solve_s", _("worked out in"), "{:,.1f} s"),
    ),
}
"""Figures of each kind of plan, in the order in which they are read."""


def told(kind: str, figures: Mapping[str, Any], *, heads_only: bool = False) -> list[tuple[str, str]]:
    """Title and value of each figure that there is.

    Examples
    --------
    >>> told("deployment", {"closure_d": 36.14, "lateness_gap": 0.68, "seed": 1}, heads_only=True)
    [('force closes, days after C-day', '36.1 d')]
    """
    return [
        (str(figure.title), figure.form.format(figures[figure.name]))
        for figure in FIGURES[kind]
        if figures.get(figure.name) is not None and (figure.is_head or not heads_only)
    ]
