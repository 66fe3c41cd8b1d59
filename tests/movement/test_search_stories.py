"""Small deployments with a story, and the plans that they must have to the minute."""

from dataclasses import replace

import pytest

from movement.instances import random_problem
from movement.workbench import Workbench
from muster.movement.checks import check
from muster.movement.plan import Plan
from muster.movement.problem import (
    CapacityStep,
    CargoClass,
    Line,
    Load,
    Override,
    OverrideKind,
    Permit,
    Problem,
    ResourceKind,
    Size,
)
from muster.movement.search import Settings
from muster.movement.search.rides import find_ride
from muster.movement.search.tables import NONE
from muster.movement.search.voyages import take
from muster.movement.solve import solve

DAY_MIN = 1440
WAYS = {
    CargoClass.PEOPLE: ("people-road",),
    CargoClass.WHEELED: ("wheels-road", "wheels-rail"),
    CargoClass.CARRIED: ("tracks-rail",),
}


def a_load(uln: str, cargo: CargoClass, count: int, *, origin: str = "BARRACKS", item_kg: int = 12_000) -> Load:
    """A load as the small instances have them."""
    is_people = cargo is CargoClass.PEOPLE
    lane_cm = 0 if is_people else 1_100 * count
    return Load(
        load_id=f"{uln}/{cargo}",
        uln=uln,
        cargo=cargo,
        pieces=count,
        people=count if is_people else 2 * count,
        vehicles=0 if is_people else count,
        size=Size(people=count if is_people else 0, lane_cm=lane_cm, mass_kg=count * (100 if is_people else item_kg)),
        itineraries=tuple(f"{way}:{origin}" for way in WAYS[cargo]),
        item_mass_kg=None if is_people else item_kg,
    )


def a_line(uln: str, loads: tuple[Load, ...], **changes: object) -> Line:
    """A company that is ready at once and required after ten days."""
    origin = loads[0].itineraries[0].split(":")[1]
    line = Line(
        uln=uln,
        name=f"Company {uln}",
        nation="GBR",
        priority=2,
        weight=4,
        ready_min=0,
        required_min=10 * DAY_MIN,
        origin=origin,
        destination="CAMP",
        staging="YARD",
        loads=tuple(load.load_id for load in loads),
        join_window_min=4 * DAY_MIN,
        integration_min=720,
        cohesion_window_min=3 * DAY_MIN,
    )
    return replace(line, **changes)  # type: ignore[arg-type]


def a_problem(*pairs: tuple[Line, tuple[Load, ...]], **changes: object) -> Problem:
    """One train of each gauge, one packet of buses and one of transporters, and these lines."""
    usual = random_problem(1, trains_1435=1, trains_1520=1, buses=1, hets=1, horizon_d=30)
    return replace(
        usual,
        lines=tuple(line for line, _ in pairs),
        loads=tuple(load for _, loads in pairs for load in loads),
        permits=(),
        **changes,  # type: ignore[arg-type]
    )


def planned(problem: Problem, *, steps: int = 40) -> Plan:
    """The plan after some steps, judged clean."""
    plan = solve(problem, with_bound=False, iteration_limit=steps).plan
    assert check(problem, plan) == ()
    return plan


def times(plan: Plan, load_id: str) -> list[tuple[str, int, int]]:
    """Legs of a load with start and end."""
    move = next(move for move in plan.moves if move.load_id == load_id)
    return [(step.leg_id, step.start_min, step.end_min) for step in move.steps]


def wheels(uln: str, count: int = 10, **changes: object) -> tuple[Line, tuple[Load, ...]]:
    """A line with one column of wheeled vehicles."""
    loads = (a_load(uln, CargoClass.WHEELED, count),)
    return a_line(uln, loads, **changes), loads


def tanks(uln: str, count: int = 8, item_kg: int = 70_000, **changes: object) -> tuple[Line, tuple[Load, ...]]:
    """A line with tanks at the depot."""
    loads = (a_load(uln, CargoClass.CARRIED, count, origin="DEPOT", item_kg=item_kg),)
    return a_line(uln, loads, **changes), loads


