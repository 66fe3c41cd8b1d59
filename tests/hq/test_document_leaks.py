"""Every page and operation of documents as everybody, with something to leak: titles, names, contents, counts."""

import json
import uuid
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from hq.filed import (
    API_OF_DOCUMENT,
    LABELS,
    OF_DOCUMENT,
    OF_FILE,
    PARTS,
    WITHOUT_DOCUMENTS,
    Filed,
    file_all,
    labelled,
    may_see,
    may_see_earlier,
)
from hq.seeded import NATION_OF, VIEWERS, look_as, signed_in, without_token
from muster.disclosure.labels import Label, Marking
from muster.hq.records.documents.models import Document, DocumentFile
from muster.hq.records.models import EventRow

pytestmark = pytest.mark.usefixtures("headquarters")

LISTS: Final = {
    "documents": "/documents?withdrawn=1",
    "search": "/search?q=word",
    "records": "/records",
    "list_documents": "/api/documents?withdrawn=true",
    "api search": "/api/search?q=word",
    "list_records": "/api/records",
}


@pytest.fixture
def kept() -> Iterator[Filed]:
    with transaction.atomic():
        yield file_all()
        transaction.set_rollback(True)


def expected(viewer: str | None, parts: tuple[str, ...]) -> set[tuple[str, str]]:
    """Words that a viewer may find, of some parts."""
    return {
        (name, part)
        for name in LABELS
        for part in parts
        if (may_see_earlier(viewer, name) if part == "early" else may_see(viewer, name))
    }


def ask(client: Client, method: str, page: str) -> Any:
    if method == "GET":
        return client.get(page)
    if method == "SEND":
        return client.post(page, {"version": 3, "file": SimpleUploadedFile("x.txt", uuid.uuid4().bytes.hex().encode())})
    body = {"version": 3}
    if page.startswith("/api"):
        return client.generic("POST", page, json.dumps(body), "application/json")
    return client.post(page, body)


@pytest.mark.parametrize("viewer", [None, *VIEWERS])
@pytest.mark.parametrize("page", LISTS)
def test_a_list_holds_what_one_may_see_and_nothing_else(kept: Filed, viewer: str | None, page: str) -> None:
    """Who was let in later finds the newest version in lists, and nothing in records of what went before."""
    answer = signed_in(viewer).get(LISTS[page])
    found = kept.found_in(answer.content)
    if page in {"records", "list_records"}:
        own = {key for key in expected(viewer, PARTS[:3]) if may_see_earlier(viewer, key[0])}
        assert found == own
    elif page in {"documents", "list_documents"}:
        assert found == expected(viewer, ("title", "late"))
    else:
        assert found >= expected(viewer, ("title", "late"))
        assert found <= expected(viewer, PARTS[:3])
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_one_may_not_see_is_not_counted(kept: Filed, viewer: str) -> None:
    seen, client = sum(may_see(viewer, name) for name in LABELS), signed_in(viewer)
    assert f'<span class="count">{seen}</span>' in client.get("/documents").text
    assert client.get("/api/documents").json()["count"] == seen
    groups = {group["name"]: group["count"] for group in client.get("/api/search?q=word").json()["groups"]}
    assert groups.get("documents", 0) == seen
    for owner in ("FRA", "MNF"):
        of_owner = sum(may_see(viewer, name) for name, label in LABELS.items() if label.owner == owner)
        assert client.get("/api/documents", {"owner": owner, "kind": "report"}).json()["count"] == of_owner


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_search_finds_no_title_and_no_name_of_a_version_that_one_may_not_see(kept: Filed, viewer: str) -> None:
    client = signed_in(viewer)
    for (name, part), word in kept.words.items():
        found = client.get("/api/documents", {"text": word.upper()}).json()["count"]
        assert (found, part) == (int((name, part) in expected(viewer, PARTS[:3])), part)
        assert (f"/documents/{kept.documents[name].pk}" in client.get("/search", {"q": word}).text) == bool(found)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("page", [*OF_DOCUMENT, *API_OF_DOCUMENT])
def test_a_hidden_document_is_answered_like_one_that_does_not_exist(kept: Filed, viewer: str, page: str) -> None:
    method, address = {**OF_DOCUMENT, **API_OF_DOCUMENT}[page]
    client = signed_in(viewer)
    missing = ask(client, method, address.format(uuid.uuid4()))
    assert missing.status_code == 404
    for name, document in kept.documents.items():
        answer = ask(client, method, address.format(document.pk))
        own = may_see_earlier(viewer, name) and (viewer != "J5-PLANS" or LABELS[name].owner == "MNF")
        if not may_see(viewer, name):
            assert (answer.status_code, without_token(answer.text)) == (404, without_token(missing.text))
        elif not own:
            assert answer.status_code == (200 if page in {"document", "get_document"} else 403)
        else:
            not_withdrawn = {"document-restore": 403, "restore_document": 422}
            assert answer.status_code == not_withdrawn.get(page, 302 if page == "document-withdraw" else 200)
        shown = {key for key in expected(viewer, PARTS[:3]) if key[0] == name}
        assert kept.found_in(answer.content) <= shown
        if page in {"document", "get_document"} and may_see(viewer, name):
            assert kept.found_in(answer.content) == shown


