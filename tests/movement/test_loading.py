from dataclasses import replace

import pytest

from muster.measures import DayOffset
from muster.movement.inputs import CargoItem, RequirementLine
from muster.movement.preparation.adoption import Adoption
from muster.movement.preparation.loading import Loader
from muster.movement.problem import CargoClass, Load, Size
from muster.reference import load_factors, load_platforms, load_unit_types

LINE = RequirementLine(
    uln="A1",
    nation="FRA",
    name="A company",
    priority=2,
    rld=DayOffset.parse("G+3"),
    rdd=DayOffset.parse("C+20"),
    origin="HOME",
    dest="CAMP",
    pax=150,
)


def loads_of(line: RequirementLine, **cargo: int) -> tuple[Load, ...]:
    items = [CargoItem(uln=line.uln, platform=name.replace("_", "-"), quantity=count) for name, count in cargo.items()]
    return Loader(load_platforms(), load_unit_types(), items, Adoption(load_factors())).loads(line)


def test_people_who_do_not_drive_are_cut_into_equal_parts() -> None:
    found = loads_of(LINE, griffon=20)
    assert [(load.load_id, load.people) for load in found if load.cargo is CargoClass.PEOPLE] == [
        ("A1/people/1", 55),
        ("A1/people/2", 55),
    ]


def test_drivers_stay_with_their_vehicles() -> None:
    convoys = [load for load in loads_of(LINE, griffon=20) if load.cargo is CargoClass.WHEELED]
    assert [(load.vehicles, load.people) for load in convoys] == [(20, 40)]


def test_thirty_vehicles_make_two_convoys_of_fifteen() -> None:
    convoys = [load for load in loads_of(LINE, griffon=30) if load.cargo is CargoClass.WHEELED]
    assert [(load.vehicles, load.people) for load in convoys] == [(15, 30), (15, 30)]


def test_tanks_are_carried_and_boxes_are_counted() -> None:
    found = {load.load_id: load for load in loads_of(LINE, leopard_2a7=4, container_20=3, pallet_463l=2)}
    tanks = found["A1/carried/1"]
    assert (tanks.pieces, tanks.vehicles, tanks.item_mass_kg) == (4, 4, 66_500)
    assert found["A1/container/1"].size.teu == 3
    assert found["A1/pallet/1"].size == Size(lane_cm=250, mass_kg=5_000, pallets=2)


def test_unit_type_stands_in_where_no_cargo_is_listed() -> None:
    unit = load_unit_types()["inf-bn-light"]
    found = loads_of(replace(LINE, unit_type="inf-bn-light", pax=None))
    assert sum(load.people for load in found) == unit.people
    assert sum(load.size.teu for load in found) == unit.containers_teu


def test_nothing_is_lost_when_a_line_is_cut() -> None:
    found = loads_of(LINE, griffon=31, leopard_2a7=13, container_20=25)
    assert sum(load.people for load in found) == LINE.pax
    assert sum(load.pieces for load in found if load.cargo is not CargoClass.PEOPLE) == 31 + 13 + 25


@pytest.mark.parametrize("pax", [0, 1, 30])
def test_a_line_has_never_more_drivers_than_people(pax: int) -> None:
    found = loads_of(replace(LINE, pax=pax), griffon=31)
    assert sum(load.people for load in found) == pax


def test_assumed_values_that_were_used_are_noted_once() -> None:
    adoption = Adoption(load_factors(), frozenset({"load.people.max"}))
    Loader(load_platforms(), load_unit_types(), (), adoption).loads(LINE)
    noted = adoption.assumptions["load.people.max"]
    assert (noted.value, noted.unit, noted.low, noted.high) == ("90", "people", "40", "120")
    assert noted.why.endswith("adopted by the scenario")
