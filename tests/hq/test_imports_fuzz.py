"""Whatever bytes are sent under whatever name, a preview tells what they would change or what is wrong, and no more."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exchange.fuzz import NASTY
from hq.seeded import AT, CELLS, account_of, look_as, seed, signed_in
from muster.exchange.scenario import FILES
from muster.hq.scenario.actions import RowRefused
from muster.hq.scenario.importing import Preview, apply_import, preview, upload
from muster.hq.scenario.models import Import
from muster.hq.scenario.tables import TABLES

pytestmark = pytest.mark.usefixtures("headquarters")
FUZZING = settings(
    max_examples=150, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
CELL = st.sampled_from([*NASTY, *CELLS.values(), "FRA", "x" * 300]) | st.text(max_size=12)


HEADER = ",".join({**CELLS, "nation": "", "offer_id": ""})
TWICE = "\n".join([HEADER, *[",".join({**CELLS, "nation": "FRA", "offer_id": "FRA-1"}.values())] * 2]).encode()
"""Two rows with one name."""


@pytest.fixture
def seeded() -> Iterator[None]:
    with transaction.atomic():
        seed()
        look_as("LNO-FRA")
        yield
        transaction.set_rollback(True)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table with columns of its own and cells of any kind."""
    table = TABLES[draw(st.sampled_from(sorted(TABLES)))]
    header = draw(st.lists(st.sampled_from([*table.column_of, "owner", "label", "?"]), max_size=8))
    rows = draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=4))
    lines = [draw(st.sampled_from(["", "# RESTRICTED\n"]))] + [",".join(row) + "\n" for row in [header, *rows]]
    name = draw(st.sampled_from([table.file, f"{table.name} (1).csv", table.file.upper()]))
    return name, "".join(lines).encode("utf-8", draw(st.sampled_from(["replace", "surrogatepass"])))


@st.composite
def offers(draw: st.DrawFn) -> tuple[str, bytes]:
    """Offers that are right but for a cell or two."""
    rows = []
    for number in range(draw(st.integers(1, 3))):
        cells = {**CELLS, "nation": "FRA", "offer_id": f"FRA-{number}"}
        for column in draw(st.lists(st.sampled_from(sorted(cells)), max_size=2)):
            cells[column] = draw(CELL).replace(",", " ").replace('"', "").replace("\n", " ").replace("\r", " ")
        rows.append(",".join(cells.values()))
    return "offers.csv", "\n".join([HEADER, *rows]).encode("utf-8", "replace")


def zipped(files: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in dict(files).items():
            archive.writestr(name, content)
    return buffer.getvalue()


NAMES = st.sampled_from([*FILES, "x.xlsx", "x.zip", "", ".", "..", "/", "\\", ".xlsx", ".zip", "offers.csv.zip", "é🚢"])
FILES_SENT = st.one_of(
    st.tuples(NAMES | st.text(max_size=20), st.binary(max_size=200)),
    tables(),
    offers(),
    st.tuples(st.just("folder.zip"), st.lists(tables() | offers(), max_size=3).map(zipped)),
    st.tuples(NAMES, st.lists(st.tuples(NAMES, st.binary(max_size=80)), max_size=2).map(zipped)),
)


def looked_at(name: str, content: bytes) -> Preview:
    """What a preview says; anything but reading is a bug."""
    with CaptureQueriesContext(connection) as asked:
        seen = preview(Import(file_name=name, content=content), account_of("LNO-FRA"))
    asked_for = [query["sql"] for query in asked if "people_account" not in query["sql"]]
    assert all(sql.startswith("SELECT") and "FOR UPDATE" not in sql for sql in asked_for)
    return seen


@FUZZING
@given(sent=FILES_SENT)
@example(sent=("offers.csv", b"\xff\xfeo"))
@example(sent=("x.xlsx", zipped([("xl/workbook.xml", b"<")])))
@example(sent=("x.zip", zipped([("../offers.csv", b"offer_id\n")])))
def test_a_preview_never_fails_and_never_writes(seeded: None, sent: tuple[str, bytes]) -> None:
    for fault in looked_at(*sent).faults:
        assert fault.rule
        assert fault.remedy


@FUZZING
@given(sent=offers())
@example(sent=("offers.csv", TWICE))
def test_what_a_preview_finds_right_can_be_done_or_is_refused_in_words(seeded: None, sent: tuple[str, bytes]) -> None:
    seen = looked_at(*sent)
    with transaction.atomic():
        kept = upload(name=sent[0], content=sent[1], by=account_of("LNO-FRA"), at=AT)
        with suppress(RowRefused):
            done = apply_import(kept=kept.pk, remove_absent=True, by=account_of("LNO-FRA"), at=AT)
            assert done.changed == len(seen.added) + len(seen.changed) + len(seen.absent)
            assert not seen.faults
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["offers.csv", "x.zip", "x.xlsx", "a\0b.csv", "é" * 300, "..\\..\\offers.csv"])
def test_a_file_is_taken_in_or_refused_by_the_page(seeded: None, name: str) -> None:
    answer = signed_in("LNO-FRA").post("/imports", {"file": SimpleUploadedFile(name, b"offer_id\n")})
    assert answer.status_code in {302, 400}
