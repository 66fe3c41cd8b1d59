"""Fleets become assets: how fast they go, what they carry, how long they are worked."""

from dataclasses import replace
from typing import Any

import pytest

from movement.made_up import adopting
from muster.measures import MINUTES_PER_DAY, DayOffset, Timeline
from muster.movement.inputs import Fleet
from muster.movement.preparation.adoption import Adoption
from muster.movement.preparation.lift import Lift, Pace, make_lift
from muster.movement.problem import AssetType, Capacity, CargoClass, Carrier, Load, Size
from muster.reference import Platform, PlatformKind

NUMBERS = {
    "road.convoy.speed_kmh": 40.0, "road.tracked.speed_kmh": 20.0, "air.helicopter.speed_kmh": 200.0,
    "road.drive.hours_per_day": 10.0, "air.helicopter.hours_per_day": 6.0, "road.bus.hours_per_day": 9.0,
    "road.bus.speed_kmh": 60.0, "road.bus.load_min": 30.0, "road.bus.unload_min": 20.0,
    "rail.wagons_per_train": 40.0, "road.het.hours_per_day": 9.0, "road.truck.hours_per_day": 9.0,
}  # fmt: skip
FLEET = Fleet(fleet_id="F", platform="coach", count=2, home="HOME", nation="POL")
COACH = Platform(
    platform_id="coach", name="Coach", kind=PlatformKind.BUS, capacity_people=48, speed_kmh=60, load_min=30,
    unload_min=20,
)  # fmt: skip


def platform(kind: PlatformKind, **about: Any) -> Platform:
    """A lift platform that says how fast it goes and how long it is worked."""
    given = {"speed_kmh": 50, "load_min": 60, "unload_min": 45} | about
    return Platform(platform_id="it", name="It", kind=kind, **given)


def lift(*fleets: Fleet, platforms: tuple[Platform, ...] = (COACH,), adoption: Adoption | None = None) -> Lift:
    known = {one.platform_id: one for one in platforms}
    return make_lift(fleets, known, Timeline(), 30 * MINUTES_PER_DAY, adoption or adopting(NUMBERS))


def kind_of(one: Platform, **about: Any) -> AssetType:
    fleet = replace(FLEET, platform=one.platform_id, **about)
    return lift(fleet, platforms=(one,)).asset_types[0]


@pytest.mark.parametrize(
    ("distance_m", "travel_min"),
    [
        (0, 0),
        (1, 1),
        (40_000, 60),
        (400_000, 600),  # a full driving day needs no rest after it
        (400_001, 601 + 840),
        (800_000, 1_200 + 840),
        (800_001, 1_201 + 2 * 840),
    ],
)
def test_a_pace_rests_when_its_driving_day_is_over(distance_m: int, travel_min: int) -> None:
    assert Pace(40, daily_travel_min=600).travel_min(distance_m) == travel_min


def test_a_pace_without_a_driving_day_never_rests() -> None:
    assert Pace(40).travel_min(4_000_000) == 6_000


def test_a_pace_has_no_way_beyond_its_range() -> None:
    assert Pace(700, range_m=3_500_000).travel_min(3_500_000) == 300
    assert Pace(700, range_m=3_500_000).travel_min(3_500_001) is None


def test_loads_that_move_themselves_take_their_pace_from_the_factors() -> None:
    paces = lift().paces
    assert paces == {
        Carrier.CONVOY: Pace(40.0, 600),
        Carrier.TRACKS: Pace(20.0, 600),
        Carrier.ROTOR: Pace(200.0, 360),
    }


def test_a_fleet_becomes_assets_one_by_one() -> None:
    days: dict[str, Any] = {"available_from": DayOffset.parse("C+2"), "available_until": DayOffset.parse("C+9")}
    made = lift(replace(FLEET, users=("POL", "FRA"), **days))
    assert [asset.asset_id for asset in made.assets] == ["F-01", "F-02"]
    assert {(asset.home, asset.users) for asset in made.assets} == {("HOME", ("POL", "FRA"))}
    assert {(asset.available_from_min, asset.available_until_min) for asset in made.assets} == {(2_880, 12_960)}


def test_assets_are_there_from_the_start_to_the_horizon_and_never_beyond() -> None:
    early = replace(FLEET, available_from=DayOffset.parse("C-5"), available_until=DayOffset.parse("C+99"))
    for fleet in (FLEET, early):
        asset = lift(fleet).assets[0]
        assert (asset.available_from_min, asset.available_until_min) == (0, 30 * MINUTES_PER_DAY)


def test_a_packet_carries_as_much_as_its_vehicles_together() -> None:
    kind = kind_of(COACH, packet=5)
    assert (kind.asset_type_id, kind.name, kind.vehicles) == ("coachx5", "5 x Coach", 5)
    assert kind.capacity == Capacity(people=240)
    assert (kind.load_min, kind.unload_min) == (30, 20)


def test_a_packet_of_transporters_carries_one_vehicle_each() -> None:
    kind = kind_of(platform(PlatformKind.HET, capacity_mass_kg=70_000), packet=4)
    assert kind.capacity == Capacity(vehicles=4, mass_kg=280_000)
    assert kind.single_class


def test_fleets_of_one_platform_and_packet_share_a_type() -> None:
    made = lift(FLEET, replace(FLEET, fleet_id="G"), replace(FLEET, fleet_id="H", packet=3))
    assert [kind.asset_type_id for kind in made.asset_types] == ["coach", "coachx3"]
    assert [asset.asset_type_id for asset in made.assets] == ["coach", "coach", "coach", "coach", "coachx3", "coachx3"]


