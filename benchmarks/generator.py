"""Generated deployment problems: how hard a problem is to plan is set by a few numbers, fixed before anything is tuned.

A made-up theatre: twelve garrisons in three countries, two points where the gauge changes, three road borders, each
with a staging yard behind it, and six camps. Vehicles drive over the border of their yard or round over the next one,
or take the train to the change of gauge and on; tracked ones go by train and on transporters; people by coach.

Two families. In ``dominant`` the road borders are narrow and everything else is ample. In ``series`` trains, the change
of gauge, borders, march credits, coaches and transporters are all narrow, one after the other.

Every later change to a number here is told in ``docs/benchmarks/frontier.md`` with the results before and after.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np

from muster.measures import MINUTES_PER_DAY, Timeline
from muster.movement.problem import (
    SELF,
    Asset,
    AssetType,
    Capacity,
    CapacityStep,
    CargoClass,
    Carrier,
    CountryEntry,
    Itinerary,
    Leg,
    Line,
    Load,
    Mobility,
    Passage,
    Problem,
    Resource,
    ResourceKind,
    Site,
    Size,
)
from muster.network import Mode

FAMILIES: Final = ("dominant", "series")
NARROW: Final = 1.25
"""Demand over the span of ready dates as a multiple of what a narrow place or fleet does in that time."""
AMPLE: Final = 0.4
"""The same for what is not narrow."""
LINES_A_DAY: Final = 40
"""Lines that become ready on a day; more lines take longer, they do not crowd more."""
SLACK_D: Final = (3, 10)
"""Days between ready and required date."""

_COUNTRIES: Final = ("FRA", "DEU", "POL")
_HOMES: Final = tuple((f"HOME-{n:02d}", _COUNTRIES[n // 4], 1_500 - 110 * n) for n in range(12))
"""Garrisons with their country and kilometres to the borders."""
_HOME_NAMES: Final = tuple(home for home, _, _ in _HOMES)
_YARDS: Final = ("YARD-1", "YARD-2", "YARD-3")
_GAUGES: Final = ("GAUGE-1", "GAUGE-2")
_CAMPS: Final = tuple(f"CAMP-{n}" for n in range(1, 7))
_KMH: Final = {Carrier.CONVOY: 30, Carrier.BUS: 45, Carrier.TRAIN: 25, Carrier.HET: 20}
_TYPES: Final = (
    AssetType(asset_type_id="train-1435", carrier=Carrier.TRAIN, name="train", mobility_id="train-1435",
              carries=(CargoClass.WHEELED, CargoClass.CARRIED), capacity=Capacity(lane_cm=40_000, mass_kg=1_200_000),
              load_min=240, unload_min=180, wagons=30),
    AssetType(asset_type_id="train-1520", carrier=Carrier.TRAIN, name="broad train", mobility_id="train-1520",
              carries=(CargoClass.WHEELED, CargoClass.CARRIED), capacity=Capacity(lane_cm=40_000, mass_kg=1_200_000),
              load_min=240, unload_min=180, wagons=30),
    AssetType(asset_type_id="bus", carrier=Carrier.BUS, name="four coaches", mobility_id="bus",
              carries=(CargoClass.PEOPLE,), capacity=Capacity(people=160), load_min=30, unload_min=30, vehicles=4),
    AssetType(asset_type_id="het", carrier=Carrier.HET, name="eight transporters", mobility_id="het",
              carries=(CargoClass.CARRIED,), capacity=Capacity(vehicles=8), load_min=120, unload_min=90, vehicles=8),
)  # fmt: skip


def generate(lines: int, *, family: str, seed: int) -> Problem:
    """Make a problem with so many lines.

    Parameters
    ----------
    family
        One of :data:`FAMILIES`.
    """
    draw = np.random.default_rng([FAMILIES.index(family), lines, seed])
    span_d = max(6, ceil(lines / LINES_A_DAY))
    drawn = [_draw_line(draw, number, span_d) for number in range(lines)]
    legs = {leg.leg_id: leg for leg in _legs()}
    horizon_min = (4 * span_d + 60) * MINUTES_PER_DAY
    demand = _demand([loads for _, loads in drawn])
    return Problem(
        title=f"Generated, {family}",
        case=f"{family}-{lines}-{seed}",
        scenario_hash=f"generated-{family}-{lines}-{seed}",
        timeline=Timeline(),
        horizon_min=horizon_min,
        sites=_sites(),
        lines=tuple(line for line, _ in drawn),
        loads=tuple(load for _, loads in drawn for load in loads),
        itineraries=_itineraries(),
        legs=tuple(legs.values()),
        asset_types=_TYPES,
        assets=tuple(_fleets(demand, family, span_d, horizon_min)),
        mobilities=tuple(_mobility(kind) for kind in _TYPES),
        resources=tuple(_resources(demand, family, span_d)),
    )


def _draw_line(draw: np.random.Generator, number: int, span_d: int) -> tuple[Line, list[Load]]:
    """One line of two to seven loads."""
    uln = f"L{number:05d}"
    home, country, _ = _HOMES[draw.integers(len(_HOMES))]
    yard = int(draw.integers(len(_YARDS)))
    camp = _CAMPS[2 * yard + int(draw.integers(2))]
    priority = int(draw.integers(1, 6))
    ready_min = int(draw.integers(span_d * 24)) * 60
    slack_d = int(draw.integers(SLACK_D[0], SLACK_D[1] + 1))
    loads = [_load(uln, CargoClass.PEOPLE, 1, int(draw.integers(30, 121)), home, yard, camp)]
    for cargo, (fewest, most), (smallest, largest) in (
        (CargoClass.WHEELED, (1, 4), (6, 18)),
        (CargoClass.CARRIED, (0, 2), (3, 8)),
    ):
        sizes = draw.integers(smallest, largest + 1, size=draw.integers(fewest, most + 1)).tolist()
        loads += [_load(uln, cargo, number, size, home, yard, camp) for number, size in enumerate(sizes, 1)]
    line = Line(
        uln=uln, name=f"Company {number}", nation=country, priority=priority, weight=2 ** (5 - priority),
        ready_min=ready_min, required_min=ready_min + slack_d * MINUTES_PER_DAY, origin=home, destination=camp,
        loads=tuple(load.load_id for load in loads), staging=_YARDS[yard], join_window_min=4 * MINUTES_PER_DAY,
        integration_min=720, cohesion_window_min=3 * MINUTES_PER_DAY,
    )  # fmt: skip
    return line, loads


def _load(uln: str, cargo: CargoClass, number: int, count: int, home: str, yard: int, camp: str) -> Load:
    is_people, is_tracked = cargo is CargoClass.PEOPLE, cargo is CargoClass.CARRIED
    lane_cm, mass_kg = (1_100, 60_000) if is_tracked else (900, 12_000)
    size = Size(people=count)
    if not is_people:
        size = Size(vehicles=count, lane_cm=count * lane_cm, mass_kg=count * mass_kg)
    roads = tuple(f"{cargo}:{home}:{_YARDS[yard]}:{border}:{camp}" for border in (yard, (yard + 1) % 3))
    rails = tuple(f"{cargo}:{home}:{_YARDS[yard]}:{gauge}:{camp}" for gauge in _GAUGES)
    return Load(
        load_id=f"{uln}/{cargo}/{number}", uln=uln, cargo=cargo, pieces=count,
        people=count if is_people else 2 * count, vehicles=0 if is_people else count,
        size=size,
        itineraries=roads if is_people else rails if is_tracked else roads + rails,
    )  # fmt: skip


def _itineraries() -> tuple[Itinerary, ...]:
    """Every way from every garrison over every yard to the camps behind it."""
    ends = [
        (home, yard, camp)
        for home in _HOME_NAMES
        for yard in range(len(_YARDS))
        for camp in _CAMPS[2 * yard : 2 * yard + 2]
    ]
    found: list[Itinerary] = []
    for home, yard, camp in ends:
        name = _YARDS[yard]
        for cargo, carrier in ((CargoClass.PEOPLE, Carrier.BUS), (CargoClass.WHEELED, Carrier.CONVOY)):
            found += [
                Itinerary(
                    itinerary_id=f"{cargo}:{home}:{name}:{border}:{camp}",
                    legs=(f"{carrier}:{home}>{name}:{border}", f"{carrier}:{name}>{camp}"),
                    staged_after=1,
                )
                for border in (yard, (yard + 1) % 3)
            ]
        for cargo, carrier in ((CargoClass.WHEELED, Carrier.CONVOY), (CargoClass.CARRIED, Carrier.HET)):
            found += [
                Itinerary(
                    itinerary_id=f"{cargo}:{home}:{name}:{gauge}:{camp}",
                    legs=(f"train:{home}>{gauge}", f"train:{gauge}>{name}", f"{carrier}:{name}>{camp}"),
                    staged_after=2,
                )
                for gauge in _GAUGES
            ]
    return tuple(found)


def _legs() -> Iterable[Leg]:
    for home, country, km in _HOMES:
        for yard, name in enumerate(_YARDS):
            for border in (yard, (yard + 1) % 3):
                far_km = km + (0 if border == yard else 180)
                for carrier in (Carrier.CONVOY, Carrier.BUS):
                    yield _leg(f"{carrier}:{home}>{name}:{border}", carrier, home, name, far_km + 60, country,
                               border=(f"BORDER-{border + 1}", far_km))  # fmt: skip
        for number, gauge in enumerate(_GAUGES):
            yield _leg(f"train:{home}>{gauge}", Carrier.TRAIN, home, gauge, km + 80 * number, country)
    for number, gauge in enumerate(_GAUGES):
        for yard, name in enumerate(_YARDS):
            yield _leg(f"train:{gauge}>{name}", Carrier.TRAIN, gauge, name, 90 + 70 * abs(yard - number), "UKR", "1520")
    for yard, name in enumerate(_YARDS):
        for near, camp in enumerate(_CAMPS[2 * yard : 2 * yard + 2]):
            for carrier in (Carrier.CONVOY, Carrier.BUS, Carrier.HET):
                yield _leg(f"{carrier}:{name}>{camp}", carrier, name, camp, 250 + 150 * near, "UKR")


def _leg(
    leg_id: str,
    carrier: Carrier,
    origin: str,
    destination: str,
    km: int,
    country: str,
    gauge: str = "1435",
    border: tuple[str, int] | None = None,
) -> Leg:
    minutes = km * 60 // _KMH[carrier]
    key = {Carrier.CONVOY: SELF, Carrier.TRAIN: f"train-{gauge}"}.get(carrier, str(carrier))
    passages = () if border is None else (Passage(crossing=border[0], distance_m=border[1] * 1000),)
    entries = () if border is None else (CountryEntry(country="UKR", distance_m=border[1] * 1000),)
    return Leg(
        leg_id=leg_id, mode=Mode.RAIL if carrier is Carrier.TRAIN else Mode.ROAD, carrier=carrier, origin=origin,
        destination=destination, distance_m=km * 1000, travel_min={key: minutes}, passages=passages,
        countries=(CountryEntry(country=country, distance_m=0), *entries),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Demand:
    """What all loads ask for if half of the wheeled vehicles that may go by train do."""

    border_vehicles: int
    convoys: int
    train_loads: float
    coach_loads: float
    transporter_loads: int


def _demand(lines: Sequence[Sequence[Load]]) -> _Demand:
    loads = [load for of_line in lines for load in of_line]
    count: Counter[CargoClass] = Counter()
    for load in loads:
        count[load.cargo] += load.pieces
    by_train_cm = count[CargoClass.CARRIED] * 1_100 + count[CargoClass.WHEELED] * 900 // 2
    coaches = count[CargoClass.PEOPLE] / 160
    return _Demand(
        border_vehicles=count[CargoClass.WHEELED] // 2 + round(4 * coaches),
        convoys=sum(load.cargo is CargoClass.WHEELED for load in loads) // 2,
        train_loads=by_train_cm / 40_000,
        coach_loads=coaches,
        transporter_loads=sum(load.cargo is CargoClass.CARRIED for load in loads),
    )


def _share(family: str, *, is_border: bool = False) -> float:
    return NARROW if family == "series" or is_border else AMPLE


def _fleets(demand: _Demand, family: str, span_d: int, horizon_min: int) -> Iterable[Asset]:
    """Assets by the days that a round trip takes."""
    share = _share(family)
    for kind, home, loads, cycle_d in (
        ("train-1435", "GAUGE-1", demand.train_loads, 4.0),
        ("train-1520", "YARD-2", demand.train_loads, 1.2),
        ("bus", "YARD-2", 2 * demand.coach_loads, 2.0),
        ("het", "YARD-2", demand.transporter_loads, 2.0),
    ):
        count = max(2, ceil(loads * cycle_d / span_d / share))
        for number in range(1, count + 1):
            yield Asset(asset_id=f"{kind}-{number}", asset_type_id=kind, fleet_id=kind, nation="POL", home=home,
                        available_from_min=0, available_until_min=horizon_min)  # fmt: skip


def _resources(demand: _Demand, family: str, span_d: int) -> Iterable[Resource]:
    narrow, usual = _share(family, is_border=True), _share(family)
    for border in ("BORDER-1", "BORDER-2", "BORDER-3"):
        yield _daily(border, ResourceKind.CROSSING_VEHICLES, max(20, demand.border_vehicles / 3 / span_d / narrow))
        yield _daily(border, ResourceKind.CREDITS, max(6, 2 * demand.convoys / 3 / span_d / usual))
    for gauge in _GAUGES:
        yield _daily(gauge, ResourceKind.TRANSHIPMENT, max(60, 30 * demand.train_loads / 2 / span_d / usual))
        yield _daily(gauge, ResourceKind.TRAINS, max(4, 2 * demand.train_loads / span_d / usual))


def _daily(place: str, kind: ResourceKind, capacity: float) -> Resource:
    return Resource(
        resource_id=f"{place}/{kind}", place=place, kind=kind, period_min=MINUTES_PER_DAY,
        steps=(CapacityStep(from_min=0, capacity=ceil(capacity)),),
    )  # fmt: skip


def _mobility(kind: AssetType) -> Mobility:
    """Empty travel over a line of places: a place's kilometres from the borders, negative behind them."""
    along = {home: km for home, _, km in _HOMES}
    along |= dict.fromkeys(_GAUGES, 0) | dict.fromkeys(_YARDS, -60) | dict.fromkeys(_CAMPS, -400)
    ends = {"train-1435": _HOME_NAMES, "train-1520": _YARDS}.get(kind.asset_type_id)
    places = tuple(along) if ends is None else (*ends, *_GAUGES)
    table = tuple(
        tuple(
            0 if one == other else max(30, abs(along[one] - along[other]) * 60 // _KMH[kind.carrier])
            for other in places
        )
        for one in places
    )
    return Mobility(mobility_id=kind.mobility_id, places=places, travel_min=table)


def _sites() -> tuple[Site, ...]:
    countries = {home: country for home, country, _ in _HOMES} | dict.fromkeys(_GAUGES, "POL")
    countries |= dict.fromkeys(("BORDER-1", "BORDER-2", "BORDER-3"), "POL") | dict.fromkeys((*_YARDS, *_CAMPS), "UKR")
    return tuple(
        Site(place=place, name=place.title(), country=country, latitude_deg=50.0, longitude_deg=20.0)
        for place, country in countries.items()
    )
