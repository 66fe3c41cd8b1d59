"""Filters of a list that a post saves for itself, with words in them that nobody else may see."""

import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hq.seeded import AT, VIEWERS, Seeded, account_of, look_as, seed, signed_in, without_token
from muster.hq.records.models import EventRow
from muster.hq.saved.actions import MOST, ViewRefused, save_view
from muster.hq.saved.models import SavedView
from muster.hq.scenario.models import Row

pytestmark = pytest.mark.usefixtures("headquarters")
SECRET = "secret-of-france"
QUERY = f"text={SECRET}&owner=FRA&status=pledge"


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def saved(name: str = f"{SECRET}-view") -> SavedView:
    look_as("LNO-FRA")
    return save_view(table="offers", name=name, query=QUERY, by=account_of("LNO-FRA"), at=AT)


def test_filters_are_saved_under_a_name_and_lead_to_the_list(seeded: Seeded) -> None:
    browser = signed_in("LNO-FRA")
    answer = browser.post("/tables/offers/views", {"name": " Pledges ", "query": f"{QUERY}&page=2&unknown=1&size="})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/tables/offers?{QUERY}")
    page = browser.get(answer.headers["Location"]).text
    assert f'<a href="/tables/offers?{QUERY.replace("&", "&amp;")}" aria-current="true">Pledges</a>' in page
    assert "Pledges" not in browser.get("/tables/lines").text


def test_a_name_that_is_saved_again_has_the_new_filters(seeded: Seeded) -> None:
    first = saved("mine")
    signed_in("LNO-FRA").post("/tables/offers/views", {"name": "mine", "query": "size=company"})
    look_as("LNO-FRA")
    assert [(view.pk, view.name, view.query) for view in SavedView.objects.all()] == [
        (first.pk, "mine", "size=company")
    ]


@pytest.mark.parametrize("viewer", [None, *VIEWERS])
def test_a_view_is_for_the_post_that_saved_it(seeded: Seeded, viewer: str | None) -> None:
    """Not even the headquarters is shown it, which sees all rows."""
    view, client = saved(), signed_in(viewer)
    for page in ("/tables/offers", "/search?q=secret-of", "/api/search?q=secret-of", "/records", "/api/records"):
        shown = SECRET in client.get(page).text.replace('value="secret-of', "")
        assert shown == (viewer == "LNO-FRA" and page == "/tables/offers")
    answer = client.post(f"/views/{view.pk}/remove")
    missing = client.post(f"/views/{uuid.uuid4()}/remove")
    if viewer == "LNO-FRA":
        assert answer.status_code == 302
    elif viewer is not None:
        assert (answer.status_code, without_token(answer.text)) == (404, without_token(missing.text))
    assert missing.status_code == (302 if viewer is None else 404)


@pytest.mark.parametrize("viewer", ["LNO-GBR", "LNO-POL", "OBSERVER-1", "ADMIN"])
def test_the_database_shows_a_view_to_no_other_nation(seeded: Seeded, viewer: str) -> None:
    saved()
    look_as(viewer)
    assert not SavedView.objects.exists()
    assert not EventRow.objects.filter(verb="view_saved").exists()


def test_of_a_removed_view_nothing_is_kept_and_its_name_is_free(seeded: Seeded) -> None:
    view = saved("mine")
    assert signed_in("LNO-FRA").post(f"/views/{view.pk}/remove").status_code == 302
    look_as("LNO-FRA")
    view.refresh_from_db()
    assert (view.name, view.query, view.removed_at is None) == ("", "", False)
    assert [event.verb for event in EventRow.objects.filter(object_id=view.pk)] == ["view_removed", "view_saved"]
    assert saved("mine").pk != view.pk


@pytest.mark.parametrize("viewer", ["OBSERVER-1", "ADMIN"])
def test_who_writes_no_rows_saves_no_views(seeded: Seeded, viewer: str) -> None:
    assert signed_in(viewer).post("/tables/offers/views", {"name": "mine", "query": QUERY}).status_code == 403
    assert "Saved views" not in signed_in(viewer).get("/tables/offers").text


@pytest.mark.parametrize(("name", "query"), [("", QUERY), ("x" * 61, QUERY), ("mine", "text=" + "x" * 1001)])
def test_a_view_has_a_name_and_filters_of_some_length(seeded: Seeded, name: str, query: str) -> None:
    assert signed_in("LNO-FRA").post("/tables/offers/views", {"name": name, "query": query}).status_code == 403
    assert signed_in("LNO-FRA").post("/tables/nothing/views", {"name": "x", "query": ""}).status_code == 404


def test_a_post_has_so_many_views(seeded: Seeded) -> None:
    for number in range(MOST):
        saved(f"view {number}")
    with pytest.raises(ViewRefused, match="has 50 views"):
        saved("one more")


def test_a_list_costs_as_many_queries_with_three_views_as_with_one(seeded: Seeded) -> None:
    costs = []
    for name in ("first", "second", "third"):
        saved(name)
        browser = signed_in("LNO-FRA")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/tables/offers").status_code == 200
        costs.append(len(asked))
    assert len(set(costs)) == 1
    look_as("LNO-FRA")
    assert Row.objects.count() == 3
