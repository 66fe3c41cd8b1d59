"""A cluster of our own: private, whole or not at all, and there again after whatever happens to its processes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from muster.hq.database import Binaries, Cluster, ClusterFailed, Source, list_binaries, make_roles
from muster.hq.database.cluster import SUPERUSER
from muster.hq.database.processes import list_working_in, read_number
from muster.hq.database.unprivileged import NOBODY

CREATE = (
    "import sys; from pathlib import Path; from muster.hq.database import Cluster, find_binaries;"
    " Cluster(Path(sys.argv[1]), find_binaries()).create()"
)
USE = (
    "import sys; from pathlib import Path; from muster.hq.database import Cluster, find_binaries\n"
    "with Cluster(Path(sys.argv[1]), find_binaries()).in_use(): print('in use', flush=True); sys.stdin.read()"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of a short name for a cluster, not made yet; whatever runs in it is ended."""
    parent = Path(tempfile.mkdtemp(prefix="mhq-"))
    yield parent / "own"
    for data in parent.glob("**/data"):
        for number in list_working_in(data):
            os.kill(number, signal.SIGKILL)
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture(scope="module")
def pristine() -> Iterator[Path]:
    """A cluster that was never started, to be copied."""
    parent = Path(tempfile.mkdtemp(prefix="mhq-"))
    Cluster(parent / "own", list_binaries()[0]).create()
    yield parent / "own"
    shutil.rmtree(parent)


@pytest.fixture
def own(pristine: Path, folder: Path) -> Cluster:
    shutil.copytree(pristine, folder)
    return Cluster(folder, list_binaries()[0])


def ask(cluster: Cluster, statement: str) -> list[tuple[object, ...]]:
    address = cluster.address(SUPERUSER, cluster.password(), "postgres")
    with psycopg.connect(**address, autocommit=True) as database:
        answer = database.execute(statement.encode())
        return answer.fetchall() if answer.description else []


@pytest.mark.parametrize("source", list(Source), ids=lambda source: source.name)
def test_a_cluster_of_either_source_answers_and_is_private(folder: Path, source: Source) -> None:
    of_source = [binaries for binaries in list_binaries() if binaries.source is source]
    if not of_source:
        pytest.skip(f"no PostgreSQL of {source} is installed")
    made = Cluster(folder, of_source[0])
    made.create()
    with made.in_use():
        make_roles(made)
        assert ask(made, "SELECT current_setting('server_version_num')::int / 10000") == [(of_source[0].version,)]
        assert ask(made, "SELECT upper('éї'), 'Z' < 'a' COLLATE \"default\"") == [("ÉЇ", True)]
        assert ask(made, "SHOW data_checksums") == [("on",)]
        assert ask(made, "SHOW synchronous_commit") == [("on",)]
        kept = ("superuser.password", "roles.json", "lock", "users", "data/muster.conf")
        assert {(folder / name).stat().st_mode & 0o777 for name in kept} == {0o600}
        assert {path.stat().st_mode & 0o777 for path in (folder, folder / "data", made.socket_folder)} == {0o700}
    assert list_working_in(folder / "data") == []


def test_starting_and_stopping_twice_is_refused(own: Cluster) -> None:
    with pytest.raises(ClusterFailed, match="does not run"):
        own.stop()
    own.start()
    with pytest.raises(ClusterFailed, match="runs already"):
        own.start()
    own.stop()
    with pytest.raises(ClusterFailed, match="is there already; start it"):
        own.create()


