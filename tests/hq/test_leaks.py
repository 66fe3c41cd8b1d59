"""Every page as everybody, with something to leak. A page that is not in the table here fails the test.

Operations for programs have a table of their own: test_api_leaks.py.
"""

import uuid
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from hq.board_pages import BOARD
from hq.seeded import LABELS, NATION_OF, VIEWERS, Seeded, account_of, look_as, may_see, seed, signed_in, without_token
from muster.hq.records.models import EventRow
from muster.hq.scenario.models import Row
from muster.hq.urls import urlpatterns

pytestmark = pytest.mark.usefixtures("headquarters")

LISTS = {
    "search": "/search?q=word",
    "table": "/tables/offers",
    "table-csv": "/tables/offers.csv",
    "records": "/records",
}
"""Pages that list what one may see, all of it."""
OF_OFFER = {
    "row": ("GET", "/rows/{}"),
    "row-change": ("GET", "/rows/{}/edit"),
    "row-release": ("GET", "/rows/{}/label"),
    "row-withdraw": ("POST", "/rows/{}/withdraw"),
    "row-remove": ("POST", "/rows/{}/remove"),
    "row-restore": ("POST", "/rows/{}/restore"),
    "row-undo": ("POST", "/rows/{}/undo"),
}
"""Pages of one offer; what is not the nation's own is looked at, and no more."""
ELSEWHERE = {
    "scenario", "faults", "folder", "version", "version-folder", "version-workbook", "import-send", "import",
}  # fmt: skip
"""Pages of versions and imports: see test_scenario_leaks.py."""
OF_POSTS = {
    "posts", "posts-csv", "post", "post-enter", "post-change", "post-close", "post-password", "post-invite",
    "post-agree",
    "holder-enter", "holder-change", "holder-withdraw", "holder-answer",
}  # fmt: skip
"""Pages of posts and their holders: see test_posts.py."""
OF_ONESELF = {
    "sign-in-factor", "prove", "sessions", "sign-out-everywhere", "invitation", "factors", "factor-codes",
    "factor-key", "recovery-codes", "factor-remove",
}  # fmt: skip
"""Pages on which an account meets itself alone: see test_factors.py and test_sessions.py."""
OF_PLANS = {
    "plans", "plan", "plan-lines", "plan-compare", "plan-file", "plan-send", "plan-release",
    "released", "released-form", "plan-take-back", "plan-set-aside", "plan-opinion", "plan-make", "plan-propose",
}  # fmt: skip
"""Pages of plans: see test_plans.py."""
OF_JOBS = {"jobs", "job", "job-progress", "job-stop"}
"""Pages of jobs: see test_jobs.py."""
OF_NOTICES = {"notices", "notices-seen"}
"""Pages of notices: see test_notices.py."""
SAVED = {"view-save", "view-remove"}
"""Pages of saved views: see test_saved_views.py."""
WITHOUT_ROWS = {"keys", "key-revoke", "home", "language", "sign-in", "sign-out", "password", "row-enter"}
"""Pages on which no row of a nation can be."""


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def words_in(seeded: Seeded, body: str) -> set[str]:
    return {name for name, word in seeded.words.items() if word in body}


def test_every_page_is_in_the_table() -> None:
    pages = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert pages == {
        *LISTS,
        *OF_OFFER,
        *ELSEWHERE,
        *OF_PLANS,
        *OF_JOBS,
        *BOARD,
        *OF_POSTS,
        *OF_ONESELF,
        *OF_NOTICES,
        *SAVED,
        *WITHOUT_ROWS,
    }


