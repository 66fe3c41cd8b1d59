"""A small deployment and a plan for it made by hand, in which nothing is wrong, and ways to spoil it.

Six lines go to CAMP over the staging YARD. Alpha drives, rides a bus and sends its tanks by rail over the gauge point,
where they change trains, and on by transporter. Bravo drives and rides two buses. Charlie stays. Delta only drives.
Foxtrot is urgent and takes the early bus; Echo is not, and takes the late one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from movement.instances import ASSET_TYPES, DAY_MIN, MOBILITIES, SITES, itineraries, legs, steady
from muster.measures import Timeline
from muster.movement.plan import Move, Plan, Step, Unmoved, Voyage
from muster.movement.problem import (
    Asset,
    AssetType,
    CargoClass,
    Caveat,
    Leg,
    Line,
    Load,
    Override,
    OverrideKind,
    Permit,
    Problem,
    ResourceKind,
    Size,
)
from muster.network import Mode

HORIZON_MIN = 60 * DAY_MIN


def _line(uln: str, nation: str, priority: int, origin: str, ready_min: int, required_min: int, *loads: str) -> Line:
    return Line(uln=uln, name=f"Company {uln.title()}", nation=nation, priority=priority, weight=6 - priority,
                ready_min=ready_min, required_min=required_min, origin=origin, destination="CAMP", staging="YARD",
                loads=loads, join_window_min=4 * DAY_MIN, integration_min=720, cohesion_window_min=720)  # fmt: skip


def _people(uln: str, origin: str, count: int, number: int = 1) -> Load:
    return Load(load_id=f"{uln}/people/{number}", uln=uln, cargo=CargoClass.PEOPLE, pieces=count, people=count,
                vehicles=0, size=Size(people=count, mass_kg=100 * count),
                itineraries=(f"people-road:{origin}",))  # fmt: skip


def _wheels(uln: str, origin: str, count: int) -> Load:
    return Load(load_id=f"{uln}/wheels", uln=uln, cargo=CargoClass.WHEELED, pieces=count, people=2 * count,
                vehicles=count, size=Size(lane_cm=900 * count, mass_kg=12_000 * count), item_mass_kg=12_000,
                itineraries=(f"wheels-road:{origin}", f"wheels-rail:{origin}"))  # fmt: skip


def _tracks(uln: str, origin: str, count: int) -> Load:
    return Load(load_id=f"{uln}/tracks", uln=uln, cargo=CargoClass.CARRIED, pieces=count, people=2 * count,
                vehicles=count, size=Size(lane_cm=1_100 * count, mass_kg=60_000 * count), item_mass_kg=60_000,
                item_mlc=70,
                itineraries=(f"tracks-rail:{origin}",))  # fmt: skip


def _asset(asset_id: str, kind: str, home: str, users: tuple[str, ...] = ()) -> Asset:
    return Asset(asset_id=asset_id, asset_type_id=kind, fleet_id=kind, nation="POL", home=home, users=users,
                 available_from_min=0, available_until_min=HORIZON_MIN + DAY_MIN)  # fmt: skip


def _asset_types() -> tuple[AssetType, ...]:
    types = {kind.asset_type_id: kind for kind in ASSET_TYPES}
    types["het"] = replace(types["het"], daily_limit_min=1_000)
    types["het_light"] = replace(types["het"], asset_type_id="het_light", item_mass_max_kg=50_000)
    return tuple(types.values())


def _light_too(leg: Leg) -> Leg:
    return replace(leg, travel_min={"het": 960, "het_light": 960}) if leg.leg_id == "het:YARD>CAMP" else leg


def clean_problem() -> Problem:
    """The deployment."""
    return Problem(
        title="Six companies to CAMP",
        case="base",
        scenario_hash="six-companies",
        timeline=Timeline(),
        horizon_min=HORIZON_MIN,
        sites=SITES,
        lines=(
            _line("ALPHA", "DEU", 2, "BARRACKS", 600, 9_000, "ALPHA/people/1", "ALPHA/wheels", "ALPHA/tracks"),
            _line("BRAVO", "FRA", 3, "DEPOT", 1_380, 9_000, "BRAVO/people/1", "BRAVO/people/2", "BRAVO/wheels"),
            _line("CHARLIE", "GBR", 4, "DEPOT", 0, 9_000, "CHARLIE/people/1"),
            _line("DELTA", "GBR", 4, "DEPOT", 1_440, 9_000, "DELTA/wheels"),
            _line("ECHO", "GBR", 5, "DEPOT", 2_880, 20_000, "ECHO/people/1"),
            _line("FOXTROT", "GBR", 1, "DEPOT", 2_880, 6_400, "FOXTROT/people/1"),
        ),
        loads=(
            _people("ALPHA", "BARRACKS", 60),
            _wheels("ALPHA", "BARRACKS", 10),
            _tracks("ALPHA", "BARRACKS", 4),
            _people("BRAVO", "DEPOT", 60),
            _people("BRAVO", "DEPOT", 55, 2),
            _wheels("BRAVO", "DEPOT", 8),
            _people("CHARLIE", "DEPOT", 40),
            _wheels("DELTA", "DEPOT", 6),
            _people("ECHO", "DEPOT", 30),
            _people("FOXTROT", "DEPOT", 30),
        ),
        itineraries=itineraries(),
        legs=tuple(_light_too(leg) for leg in legs()),
        asset_types=_asset_types(),
        assets=(
            _asset("bus-1", "bus", "DEPOT"),
            _asset("bus-2", "bus", "DEPOT"),
            _asset("bus-3", "bus", "DEPOT", ("FRA",)),
            _asset("bus-4", "bus", "YARD", ("GBR",)),
            _asset("bus-5", "bus", "DEPOT"),
            _asset("bus-6", "bus", "DEPOT"),
            _asset("het-1", "het", "YARD"),
            _asset("light-1", "het_light", "YARD"),
            _asset("broad-1", "train_1520", "YARD"),
            _asset("normal-1", "train_1435", "DEPOT"),
        ),
        mobilities=MOBILITIES,
        resources=(
            steady("BARRACKS", ResourceKind.RAMP, 1),
            steady("GAUGE", ResourceKind.RAMP, 2),
            steady("YARD", ResourceKind.RAMP, 1),
            steady("GAUGE", ResourceKind.TRANSHIPMENT, 40, period_min=DAY_MIN),
            steady("BORDER", ResourceKind.CROSSING_VEHICLES, 24, period_min=DAY_MIN),
            steady("BORDER", ResourceKind.CREDITS, 6, period_min=DAY_MIN),
            steady("YARD", ResourceKind.STAGING_VEHICLES, 20),
            steady("YARD", ResourceKind.STAGING_PEOPLE, 600),
        ),
        permits=(
            Permit(permit_id="DEU-UKR", nation="DEU", country="UKR", granted_min=2_000),
            Permit(permit_id="GBR-UKR", nation="GBR", country="UKR", granted_min=0),
        ),
        caveats=(Caveat(caveat_id="FRA-1", nation="FRA", place="BORDER", mode=Mode.ROAD, allowed_from_min=1_440),),
        overrides=(
            Override(override_id="O1", kind=OverrideKind.PIN, uln="ALPHA", cargo=CargoClass.CARRIED, place="GAUGE",
                     mode=Mode.RAIL),
            Override(override_id="O2", kind=OverrideKind.FORBID, nation="FRA", place="GAUGE"),
            Override(override_id="O3", kind=OverrideKind.FIX_ASSET, uln="ALPHA", asset="bus-1"),
            Override(override_id="O4", kind=OverrideKind.LOCK, uln="ALPHA", cargo=CargoClass.CARRIED, start_min=720),
        ),
    )  # fmt: skip


def _voyage(name: str, asset: str, leg: str, start: int, departure: int, arrival: int, end: int) -> Voyage:
    origin, destination = leg.rpartition(":")[2].split(">")
    return Voyage(voyage_id=name, asset_id=asset, leg_id=None if leg.startswith("empty") else leg, origin=origin,
                  destination=destination, load_start_min=start, departure_min=departure, arrival_min=arrival,
                  unload_end_min=end)  # fmt: skip


VOYAGES = (
    _voyage("V01", "bus-1", "empty:DEPOT>BARRACKS", 0, 0, 700, 700),
    _voyage("V02", "bus-1", "bus:BARRACKS>YARD", 720, 750, 2_150, 2_180),
    _voyage("V03", "bus-1", "bus:YARD>CAMP", 4_005, 4_035, 4_575, 4_605),
    _voyage("V04", "normal-1", "empty:DEPOT>BARRACKS", 0, 0, 720, 720),
    _voyage("V05", "normal-1", "train:BARRACKS>GAUGE", 720, 1_020, 2_445, 2_625),
    _voyage("V06", "broad-1", "empty:YARD>GAUGE", 2_000, 2_000, 2_240, 2_240),
    _voyage("V07", "broad-1", "train:GAUGE>YARD", 2_625, 2_865, 3_105, 3_285),
    _voyage("V08", "het-1", "het:YARD>CAMP", 4_005, 4_125, 5_085, 5_175),
    _voyage("V09", "het-1", "empty:CAMP>YARD", 5_760, 5_760, 6_300, 6_300),
    _voyage("V10", "bus-2", "bus:DEPOT>YARD", 1_440, 1_470, 2_170, 2_200),
    _voyage("V11", "bus-2", "bus:YARD>CAMP", 3_060, 3_090, 3_630, 3_660),
    _voyage("V12", "bus-3", "bus:DEPOT>YARD", 1_440, 1_470, 2_170, 2_200),
    _voyage("V13", "bus-3", "bus:YARD>CAMP", 3_060, 3_090, 3_630, 3_660),
    _voyage("V14", "bus-5", "bus:DEPOT>YARD", 4_320, 4_350, 5_050, 5_080),
    _voyage("V15", "bus-5", "bus:YARD>CAMP", 5_800, 5_830, 6_370, 6_400),
    _voyage("V16", "bus-6", "bus:DEPOT>YARD", 5_760, 5_790, 6_490, 6_520),
    _voyage("V17", "bus-6", "bus:YARD>CAMP", 7_240, 7_270, 7_810, 7_840),
)


def _aboard(*names: str) -> tuple[Step, ...]:
    by_id = {voyage.voyage_id: voyage for voyage in VOYAGES}
    return tuple(
        Step(leg_id=voyage.leg_id or "", voyage_id=voyage.voyage_id, start_min=voyage.load_start_min,
             departure_min=voyage.departure_min, arrival_min=voyage.arrival_min, end_min=voyage.unload_end_min)
        for voyage in (by_id[name] for name in names)
    )  # fmt: skip


def driven(leg_id: str, departure_min: int, arrival_min: int) -> Step:
    """A leg that the load makes itself."""
    return Step(leg_id=leg_id, voyage_id=None, start_min=departure_min, departure_min=departure_min,
                arrival_min=arrival_min, end_min=arrival_min)  # fmt: skip


def clean_plan() -> Plan:
    """The plan."""
    return Plan(
        version="0.1.0",
        scenario_hash="six-companies",
        case="base",
        seed=1,
        voyages=VOYAGES,
        moves=(
            Move(load_id="ALPHA/people/1", itinerary_id="people-road:BARRACKS", steps=_aboard("V02", "V03")),
            Move(load_id="ALPHA/wheels", itinerary_id="wheels-road:BARRACKS",
                 steps=(driven("convoy:BARRACKS>YARD", 720, 2_520), driven("convoy:YARD>CAMP", 4_005, 4_905))),
            Move(load_id="ALPHA/tracks", itinerary_id="tracks-rail:BARRACKS", steps=_aboard("V05", "V07", "V08")),
            Move(load_id="BRAVO/people/1", itinerary_id="people-road:DEPOT", steps=_aboard("V10", "V11")),
            Move(load_id="BRAVO/people/2", itinerary_id="people-road:DEPOT", steps=_aboard("V12", "V13")),
            Move(load_id="BRAVO/wheels", itinerary_id="wheels-road:DEPOT",
                 steps=(driven("convoy:DEPOT>YARD", 1_440, 2_340), driven("convoy:YARD>CAMP", 3_060, 3_960))),
            Move(load_id="DELTA/wheels", itinerary_id="wheels-road:DEPOT",
                 steps=(driven("convoy:DEPOT>YARD", 2_880, 3_780), driven("convoy:YARD>CAMP", 4_500, 5_400))),
            Move(load_id="ECHO/people/1", itinerary_id="people-road:DEPOT", steps=_aboard("V16", "V17")),
            Move(load_id="FOXTROT/people/1", itinerary_id="people-road:DEPOT", steps=_aboard("V14", "V15")),
        ),
        unmoved=(Unmoved(uln="CHARLIE", reason="Left to the second wave."),),
    )  # fmt: skip


def with_move(plan: Plan, load_id: str, edit: Callable[[Move], Move]) -> Plan:
    """The plan with one load's move edited."""
    return replace(plan, moves=tuple(edit(move) if move.load_id == load_id else move for move in plan.moves))


