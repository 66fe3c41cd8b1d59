"""A liaison officer at work: entering, editing, meeting somebody else's change, withdrawing, releasing."""

from collections.abc import Iterator

import pytest
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hq.seeded import CELLS, Seeded, account_of, look_as, seed, signed_in
from muster.hq.people.models import Account
from muster.hq.people.sign_in import MOST_OF_POST
from muster.hq.records.queries import list_events
from muster.hq.scenario.models import Row

pytestmark = pytest.mark.usefixtures("headquarters")
PASSWORD = "a long enough password of four words"


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def entered(**changed: str | int) -> dict[str, str | int]:
    """What a browser sends for an offer."""
    return {**CELLS, "offer_id": "FRA-NEW", "name": "Engineers", "gates": "vote-fra; mandate", **changed}


def test_an_offer_that_is_entered_is_seen_by_its_nation_and_the_headquarters(seeded: Seeded) -> None:
    answer = signed_in("LNO-FRA").post("/tables/offers/new", entered())
    assert answer.status_code == 302
    page = answer.headers["Location"]
    assert "Engineers" in signed_in("LNO-FRA").get(page).text
    assert "restricted: FRA" in signed_in("J5-PLANS").get(page).text
    assert signed_in("LNO-POL").get(page).status_code == 404
    look_as("LNO-FRA")
    offer = Row.objects.get(name="FRA-NEW")
    cells = {**CELLS, "offer_id": "FRA-NEW", "nation": "FRA", "name": "Engineers", "gates": "vote-fra; mandate"}
    assert (offer.cells, offer.version) == (cells, 1)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("quantity", "0", "0 lies outside 1 to 1000"),
        ("quantity", "many", "is not a whole number. Write digits alone"),
        ("available_from", "next week", "C\\+12"),
        ("size", "horde", "not one of the available choices"),
        ("offer_id", "FRA-ALONE", "FRA has a row &quot;FRA-ALONE&quot; in offers already"),
    ],
)
def test_what_cannot_be_is_told_at_once_and_nothing_is_saved(seeded: Seeded, field: str, value: str, told: str) -> None:
    answer = signed_in("LNO-FRA").post("/tables/offers/new", entered(**{field: value}))
    assert answer.status_code == 422
    assert any(words in answer.text for words in told.replace("\\", "").split("|")), answer.text
    look_as("LNO-FRA")
    assert not Row.objects.filter(name="FRA-NEW").exists()


@pytest.mark.parametrize("viewer", ["OBSERVER-1", "J5-PLANS", "ADMIN"])
def test_only_liaison_officers_enter_offers(seeded: Seeded, viewer: str) -> None:
    assert signed_in(viewer).post("/tables/offers/new", entered()).status_code == 403


