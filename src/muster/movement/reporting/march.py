"""March tables and movement credits: when each convoy is where, how long it takes to pass, and under which numbers.

The plan and its rules see a convoy as a point; here it has a length. Its head keeps the plan's minutes, its tail
follows by the pass time. Road space is vehicles times interval; pass time is road space over speed, plus time gaps
between march units, plus an allowance that grows with the vehicles (US Army ST 100-3, chapter 8, section I). The number
of a credit is built as US Army subcourse MP 1029 shows: day, authority, running number.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Final, Self

from muster.measures import MINUTES_PER_DAY, MINUTES_PER_HOUR, Timeline
from muster.movement.checks.facts import Ride, gather, met_min
from muster.movement.plan import Plan
from muster.movement.problem import Carrier, Problem
from muster.reference import Factor

_METRES_PER_KM: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MarchFactors:
    """How convoys march.

    Attributes
    ----------
    interval_m
        Road space of one vehicle: itself and the gap to the next.
    speed_kmh
        Speed at which a convoy passes a point; short halts are in the rate of march, not here.
    unit_vehicles, unit_gap_min
        Vehicles of one march unit, and minutes between two units of a convoy.
    allowance_min_per_25_vehicles
        Extra time for what always happens.
    first_halt_after_min, first_halt_min
        The first halt of a day's march: after so many minutes, for so many.
    next_halt_after_min, next_halt_min
        Every other halt, after the end of the one before.
    meal_halt_min
        The first halt that falls in the second half of a day's march; vehicles are refuelled at the same time.
    march_day_min
        Minutes from the start of a day's march to the long rest that fills the rest of 24 hours.
    """

    interval_m: float
    speed_kmh: float
    unit_vehicles: int
    unit_gap_min: float
    allowance_min_per_25_vehicles: float
    first_halt_after_min: int
    first_halt_min: int
    next_halt_after_min: int
    next_halt_min: int
    meal_halt_min: int
    march_day_min: int

    def __post_init__(self) -> None:
        """Refuse factors with which nobody gets anywhere."""
        positive = ("interval_m", "speed_kmh", "unit_vehicles", "first_halt_after_min", "next_halt_after_min")
        faults = [
            f"{name} is {getattr(self, name)}; give more than 0." for name in positive if getattr(self, name) <= 0
        ]
        if not 0 < self.march_day_min <= MINUTES_PER_DAY:
            faults.append(f"march_day_min is {self.march_day_min}; give 1 to {MINUTES_PER_DAY}.")
        if faults:
            raise ValueError("\n".join(faults))

    @classmethod
    def from_reference(cls, factors: Mapping[str, Factor]) -> Self:
        """Take the road factors of a scenario, or of the reference tables."""

        def planned(name: str) -> float:
            return factors[f"road.{name}"].planned

        return cls(
            interval_m=planned("gap.open"),
            speed_kmh=planned("convoy.speed_kmh"),
            unit_vehicles=round(planned("convoy.vehicles")),
            unit_gap_min=planned("timegap.unit"),
            allowance_min_per_25_vehicles=planned("extal"),
            first_halt_after_min=MINUTES_PER_HOUR,
            first_halt_min=round(planned("halt.first")),
            next_halt_after_min=2 * MINUTES_PER_HOUR,
            next_halt_min=round(planned("halt.next")),
            meal_halt_min=round(planned("halt.meal")),
            march_day_min=round(planned("drive.hours_per_day") * MINUTES_PER_HOUR),
        )

    def road_space_m(self, vehicles: int) -> float:
        """Length of a convoy on the road."""
        return vehicles * self.interval_m

    def pass_min(self, vehicles: int) -> int:
        """Minutes from head to tail past a point, rounded up."""
        units = -(-vehicles // self.unit_vehicles)
        metres_per_min = Fraction(self.speed_kmh) * _METRES_PER_KM / MINUTES_PER_HOUR
        driving = Fraction(self.road_space_m(vehicles)) / metres_per_min
        gaps = max(units - 1, 0) * Fraction(self.unit_gap_min)
        return ceil(driving + gaps + Fraction(self.allowance_min_per_25_vehicles) * vehicles / 25)


class HaltKind(StrEnum):
    """Why a convoy stands."""

    SHORT = "short"
    MEAL = "meal"
    REST = "rest"
    """The long rest after a day's march."""
    WAIT = "wait"
    """The plan lets it wait before its destination."""


@dataclass(frozen=True, slots=True)
class Halt:
    """A convoy's head stands during ``[start_min, end_min)``."""

    kind: HaltKind
    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True)
class Credit:
    """Leave for a convoy to pass a crossing.

    Attributes
    ----------
    number
        Day, nation and running number, as in ``05-DEU-03``: the day of the month where C-day has a date, else the day
        after C-day.
    arrival_min, clear_min
        Head at the crossing; tail past it.
    """

    number: str
    crossing: str
    distance_m: int
    arrival_min: int
    clear_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Convoy:
    """A row of the march table: a load on a leg that it makes itself by road.

    Attributes
    ----------
    start_min, end_min
        Head leaves the origin; head reaches the destination. The tail follows by ``pass_min``.
    """

    number: str
    load_id: str
    uln: str
    nation: str
    leg: str
    origin: str
    destination: str
    distance_m: int
    vehicles: int
    road_space_m: float
    start_min: int
    pass_min: int
    credits: tuple[Credit, ...]
    halts: tuple[Halt, ...]
    end_min: int

    @property
    def clear_min(self) -> int:
        """When the tail reaches the destination."""
        return self.end_min + self.pass_min


