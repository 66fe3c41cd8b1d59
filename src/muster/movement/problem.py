"""The deployment problem: validated, frozen, complete. Whoever holds it needs nothing else to plan, check or explain.

Times are whole minutes after 00:00 UTC of C-day and run from 0 to ``horizon_min``. Identifiers are texts that people
recognise. Tuples keep the order of the tables they come from.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from muster.measures import Timeline
from muster.network import Mode

ALWAYS: Final = 0
"""The first minute of every calendar."""


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


class Carrier(StrEnum):
    """What makes a leg: the load itself, or a kind of shared lift asset."""

    CONVOY = "convoy"
    """Wheeled vehicles drive as a convoy."""
    TRACKS = "tracks"
    """Carried vehicles drive a short way on their own tracks or wheels."""
    ROTOR = "rotor"
    """Helicopters fly themselves."""
    TRAIN = "train"
    RORO_SHIP = "roro_ship"
    CONTAINER_SHIP = "container_ship"
    AIRCRAFT = "aircraft"
    BUS = "bus"
    TRUCK = "truck"
    HET = "het"
    """Heavy equipment transporters."""

    @property
    def is_self(self) -> bool:
        """Whether the load moves itself and needs no asset."""
        return self in _SELF


_SELF: Final = frozenset({Carrier.CONVOY, Carrier.TRACKS, Carrier.ROTOR})
SELF: Final = "self"
"""Key of :attr:`Leg.travel_min` on a leg that the load makes itself."""


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
    """Road vehicles over a crossing in a day, one direction."""
    CROSSING_WAGONS = "crossing_wagons"
    """Railway wagons over a crossing in a day, one direction."""
    CREDITS = "credits"
    """March credits: convoys admitted over a crossing in a day, both directions."""
    TRANSHIPMENT = "transhipment"
    """Wagons reloaded from one gauge to the other at a place in a day."""
    CAVEAT = "caveat"
    """People of a nation that may enter a country in a day under a caveat that limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of a carrier a load takes; every dimension is a whole number."""

    people: int = 0
    lane_cm: int = 0
    mass_kg: int = 0
    teu: int = 0
    pallets: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How much one voyage of an asset carries; None is a dimension that does not limit it."""

    people: int | None = None
    lane_cm: int | None = None
    mass_kg: int | None = None
    teu: int | None = None
    pallets: int | None = None


DIMENSIONS: Final = ("people", "lane_cm", "mass_kg", "teu", "pallets")
"""The names shared by :class:`Size` and :class:`Capacity`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetType:
    """A kind of lift asset as it is scheduled; buses and trucks are scheduled in packets that stay together.

    Attributes
    ----------
    carries
        The cargo classes it may carry.
    single_class
        Whether one voyage carries one cargo class only.
    item_mass_max_kg, item_height_max_cm, item_mlc_max
        Limits on each single vehicle or container; None does not limit.
    load_min, unload_min
        Minutes a loaded voyage spends loading and unloading, whatever it carries.
    daily_limit_min
        Minutes it may travel in one UTC day, for the crew; None does not limit.
    wagons
        Wagons counted at rail crossings and transhipment.
    vehicles
        Road vehicles counted at road crossings.
    mog_percent
        Working spot taken on an airfield, in hundredths of a wide-body spot.
    """

    asset_type_id: str
    carrier: Carrier
    name: str
    mobility_id: str
    carries: tuple[CargoClass, ...]
    capacity: Capacity
    single_class: bool = False
    item_mass_max_kg: int | None = None
    item_height_max_cm: int | None = None
    item_mlc_max: int | None = None
    load_min: int = 0
    unload_min: int = 0
    daily_limit_min: int | None = None
    wagons: int = 0
    vehicles: int = 0
    mog_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One lift asset: a train set, a ship, an aircraft, a packet of buses, trucks or transporters.

    Attributes
    ----------
    users
        Nations that may use it; empty is every nation.
    available_from_min, available_until_min
        All its voyages, empty ones too, lie in this period.
    """

    asset_id: str
    asset_type_id: str
    fleet_id: str
    nation: str
    home: str
    available_from_min: int
    available_until_min: int
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mobility:
    """How long an empty asset takes between places: one speed on one network.

    Attributes
    ----------
    places
        The places in the order of rows and columns.
    travel_min
        Minutes from row to column; None where there is no way.
    """

    mobility_id: str
    places: tuple[str, ...]
    travel_min: tuple[tuple[int | None, ...], ...]


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
class Leg:
    """A way from place to place by one kind of carrier.

    Attributes
    ----------
    travel_min
        Least minutes from departure to arrival, halts and rests included, by asset type; on a leg that the load makes
        itself the only key is :data:`SELF`. An asset type that is not named cannot make the leg.
    passages, countries
        In the order they are met. A leg that departs at minute ``d`` and travels ``t`` minutes meets a point
        ``x`` metres along at minute ``d + t * x // distance_m`` where ``t`` is ``travel_min`` of its carrier: a wait
        comes after the last passage.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """When a nation may enter a country; None is never."""

    permit_id: str
    nation: str
    country: str
    granted_min: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What a nation forbids its own, or allows only from a minute on, on routes and in areas.

    A leg is under the caveat when every condition that is given holds: it enters or begins in ``country``, it starts,
    ends at or goes over ``place``, it is made by ``mode``, the load is of ``cargo``.

    Attributes
    ----------
    allowed_from_min
        First minute at which such a leg may begin; None forbids it for good.
    """

    caveat_id: str
    nation: str
    country: str | None = None
    place: str | None = None
    mode: Mode | None = None
    cargo: CargoClass | None = None
    allowed_from_min: int | None = None


