"""Tables, undo, versions and imports at work."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from hq.seeded import AT, CELLS, Seeded, account_of, look_as, seed, signed_in
from muster.exchange import xlsx
from muster.exchange.scenario import read_scenario
from muster.forces import Nation
from muster.hq import founding
from muster.hq.records.models import Site
from muster.hq.records.queries import list_events
from muster.hq.scenario.models import Import, Row, Version
from muster.hq.scenario.versions import difference, files_of, keep_version, seen_now

pytestmark = pytest.mark.usefixtures("headquarters")
SMALL = Path(__file__).resolve().parents[2] / "examples/small-coalition"
GATE = {"gate_id": "vote-fra", "kind": "parliament", "state": "closed", "opens": "C+20"}


def small_files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in SMALL.iterdir() if path.suffix in {".csv", ".toml", ".geojson"}}


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


@pytest.fixture
def small() -> Iterator[None]:
    """The headquarters with the rows of a small scenario."""
    with transaction.atomic():
        scenario = read_scenario(small_files())
        nations = scenario.list_values("nations", scenario.settings.default_case, Nation)
        founding.list_nations(nations)
        founding.list_posts(nations)
        Site.objects.update(last_sequence=0, last_time="")
        founding.enter_scenario(scenario, at=datetime.now(UTC))
        look_as(None)
        yield
        transaction.set_rollback(True)


def test_a_nation_enters_a_gate_of_its_own_and_no_table_of_the_force(seeded: Seeded) -> None:
    client = signed_in("LNO-FRA")
    made = client.post("/tables/gates/new", GATE)
    assert made.status_code == 302
    assert signed_in("LNO-POL").get(made.headers["Location"]).status_code == 404
    assert client.post("/tables/requirements/new", {"requirement_id": "X"}).status_code == 403
    look_as("LNO-FRA")
    assert Row.objects.get(table="gates").cells == {**GATE, "nation": "FRA"}


def test_the_headquarters_enters_a_requirement_and_no_offer(seeded: Seeded) -> None:
    client = signed_in("J5-PLANS")
    sent = {
        "requirement_id": "INF-1", "name": "Battalion", "component": "land", "capability": "infantry",
        "size": "battalion", "quantity": "2", "place": "UA-LVIV", "needed_from": "D+30", "criticality": "2",
    }  # fmt: skip
    assert client.post("/tables/requirements/new", sent).status_code == 302
    assert client.post("/tables/offers/new", {**CELLS, "offer_id": "X"}).status_code == 403
    assert "criticality" in client.post("/tables/requirements/new", {**sent, "criticality": "9"}).text


def test_a_table_that_there_is_not_is_not_found(seeded: Seeded) -> None:
    assert signed_in("J5-PLANS").get("/tables/secrets").status_code == 404


def test_a_list_is_narrowed_by_words_of_a_column(seeded: Seeded) -> None:
    client = signed_in("LNO-FRA")
    client.post(f"/rows/{seeded.offers['FRA-ALONE'].id}/withdraw", {"version": 1})
    assert "FRA-ALONE" in client.get("/tables/offers", {"status": "withdrawn"}).text
    assert "FRA-POLAND" not in client.get("/tables/offers", {"status": "withdrawn"}).text
    assert "FRA-POLAND" in client.get("/tables/offers", {"grade": "A", "nonsense": "x"}).text


def test_the_last_change_is_undone_and_done_again(seeded: Seeded) -> None:
    offer, client = seeded.offers["FRA-ALONE"], signed_in("LNO-FRA")
    page = f"/rows/{offer.id}"
    assert "Undo last change" not in client.get(page).text
    sent = {**CELLS, "offer_id": "FRA-ALONE", "name": "Renamed", "quantity": "6", "version": 1}
    client.post(f"{page}/edit", sent)
    assert "Undo last change" in client.get(page).text
    assert client.post(f"{page}/undo", {"version": 2}).status_code == 302
    look_as("LNO-FRA")
    assert Row.objects.get(pk=offer.id).cells == offer.cells
    assert client.post(f"{page}/undo", {"version": 2}).status_code == 409
    client.post(f"{page}/undo", {"version": 3})
    look_as("LNO-FRA")
    assert (Row.objects.get(pk=offer.id).cells["quantity"], list_events(offer.id)[0].code) == ("6", "row_undone")


def test_what_was_removed_is_in_no_list_and_can_be_put_back(seeded: Seeded) -> None:
    offer, client = seeded.offers["FRA-ALONE"], signed_in("LNO-FRA")
    assert client.post(f"/rows/{offer.id}/remove", {"version": 1}).status_code == 302
    assert "FRA-ALONE" not in client.get("/tables/offers").text
    assert "Put back" in client.get(f"/rows/{offer.id}").text
    client.post("/tables/offers/new", {**CELLS, "offer_id": "FRA-ALONE"})
    taken = client.post(f"/rows/{offer.id}/restore", {"version": 2})
    assert (taken.status_code, "FRA has a row &quot;FRA-ALONE&quot; in offers already" in taken.text) == (403, True)
    look_as("LNO-FRA")
    other = Row.objects.get(name="FRA-ALONE", removed_at=None)
    client.post(f"/rows/{other.id}/remove", {"version": 1})
    assert client.post(f"/rows/{offer.id}/restore", {"version": 2}).status_code == 302
    assert "FRA-ALONE" in client.get("/tables/offers").text


def test_what_the_headquarters_sees_is_the_scenario_that_was_entered(small: None) -> None:
    look_as("J5-PLANS")
    entered = read_scenario(small_files())
    seen = read_scenario(seen_now().files)
    assert seen.settings == entered.settings
    assert {name: len(rows.records) for name, rows in seen.tables.items()} == {
        name: len(rows.records) for name, rows in entered.tables.items()
    }
    offers = {record.cells["offer_id"] for record in seen.tables["offers"].records}
    assert offers == {record.cells["offer_id"] for record in entered.tables["offers"].records}


def test_a_fault_leads_to_its_row(small: None) -> None:
    client = signed_in("J5-PLANS")
    assert "Nothing is wrong." in client.get("/scenario/check").text
    look_as("J5-PLANS")
    row = Row.objects.filter(table="requirements").first()
    assert row is not None
    client.post(f"/rows/{row.id}/edit", {**row.cells, "place": "NOWHERE", "version": 1})
    page = client.get("/scenario/check").text
    assert f'<a href="/rows/{row.id}">requirements {row.name}</a></th><td>place</td>' in page
    assert "is not among the places" in page


def test_a_version_tells_what_changed_since_and_is_not_kept_twice(small: None) -> None:
    client = signed_in("J5-PLANS")
    page = client.post("/scenario", {"title": "first"}).headers["Location"]
    assert client.post("/scenario", {"title": "again"}).headers["Location"] == page
    assert "They say the same." in client.get(page).text
    look_as("J5-PLANS")
    row = Row.objects.filter(table="requirements").first()
    assert row is not None
    client.post(f"/rows/{row.id}/edit", {**row.cells, "quantity": "9", "version": 1})
    assert f'<span class="changed">changed</span> {row.name}' in client.get(page).text
    second = client.post("/scenario", {"title": "second"}).headers["Location"]
    assert second != page
    first = page.rsplit("/", 1)[1]
    assert f'<span class="changed">changed</span> {row.name}' in client.get(second, {"with": first}).text
    look_as("J5-PLANS")
    older, newer = Version.objects.get(number=1), Version.objects.get(number=2)
    apart = difference(files_of(older), files_of(newer))
    assert [(change.table, change.changed) for change in apart.changes] == [("requirements", (row.name,))]


def test_a_version_is_a_folder_and_a_workbook_that_say_the_same(small: None) -> None:
    client = signed_in("J5-PLANS")
    page = client.post("/scenario", {"title": "whole"}).headers["Location"]
    with zipfile.ZipFile(io.BytesIO(client.get(f"{page}/folder").content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files.pop("MARKING.txt") == b"RESTRICTED, headquarters only\n"
    workbook = xlsx.decode(client.get(f"{page}/workbook").content)
    assert read_scenario(workbook).scenario_hash == read_scenario(files).scenario_hash


def send(post: str, name: str, content: bytes) -> str:
    answer = signed_in(post).post("/imports", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_a_table_that_was_downloaded_and_edited_comes_back_as_a_preview(seeded: Seeded) -> None:
    client = signed_in("LNO-FRA")
    sheet = client.get("/tables/offers.csv").text.replace(",4,1,", ",7,1,", 1)
    page = send("LNO-FRA", "offers (1).csv", sheet.encode())
    told = client.get(page).text
    assert "0 added, 1 changed, 1 as they are, left alone because they are not yours: 1 (GBR)." in told
    assert "quantity: 4 → 7" in told
    look_as("LNO-FRA")
    assert not Row.objects.filter(cells__quantity="7").exists()
    client.post(page)
    look_as("LNO-FRA")
    assert Row.objects.filter(cells__quantity="7").count() == 1
    assert "1 row was changed." in client.get(page).text
    assert client.post(page).status_code == 403
    look_as("LNO-FRA")
    assert [bytes(each.content) for each in Import.objects.all()] == [b""]


def test_rows_that_are_not_in_the_file_go_only_where_that_is_asked(seeded: Seeded) -> None:
    client = signed_in("LNO-FRA")
    lines = client.get("/tables/offers.csv").text.splitlines(keepends=True)
    sheet = "".join(line for line in lines if "FRA-POLAND" not in line).encode()
    client.post(send("LNO-FRA", "offers.csv", sheet))
    assert "FRA-POLAND" in client.get("/tables/offers").text
    page = send("LNO-FRA", "offers.csv", sheet)
    assert "Also remove 1 row of yours that is not in the file." in client.get(page).text
    client.post(page, {"remove_absent": "on"})
    assert "FRA-POLAND" not in client.get("/tables/offers").text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("offers.csv", b"offer_id,nation\nX,FRA\n", "the column &quot;capability&quot; is missing"),
        ("odd.csv", b"a\n1\n", "odd.csv: is no table of a scenario"),
        ("book.xlsx", b"no workbook", "is not a workbook that can be read"),
        ("all.zip", b"PK no zip", "cannot be unpacked"),
        ("gates.csv", b"\xff\xfeg", "is written in UTF-16"),
    ],
)
def test_a_file_with_faults_tells_them_all_and_changes_nothing(
    seeded: Seeded, name: str, content: bytes, told: str
) -> None:
    page = send("LNO-FRA", name, content)
    answer = signed_in("LNO-FRA").get(page)
    assert (answer.status_code, told in answer.text) == (200, True), answer.text
    assert signed_in("LNO-FRA").post(page).status_code == 403
    assert signed_in("LNO-FRA").post(page, {"drop": "1"}).status_code == 302


def test_a_workbook_of_the_whole_changes_only_rows_of_its_sender(small: None) -> None:
    look_as("J5-PLANS")
    version = keep_version(title="all", by=account_of("J5-PLANS"), at=AT)
    book = xlsx.encode(read_scenario(files_of(version)))
    told = signed_in("J5-PLANS").get(send("J5-PLANS", "all.xlsx", book)).text
    assert "0 added, 0 changed" in told
