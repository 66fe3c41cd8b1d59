"""How long somebody stays signed in, proving again who one is, and what of it is in the journal for whom."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from hq.seeded import Seeded, account_of, look_as, seed, signed_in
from muster.hq.people.choices import Verb
from muster.hq.people.models import OpenSession
from muster.hq.people.sessions import LONGEST
from muster.hq.people.sign_in import MOST_OF_POST
from muster.hq.people.traces import account_trace, note
from muster.hq.records.models import EventRow
from muster.hq.records.queries import list_events
from muster.hq.scenario.models import Row

pytestmark = pytest.mark.usefixtures("headquarters")
PASSWORD = "a long enough password of four words"
OTHER = "another password of some length"


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        for post in ("LNO-FRA", "LNO-POL", "J5-PLANS"):
            account = account_of(post)
            account.set_password(PASSWORD)
            account.save()
        yield seed()
        transaction.set_rollback(True)


def by_password(post: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"username": post, "password": PASSWORD}).status_code == 302
    return client


def long_ago(client: Client, **ago: int) -> None:
    """Have the proof of a browser lie back."""
    session = client.session
    session["proved_at"] = (datetime.now(UTC) - timedelta(**ago)).isoformat()
    session.save()


def verbs_of(post: str, seen_by: str | None) -> list[str]:
    look_as(seen_by)
    return [event.code for event in list_events(account_trace(account_of(post).post).pk)]


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 302)])
def test_who_is_idle_for_half_an_hour_is_signed_out(seeded: Seeded, minutes: int, status: int) -> None:
    client = by_password("LNO-FRA")
    OpenSession.objects.update(seen_at=datetime.now(UTC) - timedelta(minutes=minutes))
    assert client.get("/tables/offers").status_code == status
    assert client.get("/tables/offers").status_code == status


@pytest.mark.parametrize(("ago", "status"), [(LONGEST - timedelta(minutes=1), 200), (LONGEST, 302)])
def test_after_twelve_hours_everybody_signs_in_anew(seeded: Seeded, ago: timedelta, status: int) -> None:
    client = by_password("LNO-FRA")
    OpenSession.objects.update(begun_at=datetime.now(UTC) - ago)
    assert client.get("/tables/offers").status_code == status


def test_a_page_keeps_the_session_alive(seeded: Seeded) -> None:
    client = by_password("LNO-FRA")
    OpenSession.objects.update(seen_at=datetime.now(UTC) - timedelta(minutes=20))
    client.get("/tables/offers")
    assert datetime.now(UTC) - OpenSession.objects.get().seen_at < timedelta(minutes=1)


def test_a_page_that_asks_by_itself_keeps_no_session_alive(seeded: Seeded) -> None:
    client, before = by_password("LNO-FRA"), datetime.now(UTC) - timedelta(minutes=20)
    OpenSession.objects.update(seen_at=before)
    client.get(f"/jobs/{seeded.offers['FRA-ALONE'].pk}/progress")
    assert OpenSession.objects.get().seen_at == before


def test_a_proof_draws_a_new_token_for_the_session(seeded: Seeded) -> None:
    client = by_password("LNO-FRA")
    before = client.cookies["sessionid"].value
    client.post("/prove", {"next": "/", "proof_password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert client.get("/tables/offers").status_code == 200


@pytest.mark.parametrize(
    "password", ["muster headquarters ukraine", "LNO-FRA liaison officer FRA", "multinational force kyiv 1234"]
)
def test_a_password_of_words_of_this_work_is_refused(seeded: Seeded, password: str) -> None:
    sent = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = by_password("LNO-FRA").post("/password", sent)
    assert "made of words that anybody here would try" in answer.text


@pytest.mark.parametrize(
    "password",
    ["ukraine needs better coffee", "x" * 128, " \u0444\u043e\u0440\u0442\u0435\u0446\u044f \u2603 ten words "],
)
def test_a_password_of_any_composition_and_length_is_taken_as_it_is(seeded: Seeded, password: str) -> None:
    sent = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert by_password("LNO-FRA").post("/password", sent).status_code == 302
    assert account_of("LNO-FRA").check_password(password)
    assert not account_of("LNO-FRA").check_password(password.strip()) or password == password.strip()


def test_signing_out_everywhere_ends_all_other_browsers_and_no_other_post(seeded: Seeded) -> None:
    here, there, poland = by_password("LNO-FRA"), by_password("LNO-FRA"), by_password("LNO-POL")
    page = here.get("/sessions").text
    assert ('<span class="count">2</span>' in page, page.count("this one")) == (True, 1)
    assert here.post("/sessions/end").status_code == 302
    assert [client.get("/tables/offers").status_code for client in (here, there, poland)] == [200, 302, 200]
    assert verbs_of("LNO-FRA", "LNO-FRA")[0] == "signed_out_everywhere"


def test_a_new_password_ends_the_other_sessions(seeded: Seeded) -> None:
    here, there = by_password("LNO-FRA"), by_password("LNO-FRA")
    sent = {"old_password": PASSWORD, "new_password1": OTHER, "new_password2": OTHER}
    assert here.post("/password", sent).status_code == 302
    assert [client.get("/tables/offers").status_code for client in (here, there)] == [200, 302]
    assert OpenSession.objects.count() == 1


def test_who_may_see_an_offer_is_said_by_whoever_proved_lately_who_they_are(seeded: Seeded) -> None:
    offer, client = seeded.offers["FRA-ALONE"], by_password("LNO-FRA")
    page = f"/rows/{offer.id}/label"
    assert client.get(page).status_code == 200
    long_ago(client, minutes=11)
    asked = client.get(page)
    assert (asked.status_code, asked.headers["Location"]) == (302, f"/prove?next=%2Frows%2F{offer.id}%2Flabel")
    assert f'name="next" value="{page}"' in client.get(asked.headers["Location"]).text
    assert client.post("/prove", {"next": page, "proof_password": "wrong"}).status_code == 403
    proved = client.post("/prove", {"next": page, "proof_password": PASSWORD})
    assert (proved.status_code, proved.headers["Location"]) == (302, page)
    assert client.get(page).status_code == 200
    assert verbs_of("LNO-FRA", "LNO-FRA")[0] == "proved_again"


def test_what_was_sent_is_carried_through_the_question(seeded: Seeded) -> None:
    offer, client = seeded.offers["FRA-ALONE"], by_password("LNO-FRA")
    page, sent = f"/rows/{offer.id}/label", {"version": 1, "marking": "restricted", "releasable_to": ["GBR", "POL"]}
    long_ago(client, minutes=11)
    asked = client.post(page, sent)
    assert asked.status_code == 403
    assert f'action="{page}"' in asked.text
    for value in ("GBR", "POL"):
        assert f'<input type="hidden" name="releasable_to" value="{value}">' in asked.text
    look_as("LNO-GBR")
    assert not Row.objects.filter(pk=offer.pk).exists()
    assert client.post(page, {**sent, "proof_password": "wrong"}).status_code == 403
    assert client.post(page, {**sent, "proof_password": PASSWORD}).status_code == 302
    look_as("LNO-GBR")
    assert Row.objects.filter(pk=offer.pk).exists()


@pytest.mark.parametrize(("post", "asks"), [("J5-PLANS", True), ("LNO-FRA", False)])
def test_a_file_with_rows_of_several_nations_needs_a_proof(seeded: Seeded, post: str, asks: bool) -> None:
    look_as("LNO-FRA")
    client = signed_in(post)
    long_ago(client, minutes=11)
    page = "/tables/offers.csv?owner=FRA" if post == "LNO-FRA" else "/tables/offers.csv"
    answer = client.get(page)
    assert answer.status_code == (302 if asks else 200)
    assert client.get("/tables/offers.csv?owner=FRA").status_code == 200


@pytest.mark.parametrize("page", ["/password", "/factors", "/factors/codes"])
def test_password_and_factors_need_a_proof(seeded: Seeded, page: str) -> None:
    client = by_password("LNO-FRA")
    assert client.get(page).status_code == 200
    long_ago(client, minutes=11)
    assert client.get(page).headers["Location"].startswith("/prove?next=")


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_a_proof_leads_nowhere_else(seeded: Seeded, to: str) -> None:
    answer = by_password("LNO-FRA").post("/prove", {"next": to, "proof_password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_guessing_the_password_of_an_open_session_closes_the_door(seeded: Seeded) -> None:
    client = by_password("LNO-FRA")
    for _ in range(MOST_OF_POST):
        assert client.post("/prove", {"next": "/", "proof_password": "wrong"}).status_code == 403
    assert client.post("/prove", {"next": "/", "proof_password": PASSWORD}).status_code == 429


def test_what_an_account_does_is_seen_by_its_nation_and_the_headquarters_alone(seeded: Seeded) -> None:
    client = by_password("LNO-FRA")
    client.post("/sign-out")
    for viewer in ("LNO-FRA", "J5-PLANS"):
        assert verbs_of("LNO-FRA", viewer) == ["signed_out", "signed_in"]
        assert "signed out" in signed_in(viewer).get("/records").text
    for other in ("LNO-GBR", "OBSERVER-1", "ADMIN", None):
        assert verbs_of("LNO-FRA", other) == []


def test_events_of_staff_and_administrator_are_for_the_headquarters(seeded: Seeded) -> None:
    client = by_password("J5-PLANS")
    client.post("/sign-out")
    assert verbs_of("J5-PLANS", "J5-PLANS") == ["signed_out", "signed_in"]
    assert verbs_of("J5-PLANS", "LNO-FRA") == []
    signed_in("ADMIN").post("/sign-out")
    assert verbs_of("ADMIN", "J5-PLANS") == ["signed_out"]


def test_failures_leave_one_event_where_they_close_the_door_and_none_for_posts_that_are_not_there(
    seeded: Seeded,
) -> None:
    client = Client()
    look_as("J5-PLANS")
    before = EventRow.objects.count()
    for post in ("LNO-FRA", "LNO-XXX"):
        for _ in range(MOST_OF_POST + 1):
            client.post("/sign-in", {"username": post, "password": "wrong"})
    assert verbs_of("LNO-FRA", "LNO-FRA") == ["sign_in_barred"]
    look_as("J5-PLANS")
    assert EventRow.objects.count() == before + 1


@pytest.mark.parametrize("viewer", ["LNO-POL", "ADMIN", None])
def test_noting_an_event_leaves_the_context_as_it_was(seeded: Seeded, viewer: str | None) -> None:
    account = account_of("LNO-FRA")
    look_as(viewer)
    seen = set(EventRow.objects.values_list("pk", flat=True))
    note(by=account, verb=Verb.SIGNED_IN, about=account_trace(account.post), at=datetime.now(UTC))
    assert set(EventRow.objects.values_list("pk", flat=True)) == seen
