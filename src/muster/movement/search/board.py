"""The problem as the search sees it: every leg with what it uses, every load with its ways, looked up once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final

from muster.movement.problem import (
    DIMENSIONS,
    SELF,
    AssetType,
    CargoClass,
    Carrier,
    Leg,
    Line,
    Load,
    OverrideKind,
    Problem,
    ResourceKind,
)
from muster.movement.search.choices import Freight, Hop, Option, Service, Unit, Use, Way
from muster.movement.search.compiled import NEVER
from muster.movement.search.permissions import (
    can_carry,
    can_pass,
    is_bound,
    least_start_min,
    locked_starts,
    met_after_min,
    obeys_overrides,
)
from muster.movement.search.so_far import NOTHING, SoFar
from muster.movement.search.tables import OWN_PEOPLE, OWN_VEHICLES
from muster.movement.search.uncongested import uncongested_min
from muster.movement.turns import in_turn

UNLIMITED: Final = NEVER
_ALONGSIDE: Final = {
    Carrier.TRAIN: ResourceKind.RAMP,
    Carrier.RORO_SHIP: ResourceKind.BERTH_RORO,
    Carrier.CONTAINER_SHIP: ResourceKind.BERTH_CONTAINER,
    Carrier.AIRCRAFT: ResourceKind.MOG,
}
_ROAD: Final = frozenset({Carrier.CONVOY, Carrier.TRACKS, Carrier.BUS, Carrier.TRUCK, Carrier.HET})
_COUNTED: Final = frozenset(
    {
        ResourceKind.TRAINS,
        ResourceKind.CROSSING_VEHICLES,
        ResourceKind.CROSSING_WAGONS,
        ResourceKind.CREDITS,
        ResourceKind.TRANSHIPMENT,
        ResourceKind.CAVEAT,
    }
)
"""Kinds whose uses fall at one minute; without a period each minute stands alone."""


class Board:
    """All hops and lines of a problem.

    Attributes
    ----------
    is_counted
        Whether amounts of a resource fall into periods, or are in use at any minute; in the order of the problem.
    rows
        Row of each place, by mobility.
    """

    def __init__(self, problem: Problem, so_far: SoFar = NOTHING) -> None:
        self.problem, self.so_far = problem, so_far
        self.is_counted = [r.period_min is not None or r.kind in _COUNTED for r in problem.resources]
        self._resource = {r.resource_id: index for index, r in enumerate(problem.resources)}
        self.rows = {m.mobility_id: {place: row for row, place in enumerate(m.places)} for m in problem.mobilities}
        fleets: dict[str, list[int]] = defaultdict(list)
        for index, asset in enumerate(problem.assets):
            fleets[asset.asset_type_id].append(index)
        self._fleets = {name: tuple(fleet) for name, fleet in fleets.items()}
        self.hops = {leg.leg_id: self._hop(index, leg) for index, leg in enumerate(problem.legs)}
        self._fixes = [override for override in problem.overrides if override.kind is OverrideKind.FIX_ASSET]
        self._least_starts: dict[tuple[str, CargoClass, int], int] = {}
        self._crews: dict[tuple[str, int, frozenset[str]], tuple[int, ...]] = {}
        self._options: dict[tuple[Hashable, ...], tuple[Option, ...]] = {}
        self._laid_ways: dict[tuple[str, bool], Way] = {}
        self._ways = {itinerary.itinerary_id: itinerary for itinerary in problem.itineraries}
        self.units = [self._unit(index, line) for index, line in enumerate(problem.lines)]
        self.freights = [freight for unit in self.units for freight in unit.freights]
        for index, freight in enumerate(self.freights):
            freight.index = index
        self._line_up()

    def _line_up(self) -> None:
        """Tell each line for whom it waits, and how early it could close."""
        unit_of = {unit.line.uln: unit for unit in self.units}
        for unit in self.units:
            unit.after = tuple(unit_of[uln] for uln in unit.line.after)
            for other in unit.after:
                other.followers.append(unit)
        for unit in self.in_turn(self.units):
            unit.turn = max((other.turn + 1 for other in unit.after), default=0)
            unit.free_min = uncongested_min(unit)

    def in_turn(self, order: Iterable[Unit]) -> list[Unit]:
        """The same order, with lines that wait for others behind those."""
        return in_turn(order, {unit: unit.after for unit in self.units})

    def _uses(self, place: str, kind: ResourceKind, after_min: int, amount: int) -> Iterator[Use]:
        for resource in self.problem.resources_at.get((place, kind), ()):
            yield self._resource[resource.resource_id], after_min, amount

    def _hop(self, index: int, leg: Leg) -> Hop:
        there = leg.destination
        stays = [
            *self._uses(there, ResourceKind.STAGING_VEHICLES, 0, OWN_VEHICLES),
            *self._uses(there, ResourceKind.STAGING_PEOPLE, 0, OWN_PEOPLE),
        ]
        hop = Hop(index, leg, [use for use in stays if not self.is_counted[use[0]]])
        for name, travel_min in leg.travel_min.items():
            service = self._own(hop, travel_min) if name == SELF else self._lifted(hop, name, travel_min)
            if service is not None:
                hop.services.append(service)
        return hop

    def _own(self, hop: Hop, travel_min: int) -> Service:
        """Make the service of loads that move themselves."""
        service = Service(hop, None, travel_min)
        if hop.leg.carrier in _ROAD:
            self._count_passages(service, ResourceKind.CROSSING_VEHICLES, OWN_VEHICLES)
            self._count_passages(service, ResourceKind.CREDITS, 1)
        return service

    def _lifted(self, hop: Hop, type_name: str, travel_min: int) -> Service | None:
        """Make the service of an asset type; None where no asset of the type can ever come."""
        kind, leg = self.problem.asset_type_of[type_name], hop.leg
        rows = self.rows[kind.mobility_id]
        origin, destination = rows.get(leg.origin), rows.get(leg.destination)
        assets = self._fleets.get(type_name)
        if origin is None or destination is None or assets is None:
            return None
        limits = (getattr(kind.capacity, name) for name in DIMENSIONS)
        service = Service(
            hop,
            kind,
            travel_min,
            kind.load_min,
            kind.unload_min,
            tuple(UNLIMITED if limit is None else limit for limit in limits),
            kind.single_class,
            waits_en_route=leg.carrier is not Carrier.AIRCRAFT,
            assets=assets,
            origin_row=origin,
            destination_row=destination,
        )
        self._add_uses(service, kind, leg)
        return service

    def _add_uses(self, service: Service, kind: AssetType, leg: Leg) -> None:
        """Say what a loaded voyage uses, as under "Who uses what" of the formulation."""
        alongside = _ALONGSIDE.get(leg.carrier)
        if alongside is not None:
            amount = kind.mog_percent if alongside is ResourceKind.MOG else 1
            for use in self._uses(leg.origin, alongside, 0, amount):
                (service.counted if self.is_counted[use[0]] else service.at_origin).append(use)
            for use in self._uses(leg.destination, alongside, 0, amount):
                (service.at_arrival if self.is_counted[use[0]] else service.at_destination).append(use)
        for gangs in leg.gangs:
            service.at_origin += self._uses(gangs.party, ResourceKind.GANGS, 0, gangs.count)
        if leg.carrier is Carrier.TRAIN:
            service.counted += self._uses(leg.origin, ResourceKind.TRAINS, kind.load_min, 1)
            service.counted += self._uses(leg.origin, ResourceKind.TRANSHIPMENT, 0, kind.wagons)
            service.at_arrival += self._uses(leg.destination, ResourceKind.TRAINS, 0, 1)
            self._count_passages(service, ResourceKind.CROSSING_WAGONS, kind.wagons)
        elif leg.carrier in _ROAD:
            self._count_passages(service, ResourceKind.CROSSING_VEHICLES, kind.vehicles)
            self._count_passages(service, ResourceKind.CREDITS, 1)

    def _count_passages(self, service: Service, kind: ResourceKind, amount: int) -> None:
        leg = service.hop.leg
        for passage in leg.passages:
            after_min = service.load_min + met_after_min(leg, service.travel_min, passage.distance_m)
            service.counted += self._uses(passage.crossing, kind, after_min, amount)

    def _unit(self, index: int, line: Line) -> Unit:
        unit = Unit(index, line)
        for load_id in line.loads:
            load = self.problem.load_of[load_id]
            size = tuple(getattr(load.size, name) for name in DIMENSIONS)
            locked_min = () if self._has_begun(load) else locked_starts(self.problem.overrides, line, load)
            freight = Freight(0, load, unit, size, locked_min)
            ways = [self._way(name, line) for name in load.itineraries]
            likeness = self._likeness(freight)
            freight.ways = [way for way in ways if self._is_open(freight, way, likeness)]
            if any(way.is_staged for way in freight.ways):
                freight.ways = [way for way in freight.ways if way.is_staged]
            unit.freights.append(freight)
        return unit

    def _has_begun(self, load: Load) -> bool:
        """Whether the ways of a load begin with what has happened; planners' wishes were met or missed there."""
        if not self.so_far.started_min:
            return False
        ways = (self._ways[name] for name in load.itineraries)
        return any(leg_id in self.so_far.started_min for way in ways for leg_id in way.legs)

    def _way(self, itinerary_id: str, line: Line) -> Way:
        key = (itinerary_id, line.staging is None)
        if key not in self._laid_ways:
            self._laid_ways[key] = self._laid_way(itinerary_id, line)
        return self._laid_ways[key]

    def _laid_way(self, itinerary_id: str, line: Line) -> Way:
        itinerary = self._ways[itinerary_id]
        hops = tuple(self.hops[leg] for leg in itinerary.legs)
        cut = itinerary.staged_after
        if cut is None or line.staging is None:
            return Way(itinerary_id, (), hops, is_staged=False)
        return Way(itinerary_id, hops[:cut], hops[cut:], is_staged=True)

    def _likeness(self, freight: Freight) -> tuple[Hashable, ...]:
        """All of a load that matters to its options."""
        line, load = freight.unit.line, freight.load
        items = (load.item_mass_kg, load.item_height_cm, load.item_mlc)
        return line.nation, load.cargo, load.people, freight.size, items, self._fixed_assets(line, load)

    def _is_open(self, freight: Freight, way: Way, likeness: tuple[Hashable, ...]) -> bool:
        """Whether overrides allow the way and the load has an option on each of its hops."""
        hops = (*way.before, *way.onward)
        line, load = freight.unit.line, freight.load
        is_free = self._has_begun(load) or obeys_overrides(
            self.problem.overrides, line, load, [hop.leg for hop in hops]
        )
        if not is_free:
            return False
        for hop in hops:
            if hop not in freight.options:
                options = freight.options[hop] = self._options_on(freight, hop, likeness)
                freight.least_min[hop] = min((option.service.duration_min for option in options), default=NEVER)
        return all(freight.options[hop] for hop in hops)

    def _options_on(self, freight: Freight, hop: Hop, likeness: tuple[Hashable, ...]) -> tuple[Option, ...]:
        """What a load may take on a hop; loads that are alike share their options."""
        key = (hop, likeness)
        if key not in self._options:
            self._options[key] = tuple(option for service in hop.services for option in self._option(freight, service))
        return self._options[key]

    def _option(self, freight: Freight, service: Service) -> Iterator[Option]:
        line, load, leg = freight.unit.line, freight.load, service.hop.leg
        crew: tuple[int, ...] = ()
        if not can_pass(load, leg):
            return
        if service.kind is not None:
            if not can_carry(service.kind, load):
                return
            crew = self._crew(line, load, service.assets, leg.carrier)
            if not crew:
                return
        started_min = self.so_far.started_min.get(leg.leg_id)
        start_min = self._least_start(line, load, service) if started_min is None else started_min
        if start_min >= self.problem.horizon_min:
            return
        yield Option(
            service,
            crew,
            max((size / most for size, most in zip(freight.size, service.capacity, strict=False) if size), default=0.0),
            start_min,
            started_min is not None,
            tuple(self._limits(line, load, service)),
        )

    def _least_start(self, line: Line, load: Load, service: Service) -> int:
        key = (line.nation, load.cargo, id(service))
        if key not in self._least_starts:
            times_min = (service.load_min, service.travel_min)
            allowed_min = least_start_min(self.problem, line, load.cargo, service.hop.leg, times_min)
            self._least_starts[key] = max(self.so_far.now_min, allowed_min)
        return self._least_starts[key]

    def _crew(self, line: Line, load: Load, assets: Sequence[int], carrier: Carrier) -> tuple[int, ...]:
        """Assets that the line's nation may use and that the planner has not ruled out by fixing another."""
        fixed = frozenset(name for name in self._fixed_assets(line, load) if self._carrier_of(name) is carrier)
        key = (line.nation, assets[0], fixed)
        if key not in self._crews:
            named = ((index, self.problem.assets[index]) for index in assets)
            self._crews[key] = tuple(
                index
                for index, asset in named
                if (not asset.users or line.nation in asset.users) and (not fixed or fixed == {asset.asset_id})
            )
        return self._crews[key]

    def _fixed_assets(self, line: Line, load: Load) -> frozenset[str]:
        """Assets that the planner has fixed for a load."""
        return frozenset(o.asset for o in self._fixes if o.asset is not None and is_bound(o, line, load))

    def _carrier_of(self, asset_id: str) -> Carrier:
        asset = self.problem.asset_of[asset_id]
        return self.problem.asset_type_of[asset.asset_type_id].carrier

    def _limits(self, line: Line, load: Load, service: Service) -> Iterator[Use]:
        leg = service.hop.leg
        for entry in leg.countries:
            if entry.distance_m == 0 or load.people == 0:
                continue
            after_min = service.load_min + met_after_min(leg, service.travel_min, entry.distance_m)
            for resource in self.problem.resources_at.get((entry.country, ResourceKind.CAVEAT), ()):
                if resource.nation in {None, line.nation}:
                    yield self._resource[resource.resource_id], after_min, load.people
