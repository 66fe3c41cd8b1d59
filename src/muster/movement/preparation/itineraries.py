"""Candidate itineraries: the chains of ways worth offering to a load, from its origin to where it joins and goes on.

A chain is a short way to a terminal, a main haul by rail, sea or air, and a short way from there; or road all the way;
or rail to a port, a ship, and rail or road from there. Rail changes gauge at a gauge point. Of each kind of chain the
quickest few with different terminals are kept, so that a plan can go round a full one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import permutations, product
from math import isfinite
from typing import Final

from muster.movement.preparation.adoption import Adoption
from muster.movement.preparation.lift import MODE_OF
from muster.movement.preparation.terminals import Terminals
from muster.movement.preparation.ways import Way, Ways
from muster.movement.problem import CargoClass, Carrier
from muster.network import Mode
from muster.reference import PlaceKind

Chain = tuple[Way, ...]

_ROAD_CARRIER: Final = {
    CargoClass.PEOPLE: Carrier.BUS,
    CargoClass.WHEELED: Carrier.CONVOY,
    CargoClass.CARRIED: Carrier.HET,
    CargoClass.CONTAINER: Carrier.TRUCK,
    CargoClass.PALLET: Carrier.TRUCK,
}
_ROAD_BOUND: Final = frozenset({CargoClass.PEOPLE, CargoClass.WHEELED, CargoClass.PALLET})
_ROAD_LIMIT: Final = {
    Carrier.BUS: "road.bus.limit_km",
    Carrier.CONVOY: "road.convoy.limit_km",
    Carrier.HET: "road.het.limit_km",
    Carrier.TRUCK: "road.truck.limit_km",
    Carrier.TRACKS: "road.tracked.limit_km",
}
_RAILS: Final = frozenset({Mode.RAIL})
_OVERLAND: Final = frozenset({Mode.ROAD, Mode.RAIL})
_HANDLING_MIN: Final = 360
"""Stands for loading and unloading when chains are compared; the problem itself uses the real times."""
NEAR_ORIGIN: Final = 2
"""Terminals of a kind looked at near an origin."""
NEAR_DESTINATION: Final = 4
"""Terminals of a kind looked at near a destination."""
GAUGE_POINTS: Final = 5
"""Gauge points looked at between two railheads."""
OF_A_KIND: Final = 4
"""Chains kept that use the same carriers beside the road."""
LEAST_RAIL_KM: Final = 150
"""Loads that can go by road are not put on a train for less."""
IN_ALL: Final = 8
"""Chains kept between two places."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a load asks of its ways.

    Attributes
    ----------
    able
        Asset types that can carry the load and that its nation may use.
    via
        Terminals that a planner has chosen: they are looked at however far they are, and chains over them come first.
    barred
        Crossings whose limits the load exceeds, and countries that its nation may never enter; sorted.
    """

    cargo: CargoClass
    able: frozenset[str]
    via: frozenset[str] = frozenset()
    barred: tuple[str, ...] = ()


@dataclass(slots=True)
class Chains:
    """Finds chains for a need between two places; equal questions are answered once."""

    ways: Ways
    terminals: Terminals
    adoption: Adoption
    _found: dict[tuple[Need, str, str], tuple[Chain, ...]] = field(default_factory=dict)
    _near: dict[tuple[str, Carrier, int], tuple[str, ...]] = field(default_factory=dict)
    _serving: dict[Carrier, tuple[str, ...]] = field(default_factory=dict)
    _rail: dict[tuple[Need, str, str], tuple[Chain, ...]] = field(default_factory=dict)
    _to_points: dict[tuple[Need, str, bool], dict[tuple[str, int], Way]] = field(default_factory=dict)
    _hauls: dict[tuple[Need, Carrier, str, str], tuple[Chain, ...]] = field(default_factory=dict)
    _narrowed: dict[tuple[Need, frozenset[Mode]], Need] = field(default_factory=dict)
    _port: dict[tuple[Need, str, str], tuple[Chain, ...]] = field(default_factory=dict)
    _limits_km: dict[Carrier, float] = field(default_factory=dict)
    _changes: tuple[tuple[str, int, int], ...] | None = None

    def between(self, need: Need, origin: str, destination: str) -> tuple[Chain, ...]:
        """Chains, those over chosen terminals first, then the quickest; an empty chain where the load is there."""
        if origin == destination:
            return ((),)
        key = (need, origin, destination)
        if key not in self._found:
            self._found[key] = _best(self._candidates(need, origin, destination), need.via)
        return self._found[key]

    def onward(self, need: Need, staging: str, destination: str) -> tuple[Chain, ...]:
        """Chains by road and rail alone, for the way on from a staging area."""
        overland = (
            chain
            for chain in self.between(need, staging, destination)
            if all(MODE_OF[way.carrier] in _OVERLAND for way in chain)
        )
        return tuple(overland)

    def _candidates(self, need: Need, origin: str, destination: str) -> Iterator[Chain]:
        if need.cargo is CargoClass.HELICOPTER:
            flight = self.ways.find_way(Carrier.ROTOR, origin, destination)
            yield from [(flight,)] if flight else []
            return
        yield from self._by_road(need, origin, destination)
        for carrier in (Carrier.TRAIN, Carrier.RORO_SHIP, Carrier.CONTAINER_SHIP, Carrier.AIRCRAFT):
            if self._has(need, carrier):
                yield from self._hauled(need, carrier, origin, destination)

    def _hauled(self, need: Need, carrier: Carrier, origin: str, destination: str) -> tuple[Chain, ...]:
        """Chains with a main haul by a carrier; needs that differ only in other lift share them."""
        asked = self._narrow(need, _OVERLAND | {MODE_OF[carrier]})
        key = (asked, carrier, origin, destination)
        if key not in self._hauls:
            haul = {Mode.RAIL: self._by_rail, Mode.SEA: self._by_sea, Mode.AIR: self._by_air}[MODE_OF[carrier]]
            self._hauls[key] = tuple(haul(asked, carrier, origin, destination))
        return self._hauls[key]

    def _narrow(self, need: Need, modes: frozenset[Mode]) -> Need:
        """What a need asks of the lift of some modes: most needs ask the same."""
        key = (need, modes)
        if key not in self._narrowed:
            there = {kind.asset_type_id for kind in self.ways.lift.asset_types if MODE_OF[kind.carrier] in modes}
            self._narrowed[key] = replace(need, able=need.able & there)
        return self._narrowed[key]

    def _has(self, need: Need, carrier: Carrier) -> bool:
        return any(kind.carrier is carrier and kind.asset_type_id in need.able for kind in self.ways.lift.asset_types)

    def _find_way(
        self,
        need: Need,
        carrier: Carrier,
        origin: str,
        destination: str,
        gauge_mm: int | None = None,
        avoids: tuple[str, ...] = (),
    ) -> Way | None:
        """A way that some asset able to carry the load can go."""
        if not avoids and MODE_OF[carrier] in _OVERLAND:
            avoids = self.ways.to_avoid(MODE_OF[carrier], origin, destination, need.barred, gauge_mm)
        way = self.ways.find_way(carrier, origin, destination, gauge_mm, avoids)
        if way is None or carrier.is_self or not need.able.isdisjoint(way.asset_types):
            return way
        return None

    def _limit_km(self, carrier: Carrier) -> float:
        if carrier not in self._limits_km:
            self._limits_km[carrier] = self.adoption.number(_ROAD_LIMIT[carrier])
        return self._limits_km[carrier]

    def _by_road(self, need: Need, origin: str, destination: str) -> tuple[Chain, ...]:
        """Road all the way, as far as the carrier goes; an empty chain where the places are one."""
        if origin == destination:
            return ((),)
        kilometres = self.ways.distance_m(Mode.ROAD, origin, destination, avoids=need.barred) / 1000
        carrier = _ROAD_CARRIER[need.cargo]
        if need.cargo is CargoClass.CARRIED and kilometres <= self._limit_km(Carrier.TRACKS):
            carrier = Carrier.TRACKS
        if kilometres > self._limit_km(carrier):
            return ()
        is_barred = self.ways.to_avoid(Mode.ROAD, origin, destination, need.barred) != ()
        routes = ((),) if is_barred else ((), *self.ways.detours(origin, destination))
        ways = (self._find_way(need, carrier, origin, destination, avoids=avoids) for avoids in routes)
        return tuple((way,) for way in ways if way is not None)

    def _by_rail(self, need: Need, carrier: Carrier, origin: str, destination: str) -> Iterator[Chain]:
        ends = self._near_terminals(need, destination, carrier, NEAR_DESTINATION)
        last = {end: self._by_road(need, end, destination) for end in ends}
        for start in self._near_terminals(need, origin, carrier, NEAR_ORIGIN):
            first = self._by_road(need, origin, start)
            for end in ends if first else ():
                if last[end]:
                    yield from _joined(first, self.rail(need, start, end), last[end])

    def _by_sea(self, need: Need, carrier: Carrier, origin: str, destination: str) -> Iterator[Chain]:
        ends = self._near_terminals(need, destination, carrier, NEAR_DESTINATION)
        from_port = {end: self._to_or_from_port(need, end, destination) for end in ends}
        for start in self._near_terminals(need, origin, carrier, NEAR_ORIGIN + 1):
            to_port = self._to_or_from_port(need, origin, start)
            for end in ends if to_port else ():
                voyage = self._find_way(need, carrier, start, end)
                if voyage is not None:
                    yield from _joined(to_port, ((voyage,),), from_port[end])

    def _to_or_from_port(self, need: Need, origin: str, destination: str) -> tuple[Chain, ...]:
        """By road, and by the quickest rail chain."""
        need = self._narrow(need, _OVERLAND)
        key = (need, origin, destination)
        if key not in self._port:
            rail = self._by_rail(need, Carrier.TRAIN, origin, destination) if self._has(need, Carrier.TRAIN) else ()
            self._port[key] = (*self._by_road(need, origin, destination), *sorted(rail, key=duration_min)[:1])
        return self._port[key]

    def _by_air(self, need: Need, carrier: Carrier, origin: str, destination: str) -> Iterator[Chain]:
        ends = self._near_terminals(need, destination, carrier, NEAR_DESTINATION)
        for start in self._near_terminals(need, origin, carrier, NEAR_ORIGIN):
            first = self._by_road(need, origin, start)
            for end in ends if first else ():
                flight = self._find_way(need, carrier, start, end)
                if flight is not None:
                    yield from _joined(first, ((flight,),), self._by_road(need, end, destination))

    def rail(self, need: Need, origin: str, destination: str) -> tuple[Chain, ...]:
        """Rail between two railheads: straight on one gauge, or over the gauge points that lose least time."""
        if origin == destination:
            return ()
        need = self._narrow(need, _RAILS)
        key = (need, origin, destination)
        if key not in self._rail:
            if need.cargo in _ROAD_BOUND and self._is_short(origin, destination):
                self._rail[key] = ()
                return ()
            ends = self.ways.places[destination].rail_gauges_mm or ()
            shared = [gauge for gauge in self.ways.places[origin].rail_gauges_mm or () if gauge in ends]
            straight = [self._find_way(need, Carrier.TRAIN, origin, destination, gauge) for gauge in shared]
            found: list[Chain] = [(way,) for way in straight if way is not None]
            self._rail[key] = tuple(found or self._over_gauge_points(need, origin, destination))
        return self._rail[key]

    def _is_short(self, origin: str, destination: str) -> bool:
        return self.ways.distance_m(Mode.ROAD, origin, destination) < LEAST_RAIL_KM * 1000

    def _over_gauge_points(self, need: Need, origin: str, destination: str) -> list[Chain]:
        to_points = self._gauge_legs(need, origin, is_outward=True)
        from_points = self._gauge_legs(need, destination, is_outward=False)
        chains: list[Chain] = [
            (to_points[point, near], from_points[point, far])
            for point, near, far in self._gauge_changes()
            if (point, near) in to_points and (point, far) in from_points
        ]
        return sorted(chains, key=duration_min)[:GAUGE_POINTS]

    def _gauge_legs(self, need: Need, railhead: str, *, is_outward: bool) -> dict[tuple[str, int], Way]:
        """Ways from a railhead to the gauge points, or from them to it, by point and gauge."""
        key = (need, railhead, is_outward)
        if key not in self._to_points:
            gauges = self.ways.places[railhead].rail_gauges_mm or ()
            found = {
                (point, gauge): self._find_way(
                    need, Carrier.TRAIN, *((railhead, point) if is_outward else (point, railhead)), gauge
                )
                for point, *both in self._gauge_changes()
                for gauge in both
                if gauge in gauges
            }
            self._to_points[key] = {end: way for end, way in found.items() if way is not None}
        return self._to_points[key]

    def _gauge_changes(self) -> tuple[tuple[str, int, int], ...]:
        """Open gauge points, with each gauge on which a train comes and each other one on which another goes on."""
        if self._changes is None:
            self._changes = tuple(
                (point, near, far)
                for point, place in self.ways.places.items()
                if PlaceKind.GAUGE_POINT in place.kinds and self.terminals.is_open(point, Carrier.TRAIN)
                for near, far in permutations(place.rail_gauges_mm or (), 2)
            )
        return self._changes

    def _near_terminals(self, need: Need, place: str, carrier: Carrier, count: int) -> tuple[str, ...]:
        """The nearest open terminals of a carrier by road, on each gauge for rail, and those that are chosen."""
        key = (place, carrier, count)
        if key not in self._near:
            groups: dict[int | None, list[tuple[float, str]]] = {}
            for name in self._serving_places(carrier):
                metres = 0.0 if name == place else self.ways.distance_m(Mode.ROAD, place, name)
                gauges = self.ways.places[name].rail_gauges_mm if carrier is Carrier.TRAIN else None
                for group in gauges or (None,):
                    groups.setdefault(group, []).append((metres, name))
            nearest = [name for group in groups.values() for metres, name in sorted(group)[:count] if isfinite(metres)]
            self._near[key] = tuple(dict.fromkeys(nearest))
        chosen = sorted(name for name in need.via if name in self.ways.places and self._may_serve(name, carrier))
        return tuple(dict.fromkeys((*self._near[key], *chosen)))

    def _serving_places(self, carrier: Carrier) -> tuple[str, ...]:
        """Places where a carrier is ever worked."""
        if carrier not in self._serving:
            self._serving[carrier] = tuple(name for name in self.ways.places if self._serves(name, carrier))
        return self._serving[carrier]

    def _may_serve(self, name: str, carrier: Carrier) -> bool:
        """Whether a chosen terminal can work a carrier; a port of which no berths are known has the assumed ones."""
        there = self.ways.places[name]
        unknown = {Carrier.RORO_SHIP: there.berths_roro is None, Carrier.CONTAINER_SHIP: there.berths_container is None}
        assumed = PlaceKind.PORT in there.kinds and unknown.get(carrier, False)
        return self._serves(name, carrier) or (assumed and self.terminals.is_open(name, carrier))

    def _serves(self, name: str, carrier: Carrier) -> bool:
        there = self.ways.places[name]
        wanted = {
            Carrier.TRAIN: bool(there.rail_gauges_mm) and (PlaceKind.RAILHEAD in there.kinds or bool(there.rail_ramps)),
            Carrier.RORO_SHIP: PlaceKind.PORT in there.kinds and bool(there.berths_roro),
            Carrier.CONTAINER_SHIP: PlaceKind.PORT in there.kinds and bool(there.berths_container),
            Carrier.AIRCRAFT: PlaceKind.AIRFIELD in there.kinds,
        }
        return wanted[carrier] and self.terminals.is_open(name, carrier)


def _joined(first: Iterable[Chain], haul: Iterable[Chain], last: Iterable[Chain]) -> Iterator[Chain]:
    for parts in product(first, haul, last):
        yield tuple(way for part in parts for way in part)


def duration_min(chain: Chain) -> int:
    """Time of a chain without waiting, for comparison."""
    return sum(way.travel_min + (0 if way.is_self_made else _HANDLING_MIN) for way in chain)


def returns(chain: Chain, country_of: Callable[[str], str]) -> bool:
    """Whether a chain comes back to a country that it has left."""
    met = [country_of(place) for place in (chain[0].origin, *(way.destination for way in chain))] if chain else []
    entered = [country for country, before in zip(met, [None, *met], strict=False) if country != before]
    return len(set(entered)) < len(entered)


def _best(candidates: Iterable[Chain], via: frozenset[str]) -> tuple[Chain, ...]:
    """The quickest few of each kind of chain; those that pass more of the chosen places first, then the quickest."""

    def order(chain: Chain) -> tuple[int, int, list[str]]:
        passed = {end for way in chain for end in (way.origin, way.destination)} if via else set()
        return (-len(via & passed), duration_min(chain), [way.leg_id for way in chain])

    seen: Counter[frozenset[Carrier]] = Counter()
    ranked: list[tuple[int, Chain]] = []
    for chain in sorted(dict.fromkeys(candidates), key=order):
        kind = frozenset(way.carrier for way in chain if MODE_OF[way.carrier] is not Mode.ROAD)
        ranked.append((seen[kind], chain))
        seen[kind] += 1
    of_each_kind = sorted((entry for entry in ranked if entry[0] < OF_A_KIND), key=lambda entry: entry[0])
    return tuple(sorted((chain for _, chain in of_each_kind[:IN_ALL]), key=order))
