"""Posts and their holders: nations say who comes, the headquarters answers, and nobody is told more than they may."""

import csv
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hq.seeded import VIEWERS, account_of, look_as, signed_in, without_token
from muster.hq import founding
from muster.hq.people.gaps import Term, list_gaps
from muster.hq.people.holdings import HolderRefused, Said, answer_holder, propose_holder
from muster.hq.people.models import Account, Holding, HoldingAnswer, Invitation, Post
from muster.hq.people.passwords import INVITES_FOR
from muster.hq.people.traces import account_trace, post_trace
from muster.hq.records.models import EventRow
from muster.hq.records.queries import list_events

pytestmark = pytest.mark.usefixtures("headquarters")
TODAY = datetime.now(UTC).date()
SOON = TODAY + timedelta(days=30)
SECRET, TOLD = "FRA-SECRET1", "FRA-TOLD1"
WHY = "wordtoolate"
PASSWORD = "a long enough password of four words"
PAGES = ("/posts", "/posts.csv", "/posts/J4-MOV", "/posts/J4-SUP", "/records")


@dataclass(frozen=True, slots=True)
class Staffed:
    """Two posts that France fills: one holder is told every nation, the other nobody."""

    secret: Holding
    told: Holding


@pytest.fixture
def staffed() -> Iterator[Staffed]:
    with transaction.atomic():
        for code in ("J4-MOV", "J4-SUP"):
            Post.objects.create(code=code, title=code, role="watch", clearance=1, branch="J4", filled_by_id="FRA")
        yield Staffed(held("J4-MOV", SECRET, is_told=False), held("J4-SUP", TOLD, is_told=True))
        transaction.set_rollback(True)


def held(post: str, holder: str, *, is_told: bool, ends_on: date | None = SOON) -> Holding:
    look_as("LNO-FRA")
    said = Said(holder, TODAY, ends_on, is_told)
    return propose_holder(
        post=Post.objects.get(pk=post), said=said, by=account_of("LNO-FRA"), at=datetime.now(UTC)
    )  # fmt: skip


def declined(holding: Holding) -> HoldingAnswer:
    look_as("J5-PLANS")
    return answer_holder(
        holding=holding.pk, verdict="declined", why=WHY, by=account_of("J5-PLANS"), at=datetime.now(UTC)
    )  # fmt: skip


def told_to(viewer: str) -> set[str]:
    client = signed_in(viewer)
    body = "".join(client.get(page).text for page in PAGES)
    return {word for word in (SECRET, TOLD, WHY) if word in body}


@pytest.mark.parametrize("viewer", VIEWERS)
def test_holders_are_seen_by_their_nation_and_the_headquarters_and_whom_they_are_told(
    staffed: Staffed, viewer: str
) -> None:
    declined(staffed.secret)
    everything, released, nothing = {SECRET, TOLD, WHY}, {TOLD}, set[str]()
    expected = {
        "LNO-FRA": everything, "J5-PLANS": everything, "LNO-GBR": released, "LNO-POL": released,
        "OBSERVER-1": nothing, "ADMIN": nothing,
    }  # fmt: skip
    assert told_to(viewer) == expected[viewer]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_hidden_holder_changes_nothing_of_what_others_are_shown(staffed: Staffed, viewer: str) -> None:
    """Whether France has named somebody cannot be told from the pages, their counts or their gaps."""
    if viewer in {"LNO-FRA", "J5-PLANS"}:
        return
    pages = [page for page in PAGES if page != "/records"]
    client = signed_in(viewer)
    before = [without_token(client.get(page).text) for page in pages]
    look_as("LNO-FRA")
    Holding.objects.filter(pk=staffed.secret.pk).update(is_withdrawn=True)
    assert [without_token(client.get(page).text) for page in pages] == before


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(
    ("method", "page"), [("get", "/holders/{}/edit"), ("post", "/holders/{}/withdraw"), ("post", "/holders/{}/answer")]
)
def test_a_hidden_holder_is_answered_like_one_that_does_not_exist(
    staffed: Staffed, viewer: str, method: str, page: str
) -> None:
    client = signed_in(viewer)
    missing = getattr(client, method)(page.format(uuid.uuid4()))
    assert missing.status_code == 404
    hidden = getattr(client, method)(page.format(staffed.secret.pk))
    if viewer in {"LNO-FRA", "J5-PLANS"}:
        assert hidden.status_code in {200, 302, 403, 409}
    else:
        assert (hidden.status_code, without_token(hidden.text)) == (404, without_token(missing.text))
    shown = getattr(client, method)(page.format(staffed.told.pk))
    assert shown.status_code != 404 or viewer in {"OBSERVER-1", "ADMIN"}


