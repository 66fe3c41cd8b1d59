"""The problem as the search sees it: every leg with what it uses, every load with its ways, looked up once."""

from collections.abc import Iterator, Sequence
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
    Resource,
    ResourceKind,
)
from muster.movement.search.choices import OWN_VEHICLES, Freight, Hop, Option, Service, Unit, Way
from muster.movement.search.diary import Diary
from muster.movement.search.permissions import (
    Limit,
    can_carry,
    is_bound,
    least_start_min,
    locked_starts,
    met_after_min,
    obeys_overrides,
)
from muster.movement.search.profiles import NEVER, PeriodProfile, StepProfile

UNLIMITED: Final = NEVER
_ALONGSIDE: Final = {
    Carrier.TRAIN: ResourceKind.RAMP,
    Carrier.RORO_SHIP: ResourceKind.BERTH_RORO,
    Carrier.CONTAINER_SHIP: ResourceKind.BERTH_CONTAINER,
    Carrier.AIRCRAFT: ResourceKind.MOG,
}
_ROAD: Final = frozenset({Carrier.CONVOY, Carrier.TRACKS, Carrier.BUS, Carrier.TRUCK, Carrier.HET})

Profile = PeriodProfile | StepProfile


class Board:
    """All hops, assets, resources and lines of a problem, with what is booked on them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.profiles: dict[str, Profile] = {r.resource_id: self._profile(r) for r in problem.resources}
        self._rows = {m.mobility_id: {place: row for row, place in enumerate(m.places)} for m in problem.mobilities}
        self._travel = {
            m.mobility_id: [[NEVER if t is None else t for t in row] for row in m.travel_min]
            for m in problem.mobilities
        }
        self.diaries = [self._diary(index) for index in range(len(problem.assets))]
        self.hops = {leg.leg_id: self._hop(leg) for leg in problem.legs}
        self._least_starts: dict[tuple[str, CargoClass, int], int] = {}
        self._ways = {itinerary.itinerary_id: itinerary for itinerary in problem.itineraries}
        self.units = [self._unit(index, line) for index, line in enumerate(problem.lines)]
        self.freights = [freight for unit in self.units for freight in unit.freights]
        for index, freight in enumerate(self.freights):
            freight.index = index

    def clear(self) -> None:
        """Forget every booking."""
        for profile in self.profiles.values():
            profile.clear()
        for diary in self.diaries:
            diary.clear()
        for hop in self.hops.values():
            hop.starts_min.clear()
            hop.trips.clear()

    def _profile(self, resource: Resource) -> Profile:
        is_counted = resource.period_min is not None or resource.kind in _COUNTED
        return PeriodProfile(resource, self.problem.horizon_min) if is_counted else StepProfile(resource)

    def _diary(self, index: int) -> Diary:
        asset = self.problem.assets[index]
        kind = self.problem.asset_type_of[asset.asset_type_id]
        home = self._rows[kind.mobility_id].get(asset.home)
        return Diary(index, asset, home, self._travel[kind.mobility_id], kind.daily_limit_min)

    def _steps(self, place: str, kind: ResourceKind) -> Iterator[StepProfile]:
        for resource in self.problem.resources_at.get((place, kind), ()):
            profile = self.profiles[resource.resource_id]
            if isinstance(profile, StepProfile):
                yield profile

    def _periods(self, place: str, kind: ResourceKind) -> Iterator[PeriodProfile]:
        for resource in self.problem.resources_at.get((place, kind), ()):
            profile = self.profiles[resource.resource_id]
            if isinstance(profile, PeriodProfile):
                yield profile

    def _hop(self, leg: Leg) -> Hop:
        there = leg.destination
        hop = Hop(
            leg,
            list(self._steps(there, ResourceKind.STAGING_VEHICLES)),
            list(self._steps(there, ResourceKind.STAGING_PEOPLE)),
        )
        for name, travel_min in leg.travel_min.items():
            service = self._own(hop, travel_min) if name == SELF else self._lifted(hop, name, travel_min)
            if service is not None:
                hop.services.append(service)
        return hop

    def _own(self, hop: Hop, travel_min: int) -> Service:
        """Make the service of loads that move themselves."""
        service = Service(hop, None, self.problem.horizon_min, travel_min)
        if hop.leg.carrier in _ROAD:
            for kind, amount in ((ResourceKind.CROSSING_VEHICLES, OWN_VEHICLES), (ResourceKind.CREDITS, 1)):
                self._count_passages(service, kind, amount)
        return service

    def _lifted(self, hop: Hop, type_name: str, travel_min: int) -> Service | None:
        """Make the service of an asset type; None where no asset of the type can ever come."""
        kind, leg = self.problem.asset_type_of[type_name], hop.leg
        rows, travel = self._rows[kind.mobility_id], self._travel[kind.mobility_id]
        origin, destination = rows.get(leg.origin), rows.get(leg.destination)
        diaries = [diary for diary in self.diaries if diary.asset.asset_type_id == type_name]
        if origin is None or destination is None or not diaries:
            return None
        limits = (getattr(kind.capacity, name) for name in DIMENSIONS)
        service = Service(
            hop,
            kind,
            self.problem.horizon_min,
            travel_min,
            kind.load_min,
            kind.unload_min,
            tuple(UNLIMITED if limit is None else limit for limit in limits),
            kind.single_class,
            waits_en_route=leg.carrier is not Carrier.AIRCRAFT,
            diaries=diaries,
            origin_row=origin,
            destination_row=destination,
            to_origin_min=[row[origin] for row in travel],
            from_destination_min=travel[destination],
        )
        self._add_uses(service, kind, leg)
        return service

    def _add_uses(self, service: Service, kind: AssetType, leg: Leg) -> None:
        """Say what a loaded voyage uses, as under "Who uses what" of the formulation."""
        alongside = _ALONGSIDE.get(leg.carrier)
        if alongside is not None:
            amount = kind.mog_percent if alongside is ResourceKind.MOG else 1
            service.at_origin += [(profile, amount) for profile in self._steps(leg.origin, alongside)]
            service.at_destination += [(profile, amount) for profile in self._steps(leg.destination, alongside)]
            service.counted += [(profile, 0, amount) for profile in self._periods(leg.origin, alongside)]
            service.counted_at_arrival += [(profile, amount) for profile in self._periods(leg.destination, alongside)]
        if leg.carrier is Carrier.TRAIN:
            service.counted += [(p, kind.load_min, 1) for p in self._periods(leg.origin, ResourceKind.TRAINS)]
            service.counted += [(p, 0, kind.wagons) for p in self._periods(leg.origin, ResourceKind.TRANSHIPMENT)]
            service.counted_at_arrival += [(p, 1) for p in self._periods(leg.destination, ResourceKind.TRAINS)]
            self._count_passages(service, ResourceKind.CROSSING_WAGONS, kind.wagons)
        elif leg.carrier in _ROAD:
            self._count_passages(service, ResourceKind.CROSSING_VEHICLES, kind.vehicles)
            self._count_passages(service, ResourceKind.CREDITS, 1)

    def _count_passages(self, service: Service, kind: ResourceKind, amount: int) -> None:
        leg = service.hop.leg
        for passage in leg.passages:
            after_min = service.load_min + met_after_min(leg, service.travel_min, passage.distance_m)
            service.counted += [(profile, after_min, amount) for profile in self._periods(passage.crossing, kind)]

    def _unit(self, index: int, line: Line) -> Unit:
        unit = Unit(index, line)
        for load_id in line.loads:
            load = self.problem.load_of[load_id]
            size = tuple(getattr(load.size, name) for name in DIMENSIONS)
            freight = Freight(0, load, unit, size, locked_starts(self.problem.overrides, line, load))
            ways = [self._way(name, line) for name in load.itineraries]
            freight.ways = [way for way in ways if self._is_open(freight, way)]
            if any(way.is_staged for way in freight.ways):
                freight.ways = [way for way in freight.ways if way.is_staged]
            unit.freights.append(freight)
        return unit

    def _way(self, itinerary_id: str, line: Line) -> Way:
        itinerary = self._ways[itinerary_id]
        hops = tuple(self.hops[leg] for leg in itinerary.legs)
        cut = itinerary.staged_after
        if cut is None or line.staging is None:
            return Way(itinerary_id, (), hops, is_staged=False)
        return Way(itinerary_id, hops[:cut], hops[cut:], is_staged=True)

    def _is_open(self, freight: Freight, way: Way) -> bool:
        """Whether overrides allow the way and the load has an option on each of its hops."""
        hops = (*way.before, *way.onward)
        line = freight.unit.line
        if not obeys_overrides(self.problem.overrides, line, freight.load, [hop.leg for hop in hops]):
            return False
        for hop in hops:
            if id(hop) not in freight.options:
                options = freight.options[id(hop)] = self._options_on(freight, hop)
                freight.least_min[id(hop)] = min((option.service.duration_min for option in options), default=NEVER)
        return all(freight.options[id(hop)] for hop in hops)

    def _options_on(self, freight: Freight, hop: Hop) -> tuple[Option, ...]:
        return tuple(option for service in hop.services for option in self._option(freight, service))

    def _option(self, freight: Freight, service: Service) -> Iterator[Option]:
        line, load, leg = freight.unit.line, freight.load, service.hop.leg
        diaries: tuple[Diary, ...] = ()
        if service.kind is not None:
            if not can_carry(service.kind, load):
                return
            diaries = self._usable(line, load, service.diaries, leg.carrier)
            if not diaries:
                return
        start_min = self._least_start(line, load, service)
        if start_min >= self.problem.horizon_min:
            return
        yield Option(
            service,
            diaries,
            frozenset(diary.index for diary in diaries),
            max((size / most for size, most in zip(freight.size, service.capacity, strict=False) if size), default=0.0),
            start_min,
            tuple(self._limits(line, load, service)),
        )

    def _least_start(self, line: Line, load: Load, service: Service) -> int:
        key = (line.nation, load.cargo, id(service))
        if key not in self._least_starts:
            times_min = (service.load_min, service.travel_min)
            self._least_starts[key] = least_start_min(self.problem, line, load.cargo, service.hop.leg, times_min)
        return self._least_starts[key]

    def _usable(self, line: Line, load: Load, diaries: Sequence[Diary], carrier: Carrier) -> tuple[Diary, ...]:
        """Assets that the line's nation may use and that the planner has not ruled out by fixing another."""
        fixed = {
            override.asset
            for override in self.problem.overrides
            if override.kind is OverrideKind.FIX_ASSET
            and override.asset is not None
            and is_bound(override, line, load)
            and self._carrier_of(override.asset) is carrier
        }
        return tuple(
            diary
            for diary in diaries
            if (not diary.asset.users or line.nation in diary.asset.users)
            and (not fixed or fixed == {diary.asset.asset_id})
        )

    def _carrier_of(self, asset_id: str) -> Carrier:
        asset = self.problem.asset_of[asset_id]
        return self.problem.asset_type_of[asset.asset_type_id].carrier

    def _limits(self, line: Line, load: Load, service: Service) -> Iterator[Limit]:
        leg = service.hop.leg
        for entry in leg.countries:
            if entry.distance_m == 0 or load.people == 0:
                continue
            after_min = service.load_min + met_after_min(leg, service.travel_min, entry.distance_m)
            for resource in self.problem.resources_at.get((entry.country, ResourceKind.CAVEAT), ()):
                profile = self.profiles[resource.resource_id]
                if resource.nation in {None, line.nation} and isinstance(profile, PeriodProfile):
                    yield (profile, after_min, load.people)


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
