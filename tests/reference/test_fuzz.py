"""Whatever stands in a cell, tables load or are refused with faults that say where; nothing else is ever raised."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.reference import Fault, ReferenceRefused, load_factors, load_places, load_unit_types
from reference.planted import TABLES, copy_of_tables, plant, row_of

CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "nan", "inf", "-1", "1e309", "9" * 5000, "1_000", "١٢", "a|b", "|", "x=y:z:1.2.3..4", "=1+1"]),
)


def keep_first(folder: Path, key: str, tables: Sequence[str]) -> None:
    """Cut tables, whose first column is the key, to the rows of the first key of the first table."""
    first = row_of(folder, tables[0], 2)[key]
    for table in tables:
        header, *lines = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.startswith(f"{first},")]
        (folder / f"{table}.csv").write_text("".join([header, *kept]), encoding="utf-8")


@pytest.fixture(scope="module")
def small_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged tables, cut to a few places and one unit type."""
    folder = copy_of_tables(tmp_path_factory.mktemp("small"))
    keep_first(folder, "place_id", ("terminals", "places"))
    keep_first(folder, "unit_type_id", ("holdings", "unit_types"))
    assert len(load_places(folder)) == len(load_unit_types(folder)) == 1
    return folder


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cell_loads_or_is_refused(
    data: st.DataObject, small_tables: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    for table in TABLES:
        (folder / f"{table}.csv").write_bytes((small_tables / f"{table}.csv").read_bytes())
    table = data.draw(st.sampled_from(TABLES))
    header = (folder / f"{table}.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    plant(folder, table, 2, **{data.draw(st.sampled_from(header)): data.draw(CELLS)})
    for load in (load_places, load_unit_types, load_factors):
        assert all(fault.file and fault.rule and fault.remedy for fault in faults_of(load, folder))


def faults_of(load: Callable[[Path], object], folder: Path) -> tuple[Fault, ...]:
    """What a loader has to say against a folder; nothing when it loads."""
    try:
        load(folder)
    except ReferenceRefused as refusal:
        return refusal.faults
    return ()


@pytest.mark.parametrize("raw", [b"\xff\xfe", b'factor_id,"domain\n', b""])
def test_table_is_refused_when_it_is_no_text(small_tables: Path, tmp_path: Path, raw: bytes) -> None:
    for table in TABLES:
        (tmp_path / f"{table}.csv").write_bytes((small_tables / f"{table}.csv").read_bytes())
    (tmp_path / "factors.csv").write_bytes(raw)
    with pytest.raises(ReferenceRefused, match=r"factors\.csv row 1"):
        load_factors(tmp_path)