def test_an_edit_is_told_field_by_field(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"]
    sent = entered(offer_id="FRA-ALONE", name=offer.cells["name"], gates="vote-fra", quantity=6, people=150, version=1)
    assert signed_in("LNO-FRA").post(f"/rows/{offer.id}/edit", sent).status_code == 302
    look_as("LNO-FRA")
    last, first = list_events(offer.id)
    assert [(change.field, change.before, change.after) for change in last.changes] == [
        ("quantity", "4", "6"),
        ("people", "120", "150"),
    ]
    assert (last.verb, last.actor, first.verb) == ("row changed", "LNO-FRA", "row entered")


def test_saving_without_a_change_leaves_no_event(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"]
    sent = entered(offer_id="FRA-ALONE", name=offer.cells["name"], gates="vote-fra", version=1)
    assert signed_in("LNO-FRA").post(f"/rows/{offer.id}/edit", sent).status_code == 302
    look_as("LNO-FRA")
    assert len(list_events(offer.id)) == 1


def test_whoever_saves_second_sees_both_and_loses_nothing_of_the_first(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"]
    sent = entered(offer_id="FRA-ALONE", name=offer.cells["name"], gates="vote-fra", version=1)
    client = signed_in("LNO-FRA")
    assert client.post(f"/rows/{offer.id}/edit", {**sent, "quantity": 6}).status_code == 302
    second = client.post(f"/rows/{offer.id}/edit", {**sent, "quantity": 8})
    assert second.status_code == 409
    assert "<td>8</td><td>6</td>" in second.text
    look_as("LNO-FRA")
    assert Row.objects.get(pk=offer.id).cells["quantity"] == "6"


def test_an_offer_is_withdrawn_once(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"]
    client = signed_in("LNO-FRA")
    assert client.post(f"/rows/{offer.id}/withdraw", {"version": 1}).status_code == 302
    assert client.post(f"/rows/{offer.id}/withdraw", {"version": 1}).status_code == 409
    again = client.post(f"/rows/{offer.id}/withdraw", {"version": 2})
    assert (again.status_code, "is withdrawn already" in again.text) == (403, True)


def test_what_is_released_to_a_nation_is_seen_by_it_at_once(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"]
    assert signed_in("LNO-GBR").get(f"/rows/{offer.id}").status_code == 404
    sent = {"version": 1, "marking": "restricted", "releasable_to": ["GBR"]}
    assert signed_in("LNO-FRA").post(f"/rows/{offer.id}/label", sent).status_code == 302
    seen = signed_in("LNO-GBR").get(f"/rows/{offer.id}")
    assert "RESTRICTED, releasable to FRA GBR" in seen.text
    assert "row entered" not in seen.text  # what was done before it was released stays with its owner


def test_a_table_for_a_spreadsheet_has_its_marking_and_no_formula(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"]
    sent = entered(offer_id="FRA-ALONE", name="=1+1", gates="vote-fra", version=1)
    signed_in("LNO-FRA").post(f"/rows/{offer.id}/edit", sent)
    first, header, *rows = signed_in("LNO-FRA").get("/tables/offers.csv?text=FRA-ALONE").text.splitlines()
    assert first == '"# RESTRICTED, releasable to FRA"'
    assert header.startswith("owner,offer_id,nation,name,capability,size,quantity")
    cells = "FRA,FRA-ALONE,FRA,'=1+1,infantry,company,4,1,,120,10,C+30,,in country,vote-fra,pledge,english,,,"
    assert rows == [f"{cells},2026-03-27,,notional,,,,FRA/restricted/"]


def test_signing_in_needs_the_password_of_the_post(seeded: Seeded) -> None:
    account = account_of("LNO-FRA")
    account.set_password(PASSWORD)
    account.save()
    client = Client()
    assert client.post("/sign-in", {"username": "LNO-FRA", "password": "wrong"}).status_code == 200
    assert client.get("/tables/offers").status_code == 302
    assert client.post("/sign-in", {"username": "LNO-FRA", "password": PASSWORD}).status_code == 302
    assert "FRA-ALONE" in client.get("/tables/offers").text
    out = client.post("/sign-out")
    assert (out.status_code, out.headers["Clear-Site-Data"]) == (302, '"cache", "cookies", "storage"')
    assert client.get("/tables/offers").status_code == 302


def test_too_many_failures_close_the_door_of_a_post_and_no_other(seeded: Seeded) -> None:
    for post in ("LNO-FRA", "LNO-POL"):
        account = account_of(post)
        account.set_password(PASSWORD)
        account.save()
    client = Client()
    for _ in range(MOST_OF_POST):
        assert client.post("/sign-in", {"username": "LNO-FRA", "password": "wrong"}).status_code == 200
    assert client.post("/sign-in", {"username": "LNO-FRA", "password": PASSWORD}).status_code == 429
    assert client.post("/sign-in", {"username": "LNO-POL", "password": PASSWORD}).status_code == 302


def test_the_first_password_must_be_changed_and_a_weak_one_is_refused(seeded: Seeded) -> None:
    account = account_of("LNO-FRA")
    account.set_password(PASSWORD)
    account.must_change_password = True
    account.save()
    client = Client()
    client.post("/sign-in", {"username": "LNO-FRA", "password": PASSWORD})
    weak = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert "at least 15 characters" in client.post("/password", weak).text
    new = "another password of some length"
    assert (
        client.post("/password", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}).status_code
        == 302
    )
    assert client.get("/tables/offers").status_code == 200
    assert not Account.objects.get(post_id="LNO-FRA").must_change_password


@pytest.mark.parametrize("page", ["/tables/offers", "/records"])
def test_a_list_of_many_costs_as_many_queries_as_one_of_few(seeded: Seeded, page: str) -> None:
    client = signed_in("LNO-FRA")
    few = queries(client, page)
    for number in range(3):
        client.post("/tables/offers/new", entered(offer_id=f"FRA-MORE-{number}"))
    assert queries(client, page) == few > 0


def queries(client: Client, page: str) -> int:
    """How many queries a page costs."""
    reset_queries()
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return len(asked)


def test_every_answer_may_load_only_what_this_server_has(seeded: Seeded) -> None:
    for page in ("/sign-in", "/tables/offers", "/nothing-here"):
        answer = signed_in("LNO-FRA").get(page)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "http://" not in answer.text.replace("http://www.w3.org", "")
