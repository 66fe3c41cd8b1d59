"""Capacities of places, and the scenario's calendars laid over them."""

import pytest

from movement.made_up import adopting, place
from muster.forces import Caveat, CaveatEffect
from muster.measures import MINUTES_PER_DAY, DayOffset, Timeline
from muster.movement.inputs import CalendarRow
from muster.movement.preparation.adoption import Adoption
from muster.movement.preparation.terminals import Terminals
from muster.movement.problem import SELF, CapacityStep, Carrier, CountryEntry, Leg, Passage, Resource, ResourceKind
from muster.network import Mode
from muster.reference import Place, PlaceKind

PLACES = (
    place("HOME", PlaceKind.RAILHEAD, rail_ramps=2, rail_trains_per_day=6),
    place("GAUGE", PlaceKind.GAUGE_POINT, rail_ramps=1, rail_trains_per_day=8, transhipment_wagons_per_day=90),
    place("YARD", PlaceKind.STAGING, country="UKR", staging_vehicles=300),
    place(
        "BORDER",
        PlaceKind.BORDER,
        crossing_vehicles_per_day=400,
        crossing_credits_per_day=5,
        opens_min=360,
        closes_min=1080,
    ),
    place("STRIP", PlaceKind.AIRFIELD, mog_spots=1.5),
)
DEFAULTS = {"staging.people.default": 800.0, "rail.trains_per_day.default": 4.0, "rail.ramp.default": 1.0}


def calendar(where: str, kind: ResourceKind, starts: str, capacity: int, until: str | None = None) -> CalendarRow:
    end = None if until is None else DayOffset.parse(until)
    return CalendarRow(place=where, resource=kind, starts=DayOffset.parse(starts), until=end, capacity=capacity)


def terminals(*rows: CalendarRow, adoption: Adoption | None = None, places: tuple[Place, ...] = PLACES) -> Terminals:
    return Terminals(
        {one.place_id: one for one in places}, rows, Timeline(g_day_min=-1440), adoption or adopting(DEFAULTS)
    )


def leg(carrier: Carrier, mode: Mode, origin: str, destination: str, *crossings: str) -> Leg:
    return Leg(
        leg_id=f"{origin}>{destination}", mode=mode, carrier=carrier, origin=origin, destination=destination,
        distance_m=100_000, travel_min={SELF: 60}, countries=(CountryEntry(country="POL", distance_m=0),),
        passages=tuple(Passage(crossing=name, distance_m=1) for name in crossings),
    )  # fmt: skip


TRAIN = leg(Carrier.TRAIN, Mode.RAIL, "HOME", "GAUGE")
CONVOY = leg(Carrier.CONVOY, Mode.ROAD, "HOME", "YARD", "BORDER")
FLIGHT = leg(Carrier.AIRCRAFT, Mode.AIR, "STRIP", "STRIP")


def resource(resource_id: str, found: tuple[Resource, ...]) -> Resource:
    return next(one for one in found if one.resource_id == resource_id)


def steps(*rows: CalendarRow) -> tuple[CapacityStep, ...]:
    return resource("HOME/ramp", terminals(*rows).resources([TRAIN], ())).steps


def test_a_leg_needs_what_its_carrier_needs_at_both_ends() -> None:
    found = terminals().resources([TRAIN], ())
    assert {one.resource_id: one.steps[0].capacity for one in found} == {
        "GAUGE/ramp": 1,
        "GAUGE/trains": 8,
        "HOME/ramp": 2,
        "HOME/trains": 6,
    }


def test_trains_from_a_gauge_point_are_reloaded_there() -> None:
    onward = leg(Carrier.TRAIN, Mode.RAIL, "GAUGE", "HOME")
    found = terminals().resources([onward], ())
    assert resource("GAUGE/transhipment", found).steps == (CapacityStep(from_min=0, capacity=90),)


def test_a_convoy_needs_its_crossing_and_the_yard_but_no_ramp() -> None:
    names = {one.resource_id for one in terminals().resources([CONVOY], ())}
    assert names == {"BORDER/credits", "BORDER/crossing_vehicles", "YARD/staging_people", "YARD/staging_vehicles"}


def test_flows_are_counted_by_the_day_and_room_at_one_time() -> None:
    found = terminals().resources([TRAIN, CONVOY], ())
    assert {one.resource_id for one in found if one.period_min == MINUTES_PER_DAY} == {
        "BORDER/credits",
        "BORDER/crossing_vehicles",
        "GAUGE/trains",
        "HOME/trains",
    }
    assert {one.period_min for one in found} == {MINUTES_PER_DAY, None}


