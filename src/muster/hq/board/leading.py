"""Where something that the board tells can be acted upon: pages of plans, and rows of the scenario."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.hq.board.pictures import Warned, WarningKind


@dataclass(frozen=True, slots=True)
class Way:
    """A link with what it leads to."""

    word: str
    href: str


def ways_of(warned: Warned, plan: uuid.UUID, *, nation: str | None) -> Iterator[Way]:
    """Where a warning can be acted upon, the first choice first.

    Parameters
    ----------
    nation
        Of whoever looks; None is the headquarters, which makes plans.
    """
    match warned.kind:
        case WarningKind.LATE | WarningKind.UNMOVED:
            yield Way(_("why, and what is said of it"), _plan(plan, text=warned.line))
            yield Way(_("its rows"), _rows("lines", warned.line))
        case WarningKind.FULL:
            yield way_to_resource(warned.subject)
        case WarningKind.GATE:
            yield Way(_("the gate"), _rows("gates", warned.subject))
        case WarningKind.STALE:
            yield Way(_("make a plan"), reverse("plan-make")) if nation is None else Way(_("your part"), _plan(plan))
            yield Way(_("what changed"), reverse("records"))
        case WarningKind.NO_SYMBOL:
            table = "unit_types" if warned.subject else "lines"
            yield Way(_("types of units") if warned.subject else _("its rows"), _rows(table, warned.subject))


def way_to_resource(resource_id: str) -> Way:
    """The rows that say how much a place or a fleet can carry; places are named before the stroke."""
    place, stroke, _kind = resource_id.partition("/")
    return Way(_("the place"), _rows("places", place)) if stroke else Way(_("the fleet"), _rows("lift", resource_id))


def _plan(plan: uuid.UUID, **narrowed: str) -> str:
    return f"{reverse('plan', args=[plan])}?{urlencode(narrowed)}" if narrowed else reverse("plan", args=[plan])


def _rows(table: str, text: str) -> str:
    return f"{reverse('table', args=[table])}?{urlencode({'text': text})}" if text else reverse("table", args=[table])
