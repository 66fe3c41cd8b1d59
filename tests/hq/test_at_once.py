"""Two people who take one name at the same moment, in two transactions: the second is told what they would be later."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from django.db import connections, transaction
from django.test import Client

from hq.seeded import AT, CELLS, account_of, look_as, signed_in
from muster.disclosure.labels import Label, Marking
from muster.hq.founding import act_as
from muster.hq.people import holdings, passwords, posts
from muster.hq.people.factors import draw_recovery_codes
from muster.hq.people.models import Account, HoldingAnswer, Invitation, Post
from muster.hq.saved.actions import save_view
from muster.hq.saved.models import SavedView
from muster.hq.scenario.actions import NewRow, RowRefused, enter_rows, remove_row, restore_row
from muster.hq.scenario.models import Row, Version
from muster.hq.scenario.versions import keep_version

Answer = TypeVar("Answer")
TAKEN = "FRA has a row &quot;{}&quot; in offers already; choose another name, or edit that row."
POST = {"code": "J4-NEW", "title": "New post", "role": "watch", "clearance": "1"}
EMPTY = (
    "TRUNCATE hq.scenario_row, hq.scenario_version, hq.scenario_import, hq.saved_savedview, hq.people_invitation,"
    " hq.people_holding, hq.people_holdinganswer, hq.people_recoverycode,"
    " hq.people_opensession, hq.records_bodyrow, hq.records_eventrow"
    " CASCADE; UPDATE hq.records_site SET last_sequence = 0, last_time = '';"
    " DELETE FROM hq.people_account WHERE post_id LIKE 'J4-%'; DELETE FROM hq.people_post WHERE code LIKE 'J4-%';"
)


@pytest.fixture(autouse=True)
def emptied(headquarters: object) -> Iterator[None]:
    """What is saved here is there for all; nothing of it stays."""
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute(EMPTY)


def at_once(first: Callable[[], object], second: Callable[[], Answer]) -> Answer:
    """Save the first when the second, begun after it, waits for it; gives what came of the second."""
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first()
            answer = other.submit(_in_its_own_thread, second)
            while not answer.done() and not _somebody_waits():
                pass
            waited = not answer.done()
        assert waited, "the second did not wait for the first"
        return answer.result(20)


def _in_its_own_thread(act: Callable[[], Answer]) -> Answer:
    try:
        return act()
    finally:
        connections.close_all()


def _somebody_waits() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone() != (0,))


def acting(post: str, act: Callable[[Account], Answer]) -> Callable[[], Answer]:
    """An act of a post, in a transaction of its own."""

    account = account_of(post)

    def done() -> Answer:
        with transaction.atomic():
            act_as(account, at=datetime.now(UTC))
            return act(account)

    return done


def offer(name: str) -> NewRow:
    cells = {**CELLS, "offer_id": name, "nation": "FRA", "name": name}
    return NewRow("offers", cells, Label("FRA", Marking.RESTRICTED, frozenset()))


def entering(*names: str) -> Callable[[], list[Row]]:
    return acting("LNO-FRA", lambda by: enter_rows(rows=[offer(name) for name in names], by=by, at=AT))


def standing() -> list[str]:
    with transaction.atomic():
        look_as("LNO-FRA")
        return sorted(Row.objects.filter(removed_at=None).values_list("name", flat=True))


def test_an_offer_that_was_named_alike_meanwhile_is_an_error_of_the_form() -> None:
    client: Client = signed_in("LNO-FRA")
    sent = {**CELLS, "offer_id": "FRA-ONE", "name": "x"}
    answer = at_once(entering("FRA-ONE"), lambda: client.post("/tables/offers/new", sent))
    assert (answer.status_code, TAKEN.format("FRA-ONE") in answer.text) == (422, True)
    assert standing() == ["FRA-ONE"]


def test_a_program_is_told_the_same() -> None:
    client = signed_in("LNO-FRA")
    sent = {"cells": {**CELLS, "offer_id": "FRA-ONE", "name": "x"}}
    token = client.get("/tables/offers/new").context["csrf_token"]
    answer = at_once(
        entering("FRA-ONE"),
        lambda: client.post(
            "/api/tables/offers/rows", sent, content_type="application/json", headers={"X-CSRFToken": str(token)}
        ),
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "not_valid")
    assert answer.json()["rule"] == TAKEN.format("FRA-ONE").replace("&quot;", '"')


def test_a_name_that_was_taken_meanwhile_is_not_given_to_a_row_that_is_edited_or_put_back() -> None:
    (two,) = entering("FRA-TWO")()
    client = signed_in("LNO-FRA")
    sent = {**CELLS, "offer_id": "FRA-ONE", "name": "x", "version": "1"}
    answer = at_once(entering("FRA-ONE"), lambda: client.post(f"/rows/{two.pk}/edit", sent))
    assert (answer.status_code, TAKEN.format("FRA-ONE") in answer.text) == (403, True)
    removed = acting("LNO-FRA", lambda by: remove_row(row=two.pk, version=1, by=by, at=AT))()
    answer = at_once(entering("FRA-TWO"), lambda: client.post(f"/rows/{two.pk}/restore", {"version": removed.version}))
    assert (answer.status_code, TAKEN.format("FRA-TWO") in answer.text) == (403, True)
    assert standing() == ["FRA-ONE", "FRA-TWO"]
    with pytest.raises(RowRefused, match='FRA has a row "FRA-TWO"'):
        acting("LNO-FRA", lambda by: restore_row(row=two.pk, version=removed.version, by=by, at=AT))()


def test_of_many_rows_the_one_that_was_taken_is_named_and_none_is_entered() -> None:
    with pytest.raises(RowRefused, match='FRA has a row "FRA-FIVE" in offers already'):
        at_once(entering("FRA-FIVE"), entering("FRA-FOUR", "FRA-FIVE", "FRA-SIX"))
    with pytest.raises(RowRefused, match='FRA has a row "FRA-SIX" in offers already'):
        entering("FRA-SIX", "FRA-SEVEN", "FRA-SIX")()
    assert standing() == ["FRA-FIVE"]


def test_two_who_enter_the_same_rows_in_other_orders_do_not_block_each_other() -> None:
    with pytest.raises(RowRefused):
        at_once(entering("FRA-ONE", "FRA-TWO"), entering("FRA-TWO", "FRA-ONE"))
    assert standing() == ["FRA-ONE", "FRA-TWO"]


def test_a_post_that_was_added_meanwhile_is_an_error_of_the_form() -> None:
    client = signed_in("ADMIN")
    values: dict[str, object] = {field: POST.get(field, "") for field in posts.FIELDS}
    values |= {"nation_id": None, "filled_by_id": None, "site_id": None, "clearance": 1}
    answer = at_once(
        acting("ADMIN", lambda by: posts.add_post(values=values, by=by, at=AT)),
        lambda: client.post("/posts/new", POST),
    )
    told = "There is a post &quot;J4-NEW&quot;; give this one another code, as J4-NEW-2."
    assert (answer.status_code, told in answer.text) == (422, True)


def test_versions_that_are_kept_at_once_are_numbered_one_after_the_other() -> None:
    entering("FRA-ONE")()
    entered = iter(("FRA-TWO",))

    def keep(by: Account) -> Version:
        for name in entered:
            enter_rows(rows=[offer(name)], by=by, at=AT)
        return keep_version(title="x", by=by, at=AT)

    second = at_once(acting("LNO-FRA", keep), acting("LNO-FRA", keep))
    assert second.number == 2


def test_a_view_that_was_saved_meanwhile_is_overwritten() -> None:
    def save(by: Account) -> SavedView:
        return save_view(table="offers", name="mine", query="text=x", by=by, at=AT)

    assert at_once(acting("LNO-FRA", save), acting("LNO-FRA", save)).name == "mine"
    with transaction.atomic():
        look_as("LNO-FRA")
        assert SavedView.objects.count() == 1


def test_of_invitations_drawn_at_once_the_last_is_good_and_a_post_has_one_account() -> None:
    Post.objects.create(code="J4-LET", title="x", role="watch", clearance=1)

    def draw(by: Account) -> str:
        return passwords.invite(post="J4-LET", by=by, at=AT)

    last = at_once(acting("ADMIN", draw), acting("ADMIN", draw))
    assert Invitation.objects.count() == 1
    assert passwords.find_invitation(last, at=AT) is not None

    def give(by: Account) -> str:
        return passwords.give_password(post="J4-LET", by=by, at=AT).post

    client = Client()
    sent = {"new_password1": "quiet harbour lanterns 40", "new_password2": "quiet harbour lanterns 40"}
    fresh = acting("ADMIN", lambda by: passwords.invite(post="J4-LET", by=by, at=datetime.now(UTC)))()
    answer = at_once(acting("ADMIN", give), lambda: client.post(f"/invitations/{fresh}", sent))
    assert answer.status_code == 302
    assert Account.objects.filter(post_id="J4-LET").count() == 1


def test_a_holder_who_is_answered_by_two_has_the_last_answer() -> None:
    post = Post.objects.create(code="J4-HELD", title="x", role="watch", clearance=1, filled_by_id="FRA")
    said = holdings.Said("FRA-0421", date(2027, 1, 1), None, is_told=False)
    held = acting("LNO-FRA", lambda by: holdings.propose_holder(post=post, said=said, by=by, at=AT))()

    def answer(verdict: str) -> Callable[[], HoldingAnswer]:
        return acting(
            "J5-PLANS", lambda by: holdings.answer_holder(holding=held.pk, verdict=verdict, why="", by=by, at=AT)
        )

    assert at_once(answer("accepted"), answer("declined")).verdict == "declined"


def test_recovery_codes_that_are_drawn_at_once_are_those_of_the_last() -> None:
    def draw(by: Account) -> list[str]:
        return draw_recovery_codes(account=by, at=AT)

    account = account_of("LNO-POL")
    assert len(at_once(acting("LNO-POL", draw), acting("LNO-POL", draw))) == account.recovery_codes.count() == 8
