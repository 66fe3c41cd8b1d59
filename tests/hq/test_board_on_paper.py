"""The board on paper: the map that the server draws, and the PDF."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction

from hq.board_pages import Planned, planned
from hq.papers import needs_fonts, texts_of
from hq.seeded import signed_in
from muster.hq.board.layers import encode_layers
from muster.hq.board.map_drawing import MapDrawing, draw_map
from muster.hq.board.map_sheet import HEIGHT, WIDTH, countries, line_path, sheet_about
from muster.hq.board.paper import Grid, Head, draw_paper
from muster.hq.board.pictures import picture
from muster.hq.board.units import State, whereabouts

pytestmark = pytest.mark.usefixtures("headquarters")
DAY_MIN = 1440
BERLIN, KYIV, SIMFEROPOL = (13.4, 52.5), (30.5, 50.45), (34.1, 44.95)
MADE_AT = datetime(2026, 11, 27, 4, 5, tzinfo=UTC)


@pytest.fixture
def plan() -> Iterator[Planned]:
    with transaction.atomic():
        yield planned()
        transaction.set_rollback(True)


def drawn(plan: Planned, at_min: int, nation: str | None = None) -> MapDrawing:
    shown = picture(plan.problem, plan.plan, {}, nation=nation)
    where = list(whereabouts(shown.units, shown.report, at_min=at_min))
    return draw_map(encode_layers(shown), shown.units, where, at_min=at_min)


def test_a_sheet_shows_all_places_in_their_directions_and_a_scale_that_is_right() -> None:
    sheet = sheet_about([BERLIN, KYIV])
    (left, berlin_y), (right, kyiv_y) = sheet.at(*BERLIN), sheet.at(*KYIV)
    assert 0 < left < right < WIDTH
    assert 0 < berlin_y < kyiv_y < HEIGHT
    km, length = sheet.scale()
    assert km / length * (right - left) == pytest.approx(1205, rel=0.03)  # the great circle between them


def test_what_lies_beyond_the_sheet_is_cut_off() -> None:
    inside, beyond = (10.0, 10.0), (-500.0, -900.0)
    assert line_path([[beyond, (-400.0, -20.0)]]) == ""
    assert line_path([[inside, (40.0, 10.0), (40.4, 10.0), (90.0, 10.0)]]) == "M10 10L40 10L90 10"
    numbers = [float(number) for _, path in countries(sheet_about([KYIV])) for number in re.findall(r"-?[0-9.]+", path)]
    assert (min(numbers) >= -4, max(numbers) <= WIDTH + 4) == (True, True)


def test_crimea_is_drawn_with_ukraine() -> None:
    sheet = sheet_about([SIMFEROPOL])
    x, y = sheet.at(*SIMFEROPOL)
    holding = [code for code, path in countries(sheet) if is_inside(x, y, path)]
    assert holding == ["UKR"]


def is_inside(x: float, y: float, path: str) -> bool:
    """Whether a point lies inside of one of the rings of a path, by the crossings of a ray."""
    crossings = 0
    for ring in path.split("z"):
        points = [tuple(map(float, pair.split())) for pair in re.split("[ML]", ring) if pair]
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], *points[:1]], strict=True):
            crossings += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


def test_units_stand_where_they_are_and_move_along_their_leg(plan: Planned) -> None:
    shown = picture(plan.problem, plan.plan, {}, nation=None)
    first, last = drawn(plan, 0), drawn(plan, 90 * DAY_MIN)
    assert {(unit.x, unit.foot_y) for unit in first.units} != {(unit.x, unit.foot_y) for unit in last.units}
    step = next(step for move in plan.plan.moves for step in move.steps if step.arrival_min - step.departure_min > 60)
    for at_min in (step.departure_min, step.arrival_min - 1):
        told = [row for row in whereabouts(shown.units, shown.report, at_min=at_min) if row.state is State.MOVING]
        assert told
        assert all(0 <= row.share < 1 for row in told if row.leg_id is not None)
    assert (drawn(plan, 0), drawn(plan, 0).scale_km) == (first, first.scale_km)


def test_the_map_of_the_page_has_symbols_flows_key_scale_and_time(plan: Planned) -> None:
    step = plan.plan.moves[0].steps[0]
    body = signed_in("J5-PLANS").get(f"/board/print?at={step.departure_min}").text
    told = body.partition('class="sheet-map"')[2].partition("</svg>")[0]
    assert "Map at C+" in told
    assert (" km</text>" in told, "over nine tenths full" in told) == (True, True)
    assert told.count("<circle") > 2
    assert re.search(r'stroke-width="[0-9.]+" d="M', told)


@needs_fonts
def test_every_page_of_the_pdf_has_the_marking_twice_its_number_and_its_time(plan: Planned) -> None:
    for viewer, banner in (
        ("J5-PLANS", "RESTRICTED, headquarters only"), ("LNO-FRA", "RESTRICTED, releasable to FRA"),
    ):  # fmt: skip
        answer = signed_in(viewer).get("/board.pdf?at=2880")
        assert answer.headers["Content-Type"] == "application/pdf"
        pages = texts_of(answer.content)
        assert [page.count(banner) for page in pages] == [2] * len(pages)
        assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
        assert all(re.search(r"drawn [0-9]{6}Z [A-Z]{3} [0-9]{2} · [0-9-]{10} [0-9:]{5} UTC", page) for page in pages)
        assert ("C+2" in pages[0], "Movement by nation" in pages[1], "Warnings" in pages[2]) == (True, True, True)


@needs_fonts
def test_equal_contents_at_an_equal_time_give_equal_bytes_and_letters_of_every_language() -> None:
    head = Head(title="Rzeszów", banner="RESTRICTED, releasable to FRA", shown_at="C+2", made_at=MADE_AT)
    grid = Grid(title="Підрозділи", heads=["Де"], widths=[1], rows=[["Київ → Łódź"]] * 90, empty="")
    svg = '<svg viewBox="0 0 10 10"><title>told</title><path d="M0 0L9 9" stroke="black"/></svg>'
    first, second = (draw_paper(head, [("Closes", "C+9", "")], [("Map", svg)], [grid]) for _ in range(2))
    assert first == second
    pages = texts_of(first)
    assert len(pages) == 4
    assert sum(page.count("Київ → Łódź") for page in pages) == 90
    assert ["Де" in page for page in pages[1:]] == [True] * 3
    assert "270405Z NOV 26 · 2026-11-27 04:05 UTC" in pages[0]


def test_without_fonts_there_is_no_pdf(plan: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.hq.board.paper.FACES", {"": "none.ttf"})
    assert signed_in("J5-PLANS").get("/board.pdf").status_code == 404
