"""Every operation for programs as everybody, with something to leak. One that is not in a table here fails the test."""

import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from hq.filed import OPERATIONS as DOCUMENTS
from hq.seeded import AT, CELLS, LABELS, NATION_OF, VIEWERS, Seeded, account_of, look_as, may_see, seed, signed_in
from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.api import api
from muster.hq.scenario.actions import NewRow, enter_rows
from muster.hq.scenario.models import Version
from muster.hq.scenario.versions import keep_version

pytestmark = pytest.mark.usefixtures("headquarters")

CHANGE: dict[str, Any] = {"version": 1, "cells": {}}
RELEASE = {"version": 1, "marking": "open", "releasable_to": [EVERY_NATION]}
LISTS = {"list_rows": "/api/tables/offers/rows", "list_records": "/api/records", "search": "/api/search?q=word"}
"""Operations that list what one may see, all of it."""
OF_OFFER = {
    "get_row": ("GET", "/api/rows/{}", None),
    "list_row_events": ("GET", "/api/rows/{}/events", None),
    "get_row_label_xml": ("GET", "/api/rows/{}/label.xml", None),
    "get_row_label_json": ("GET", "/api/rows/{}/label.json", None),
    "change_row": ("PUT", "/api/rows/{}", CHANGE),
    "withdraw_offer": ("POST", "/api/rows/{}/withdraw", {"version": 1}),
    "remove_row": ("POST", "/api/rows/{}/remove", {"version": 1}),
    "restore_row": ("POST", "/api/rows/{}/restore", {"version": 1}),
    "label_row": ("PUT", "/api/rows/{}/label", RELEASE),
}
"""Operations on one offer; what is not the nation's own is looked at, and no more."""
OF_VERSION = {
    "get_version": "/api/versions/{}",
    "get_version_folder": "/api/versions/{}/folder",
    "get_version_workbook": "/api/versions/{}/workbook",
}
OTHERS = {
    "who_am_i": ("GET", "/api/me"),
    "list_tables": ("GET", "/api/tables"),
    "get_table": ("GET", "/api/tables/offers"),
    "enter_row": ("POST", "/api/tables/offers/rows"),
    "list_places": ("GET", "/api/places.geojson"),
    "list_versions": ("GET", "/api/versions"),
    "keep_version": ("POST", "/api/versions"),
}
"""Operations that have a test of their own below, or tell nothing of rows."""
PLACES = {
    "FRA-PLACE": Label("MNF", Marking.RESTRICTED, frozenset({"FRA"})),
    "ALL-PLACE": Label("MNF", Marking.OPEN, frozenset({EVERY_NATION})),
    "MNF-PLACE": Label("MNF", Marking.SENSITIVE, frozenset()),
}


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def words_in(seeded: Seeded, content: bytes) -> set[str]:
    return {name for name, word in seeded.words.items() if word.encode() in content}


def ask(client: Client, method: str, page: str, body: Any = None) -> Any:
    if method == "GET":
        return client.get(page)
    return client.generic(method, page, json.dumps(body or {}), "application/json")


def kept(by: str) -> Version:
    look_as(by)
    return keep_version(title=f"kept by {by}", by=account_of(by), at=AT)


def test_every_operation_is_in_a_table() -> None:
    operations = [each for methods in api.get_openapi_schema()["paths"].values() for each in methods.values()]
    named = {each["operationId"] for each in operations}
    assert len(operations) == len(named)
    assert named == {*LISTS, *OF_OFFER, *OF_VERSION, *OTHERS, *DOCUMENTS}


def test_nobody_in_particular_is_told_nothing(seeded: Seeded) -> None:
    pages = [("GET", page) for page in (*LISTS.values(), "/api/openapi.json", "/api/", "/api/nothing")]
    pages += [(method, page.format(seeded.offers["GBR-COALITION"].id)) for method, page, _ in OF_OFFER.values()]
    pages += [("GET", page.format(kept("J5-PLANS").id)) for page in OF_VERSION.values()] + list(OTHERS.values())
    answers = [ask(Client(), method, page) for method, page in pages]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {'Bearer realm="muster"'}


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("page", LISTS.values())
def test_a_list_holds_what_one_may_see_and_nothing_else(seeded: Seeded, viewer: str, page: str) -> None:
    answer = signed_in(viewer).get(page)
    assert words_in(seeded, answer.content) == {name for name in LABELS if may_see(viewer, name)}
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert not {"ETag", "Last-Modified"} & set(answer.headers)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_one_may_not_see_is_not_counted(seeded: Seeded, viewer: str) -> None:
    seen, client = sum(may_see(viewer, name) for name in LABELS), signed_in(viewer)
    assert client.get("/api/tables/offers/rows").json()["count"] == seen
    assert client.get("/api/records").json()["count"] == seen
    assert client.get("/api/tables/offers").json()["rows"] == seen
    assert {each["name"]: each["rows"] for each in client.get("/api/tables").json()}["offers"] == seen
    counts = {group["name"]: group["count"] for group in client.get("/api/search?q=word").json()["groups"]}
    assert counts == ({"offers": seen, "records": seen} if seen else {})


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(("method", "page", "body"), OF_OFFER.values(), ids=list(OF_OFFER))
def test_a_hidden_offer_is_answered_like_one_that_does_not_exist(
    seeded: Seeded, viewer: str, method: str, page: str, body: Any
) -> None:
    client = signed_in(viewer)
    missing = ask(client, method, page.format(uuid.uuid4()), body)
    assert missing.status_code == 404
    for name, offer in seeded.offers.items():
        named = {**body, "cells": {**CELLS, "offer_id": name}} if body is CHANGE else body
        answer = ask(client, method, page.format(offer.id), named)
        if not may_see(viewer, name):
            assert (answer.status_code, answer.content) == (404, missing.content)
        elif method == "GET":
            assert answer.status_code == 200
        else:
            assert answer.status_code == (200 if NATION_OF.get(viewer) == LABELS[name].owner else 403)
        assert words_in(seeded, answer.content) <= {name}


