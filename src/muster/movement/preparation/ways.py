"""Legs: which carriers go between two places, how long they take, and what they pass, from the real network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import isfinite

from muster.movement.preparation.barriers import Barrier, tightest
from muster.movement.preparation.lift import MODE_OF, Lift
from muster.movement.problem import SELF, Carrier, CountryEntry, Leg, Mobility, Passage
from muster.network import Mode
from muster.network.course import Route
from muster.network.distances import Distances
from muster.network.routes import Network
from muster.reference import Place

Avoids = tuple[str, ...]
"""Crossings, and countries by their alpha-3 code, that a way goes round; sorted."""


@dataclass(frozen=True, eq=False)
class Way:
    """A leg before its route is drawn: who goes from where to where, and the quickest time.

    There is one for each leg (:meth:`Ways.find_way`), so that two ways are equal only where they are one.

    Attributes
    ----------
    asset_types
        Those that can go; empty where the load moves itself.
    avoids
        What the way goes round; empty on the shortest way.
    """

    carrier: Carrier
    origin: str
    destination: str
    gauge_mm: int | None
    travel_min: int
    asset_types: frozenset[str]
    avoids: Avoids = ()

    @cached_property
    def is_self_made(self) -> bool:
        """Whether the load moves itself."""
        return self.carrier.is_self

    @cached_property
    def leg_id(self) -> str:
        """Name of the leg."""
        gauge = f":{self.gauge_mm}" if self.gauge_mm is not None else ""
        detour = f" round {'+'.join(self.avoids)}" if self.avoids else ""
        return f"{self.carrier}{gauge}:{self.origin}>{self.destination}{detour}"


@dataclass(slots=True)
class Ways:
    """Finds ways between places; distances are asked for once and kept.

    Attributes
    ----------
    places
        The places between which anything may move.
    barriers
        Limits of crossings.
    """

    network: Network
    places: Mapping[str, Place]
    lift: Lift
    barriers: Mapping[str, Barrier] = field(default_factory=dict)
    _distances: dict[tuple[Mode, int | None, Avoids], Distances] = field(default_factory=dict)
    _ways: dict[tuple[Carrier, str, str, int | None, Avoids], Way | None] = field(default_factory=dict)
    _detours: dict[tuple[str, str], dict[Avoids, Route]] = field(default_factory=dict)

    def add_detours(self, pairs: Iterable[tuple[str, str]], count: int) -> None:
        """Look for road routes round the crossings of the shortest one, then round those of the detour as well.

        Parameters
        ----------
        count
            Detours wanted of each pair.
        """
        there = set(self.network.reachable(Mode.ROAD, list(self.places)))
        groups: dict[Avoids, list[tuple[str, str]]] = {}
        groups[()] = sorted(pair for pair in set(pairs) if pair[0] != pair[1] and set(pair) <= there)
        for _ in range(count + 1):
            further: dict[Avoids, list[tuple[str, str]]] = {}
            for avoids, members in groups.items():
                routes = self._routes(Mode.ROAD, members, None, avoids)
                for pair, route in routes.items():
                    if avoids:
                        self._detours.setdefault(pair, {})[avoids] = route
                    if route.passages:
                        met = tuple(sorted({*avoids, *(passage.crossing_id for passage in route.passages)}))
                        further.setdefault(met, []).append(pair)
            groups = further

    def detours(self, origin: str, destination: str) -> tuple[Avoids, ...]:
        """What each detour between two places goes round, shortest detour first."""
        return tuple(self._detours.get((origin, destination), ()))

    def distance_m(
        self, mode: Mode, origin: str, destination: str, gauge_mm: int | None = None, avoids: Avoids = ()
    ) -> float:
        """Metres between two places on one network, infinite where there is no way."""
        key = (mode, gauge_mm, avoids)
        if key not in self._distances:
            countries, crossings = self._parted(avoids)
            self._distances[key] = self.network.measure(
                mode, gauge_mm=gauge_mm, avoid_countries=countries, avoid_crossings=crossings
            )
        return self._distances[key].between(origin, destination)

    def to_avoid(
        self, mode: Mode, origin: str, destination: str, barred: Avoids, gauge_mm: int | None = None
    ) -> Avoids:
        """What the way has to go round of all that bars a load: nothing where the shortest way does not touch it."""
        if not barred:
            return ()
        shortest_m = self.distance_m(mode, origin, destination, gauge_mm)
        return () if shortest_m == self.distance_m(mode, origin, destination, gauge_mm, barred) else barred

    def _parted(self, avoids: Avoids) -> tuple[frozenset[str], frozenset[str]]:
        """Countries and crossings of what is avoided."""
        crossings = frozenset(crossing.crossing_id for crossing in self.network.crossings).intersection(avoids)
        return frozenset(avoids) - crossings, crossings

    def _routes(
        self, mode: Mode, pairs: Sequence[tuple[str, str]], gauge_mm: int | None, avoids: Avoids
    ) -> dict[tuple[str, str], Route]:
        countries, crossings = self._parted(avoids)
        return self.network.routes(
            mode, pairs, gauge_mm=gauge_mm, avoid_countries=countries, avoid_crossings=crossings
        )  # fmt: skip

    def find_way(
        self,
        carrier: Carrier,
        origin: str,
        destination: str,
        gauge_mm: int | None = None,
        avoids: Avoids = (),
    ) -> Way | None:
        """The way by a carrier, or None where no asset or no load can go it."""
        key = (carrier, origin, destination, gauge_mm, avoids)
        if key not in self._ways:
            times = self.travel_min(carrier, origin, destination, gauge_mm, avoids)
            able = frozenset(times) - {SELF}
            quickest = min(times.values(), default=0)
            way = Way(carrier, origin, destination, gauge_mm, quickest, able, avoids)
            self._ways[key] = way if times else None
        return self._ways[key]

    def travel_min(
        self, carrier: Carrier, origin: str, destination: str, gauge_mm: int | None, avoids: Avoids = ()
    ) -> dict[str, int]:
        """Least minutes by asset type (or :data:`SELF`), for every type that can go."""
        detour = self._detours.get((origin, destination), {}).get(avoids) if MODE_OF[carrier] is Mode.ROAD else None
        if detour is not None:
            metres = float(detour.distance_m)
        else:
            metres = self.distance_m(MODE_OF[carrier], origin, destination, gauge_mm, avoids)
        if not isfinite(metres) or origin == destination:
            return {}
        if carrier.is_self:
            own_min = self.lift.paces[carrier].travel_min(metres)
            return {} if own_min is None else {SELF: own_min}
        times: dict[str, int] = {}
        for kind in self.lift.asset_types:
            pace = self.lift.paces[kind.asset_type_id]
            if kind.carrier is not carrier or pace.gauge_mm != gauge_mm:
                continue
            if not self._runways_suffice(kind.asset_type_id, (origin, destination)):
                continue
            travel_min = pace.travel_min(metres)
            if travel_min is not None:
                times[kind.asset_type_id] = travel_min
        return times

    def _runways_suffice(self, asset_type_id: str, ends: Iterable[str]) -> bool:
        needed_m = self.lift.runway_min_m.get(asset_type_id)
        lengths_m = (self.places[place].runway_m for place in ends)
        return needed_m is None or all(length_m is None or length_m >= needed_m for length_m in lengths_m)

    def legs(self, ways: Iterable[Way]) -> tuple[tuple[Leg, ...], dict[str, tuple[tuple[float, float], ...]]]:
        """Legs with what they pass, and their drawn courses, for the ways that a problem offers."""
        groups: dict[tuple[Mode, int | None, Avoids], list[Way]] = {}
        for way in ways:
            groups.setdefault((MODE_OF[way.carrier], way.gauge_mm, way.avoids), []).append(way)
        legs: list[Leg] = []
        shapes: dict[str, tuple[tuple[float, float], ...]] = {}
        for (mode, gauge_mm, avoids), members in groups.items():
            pairs = sorted({(way.origin, way.destination) for way in members})
            routes = self._routes(mode, pairs, gauge_mm, avoids)
            for way in members:
                route = routes[way.origin, way.destination]
                leg = self._leg(way, mode, route)
                legs.append(leg)
                shapes[leg.leg_id] = tuple((round(lat_deg, 3), round(lon_deg, 3)) for lat_deg, lon_deg in route.line)
        return tuple(sorted(legs, key=lambda leg: leg.leg_id)), shapes

    def _leg(self, way: Way, mode: Mode, route: Route) -> Leg:
        crossings = [stop.crossing_id for stop in route.passages]
        limits = tightest(self.barriers[name] for name in crossings if name in self.barriers)
        return Leg(
            leg_id=way.leg_id,
            mode=mode,
            carrier=way.carrier,
            origin=way.origin,
            destination=way.destination,
            distance_m=max(1, route.distance_m),
            travel_min=self.travel_min(way.carrier, way.origin, way.destination, way.gauge_mm, way.avoids),
            mlc_wheeled_max=limits.mlc_wheeled_max if mode is Mode.ROAD else None,
            mlc_tracked_max=limits.mlc_tracked_max if mode is Mode.ROAD else None,
            height_max_cm=limits.height_max_cm,
            passages=tuple(Passage(crossing=stop.crossing_id, distance_m=stop.distance_m) for stop in route.passages),
            countries=tuple(
                CountryEntry(country=entry.country, distance_m=entry.distance_m)
                for entry in self._countries(way, mode, route)
            ),
        )

    def _countries(self, way: Way, mode: Mode, route: Route) -> Sequence[CountryEntry]:
        """Countries met on the way; by sea and air only those of the two ends count."""
        if mode in {Mode.ROAD, Mode.RAIL}:
            return [CountryEntry(country=entry.country, distance_m=entry.distance_m) for entry in route.countries]
        ends = [CountryEntry(country=self.places[way.origin].country, distance_m=0)]
        if self.places[way.destination].country != ends[0].country:
            ends.append(CountryEntry(country=self.places[way.destination].country, distance_m=max(1, route.distance_m)))
        return ends

    def mobilities(self, legs: Iterable[Leg]) -> tuple[Mobility, ...]:
        """How long empty assets take between their homes and the ends of the legs that they can make."""
        ends: dict[str, set[str]] = {kind.asset_type_id: set() for kind in self.lift.asset_types}
        for asset in self.lift.assets:
            ends[asset.asset_type_id].add(asset.home)
        for leg in legs:
            for asset_type_id in leg.travel_min:
                if asset_type_id != SELF:
                    ends[asset_type_id] |= {leg.origin, leg.destination}
        return tuple(
            self._mobility(kind.asset_type_id, kind.carrier, sorted(ends[kind.asset_type_id]))
            for kind in self.lift.asset_types
        )

    def _mobility(self, asset_type_id: str, carrier: Carrier, places: Sequence[str]) -> Mobility:
        pace, mode = self.lift.paces[asset_type_id], MODE_OF[carrier]

        def empty_min(origin: str, destination: str) -> int | None:
            metres = self.distance_m(mode, origin, destination, pace.gauge_mm)
            return pace.travel_min(metres) if isfinite(metres) else None

        table: list[list[int | None]] = [[0] * len(places) for _ in places]
        for (row, origin), (column, destination) in combinations(enumerate(places), 2):
            table[row][column] = table[column][row] = empty_min(origin, destination)
        return Mobility(mobility_id=asset_type_id, places=tuple(places), travel_min=tuple(map(tuple, table)))