class OverrideKind(StrEnum):
    """What a planner can fix."""

    PIN = "pin"
    """The line's loads pass this place; with a mode, they leave it or reach it by that mode."""
    FORBID = "forbid"
    """The line's loads do not pass this place; with a mode, they neither leave it nor reach it by that mode."""
    FIX_ASSET = "fix_asset"
    """The line's loads use this asset wherever they use an asset of its carrier."""
    LOCK = "lock"
    """Every load of the line begins its first leg at this minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What the planner fixed: kept by the plan, and priced.

    Attributes
    ----------
    uln, nation
        Whom it binds: one line, or every line of a nation.
    """

    override_id: str
    kind: OverrideKind
    uln: str | None = None
    nation: str | None = None
    place: str | None = None
    mode: Mode | None = None
    cargo: CargoClass | None = None
    asset: str | None = None
    start_min: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place as the plan needs it: where it is and what people call it."""

    place: str
    name: str
    country: str
    latitude_deg: float
    longitude_deg: float
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A value that no source gives, adopted for this plan.

    Attributes
    ----------
    subject
        What the value belongs to: a factor, or a place and its attribute.
    """

    subject: str
    value: str
    unit: str
    low: str = ""
    high: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedFact:
    """A figure on which sources differ, and what the plan used."""

    subject: str
    used: str
    unit: str
    others: str
    sources: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWay:
    """A line that cannot move at all, found before planning, and why."""

    uln: str
    load_id: str | None
    reason: str


