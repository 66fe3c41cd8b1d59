"""The page of the seat: the headquarters looks, its chief of staff acts, and nobody else."""

import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import transaction

from hq.planned import planned
from hq.seeded import look_as, signed_in
from hq.test_plans import proposed, second_planner
from muster.disclosure.labels import Marking
from muster.hq.folder import PUBLIC_KEY_NAME
from muster.hq.plans.actions import PlanRefused, release_plan
from muster.hq.plans.choices import State
from muster.hq.serving import make_keys
from muster.hq.sites import seat_events
from muster.hq.sites.holding import Holds
from muster.hq.sites.known import know_own
from muster.hq.sites.models import KnownSite
from muster.hq.sites.reserved import why_not_here

OTHERS = ("LNO-FRA", "LNO-POL", "OBSERVER-1", "ADMIN")
STRANGE = "-----BEGIN PUBLIC KEY-----"


@pytest.fixture(autouse=True)
def sites(headquarters) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Paris, where we are, and two that are only known; what is written goes back."""
    make_keys(headquarters)
    know_own(headquarters, Holds(Marking.SENSITIVE, None))
    for code in ("KYI", "LON"):
        KnownSite.objects.using("owner").create(code=code, public_key=STRANGE, highest=2, principals=None)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    KnownSite.objects.using("owner").all().delete()


def plan(post: str = "COS", **sent: str) -> int:
    return signed_in(post).post("/seat/plan", {"how": "hand_over", "to": "LON", **sent}).status_code


def the_move() -> uuid.UUID:
    look_as("COS")
    return seat_events.known_seat().moves[-1].plan.move


@pytest.mark.parametrize("post", OTHERS)
def test_the_seat_is_the_business_of_the_headquarters(post: str) -> None:
    assert plan() == 302
    move, client = the_move(), signed_in(post)
    assert client.get("/seat").status_code == 403
    assert plan(post) == 403
    assert client.post(f"/seat/{move}/step", {"step": "seat_frozen"}).status_code == 403
    assert client.get(f"/seat/{move}.json").status_code == 404
    look_as("COS")
    assert [event.verb for event in seat_events.list_events()] == ["seat_move_planned"]


def test_a_planner_looks_and_does_not_act() -> None:
    assert plan("J5-PLANS") == 403
    assert plan() == 302
    page = signed_in("J5-PLANS").get("/seat").text
    assert "The seat is at PAR, epoch 1. This is PAR." in page
    assert "PAR to LON, epoch 2" in page
    assert "<button" not in page[page.index("PAR to LON, epoch 2") :].split("</section>")[0]
    assert signed_in("J5-PLANS").post(f"/seat/{the_move()}/step", {"step": "seat_frozen"}).status_code == 403


def test_the_chief_of_staff_is_offered_what_may_be_done_and_nothing_else() -> None:
    client = signed_in("COS")

    def offered() -> list[str]:
        return re.findall(r'name="step" value="(\w+)"', client.get("/seat").text)

    assert offered() == []
    assert plan() == 302
    assert offered() == ["seat_frozen", "seat_move_called_off"]
    assert why_not_here() == ""
    assert client.post(f"/seat/{the_move()}/step", {"step": "seat_frozen"}).status_code == 302
    assert offered() == ["seat_move_called_off"]
    assert "It is frozen while it moves" in client.get("/seat").text
    assert client.post(f"/seat/{the_move()}/step", {"step": "seat_opened"}).status_code == 403
    assert client.post(f"/seat/{the_move()}/step", {"step": "seat_move_planned"}).status_code == 404
    assert client.post(f"/seat/{uuid.uuid4()}/step", {"step": "seat_frozen"}).status_code == 403
    assert client.post(f"/seat/{the_move()}/step", {"step": "seat_move_called_off"}).status_code == 302
    look_as("COS")
    assert seat_events.known_seat().holds_seat("PAR")


def test_a_take_over_wants_a_reason_and_is_not_for_the_seat_itself() -> None:
    assert plan(how="take_over", declaration="  ") == 403
    assert plan(how="take_over", declaration="for no reason") == 403
    assert plan(to="ROM") == 403


def test_the_seat_goes_only_where_everything_may_be_held() -> None:
    KnownSite.objects.using("owner").filter(code="KYI").update(principals=["POL"])
    client = signed_in("COS")
    assert re.findall(r"<option>(\w+)</option>", client.get("/seat").text) == ["LON"]
    answer = client.post("/seat/plan", {"how": "hand_over", "to": "KYI"})
    assert answer.status_code == 403
    assert "KYI may not hold everything" in answer.text


def test_the_evidence_holds_every_step_with_its_event() -> None:
    plan()
    client, move = signed_in("COS"), the_move()
    client.post(f"/seat/{move}/step", {"step": "seat_frozen"})
    answer = client.get(f"/seat/{move}.json")
    told = json.loads(answer.text)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="seat-epoch-2.json"'
    assert [(step["step"], step["post"]) for step in told["steps"]] == [
        ("seat_move_planned", "COS"),
        ("seat_frozen", "COS"),
    ]
    assert (told["leaves"], told["to"], told["majority"], told["is_opened"]) == ("PAR", "LON", 2, False)
    assert re.fullmatch(r"[0-9a-f]{64}", told["steps"][1]["told"]["digest"])
    assert told["signed"].startswith(told["signed_begins_with"])


def test_what_a_site_signs_is_verified_with_its_public_key(headquarters) -> None:  # type: ignore[no-untyped-def]
    plan()
    look_as("COS")
    found = seat_events.known_seat().moves[-1]
    key = load_pem_public_key((headquarters / PUBLIC_KEY_NAME).read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    key.verify(bytes.fromhex(seat_events.sign_move(found)), seat_events.signed_text(found))


def test_while_the_seat_is_frozen_a_proposed_plan_waits() -> None:
    waiting = proposed(planned())
    plan()
    signed_in("COS").post(f"/seat/{the_move()}/step", {"step": "seat_frozen"})
    by, at = second_planner(), datetime.now(UTC)
    look_as("J5-PLANS")
    with pytest.raises(PlanRefused, match="The seat is frozen while it moves"):
        release_plan(plan=waiting.pk, version=waiting.version, by=by, at=at)
    signed_in("COS").post(f"/seat/{the_move()}/step", {"step": "seat_move_called_off"})
    look_as("J5-PLANS")
    assert release_plan(plan=waiting.pk, version=waiting.version, by=by, at=at).state == State.RELEASED
