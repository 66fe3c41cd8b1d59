"""Small deployment problems with a story, and random ones by seed, for the tests of the movement room."""

import random
from dataclasses import replace

from muster.measures import Timeline
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
    Permit,
    Problem,
    Resource,
    ResourceKind,
    Site,
    Size,
)
from muster.network import Mode

DAY_MIN = 1440

SITES = (
    Site(place="BARRACKS", name="Barracks", country="DEU", latitude_deg=50.0, longitude_deg=10.0, kinds=("garrison",)),
    Site(place="DEPOT", name="Depot", country="POL", latitude_deg=51.0, longitude_deg=17.0, kinds=("garrison",)),
    Site(
        place="GAUGE", name="Gauge point", country="POL", latitude_deg=49.8, longitude_deg=22.9, kinds=("gauge_point",)
    ),
    Site(place="BORDER", name="Road border", country="POL", latitude_deg=49.9, longitude_deg=23.1, kinds=("border",)),
    Site(place="YARD", name="Staging yard", country="UKR", latitude_deg=49.9, longitude_deg=23.6, kinds=("staging",)),
    Site(place="CAMP", name="Camp", country="UKR", latitude_deg=50.3, longitude_deg=28.6, kinds=("garrison",)),
)


def steady(place: str, kind: ResourceKind, capacity: int, *, period_min: int | None = None) -> Resource:
    """A resource with one capacity for all time."""
    return Resource(
        resource_id=f"{place}/{kind}",
        place=place,
        kind=kind,
        steps=(CapacityStep(from_min=0, capacity=capacity),),
        period_min=period_min,
    )


