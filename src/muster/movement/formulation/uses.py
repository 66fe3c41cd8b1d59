"""What the rides use of the resources of places: how much, between which minutes, and what the places have."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation.choices import Choices, Ints
from muster.movement.formulation.crossing import Way
from muster.movement.problem import Carrier, Resource, ResourceKind

_BERTH = {
    Carrier.TRAIN: ResourceKind.RAMP,
    Carrier.RORO_SHIP: ResourceKind.BERTH_RORO,
    Carrier.CONTAINER_SHIP: ResourceKind.BERTH_CONTAINER,
    Carrier.AIRCRAFT: ResourceKind.MOG,
}
ANY_TIME_MIN = -(1 << 40)
"""Before everything: for a use that only the start of loading dates, which nothing but the horizon holds back."""

_ROAD = frozenset({Carrier.BUS, Carrier.TRUCK, Carrier.HET, Carrier.CONVOY, Carrier.TRACKS})


class Per(Enum):
    """What an amount is for."""

    VOYAGE = "voyage"
    """The whole voyage: a load answers for its share."""
    LOAD = "load"
    VEHICLES = "vehicles"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class _Use:
    """A use by one way: its amount (times minutes where it lasts), and when, from the start and before the end."""

    resource: int
    per: Per
    amount: int
    after_min: int
    before_min: int


@dataclass(frozen=True, eq=False)
class Uses:
    """All uses of all rides, as flat arrays sorted by resource.

    Attributes
    ----------
    amount
        What a whole voyage (or the load itself) uses: a number, or number times minutes.
    is_shared
        Whether loads answer for their shares of the amount.
    first
        Where the uses of each resource begin, with one more entry for the end.
    """

    ride: Ints
    amount: Ints
    is_shared: np.typing.NDArray[np.bool_]
    head_min: Ints
    tail_min: Ints
    first: Ints


def uses(choices: Choices) -> Uses:
    """Expand what each way uses to the rides on it."""
    by_way = [list(_of_way(choices, way)) for way in choices.ways]
    rows = [
        (use.resource, ride, _amount(choices, ride, use), use.per is Per.VOYAGE, use.after_min, use.before_min)
        for ride, way in enumerate(choices.ride_way.tolist())
        for use in by_way[way]
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    table = table[np.argsort(table[:, 0], kind="stable")]
    ride = table[:, 1]
    return Uses(
        ride=ride,
        amount=table[:, 2],
        is_shared=table[:, 3].astype(np.bool_),
        head_min=choices.head_min[ride] + table[:, 4],
        tail_min=choices.tail_min[ride] + table[:, 5],
        first=np.searchsorted(table[:, 0], np.arange(len(choices.problem.resources) + 1)),
    )


@dataclass(frozen=True, eq=False)
class Calendar:
    """How much of a resource there is between two minutes, generously: a period that is touched counts whole."""

    resource: Resource
    horizon_min: int

    def capacity(self, begin_min: int, end_min: int) -> int:
        """Amount times minutes of ``[begin, end)``, or amounts of every period that meets ``[begin, end]``."""
        begin_min = max(begin_min, 0)
        if end_min < begin_min:
            return 0
        period_min = self.resource.period_min
        if period_min is None:
            return int(self._integral(end_min) - self._integral(begin_min))
        last = min(end_min // period_min, len(self._by_period) - 2)
        first = min(begin_min // period_min, last + 1)
        return int(self._by_period[last + 1] - self._by_period[first])

    def _integral(self, minute: int) -> int:
        total: int = 0
        steps = self.resource.steps
        ends = [step.from_min for step in steps[1:]] + [minute]
        for step, end_min in zip(steps, ends, strict=True):
            lasts_min: int = max(0, min(end_min, minute) - step.from_min)
            total += step.capacity * lasts_min
        return total

    @cached_property
    def _by_period(self) -> Ints:
        """Capacity of all periods before each, to the horizon."""
        period_min = self.resource.period_min or MINUTES_PER_DAY
        starts = range(0, self.horizon_min + period_min, period_min)
        each = [self.resource.capacity_at(start_min) for start_min in starts]
        return np.cumsum([0, *each], dtype=np.int64)


def _amount(choices: Choices, ride: int, use: _Use) -> int:
    load = choices.loads[choices.ride_load[ride]]
    counted: dict[Per, int] = {Per.VEHICLES: load.vehicles, Per.PEOPLE: load.people}
    return use.amount * counted.get(use.per, 1)


def _of_way(choices: Choices, way: Way) -> Iterator[_Use]:
    """Uses of one way at the resources that count them."""
    for place, kind, per, amount, after_min, before_min in _told(way):
        for resource in choices.problem.resources_at.get((place, kind), ()):
            if amount and (per is not Per.PEOPLE or resource.nation in (None, way.nation)):
                yield _Use(choices.resource_index[resource.resource_id], per, amount, after_min, before_min)


def _told(way: Way) -> Iterator[tuple[str, ResourceKind, Per, int, int, int]]:
    """Place, kind, per what, amount (times minutes), least minutes after the earliest start and before the end."""
    for after_min, taken in moments_of(way):
        for place, kind, per, amount, offset_min, lasts_min in taken:
            begins_min = after_min + offset_min
            earliest_min = ANY_TIME_MIN if kind is ResourceKind.TRANSHIPMENT else begins_min
            yield place, kind, per, amount * (lasts_min or 1), earliest_min, way.whole_min - begins_min - lasts_min


Taken = tuple[str, ResourceKind, Per, int, int, int]
"""Place, kind, per what, amount, minutes after (or before) its moment, minutes that it lasts (0: it falls on one)."""


def moments_of(way: Way) -> tuple[tuple[int, list[Taken]], ...]:
    """Start of loading, departure, arrival and end: least minutes after the start, and what is taken then.

    Between two moments a ride may wait. Only what surely happens at its moment is told: of a longer stay alongside, the
    last minutes before departure and before the end.
    """
    leg, pool, load_min, unload_min = way.leg, way.pool, way.load_min, way.unload_min
    started: list[Taken] = []
    departed = [*_alongside(way, leg.origin, load_min), *_loaded_by(way), *_under_way(way)]
    arrived: list[Taken] = []
    ended = [*_alongside(way, leg.destination, unload_min)]
    if pool is not None and leg.carrier is Carrier.TRAIN:
        started.append((leg.origin, ResourceKind.TRANSHIPMENT, Per.VOYAGE, pool.kind.wagons, 0, 0))
        departed.append((leg.origin, ResourceKind.TRAINS, Per.VOYAGE, 1, 0, 0))
        arrived.append((leg.destination, ResourceKind.TRAINS, Per.VOYAGE, 1, 0, 0))
    return (0, started), (load_min, departed), (load_min + way.travel_min, arrived), (way.whole_min, ended)


def _alongside(way: Way, place: str, minutes: int) -> Iterator[Taken]:
    """The last minutes alongside at a place."""
    berth = _BERTH.get(way.leg.carrier)
    if way.pool is not None and berth is not None and minutes:
        spots = way.pool.kind.mog_percent if berth is ResourceKind.MOG else 1
        yield place, berth, Per.VOYAGE, spots, -minutes, minutes


def _loaded_by(way: Way) -> Iterator[Taken]:
    """Gangs, the last minutes of loading."""
    if way.pool is not None and way.load_min:
        for gangs in way.leg.gangs:
            yield gangs.party, ResourceKind.GANGS, Per.VOYAGE, gangs.count, -way.load_min, way.load_min


def _under_way(way: Way) -> Iterator[Taken]:
    """Crossings and countries met after departure."""
    for passage in way.leg.passages:
        for kind, per, amount in _at_crossing(way):
            yield passage.crossing, kind, per, amount, _met_min(way, passage.distance_m), 0
    for entry in way.leg.countries:
        if entry.distance_m > 0:
            yield entry.country, ResourceKind.CAVEAT, Per.PEOPLE, 1, _met_min(way, entry.distance_m), 0


def _at_crossing(way: Way) -> Iterator[tuple[ResourceKind, Per, int]]:
    if way.pool is None:
        if way.leg.carrier in _ROAD:
            yield ResourceKind.CROSSING_VEHICLES, Per.VEHICLES, 1
            yield ResourceKind.CREDITS, Per.LOAD, 1
    elif way.leg.carrier is Carrier.TRAIN:
        yield ResourceKind.CROSSING_WAGONS, Per.VOYAGE, way.pool.kind.wagons
    elif way.leg.carrier in _ROAD:
        yield ResourceKind.CROSSING_VEHICLES, Per.VOYAGE, way.pool.kind.vehicles
        yield ResourceKind.CREDITS, Per.VOYAGE, 1


def _met_min(way: Way, distance_m: int) -> int:
    return way.travel_min * distance_m // way.leg.distance_m if way.leg.distance_m else 0
