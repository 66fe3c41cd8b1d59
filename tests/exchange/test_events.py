"""Events and movement status reports as files: what they tell, and every fault of a row."""

import pytest

from movement.clean_plan import clean_plan, clean_problem
from muster.exchange import movement_status, movement_table
from muster.exchange.event_kinds import MAY_FILL, NEEDS, TABLE, EventKind
from muster.exchange.events import EventsRefused, decode
from muster.exchange.scenario import Fault
from muster.measures import Timeline
from muster.movement.cargo import CargoClass
from muster.movement.permissions import Override, OverrideKind
from muster.movement.replan.events import (
    Arrived,
    AssetLate,
    AssetLost,
    AssetOffered,
    CapacityChanged,
    DatesMoved,
    Departed,
    Event,
    Held,
    LineLate,
    OpeningDelayed,
    Overridden,
    PermitChanged,
    PlaceClosed,
    UnitOffered,
    UnitWithdrawn,
)
from muster.movement.resources import ResourceKind
from muster.network import Mode
from pages import DOCS

DAY_MIN = 1440
COLUMNS = (
    "event_id,kind,at,until,place,resource,line,load,asset,nation,country,mode,cargo,value,like,reason"
)  # fmt: skip

ROWS: dict[EventKind, tuple[str, Event]] = {
    EventKind.PLACE_CLOSED: (
        "E,place_closed,C+5,C+11,PORT,,,,,,,,,,,storm",
        PlaceClosed(event_id="E", place="PORT", start_min=5 * DAY_MIN, end_min=11 * DAY_MIN),
    ),
    EventKind.OPENING_DELAYED: (
        "E,opening_delayed,C+5,,BRIDGE,,,,,,,,,10,,",
        OpeningDelayed(event_id="E", place="BRIDGE", by_min=10 * DAY_MIN),
    ),
    EventKind.CAPACITY_CHANGED: (
        "E,capacity_changed,C+5,,YARD,trains,,,,,,,,50%,,",
        CapacityChanged(event_id="E", place="YARD", kind=ResourceKind.TRAINS, start_min=5 * DAY_MIN, percent=50),
    ),
    EventKind.ASSET_LOST: (
        "E,asset_lost,C+5,,,,,,SHIP-01,,,,,,,",
        AssetLost(event_id="E", asset_id="SHIP-01", at_min=5 * DAY_MIN),
    ),
    EventKind.ASSET_LATE: (
        "E,asset_late,C+5,C+7,,,,,SHIP-01,,,,,,,",
        AssetLate(event_id="E", asset_id="SHIP-01", until_min=7 * DAY_MIN),
    ),
    EventKind.ASSET_OFFERED: (
        "E,asset_offered,C+5,,PORT,,,,SHIP-09,FRA,,,,,SHIP-01,",
        AssetOffered(event_id="E", asset_id="SHIP-09", like="SHIP-01", from_min=5 * DAY_MIN, nation="FRA", home="PORT"),
    ),
    EventKind.UNIT_OFFERED: (
        "E,unit_offered,C+5,C+9,,,FRA-9,,,FRA,,,,,FRA-1,",
        UnitOffered(
            event_id="E", uln="FRA-9", like="FRA-1", ready_min=5 * DAY_MIN, required_min=9 * DAY_MIN, nation="FRA"
        ),
    ),
    EventKind.UNIT_WITHDRAWN: ("E,unit_withdrawn,C+5,,,,FRA-1,,,,,,,,,", UnitWithdrawn(event_id="E", uln="FRA-1")),
    EventKind.PERMIT_REFUSED: (
        "E,permit_refused,C+5,,,,,,,FRA,UKR,,,,,",
        PermitChanged(event_id="E", nation="FRA", country="UKR"),
    ),
    EventKind.PERMIT_DELAYED: (
        "E,permit_delayed,C+5,C+8,,,,,,FRA,UKR,,,,,",
        PermitChanged(event_id="E", nation="FRA", country="UKR", granted_min=8 * DAY_MIN),
    ),
    EventKind.DATES_MOVED: (
        "E,dates_moved,C+5,,,,,,,,,,,-2.5,,",
        DatesMoved(event_id="E", by_min=-3_600),
    ),
    EventKind.LINE_LATE: (
        "E,line_late,C+5,C+9,,,FRA-1,,,,,,,,,",
        LineLate(event_id="E", uln="FRA-1", ready_min=9 * DAY_MIN),
    ),
    EventKind.PIN: (
        "E,pin,C+5,,PORT,,FRA-1,,,,,sea,wheeled,,,",
        Overridden(
            event_id="E",
            override=Override(override_id="E", kind=OverrideKind.PIN, uln="FRA-1", place="PORT", mode=Mode.SEA,
                              cargo=CargoClass.WHEELED),
        ),
    ),
    EventKind.FORBID: (
        "E,forbid,C+5,,,,,,,FRA,,rail,,,,strike",
        Overridden(
            event_id="E",
            override=Override(override_id="E", kind=OverrideKind.FORBID, nation="FRA", mode=Mode.RAIL, reason="strike"),
        ),
    ),
    EventKind.FIX_ASSET: (
        "E,fix_asset,C+5,,,,FRA-1,,HET-01,,,,,,,",
        Overridden(
            event_id="E", override=Override(override_id="E", kind=OverrideKind.FIX_ASSET, uln="FRA-1", asset="HET-01")
        ),
    ),
    EventKind.LOCK: (
        "E,lock,C+5,,,,FRA-1,,,,,,,,,",
        Overridden(
            event_id="E",
            override=Override(override_id="E", kind=OverrideKind.LOCK, uln="FRA-1", start_min=5 * DAY_MIN),
        ),
    ),
    EventKind.DEPARTED: (
        "E,departed,C+5,,PORT,,,,SHIP-01,,,,,,,",
        Departed(event_id="E", place="PORT", at_min=5 * DAY_MIN, asset_id="SHIP-01"),
    ),
    EventKind.ARRIVED: (
        "E,arrived,C+5,,PORT,,FRA-1,,,,,,,,,",
        Arrived(event_id="E", place="PORT", at_min=5 * DAY_MIN, uln="FRA-1"),
    ),
    EventKind.EXPECTED: (
        "E,expected,C+5,C+6,PORT,,,FRA-1/people/1,,,,,,,,",
        Arrived(event_id="E", place="PORT", at_min=6 * DAY_MIN, load_id="FRA-1/people/1"),
    ),
    EventKind.HELD: (
        "E,held,C+5,C+6,PORT,,FRA-1,,,,,,,,,",
        Held(event_id="E", place="PORT", at_min=6 * DAY_MIN, uln="FRA-1"),
    ),
}  # fmt: skip


