"""Where it goes: legs between places, and the chains of them that a load may take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from muster.movement.assets import Carrier
from muster.network import Mode

SELF: Final = "self"
"""Key of :attr:`Leg.travel_min` on a leg that the load makes itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A crossing that a leg goes over, and how far along."""

    crossing: str
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryEntry:
    """A country that a leg enters, and how far along; the country where the leg begins stands first, at 0."""

    country: str
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gangs:
    """How many gangs of a party load each voyage of a leg, from the start of loading to departure."""

    party: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A way from place to place by one kind of carrier.

    Attributes
    ----------
    travel_min
        Least minutes from departure to arrival, halts and rests included, by asset type; on a leg that the load makes
        itself the only key is :data:`SELF`. An asset type that is not named cannot make the leg.
    mlc_wheeled_max, mlc_tracked_max, height_max_cm
        Largest class of a wheeled and of a carried vehicle (roads) and largest height (roads and rails) that may pass;
        None does not limit.
    passages, countries
        In the order they are met. A leg that departs at minute ``d`` and travels ``t`` minutes meets a point
        ``x`` metres along at minute ``d + t * x // distance_m`` where ``t`` is ``travel_min`` of its carrier: a wait
        comes after the last passage.
    gangs
        What loads a voyage beside its own crew; the place of their resources is the party. Loads that make the leg
        themselves need none.
    """

    leg_id: str
    mode: Mode
    carrier: Carrier
    origin: str
    destination: str
    distance_m: int
    travel_min: Mapping[str, int]
    passages: tuple[Passage, ...] = ()
    countries: tuple[CountryEntry, ...] = ()
    mlc_wheeled_max: int | None = None
    mlc_tracked_max: int | None = None
    height_max_cm: int | None = None
    gangs: tuple[Gangs, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """A chain of legs from a line's origin to its destination.

    Attributes
    ----------
    staged_after
        How many legs bring the load to its staging area, where it joins the rest of its line; None where the load
        does not pass there.
    """

    itinerary_id: str
    legs: tuple[str, ...]
    staged_after: int | None = None
