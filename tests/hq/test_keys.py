"""Keys of programs: made, used, narrowed, expired, revoked; and how much a post may take out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from hq.seeded import AT, CELLS, Seeded, account_of, look_as, seed, signed_in
from muster.hq.access.choices import Scope
from muster.hq.access.keys import KeyRefused, make_key
from muster.hq.access.models import ProgramKey
from muster.hq.people.models import Account
from muster.hq.records.queries import list_events

pytestmark = pytest.mark.usefixtures("headquarters")


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def program(post: str, scope: Scope = Scope.WRITE, *, days: int = 30, ago_days: int = 0) -> Client:
    """A program that holds a key of a post."""
    look_as(post)
    at = datetime.now(UTC) - timedelta(days=ago_days)
    made = make_key(name="nightly", scope=scope, days=days, by=account_of(post), at=at)
    look_as(None)
    return Client(headers={"Authorization": f"Bearer {made.text}"})


def test_a_key_is_made_on_a_page_and_shown_once(seeded: Seeded) -> None:
    browser = signed_in("LNO-FRA")
    page = browser.post("/keys", {"name": "nightly", "scope": "read", "days": 7}).text
    found = re.search(r"<code>(muster_[\w-]{43})</code>", page)
    assert found is not None
    assert found[1] not in browser.get("/keys").text
    with transaction.atomic():
        look_as("LNO-FRA")
        key = ProgramKey.objects.get()
        assert found[1].encode() not in bytes(key.digest)
        assert [(change.field, change.after) for change in list_events(key.pk)[0].changes] == [
            ("name", "nightly"),
            ("scope", "read"),
            ("expires_at", key.expires_at.isoformat()),
        ]
    me = Client(headers={"Authorization": f"Bearer {found[1]}"}).get("/api/me").json()
    assert (me["post"], me["owner"], me["key"]["name"], me["key"]["scope"]) == ("LNO-FRA", "FRA", "nightly", "read")


@pytest.mark.parametrize("post", ["LNO-FRA", "LNO-POL", "J5-PLANS"])
def test_a_program_sees_exactly_what_its_post_sees(seeded: Seeded, post: str) -> None:
    asking = program(post)
    for page in ("/api/tables/offers/rows", "/api/tables", "/api/search?q=word", "/api/versions"):
        assert asking.get(page).content == signed_in(post).get(page).content


@pytest.mark.parametrize("page", ["/tables/offers", "/keys", "/records"])
def test_a_key_opens_no_page_for_people(seeded: Seeded, page: str) -> None:
    assert program("LNO-FRA").get(page).status_code == 302


def test_what_a_program_does_is_recorded_with_its_key(seeded: Seeded) -> None:
    offer = seeded.offers["FRA-ALONE"]
    done = program("LNO-FRA").post(f"/api/rows/{offer.id}/withdraw", {"version": 1}, "application/json")
    assert (done.status_code, done.json()["cells"]["status"]) == (200, "withdrawn")
    look_as("LNO-FRA")
    last, first = list_events(offer.id)
    assert (last.verb, last.actor, last.key) == ("offer withdrawn", "LNO-FRA", "nightly")
    assert (first.actor, first.key) == ("LNO-FRA", "")
    assert "LNO-FRA, key nightly" in signed_in("LNO-FRA").get(f"/rows/{offer.id}").text


def test_a_key_that_reads_does_not_write(seeded: Seeded) -> None:
    asking, page = program("LNO-FRA", Scope.READ), f"/api/rows/{seeded.offers['FRA-ALONE'].id}"
    answer = asking.post(f"{page}/withdraw", {"version": 1}, "application/json")
    assert (answer.status_code, answer.json()["rule"]) == (403, 'Key "nightly" reads only.')
    assert asking.get(page).json()["version"] == 1


def test_a_key_ends(seeded: Seeded) -> None:
    assert program("LNO-FRA", days=1, ago_days=2).get("/api/me").status_code == 401
    asking = program("LNO-FRA")
    assert asking.get("/api/me").status_code == 200
    look_as("LNO-FRA")
    key = ProgramKey.objects.latest("made_at")
    assert signed_in("LNO-FRA").post(f"/keys/{key.pk}/revoke").status_code == 302
    assert asking.get("/api/me").status_code == 401
    assert signed_in("LNO-FRA").post(f"/keys/{key.pk}/revoke").status_code == 403


def test_a_key_ends_with_its_account(seeded: Seeded) -> None:
    asking = program("LNO-FRA")
    Account.objects.filter(post_id="LNO-FRA").update(is_active=False)
    assert asking.get("/api/me").status_code == 401
    Account.objects.filter(post_id="LNO-FRA").update(is_active=True, must_change_password=True)
    assert (asking.get("/api/me").status_code, asking.get("/api/me").json()["error"]) == (403, "not_allowed")


@pytest.mark.parametrize("sent", ["Bearer", "Bearer ", "Bearer muster_x", "Basic bXVzdGVy", "\xff", "' OR 1=1 --"])
def test_a_header_that_is_no_key_is_refused_even_beside_a_session(seeded: Seeded, sent: str) -> None:
    client = signed_in("LNO-FRA")
    assert client.get("/api/me", HTTP_AUTHORIZATION=sent).status_code == 401


def test_a_session_needs_its_token_to_write(seeded: Seeded) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of("LNO-FRA"))
    page = f"/api/rows/{seeded.offers['FRA-ALONE'].id}/withdraw"
    answer = client.post(page, {"version": 1}, "application/json")
    assert (answer.status_code, answer.json()["rule"]) == (
        403,
        "A session needs its token in the header X-CSRFToken.",
    )
    client.get("/tables/offers")
    token = client.cookies["csrftoken"].value
    assert client.post(page, {"version": 1}, "application/json", HTTP_X_CSRFTOKEN=token).status_code == 200


@pytest.mark.parametrize("post", ["OBSERVER-1", "ADMIN"])
def test_who_writes_no_rows_holds_no_keys(seeded: Seeded, post: str) -> None:
    assert signed_in(post).get("/keys").status_code == 403
    with pytest.raises(KeyRefused, match="Only posts of the headquarters and of nations"):
        make_key(name="nightly", scope=Scope.READ, days=1, by=account_of(post), at=AT)


def test_keys_of_another_post_are_neither_seen_nor_revoked(seeded: Seeded) -> None:
    program("LNO-FRA")
    look_as("LNO-FRA")
    key = ProgramKey.objects.get()
    for post in ("LNO-GBR", "J5-PLANS"):
        assert "nightly" not in signed_in(post).get("/keys").text
        assert signed_in(post).post(f"/keys/{key.pk}/revoke").status_code == 404
    look_as("LNO-GBR")
    assert not ProgramKey.objects.exists()


@pytest.mark.parametrize(("name", "days"), [("", 30), ("  ", 30), ("x", 0), ("x", 91), ("x" * 41, 30)])
def test_a_key_has_a_name_and_lasts_ninety_days_at_most(seeded: Seeded, name: str, days: int) -> None:
    answer = signed_in("LNO-FRA").post("/keys", {"name": name, "scope": "read", "days": days})
    assert answer.status_code == 422
    look_as("LNO-FRA")
    assert not ProgramKey.objects.exists()


def test_the_database_keeps_no_key_that_lasts_longer(seeded: Seeded) -> None:
    program("LNO-FRA")
    look_as("LNO-FRA")
    with pytest.raises(IntegrityError, match="programkey_expires_in_time"), transaction.atomic():
        ProgramKey.objects.update(expires_at=datetime.now(UTC) + timedelta(days=91))


@override_settings(ROWS_AN_HOUR=3)
def test_a_nation_takes_out_so_many_rows_an_hour_and_the_headquarters_all(seeded: Seeded) -> None:
    france, pages = signed_in("LNO-FRA"), ("/api/tables/offers/rows", "/tables/offers.csv", "/scenario/folder")
    assert [france.get(page).status_code for page in pages] == [200, 429, 429]
    answer = program("LNO-FRA").get("/api/records")
    assert (answer.status_code, answer.json()["error"]) == (429, "read_too_much")
    assert 3590 <= int(answer.headers["Retry-After"]) <= 3600
    assert int(france.get("/tables/offers.csv").headers["Retry-After"]) <= 3600
    assert [signed_in("LNO-POL").get(page).status_code for page in pages[:1]] == [200]
    assert [signed_in("J5-PLANS").get(page).status_code for page in pages * 2] == [200] * 6
    assert france.get("/tables/offers").status_code == 200


def test_a_list_of_three_rows_costs_as_many_queries_as_one_of_one(seeded: Seeded) -> None:
    costs = []
    for text in ("FRA-ALONE", "FRA"):
        for page in (f"/api/tables/offers/rows?text={text}", f"/api/search?q={text}", f"/search?q={text}"):
            client = signed_in("J5-PLANS")
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(page).status_code == 200
            costs.append((page.partition("?")[0], len(seen)))
    assert costs[:3] == costs[3:]


def test_a_change_says_which_version_it_is_of(seeded: Seeded) -> None:
    asking, offer = program("LNO-FRA"), seeded.offers["FRA-ALONE"]
    cells = {**CELLS, "offer_id": "FRA-ALONE", "quantity": "6"}
    page, kind = f"/api/rows/{offer.id}", "application/json"
    first = asking.put(page, {"version": 1, "cells": cells}, kind)
    assert (first.status_code, first.json()["version"], first.json()["cells"]["quantity"]) == (200, 2, "6")
    second = asking.put(page, {"version": 1, "cells": {**cells, "quantity": "9"}}, kind)
    assert (second.status_code, second.json()["error"]) == (409, "changed_meanwhile")
    assert (second.json()["row"]["version"], second.json()["row"]["cells"]["quantity"]) == (2, "6")