@pytest.mark.parametrize("viewer", [None, *VIEWERS])
@pytest.mark.parametrize("page", LISTS.values())
def test_a_list_holds_what_one_may_see_and_nothing_else(seeded: Seeded, viewer: str | None, page: str) -> None:
    answer = signed_in(viewer).get(page)
    assert words_in(seeded, answer.text) == {name for name in LABELS if may_see(viewer, name)}
    assert answer.status_code == (302 if viewer is None else 200)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_one_may_not_see_is_not_counted(seeded: Seeded, viewer: str) -> None:
    seen = sum(may_see(viewer, name) for name in LABELS)
    assert f'<span class="count">{seen}</span>' in signed_in(viewer).get("/tables/offers").text


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(("method", "page"), OF_OFFER.values())
def test_a_hidden_offer_is_answered_like_one_that_does_not_exist(
    seeded: Seeded, viewer: str, method: str, page: str
) -> None:
    client = signed_in(viewer)
    missing = ask(client, method, page.format(uuid.uuid4()))
    assert missing.status_code == 404
    for name, offer in seeded.offers.items():
        answer = ask(client, method, page.format(offer.id))
        if not may_see(viewer, name):
            assert (answer.status_code, without_token(answer.text)) == (404, without_token(missing.text))
        elif method == "GET":
            owned = NATION_OF.get(viewer) == LABELS[name].owner
            assert answer.status_code == (200 if owned or page == OF_OFFER["row"][1] else 403)
        assert words_in(seeded, answer.text) <= {name}


def ask(client: Client, method: str, page: str):  # type: ignore[no-untyped-def]
    return client.get(page) if method == "GET" else client.post(page, {"version": 1})


@pytest.mark.parametrize("viewer", VIEWERS)
def test_only_its_nation_withdraws_an_offer(seeded: Seeded, viewer: str) -> None:
    for name, offer in seeded.offers.items():
        own = NATION_OF.get(viewer) == LABELS[name].owner
        answer = signed_in(viewer).post(f"/rows/{offer.id}/withdraw", {"version": 1})
        assert answer.status_code == (302 if own else 403 if may_see(viewer, name) else 404)
        look_as("J5-PLANS")
        assert Row.objects.get(pk=offer.id).cells["status"] == ("withdrawn" if own else "pledge")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_search_finds_nothing_that_one_may_not_see(seeded: Seeded, viewer: str) -> None:
    for name, word in seeded.words.items():
        found = signed_in(viewer).get("/tables/offers", {"text": word}).text
        assert (f">{name}</a>" in found) == may_see(viewer, name)


@pytest.mark.parametrize("text", ["' OR 1=1 --", "'; SELECT set_config('hq.ctx','x',true); --", "%", "_", "\\"])
def test_no_text_in_a_search_widens_what_is_seen(seeded: Seeded, text: str) -> None:
    found = signed_in("LNO-GBR").get("/tables/offers", {"text": text, "owner": text, "status": text})
    assert found.status_code == 200
    assert words_in(seeded, found.text) == set()


def test_a_withdrawn_label_closes_at_once(seeded: Seeded) -> None:
    """France takes back what it had released to Poland; Poland sees neither it nor what is done to it from then on."""
    offer = seeded.offers["FRA-POLAND"]
    poland = signed_in("LNO-POL")
    assert poland.get(f"/rows/{offer.id}").status_code == 200
    answer = signed_in("LNO-FRA").post(f"/rows/{offer.id}/label", {"version": 1, "marking": "restricted"})
    assert answer.status_code == 302
    assert poland.get(f"/rows/{offer.id}").status_code == 404
    signed_in("LNO-FRA").post(f"/rows/{offer.id}/withdraw", {"version": 2})
    look_as("LNO-POL")
    assert not EventRow.objects.filter(object_id=offer.id, verb="offer_withdrawn").exists()


def test_every_write_is_in_the_journal_with_its_label(seeded: Seeded) -> None:
    look_as("J5-PLANS")
    events = {str(event.object_id): event for event in EventRow.objects.all()}
    for name, offer in seeded.offers.items():
        event = events[str(offer.id)]
        assert (event.verb, event.actor, event.owner) == (
            "row_entered",
            f"LNO-{LABELS[name].owner}",
            LABELS[name].owner,
        )
        assert (event.rel_low, event.rel_high, event.marking) == (offer.rel_low, offer.rel_high, offer.marking)


def test_a_password_that_was_given_out_opens_one_page_only(seeded: Seeded) -> None:
    account = account_of("LNO-FRA")
    account.must_change_password = True
    account.save()
    client = Client()
    client.force_login(account)
    for page in (*LISTS.values(), f"/rows/{seeded.offers['FRA-ALONE'].id}", "/tables/offers/new"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/password")