def file(*rows: str) -> bytes:
    return "\n".join((COLUMNS, *rows)).encode()


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_is_read(kind: EventKind) -> None:
    row, event = ROWS[kind]
    told = decode(file(row), Timeline())
    assert (told.now_min, told.events, dict(told.row_of)) == (5 * DAY_MIN, (event,), {"E": 2})


@pytest.mark.parametrize("kind", EventKind)
def test_a_row_that_lacks_what_its_kind_needs_is_refused_with_each_lack(kind: EventKind) -> None:
    with pytest.raises(EventsRefused) as refusal:
        decode(file(f"E,{kind}" + "," * 14), Timeline(), now_min=0)
    assert [(fault.row, fault.column, fault.remedy) for fault in refusal.value.faults] == sorted(
        (2, group[0], f"Fill {' or '.join(group)}.") for group in NEEDS[kind]
    )


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (
            ["E,storm,C+5,,,,,,,,,,,,,"],
            Fault("events.csv", 2, "kind", '"storm" is not a word of kind.',
                  f"Use one of: {', '.join(EventKind)}.", "storm"),
        ),
        (
            ["E,capacity_changed,C+5,,YARD,trains,,,,,,,,half,,"],
            Fault("events.csv", 2, "value", '"half" is no capacity.', "Write a whole number, or per cent such as 50%.",
                  "half"),
        ),
        (
            ["E,dates_moved,C+5,,,,,,,,,,,a week,,"],
            Fault("events.csv", 2, "value", '"a week" is no number of days.', "Write days, such as 7 or -2.5.",
                  "a week"),
        ),
        (
            ["E,place_closed,C+5,C+4,PORT,,,,,,,,,,,"],
            Fault("events.csv", 2, "until", "it ends at C+4, not after it starts at C+5.",
                  "Give until a later time than at.", "C+4"),
        ),
        (
            [ROWS[EventKind.ASSET_LOST][0], ROWS[EventKind.UNIT_WITHDRAWN][0]],
            Fault("events.csv", 3, "event_id", 'the event "E" stands in row 2 already.',
                  "Give each event a name of its own.", "E"),
        ),
        (
            ["E,place_closed,,C+9,PORT,,,,,,,,,,,"],
            Fault("events.csv", 0, "at", "no row says at what time it is.",
                  "Fill at, or say what time it is with --now."),
        ),
        (
            ["E,unit_withdrawn,C+5,,PORT,,FRA-1,,,,,,,,,"],
            Fault("events.csv", 2, "place", '"unit_withdrawn" does not read place.',
                  "Leave it empty, or correct the kind.", "PORT"),
        ),
        (
            ["E,place_closed,tomorrow,C+9,PORT,,,,,,,,,,,", "F,place_closed,C+1,,PORT,,,,,,,,,,,"],
            Fault("events.csv", 2, "at", '"tomorrow" is not an offset from a day mark.',
                  "Write it like C+12, D-3 or G+3 06:30: mark C, G or D, sign, days, then a time of day if need be.",
                  "tomorrow"),
        ),
    ],
)  # fmt: skip
def test_a_row_at_fault_is_told_with_row_column_rule_and_remedy(rows: list[str], fault: Fault) -> None:
    with pytest.raises(EventsRefused) as refusal:
        decode(file(*rows), Timeline())
    assert refusal.value.faults == (fault,)


