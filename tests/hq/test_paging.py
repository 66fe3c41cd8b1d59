"""Long lists: pages follow each other, rows are counted up to a limit, and words are found whatever their capitals."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from hq.seeded import AT, CELLS, account_of, look_as, seed, signed_in
from muster.hq.paging import COUNTED, PAGE, Page, page_of
from muster.hq.scenario.actions import NewRow, enter_rows, first_label
from muster.hq.scenario.models import Row
from muster.hq.scenario.queries import RowFilter, list_rows

pytestmark = pytest.mark.usefixtures("headquarters")


@pytest.fixture
def _seeded() -> Iterator[None]:
    """Four offers, of which Great Britain sees three."""
    with transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


def enter(count: int, **cells: str) -> None:
    """Have Great Britain enter offers, and go on looking with its eyes."""
    look_as("LNO-GBR")
    rows = [
        NewRow("offers", {**CELLS, "offer_id": f"GBR-{number:03}", "nation": "GBR", **cells}, first_label("GBR"))
        for number in range(count)
    ]
    enter_rows(rows=rows, by=account_of("LNO-GBR"), at=AT)


def told(page: Page[Row]) -> tuple[int, int, int | None, int | None, int, int]:
    return page.number, len(page.rows), page.count, page.last, page.before, page.after


@pytest.mark.usefixtures("_seeded")
def test_pages_follow_each_other_and_one_beyond_the_end_is_the_last() -> None:
    enter(PAGE)
    shown = list_rows("offers")
    seen = shown.count()
    assert told(page_of(shown, None)) == (1, PAGE, seen, 2, 0, 2)
    second = (2, seen - PAGE, seen, 2, 1, 0)
    assert [told(page_of(shown, asked)) for asked in ("2", "3", "999999")] == [second] * 3
    assert [told(page_of(shown, asked))[0] for asked in ("0", "-1", "x", "", "9" * 30)] == [1] * 5
    assert [*page_of(shown, "1"), *page_of(shown, "2")] == list(shown)


@pytest.mark.usefixtures("_seeded")
def test_a_list_of_exactly_one_page_has_no_other() -> None:
    enter(PAGE)
    assert told(page_of(list_rows("offers", RowFilter(text="gbr-0")), None)) == (1, PAGE, PAGE, 1, 0, 0)
    assert told(page_of(list_rows("offers", RowFilter(text="nowhere")), "7")) == (1, 0, 0, 1, 0, 0)


@pytest.mark.usefixtures("_seeded")
def test_more_rows_than_are_counted_are_told_as_more_and_can_all_be_reached() -> None:
    enter(COUNTED + 1)
    shown = list_rows("offers", RowFilter(text="gbr-"))
    assert told(page_of(shown, "4")) == (4, PAGE, None, None, 3, 5)
    assert told(page_of(shown, "5"))[0:2] == (5, shown.count() - COUNTED)
    assert f'<span class="count">more than {COUNTED}</span>' in signed_in("LNO-GBR").get("/tables/offers").text


@pytest.mark.usefixtures("_seeded")
@pytest.mark.parametrize("sought", ["ПАЛЯНИЦЯ", "паляниця", "ляни", "STRASSE", "straße", "100%"])
def test_words_are_found_whatever_their_capitals_and_signs_stand_for_themselves(sought: str) -> None:
    enter(1, name="Паляниця, Straße 100%")
    assert [row.name for row in list_rows("offers", RowFilter(text=sought))] == ["GBR-000"]
    assert list(list_rows("offers", RowFilter(text="%"))) == list(list_rows("offers", RowFilter(text="100%")))


@pytest.mark.usefixtures("_seeded")
def test_cells_of_a_list_are_text_and_no_tags() -> None:
    enter(1, home="<b>\"x\" & 'y'</b>", source=f"{'o' * 59}&p", capability="a>b")
    shown = signed_in("LNO-GBR").get("/tables/offers?text=gbr-000").text
    assert "<td>a&gt;b</td>" in shown
    assert "<b>" not in shown
    assert signed_in("LNO-GBR").get('/tables/offers?text="><b>').text.count("<b>") == 0
