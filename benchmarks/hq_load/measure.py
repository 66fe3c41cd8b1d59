"""One go: a headquarters is filled and served, and asked for pages by turns with the baseline."""

import asyncio
import os
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.hq_load.arrivals import Answered, drive
from benchmarks.hq_load.asking import ask
from benchmarks.hq_load.filling import Filled, fill
from benchmarks.hq_load.leaks import Looked, look
from benchmarks.hq_load.servers import (
    Server,
    headquarters,
    list_database_processes,
    memory_mb,
    plain,
    processor_s,
    wait_until_idle,
)
from benchmarks.hq_load.size import Size

HEADQUARTERS: Final = "headquarters"
PLAIN: Final = "plain page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What became of the pages of one run.

    Attributes
    ----------
    latencies_ms
        Of each kind of page.
    processor_ms
        Of each page: in the server, in the database, and in whoever asks.
    looked
        None for the baseline, which shows everything to everybody.
    """

    name: str
    latencies_ms: dict[str, list[float]]
    errors: int
    kilobytes: float
    processor_ms: tuple[float, float, float]
    looked: Looked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All that was measured in one go.

    Attributes
    ----------
    export_s, export_mb
        The table of all offers for a spreadsheet, for a planner, who sees all of them.
    """

    size: Size
    per_s: float
    seconds: float
    filled_s: float
    machine_load: float
    started_s: float
    runs: tuple[Run, ...]
    export_s: float
    export_mb: float
    memory_mb: dict[str, float]


def measure(folder: Path, size: Size, *, per_s: float, seconds: float, rounds: int, seed: int) -> Measured:
    """Fill a headquarters in a folder and measure it, each round beside a round of the baseline."""
    machine_load = os.getloadavg()[0]
    begun = time.monotonic()
    folder.mkdir()
    filled = fill(folder, size, seed)
    filled_s = time.monotonic() - begun
    row = next(iter(filled.rows))
    with headquarters(folder) as ours, plain(f"/rows/{row}") as baseline:
        memory = {"served, before": memory_mb(ours.list_processes())}
        memory["database, before"] = memory_mb(list_database_processes(folder))
        runs = []
        for number in range(rounds + 1):
            each = []
            for name, server in ((HEADQUARTERS, ours), (PLAIN, baseline)):
                # What is still worked on for the run before must not count against this one.
                wait_until_idle(folder, ours, baseline)
                each.append(_run(filled, server, name, per_s, seconds, seed + number))
            runs += each if number else []
        memory["served, after"] = memory_mb(ours.list_processes())
        memory["database, after"] = memory_mb(list_database_processes(folder))
        memory["plain page, after"] = memory_mb(baseline.list_processes())
        begun = time.monotonic()
        export = _export(filled, ours.port)
        export_s = time.monotonic() - begun
        memory["served, after the export"] = memory_mb(ours.list_processes())
    return Measured(
        size=size, per_s=per_s, seconds=seconds, filled_s=filled_s, machine_load=machine_load,
        started_s=ours.started_s, runs=tuple(runs),
        export_s=export_s, export_mb=len(export) / 1e6, memory_mb=memory,
    )  # fmt: skip


def _run(filled: Filled, server: Server, name: str, per_s: float, seconds: float, seed: int) -> Run:
    asked = ask(filled, round(per_s * seconds), seed)
    before = _processor_ms(filled, server)
    answers = asyncio.run(drive(asked, server.port, per_s))
    after = _processor_ms(filled, server)
    looked = look(filled, answers) if name == HEADQUARTERS else None
    served, database, asking = ((late - early) / len(asked) for early, late in zip(before, after, strict=True))
    return Run(
        name=name,
        latencies_ms=_by_kind(answers),
        errors=looked.wrong if looked else sum(answer.status != 200 for answer in answers),
        kilobytes=sum(len(answer.body) for answer in answers) / len(answers) / 1000,
        processor_ms=(served, database, asking),
        looked=looked,
    )


def _processor_ms(filled: Filled, server: Server) -> tuple[float, float, float]:
    """Processor time used so far by a server, the database, and this process."""
    of = (server.list_processes(), list_database_processes(filled.folder), [os.getpid()])
    served, database, asking = (processor_s(numbers) * 1000 for numbers in of)
    return served, database, asking


def _by_kind(answers: Sequence[Answered]) -> dict[str, list[float]]:
    kinds: dict[str, list[float]] = {kind: [] for kind in Counter(answer.asked.kind for answer in answers)}
    for answer in answers:
        kinds[answer.asked.kind].append(answer.latency_ms)
    return kinds


def _export(filled: Filled, port: int) -> bytes:
    planner = next(account for account in filled.accounts if account.is_staff)
    request = urllib.request.Request(
        f"http://localhost:{port}/tables/offers.csv", headers={"Cookie": f"sessionid={planner.session}"}
    )
    with urllib.request.urlopen(request, timeout=300) as answer:
        content: bytes = answer.read()
    return content
