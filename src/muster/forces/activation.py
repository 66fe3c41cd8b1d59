"""Activation: from warning over request to order, each on its day; the order starts the clock of readiness."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from muster.measures import MINUTES_PER_DAY, DayMark, DayOffset, Timeline


class ActivationState(StrEnum):
    """How far the force is called up; a later state follows the one before."""

    WARNING = "warning"
    REQUEST = "request"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """A row of the ``activations`` table: a state is reached on a day.

    Attributes
    ----------
    nation
        Nation that is called up; None is every nation that no row names.
    """

    state: ActivationState
    at: DayOffset
    nation: str | None = None
    source: str = ""


ORDER_AT_G_DAY = Activation(state=ActivationState.ORDER, at=DayOffset(DayMark.G, 0))
"""What holds where a scenario says nothing: the order is given on G-day."""


def order_day(nation: str, activations: Iterable[Activation], timeline: Timeline) -> int | None:
    """Day after C-day on which a nation gets the order; None where its order is not dated.

    The rows of the nation count before those of everyone; without any row of an order it is G-day.
    """
    orders = [row for row in activations if row.state is ActivationState.ORDER]
    own = [row for row in orders if row.nation == nation] or [row for row in orders if row.nation is None]
    if not own and any(row.nation in {nation, None} for row in activations):
        return None
    given = own or [ORDER_AT_G_DAY]
    return min(timeline.minute(row.at) for row in given) // MINUTES_PER_DAY
