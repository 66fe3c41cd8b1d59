"""Plans on their way: kept, reviewed, proposed, released by a second person; and as everybody sees them."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hq.planned import FIGURE, FILE, LINE_WORDS, NATIONS, REASON, TITLE, WORDS, line, planned
from hq.seeded import NATION_OF, VIEWERS, account_of, look_as, signed_in, without_token
from muster.hq.people.models import Account, Post
from muster.hq.plans.actions import PlanRefused, propose_release, release_plan, send_for_review
from muster.hq.plans.models import Opinion, Plan, PlanLine, Released
from muster.hq.records.queries import list_events

pytestmark = pytest.mark.usefixtures("headquarters")
FORMS = {
    "ALL": b"for all wordall",
    "OBS": b"for observers wordobs",
    "FRA": b"for France wordfrance",
    "POL": b"for Poland wordpoland",
}
PAGES = ("", "/lines.csv", "/files/summary.json", "/files/report.html")
ACTS = ("send", "release", "take-back", "set-aside")


@pytest.fixture
def plan() -> Iterator[Plan]:
    with transaction.atomic():
        second_planner()
        yield planned()
        transaction.set_rollback(True)


def second_planner() -> Account:
    post = Post.objects.get(pk="J5-PLANS")
    Post.objects.get_or_create(
        code="J5-PLANS-2", defaults={"title": "Second planner", "role": post.role, "clearance": post.clearance}
    )
    return account_of("J5-PLANS-2")


def now() -> datetime:
    return datetime.now(UTC)


def sent(plan: Plan) -> Plan:
    look_as("J5-PLANS")
    return send_for_review(plan=plan.pk, version=plan.version, by=account_of("J5-PLANS"), at=now())


def proposed(plan: Plan) -> Plan:
    look_as("J5-PLANS")
    return propose_release(
        plan=plan.pk, version=plan.version, forms=FORMS, editions=None, by=account_of("J5-PLANS"), at=now()
    )


def released(plan: Plan) -> Plan:
    look_as("J5-PLANS")
    return release_plan(plan=plan.pk, version=plan.version, by=second_planner(), at=now())


def seen_by(viewer: str, plan: Plan) -> set[str]:
    """Words that a viewer finds on any page of a plan, and on the lists."""
    client = signed_in(viewer)
    pages = [f"/plans/{plan.pk}{page}" for page in PAGES] + ["/plans", "/records", f"/plans/{plan.pk}?late=1"]
    body = "".join(client.get(page).content.decode() for page in pages)
    return {word for word in WORDS if word in body}


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_plan_that_was_made_is_for_the_headquarters_alone(plan: Plan, viewer: str) -> None:
    assert seen_by(viewer, plan) == (WORDS if viewer == "J5-PLANS" else set())
    missing = signed_in(viewer).get(f"/plans/{uuid.uuid4()}")
    answer = signed_in(viewer).get(f"/plans/{plan.pk}")
    if viewer != "J5-PLANS":
        assert (answer.status_code, without_token(answer.text)) == (404, without_token(missing.text))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_in_review_a_nation_sees_its_own_lines_and_nothing_else(plan: Plan, viewer: str) -> None:
    sent(plan)
    nation = NATION_OF.get(viewer)
    expected = WORDS if viewer == "J5-PLANS" else {TITLE, LINE_WORDS[nation]} if nation else set()
    assert seen_by(viewer, plan) == expected
    count = signed_in(viewer).get(f"/plans/{plan.pk}").text.count('<tr><th scope="row">unit of')
    assert count == len(expected & set(LINE_WORDS.values()))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_is_released_reaches_whom_it_is_for_and_figures_nobody(plan: Plan, viewer: str) -> None:
    client = signed_in(viewer)
    before = proposed(sent(plan))
    forms = {form.for_whom: form for form in Released.objects.all()}
    for form in forms.values():
        answer = client.get(f"/released/{form.pk}")
        assert answer.status_code == (200 if viewer == "J5-PLANS" else 404)
    released(before)
    nation = NATION_OF.get(viewer)
    for whom, form in forms.items():
        answer = client.get(f"/released/{form.pk}")
        may = viewer == "J5-PLANS" or (nation is not None and whom in {"ALL", nation})
        may = may or (viewer, whom) == ("OBSERVER-1", "OBS")
        assert (answer.status_code, answer.content == FORMS[whom]) == ((200, True) if may else (404, False))
        assert (f"/released/{form.pk}" in client.get("/released").text) == may
    if viewer != "J5-PLANS":
        assert not {FIGURE, FILE, REASON} & seen_by(viewer, plan)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("act", [*ACTS, "opinion"])
def test_only_the_headquarters_leads_a_plan_on_its_way(plan: Plan, viewer: str, act: str) -> None:
    answer = signed_in(viewer).post(f"/plans/{plan.pk}/{act}", {"version": plan.version, "verdict": "agrees"})
    if viewer != "J5-PLANS":
        assert answer.status_code == 404
    else:
        assert answer.status_code == (302 if act in {"send", "set-aside"} else 403)
    look_as("J5-PLANS")
    assert (Plan.objects.get(pk=plan.pk).state == "made") == (answer.status_code != 302)


def test_a_second_person_releases(plan: Plan) -> None:
    before = proposed(sent(plan))
    assert signed_in("J5-PLANS").post(f"/plans/{plan.pk}/release", {"version": before.version}).status_code == 403
    assert signed_in("J5-PLANS-2").post(f"/plans/{plan.pk}/release", {"version": before.version}).status_code == 302
    look_as("J5-PLANS")
    done = Plan.objects.get(pk=plan.pk)
    assert (done.state, done.proposed_by, done.released_by) == ("released", "J5-PLANS", "J5-PLANS-2")
    assert [event.verb for event in list_events(plan.pk)] == [
        "plan released", "release proposed", "plan sent for review", "plan kept",
    ]  # fmt: skip


def test_the_database_keeps_one_person_from_releasing_alone(plan: Plan) -> None:
    before = proposed(plan)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Plan.objects.filter(pk=before.pk).update(state="released", released_by="J5-PLANS", released_at=now())


def test_a_proposal_is_taken_back_and_made_again(plan: Plan) -> None:
    before = proposed(sent(plan))
    client = signed_in("J5-PLANS-2")
    assert client.post(f"/plans/{plan.pk}/take-back", {"version": before.version}).status_code == 302
    look_as("J5-PLANS")
    back = Plan.objects.get(pk=plan.pk)
    assert (back.state, back.proposed_by) == ("in review", "")
    assert proposed(back).state == "proposed"
    assert Released.objects.count() == len(FORMS)


def test_whoever_comes_second_is_told_what_the_plan_is_now(plan: Plan) -> None:
    client = signed_in("J5-PLANS")
    assert client.post(f"/plans/{plan.pk}/send", {"version": 1}).status_code == 302
    late = client.post(f"/plans/{plan.pk}/set-aside", {"version": 1})
    assert (late.status_code, "it stands now as: in review" in late.text) == (403, True)


def test_a_nation_objects_to_a_line_of_its_own_and_to_no_other(plan: Plan) -> None:
    sent(plan)
    look_as("J5-PLANS")
    lines = {found.nation: found for found in PlanLine.objects.all()}
    france, poland = signed_in("LNO-FRA"), signed_in("LNO-POL")
    page = f"/plans/{plan.pk}/opinion"
    assert france.post(page, {"verdict": "objects", "text": ""}).status_code == 403
    assert france.post(page, {"verdict": "objects", "text": "x", "line": str(lines["POL"].pk)}).status_code == 403
    said = {"verdict": "objects", "text": "the port is closed wordobjection", "line": str(lines["FRA"].pk)}
    assert france.post(page, said).status_code == 302
    assert poland.post(page, {"verdict": "agrees"}).status_code == 302
    for viewer, seen in (("J5-PLANS", True), ("LNO-FRA", True), ("LNO-POL", False), ("OBSERVER-1", False)):
        pages = (f"/plans/{plan.pk}", "/records")
        body = "".join(signed_in(viewer).get(each).text for each in pages)
        assert ("wordobjection" in body) == seen
    look_as("LNO-POL")
    assert [opinion.owner for opinion in Opinion.objects.all()] == ["POL"]
    assert signed_in("J5-PLANS").post(page, {"verdict": "agrees"}).status_code == 403


def test_nobody_speaks_of_a_plan_that_is_not_in_review(plan: Plan) -> None:
    done = released(proposed(sent(plan)))
    assert signed_in("LNO-FRA").post(f"/plans/{done.pk}/opinion", {"verdict": "agrees"}).status_code == 403


def test_two_plans_beside_each_other_tell_what_moved_and_why(plan: Plan) -> None:
    other = planned(
        line("FRA", end_d=33.5, late_d=5.5), line("GBR", late_d=2), line("POL", end_d=28), title="the other"
    )  # fmt: skip
    page = signed_in("J5-PLANS").get(f"/plans/{other.pk}/compare", {"with": str(plan.pk)}).text
    assert "1 later, 1 earlier." in page
    assert '<td>FRA</td><td>later</td><td class="number">+3.5</td>' in page
    assert '<td>POL</td><td>earlier</td><td class="number">-2.0</td>' in page
    assert REASON in page
    sent(plan)
    sent(other)
    page = signed_in("LNO-POL").get(f"/plans/{other.pk}/compare", {"with": str(plan.pk)}).text
    assert (LINE_WORDS["POL"] in page, LINE_WORDS["FRA"] in page, REASON in page) == (True, False, False)
    assert signed_in("LNO-POL").get(f"/plans/{other.pk}/compare", {"with": "nonsense"}).status_code == 404


@pytest.mark.parametrize("viewer", ["LNO-FRA", "J5-PLANS"])
def test_a_list_of_many_plans_costs_as_many_queries_as_one(plan: Plan, viewer: str) -> None:
    sent(plan)
    client = signed_in(viewer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/plans")
        return len(asked)

    few = queries()
    for number in range(3):
        sent(planned(title=f"more {number}"))
    assert queries() == few > 0


def test_a_report_opens_apart_from_everything_else(plan: Plan) -> None:
    answer = signed_in("J5-PLANS").get(f"/plans/{plan.pk}/files/report.html?open")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none'")
    assert answer.headers["Content-Disposition"] == "inline"


def test_a_nation_makes_no_plan_by_any_way(plan: Plan) -> None:
    look_as("LNO-FRA")
    with pytest.raises(PlanRefused):
        propose_release(plan=sent(plan).pk, version=2, forms=FORMS, editions=None, by=account_of("LNO-FRA"), at=now())
    assert len(NATIONS) == 3


@pytest.mark.parametrize("viewer", VIEWERS)
def test_only_the_headquarters_asks_for_a_plan_or_a_release(plan: Plan, viewer: str) -> None:
    client = signed_in(viewer)
    asked = {"kind": "deployment", "title": "t", "time_limit_s": 10, "seed": 1}
    made, proposed_ = client.post("/plans/make", asked), client.post(f"/plans/{plan.pk}/propose", {"version": 1})
    if viewer == "J5-PLANS":
        assert [answer.headers["Location"][:6] for answer in (made, proposed_)] == ["/jobs/", "/jobs/"]
        assert client.post("/plans/make", {**asked, "time_limit_s": 1}).status_code == 422
    else:
        assert (made.status_code, proposed_.status_code) == (403, 404)
