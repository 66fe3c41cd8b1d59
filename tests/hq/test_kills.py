"""Whatever is killed, and whenever: a write that was acknowledged is there afterwards, and the journal verifies."""

import gzip
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import psycopg
import pytest

from hq.seeded import CELLS
from hq.test_hq_commands import SCENARIO, Browser, free_port, muster
from muster.hq.database import cluster_of
from muster.hq.database.cluster import SUPERUSER
from muster.hq.database.processes import list_working_in, read_number
from muster.hq.database.roles import DATABASE
from muster.hq.folder import PUBLIC_KEY_NAME
from muster.hq.records.keys import load_public_key
from muster.hq.records.verify import verify_journal
from muster.hq.served import find_server

WRITERS = 4
ANSWERS_WITHIN_S = 60.0
PASSWORD = "four words and a few more"


class Headquarters:
    """A headquarters that is served, killed in parts or as a whole, and served again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._serving: subprocess.Popen[bytes] | None = None

    def serve(self) -> None:
        """Serve, unless it is served; until pages answer."""
        until = time.monotonic() + ANSWERS_WITHIN_S
        while True:
            if self._serving is None or self._serving.poll() is not None:
                self._serving = self._begin()
            with suppress(OSError, HTTPException):
                Browser(self.port).get("/sign-in")
                return
            assert time.monotonic() < until, (self.folder / "server.log").read_text(encoding="utf-8")
            time.sleep(0.05)

    def _begin(self) -> subprocess.Popen[bytes]:
        words = ["hq", "serve", str(self.folder), "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-c", "from muster.cli import main; main()", *words], stdout=log, stderr=log
            )

    def stop(self) -> None:
        """Stop it as one does."""
        muster("stop", self.folder)
        if self._serving is not None:
            self._serving.wait(ANSWERS_WITHIN_S)

    def kill(self, what: str, chance: random.Random) -> None:
        """Kill a part of it, with no warning."""
        for number in self._numbers(what, chance):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        if self._serving is not None and what in {"all", "serving"}:
            self._serving.wait(10)

    def _numbers(self, what: str, chance: random.Random) -> list[int]:
        serving = [number for number in [find_server(self.folder)] if number is not None]
        servers = [child for number in serving for child in _children(number) if _is_server(child)]
        workers = [child for number in servers for child in _children(number)]
        data = self.folder / "database" / "data"
        database = list_working_in(data)
        postmaster = [number for number in [read_number(data / "postmaster.pid")] if number is not None]
        backends = [number for number in database if number not in postmaster]
        return {
            "worker": chance.sample(workers, min(1, len(workers))),
            "backend": chance.sample(backends, min(1, len(backends))),
            "database": postmaster,
            "server": servers,
            "serving": serving,
            "all": [*serving, *servers, *workers, *postmaster, *backends],
        }[what]


def _children(number: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _is_server(number: int) -> bool:
    try:
        return b"muster.hq.answering" in Path(f"/proc/{number}/cmdline").read_bytes()
    except FileNotFoundError:
        return False


class Writers:
    """Officers who enter one offer after the other, and note each that was acknowledged."""

    def __init__(self, port: int) -> None:
        self.acknowledged: list[str] = []
        self._port, self._done, self._run = port, threading.Event(), secrets.token_hex(3)
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _write(self, writer: int) -> None:
        browser, entered = None, 0
        while not self._done.is_set():
            try:
                if browser is None:
                    browser = Browser(self._port)
                    browser.send("/sign-in", username="LNO-FRA", password=PASSWORD, next="")
                entered += 1
                offer = f"FRA-{self._run}-{writer}-{entered}"
                page, _ = browser.send("/tables/offers/new", **CELLS, offer_id=offer, name="Kept")
                if re.fullmatch(r"/rows/[0-9a-f-]{36}", page):
                    self.acknowledged.append(offer)
            except (OSError, HTTPException, AssertionError):
                browser = None
                time.sleep(0.02)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A headquarters in which a liaison officer has a password of their own."""
    folder = tmp_path_factory.mktemp("kills") / "hq"
    said = muster("init", folder, "--scenario", SCENARIO, "--give", "LNO-FRA", "--second-factor", "offered")
    given = dict(re.findall(r"^  (\S+) +(\S+)$", said, re.MULTILINE))["LNO-FRA"]
    port = free_port()
    muster("serve", folder, "--port", port, "--background")
    browser = Browser(port)
    browser.send("/sign-in", username="LNO-FRA", password=given, next="")
    browser.send("/password", old_password=given, new_password1=PASSWORD, new_password2=PASSWORD)
    muster("stop", folder)
    yield folder
    muster("stop", folder)


def kept(folder: Path, journal: Path) -> tuple[set[str], set[str]]:
    """Ids of offers in the table, and in the journal, which must verify; no offer is in one only."""
    muster("export-records", folder, "--out", journal)
    assert verify_journal(journal, load_public_key(folder / PUBLIC_KEY_NAME)).findings == ()
    cluster = cluster_of(folder)
    with cluster.in_use(), psycopg.connect(**cluster.address(SUPERUSER, cluster.password(), DATABASE)) as database:
        rows = {
            row[0] for row in database.execute("SELECT name FROM hq.scenario_row WHERE \"table\" = 'offers'").fetchall()
        }
    with gzip.open(journal, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    recorded = {
        change["after"]
        for entry in entries
        if "content" in entry
        for change in entry["content"]["body"]["changes"]
        if change["field"] == "offer_id"
    }
    return rows, recorded


def survive(folder: Path, journal: Path, kills: list[str], pause_s: Callable[[], float], chance: random.Random) -> int:
    """Kill parts under load, one after the other; gives how many writes were acknowledged and kept."""
    headquarters = Headquarters(folder)
    headquarters.serve()
    try:
        with Writers(headquarters.port) as writers:
            for what in kills:
                before, until = len(writers.acknowledged), time.monotonic() + ANSWERS_WITHIN_S
                while len(writers.acknowledged) == before:
                    assert time.monotonic() < until, f"nothing was acknowledged before {what} was to be killed"
                    time.sleep(0.01)
                time.sleep(pause_s())
                headquarters.kill(what, chance)
                headquarters.serve()
    finally:
        headquarters.stop()
    rows, recorded = kept(folder, journal)
    assert set(writers.acknowledged) - rows == set()
    assert rows == recorded
    return len(writers.acknowledged)


def test_no_acknowledged_write_is_lost_by_kills(founded: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    acknowledged = survive(
        founded, tmp_path / "journal.gz", ["worker", "database", "all"], lambda: chance.uniform(0.1, 0.6), chance
    )
    assert acknowledged > 3


@pytest.mark.proofs
@pytest.mark.parametrize("seed", range(6))
def test_no_acknowledged_write_is_lost_by_many_kills(founded: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    parts = ["worker", "backend", "database", "server", "serving", "all"]
    kills = [chance.choice(parts) for _ in range(12)]
    assert survive(founded, tmp_path / "journal.gz", kills, lambda: chance.expovariate(2.0), chance) > len(kills)
