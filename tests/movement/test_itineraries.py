"""Chains worth offering, on a made-up map: a home, ports, railheads on two gauges, airfields and a camp."""

from collections.abc import Mapping
from dataclasses import replace
from math import hypot, inf
from typing import Any, cast

import numpy as np

from movement.made_up import adopting, place
from muster.measures import DayOffset, Timeline
from muster.movement.inputs import CalendarRow
from muster.movement.preparation.itineraries import IN_ALL, OF_A_KIND, Chain, Chains, Need, returns
from muster.movement.preparation.lift import MODE_OF, Lift, Pace
from muster.movement.preparation.terminals import Terminals
from muster.movement.preparation.ways import Ways
from muster.movement.problem import AssetType, Capacity, CargoClass, Carrier, ResourceKind
from muster.network import Crossing, Mode
from muster.network.distances import Distances
from muster.network.routes import Network
from muster.reference import Place, PlaceKind

_RAIL: Mapping[str, Any] = {"rail_ramps": 1, "rail_trains_per_day": 4}
MAP: Mapping[str, tuple[int, int, Place]] = {
    one.place_id: (east_km, north_km, one)
    for east_km, north_km, one in (
        (0, 0, place("HOME", country="FRA")),
        (30, 0, place("WEST-RAIL", PlaceKind.RAILHEAD, country="FRA", rail_gauges_mm=(1435,), **_RAIL)),
        (0, 60, place("WEST-PORT", PlaceKind.PORT, country="FRA", berths_roro=2)),
        (20, 0, place("WEST-AIR", PlaceKind.AIRFIELD, country="FRA", mog_spots=1.0, runway_m=3_000)),
        (1_500, 0, place("GAUGE", PlaceKind.GAUGE_POINT, rail_gauges_mm=(1435, 1520), **_RAIL)),
        (1_500, 90, place("GAUGE-2", PlaceKind.GAUGE_POINT, rail_gauges_mm=(1435, 1520), **_RAIL)),
        (1_450, 60, place("EAST-PORT", PlaceKind.PORT, berths_roro=1)),
        (1_460, 10, place("EAST-AIR", PlaceKind.AIRFIELD, mog_spots=1.0, runway_m=1_200)),
        (1_800, 0, place("EAST-RAIL", PlaceKind.RAILHEAD, country="UKR", rail_gauges_mm=(1520,), **_RAIL)),
        (1_820, 0, place("CAMP", PlaceKind.GARRISON, country="UKR")),
    )
}  # fmt: skip
LIMITS = {
    "road.bus.limit_km": 600.0, "road.convoy.limit_km": 2_500.0, "road.het.limit_km": 500.0,
    "road.truck.limit_km": 700.0, "road.tracked.limit_km": 20.0,
}  # fmt: skip


