"""What is moved: lines, and the loads they are cut into."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class CargoClass(StrEnum):
    """What a load is made of, and therefore what can move it."""

    PEOPLE = "people"
    """Passengers; crews that stay with their vehicles are counted in the vehicles' loads."""
    WHEELED = "wheeled"
    """Wheeled vehicles that may drive."""
    CARRIED = "carried"
    """Vehicles that must be carried beyond a short drive: tracked, or over a class or size limit."""
    CONTAINER = "container"
    """20-foot containers."""
    PALLET = "pallet"
    """Pallets and bulk."""
    HELICOPTER = "helicopter"
    """Helicopters that fly themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of a carrier a load takes; every dimension is a whole number."""

    people: int = 0
    vehicles: int = 0
    lane_cm: int = 0
    mass_kg: int = 0
    teu: int = 0
    pallets: int = 0


DIMENSIONS: Final = ("people", "vehicles", "lane_cm", "mass_kg", "teu", "pallets")
"""The names shared by :class:`Size` and :class:`Capacity`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A part of a line that moves together and is never divided.

    Attributes
    ----------
    people, vehicles
        Counted at staging areas and road crossings; for people loads ``vehicles`` is 0, for vehicle loads ``people``
        are the crews that stay with them.
    item_mass_kg, item_height_cm, item_mlc
        The largest single item, for limits of carriers; None is unknown.
    itineraries
        The only itineraries it may take.
    """

    load_id: str
    uln: str
    cargo: CargoClass
    pieces: int
    people: int
    vehicles: int
    size: Size
    itineraries: tuple[str, ...]
    item_mass_kg: int | None = None
    item_height_cm: int | None = None
    item_mlc: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A movement requirement line: a unit increment that moves whole or not at all.

    Attributes
    ----------
    priority
        1 is the most urgent.
    weight
        What a day late costs in the objective.
    ready_min, required_min
        Ready to load at the origin; required at the destination.
    staging
        Where people and vehicles join before they move on; None where the line goes straight to its destination.
    join_window_min
        Most minutes between the first and the last arrival of the line at its staging area.
    integration_min
        Minutes between the last arrival there and the first departure.
    cohesion_window_min
        Most minutes between the first and the last arrival of the line at its destination.
    after
        Predecessors: lines that must have closed before any load of this one sets out.
    unit_type
        Type of unit that it is or is part of; None where nobody says. Nothing is planned by it.
    """

    uln: str
    name: str
    nation: str
    priority: int
    weight: int
    ready_min: int
    required_min: int
    origin: str
    destination: str
    loads: tuple[str, ...]
    staging: str | None = None
    parent_uln: str | None = None
    join_window_min: int = 0
    integration_min: int = 0
    cohesion_window_min: int = 0
    after: tuple[str, ...] = ()
    unit_type: str | None = None