class InconsistentProblem(ValueError):
    """A problem that contradicts itself.

    Attributes
    ----------
    faults
        Every contradiction found, one sentence each.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything a deployment plan is made from and checked against.

    Attributes
    ----------
    scenario_hash
        SHA-256 over the scenario's tables, so that a plan names what it was made from.
    horizon_min
        Nothing happens at or after this minute.
    no_ways
        Lines that are in ``lines`` but have a load without any itinerary; no plan can move them.
    shapes
        Drawn course of a leg as (latitude, longitude) pairs, by leg; legs without one are drawn straight.
    """

    title: str
    case: str
    scenario_hash: str
    timeline: Timeline
    horizon_min: int
    sites: tuple[Site, ...]
    lines: tuple[Line, ...]
    loads: tuple[Load, ...]
    itineraries: tuple[Itinerary, ...]
    legs: tuple[Leg, ...]
    asset_types: tuple[AssetType, ...]
    assets: tuple[Asset, ...]
    mobilities: tuple[Mobility, ...]
    resources: tuple[Resource, ...]
    permits: tuple[Permit, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    overrides: tuple[Override, ...] = ()
    no_ways: tuple[NoWay, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    disputed_facts: tuple[DisputedFact, ...] = ()
    shapes: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a problem whose parts name what is not there."""
        faults = tuple(_contradictions(self))
        if faults:
            raise InconsistentProblem(faults)

    @cached_property
    def line_of(self) -> Mapping[str, Line]:
        """Lines by ULN."""
        return {line.uln: line for line in self.lines}

    @cached_property
    def load_of(self) -> Mapping[str, Load]:
        """Loads by id."""
        return {load.load_id: load for load in self.loads}

    @cached_property
    def itinerary_of(self) -> Mapping[str, Itinerary]:
        """Itineraries by id."""
        return {itinerary.itinerary_id: itinerary for itinerary in self.itineraries}

    @cached_property
    def leg_of(self) -> Mapping[str, Leg]:
        """Legs by id."""
        return {leg.leg_id: leg for leg in self.legs}

    @cached_property
    def asset_type_of(self) -> Mapping[str, AssetType]:
        """Asset types by id."""
        return {kind.asset_type_id: kind for kind in self.asset_types}

    @cached_property
    def asset_of(self) -> Mapping[str, Asset]:
        """Assets by id."""
        return {asset.asset_id: asset for asset in self.assets}

    @cached_property
    def mobility_of(self) -> Mapping[str, Mobility]:
        """Mobilities by id."""
        return {mobility.mobility_id: mobility for mobility in self.mobilities}

    @cached_property
    def site_of(self) -> Mapping[str, Site]:
        """Sites by place."""
        return {site.place: site for site in self.sites}

    @cached_property
    def resource_of(self) -> Mapping[str, Resource]:
        """Resources by id."""
        return {resource.resource_id: resource for resource in self.resources}

    @cached_property
    def resources_at(self) -> Mapping[tuple[str, ResourceKind], tuple[Resource, ...]]:
        """Resources by place and kind; one that is not there does not limit."""
        grouped: dict[tuple[str, ResourceKind], tuple[Resource, ...]] = {}
        for resource in self.resources:
            key = (resource.place, resource.kind)
            grouped[key] = (*grouped.get(key, ()), resource)
        return grouped


def _contradictions(problem: Problem) -> Iterator[str]:
    """Every reference in the problem that leads nowhere, and every value that means nothing, as one sentence each."""
    tables: Mapping[str, Collection[str]] = {
        "sites": problem.site_of,
        "legs": problem.leg_of,
        "itineraries": problem.itinerary_of,
        "lines": problem.line_of,
        "loads": problem.load_of,
        "asset types": problem.asset_type_of,
        "mobilities": problem.mobility_of,
    }
    for what, name, table in _references(problem):
        if name not in tables[table]:
            yield f'{what} names "{name}", which is not among the {table}; add it there or drop the reference.'
    for leg in problem.legs:
        if not leg.travel_min:
            yield f'Leg "{leg.leg_id}" has no asset type that can make it; drop the leg.'
    for line in problem.lines:
        if line.weight < 1:
            yield f'Line "{line.uln}" has weight {line.weight}; give at least 1.'
    for resource in problem.resources:
        if not resource.steps or resource.steps[0].from_min != ALWAYS:
            yield f'Resource "{resource.resource_id}" has no capacity at minute 0; begin its steps there.'


def _references(problem: Problem) -> Iterator[tuple[str, str, str]]:
    """Who names what in which table."""
    for leg in problem.legs:
        yield f'Leg "{leg.leg_id}"', leg.origin, "sites"
        yield f'Leg "{leg.leg_id}"', leg.destination, "sites"
    for itinerary in problem.itineraries:
        yield from ((f'Itinerary "{itinerary.itinerary_id}"', leg_id, "legs") for leg_id in itinerary.legs)
    for load in problem.loads:
        yield f'Load "{load.load_id}"', load.uln, "lines"
        yield from ((f'Load "{load.load_id}"', name, "itineraries") for name in load.itineraries)
    for line in problem.lines:
        yield from ((f'Line "{line.uln}"', load_id, "loads") for load_id in line.loads)
    for asset in problem.assets:
        yield f'Asset "{asset.asset_id}"', asset.asset_type_id, "asset types"
        yield f'Asset "{asset.asset_id}"', asset.home, "sites"
    for kind in problem.asset_types:
        yield f'Asset type "{kind.asset_type_id}"', kind.mobility_id, "mobilities"