class FlatEarth:
    """A network on which every way is straight: rails only between places of one gauge, sea between ports."""

    crossings = (Crossing("BRIDGE", 50.0, 20.0, frozenset({Mode.ROAD}), ("POL", "UKR")),)

    def measure(
        self, mode: Mode, *, gauge_mm: int | None, avoid_countries: frozenset[str], avoid_crossings: frozenset[str]
    ) -> Distances:
        there = [
            name
            for name, (_, _, one) in MAP.items()
            if (mode is not Mode.RAIL or gauge_mm in (one.rail_gauges_mm or ()))
            and (mode is not Mode.SEA or PlaceKind.PORT in one.kinds)
            and one.country not in avoid_countries
        ]
        if mode is Mode.ROAD and "BRIDGE" in avoid_crossings:
            there.remove("CAMP")

        def row(column: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
            east_km, north_km, _ = MAP[there[column]]
            return np.array([1000 * hypot(MAP[name][0] - east_km, MAP[name][1] - north_km) for name in there])

        return Distances({name: column for column, name in enumerate(there)}, row)


def asset_type(name: str, carrier: Carrier, *carries: CargoClass) -> AssetType:
    return AssetType(
        asset_type_id=name, carrier=carrier, name=name, mobility_id=name, carries=carries, capacity=Capacity(),
        load_min=60, unload_min=60,
    )  # fmt: skip


_THINGS = (CargoClass.WHEELED, CargoClass.CARRIED, CargoClass.CONTAINER)
LIFT = Lift(
    asset_types=(
        asset_type("train-1435", Carrier.TRAIN, *_THINGS),
        asset_type("train-1520", Carrier.TRAIN, *_THINGS),
        asset_type("ship", Carrier.RORO_SHIP, *_THINGS),
        asset_type("plane", Carrier.AIRCRAFT, CargoClass.PEOPLE),
        asset_type("coach", Carrier.BUS, CargoClass.PEOPLE),
        asset_type("transporter", Carrier.HET, CargoClass.CARRIED),
    ),
    assets=(),
    paces={
        "train-1435": Pace(40, gauge_mm=1435), "train-1520": Pace(40, gauge_mm=1520), "ship": Pace(30),
        "plane": Pace(600), "coach": Pace(60), "transporter": Pace(40), Carrier.CONVOY: Pace(40, 600),
        Carrier.TRACKS: Pace(20, 600), Carrier.ROTOR: Pace(200, 360),
    },
    runway_min_m={"plane": 1_000},
)  # fmt: skip
WHEELS = Need(cargo=CargoClass.WHEELED, able=frozenset({"train-1435", "train-1520", "ship"}))
TANKS = Need(cargo=CargoClass.CARRIED, able=frozenset({"train-1435", "train-1520", "ship", "transporter"}))
PEOPLE = Need(cargo=CargoClass.PEOPLE, able=frozenset({"plane", "coach"}))


def chains(*calendars: CalendarRow, lift: Lift = LIFT) -> Chains:
    places = {name: one for name, (_, _, one) in MAP.items()}
    adoption = adopting(LIMITS)
    ways = Ways(cast("Network", FlatEarth()), places, lift)
    return Chains(ways, Terminals(places, calendars, Timeline(), adoption), adoption)


def stops(chain: Chain) -> list[str]:
    """A chain in words: ``carrier`` and where it gets to, leg by leg."""
    return [f"{way.carrier} {way.destination}" for way in chain]


def told(need: Need, origin: str = "HOME", destination: str = "CAMP", *, made: Chains | None = None) -> list[list[str]]:
    return [stops(chain) for chain in (made or chains()).between(need, origin, destination)]


def closed(where: str, kind: ResourceKind) -> CalendarRow:
    return CalendarRow(place=where, resource=kind, starts=DayOffset.parse("C+0"), capacity=0)


def test_a_load_that_is_there_needs_no_way() -> None:
    assert told(WHEELS, "CAMP", "CAMP") == [[]]


def test_rail_changes_gauge_at_a_gauge_point_on_the_way() -> None:
    assert ["convoy WEST-RAIL", "train GAUGE", "train EAST-RAIL", "convoy CAMP"] in told(WHEELS)
    over_both = chains().rail(WHEELS, "WEST-RAIL", "EAST-RAIL")
    assert [[(way.gauge_mm, way.destination) for way in chain] for chain in over_both] == [
        [(1435, "GAUGE"), (1520, "EAST-RAIL")],
        [(1435, "GAUGE-2"), (1520, "EAST-RAIL")],
    ]


def test_vehicles_may_drive_take_the_train_or_the_ship() -> None:
    carriers = {tuple(line.split()[0] for line in chain) for chain in told(WHEELS)}
    assert ("convoy",) in carriers
    assert ("convoy", "train", "train", "convoy") in carriers
    assert ("convoy", "roro_ship", "convoy") in carriers


def test_chains_join_end_to_end_and_the_quickest_comes_first() -> None:
    found = chains().between(WHEELS, "HOME", "CAMP")
    for chain in found:
        ends = ["HOME", *(way.destination for way in chain)]
        assert ([way.origin for way in chain], ends[-1]) == (ends[:-1], "CAMP")
    moving_min = [sum(way.travel_min + (0 if way.is_self_made else 360) for way in chain) for chain in found]
    assert moving_min == sorted(moving_min)


def test_of_each_kind_of_chain_a_few_are_kept_and_none_twice() -> None:
    found = chains().between(WHEELS, "HOME", "CAMP")
    kinds = [frozenset(way.carrier for way in chain if MODE_OF[way.carrier] is not Mode.ROAD) for chain in found]
    assert {
        frozenset(),
        frozenset({Carrier.TRAIN}),
        frozenset({Carrier.RORO_SHIP}),
        frozenset({Carrier.RORO_SHIP, Carrier.TRAIN}),
    } == set(kinds)
    assert max(kinds.count(kind) for kind in kinds) <= OF_A_KIND
    assert len(set(found)) == len(found) <= IN_ALL


def test_carried_vehicles_drive_a_short_way_alone_and_ride_further() -> None:
    made = chains()
    assert stops(made.between(TANKS, "EAST-RAIL", "CAMP")[0]) == ["tracks CAMP"]
    assert ["het WEST-RAIL"] in [stops(chain)[:1] for chain in made.between(TANKS, "HOME", "CAMP")]
    assert all(len(chain) > 1 for chain in made.between(TANKS, "HOME", "CAMP"))  # too far for a transporter


def test_people_fly_where_the_road_is_too_long_for_a_coach() -> None:
    assert told(PEOPLE) == [["bus WEST-AIR", "aircraft EAST-AIR", "bus CAMP"]]


def test_an_airfield_whose_runway_is_too_short_is_not_used() -> None:
    assert told(PEOPLE, made=chains(lift=replace(LIFT, runway_min_m={"plane": 2_000}))) == []


def test_a_nation_without_ships_is_offered_none() -> None:
    land = replace(WHEELS, able=WHEELS.able - {"ship"})
    assert not any("roro_ship" in line for chain in told(land) for line in chain)


def test_a_closed_gauge_point_is_gone_round() -> None:
    found = told(WHEELS, made=chains(closed("GAUGE", ResourceKind.RAMP)))
    assert ["convoy WEST-RAIL", "train GAUGE-2", "train EAST-RAIL", "convoy CAMP"] in found
    assert not any("train GAUGE" in chain for chain in found)


def test_vehicles_that_can_drive_are_not_put_on_a_train_for_a_short_way() -> None:
    assert chains().rail(WHEELS, "WEST-RAIL", "GAUGE") != ()
    assert chains().rail(WHEELS, "GAUGE", "GAUGE-2") == ()
    assert chains().rail(TANKS, "GAUGE", "GAUGE-2") != ()


def test_chains_over_a_chosen_port_come_first() -> None:
    chosen = replace(WHEELS, via=frozenset({"WEST-PORT", "EAST-PORT"}))
    assert told(WHEELS)[0] != told(chosen)[0]
    assert "roro_ship EAST-PORT" in told(chosen)[0]


def test_a_load_over_the_limit_of_a_crossing_is_not_sent_over_it() -> None:
    heavy = replace(WHEELS, barred=("BRIDGE",))
    assert ["convoy CAMP"] in told(WHEELS)
    assert told(heavy) == []


def test_a_load_whose_nation_may_not_enter_a_country_is_not_sent_through_it() -> None:
    kept_out = replace(WHEELS, barred=("POL",))
    assert ["train GAUGE", "train EAST-RAIL", "convoy CAMP"] in [found[-3:] for found in told(WHEELS)]
    assert told(kept_out) == [["convoy CAMP"]]


def test_the_way_on_from_a_staging_area_is_by_road_and_rail_alone() -> None:
    found = chains().onward(WHEELS, "WEST-PORT", "CAMP")
    assert found
    assert {MODE_OF[way.carrier] for chain in found for way in chain} <= {Mode.ROAD, Mode.RAIL}


def test_helicopters_fly_themselves() -> None:
    assert told(Need(cargo=CargoClass.HELICOPTER, able=frozenset())) == [["rotor CAMP"]]


def test_equal_questions_have_one_answer() -> None:
    made = chains()
    assert made.between(WHEELS, "HOME", "CAMP") is made.between(replace(WHEELS), "HOME", "CAMP")


def test_a_chain_returns_when_it_comes_back_to_a_country_that_it_left() -> None:
    made = chains()
    straight = next(chain for chain in made.between(WHEELS, "HOME", "CAMP") if len(chain) == 4)
    back = made.ways.find_way(Carrier.CONVOY, "CAMP", "EAST-PORT")
    assert back is not None
    assert stops(straight)[-1] == "convoy CAMP"
    assert [returns(chain, lambda name: MAP[name][2].country) for chain in ((), straight, (*straight, back))] == [
        False, False, True,
    ]  # fmt: skip


def test_places_off_the_network_are_infinitely_far() -> None:
    ways = chains().ways
    assert ways.distance_m(Mode.ROAD, "HOME", "WEST-RAIL") == 30_000.0
    assert ways.distance_m(Mode.RAIL, "HOME", "WEST-RAIL", 1435) == inf
    assert ways.find_way(Carrier.TRAIN, "HOME", "WEST-RAIL", 1435) is None
    assert ways.find_way(Carrier.CONVOY, "HOME", "HOME") is None