def test_one_convoy_drives_joins_and_drives_on() -> None:
    plan = planned(a_problem(wheels("A")))
    assert times(plan, "A/wheeled") == [("convoy:BARRACKS>YARD", 0, 1800), ("convoy:YARD>CAMP", 2520, 3420)]
    assert plan.voyages == ()
    assert plan.unmoved == ()


def test_two_companies_of_tanks_compete_for_one_train_and_the_urgent_one_goes_first() -> None:
    plan = planned(a_problem(tanks("B", priority=2), tanks("A", priority=1, weight=8)))
    assert times(plan, "A/carried") == [
        ("train:DEPOT>GAUGE", 0, 1140),
        ("train:GAUGE>YARD", 1140, 1800),
        ("het:YARD>CAMP", 2520, 3690),
    ]
    assert times(plan, "B/carried") == [
        ("train:DEPOT>GAUGE", 1860, 3000),
        ("train:GAUGE>YARD", 3000, 3660),
        ("het:YARD>CAMP", 4380, 5550),
    ]


def test_a_train_waits_to_fill_when_that_is_better_for_all() -> None:
    early = tanks("A", count=5, item_kg=60_000, required_min=5 * DAY_MIN)
    late = tanks("B", count=5, item_kg=60_000, ready_min=300, required_min=4_000)
    plan = planned(a_problem(early, late), steps=120)
    loaded = [voyage for voyage in plan.voyages if voyage.leg_id == "train:DEPOT>GAUGE"]
    assert [(voyage.load_start_min, voyage.unload_end_min) for voyage in loaded] == [(300, 1440)]
    assert times(plan, "A/carried")[0] == times(plan, "B/carried")[0]


def riders(uln: str, count: int = 40, **changes: object) -> tuple[Line, tuple[Load, ...]]:
    """A line of people only."""
    loads = (a_load(uln, CargoClass.PEOPLE, count),)
    return a_line(uln, loads, **changes), loads


def test_two_companies_share_one_packet_of_buses_when_neither_is_late() -> None:
    plan = planned(a_problem(riders("A"), riders("B", ready_min=120)))
    assert times(plan, "A/people") == times(plan, "B/people")
    loaded = [voyage.leg_id for voyage in plan.voyages if voyage.leg_id is not None]
    assert loaded == ["bus:BARRACKS>YARD", "bus:YARD>CAMP"]


@pytest.mark.parametrize(("thrift", "start_min"), [(0.0, 700), (1.0, 1_000)])
def test_thrift_waits_for_a_bus_to_share_rather_than_call_another(thrift: float, start_min: int) -> None:
    usual = a_problem(riders("A"), riders("B"))
    second = replace(usual.asset_of["bus-1"], asset_id="bus-2")
    bench = Workbench(replace(usual, assets=(*usual.assets, second)))
    bench.on_desk.price[:] = 1.0
    first, other = (
        next(index for index, stage in enumerate(bench.laid.stages) if stage["freight"] == freight)
        for freight in (0, 1)
    )
    patient = Settings(patience=0.0, thrift=thrift)
    drafts, rides = bench.on_desk.drafts, bench.booked.rides
    assert find_ride(bench.tables, bench.books, bench.desk, patient, first, 1_000, 0, NONE, 0)
    assert (drafts[0]["start_min"], drafts[0]["cost_min"]) == (1_000, 700 + 1_460)
    rides[0] = drafts[0]
    assert take(bench.tables, bench.books, 0)
    assert find_ride(bench.tables, bench.books, bench.desk, patient, other, 0, 0, NONE, 0)
    assert (drafts[0]["start_min"], drafts[0]["trip"] == rides[0]["trip"]) == (start_min, thrift > 0)


def test_a_permit_holds_a_convoy_back_until_it_may_cross() -> None:
    permit = Permit(permit_id="GBR-UKR", nation="GBR", country="UKR", granted_min=5_000)
    plan = planned(replace(a_problem(wheels("A")), permits=(permit,)))
    assert times(plan, "A/wheeled") == [
        ("convoy:BARRACKS>YARD", 5_000 - 1_620, 5_180),
        ("convoy:YARD>CAMP", 5_900, 6_800),
    ]


