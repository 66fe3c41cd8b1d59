"""The values of the search: what can be chosen for a load, and what each choice uses, as objects that know each other.

The words are those of :mod:`muster.movement.search.tables`, which holds the same as flat arrays.
"""

from dataclasses import dataclass, field

from muster.movement.problem import AssetType, Leg, Line, Load

Use = tuple[int, int, int]
"""Something taken: of which resource, in the order of the problem; how long after loading starts; how much."""


@dataclass(slots=True, eq=False)
class Service:
    """A leg made by one asset type, or by loads themselves.

    Attributes
    ----------
    kind
        The asset type; None for loads that move themselves.
    counted
        What a voyage counts on its way.
    at_origin, at_destination
        What it occupies while it loads and unloads.
    at_arrival
        What it counts when it arrives.
    assets
        All assets of the type, as places in the order of the problem.
    origin_row, destination_row
        Rows in the mobility of its type.
    waits_en_route
        Whether it may arrive later than its travel takes; aircraft hold on the ground instead.
    """

    hop: "Hop"
    kind: AssetType | None
    travel_min: int
    load_min: int = 0
    unload_min: int = 0
    capacity: tuple[int, ...] = ()
    single_class: bool = False
    waits_en_route: bool = True
    assets: tuple[int, ...] = ()
    counted: list[Use] = field(default_factory=list)
    at_origin: list[Use] = field(default_factory=list)
    at_destination: list[Use] = field(default_factory=list)
    at_arrival: list[Use] = field(default_factory=list)
    origin_row: int = 0
    destination_row: int = 0
    duration_min: int = field(init=False)

    def __post_init__(self) -> None:
        """Add up the least minutes from the start of loading to the end of unloading."""
        self.duration_min = self.load_min + self.travel_min + self.unload_min


@dataclass(slots=True, eq=False)
class Hop:
    """A leg and its services.

    Attributes
    ----------
    stays
        What loads that wait where it ends occupy.
    """

    index: int
    leg: Leg
    stays: list[Use]
    services: list[Service] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """A service that a load may take.

    Attributes
    ----------
    crew
        Assets that it may use, as places in the order of the problem; none on a leg that it makes itself.
    share
        Largest share of the capacity of a voyage that the load takes, over the dimensions.
    least_start_min
        First minute at which it may start, for permits and caveats.
    is_fixed
        Whether it starts at that minute and at no other, because it has happened.
    limits
        Entries under a limiting caveat.
    """

    service: Service
    crew: tuple[int, ...]
    share: float
    least_start_min: int
    is_fixed: bool
    limits: tuple[Use, ...]


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
    options: dict[Hop, tuple[Option, ...]] = field(default_factory=dict)
    least_min: dict[Hop, int] = field(default_factory=dict)

    @property
    def is_staged(self) -> bool:
        """Whether it joins the rest of its line at a staging area."""
        return bool(self.ways) and self.ways[0].is_staged


@dataclass(slots=True, eq=False)
class Unit:
    """A line with its loads.

    Attributes
    ----------
    after, followers
        Lines for which it waits, and lines that wait for it.
    turn
        How many lines close one after the other before it, at most.
    free_min
        Closure with every capacity unlimited; None for a line that cannot move at all.
    """

    index: int
    line: Line
    freights: list[Freight] = field(default_factory=list)
    after: tuple["Unit", ...] = ()
    followers: list["Unit"] = field(default_factory=list)
    turn: int = 0
    free_min: int | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the planner has fixed when any of its loads starts."""
        return any(freight.locked_min for freight in self.freights)