def test_a_report_of_what_is_still_to_come_is_refused() -> None:
    with pytest.raises(EventsRefused) as refusal:
        decode(file(ROWS[EventKind.DEPARTED][0]), Timeline(), now_min=DAY_MIN)
    assert [(fault.column, fault.rule) for fault in refusal.value.faults] == [
        ("at", "it is reported for C+5, which is later than now.")
    ]


def test_several_faults_come_back_together() -> None:
    with pytest.raises(EventsRefused) as refusal:
        decode(file("E,storm,C+5,,,,,,,,,,,,,", "F,asset_lost,C+5,,,,,,,,,,,,,"), Timeline())
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [(2, "kind"), (3, "asset")]


def test_now_is_the_last_report_and_without_one_the_first_date() -> None:
    closed, left = "E,place_closed,C+2,,PORT,,,,,,,,,,,", "F,departed,C+3 06:00,,PORT,,FRA-1,,,,,,,,,"
    assert decode(file(closed, left), Timeline()).now_min == 3 * DAY_MIN + 360
    assert decode(file(closed, "F,unit_withdrawn,C+4,,,,FRA-1,,,,,,,,,"), Timeline()).now_min == 2 * DAY_MIN


def status(**filled: str) -> bytes:
    """The movement table of the clean plan with columns added and filled in the row of Delta's first leg."""
    header, *rows = movement_table.encode(clean_problem(), clean_plan()).decode().splitlines()
    added = [header + "," + ",".join(filled)]
    for row in rows:
        is_delta = ",DELTA," in row and ",DEPOT,,,CAMP,DELTA/wheels," in row and ",1,road," in row
        added.append(row + "," + ",".join(filled.values() if is_delta else [""] * len(filled)))
    return "\n".join(added).encode()


def test_a_movement_table_with_actual_times_is_a_status_report() -> None:
    document = status(dep_act="C+2 01:00", arr_act="C+2 20:00")
    reports, row_of = movement_status.decode(document, clean_problem(), clean_plan())
    assert [(type(report), report.place, report.at_min, report.load_id) for report in reports] == [
        (Departed, "DEPOT", 2_940, "DELTA/wheels"),
        (Arrived, "YARD", 4_080, "DELTA/wheels"),
    ]
    assert movement_status.last_minute(reports) == 4_080
    assert set(row_of) == {report.event_id for report in reports}


def test_expected_times_are_no_facts() -> None:
    reports, _ = movement_status.decode(
        status(dep_est="C+3", arr_est="C+4"), clean_problem(), clean_plan()
    )  # fmt: skip
    assert [(type(report), report.place, report.at_min) for report in reports] == [
        (Arrived, "YARD", 4 * DAY_MIN),
        (Held, "DEPOT", 3 * DAY_MIN),
    ]
    assert movement_status.last_minute(reports) is None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("ZULU,,1,C+1", ("uln", 'the plan has no line "ZULU".')),
        ("DELTA,DELTA/tanks,1,C+1", ("loads", 'line "DELTA" has no load "DELTA/tanks".')),
        ("DELTA,,7,C+1", ("leg_no", 'load "DELTA/wheels" has no leg 7 in the plan.')),
        ("DELTA,,,C+1", ("leg_no", "is empty.")),
    ],
)
def test_a_status_that_does_not_fit_the_plan_is_refused(row: str, fault: tuple[str, str]) -> None:
    document = f"uln,loads,leg_no,dep_act\n{row}\n".encode()
    with pytest.raises(EventsRefused) as refusal:
        movement_status.decode(document, clean_problem(), clean_plan())
    assert [(told.column, told.rule) for told in refusal.value.faults] == [fault]


def test_the_reference_describes_every_kind_with_what_it_reads() -> None:
    page = (DOCS / "reference/events.md").read_text(encoding="utf-8")
    rows = {cells[0].strip(" `"): cells[1:3] for cells in (line.strip("|").split("|") for line in page.splitlines())}
    for kind in EventKind:
        needs = ", ".join(" or ".join(f"`{name}`" for name in group) for group in NEEDS[kind])
        may_fill = ", ".join(f"`{name}`" for name in MAY_FILL.get(kind, ()))
        assert [cell.strip() for cell in rows[kind]] == [needs, may_fill]
    assert [column.name for column in TABLE.columns if f"`{column.name}`" not in page] == []
