"""Families of generated problems: the few numbers that make a problem hard to plan, fixed before anything is tuned.

In ``dominant`` the road borders have half of what is asked of them on every day that lines become ready, vehicles can
only drive over them, and everything else is ample. In ``series`` trains, the change of gauge, borders, march credits,
coaches and transporters are all narrow, one after the other.

Every later change to a number here is told in ``docs/benchmarks/generator.md`` with the results before and after.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """How crowded problems are, what moves and by what, and how large the network is.

    Attributes
    ----------
    border_crowding
        Vehicles that ask for the road borders over the span of ready dates, as a multiple of what these let through in
        that time.
    crowding
        The same of march credits, trains, the change of gauge and every fleet.
    drives_only
        Whether wheeled vehicles can only drive; otherwise they may take the train as well, and half are expected to.
    lines_a_day
        Lines that become ready on a day; more lines take longer, they do not crowd more.
    slack_d
        Least and most days between ready and required date.
    wheeled_loads, carried_loads
        Fewest and most loads of each class in a line; beside them every line has one load of people.
    garrisons
        Places where lines start, in three countries.
    borders
        Road borders, each with a staging yard and two camps behind it; at least two.
    """

    border_crowding: float
    crowding: float
    drives_only: bool
    lines_a_day: int = 40
    slack_d: tuple[int, int] = (3, 10)
    wheeled_loads: tuple[int, int] = (1, 4)
    carried_loads: tuple[int, int] = (0, 2)
    garrisons: int = 12
    borders: int = 3


FAMILIES: Final[Mapping[str, Family]] = {
    "dominant": Family(border_crowding=2.0, crowding=0.4, drives_only=True),
    "series": Family(border_crowding=1.25, crowding=1.25, drives_only=False),
}
