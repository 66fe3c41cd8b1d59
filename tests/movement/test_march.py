"""March tables, movement credits and the movement graph of the hand-made plan."""

from dataclasses import replace
from datetime import date

import pytest

from movement.clean_plan import clean_plan, clean_problem, driven, with_step
from muster.measures import Timeline
from muster.movement.reporting.march import Convoy, Credit, Halt, HaltKind, MarchFactors, list_halts, march_table
from muster.movement.reporting.march_graph import (
    Conflict,
    CorridorPoint,
    GraphLine,
    GraphPoint,
    corridor_of,
    list_corridors,
    movement_graph,
)
from muster.reference.factors import load_factors

FACTORS = MarchFactors(
    interval_m=100, speed_kmh=25, unit_vehicles=20, unit_gap_min=2, allowance_min_per_25_vehicles=1,
    first_halt_after_min=60, first_halt_min=15, next_halt_after_min=120, next_halt_min=10, meal_halt_min=30,
    march_day_min=600,
)  # fmt: skip


def test_pass_time_of_a_corps_matches_the_manual() -> None:
    """25,000 vehicles at 100 m are 2,500 km of road and 100 h at 25 km/h."""
    corps = replace(FACTORS, unit_gap_min=0, allowance_min_per_25_vehicles=0)
    assert corps.road_space_m(25_000) == 2_500_000
    assert corps.pass_min(25_000) == 100 * 60


def test_pass_time_counts_gaps_between_units_and_the_allowance_and_rounds_up() -> None:
    assert FACTORS.pass_min(25) == 6 + 2 + 1
    assert FACTORS.pass_min(10) == 3
    assert FACTORS.pass_min(0) == 0


def test_march_factors_come_from_the_reference_tables() -> None:
    assert MarchFactors.from_reference(load_factors()) == MarchFactors(
        interval_m=100, speed_kmh=40, unit_vehicles=24, unit_gap_min=2, allowance_min_per_25_vehicles=1,
        first_halt_after_min=60, first_halt_min=15, next_halt_after_min=120, next_halt_min=10, meal_halt_min=30,
        march_day_min=600,
    )  # fmt: skip


def test_march_factors_are_refused_together() -> None:
    with pytest.raises(ValueError, match=r"speed_kmh is 0; give more than 0\.\nmarch_day_min is 2000"):
        replace(FACTORS, speed_kmh=0, march_day_min=2_000)


def test_halts_of_a_march_of_two_days() -> None:
    assert list_halts(0, 1_600, 1_700, FACTORS) == (
        Halt(HaltKind.SHORT, 60, 75),
        Halt(HaltKind.SHORT, 195, 205),
        Halt(HaltKind.MEAL, 325, 355),
        Halt(HaltKind.SHORT, 475, 485),
        Halt(HaltKind.REST, 600, 1_440),
        Halt(HaltKind.SHORT, 1_500, 1_515),
        Halt(HaltKind.WAIT, 1_600, 1_700),
    )


def test_march_table_of_the_plan() -> None:
    convoys = march_table(clean_problem(), clean_plan(), FACTORS)
    assert [(convoy.number, convoy.load_id, convoy.leg) for convoy in convoys] == [
        ("M001", "ALPHA/wheels", "convoy:BARRACKS>YARD"),
        ("M002", "BRAVO/wheels", "convoy:DEPOT>YARD"),
        ("M003", "DELTA/wheels", "convoy:DEPOT>YARD"),
        ("M004", "BRAVO/wheels", "convoy:YARD>CAMP"),
        ("M005", "ALPHA/wheels", "convoy:YARD>CAMP"),
        ("M006", "DELTA/wheels", "convoy:YARD>CAMP"),
    ]
    assert convoys[2] == Convoy(
        number="M003", load_id="DELTA/wheels", uln="DELTA", nation="GBR", leg="convoy:DEPOT>YARD", origin="DEPOT",
        destination="YARD", distance_m=500_000, vehicles=6, road_space_m=600, start_min=2_880, pass_min=2,
        credits=(Credit("02-GBR-01", "BORDER", 450_000, 3_690, 3_692),),
        halts=(
            Halt(HaltKind.SHORT, 2_940, 2_955), Halt(HaltKind.SHORT, 3_075, 3_085), Halt(HaltKind.MEAL, 3_205, 3_235),
            Halt(HaltKind.SHORT, 3_355, 3_365), Halt(HaltKind.REST, 3_480, 3_780),
        ),
        end_min=3_780,
    )  # fmt: skip
    assert convoys[2].clear_min == 3_782


def test_credits_are_numbered_by_day_and_nation_in_the_order_of_passing() -> None:
    problem = clean_problem()
    british = replace(
        problem,
        timeline=Timeline(c_day=date(2026, 11, 24)),
        lines=tuple(replace(line, nation="GBR") for line in problem.lines),
    )
    convoys = march_table(british, clean_plan(), FACTORS)
    assert [(convoy.load_id, credit.number) for convoy in convoys for credit in convoy.credits] == [
        ("ALPHA/wheels", "25-GBR-02"), ("BRAVO/wheels", "25-GBR-01"), ("DELTA/wheels", "26-GBR-01"),
    ]  # fmt: skip


def test_movement_graph_of_the_busiest_corridor() -> None:
    problem = clean_problem()
    convoys = march_table(problem, clean_plan(), FACTORS)
    corridors = list_corridors(problem, convoys)
    assert [corridor.corridor_id for corridor in corridors] == ["convoy:DEPOT>YARD", "convoy:BARRACKS>YARD"]
    graph = movement_graph(corridors[0], convoys)
    assert graph.corridor.points == (
        CorridorPoint("DEPOT", "Depot", 0),
        CorridorPoint("BORDER", "Road border", 450_000),
        CorridorPoint("YARD", "Staging yard", 500_000),
    )
    assert graph.lines == (
        GraphLine("M001", "ALPHA", "DEU", (GraphPoint(450_000, 2_340, 2_343), GraphPoint(500_000, 2_520, 2_523))),
        GraphLine(
            "M002", "BRAVO", "FRA",
            (GraphPoint(0, 1_440, 1_443), GraphPoint(450_000, 2_250, 2_253), GraphPoint(500_000, 2_340, 2_343)),
        ),
        GraphLine(
            "M003", "DELTA", "GBR",
            (GraphPoint(0, 2_880, 2_882), GraphPoint(450_000, 3_690, 3_692), GraphPoint(500_000, 3_780, 3_782)),
        ),
    )  # fmt: skip
    assert graph.conflicts == ()


def test_two_convoys_at_a_crossing_together_are_a_conflict() -> None:
    problem = clean_problem()
    plan = with_step(clean_plan(), "BRAVO/wheels", 0, driven("convoy:DEPOT>YARD", 1_531, 2_431))
    convoys = march_table(problem, plan, FACTORS)
    graph = movement_graph(corridor_of(problem, problem.leg_of["convoy:DEPOT>YARD"]), convoys)
    assert graph.conflicts == (Conflict("BORDER", ("M001", "M002"), 2_341, 2_343),)
