"""Documents: added with a file, versions kept, labels changed, withdrawn and put back, and found again."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from exchange.document_files import GOOD, office
from hq.filed import filed, labelled, text
from hq.seeded import AT, account_of, look_as, signed_in
from muster.disclosure.labels import Label, Marking
from muster.hq.boundary.masks import OBSERVERS
from muster.hq.records.documents.actions import add_version
from muster.hq.records.documents.models import LARGEST_BYTES, LONGEST_NAME, Document, DocumentFile
from muster.hq.records.documents.sent_files import safe_name
from muster.hq.records.models import BodyRow, EventRow

pytestmark = pytest.mark.usefixtures("headquarters")
SECRET = "words of the order itself"


@pytest.fixture(autouse=True)
def _undone(headquarters: object) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sent(name: str = "order.txt", content: bytes = SECRET.encode(), **more: object) -> dict[str, object]:
    return {"title": "Order 12", "kind": "order", "file": SimpleUploadedFile(name, content), **more}


def numbers(document: Document) -> list[int]:
    return list(document.files.values_list("number", flat=True))


def test_a_document_is_added_shown_and_recorded_without_its_content() -> None:
    client = signed_in("LNO-FRA")
    answer = client.post("/documents/new", sent(name="C:\\orders\\Order 12.txt", dated_on="2026-11-20"))
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).text
    look_as("LNO-FRA")
    document = Document.objects.get()
    file = document.files.get()
    assert (document.title, document.kind, document.owner, document.version) == ("Order 12", "order", "FRA", 1)
    assert (file.number, file.name, file.dated_on, file.size_bytes, file.added_by, bytes(file.content)) == (
        1, "Order 12.txt", date(2026, 11, 20), len(SECRET), "LNO-FRA", SECRET.encode()
    )  # fmt: skip
    for told in ("Order 12.txt", "2026-11-20", "restricted: FRA", "Headquarters, Fra", "document added"):
        assert told in page
    event = EventRow.objects.get(object_id=document.pk)
    assert (event.verb, event.object_kind, event.actor) == ("document_added", "records.document", "LNO-FRA")
    assert {change["field"]: change["after"] for change in json.loads(event.body.content)["changes"]} == {
        "title": "Order 12",
        "kind": "order",
        "version": 1,
        "file": "Order 12.txt",
        "dated_on": "2026-11-20",
        "size_bytes": len(SECRET),
        "sha256": sha256(SECRET.encode()).hexdigest(),
    }
    assert not BodyRow.objects.filter(content__contains=SECRET).exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("order.txt", b"", "&quot;order.txt&quot; is empty; choose another file."),
        ("order.exe", b"MZ\x90\0", "&quot;order.exe&quot; is a program, or holds macros; save it without them."),
        ("order.html", b"<p>", "&quot;order.html&quot;: a file .html is not kept; send it as one of: pdf odt"),
        ("order.pdf", b"words", "&quot;order.pdf&quot; is no file .pdf as its name says, or is damaged;"),
        ("order.docx", office("word/document.xml", "word/vbaProject.bin"), "is a program, or holds macros"),
        ("order.txt", b"x" * (LARGEST_BYTES + 1), "&quot;order.txt&quot; has 20.0 MB, and a file 20 MB at most;"),
    ],
)
def test_a_file_that_is_not_kept_is_told_why_and_nothing_is_saved(name: str, content: bytes, told: str) -> None:
    answer = signed_in("LNO-FRA").post("/documents/new", sent(name, content))
    assert (answer.status_code, told in answer.text) == (422, True)
    assert 'value="Order 12"' in answer.text
    look_as("LNO-FRA")
    assert not Document.objects.exists()


@pytest.mark.parametrize("missing", ["title", "kind", "file"])
def test_what_is_missing_is_asked_for(missing: str) -> None:
    said = {name: value for name, value in sent().items() if name != missing}
    answer = signed_in("LNO-FRA").post("/documents/new", said)
    assert (answer.status_code, f'href="#id_{missing}"' in answer.text) == (422, True)


def test_the_largest_file_is_kept_and_given_out_whole() -> None:
    content = b"%PDF-1.7\n" + b"x" * (LARGEST_BYTES - 9)
    client = signed_in("LNO-FRA")
    assert client.post("/documents/new", sent("order.pdf", content)).status_code == 302
    look_as("LNO-FRA")
    assert client.get(f"/documents/files/{DocumentFile.objects.get().pk}").content == content


def test_a_title_is_taken_once_by_each_owner() -> None:
    filed("GBR", "Order 12")
    filed("FRA", "Order 12")
    answer = signed_in("LNO-FRA").post("/documents/new", sent(title=" Order  12 "))
    told = "FRA has a document &quot;Order 12&quot; already; add a version to it, or choose another title."
    assert (answer.status_code, told in answer.text) == (422, True)


def test_the_same_bytes_twice_are_told_so() -> None:
    first, client = filed("FRA", "Order 12", content=SECRET), signed_in("LNO-FRA")
    told = "&quot;again.txt&quot; is kept already, byte for byte: version 1 of &quot;Order 12&quot;, added 2026-11-26."
    assert told in client.post("/documents/new", sent("again.txt", title="Other")).text
    page = f"/documents/{first.pk}/versions/new"
    assert told in client.post(page, sent("again.txt", version=1)).text
    client.post(f"/documents/{first.pk}/withdraw", {"version": 1})
    withdrawn = client.post("/documents/new", sent("again.txt", title="Other")).text
    assert "That document is withdrawn; put it back instead." in withdrawn


def test_a_version_is_added_and_those_before_stay() -> None:
    document, client = filed("FRA", "Order 12", content="first"), signed_in("LNO-FRA")
    for number, content in enumerate([b"second", b"first"], 1):
        answer = client.post(f"/documents/{document.pk}/versions/new", sent(content=content, version=number))
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/documents/{document.pk}")
    look_as("LNO-FRA")
    assert [(file.number, bytes(file.content)) for file in document.files.all()] == [
        (3, b"first"),
        (2, b"second"),
        (1, b"first"),
    ]
    verbs = [event.verb for event in EventRow.objects.filter(object_id=document.pk)]
    assert verbs == ["document_version_added", "document_version_added", "document_added"]


def test_who_comes_second_saves_nothing() -> None:
    document, client = filed("FRA", "Order 12"), signed_in("LNO-FRA")
    address = f"/documents/{document.pk}"
    assert client.post(f"{address}/versions/new", sent(version=1)).status_code == 302
    acts: list[tuple[str, dict[str, object]]] = [
        ("versions/new", sent(content=b"other", version=1)),
        ("edit", {"version": 1, "title": "Order 13", "kind": "order"}),
        ("label", {"version": 1, "marking": "open", "every_nation": "on"}),
        ("withdraw", {"version": 1}),
    ]
    for page, said in acts:
        answer = client.post(f"{address}/{page}", said)
        assert (answer.status_code, "Somebody changed this document before you" in answer.text) == (409, True)
    look_as("LNO-FRA")
    assert (Document.objects.get().version, numbers(document)) == (2, [2, 1])


def test_title_and_kind_are_corrected() -> None:
    document, client = filed("FRA", "Ordre 12"), signed_in("LNO-FRA")
    filed("FRA", "Taken")
    page = f"/documents/{document.pk}/edit"
    assert client.post(page, {"version": 1, "title": "Taken", "kind": "order"}).status_code == 422
    assert client.post(page, {"version": 1, "title": "Order 12", "kind": "order"}).status_code == 302
    assert client.post(page, {"version": 2, "title": "Order 12", "kind": "order"}).status_code == 302
    assert client.get("/api/documents", {"text": "ORDER"}).json()["documents"][0]["version"] == 2
    assert "title: Ordre 12 → Order 12" in client.get(f"/documents/{document.pk}").text


def test_a_document_is_withdrawn_and_put_back() -> None:
    document, client = filed("FRA", "Order 12"), signed_in("LNO-FRA")
    labelled(document, Label("FRA", Marking.OPEN, frozenset({"POL"})))
    address, poland = f"/documents/{document.pk}", signed_in("LNO-POL")
    assert client.post(f"{address}/withdraw", {"version": 2}).status_code == 302
    assert client.post(f"{address}/versions/new", sent(version=3)).status_code == 422
    assert [poland.get(page).text.count("Order 12</a>") for page in ("/documents", "/documents?withdrawn=1")] == [0, 1]
    assert "Withdrawn on " in poland.get(address).text
    other = filed("FRA", "Order 12")
    refused = client.post(f"{address}/restore", {"version": 3})
    assert (refused.status_code, "has a document" in refused.text) == (403, True)
    client.post(f"/documents/{other.pk}/withdraw", {"version": 1})
    assert client.post(f"{address}/restore", {"version": 3}).status_code == 302
    assert poland.get("/documents").text.count("Order 12</a>") == 1


def test_who_may_see_it_is_said_by_whoever_proved_lately_who_they_are() -> None:
    document, client = filed("FRA", "Order 12"), signed_in("LNO-FRA")
    page = f"/documents/{document.pk}/label"
    assert client.get(page).status_code == 200
    session = client.session
    session["proved_at"] = (datetime.now(UTC) - timedelta(minutes=11)).isoformat()
    session.save()
    assert client.get(page).headers["Location"] == f"/prove?next={page.replace('/', '%2F')}"
    asked = client.post(page, {"version": 1, "marking": "open", "every_nation": "on"})
    assert (asked.status_code, "Is it you?" in asked.text) == (403, True)
    look_as("LNO-POL")
    assert not Document.objects.exists()


def test_earlier_versions_are_released_only_where_that_is_said() -> None:
    document, client, poland = filed("FRA", "Order 12"), signed_in("LNO-FRA"), signed_in("LNO-POL")
    page = f"/documents/{document.pk}/label"
    assert "with_earlier" not in client.get(page).text
    client.post(f"/documents/{document.pk}/versions/new", sent(version=1))
    assert "with_earlier" in client.get(page).text
    said = {"marking": "restricted", "releasable_to": ["POL"]}
    shown = {2: [2], 3: [2, 1], 4: [2, 1]}
    for version, more in ((2, {}), (3, {"with_earlier": "on"}), (4, {"every_nation": "on"})):
        assert client.post(page, {**said, **more, "version": version}).status_code == 302
        files = poland.get(f"/api/documents/{document.pk}").json()["files"]
        assert [file["number"] for file in files] == shown[version]
    assert [file["number"] for file in signed_in("LNO-GBR").get(f"/api/documents/{document.pk}").json()["files"]] == [2]
    assert "earlier versions too" in client.get(f"/documents/{document.pk}").text


@pytest.mark.parametrize(
    ("first", "then", "left"),
    [
        ("FRA/restricted/ALL", "FRA/restricted/POL", "FRA/restricted/POL"),
        ("FRA/restricted/POL", "FRA/restricted/ALL", "FRA/restricted/POL"),
        ("FRA/restricted/ALL", "FRA/open/ALL", "FRA/restricted/ALL"),
        ("FRA/restricted/ALL", "FRA/open/GBR+OBS", "FRA/restricted/GBR"),
        ("FRA/open/GBR+OBS", "FRA/sensitive/GBR+POL", "FRA/sensitive/GBR"),
        ("FRA/open/GBR", "FRA/open/POL", "FRA/open/"),
    ],
)
def test_an_earlier_version_is_seen_by_nobody_who_did_not_see_it_before(first: str, then: str, left: str) -> None:
    document = filed("FRA", "Order 12")
    add_version(document=document.pk, version=1, file=text("second"), by=account_of("LNO-FRA"), at=AT)
    labelled(document, Label.parse(first), with_earlier=True)
    labelled(document, Label.parse(then))
    files = signed_in("LNO-FRA").get(f"/api/documents/{document.pk}").json()["files"]
    told = [file["label"] for file in files]
    assert [f"FRA/{label['marking']}/{'+'.join(label['releasable_to'])}" for label in told] == [then, left]


def test_an_observer_is_shown_what_is_open_and_released_to_observers() -> None:
    for title, label in {
        "Open to all": "MNF/open/ALL",
        "For observers": f"MNF/open/{OBSERVERS}",
        "Too much": f"MNF/restricted/{OBSERVERS}",
    }.items():
        labelled(filed("MNF", title), Label.parse(label))
    page = signed_in("OBSERVER-1").get("/documents").text
    assert [title in page for title in ("Open to all", "For observers", "Too much")] == [False, True, False]
    assert "New document" not in page


@pytest.mark.parametrize(("name", "content"), GOOD.items())
def test_a_file_is_given_out_to_be_kept_and_never_to_be_opened(name: str, content: bytes) -> None:
    client = signed_in("LNO-FRA")
    assert client.post("/documents/new", sent(name, content)).status_code == 302
    look_as("LNO-FRA")
    file = DocumentFile.objects.get()
    for address in (f"/documents/files/{file.pk}", f"/api/documents/files/{file.pk}"):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (200, content)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "html" not in answer.headers["Content-Type"]
        assert not {"ETag", "Last-Modified"} & set(answer.headers)


@pytest.mark.parametrize(
    ("sent_as", "kept_as"),
    [
        ("C:\\Orders\\..\\Order: 12?.PDF", "Order_ 12_.PDF"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("order\u202efdp.exe.txt", "orderfdp.exe.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ('or"der;.txt', "or_der;.txt"),
        ("Наказ № 12.pdf", "Наказ № 12.pdf"),
        ("x" * 300 + ".geojson", "x" * (LONGEST_NAME - 8) + ".geojson"),
        ("", "document"),
        ("...", "document"),
        ("." + "x" * 300, "x" * LONGEST_NAME),
    ],
)
def test_a_name_is_made_safe(sent_as: str, kept_as: str) -> None:
    assert safe_name(sent_as) == kept_as


def test_a_name_of_any_script_travels_whole() -> None:
    client = signed_in("LNO-FRA")
    client.post("/documents/new", sent("Наказ 12.txt"))
    look_as("LNO-FRA")
    answer = client.get(f"/documents/files/{DocumentFile.objects.get().pk}")
    expected = "attachment; filename*=utf-8''%D0%9D%D0%B0%D0%BA%D0%B0%D0%B7%2012.txt"
    assert answer.headers["Content-Disposition"] == expected


def test_a_list_is_narrowed_by_title_kind_owner_and_marking() -> None:
    filed("FRA", "Паляниця", kind="map")
    labelled(filed("GBR", "Report of spring", kind="report"), Label("GBR", Marking.SENSITIVE, frozenset({"FRA"})))
    client = signed_in("LNO-FRA")
    for asked, found in {
        "text=ПАЛЯ": ["Паляниця"],
        "text=order.TXT": ["Report of spring", "Паляниця"],
        "kind=report": ["Report of spring"],
        "kind=nothing": [],
        "owner=FRA": ["Паляниця"],
        "marking=sensitive": ["Report of spring"],
        "marking=secret": [],
        "text=%25": [],
    }.items():
        listed = client.get(f"/api/documents?{asked}").json()["documents"]
        assert sorted(each["title"] for each in listed) == found
        page = client.get(f"/documents?{asked}").text
        assert [title for title in ("Report of spring", "Паляниця") if f">{title}</a>" in page] == found


def test_a_list_of_three_documents_costs_as_many_queries_as_one_of_one() -> None:
    costs: dict[str, list[int]] = {"/documents": [], "/api/documents": [], "/search?q=order": []}
    for number in range(3):
        document = filed("FRA", f"Order {number}")
        for page, cost in costs.items():
            client = signed_in("LNO-FRA")
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            cost.append(len(asked))
        add_version(document=document.pk, version=1, file=text(f"{number}"), by=account_of("LNO-FRA"), at=AT)
    assert {page: len(set(cost)) for page, cost in costs.items()} == dict.fromkeys(costs, 1)


def test_no_list_and_no_page_reads_the_content_of_a_file() -> None:
    document = filed("FRA", "Order 12")
    client = signed_in("LNO-FRA")
    with CaptureQueriesContext(connection) as asked:
        for page in ("/documents", f"/documents/{document.pk}", "/api/documents", "/search?q=order"):
            client.get(page)
    assert not [query["sql"] for query in asked if '"records_documentfile"."content"' in query["sql"]]


@override_settings(ROWS_AN_HOUR=5)
def test_what_is_taken_out_counts_by_its_size_for_everybody_but_the_headquarters() -> None:
    document = filed("FRA", "Order 12", content="x" * 4001)
    small = filed("FRA", "Small", content="y")
    files = [f"/documents/files/{each.files.get().pk}" for each in (document, small)]
    client = signed_in("LNO-FRA")
    assert [client.get(page).status_code for page in (files[0], files[1], f"/api{files[1]}")] == [200, 429, 429]
    assert client.get("/api/documents").status_code == 429
    assert client.get("/documents").status_code == 200
    assert {signed_in("J5-PLANS").get(page).status_code for page in files} == {200}


def program_sends(client: Client, address: str, content: bytes, **said: object) -> tuple[int, dict[str, Any]]:
    answer = client.post(address, {**said, "file": SimpleUploadedFile("plan.csv", content)})
    return answer.status_code, answer.json()


def test_a_program_adds_a_document_and_its_versions() -> None:
    client = signed_in("LNO-FRA")
    status, made = program_sends(client, "/api/documents", b"a,b\n", title="Stocks", kind="report")
    assert (status, made["title"], made["version"], made["owner"]) == (201, "Stocks", 1, "FRA")
    address = f"/api/documents/{made['id']}"
    status, changed = program_sends(client, f"{address}/versions", b"a,c\n", version=1, dated_on="2026-11-27")
    assert (status, changed["version"]) == (200, 2)
    files = client.get(address).json()["files"]
    assert [(file["number"], file["name"], file["dated_on"], file["media_type"]) for file in files] == [
        (2, "plan.csv", "2026-11-27", "text/csv; charset=utf-8"),
        (1, "plan.csv", None, "text/csv; charset=utf-8"),
    ]
    status, first = program_sends(client, f"{address}/versions", b"a,d\n", version=1)
    assert (status, first["error"], first["document"]["version"]) == (409, "changed_meanwhile", 2)
    status, told = program_sends(client, f"{address}/versions", b"", version=2)
    assert (status, told["faults"]) == (422, [{"where": "file", "rule": '"plan.csv" is empty; choose another file.'}])
    said = json.dumps({"version": 2})
    withdrawn = client.generic("POST", f"{address}/withdraw", said, "application/json").json()
    assert withdrawn["withdrawn_at"] is not None
    assert client.get("/api/documents").json()["count"] == 0
    said = json.dumps({"version": 3})
    assert client.generic("POST", f"{address}/restore", said, "application/json").json()["withdrawn_at"] is None


def test_a_search_leads_to_documents_and_from_records_to_them() -> None:
    document = filed("FRA", "Order of the bridges")
    page = signed_in("LNO-FRA").get("/search?q=bridges").text
    assert page.count(f'href="/documents/{document.pk}"') == 2
    assert "order, order.txt" in page