@pytest.mark.parametrize("keeper", ["LNO-FRA", "J5-PLANS"])
def test_a_version_is_for_whoever_kept_it_and_the_headquarters(seeded: Seeded, keeper: str) -> None:
    version = kept(keeper)
    for viewer in VIEWERS:
        client, sees = signed_in(viewer), viewer in {keeper, "J5-PLANS"}
        for page in OF_VERSION.values():
            answer = client.get(page.format(version.id))
            if not sees:
                missing = client.get(page.format(uuid.uuid4()))
                assert (answer.status_code, answer.content) == (404, missing.content)
            elif page.endswith("folder"):
                with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                    inside = b"\n".join(archive.read(name) for name in archive.namelist())
                assert words_in(seeded, inside) == {name for name in LABELS if may_see(keeper, name)}
            else:
                assert answer.status_code == (422 if page.endswith("workbook") else 200)
                assert words_in(seeded, answer.content) <= {name for name in LABELS if may_see(keeper, name)}
        assert (f"kept by {keeper}" in client.get("/api/versions").text) == sees
        assert (f"kept by {keeper}" in client.get("/api/search?q=kept by").text) == sees


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_version_that_is_kept_holds_what_its_keeper_sees(seeded: Seeded, viewer: str) -> None:
    client = signed_in(viewer)
    answer = ask(client, "POST", "/api/versions", {"title": "now"})
    if viewer in {"OBSERVER-1", "ADMIN"}:
        assert answer.status_code == 403
        return
    assert (answer.status_code, answer.json()["rows"]) == (201, sum(may_see(viewer, name) for name in LABELS))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_places_are_those_that_one_may_see_with_the_marking_of_them_all(seeded: Seeded, viewer: str) -> None:
    look_as("J5-PLANS")
    cells = {"country": "POL", "latitude_deg": "50.1", "longitude_deg": "22.5", "kinds": "depot"}
    rows = [NewRow("places", {"place_id": name, "name": name, **cells}, label) for name, label in PLACES.items()]
    enter_rows(rows=rows, by=account_of("J5-PLANS"), at=AT)
    found = signed_in(viewer).get("/api/places.geojson").json()
    expected: dict[str, tuple[list[str], str]] = {
        "LNO-FRA": (["FRA-PLACE", "ALL-PLACE"], "RESTRICTED, releasable to FRA"),
        "LNO-GBR": (["ALL-PLACE"], "OPEN, releasable to every nation"),
        "LNO-POL": (["ALL-PLACE"], "OPEN, releasable to every nation"),
        "J5-PLANS": (list(PLACES), "SENSITIVE, headquarters only"),
    }
    names = [each["properties"]["name"] for each in found["features"]]
    assert (names, found["marking"]) == expected.get(viewer, ([], "OPEN"))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_only_nations_enter_offers_and_their_own(seeded: Seeded, viewer: str) -> None:
    for nation in ("FRA", "GBR"):
        body = {"cells": {**CELLS, "offer_id": f"{nation}-NEW", "nation": nation}}
        answer = ask(signed_in(viewer), "POST", "/api/tables/offers/rows", body)
        allowed = 201 if NATION_OF.get(viewer) == nation else 422 if viewer in NATION_OF else 403
        assert answer.status_code == allowed, answer.content


@pytest.mark.parametrize("text", ["' OR 1=1 --", "'; SELECT set_config('hq.ctx','x',true); --", "%", "__", "\\\\"])
def test_no_text_widens_what_is_seen(seeded: Seeded, text: str) -> None:
    client = signed_in("LNO-GBR")
    for page in ("/api/tables/offers/rows?text=", "/api/tables/offers/rows?owner=", "/api/search?q="):
        answer = client.get(page + text.ljust(2))
        assert answer.status_code == 200
        assert words_in(seeded, answer.content) <= {name for name in LABELS if may_see("LNO-GBR", name)}
