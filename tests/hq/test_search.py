"""Searching everything that one may see."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hq.seeded import AT, CELLS, Seeded, account_of, look_as, seed, signed_in
from muster.hq.scenario.actions import NewRow, enter_rows, first_label
from muster.hq.scenario.versions import keep_version
from muster.hq.search.queries import search

pytestmark = pytest.mark.usefixtures("headquarters")


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def told(text: str) -> list[tuple[str, int, list[str]]]:
    return [(group.name, group.count, [hit.what for hit in group.hits]) for group in search(text)]


def test_what_is_found_is_grouped_and_counted(seeded: Seeded) -> None:
    look_as("LNO-FRA")
    gate = {"gate_id": "infantry-vote", "nation": "FRA", "kind": "parliament"}
    enter_rows(rows=[NewRow("gates", gate, first_label("FRA"))], by=account_of("LNO-FRA"), at=AT)
    keep_version(title="Infantry of spring", by=account_of("LNO-FRA"), at=AT)
    found = {name: (count, what) for name, count, what in told("INFANTRY")}
    count, records = found.pop("records")
    assert found == {
        "gates": (1, ["infantry-vote"]),
        "offers": (3, ["FRA-ALONE", "GBR-COALITION", "FRA-POLAND"]),
        "versions": (1, ["1 Infantry of spring"]),
    }
    assert (count, [what.partition(" ")[2] for what in records]) == (5, ["version kept", *["row entered"] * 4])


def test_all_are_counted_and_ten_of_each_table_shown(seeded: Seeded) -> None:
    look_as("LNO-FRA")
    rows = [
        NewRow(
            "offers", {**CELLS, "offer_id": f"FRA-{number:02d}", "nation": "FRA", "name": "zouaves"}, first_label("FRA")
        )
        for number in range(12)
    ]
    enter_rows(rows=rows, by=account_of("LNO-FRA"), at=AT)
    offers, records = told("zouaves")
    assert offers == ("offers", 12, [f"FRA-{number:02d}" for number in range(10)])
    assert (records[0], records[1], len(records[2])) == ("records", 12, 10)
    page = signed_in("LNO-FRA").get("/search?q=zouaves").text
    assert '<a href="/tables/offers?text=zouaves">All 12</a>' in page


@pytest.mark.parametrize(("text", "words"), [("", "Look for any word"), ("x", "Write two signs"), ("qqq", "Nothing")])
def test_a_page_without_finds_says_why(seeded: Seeded, text: str, words: str) -> None:
    answer = signed_in("LNO-FRA").get("/search", {"q": text})
    assert (answer.status_code, words in answer.text) == (200, True)


def test_what_was_released_no_more_is_found_in_records_without_a_way_to_it(seeded: Seeded) -> None:
    """Poland keeps the record of what it was told, and is led to no page that it may not see."""
    offer, word = seeded.offers["FRA-POLAND"], seeded.words["FRA-POLAND"]
    assert f"/rows/{offer.id}" in signed_in("LNO-POL").get(f"/search?q={word}").text
    signed_in("LNO-FRA").post(f"/rows/{offer.id}/label", {"version": 1, "marking": "restricted"})
    page = signed_in("LNO-POL").get(f"/search?q={word}").text
    assert ("row entered" in page, f"/rows/{offer.id}" in page) == (True, False)


def test_the_key_for_searching_leads_to_the_field_of_every_page(seeded: Seeded) -> None:
    for page in ("/tables/offers", "/records", "/search"):
        fields = re.findall(r"<input[^>]*data-key=\"/\"[^>]*>", signed_in("LNO-FRA").get(page).text)
        assert len(fields) == 1
        assert 'name="q"' in fields[0]


def test_a_search_costs_as_many_queries_whatever_it_finds(seeded: Seeded) -> None:
    costs = []
    for text in ("FRA-ALONE", "word", "infantry"):
        browser = signed_in("J5-PLANS")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/search?q={text}").status_code == 200
        costs.append(len(asked))
    assert len(set(costs)) == 1