def test_who_leaves_last_stops_it(own: Cluster) -> None:
    users = [
        subprocess.Popen([sys.executable, "-c", USE, str(own.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    for user in users:
        assert user.stdout is not None
        assert user.stdout.readline() == b"in use\n"
    users[0].communicate()
    assert own.is_running()
    users[1].kill()
    users[1].communicate()
    assert own.is_running()
    users[2].communicate()
    assert not own.is_running()


def test_what_was_committed_is_there_after_kills(own: Cluster) -> None:
    own.start()
    ask(own, "CREATE TABLE kept (number int)")
    for number in range(3):
        ask(own, f"INSERT INTO kept VALUES ({number})")
        server = read_number(own.folder / "data" / "postmaster.pid")
        assert server is not None
        os.kill(server, signal.SIGKILL)
        while own.is_running():
            time.sleep(0.01)
        assert (own.folder / "data" / "postmaster.pid").exists()
        own.start()
        assert ask(own, "SELECT number FROM kept ORDER BY 1") == [(n,) for n in range(number + 1)]
    own.stop()


def test_a_server_that_recovers_from_a_kill_is_waited_for(own: Cluster) -> None:
    own.start()
    worker = next(
        number
        for number in list_working_in(own.folder / "data")
        if b"background writer" in Path(f"/proc/{number}/cmdline").read_bytes()
    )
    os.kill(worker, signal.SIGKILL)
    with own.in_use():
        assert ask(own, "SELECT 1") == [(1,)]


def test_a_server_that_does_not_stop_in_time_is_cut_short(own: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.hq.database.cluster.STOPS_WITHIN_S", 1)
    own.start()
    ask(own, "CREATE TABLE kept AS SELECT 7 AS number")
    checkpointer = next(
        number
        for number in list_working_in(own.folder / "data")
        if b"checkpointer" in Path(f"/proc/{number}/cmdline").read_bytes()
    )
    os.kill(checkpointer, signal.SIGSTOP)
    threading.Timer(1.3, os.kill, (checkpointer, signal.SIGCONT)).start()
    own.stop()
    assert not own.is_running()
    with own.in_use():
        assert ask(own, "SELECT number FROM kept") == [(7,)]


def test_the_number_of_a_killed_server_may_have_gone_to_another_process(own: Cluster) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        note = f"{other.pid}\n{own.folder}/data\n1\n5432\n{own.folder}\n\n"
        (own.folder / "data" / "postmaster.pid").write_text(note, encoding="ascii")
        own.socket_folder.mkdir(mode=0o700)
        (own.socket_folder / ".s.PGSQL.5432.lock").write_text(note, encoding="ascii")
        assert not own.is_running()
        with own.in_use():
            assert ask(own, "SELECT 1") == [(1,)]
        assert other.poll() is None
        other.kill()


def test_a_worker_of_a_killed_server_is_waited_for_and_named(own: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.hq.database.cluster.LAST_BREATH_S", 0.1)
    with subprocess.Popen(["sleep", "60"], cwd=own.folder / "data") as worker:
        with pytest.raises(
            ClusterFailed, match=f"has processes of a server that was killed: {worker.pid}; start again"
        ):
            own.start()
        worker.kill()


def test_a_making_that_is_killed_leaves_nothing_in_the_way(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", CREATE, str(folder)]) as making:
        while not list(folder.glob(".creating-*/PG_VERSION")):
            time.sleep(0.005)
        making.kill()
    made = Cluster(folder, list_binaries()[0])
    assert not made.is_created()
    made.create()
    assert sorted(path.name for path in folder.iterdir()) == ["data", "lock", "programs.log", "superuser.password"]


def test_a_making_that_fails_says_why_and_leaves_no_data(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "initdb").write_text("#!/bin/sh\necho 'disk full' >&2\nexit 1\n", encoding="ascii")
    (tmp_path / "initdb").chmod(0o755)
    failing = Cluster(folder, Binaries(tmp_path, 18, 6, Source.SYSTEM))
    with pytest.raises(ClusterFailed, match="disk full"):
        failing.create()
    assert not failing.is_created()


def test_a_cluster_of_another_version_is_not_started(own: Cluster) -> None:
    older = Cluster(own.folder, Binaries(own.binaries.folder, own.binaries.version - 1, 0, Source.SYSTEM))
    with pytest.raises(ClusterFailed, match=f"is of PostgreSQL {own.binaries.version}, and the programs here are of"):
        older.start()


def test_a_server_that_does_not_start_says_why(own: Cluster) -> None:
    with (own.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("include 'muster.conf'\nshared_buffers = 'much'\n")
    with pytest.raises(ClusterFailed, match="shared_buffers"):
        own.start()
    assert not own.is_running()


@pytest.mark.parametrize("name", ["d" * 110, 'it\'s, "quoted" $HOME `x`'])
def test_a_folder_whose_name_no_socket_bears_gets_one_elsewhere(pristine: Path, folder: Path, name: str) -> None:
    shutil.copytree(pristine, folder / name)
    own = Cluster(folder / name, list_binaries()[0])
    elsewhere = own.socket_folder
    assert elsewhere.parent == Path("/tmp")
    with own.in_use():
        assert ask(own, "SELECT 1") == [(1,)]
    elsewhere.rmdir()
    elsewhere.symlink_to(folder)
    with pytest.raises(ClusterFailed, match="is not ours alone; remove it"):
        own.start()
    elsewhere.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_serves_where_namespaces_are_not_permitted(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr("muster.hq.database.unprivileged.may_unshare", lambda: False)
    made = Cluster(folder, list_binaries()[0])
    made.create()
    with made.in_use():
        make_roles(made)
        assert made.is_running()
        assert (folder / "data").stat().st_uid == NOBODY