def test_a_crossing_keeps_its_hours_and_a_ramp_has_none() -> None:
    found = terminals().resources([TRAIN, CONVOY], ())
    assert {one.resource_id: one.hours for one in found if one.hours} == {
        "BORDER/credits": (360, 1080),
        "BORDER/crossing_vehicles": (360, 1080),
    }


def test_working_spots_are_counted_in_hundredths() -> None:
    found = terminals(calendar("STRIP", ResourceKind.MOG, "C+3", 4)).resources([FLIGHT], ())
    assert [one.steps for one in found] == [
        (CapacityStep(from_min=0, capacity=150), CapacityStep(from_min=3 * MINUTES_PER_DAY, capacity=400))
    ]


def test_what_no_table_gives_takes_a_default_and_says_so() -> None:
    adoption = adopting(DEFAULTS)
    found = terminals(adoption=adoption).resources([CONVOY], ())
    assert resource("YARD/staging_people", found).steps == (CapacityStep(from_min=0, capacity=800),)
    assert {name: one.why for name, one in adoption.assumptions.items()} == {
        "YARD staging_people": "not known; staging.people.default"
    }


def test_a_calendar_holds_from_its_start_until_its_end() -> None:
    assert steps(calendar("HOME", ResourceKind.RAMP, "C+2", 5, "C+4")) == (
        CapacityStep(from_min=0, capacity=2),
        CapacityStep(from_min=2 * MINUTES_PER_DAY, capacity=5),
        CapacityStep(from_min=4 * MINUTES_PER_DAY, capacity=2),
    )


def test_the_later_row_of_two_wins_while_both_hold() -> None:
    rows = (
        calendar("HOME", ResourceKind.RAMP, "C+1", 0, "C+5"),
        calendar("HOME", ResourceKind.RAMP, "C+2", 3, "C+3"),
    )
    assert [(step.from_min // MINUTES_PER_DAY, step.capacity) for step in steps(*rows)] == [
        (0, 2), (1, 0), (2, 3), (3, 0), (5, 2),
    ]  # fmt: skip


def test_a_calendar_from_before_c_day_holds_from_the_first_minute() -> None:
    assert steps(calendar("HOME", ResourceKind.RAMP, "G+0", 4)) == (CapacityStep(from_min=0, capacity=4),)


def test_a_calendar_that_ended_before_c_day_changes_nothing() -> None:
    assert steps(calendar("HOME", ResourceKind.RAMP, "C-9", 4, "C-2")) == (CapacityStep(from_min=0, capacity=2),)


def test_a_calendar_of_the_usual_capacity_makes_no_step() -> None:
    assert steps(calendar("HOME", ResourceKind.RAMP, "C+2", 2, "C+4")) == (CapacityStep(from_min=0, capacity=2),)


@pytest.mark.parametrize(
    ("rows", "is_open"),
    [
        ((), True),
        ((calendar("HOME", ResourceKind.RAMP, "C+0", 0),), False),
        ((calendar("HOME", ResourceKind.TRAINS, "C-5", 0),), False),
        ((calendar("HOME", ResourceKind.RAMP, "C+0", 0, "C+9"),), True),
    ],
)
def test_a_terminal_is_open_when_it_ever_has_all_it_needs(rows: tuple[CalendarRow, ...], is_open: bool) -> None:
    assert terminals(*rows).is_open("HOME", Carrier.TRAIN) is is_open


def test_a_place_whose_table_says_none_is_closed_and_an_unknown_one_is_open() -> None:
    places = (place("NONE", PlaceKind.RAILHEAD, rail_ramps=0), place("UNKNOWN", PlaceKind.RAILHEAD))
    made = terminals(places=places)
    assert (made.is_open("NONE", Carrier.TRAIN), made.is_open("UNKNOWN", Carrier.TRAIN)) == (False, True)


def test_a_caveat_that_limits_people_is_a_resource_of_its_nation() -> None:
    caveats = [
        Caveat(caveat_id="FEW", nation="FRA", category="area", effect=CaveatEffect.LIMITS, country="UKR", place=None,
               limit_people_per_day=200),
        Caveat(caveat_id="NOT", nation="FRA", category="area", effect=CaveatEffect.FORBIDS, country="MDA", place=None),
    ]  # fmt: skip
    assert terminals().resources((), caveats) == (
        Resource(
            resource_id="UKR/caveat/FEW",
            place="UKR",
            kind=ResourceKind.CAVEAT,
            steps=(CapacityStep(from_min=0, capacity=200),),
            period_min=MINUTES_PER_DAY,
            nation="FRA",
        ),
    )
