"""Pages of conflicts: each sees those about rows that they may see, and only the owner settles them."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hq.seeded import LABELS, NATION_OF, VIEWERS, Seeded, look_as, may_see, seed, signed_in, without_token
from muster.hq.records.models import EventRow
from muster.hq.scenario.models import Row
from muster.hq.sites.models import ConflictRow

pytestmark = pytest.mark.usefixtures("headquarters")


def conflict_about(row: Row, word: str, field: str = "quantity", passed_over: object = "2") -> ConflictRow:
    """A conflict as the taking in of a journal leaves it; ``word`` is in what stands."""

    def told(value: object, place: str) -> dict[str, object]:
        return {"value": value, "place": place, "at": "2026-11-26T10:00:00+00:00", "actor": f"LNO-{row.owner}"}

    return ConflictRow.objects.using("owner").create(
        thing_kind="scenario.row", thing_id=row.pk, field=field, passed_over=told(passed_over, "PAR#3"),
        standing=told(word, "KYI#4"), found_at=datetime(2026, 11, 26, 11, tzinfo=UTC),
        owner=row.owner, marking=row.marking, rel_low=row.rel_low, rel_high=row.rel_high,
    )  # fmt: skip


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)
    ConflictRow.objects.using("owner").all().delete()


@pytest.fixture
def conflicts(seeded: Seeded) -> dict[str, ConflictRow]:
    """One about each offer, with the word of the offer in it."""
    return {name: conflict_about(row, seeded.words[name]) for name, row in seeded.offers.items()}


def words_in(seeded: Seeded, body: str) -> set[str]:
    return {name for name, word in seeded.words.items() if word in body}


@pytest.mark.parametrize("viewer", [None, *VIEWERS])
def test_conflicts_are_seen_as_their_rows_are(
    seeded: Seeded, conflicts: dict[str, ConflictRow], viewer: str | None
) -> None:  # fmt: skip
    answer = signed_in(viewer).get("/conflicts")
    seen = {name for name in LABELS if may_see(viewer, name)}
    assert words_in(seeded, answer.text) == seen
    assert answer.status_code == (302 if viewer is None else 200)
    if viewer is not None:
        assert f'<span class="count">{len(seen)}</span>' in answer.text
        owned = {name for name in seen if LABELS[name].owner == NATION_OF.get(viewer)}
        assert answer.text.count('value="passed_over"') == len(owned)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_one_may_not_see_is_settled_by_nobody_else(
    seeded: Seeded, conflicts: dict[str, ConflictRow], viewer: str
) -> None:  # fmt: skip
    client = signed_in(viewer)
    missing = client.post(f"/conflicts/{uuid.uuid4()}/settle", {"holds": "standing", "version": 1})
    assert missing.status_code == 404
    for name, conflict in conflicts.items():
        if LABELS[name].owner == NATION_OF.get(viewer):
            continue
        answer = client.post(f"/conflicts/{conflict.pk}/settle", {"holds": "standing", "version": 1})
        if may_see(viewer, name):
            assert answer.status_code == 403
        else:
            assert (answer.status_code, without_token(answer.text)) == (404, without_token(missing.text))
        assert words_in(seeded, answer.text) <= {name}
    look_as("J5-PLANS")
    assert not ConflictRow.objects.exclude(settled_by="").exists()


@pytest.mark.parametrize(("holds", "says"), [("passed_over", "2"), ("standing", None)])
def test_the_owner_says_which_holds_and_both_stay_on_record(
    seeded: Seeded, conflicts: dict[str, ConflictRow], holds: str, says: str | None
) -> None:  # fmt: skip
    name = next(name for name in LABELS if LABELS[name].owner == "FRA")
    client = signed_in("LNO-FRA")
    answer = client.post(f"/conflicts/{conflicts[name].pk}/settle", {"holds": holds, "version": 1})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/rows/{seeded.offers[name].pk}")
    look_as("LNO-FRA")
    row, conflict = Row.objects.get(pk=seeded.offers[name].pk), ConflictRow.objects.get(pk=conflicts[name].pk)
    event = EventRow.objects.filter(object_id=row.pk).order_by("-sequence")[0]
    assert row.cells["quantity"] == (says or seeded.words[name])
    assert (event.verb, conflict.settled_by) == ("conflict_settled", f"{event.site}#{event.sequence}")
    assert f"Settled by {conflict.settled_by}." in client.get("/conflicts").text
    again = client.post(f"/conflicts/{conflicts[name].pk}/settle", {"holds": holds, "version": 2})
    assert again.status_code == 403
    assert "This is settled already" in again.text


def test_whoever_writes_the_field_again_has_settled_it(seeded: Seeded, conflicts: dict[str, ConflictRow]) -> None:
    name = next(name for name in LABELS if LABELS[name].owner == "FRA")
    row = seeded.offers[name]
    client = signed_in("LNO-FRA")
    client.post(f"/rows/{row.pk}/edit", {**row.cells, "quantity": "7", "version": 1})
    look_as("LNO-FRA")
    assert ConflictRow.objects.get(pk=conflicts[name].pk).settled_by.startswith("PAR#")


def test_conflicts_go_where_their_row_goes(seeded: Seeded, conflicts: dict[str, ConflictRow]) -> None:
    name = next(name for name, label in LABELS.items() if label.owner == "FRA" and not label.is_releasable_to("POL"))
    assert seeded.words[name] not in signed_in("LNO-POL").get("/conflicts").text
    sent = {"version": 1, "marking": "restricted", "releasable_to": ["POL"]}
    assert signed_in("LNO-FRA").post(f"/rows/{seeded.offers[name].pk}/label", sent).status_code == 302
    assert seeded.words[name] in signed_in("LNO-POL").get("/conflicts").text
    back = {"version": 2, "marking": "restricted"}
    assert signed_in("LNO-FRA").post(f"/rows/{seeded.offers[name].pk}/label", back).status_code == 302
    assert seeded.words[name] not in signed_in("LNO-POL").get("/conflicts").text


def test_the_application_makes_no_conflicts_and_changes_no_values(seeded: Seeded) -> None:
    look_as("LNO-FRA")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('hq_app', 'hq.sites_conflictrow', 'INSERT'),"
            " has_column_privilege('hq_app', 'hq.sites_conflictrow', 'standing', 'UPDATE'),"
            " has_column_privilege('hq_app', 'hq.sites_conflictrow', 'settled_by', 'UPDATE'),"
            " has_table_privilege('hq_app', 'hq.sites_knownsite', 'INSERT')"
        )
        assert cursor.fetchone() == (False, False, True, False)


def test_a_list_of_many_conflicts_costs_as_many_queries_as_one(seeded: Seeded) -> None:
    row, client = next(iter(seeded.offers.values())), signed_in("J5-PLANS")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/conflicts").status_code == 200
        return len(captured)

    conflict_about(row, "first")
    few = queries()
    conflict_about(row, "second", "size")
    conflict_about(row, "third", "status")
    assert queries() == few


def test_without_conflicts_a_page_says_what_they_are(seeded: Seeded) -> None:
    assert "while the link between them was cut" in signed_in("LNO-FRA").get("/conflicts").text
