"""Which PostgreSQL a headquarters runs on."""

from pathlib import Path

import pytest

from muster.hq.database import Binaries, NoPostgresql, Source, cluster_of, find_binaries, list_binaries
from muster.hq.database.binaries import PROGRAMS


def install(folder: Path, version: str, *, without: str = "") -> Path:
    """Put programs that only say their version into a folder."""
    folder.mkdir(parents=True)
    for name in PROGRAMS:
        if name != without:
            (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n", encoding="utf-8")
            (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no PostgreSQL anywhere; gives where its distribution would keep one."""
    monkeypatch.setattr("muster.hq.database.binaries._WHEEL", "no_such_package")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "lib"


def test_the_newest_of_the_system_comes_first_then_the_path(bare: Path, tmp_path: Path) -> None:
    install(bare / "9" / "bin", "9.6")
    fifteen = install(bare / "15" / "bin", "15.18 (Debian 15.18-0+deb12u1)")
    seventeen = install(bare / "17" / "bin", "17.10")
    install(bare / "18" / "bin", "18.6", without="pg_dump")
    on_path = install(tmp_path / "bin", "16.2")
    assert list_binaries(bare) == [
        Binaries(seventeen, 17, 10, Source.SYSTEM),
        Binaries(fifteen, 15, 18, Source.SYSTEM),
        Binaries(on_path, 16, 2, Source.SYSTEM),
    ]
    assert find_binaries(system=bare).folder == seventeen
    assert find_binaries(15, system=bare).folder == fifteen


def test_without_a_postgresql_the_remedy_is_told(bare: Path) -> None:
    with pytest.raises(NoPostgresql, match=r"No PostgreSQL 15 or later is here \(found: none\); install one \(apt"):
        find_binaries(system=bare)


def test_the_version_that_data_need_is_named_where_only_others_are(bare: Path) -> None:
    folder = install(bare / "15" / "bin", "15.18")
    with pytest.raises(NoPostgresql) as refused:
        find_binaries(18, system=bare)
    assert str(refused.value) == (
        f"No PostgreSQL 18 is here (found: PostgreSQL 15.18 of the system, in {folder}); install it (apt install"
        " postgresql-18), because the data here are of that version."
    )


def test_the_one_that_comes_with_muster_is_found_last() -> None:
    assert list_binaries()[-1].source is Source.WHEEL


def test_a_headquarters_keeps_to_the_version_of_its_data(tmp_path: Path) -> None:
    for binaries in list_binaries():
        data = tmp_path / str(binaries.version) / "database" / "data"
        data.mkdir(parents=True)
        (data / "PG_VERSION").write_text(f"{binaries.version}\n", encoding="ascii")
        assert cluster_of(tmp_path / str(binaries.version)).binaries.version == binaries.version