def legs() -> tuple[Leg, ...]:
    """Ways from both origins to the yard, and on to the camp."""
    border = (Passage(crossing="BORDER", distance_m=900_000),)
    ways: list[Leg] = []
    for origin, country, road_m, rail_m in (
        ("BARRACKS", "DEU", 1_000_000, 950_000),
        ("DEPOT", "POL", 500_000, 480_000),
    ):
        entries = (
            CountryEntry(country=country, distance_m=0),
            CountryEntry(country="UKR", distance_m=road_m * 9 // 10),
        )
        crossing = (replace(border[0], distance_m=road_m * 9 // 10),)
        hours = road_m // 50_000
        ways += [
            Leg(leg_id=f"convoy:{origin}>YARD", mode=Mode.ROAD, carrier=Carrier.CONVOY, origin=origin,
                destination="YARD", distance_m=road_m, travel_min={SELF: hours * 90},
                passages=crossing, countries=entries),
            Leg(leg_id=f"bus:{origin}>YARD", mode=Mode.ROAD, carrier=Carrier.BUS, origin=origin, destination="YARD",
                distance_m=road_m, travel_min={"bus": hours * 70}, passages=crossing, countries=entries),
            Leg(leg_id=f"train:{origin}>GAUGE", mode=Mode.RAIL, carrier=Carrier.TRAIN, origin=origin,
                destination="GAUGE", distance_m=rail_m, travel_min={"train_1435": rail_m * 60 // 40_000},
                countries=(CountryEntry(country=country, distance_m=0),)),
        ]  # fmt: skip
    ways += [
        Leg(leg_id="train:GAUGE>YARD", mode=Mode.RAIL, carrier=Carrier.TRAIN, origin="GAUGE", destination="YARD",
            distance_m=80_000, travel_min={"train_1520": 240},
            countries=(CountryEntry(country="POL", distance_m=0), CountryEntry(country="UKR", distance_m=10_000))),
        Leg(leg_id="convoy:YARD>CAMP", mode=Mode.ROAD, carrier=Carrier.CONVOY, origin="YARD", destination="CAMP",
            distance_m=400_000, travel_min={SELF: 900}, countries=(CountryEntry(country="UKR", distance_m=0),)),
        Leg(leg_id="bus:YARD>CAMP", mode=Mode.ROAD, carrier=Carrier.BUS, origin="YARD", destination="CAMP",
            distance_m=400_000, travel_min={"bus": 540}, countries=(CountryEntry(country="UKR", distance_m=0),)),
        Leg(leg_id="het:YARD>CAMP", mode=Mode.ROAD, carrier=Carrier.HET, origin="YARD", destination="CAMP",
            distance_m=400_000, travel_min={"het": 960}, countries=(CountryEntry(country="UKR", distance_m=0),)),
    ]  # fmt: skip
    return tuple(ways)


def itineraries() -> tuple[Itinerary, ...]:
    """Chains for every kind of cargo from both origins."""
    chains: list[Itinerary] = []
    for origin in ("BARRACKS", "DEPOT"):
        rail = (f"train:{origin}>GAUGE", "train:GAUGE>YARD")
        chains += [
            Itinerary(
                itinerary_id=f"people-road:{origin}", legs=(f"bus:{origin}>YARD", "bus:YARD>CAMP"), staged_after=1
            ),
            Itinerary(
                itinerary_id=f"wheels-road:{origin}", legs=(f"convoy:{origin}>YARD", "convoy:YARD>CAMP"), staged_after=1
            ),
            Itinerary(itinerary_id=f"wheels-rail:{origin}", legs=(*rail, "convoy:YARD>CAMP"), staged_after=2),
            Itinerary(itinerary_id=f"tracks-rail:{origin}", legs=(*rail, "het:YARD>CAMP"), staged_after=2),
        ]
    return tuple(chains)


ASSET_TYPES = (
    AssetType(asset_type_id="train_1435", carrier=Carrier.TRAIN, name="Train 1435 mm", mobility_id="rail1435",
              carries=(CargoClass.WHEELED, CargoClass.CARRIED, CargoClass.CONTAINER),
              capacity=Capacity(lane_cm=60_000, mass_kg=1_000_000), load_min=240, unload_min=180, wagons=40),
    AssetType(asset_type_id="train_1520", carrier=Carrier.TRAIN, name="Train 1520 mm", mobility_id="rail1520",
              carries=(CargoClass.WHEELED, CargoClass.CARRIED, CargoClass.CONTAINER),
              capacity=Capacity(lane_cm=60_000, mass_kg=1_200_000), load_min=240, unload_min=180, wagons=40),
    AssetType(asset_type_id="bus", carrier=Carrier.BUS, name="Bus packet", mobility_id="road",
              carries=(CargoClass.PEOPLE,), capacity=Capacity(people=100), single_class=True,
              load_min=30, unload_min=30, vehicles=2),
    AssetType(asset_type_id="het", carrier=Carrier.HET, name="Transporter packet", mobility_id="road",
              carries=(CargoClass.CARRIED,), capacity=Capacity(lane_cm=9_000, mass_kg=560_000), single_class=True,
              item_mass_max_kg=70_000, load_min=120, unload_min=90, vehicles=8),
)  # fmt: skip

MOBILITIES = (
    Mobility(mobility_id="rail1435", places=("BARRACKS", "DEPOT", "GAUGE"),
             travel_min=((0, 720, 1_425), (720, 0, 720), (1_425, 720, 0))),
    Mobility(mobility_id="rail1520", places=("GAUGE", "YARD"), travel_min=((0, 240), (240, 0))),
    Mobility(mobility_id="road", places=("BARRACKS", "DEPOT", "YARD", "CAMP"),
             travel_min=((0, 700, 1_400, 1_900), (700, 0, 700, 1_200), (1_400, 700, 0, 540), (1_900, 1_200, 540, 0))),
)  # fmt: skip

RESOURCES = (
    steady("BARRACKS", ResourceKind.RAMP, 1),
    steady("DEPOT", ResourceKind.RAMP, 1),
    steady("GAUGE", ResourceKind.RAMP, 2),
    steady("YARD", ResourceKind.RAMP, 1),
    steady("GAUGE", ResourceKind.TRANSHIPMENT, 80, period_min=DAY_MIN),
    steady("BORDER", ResourceKind.CROSSING_VEHICLES, 40, period_min=DAY_MIN),
    steady("BORDER", ResourceKind.CREDITS, 6, period_min=DAY_MIN),
    steady("YARD", ResourceKind.STAGING_VEHICLES, 120),
    steady("YARD", ResourceKind.STAGING_PEOPLE, 600),
)


def _assets(trains_1435: int, trains_1520: int, buses: int, hets: int) -> tuple[Asset, ...]:
    fleets = (
        ("train_1435", "DEPOT", trains_1435),
        ("train_1520", "YARD", trains_1520),
        ("bus", "DEPOT", buses),
        ("het", "YARD", hets),
    )
    return tuple(
        Asset(asset_id=f"{kind}-{number}", asset_type_id=kind, fleet_id=kind, nation="POL", home=home,
              available_from_min=0, available_until_min=60 * DAY_MIN)
        for kind, home, count in fleets
        for number in range(1, count + 1)
    )  # fmt: skip


def _load(uln: str, origin: str, cargo: CargoClass, number: int, count: int) -> Load:
    name = f"{uln}/{cargo}/{number}"
    if cargo is CargoClass.PEOPLE:
        return Load(load_id=name, uln=uln, cargo=cargo, pieces=count, people=count, vehicles=0,
                    size=Size(people=count, mass_kg=count * 100), itineraries=(f"people-road:{origin}",))  # fmt: skip
    item_kg, item_lane_cm = (12_000, 900) if cargo is CargoClass.WHEELED else (60_000, 1_100)
    ways = ("wheels-road", "wheels-rail") if cargo is CargoClass.WHEELED else ("tracks-rail",)
    return Load(load_id=name, uln=uln, cargo=cargo, pieces=count, people=2 * count, vehicles=count,
                size=Size(lane_cm=count * item_lane_cm, mass_kg=count * item_kg), item_mass_kg=item_kg,
                itineraries=tuple(f"{way}:{origin}" for way in ways))  # fmt: skip


def random_problem(
    seed: int,
    *,
    line_count: int = 4,
    trains_1435: int = 2,
    trains_1520: int = 2,
    buses: int = 2,
    hets: int = 2,
    horizon_d: int = 60,
) -> Problem:
    """A problem with every kind of load, drawn from a seed; it always has a feasible plan within the horizon."""
    draw = random.Random(seed)
    lines: list[Line] = []
    loads: list[Load] = []
    for number in range(1, line_count + 1):
        uln = f"L{number:03d}"
        origin = draw.choice(("BARRACKS", "DEPOT"))
        own = [_load(uln, origin, CargoClass.PEOPLE, 1, draw.randint(20, 100))]
        own += [
            _load(uln, origin, CargoClass.WHEELED, index + 1, draw.randint(4, 20))
            for index in range(draw.randint(0, 2))
        ]
        own += [_load(uln, origin, CargoClass.CARRIED, 1, draw.randint(2, 7))] if draw.random() < 0.5 else []
        ready_min = draw.randrange(0, 3 * DAY_MIN, 60)
        priority = draw.randint(1, 5)
        lines.append(
            Line(uln=uln, name=f"Company {number}", nation=draw.choice(("DEU", "FRA", "GBR")), priority=priority,
                 weight=6 - priority, ready_min=ready_min, required_min=ready_min + draw.randrange(2, 7) * DAY_MIN,
                 origin=origin, destination="CAMP", staging="YARD", parent_uln=f"B{number % 3}",
                 loads=tuple(load.load_id for load in own), join_window_min=4 * DAY_MIN, integration_min=720,
                 cohesion_window_min=3 * DAY_MIN)
        )  # fmt: skip
        loads += own
    permits = tuple(
        Permit(permit_id=f"{nation}-UKR", nation=nation, country="UKR", granted_min=granted_min)
        for nation, granted_min in (("DEU", 720), ("FRA", 1_440), ("GBR", 0))
    )
    return Problem(
        title="Random instance",
        case="test",
        scenario_hash=f"seed-{seed}",
        timeline=Timeline(),
        horizon_min=horizon_d * DAY_MIN,
        sites=SITES,
        lines=tuple(lines),
        loads=tuple(loads),
        itineraries=itineraries(),
        legs=legs(),
        asset_types=ASSET_TYPES,
        assets=_assets(trains_1435, trains_1520, buses, hets),
        mobilities=MOBILITIES,
        resources=RESOURCES,
        permits=permits,
    )