def test_handling_times_of_the_fleet_come_before_those_of_the_platform() -> None:
    kind = kind_of(COACH, load_min=99)
    assert (kind.asset_type_id, kind.load_min, kind.unload_min) == ("coach@F", 99, 20)


def test_handling_times_and_speed_that_nobody_gives_are_defaults_and_told() -> None:
    adoption = adopting(NUMBERS)
    bare = Platform(platform_id="bus", name="Bus", kind=PlatformKind.BUS, capacity_people=50)
    made = lift(replace(FLEET, platform="bus"), platforms=(bare,), adoption=adoption)
    assert (made.asset_types[0].load_min, made.asset_types[0].unload_min) == (30, 20)
    assert made.paces["bus"] == Pace(60.0, 540)
    assert {name: one.value for name, one in adoption.assumptions.items()} == {
        "bus load_min": "30",
        "bus unload_min": "20",
        "bus speed_kmh": "60",
    }


_THINGS = (CargoClass.WHEELED, CargoClass.CARRIED, CargoClass.CONTAINER, CargoClass.PALLET)


@pytest.mark.parametrize(
    ("one", "carries"),
    [
        (platform(PlatformKind.TRAIN, capacity_lane_cm=60_000), _THINGS),
        (platform(PlatformKind.TRAIN, capacity_people=600), (CargoClass.PEOPLE,)),
        (platform(PlatformKind.RORO_SHIP, capacity_lane_cm=200_000), _THINGS),
        (platform(PlatformKind.CONTAINER_SHIP, capacity_teu=800), (CargoClass.CONTAINER,)),
        (platform(PlatformKind.AIRCRAFT, capacity_people=200), (CargoClass.PEOPLE,)),
        (platform(PlatformKind.AIRCRAFT, capacity_pallets=9), (CargoClass.PALLET,)),
        (
            platform(PlatformKind.AIRCRAFT, capacity_people=100, capacity_lane_cm=1_700, capacity_pallets=9),
            (CargoClass.PEOPLE, CargoClass.WHEELED, CargoClass.CARRIED, CargoClass.PALLET),
        ),
        (COACH, (CargoClass.PEOPLE,)),
        (platform(PlatformKind.TRUCK, capacity_teu=1), (CargoClass.CONTAINER, CargoClass.PALLET)),
        (platform(PlatformKind.HET, capacity_mass_kg=70_000), (CargoClass.CARRIED,)),
    ],
    ids=lambda given: given.kind if isinstance(given, Platform) else "",
)
def test_a_carrier_takes_the_classes_for_which_it_has_room(one: Platform, carries: tuple[CargoClass, ...]) -> None:
    assert kind_of(one).carries == carries


def test_trains_have_a_gauge_and_wagons_and_aircraft_a_range_and_a_part_of_a_spot() -> None:
    train = platform(PlatformKind.TRAIN, capacity_lane_cm=60_000, gauge_mm=1520, range_km=100)
    plane = platform(
        PlatformKind.AIRCRAFT, capacity_people=90, range_km=3_000, mog_share=0.5, runway_min_m=900, daily_limit_min=480
    )
    by_rail = lift(replace(FLEET, platform="it"), platforms=(train,))
    by_air = lift(replace(FLEET, platform="it"), platforms=(plane,))
    assert (by_rail.paces["it"], by_rail.asset_types[0].wagons) == (Pace(50, gauge_mm=1520), 40)
    assert (by_air.paces["it"], by_air.runway_min_m) == (Pace(50, range_m=3_000_000), {"it": 900})
    assert (by_air.asset_types[0].mog_percent, by_air.asset_types[0].daily_limit_min) == (50, 480)


TANKS = Load(
    load_id="A/carried/1", uln="A", cargo=CargoClass.CARRIED, pieces=4, people=8, vehicles=4,
    size=Size(vehicles=4, lane_cm=4_000, mass_kg=240_000), itineraries=(), item_mass_kg=60_000, item_height_cm=300,
    item_mlc=70,
)  # fmt: skip
TRANSPORTER = platform(PlatformKind.HET, capacity_mass_kg=70_000, item_mass_max_kg=65_000)


@pytest.mark.parametrize(
    ("fleet", "load", "is_able"),
    [
        ({"packet": 4}, TANKS, True),
        ({"packet": 3}, TANKS, False),
        ({"packet": 4}, replace(TANKS, item_mass_kg=66_000), False),
        ({"packet": 4}, replace(TANKS, item_mass_kg=None), True),
        ({"packet": 4}, replace(TANKS, cargo=CargoClass.WHEELED), False),
        ({"packet": 4, "users": ("POL",)}, TANKS, False),
        ({"packet": 4, "users": ("FRA", "POL")}, TANKS, True),
    ],
)
def test_a_nation_has_lift_for_a_load_that_fits_one_voyage_of_an_asset_it_may_use(
    fleet: dict[str, Any], load: Load, is_able: bool
) -> None:
    made = lift(replace(FLEET, platform="it", **fleet), platforms=(TRANSPORTER,))
    assert made.able("FRA", load) == ({made.asset_types[0].asset_type_id} if is_able else set())


def test_loads_of_one_shape_have_the_same_lift() -> None:
    made = lift(replace(FLEET, platform="it", packet=4), platforms=(TRANSPORTER,))
    assert made.able("FRA", TANKS) is made.able("FRA", replace(TANKS, load_id="B/carried/7", uln="B", people=9))
