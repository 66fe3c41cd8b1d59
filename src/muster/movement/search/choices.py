"""The values of the search: what can be chosen for a load, and what each choice uses.

Theory of operation: the search asks the same few questions millions of times, so this module turns names into objects
that point at each other. A *hop* is a leg; a *service* is a hop made by one asset type, or by the load itself; an
*option* is a service that one load may take, with the assets it may use and the first minute that permits and caveats
allow.
"""

from dataclasses import dataclass, field
from typing import Final

from muster.movement.problem import AssetType, Leg, Line, Load
from muster.movement.search.diary import Diary, Trip
from muster.movement.search.permissions import Limit
from muster.movement.search.profiles import PeriodProfile, StepProfile

OWN_VEHICLES: Final = 0
"""Amount of a passage that stands for the vehicles of the load that makes it."""


@dataclass(slots=True, eq=False)
class Service:
    """A leg made by one asset type, or by loads themselves.

    Attributes
    ----------
    counted
        What a voyage counts on its way: profile, minutes after loading starts, amount.
    at_origin, at_destination
        What it occupies while it loads and unloads: profile, amount.
    counted_at_arrival
        What it counts when it arrives: profile, amount.
    origin_row, destination_row
        Rows in the mobility of its type.
    to_origin_min, from_destination_min
        Empty travel by row of the mobility.
    waits_en_route
        Whether it may arrive later than its travel takes; aircraft hold on the ground instead.
    """

    hop: "Hop"
    kind: AssetType | None
    horizon_min: int
    travel_min: int
    load_min: int = 0
    unload_min: int = 0
    capacity: tuple[int, ...] = ()
    single_class: bool = False
    waits_en_route: bool = True
    diaries: list[Diary] = field(default_factory=list)
    counted: list[tuple[PeriodProfile, int, int]] = field(default_factory=list)
    at_origin: list[tuple[StepProfile, int]] = field(default_factory=list)
    at_destination: list[tuple[StepProfile, int]] = field(default_factory=list)
    counted_at_arrival: list[tuple[PeriodProfile, int]] = field(default_factory=list)
    origin_row: int = 0
    destination_row: int = 0
    to_origin_min: list[int] = field(default_factory=list)
    from_destination_min: list[int] = field(default_factory=list)
    duration_min: int = field(init=False)

    def __post_init__(self) -> None:
        """Add up the least minutes from the start of loading to the end of unloading."""
        self.duration_min = self.load_min + self.travel_min + self.unload_min


@dataclass(slots=True, eq=False)
class Hop:
    """A leg: its services, the voyages on it, and how long loads had to wait for it lately.

    Attributes
    ----------
    starts_min, trips
        Voyages booked on it, by start of loading.
    vehicles_there, people_there
        Staging profiles of its destination.
    """

    leg: Leg
    vehicles_there: list[StepProfile]
    people_there: list[StepProfile]
    services: list[Service] = field(default_factory=list)
    starts_min: list[int] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    delay_min: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """A service that a load may take.

    Attributes
    ----------
    diaries
        Assets that it may use; none on a leg that it makes itself.
    share
        Largest share of the capacity of a voyage that the load takes, over the dimensions.
    least_start_min
        First minute at which it may start, for permits and caveats.
    limits
        Entries under a limiting caveat.
    """

    service: Service
    diaries: tuple[Diary, ...]
    allowed: frozenset[int]
    share: float
    least_start_min: int
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """An itinerary as hops: up to the staging area, and onward from there."""

    itinerary_id: str
    before: tuple[Hop, ...]
    onward: tuple[Hop, ...]
    is_staged: bool


@dataclass(slots=True, eq=False)
class Freight:
    """A load with its ways.

    Attributes
    ----------
    ways
        Those that overrides and lift leave.
    size
        In the order of :data:`muster.movement.problem.DIMENSIONS`.
    options
        What it may take on each hop of its ways.
    least_min
        Least minutes that it takes for each of those hops.
    locked_min
        Minutes at which it must begin its first leg; two different ones contradict each other.
    """

    index: int
    load: Load
    unit: "Unit"
    size: tuple[int, ...]
    locked_min: tuple[int, ...]
    ways: list[Way] = field(default_factory=list)
    options: dict[int, tuple[Option, ...]] = field(default_factory=dict)
    least_min: dict[int, int] = field(default_factory=dict)

    @property
    def is_staged(self) -> bool:
        """Whether it joins the rest of its line at a staging area."""
        return bool(self.ways) and self.ways[0].is_staged


@dataclass(slots=True, eq=False)
class Unit:
    """A line with its loads."""

    index: int
    line: Line
    freights: list[Freight] = field(default_factory=list)