def test_vehicles_leave_later_to_join_people_who_come_late() -> None:
    loads = (a_load("A", CargoClass.PEOPLE, 80), a_load("A", CargoClass.WHEELED, 10))
    plan = planned(a_problem((a_line("A", loads, join_window_min=60), loads)))
    assert times(plan, "A/people") == [("bus:BARRACKS>YARD", 700, 2_160), ("bus:YARD>CAMP", 2_880, 3_480)]
    assert times(plan, "A/wheeled") == [("convoy:BARRACKS>YARD", 300, 2_100), ("convoy:YARD>CAMP", 2_880, 3_780)]


def test_a_full_staging_area_takes_the_next_convoy_when_the_first_has_left() -> None:
    problem = a_problem(wheels("A", priority=1), wheels("B"))
    full = tuple(
        replace(resource, steps=(CapacityStep(from_min=0, capacity=10),))
        if resource.kind is ResourceKind.STAGING_VEHICLES
        else resource
        for resource in problem.resources
    )
    plan = planned(replace(problem, resources=full))
    assert times(plan, "A/wheeled")[0] == ("convoy:BARRACKS>YARD", 0, 1_800)
    assert times(plan, "B/wheeled")[0] == ("convoy:BARRACKS>YARD", 720, 2_520)


def test_a_locked_line_starts_at_its_minute() -> None:
    lock = Override(override_id="O1", kind=OverrideKind.LOCK, uln="A", start_min=1_000)
    plan = planned(a_problem(wheels("A"), wheels("B"), overrides=(lock,)))
    assert times(plan, "A/wheeled")[0] == ("convoy:BARRACKS>YARD", 1_000, 2_800)
    assert times(plan, "B/wheeled")[0] == ("convoy:BARRACKS>YARD", 0, 1_800)


def test_a_line_locked_before_it_is_ready_stays_with_its_reason() -> None:
    lock = Override(override_id="O1", kind=OverrideKind.LOCK, uln="A", start_min=1_000)
    plan = planned(a_problem(wheels("A", ready_min=2_000), overrides=(lock,)))
    assert plan.moves == ()
    assert [(unmoved.uln, unmoved.reason) for unmoved in plan.unmoved] == [
        ("A", 'Load "A/wheeled" cannot start leg "convoy:BARRACKS>YARD" at the minute to which it is locked.')
    ]


def test_a_forbidden_border_sends_wheels_by_rail() -> None:
    forbidden = Override(override_id="O1", kind=OverrideKind.FORBID, uln="A", place="BORDER")
    plan = planned(a_problem(wheels("A"), overrides=(forbidden,)))
    assert [leg for leg, _, _ in times(plan, "A/wheeled")] == [
        "train:BARRACKS>GAUGE", "train:GAUGE>YARD", "convoy:YARD>CAMP",
    ]  # fmt: skip


def test_a_fixed_transporter_is_the_one_that_comes() -> None:
    problem = a_problem(tanks("A"))
    usual = problem.asset_of["het-1"]
    second = replace(usual, asset_id="het-2", available_from_min=4_000)
    fixed = Override(override_id="O1", kind=OverrideKind.FIX_ASSET, uln="A", asset="het-2")
    plan = planned(replace(problem, assets=(*problem.assets, second), overrides=(fixed,)))
    on_leg = [voyage for voyage in plan.voyages if voyage.leg_id == "het:YARD>CAMP"]
    assert [(voyage.asset_id, voyage.load_start_min) for voyage in on_leg] == [("het-2", 4_000)]


def test_a_line_that_cannot_be_there_before_the_end_stays_and_says_what_was_full() -> None:
    problem = a_problem(tanks("A"), tanks("B"), tanks("C"))
    plan = planned(replace(problem, horizon_min=6_000))
    assert len(plan.moves) == 2
    assert [unmoved.reason for unmoved in plan.unmoved] == [
        f'Load "{plan.unmoved[0].uln}/carried" finds no room on het from YARD to CAMP before the end of the plan.'
    ]


@pytest.mark.parametrize("priority", [1, 3])
def test_nobody_takes_the_place_of_a_more_urgent_load(priority: int) -> None:
    urgent = tanks("A", priority=priority, weight=2, required_min=1_000)
    heavy = tanks("B", priority=2, weight=8, required_min=9_000)
    plan = planned(a_problem(urgent, heavy), steps=60)
    assert {unmoved.uln for unmoved in plan.unmoved} == set()