@pytest.mark.parametrize("viewer", [None, *VIEWERS])
@pytest.mark.parametrize("page", ["/posts", "/posts.csv", "/posts/J4-MOV"])
def test_observers_see_no_establishment(staffed: Staffed, viewer: str | None, page: str) -> None:
    status = {None: 302, "OBSERVER-1": 404}.get(viewer, 200)
    assert signed_in(viewer).get(page).status_code == status


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("get", "/posts/new"),
        ("get", "/posts/J4-MOV/edit"),
        ("post", "/posts/J4-MOV/close"),
        ("post", "/posts/J4-MOV/password"),
        ("post", "/posts/J4-MOV/invite"),
    ],
)
def test_only_the_administrator_runs_the_establishment(staffed: Staffed, viewer: str, method: str, page: str) -> None:
    answer = getattr(signed_in(viewer), method)(page, {"version": 1})
    assert answer.status_code == (404 if viewer != "ADMIN" else 302 if page.endswith("close") else 200)
    look_as("J5-PLANS")
    assert (Post.objects.get(pk="J4-MOV").closed_at is not None) == (viewer == "ADMIN" and page.endswith("close"))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_only_the_nation_that_fills_a_post_says_who_holds_it(staffed: Staffed, viewer: str) -> None:
    sent = {"holder": "FRA-0421", "starts_on": "2027-03-01", "ends_on": ""}
    answer = signed_in(viewer).post("/posts/J4-MOV/holders/new", sent)
    assert answer.status_code == {"LNO-FRA": 302, "OBSERVER-1": 404}.get(viewer, 403)
    look_as("LNO-FRA")
    assert Holding.objects.filter(holder="FRA-0421").exists() == (viewer == "LNO-FRA")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"holder": "GBR-0001"}, "has no code of FRA"),
        ({"holder": "Jane Doe"}, "A code of your nation and no name"),
        ({"ends_on": "2027-01-01"}, "It must end after it starts"),
        ({"starts_on": "soon"}, "Enter a valid date"),
    ],
)
def test_a_holder_that_cannot_be_is_told_at_once(staffed: Staffed, sent: dict[str, str], told: str) -> None:
    values = {"holder": "FRA-0421", "starts_on": "2027-03-01", "ends_on": "", **sent}
    answer = signed_in("LNO-FRA").post("/posts/J4-MOV/holders/new", values)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_a_holder_is_changed_and_withdrawn_by_whoever_saw_them_last(staffed: Staffed) -> None:
    client, page = signed_in("LNO-FRA"), f"/holders/{staffed.secret.pk}"
    assert f'value="{SECRET}"' in client.get(f"{page}/edit").text
    sent = {"holder": "FRA-0500", "starts_on": str(TODAY), "ends_on": "", "version": 1}
    assert client.post(f"{page}/edit", sent).status_code == 302
    stale = client.post(f"{page}/edit", {**sent, "holder": "FRA-0600"})
    assert (stale.status_code, "Somebody saved this before you" in stale.text) == (409, True)
    assert rows_of(stale.text) == [("Holder", "FRA-0600", "FRA-0500")]
    told = client.post(f"{page}/edit", {**sent, "is_told": "on", "ends_on": str(SOON)})
    assert rows_of(told.text) == [
        ("Until before", str(SOON), ""),
        ("Tell every nation that the post is filled, and until when", "yes", "no"),
    ]
    assert f'href="{page}/edit"' in told.text
    assert client.post(f"{page}/withdraw", {"version": 1}).status_code == 409
    assert client.post(f"{page}/withdraw", {"version": 2}).status_code == 302
    look_as("J5-PLANS")
    changed = list_events(staffed.secret.pk)
    assert [event.code for event in changed] == ["holder_withdrawn", "holder_changed", "holder_proposed"]
    assert [(each.field, each.before, each.after) for each in changed[1].changes] == [
        ("holder", SECRET, "FRA-0500"),
        ("ends_on", str(SOON), ""),
    ]