def with_step(plan: Plan, load_id: str, index: int, step: Step) -> Plan:
    """The plan with one step of a load replaced."""
    return with_move(plan, load_id, lambda move: replace(move, steps=_put(move.steps, index, step)))


def with_voyage(plan: Plan, voyage_id: str, /, **changes: Any) -> Plan:
    """The plan with a voyage edited, and the steps of those aboard with it."""
    voyages = tuple(replace(each, **changes) if each.voyage_id == voyage_id else each for each in plan.voyages)
    changed = next(voyage for voyage in voyages if voyage.voyage_id == changes.get("voyage_id", voyage_id))

    def follow(step: Step) -> Step:
        if step.voyage_id != voyage_id:
            return step
        return replace(step, start_min=changed.load_start_min, departure_min=changed.departure_min,
                       arrival_min=changed.arrival_min, end_min=changed.unload_end_min)  # fmt: skip

    moves = tuple(replace(move, steps=tuple(follow(step) for step in move.steps)) for move in plan.moves)
    return replace(plan, voyages=voyages, moves=moves)


def shifted(plan: Plan, voyage_id: str, by_min: int) -> Plan:
    """The plan with a voyage earlier or later."""
    voyage = next(voyage for voyage in plan.voyages if voyage.voyage_id == voyage_id)
    return with_voyage(plan, voyage_id, load_start_min=voyage.load_start_min + by_min,
                       departure_min=voyage.departure_min + by_min, arrival_min=voyage.arrival_min + by_min,
                       unload_end_min=voyage.unload_end_min + by_min)  # fmt: skip


def _put(steps: tuple[Step, ...], index: int, step: Step) -> tuple[Step, ...]:
    return (*steps[:index], step, *steps[index + 1 :])
