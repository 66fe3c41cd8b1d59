"""Limits of class and height at crossings."""

import pytest

from movement.made_up import place
from muster.movement.inputs import LinkRow
from muster.movement.preparation.barriers import Barrier, find_barriers, tightest
from muster.movement.problem import CargoClass, Load, Size
from muster.network import Mode
from muster.reference import PlaceKind


def load(cargo: CargoClass, *, mlc: int | None = None, height_cm: int | None = None) -> Load:
    return Load(
        load_id="A/1", uln="A", cargo=cargo, pieces=1, people=0, vehicles=1, size=Size(vehicles=1), itineraries=(),
        item_mlc=mlc, item_height_cm=height_cm,
    )  # fmt: skip


def limit(crossing: str | None, *, mlc_max: int | None = None, height_max_cm: int | None = None) -> LinkRow:
    return LinkRow(
        link_id="L", mode=Mode.ROAD, from_place="A", to_place="B", crossing=crossing, mlc_max=mlc_max,
        height_max_cm=height_max_cm,
    )  # fmt: skip


@pytest.mark.parametrize(("mlc", "barred"), [(None, False), (49, False), (50, False), (51, True)])
def test_a_class_over_the_limit_is_barred_on_roads_alone(mlc: int | None, barred: bool) -> None:
    bridge = Barrier(mlc_wheeled_max=50)
    assert bridge.bars(load(CargoClass.WHEELED, mlc=mlc), Mode.ROAD) is barred
    assert bridge.bars(load(CargoClass.WHEELED, mlc=mlc), Mode.RAIL) is False


def test_tracked_vehicles_have_a_limit_of_their_own() -> None:
    bridge = Barrier(mlc_wheeled_max=100, mlc_tracked_max=40)
    assert bridge.bars(load(CargoClass.CARRIED, mlc=60), Mode.ROAD)
    assert not bridge.bars(load(CargoClass.WHEELED, mlc=60), Mode.ROAD)


@pytest.mark.parametrize("mode", [Mode.ROAD, Mode.RAIL])
def test_height_bars_on_roads_and_rails(mode: Mode) -> None:
    tunnel = Barrier(height_max_cm=400)
    assert tunnel.bars(load(CargoClass.WHEELED, height_cm=401), mode)
    assert not tunnel.bars(load(CargoClass.WHEELED, height_cm=400), mode)


def test_the_tightest_of_several_limits_holds_and_an_unknown_one_does_not_limit() -> None:
    met = (Barrier(80, None, 450), Barrier(None, 60, 400), Barrier(100, 70, None))
    assert tightest(met) == Barrier(80, 60, 400)
    assert tightest(()) == Barrier()


def test_only_crossings_with_a_limit_are_barriers() -> None:
    places = {
        "BRIDGE": place("BRIDGE", PlaceKind.BRIDGE, mlc_wheeled_max=80, mlc_tracked_max=70),
        "GATE": place("GATE", PlaceKind.BORDER),
    }
    assert find_barriers(places, ()) == {"BRIDGE": Barrier(80, 70, None)}


def test_a_link_tightens_what_the_place_says_and_never_loosens_it() -> None:
    places = {"BRIDGE": place("BRIDGE", PlaceKind.BRIDGE, mlc_wheeled_max=80, mlc_tracked_max=30)}
    rows = [limit("BRIDGE", mlc_max=50), limit("BRIDGE", height_max_cm=420), limit("GATE", height_max_cm=390)]
    assert find_barriers(places, rows) == {"BRIDGE": Barrier(50, 30, 420), "GATE": Barrier(height_max_cm=390)}


def test_links_without_a_crossing_or_a_limit_are_no_barriers() -> None:
    assert find_barriers({}, [limit(None, mlc_max=50), limit("GATE")]) == {}
