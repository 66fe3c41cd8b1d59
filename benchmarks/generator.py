"""Generated deployment problems: lines drawn from a seed, moved through a made-up theatre that is as narrow as told.

How narrow, how many and how large is a :class:`~benchmarks.families.Family`; where it happens is a
:class:`~benchmarks.theatre.Theatre`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from benchmarks.families import FAMILIES, Family
from benchmarks.theatre import GAUGES, TYPES, Theatre
from muster.measures import MINUTES_PER_DAY, Timeline
from muster.movement.problem import Asset, CapacityStep, CargoClass, Line, Load, Problem, Resource, ResourceKind, Size


def generate(lines: int, *, family: str, seed: int) -> Problem:
    """Make a problem with so many lines.

    Parameters
    ----------
    family
        One of :data:`~benchmarks.families.FAMILIES`.
    """
    numbers = FAMILIES[family]
    theatre = Theatre(numbers.garrisons, numbers.borders)
    draw = np.random.default_rng([list(FAMILIES).index(family), lines, seed])
    span_d = max(6, ceil(lines / numbers.lines_a_day))
    drawn = [_draw_line(draw, number, span_d, numbers, theatre) for number in range(lines)]
    horizon_min = (4 * span_d + 60) * MINUTES_PER_DAY
    demand = _demand([loads for _, loads in drawn], drives_only=numbers.drives_only)
    return Problem(
        title=f"Generated, {family}",
        case=f"{family}-{lines}-{seed}",
        scenario_hash=f"generated-{family}-{lines}-{seed}",
        timeline=Timeline(),
        horizon_min=horizon_min,
        sites=theatre.sites(),
        lines=tuple(line for line, _ in drawn),
        loads=tuple(load for _, loads in drawn for load in loads),
        itineraries=tuple(theatre.itineraries()),
        legs=tuple(theatre.legs()),
        asset_types=TYPES,
        assets=tuple(_fleets(demand, numbers, span_d, horizon_min)),
        mobilities=tuple(theatre.mobility(kind) for kind in TYPES),
        resources=tuple(_resources(demand, numbers, theatre, span_d)),
    )


def _draw_line(
    draw: np.random.Generator, number: int, span_d: int, numbers: Family, theatre: Theatre
) -> tuple[Line, list[Load]]:
    """One line with its loads."""
    uln = f"L{number:05d}"
    home, country, _ = theatre.homes[draw.integers(len(theatre.homes))]
    yard = int(draw.integers(len(theatre.yards)))
    camp = theatre.camps_behind(yard)[int(draw.integers(2))]
    priority = int(draw.integers(1, 6))
    ready_min = int(draw.integers(span_d * 24)) * 60
    slack_d = int(draw.integers(numbers.slack_d[0], numbers.slack_d[1] + 1))

    def load(cargo: CargoClass, number: int, count: int) -> Load:
        ways = () if cargo is CargoClass.CARRIED else theatre.road(cargo, home, yard, camp)
        if cargo is CargoClass.CARRIED or (cargo is CargoClass.WHEELED and not numbers.drives_only):
            ways += theatre.rail(cargo, home, yard, camp)
        return _load(uln, cargo, number, count, ways)

    loads = [load(CargoClass.PEOPLE, 1, int(draw.integers(30, 121)))]
    for cargo, (fewest, most), (smallest, largest) in (
        (CargoClass.WHEELED, numbers.wheeled_loads, (6, 18)),
        (CargoClass.CARRIED, numbers.carried_loads, (3, 8)),
    ):
        sizes = draw.integers(smallest, largest + 1, size=draw.integers(fewest, most + 1)).tolist()
        loads += [load(cargo, number, size) for number, size in enumerate(sizes, 1)]
    line = Line(
        uln=uln, name=f"Company {number}", nation=country, priority=priority, weight=2 ** (5 - priority),
        ready_min=ready_min, required_min=ready_min + slack_d * MINUTES_PER_DAY, origin=home, destination=camp,
        loads=tuple(load.load_id for load in loads), staging=theatre.yards[yard], join_window_min=4 * MINUTES_PER_DAY,
        integration_min=720, cohesion_window_min=3 * MINUTES_PER_DAY,
    )  # fmt: skip
    return line, loads


def _load(uln: str, cargo: CargoClass, number: int, count: int, ways: tuple[str, ...]) -> Load:
    is_people = cargo is CargoClass.PEOPLE
    lane_cm, mass_kg = (1_100, 60_000) if cargo is CargoClass.CARRIED else (900, 12_000)
    size = Size(people=count)
    if not is_people:
        size = Size(vehicles=count, lane_cm=count * lane_cm, mass_kg=count * mass_kg)
    return Load(
        load_id=f"{uln}/{cargo}/{number}", uln=uln, cargo=cargo, pieces=count,
        people=count if is_people else 2 * count, vehicles=0 if is_people else count, size=size, itineraries=ways,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Demand:
    """What all loads ask for if the wheeled vehicles that may go by train do so by half."""

    border_vehicles: int
    convoys: int
    train_loads: float
    coach_loads: float
    transporter_loads: int


def _demand(lines: Sequence[Sequence[Load]], *, drives_only: bool) -> _Demand:
    loads = [load for of_line in lines for load in of_line]
    count: Counter[CargoClass] = Counter()
    for load in loads:
        count[load.cargo] += load.pieces
    convoys = sum(load.cargo is CargoClass.WHEELED for load in loads)
    by_train = 0 if drives_only else count[CargoClass.WHEELED] * 900 // 2
    coaches = count[CargoClass.PEOPLE] / 160
    return _Demand(
        border_vehicles=count[CargoClass.WHEELED] // (1 if drives_only else 2) + round(4 * coaches),
        convoys=convoys // (1 if drives_only else 2),
        train_loads=(count[CargoClass.CARRIED] * 1_100 + by_train) / 40_000,
        coach_loads=coaches,
        transporter_loads=sum(load.cargo is CargoClass.CARRIED for load in loads),
    )


def _fleets(demand: _Demand, numbers: Family, span_d: int, horizon_min: int) -> Iterable[Asset]:
    """Assets by the days that a round trip takes."""
    for kind, home, loads, cycle_d in (
        ("train-1435", "GAUGE-1", demand.train_loads, 4.0),
        ("train-1520", "YARD-2", demand.train_loads, 1.2),
        ("bus", "YARD-2", 2 * demand.coach_loads, 2.0),
        ("het", "YARD-2", demand.transporter_loads, 2.0),
    ):
        count = max(2, ceil(loads * cycle_d / span_d / numbers.crowding))
        for number in range(1, count + 1):
            yield Asset(asset_id=f"{kind}-{number}", asset_type_id=kind, fleet_id=kind, nation="POL", home=home,
                        available_from_min=0, available_until_min=horizon_min)  # fmt: skip


def _resources(demand: _Demand, numbers: Family, theatre: Theatre, span_d: int) -> Iterable[Resource]:
    border_days, days = span_d * numbers.border_crowding, span_d * numbers.crowding
    parts = len(theatre.borders)
    for border in theatre.borders:
        yield _daily(border, ResourceKind.CROSSING_VEHICLES, max(20, demand.border_vehicles / parts / border_days))
        yield _daily(border, ResourceKind.CREDITS, max(6, 2 * demand.convoys / parts / days))
    for gauge in GAUGES:
        yield _daily(gauge, ResourceKind.TRANSHIPMENT, max(60, 30 * demand.train_loads / len(GAUGES) / days))
        yield _daily(gauge, ResourceKind.TRAINS, max(4, 2 * demand.train_loads / days))


def _daily(place: str, kind: ResourceKind, capacity: float) -> Resource:
    return Resource(
        resource_id=f"{place}/{kind}", place=place, kind=kind, period_min=MINUTES_PER_DAY,
        steps=(CapacityStep(from_min=0, capacity=ceil(capacity)),),
    )  # fmt: skip