def march_table(problem: Problem, plan: Plan, factors: MarchFactors) -> tuple[Convoy, ...]:
    """Every convoy of a plan, in the order in which they start.

    Credits of a day and nation are numbered in the order in which the crossings are met.
    """
    facts = gather(problem, plan)
    marches = [
        (ride, ride.travel_min)
        for ride in facts.rides()
        if ride.is_self_made and ride.leg.carrier in {Carrier.CONVOY, Carrier.TRACKS} and ride.travel_min is not None
    ]
    marches.sort(key=lambda march: (march[0].step.departure_min, march[0].load.load_id))
    numbers = _credit_numbers(problem.timeline, marches)
    width = max(3, len(str(len(marches))))
    return tuple(
        _convoy(f"M{index:0{width}d}", ride, travel_min, factors, numbers)
        for index, (ride, travel_min) in enumerate(marches, start=1)
    )


def list_halts(departure_min: int, travel_min: int, arrival_min: int, factors: MarchFactors) -> tuple[Halt, ...]:
    """Halts of a march, within its travel time, and the wait before its destination where the plan has one."""
    halts = list(_halts(departure_min, departure_min + travel_min, factors))
    if arrival_min > departure_min + travel_min:
        halts.append(Halt(HaltKind.WAIT, departure_min + travel_min, arrival_min))
    return tuple(halts)


_CrossedBy = Mapping[tuple[str, str, int], str]


def _credit_numbers(timeline: Timeline, marches: Sequence[tuple[Ride, int]]) -> _CrossedBy:
    """Number of the credit by load, leg and which passage of the leg."""
    passages = [
        (met_min(ride.step.departure_min, travel_min, passage.distance_m, ride.leg), ride.load.load_id, ride, index)
        for ride, travel_min in marches
        for index, passage in enumerate(ride.leg.passages)
    ]
    running: dict[tuple[int, str], int] = defaultdict(int)
    numbers: dict[tuple[str, str, int], str] = {}
    for minute, load_id, ride, index in sorted(passages, key=lambda each: (each[0], each[1], each[2].index, each[3])):
        at = timeline.instant(minute)
        day = minute // MINUTES_PER_DAY if at is None else at.day
        running[day, ride.line.nation] += 1
        numbers[load_id, ride.leg.leg_id, index] = f"{day:02d}-{ride.line.nation}-{running[day, ride.line.nation]:02d}"
    return numbers


def _convoy(number: str, ride: Ride, travel_min: int, factors: MarchFactors, numbers: _CrossedBy) -> Convoy:
    load, leg, step = ride.load, ride.leg, ride.step
    pass_min = factors.pass_min(load.vehicles)
    credits_ = []
    for index, passage in enumerate(leg.passages):
        minute = met_min(step.departure_min, travel_min, passage.distance_m, leg)
        name = numbers[load.load_id, leg.leg_id, index]
        credits_.append(Credit(name, passage.crossing, passage.distance_m, minute, minute + pass_min))
    return Convoy(
        number=number,
        load_id=load.load_id,
        uln=ride.line.uln,
        nation=ride.line.nation,
        leg=leg.leg_id,
        origin=leg.origin,
        destination=leg.destination,
        distance_m=leg.distance_m,
        vehicles=load.vehicles,
        road_space_m=factors.road_space_m(load.vehicles),
        start_min=step.departure_min,
        pass_min=pass_min,
        credits=tuple(credits_),
        halts=list_halts(step.departure_min, travel_min, step.arrival_min, factors),
        end_min=step.arrival_min,
    )


def _halts(start_min: int, end_min: int, factors: MarchFactors) -> Iterator[Halt]:
    """Halts between start and end; one that would reach past the end of the march or of its day is left out."""
    day_start = start_min
    while day_start < end_min:
        day_end = min(day_start + factors.march_day_min, end_min)
        middle = day_start + factors.march_day_min // 2
        at, lasts_min, had_meal = day_start + factors.first_halt_after_min, factors.first_halt_min, False
        while True:
            is_meal = not had_meal and at >= middle
            until = at + (factors.meal_halt_min if is_meal else lasts_min)
            if until >= day_end:
                break
            yield Halt(HaltKind.MEAL if is_meal else HaltKind.SHORT, at, until)
            had_meal = had_meal or is_meal
            at, lasts_min = until + factors.next_halt_after_min, factors.next_halt_min
        day_start += MINUTES_PER_DAY
        if day_end < end_min and factors.march_day_min < MINUTES_PER_DAY:
            yield Halt(HaltKind.REST, day_end, min(day_start, end_min))
