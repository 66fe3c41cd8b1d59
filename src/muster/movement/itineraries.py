"""Candidate itineraries: the chains of ways worth offering to a load, from its origin to where it joins and goes on.

A chain is a short way to a terminal, a main haul by rail, sea or air, and a short way from there; or road all the way;
or rail to a port, a ship, and rail or road from there. Rail changes gauge at a gauge point. Of each kind of chain the
quickest few with different terminals are kept, so that a plan can go round a full one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from muster.movement.adoption import Adoption
from muster.movement.lift import MODE_OF
from muster.movement.problem import CargoClass, Carrier
from muster.movement.terminals import Terminals
from muster.movement.ways import Way, Ways
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
_ROAD_LIMIT: Final = {
    Carrier.BUS: "road.bus.limit_km",
    Carrier.CONVOY: "road.convoy.limit_km",
    Carrier.HET: "road.het.limit_km",
    Carrier.TRUCK: "road.truck.limit_km",
    Carrier.TRACKS: "road.tracked.limit_km",
}
_HANDLING_MIN: Final = 360
"""Stands for loading and unloading when chains are compared; the problem itself uses the real times."""
NEAR_ORIGIN: Final = 2
"""Terminals of a kind looked at near an origin."""
NEAR_DESTINATION: Final = 4
"""Terminals of a kind looked at near a destination."""
GAUGE_POINTS: Final = 5
"""Gauge points looked at between two railheads."""
OF_A_KIND: Final = 4
"""Chains kept that use the same carriers in the same order."""
IN_ALL: Final = 12
"""Chains kept between two places."""


@dataclass(slots=True)
class Chains:
    """Finds chains for a cargo class between two places; equal questions are answered once."""

    ways: Ways
    terminals: Terminals
    adoption: Adoption
    _via: frozenset[str] = frozenset()
    _found: dict[tuple[CargoClass, str, str, frozenset[str]], tuple[Chain, ...]] = field(default_factory=dict)
    _near: dict[tuple[str, str, int], tuple[str, ...]] = field(default_factory=dict)
    _rail: dict[tuple[str, str], tuple[Chain, ...]] = field(default_factory=dict)

    def between(
        self, cargo: CargoClass, origin: str, destination: str, *, via: frozenset[str] = frozenset()
    ) -> tuple[Chain, ...]:
        """Chains for a cargo class, quickest first; a single empty chain where the load is there already.

        Parameters
        ----------
        via
            Terminals that a planner has chosen: they are looked at however far they are, and chains over them come
            first.
        """
        if origin == destination:
            return ((),)
        key = (cargo, origin, destination, via)
        if key not in self._found:
            self._via = via
            self._found[key] = _best(self._candidates(cargo, origin, destination), via)
            self._via = frozenset()
        return self._found[key]

    def onward(self, cargo: CargoClass, staging: str, destination: str) -> tuple[Chain, ...]:
        """Chains by road and rail alone, for the way on from a staging area."""
        overland = (
            chain
            for chain in self.between(cargo, staging, destination)
            if all(MODE_OF[way.carrier] in {Mode.ROAD, Mode.RAIL} for way in chain)
        )
        return tuple(overland)

    def _candidates(self, cargo: CargoClass, origin: str, destination: str) -> Iterator[Chain]:
        if cargo is CargoClass.HELICOPTER:
            flight = self.ways.find_way(Carrier.ROTOR, origin, destination)
            yield from [(flight,)] if flight else []
            return
        yield from self._by_road(cargo, origin, destination)
        if self._has(Carrier.TRAIN, cargo):
            yield from self._by_rail(cargo, origin, destination)
        for carrier in (Carrier.RORO_SHIP, Carrier.CONTAINER_SHIP):
            if self._has(carrier, cargo):
                yield from self._by_sea(carrier, cargo, origin, destination)
        if self._has(Carrier.AIRCRAFT, cargo):
            yield from self._by_air(cargo, origin, destination)

    def _has(self, carrier: Carrier, cargo: CargoClass) -> bool:
        return any(kind.carrier is carrier and cargo in kind.carries for kind in self.ways.lift.asset_types)

    def _by_road(self, cargo: CargoClass, origin: str, destination: str) -> tuple[Chain, ...]:
        """Road all the way, as far as the carrier goes; an empty chain where the places are one."""
        if origin == destination:
            return ((),)
        kilometres = self.ways.distance_m(Mode.ROAD, origin, destination) / 1000
        carrier = _ROAD_CARRIER[cargo]
        if cargo is CargoClass.CARRIED and kilometres <= self.adoption.number(_ROAD_LIMIT[Carrier.TRACKS]):
            carrier = Carrier.TRACKS
        if kilometres > self.adoption.number(_ROAD_LIMIT[carrier]):
            return ()
        way = self.ways.find_way(carrier, origin, destination)
        return ((way,),) if way else ()

    def _by_rail(self, cargo: CargoClass, origin: str, destination: str) -> Iterator[Chain]:
        for start in self._near_terminals(origin, Carrier.TRAIN, NEAR_ORIGIN):
            for end in self._near_terminals(destination, Carrier.TRAIN, NEAR_DESTINATION):
                hauls = self.rail(start, end)
                if hauls:
                    yield from self._joined(
                        self._by_road(cargo, origin, start), hauls, self._by_road(cargo, end, destination)
                    )

    def _by_sea(self, carrier: Carrier, cargo: CargoClass, origin: str, destination: str) -> Iterator[Chain]:
        for start in self._near_terminals(origin, carrier, NEAR_ORIGIN + 1):
            for end in self._near_terminals(destination, carrier, NEAR_DESTINATION):
                voyage = self.ways.find_way(carrier, start, end)
                if voyage is None:
                    continue
                to_port = (*self._by_road(cargo, origin, start), *self._rail_haul(cargo, origin, start))
                from_port = (*self._by_road(cargo, end, destination), *self._rail_haul(cargo, end, destination))
                yield from self._joined(to_port, ((voyage,),), from_port)

    def _by_air(self, cargo: CargoClass, origin: str, destination: str) -> Iterator[Chain]:
        for start in self._near_terminals(origin, Carrier.AIRCRAFT, NEAR_ORIGIN):
            for end in self._near_terminals(destination, Carrier.AIRCRAFT, NEAR_DESTINATION):
                flight = self.ways.find_way(Carrier.AIRCRAFT, start, end)
                if flight is not None:
                    yield from self._joined(
                        self._by_road(cargo, origin, start), ((flight,),), self._by_road(cargo, end, destination)
                    )

    def _rail_haul(self, cargo: CargoClass, origin: str, destination: str) -> tuple[Chain, ...]:
        """The quickest rail chain between two places of which one is a port with its own ramps."""
        if not self._has(Carrier.TRAIN, cargo):
            return ()
        chains = [chain for chain in self._by_rail(cargo, origin, destination) if len(chain) <= 3]
        return tuple(sorted(chains, key=duration_min)[:1])

    @staticmethod
    def _joined(first: Iterable[Chain], haul: Iterable[Chain], last: Iterable[Chain]) -> Iterator[Chain]:
        for parts in product(first, haul, last):
            yield tuple(way for part in parts for way in part)

    def rail(self, origin: str, destination: str) -> tuple[Chain, ...]:
        """Rail between two railheads: straight on one gauge, or over the gauge points that lose least time."""
        if origin == destination:
            return ()
        if (origin, destination) not in self._rail:
            places = self.ways.places
            gauges, ends = places[origin].rail_gauges_mm or (), places[destination].rail_gauges_mm or ()
            straight = [
                self.ways.find_way(Carrier.TRAIN, origin, destination, gauge) for gauge in gauges if gauge in ends
            ]
            found: list[Chain] = [(way,) for way in straight if way is not None]
            if not found:
                found = self._over_gauge_points(origin, destination, gauges, ends)
            self._rail[origin, destination] = tuple(found)
        return self._rail[origin, destination]

    def _over_gauge_points(
        self, origin: str, destination: str, gauges: Sequence[int], ends: Sequence[int]
    ) -> list[Chain]:
        chains: list[Chain] = []
        for point, place in self.ways.places.items():
            if PlaceKind.GAUGE_POINT not in place.kinds or point in {origin, destination}:
                continue
            there = place.rail_gauges_mm or ()
            for near, far in product(set(gauges) & set(there), set(ends) & set(there)):
                to_point = self.ways.find_way(Carrier.TRAIN, origin, point, near)
                from_point = self.ways.find_way(Carrier.TRAIN, point, destination, far)
                if near != far and to_point and from_point and self.terminals.is_open(point, Carrier.TRAIN):
                    chains.append((to_point, from_point))
        return sorted(chains, key=duration_min)[:GAUGE_POINTS]

    def _near_terminals(self, place: str, carrier: Carrier, count: int) -> tuple[str, ...]:
        """The nearest open terminals of a carrier by road, on each gauge for rail; the place itself where it is one."""
        key = (place, carrier.value, count)
        if key not in self._near:
            groups: dict[object, list[tuple[float, str]]] = {}
            for name, there in self.ways.places.items():
                if not self._serves(name, carrier):
                    continue
                metres = 0.0 if name == place else self.ways.distance_m(Mode.ROAD, place, name)
                for group in there.rail_gauges_mm or (None,) if carrier is Carrier.TRAIN else (None,):
                    groups.setdefault(group, []).append((metres, name))
            nearest = [
                name for group in groups.values() for metres, name in sorted(group)[:count] if metres < float("inf")
            ]
            self._near[key] = tuple(dict.fromkeys(nearest))
        chosen = (name for name in sorted(self._via) if name in self.ways.places and self._serves(name, carrier))
        return tuple(dict.fromkeys((*self._near[key], *chosen)))

    def _serves(self, name: str, carrier: Carrier) -> bool:
        there = self.ways.places[name]
        wanted = {
            Carrier.TRAIN: bool(there.rail_gauges_mm) and (PlaceKind.RAILHEAD in there.kinds or bool(there.rail_ramps)),
            Carrier.RORO_SHIP: PlaceKind.PORT in there.kinds and bool(there.berths_roro),
            Carrier.CONTAINER_SHIP: PlaceKind.PORT in there.kinds and bool(there.berths_container),
            Carrier.AIRCRAFT: PlaceKind.AIRFIELD in there.kinds,
        }
        return wanted[carrier] and self.terminals.is_open(name, carrier)


def duration_min(chain: Chain) -> int:
    """Time of a chain without waiting, for comparison."""
    handled = sum(not way.carrier.is_self for way in chain)
    return sum(way.travel_min for way in chain) + handled * _HANDLING_MIN


def _best(candidates: Iterable[Chain], via: frozenset[str]) -> tuple[Chain, ...]:
    """The quickest few of each kind of chain; those that pass more of the chosen places first, then the quickest."""

    def order(chain: Chain) -> tuple[int, int, list[str]]:
        passed = {end for way in chain for end in (way.origin, way.destination)}
        return (-len(via & passed), duration_min(chain), [way.leg_id for way in chain])

    seen: dict[tuple[Carrier, ...], int] = {}
    ranked: list[tuple[int, Chain]] = []
    for chain in sorted(set(candidates), key=order):
        kind = tuple(way.carrier for way in chain)
        ranked.append((seen.get(kind, 0), chain))
        seen[kind] = seen.get(kind, 0) + 1
    of_each_kind = sorted((entry for entry in ranked if entry[0] < OF_A_KIND), key=lambda entry: entry[0])
    return tuple(sorted((chain for _, chain in of_each_kind[:IN_ALL]), key=order))
