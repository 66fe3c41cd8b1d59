"""The pages of the board: what they say of a plan, and what an address may ask of them."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.http import QueryDict

from hq.board_pages import Planned, decoded, keep, planned
from hq.seeded import account_of, look_as, signed_in
from muster.hq.board.coverage import Cell
from muster.hq.board.forms import GanttForm
from muster.hq.board.gantt import By, Window, draw, list_rows
from muster.hq.board.pictures import picture
from muster.hq.plans.actions import set_aside

pytestmark = pytest.mark.usefixtures("headquarters")
DAY_MIN = 1440


@pytest.fixture
def plan() -> Iterator[Planned]:
    with transaction.atomic():
        yield planned()
        transaction.set_rollback(True)


def test_without_a_plan_the_board_says_so() -> None:
    with transaction.atomic():
        for page in ("/board", "/board/gantt", "/board/print", "/board/coverage"):
            assert "There is no plan that you may see." in signed_in("J5-PLANS").get(page).text
        transaction.set_rollback(True)


def test_the_newest_plan_is_shown_that_was_not_set_aside_or_the_one_that_is_asked_for(plan: Planned) -> None:
    later = keep(plan.problem, plan.plan, title="A later move", sent=False)
    client = signed_in("J5-PLANS")
    assert "<h1>A later move" in client.get("/board").text
    assert "<h1>A small move" in client.get(f"/board?plan={plan.kept.pk}").text
    look_as("J5-PLANS")
    set_aside(plan=later.kept.pk, version=1, by=account_of("J5-PLANS"), at=datetime.now(UTC))
    assert "<h1>A small move" in client.get("/board").text
    assert "<h1>A later move" in client.get(f"/board?plan={later.kept.pk}").text


@pytest.mark.parametrize("asked", ["no-plan", "00000000-0000-0000-0000-000000000000", "' OR 1=1"])
def test_a_plan_that_there_is_not_is_not_found(plan: Planned, asked: str) -> None:
    for page in ("/board", "/board/gantt", "/board/print", "/board/units.json"):
        assert signed_in("J5-PLANS").get(page, {"plan": asked}).status_code == 404


def test_the_table_of_units_says_where_each_is_at_the_time_that_is_asked_for(plan: Planned) -> None:
    client = signed_in("J5-PLANS")
    assert set(states(client.get("/board").text)) == {"at origin"}
    assert set(states(client.get(f"/board?at={90 * DAY_MIN}").text)) == {"closed"}
    assert set(states(client.get("/board?at=never").text)) == {"at origin"}


def states(body: str) -> list[str]:
    return [part.partition("</td>")[0] for part in body.split('<td class="state">')[1:]]


def test_the_marking_is_worked_out_from_the_lines_that_are_shown(plan: Planned) -> None:
    assert signed_in("J5-PLANS").get("/board/print").text.count("RESTRICTED, headquarters only<") == 4
    assert signed_in("LNO-FRA").get("/board/print").text.count("RESTRICTED, releasable to FRA<") == 4


def test_a_nation_is_told_what_its_board_leaves_out(plan: Planned) -> None:
    assert "lines of other nations" in signed_in("LNO-FRA").get("/board").text
    assert "lines of other nations" not in signed_in("J5-PLANS").get("/board").text


def test_without_the_scripts_the_page_says_so_and_holds_its_tables(
    plan: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muster.hq.board.views.SCRIPT", "dist/not-built.js")
    body = signed_in("J5-PLANS").get("/board").text
    assert "its scripts were not built (make front)" in body
    assert ("board.js" in body, len(states(body)) > 0) == (False, True)


def test_a_layer_is_sent_packed_to_who_asks_for_it(plan: Planned) -> None:
    client = signed_in("J5-PLANS")
    plain = client.get("/board/units.json")
    packed = client.get("/board/units.json", headers={"accept-encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    units = decoded(plain.content)["units"]
    assert isinstance(units, list)
    assert sum(unit["people"] for unit in units) == sum(load.people for load in plan.problem.loads)


def test_a_layer_that_there_is_not_is_not_found(plan: Planned) -> None:
    assert signed_in("J5-PLANS").get("/board/secrets.json").status_code == 404


@pytest.mark.parametrize(
    ("address", "by", "window"),
    [
        ("", By.NATION, (0, 40)),
        ("by=unit&from=3&to=9", By.UNIT, (3, 9)),
        ("by=ship&from=-4&to=x", By.NATION, (0, 40)),
        ("from=39&to=1", By.NATION, (38, 40)),
        ("from=99999999999999999999", By.NATION, (0, 40)),
    ],
)
def test_an_address_asks_for_rows_and_days(address: str, by: By, window: tuple[int, int]) -> None:
    chosen = GanttForm(QueryDict(address)).chosen(40 * DAY_MIN)
    assert (chosen.by, (chosen.window.first_day, chosen.window.end_day)) == (by, window)


def test_windows_stay_within_the_plan() -> None:
    chosen = GanttForm(QueryDict("from=10&to=20")).chosen(40 * DAY_MIN)
    assert [chosen.closer, chosen.wider, chosen.earlier, chosen.later] == [
        Window(first_day=12, end_day=17),
        Window(first_day=5, end_day=25),
        Window(first_day=5, end_day=15),
        Window(first_day=15, end_day=25),
    ]
    whole = GanttForm(QueryDict("")).chosen(40 * DAY_MIN)
    assert (whole.wider, whole.earlier, whole.later) == (None, None, None)


def test_bars_of_a_unit_cover_the_time_that_its_loads_are_with_a_carrier(plan: Planned) -> None:
    shown = picture(plan.problem, plan.plan, {}, nation=None)
    for unit, row in zip(shown.units, list_rows(shown, By.UNIT), strict=True):
        steps = [step for move in plan.plan.moves if move.load_id in unit.loads for step in move.steps]
        for step in steps:
            mode = plan.problem.leg_of[step.leg_id].mode
            assert any(
                bar.mode is mode and bar.start_min <= step.start_min and step.end_min <= bar.end_min for bar in row.bars
            )
        assert min(bar.start_min for bar in row.bars) == min(step.start_min for step in steps)


def test_what_lies_outside_the_window_is_not_drawn(plan: Planned) -> None:
    shown = picture(plan.problem, plan.plan, {}, nation=None)
    rows = list_rows(shown, By.NATION)
    drawn = draw(rows, Window(first_day=300, end_day=310))
    assert [(row.bars, row.closure_x) for row in drawn.rows] == [((), None)] * len(rows)
    assert [day for day, _ in drawn.ticks] == list(range(300, 310))


@pytest.mark.parametrize(
    ("needed", "in_place", "level"), [(0, 0, None), (4, 0, 0), (4, 1, 1), (3, 2, 2), (4, 3, 3), (2, 2, 4), (2, 5, 4)]
)
def test_only_what_is_wholly_covered_gets_the_last_colour(needed: int, in_place: int, level: int | None) -> None:
    assert Cell(needed, in_place).level == level
