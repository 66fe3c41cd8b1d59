"""Versions, imports, downloads and checks as everybody, with something to leak."""

import io
import uuid
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from hq.seeded import (
    AT,
    LABELS,
    NATION_OF,
    VIEWERS,
    Seeded,
    account_of,
    look_as,
    may_see,
    seed,
    signed_in,
    without_token,
)
from muster.hq.scenario.importing import upload
from muster.hq.scenario.models import Import, Version
from muster.hq.scenario.versions import keep_version

pytestmark = pytest.mark.usefixtures("headquarters")
WRITERS = ("LNO-FRA", "LNO-GBR", "LNO-POL", "J5-PLANS")


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def words_in(seeded: Seeded, content: bytes) -> set[str]:
    return {name for name, word in seeded.words.items() if word.encode() in content}


def unpacked(archive: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return b"\n".join(opened.read(name) for name in opened.namelist())


def kept(by: str) -> Version:
    look_as(by)
    return keep_version(title="before the talks", by=account_of(by), at=AT)


def sent(by: str, content: bytes) -> Import:
    look_as(by)
    return upload(name="offers.csv", content=content, by=account_of(by), at=AT)


@pytest.mark.parametrize("viewer", [None, *VIEWERS])
@pytest.mark.parametrize("page", ["/scenario", "/scenario/check", "/imports"])
def test_a_page_of_the_whole_names_no_hidden_row(seeded: Seeded, viewer: str | None, page: str) -> None:
    answer = signed_in(viewer).get(page)
    assert answer.status_code in ({302} if viewer is None else {200, 403})
    assert words_in(seeded, answer.content) <= {name for name in LABELS if may_see(viewer, name)}


@pytest.mark.parametrize("viewer", VIEWERS)
def test_tables_count_what_one_may_see(seeded: Seeded, viewer: str) -> None:
    seen = sum(may_see(viewer, name) for name in LABELS)
    row = signed_in(viewer).get("/scenario").text.split('<a href="/tables/offers">Offers</a>', 2)[-1]
    assert row.startswith(f'</th><td class="number">{seen}</td>')


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_folder_holds_what_one_may_see_and_its_marking(seeded: Seeded, viewer: str) -> None:
    content = unpacked(signed_in(viewer).get("/scenario/folder").content)
    assert words_in(seeded, content) == {name for name in LABELS if may_see(viewer, name)}
    assert content.startswith(b"OPEN") == (viewer in {"OBSERVER-1", "ADMIN"})


@pytest.mark.parametrize("keeper", WRITERS)
def test_a_version_is_for_whoever_kept_it_and_the_headquarters(seeded: Seeded, keeper: str) -> None:
    version = kept(keeper)
    for viewer in VIEWERS:
        for page in ("", "/folder", "/workbook"):
            answer = signed_in(viewer).get(f"/versions/{version.id}{page}")
            if viewer in {keeper, "J5-PLANS"}:
                assert answer.status_code == (403 if page == "/workbook" else 200)
                content = unpacked(answer.content) if page == "/folder" else answer.content
                assert words_in(seeded, content) <= {name for name in LABELS if may_see(keeper, name)}
            else:
                missing = signed_in(viewer).get(f"/versions/{uuid.uuid4()}{page}")
                assert (answer.status_code, without_token(answer.text)) == (404, without_token(missing.text))
        assert (b"before the talks" in signed_in(viewer).get("/scenario").content) == (viewer in {keeper, "J5-PLANS"})
    assert words_in(seeded, unpacked(bytes(version.files))) == {name for name in LABELS if may_see(keeper, name)}


def test_another_version_to_compare_with_must_be_seen_too(seeded: Seeded) -> None:
    hidden, own = kept("J5-PLANS"), kept("LNO-FRA")
    assert signed_in("LNO-FRA").get(f"/versions/{own.id}?with={hidden.id}").status_code == 404
    assert signed_in("LNO-FRA").get(f"/versions/{own.id}?with=' OR 1=1 --").status_code == 200


@pytest.mark.parametrize("sender", WRITERS)
def test_a_file_is_for_whoever_sent_it_and_answered_by_nobody_else(seeded: Seeded, sender: str) -> None:
    owner = NATION_OF.get(sender, "MNF")
    waiting = sent(sender, f"offer_id,nation,capability\nX,{owner},secret{owner}\n".encode())
    for viewer in VIEWERS:
        client = signed_in(viewer)
        answers = [client.get(f"/imports/{waiting.id}"), client.post(f"/imports/{waiting.id}", {"drop": "1"})]
        if viewer == sender:
            assert answers[0].status_code == 200
            continue
        expected = 403 if viewer == "J5-PLANS" else 404
        assert [answer.status_code for answer in answers] == [expected, expected]
        assert all(f"secret{owner}".encode() not in answer.content for answer in answers)


def test_an_import_matches_no_row_that_its_sender_may_not_see(seeded: Seeded) -> None:
    """Poland sends a row with the id of an offer that France hides from it: told as not Poland's, and no more."""
    header = "offer_id,nation,capability,size,quantity,place_allowed,status"
    waiting = sent("LNO-POL", f"{header}\nFRA-ALONE,FRA,infantry,company,1,in country,pledge\n".encode())
    page = signed_in("LNO-POL").get(f"/imports/{waiting.id}").text
    assert "0 added, 0 changed, 0 as they are, left alone because they are not yours: 1 (FRA)" in page
    assert seeded.words["FRA-ALONE"] not in page


@pytest.mark.parametrize("viewer", ["OBSERVER-1", "ADMIN"])
def test_who_writes_no_rows_sends_no_file(seeded: Seeded, viewer: str) -> None:
    file = SimpleUploadedFile("offers.csv", b"offer_id\nX\n")
    assert signed_in(viewer).post("/imports", {"file": file}).status_code == 403
    assert not Client().post("/imports", {"file": file}).content