def rows_of(page: str) -> list[tuple[str, ...]]:
    """Field, mine and theirs, as the page shows both."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>', page)
    return [tuple(row) for row in rows]


def test_gaps_ahead_are_told_to_whoever_sees_all_holders(staffed: Staffed) -> None:
    told = f"is empty from {SOON}</li>"
    assert [signed_in(viewer).get("/posts").text.count(told) for viewer in ("J5-PLANS", "LNO-FRA", "LNO-GBR")] == [
        2, 2, 0,
    ]  # fmt: skip
    look_as("LNO-FRA")
    propose_holder(
        post=Post.objects.get(pk="J4-MOV"), said=Said("FRA-NEXT", SOON, None, is_told=False),
        by=account_of("LNO-FRA"), at=datetime.now(UTC),
    )  # fmt: skip
    page = signed_in("J5-PLANS").get("/posts").text
    assert (page.count(told), "J4-SUP</a> is empty from" in page) == (1, True)
    assert "holder proposed" in signed_in("J5-PLANS").get("/posts/J4-MOV").text


def test_a_holder_who_is_declined_does_not_fill_the_post(staffed: Staffed) -> None:
    client = signed_in("J5-PLANS")
    answer = client.post(f"/holders/{staffed.secret.pk}/answer", {"verdict": "declined", "why": WHY})
    assert answer.status_code == 302
    rows = {row["post"]: row for row in table(client)}
    assert (rows["J4-MOV"]["filled"], rows["J4-SUP"]["filled"]) == ("no", "yes")
    assert WHY in signed_in("LNO-FRA").get("/posts/J4-MOV").text
    look_as("LNO-FRA")
    with pytest.raises(HolderRefused, match="Only planners and the chief"):
        answer_holder(
            holding=staffed.secret.pk, verdict="accepted", why="", by=account_of("LNO-FRA"), at=datetime.now(UTC)
        )


def table(client: Client) -> list[dict[str, str]]:
    first, *rest = client.get("/posts.csv").text.splitlines()
    assert first.startswith(("# ", '"# '))
    return list(csv.DictReader(rest))


def test_the_table_holds_what_the_viewer_is_told(staffed: Staffed) -> None:
    for viewer, filled in (("LNO-FRA", ("yes", SECRET)), ("LNO-GBR", ("", "")), ("ADMIN", ("", ""))):
        row = next(row for row in table(signed_in(viewer)) if row["post"] == "J4-MOV")
        assert (row["filled"], row["holder"], row["filled by"], row["branch"]) == (*filled, "FRA", "J4")


def test_a_post_is_added_changed_and_closed_and_every_nation_is_told(staffed: Staffed) -> None:
    client = signed_in("ADMIN")
    sent = {
        "code": "LNO-FRA-2", "title": "Second liaison officer", "role": "liaison", "nation": "FRA", "clearance": "1",
        "branch": "", "rank": "OF-3", "filled_by": "FRA", "language": "fr", "site": "PAR",
    }  # fmt: skip
    assert client.post("/posts/new", sent).headers["Location"] == "/posts/LNO-FRA-2"
    assert "already exists" in client.post("/posts/new", sent).text
    changed = {**sent, "rank": "OF-4", "role": "planner", "version": 1}
    assert client.post("/posts/LNO-FRA-2/edit", changed).status_code == 302
    post = Post.objects.get(pk="LNO-FRA-2")
    assert (post.rank, post.role, post.site_id, post.version) == ("OF-4", "liaison", "PAR", 2)
    stale = client.post("/posts/LNO-FRA-2/edit", {**changed, "rank": "OF-5", "site": "LON"})
    assert (stale.status_code, rows_of(stale.text)) == (
        409,
        [("Rank (NATO code)", "OF-5", "OF-4"), ("Site", "London", "Paris")],
    )
    assert client.post("/posts/LNO-FRA-2/close", {"version": 1}).status_code == 409
    second = signed_in("LNO-FRA-2")
    assert second.get("/tables/offers").status_code == 200
    assert client.post("/posts/LNO-FRA-2/close", {"version": 2}).status_code == 302
    assert second.get("/tables/offers").status_code == 302
    look_as("LNO-POL")
    codes = [event.code for event in list_events(post_trace(post).pk)]
    assert codes == ["post_closed", "post_changed", "post_added"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"role": "liaison"}, "A liaison officer speaks for a nation"),
        ({"nation": "FRA"}, "A liaison officer speaks for a nation"),
        ({"code": "j4 mov"}, "Capitals and digits"),
        ({"rank": "General"}, "not one of the available choices"),
    ],
)
def test_a_post_that_cannot_be_is_told_at_once(staffed: Staffed, sent: dict[str, str], told: str) -> None:
    values = {"code": "J3-OPS", "title": "Operations", "role": "watch", "clearance": "1", **sent}
    answer = signed_in("ADMIN").post("/posts/new", values)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_the_administrator_does_not_close_their_own_post(staffed: Staffed) -> None:
    answer = signed_in("ADMIN").post("/posts/ADMIN/close", {"version": 1})
    assert (answer.status_code, "Nobody closes the post" in answer.text) == (403, True)


def test_a_one_time_password_is_shown_once_and_ends_the_sessions_of_the_post(staffed: Staffed) -> None:
    watch = signed_in("J4-MOV")
    page = signed_in("ADMIN").post("/posts/J4-MOV/password").text
    given = re.search(r'<p class="letters">(\S+)</p>', page)
    assert given is not None
    assert watch.get("/tables/offers").status_code == 302
    client = Client()
    assert client.post("/sign-in", {"username": "J4-MOV", "password": given[1]}).status_code == 302
    assert client.get("/tables/offers").headers["Location"] == "/password"


def invited(staffed: Staffed, post: str = "J4-MOV") -> str:
    page = signed_in("ADMIN").post(f"/posts/{post}/invite").text
    link = re.search(r"http://testserver(/invitations/[\w-]+)", page)
    assert link is not None
    return link[1]


def test_an_invitation_sets_password_and_leads_to_the_factor_and_is_good_once(staffed: Staffed) -> None:
    link, client = invited(staffed), Client()
    assert "J4-MOV" in client.get(link).text
    kept = Invitation.objects.get(post="J4-MOV")
    assert link.rsplit("/", 1)[1].encode() not in bytes(kept.digest)
    weak = client.post(link, {"new_password1": "short", "new_password2": "short"})
    assert (weak.status_code, "at least 15 characters" in weak.text) == (422, True)
    answer = client.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/factors")
    assert client.get("/tables/offers").status_code == 200
    assert not Account.objects.get(post="J4-MOV").must_change_password
    assert Client().get(link).status_code == 404


def sets_password(link: str) -> int:
    return Client().post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code


@pytest.mark.parametrize("viewer", [*VIEWERS, "ADMIN-2"])
def test_somebody_is_let_into_a_post_of_a_nation_only_when_a_second_person_agrees(
    staffed: Staffed, viewer: str
) -> None:
    Post.objects.create(code="ADMIN-2", title="x", role="administrator", clearance=0)
    link, client = invited(staffed, "LNO-FRA"), signed_in(viewer)
    says = viewer in {"LNO-FRA", "ADMIN-2"}
    assert Client().get(link).status_code == 404
    assert ("ADMIN has invited somebody" in client.get("/posts/LNO-FRA").text) == says
    assert client.post("/posts/LNO-FRA/agree").status_code == (302 if says else 404)
    assert client.post("/posts/LNO-FRA/agree").status_code == 404
    assert sets_password(link) == (302 if says else 404)
    look_as("LNO-FRA")
    codes = [event.code for event in list_events(account_trace(Post.objects.get(pk="LNO-FRA")).pk)]
    assert ("invitation_agreed" in codes, "invited" in codes) == (says, True)


def test_the_administrator_makes_no_second_one_to_agree_with_themselves(staffed: Staffed) -> None:
    Post.objects.create(code="ADMIN-2", title="x", role="administrator", clearance=0)
    link = invited(staffed, "ADMIN-2")
    assert signed_in("ADMIN").post("/posts/ADMIN-2/agree").status_code == 404
    assert sets_password(link) == 404
    for post in ("LNO-FRA", "ADMIN-2"):
        answer = signed_in("ADMIN").post(f"/posts/{post}/password", {"without_factors": "1"})
        assert (answer.status_code, "by one person alone" in answer.text) == (403, True)
        assert "One-time password" not in signed_in("ADMIN").get(f"/posts/{post}").text


def test_the_database_keeps_to_the_second_person(staffed: Staffed) -> None:
    invited(staffed, "LNO-FRA")
    kept = Invitation.objects.filter(post="LNO-FRA")
    for agreed_by in ("", "ADMIN"):
        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            kept.update(used_at=datetime.now(UTC), agreed_by=agreed_by)
    assert kept.update(used_at=datetime.now(UTC), agreed_by="LNO-FRA") == 1


def test_whoever_works_at_the_machine_lets_the_first_ones_in(staffed: Staffed) -> None:
    assert founding.give_password("LNO-FRA").post == "LNO-FRA"


@pytest.mark.parametrize("spoil", ["expired", "used", "newer", "closed", "unknown"])
def test_a_link_that_is_not_good_does_not_exist(staffed: Staffed, spoil: str) -> None:
    link, at = invited(staffed), datetime.now(UTC)
    kept = Invitation.objects.filter(post="J4-MOV")
    if spoil == "expired":
        kept.update(expires_at=at - timedelta(seconds=1))
    elif spoil == "used":
        kept.update(used_at=at)
    elif spoil == "newer":
        invited(staffed)
    elif spoil == "closed":
        Post.objects.filter(pk="J4-MOV").update(closed_at=at)
    else:
        link = f"{link}x"
    assert Client().get(link).status_code == 404
    answer = Client().post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert answer.status_code == 404
    assert timedelta(hours=72) == INVITES_FOR


def test_a_list_of_many_posts_costs_as_many_queries_as_one_of_few(staffed: Staffed) -> None:
    client = signed_in("J5-PLANS")
    few = queries(client)
    for number in range(3):
        Post.objects.create(code=f"J4-{number}", title="x", role="watch", clearance=1, filled_by_id="FRA")
        held(f"J4-{number}", f"FRA-{number}", is_told=False)
    assert queries(client) == few > 0


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get("/posts")
    return len(asked)


def test_a_watch_keeper_reads_as_staff_and_writes_nothing(staffed: Staffed) -> None:
    client = signed_in("J4-MOV")
    assert SECRET in client.get("/posts/J4-MOV").text
    assert client.post("/tables/requirements/new", {}).status_code == 403
    look_as("J5-PLANS")
    seen = EventRow.objects.count()
    look_as("J4-MOV")
    assert EventRow.objects.exclude(marking=2).count() == seen


def test_gaps_are_what_no_term_covers() -> None:
    day = [date(2027, month, 1) for month in range(1, 13)]
    terms = [Term(day[4], day[6]), Term(day[1], day[3]), Term(day[2], day[5]), Term(day[8], None)]
    assert list_gaps(terms, start=day[0], end=day[11]) == [Term(day[0], day[1]), Term(day[6], day[8])]
    assert list_gaps([], start=day[0], end=day[1]) == [Term(day[0], None)]
    assert list_gaps([Term(day[3], None)], start=day[0], end=day[1]) == [Term(day[0], None)]
    assert list_gaps([Term(day[0], day[2]), Term(day[3], None)], start=day[1], end=day[2]) == []