@pytest.mark.parametrize("viewer", [None, *VIEWERS])
@pytest.mark.parametrize("page", OF_FILE.values())
def test_a_file_is_given_to_whoever_may_see_that_version(kept: Filed, viewer: str | None, page: str) -> None:
    client = signed_in(viewer)
    missing = client.get(page.format(uuid.uuid4()))
    for name, versions in kept.files.items():
        for file, sees in zip(versions, (may_see_earlier(viewer, name), may_see(viewer, name)), strict=True):
            answer = client.get(page.format(file.pk))
            if sees:
                assert (answer.status_code, answer.content) == (200, bytes(file.content))
            else:
                assert (answer.status_code, without_token(answer.text)) == (
                    missing.status_code, without_token(missing.text)
                )  # fmt: skip
    assert missing.status_code == (404 if viewer else 401 if "/api/" in page else 302)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("page", WITHOUT_DOCUMENTS.values())
def test_who_writes_no_rows_adds_no_document(kept: Filed, viewer: str, page: str) -> None:
    sent = {"title": "New", "kind": "order", "file": SimpleUploadedFile("x.txt", b"new")}
    answer = signed_in(viewer).post(page, sent)
    allowed = 302 if page == "/documents/new" else 201
    assert answer.status_code == (allowed if viewer in {*NATION_OF, "J5-PLANS"} else 403)
    look_as("J5-PLANS")
    owners = list(Document.objects.filter(title="New").values_list("owner", flat=True))
    assert owners == ([NATION_OF.get(viewer, "MNF")] if answer.status_code == allowed else [])


@pytest.mark.parametrize("viewer", ["LNO-GBR", "LNO-POL"])
def test_the_same_title_and_the_same_bytes_as_a_hidden_document_tell_nothing(kept: Filed, viewer: str) -> None:
    """A refusal for what is there already is about one's own documents alone."""
    title, content = kept.words["fra-alone", "title"], kept.words["fra-alone", "words"]
    sent = {"title": title, "kind": "order", "file": SimpleUploadedFile("x.txt", content.encode())}
    assert signed_in(viewer).post("/documents/new", sent).status_code == 302


def test_a_label_that_is_narrowed_closes_all_versions_at_once(kept: Filed) -> None:
    document, (early, late) = kept.documents["fra-poland"], kept.files["fra-poland"]
    poland = signed_in("LNO-POL")
    labelled(document, LABELS["fra-poland"], with_earlier=True)
    assert [poland.get(f"/documents/files/{each.pk}").status_code for each in (early, late)] == [200, 200]
    labelled(document, Label("FRA", Marking.RESTRICTED, frozenset({"GBR"})))
    assert [poland.get(f"/documents/files/{each.pk}").status_code for each in (early, late)] == [404, 404]
    britain = signed_in("LNO-GBR")
    assert [britain.get(f"/documents/files/{each.pk}").status_code for each in (early, late)] == [404, 200]
    look_as("LNO-POL")
    assert [json.loads(body)["changes"][0]["after"] for body in bodies_of(document)] == ["FRA/restricted/POL"] * 2


def bodies_of(document: Document) -> list[str]:
    """What the journal tells a viewer of a document."""
    return list(EventRow.objects.filter(object_id=document.pk).values_list("body__content", flat=True))


@pytest.mark.parametrize("viewer", ["LNO-GBR", "LNO-POL", "OBSERVER-1", "ADMIN"])
def test_the_database_shows_no_hidden_document_and_no_hidden_version(kept: Filed, viewer: str) -> None:
    look_as(viewer)
    assert set(Document.objects.values_list("pk", flat=True)) == {
        kept.documents[name].pk for name in LABELS if may_see(viewer, name)
    }
    assert set(DocumentFile.objects.values_list("pk", flat=True)) == {
        *(kept.files[name][1].pk for name in LABELS if may_see(viewer, name)),
        *(kept.files[name][0].pk for name in LABELS if may_see_earlier(viewer, name)),
    }


@pytest.mark.parametrize("column", ["content", "name", "sha256", "document_id", "number", "size_bytes"])
def test_nobody_overwrites_a_file_not_even_with_a_statement_of_their_own(kept: Filed, column: str) -> None:
    look_as("LNO-FRA")
    statement = f"UPDATE hq.records_documentfile SET {column} = {column}"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    for table in ("records_documentfile", "records_document"):
        denied = pytest.raises(DatabaseError, match="permission denied")
        with denied, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM hq.{table}")
