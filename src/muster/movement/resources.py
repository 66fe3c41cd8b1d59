"""What places can run out of, and when they have how much of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ALWAYS: Final = 0
"""The first minute of every calendar."""


class ResourceKind(StrEnum):
    """What a place can run out of."""

    RAMP = "ramp"
    """Railhead ramps in use: trains that load or unload at one time."""
    TRAINS = "trains"
    """Trains that leave or reach a railhead in a day."""
    BERTH_RORO = "berth_roro"
    BERTH_CONTAINER = "berth_container"
    MOG = "mog"
    """Working spots on an airfield in use at one time, in wide-body equivalents times 100."""
    STAGING_VEHICLES = "staging_vehicles"
    """Vehicles that wait at a place at one time."""
    STAGING_PEOPLE = "staging_people"
    """People that wait at a place at one time."""
    CROSSING_VEHICLES = "crossing_vehicles"
    """Road vehicles over a crossing in a day, both directions together."""
    CROSSING_WAGONS = "crossing_wagons"
    """Railway wagons over a crossing in a day, both directions together."""
    CREDITS = "credits"
    """March credits: convoys admitted over a crossing in a day, both directions together."""
    TRANSHIPMENT = "transhipment"
    """Wagons reloaded from one gauge to the other at a place in a day."""
    GANGS = "gangs"
    """Gangs of a party, with their handling gear, that load voyages at one time."""
    CAVEAT = "caveat"
    """People of a nation that may enter a country in a day under a caveat that limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityStep:
    """From this minute on a resource has this capacity, until the next step."""

    from_min: int
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What a place can run out of, with its calendar.

    Attributes
    ----------
    period_min
        None: the amounts in use at any one minute stay within the capacity. A number: the amounts that fall into each
        period ``[k * period_min, (k + 1) * period_min)`` stay within the capacity in force at the period's start.
    steps
        The calendar, first step at minute 0.
    hours
        Opening hours as minutes of the UTC day ``(opens, closes)``: every use starts and ends within them on one day;
        None is day and night.
    nation
        The only nation whose uses count, for a caveat; None is everyone.
    """

    resource_id: str
    place: str
    kind: ResourceKind
    steps: tuple[CapacityStep, ...]
    period_min: int | None = None
    hours: tuple[int, int] | None = None
    nation: str | None = None

    def capacity_at(self, minute: int) -> int:
        """Capacity in force at a minute."""
        in_force = self.steps[0].capacity
        for step in self.steps[1:]:
            if step.from_min > minute:
                break
            in_force = step.capacity
        return in_force
