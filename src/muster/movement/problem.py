"""The deployment problem: validated, frozen, complete. Whoever holds it needs nothing else to plan, check or explain.

Times are whole minutes after 00:00 UTC of C-day and run from 0 to ``horizon_min``. Identifiers are texts that people
recognise. Tuples keep the order of the tables they come from.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from muster.measures import Timeline
from muster.movement.assets import Asset, AssetType, Capacity, Carrier, Mobility
from muster.movement.cargo import DIMENSIONS, CargoClass, Line, Load, Size
from muster.movement.legs import SELF, CountryEntry, Gangs, Itinerary, Leg, Passage
from muster.movement.permissions import Caveat, Override, OverrideKind, Permit
from muster.movement.resources import ALWAYS, CapacityStep, Resource, ResourceKind
from muster.movement.turns import find_ring

__all__ = [
    "ALWAYS",
    "DIMENSIONS",
    "SELF",
    "Asset",
    "AssetType",
    "Assumption",
    "Capacity",
    "CapacityStep",
    "CargoClass",
    "Carrier",
    "Caveat",
    "CountryEntry",
    "DisputedFact",
    "Gangs",
    "InconsistentProblem",
    "Itinerary",
    "Leg",
    "Line",
    "Load",
    "Mobility",
    "NoWay",
    "Override",
    "OverrideKind",
    "Passage",
    "Permit",
    "Problem",
    "Resource",
    "ResourceKind",
    "Site",
    "Size",
]


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
    if ring := find_ring({line.uln: line.after for line in problem.lines}):
        yield f"Lines {' after '.join(reversed(ring))} wait for one another; let one of them go first."
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
        yield from ((f'Line "{line.uln}"', uln, "lines") for uln in line.after)
    for asset in problem.assets:
        yield f'Asset "{asset.asset_id}"', asset.asset_type_id, "asset types"
        yield f'Asset "{asset.asset_id}"', asset.home, "sites"
    for kind in problem.asset_types:
        yield f'Asset type "{kind.asset_type_id}"', kind.mobility_id, "mobilities"
