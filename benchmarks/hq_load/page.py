"""What was measured, as a page."""

import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Final

import django
import psycopg

import muster
from benchmarks.hq_load.asking import KINDS, PAGES
from benchmarks.hq_load.measure import HEADQUARTERS, PLAIN, Measured, Run
from benchmarks.hq_load.size import PER_S, TARGET_P99_MS, WHOLE
from muster.hq.answering import THREADS, WORKERS
from muster.hq.database import find_binaries

_READ: Final = (
    "Every answer is read: each row on it, and each word that stands in one row only, is held against the label of "
    "the row by the rules of disclosure in Python. *Wrong* is any answer but the page, or for a row that one may not "
    "see any but that there is none."
)
_BASELINE: Final = (
    "Baseline, by turns in the same go: a plain page of Django over the same table in the same server, with no "
    "sign-in, no middleware, no policies, no labels and no navigation. It counts its rows and searches them as Django "
    "does by itself, and shows everything to everybody."
)


def page(measured: Measured, words: Sequence[str], *, at: datetime) -> str:
    """The page of one go."""
    told = (_protocol(measured, words, at), _headquarters(measured), _READ, _BASELINE)
    tables = (_runs(measured.runs), _kinds(measured.runs), _verdict(measured), _beside(measured))
    paragraphs = ["# The headquarters under load", *told, *("\n".join(lines) for lines in tables)]
    return "\n\n".join(paragraphs) + "\n"


def _protocol(measured: Measured, words: Sequence[str], at: datetime) -> str:
    return (
        f"Protocol: `python -m benchmarks.hq_load {' '.join(words)}`, {at:%Y-%m-%d}, Muster {muster.__version__}, "
        f"Python {platform.python_version()}, Django {django.__version__}, psycopg {psycopg.__version__}, "
        f"PostgreSQL {find_binaries(None).version}, {os.cpu_count()} cores, {platform.machine()}; the load of the "
        f"machine was {measured.machine_load:.1f} before it began. Server, database and load generator share the cores."
    )


def _headquarters(measured: Measured) -> str:
    size = measured.size
    asked = ", ".join(f"{part:.0%} {kind}" for kind, part in KINDS.items())
    return (
        f"A headquarters of {size.nations} nations, {size.requirements:,} requirements and {size.offers:,} offers is "
        "founded in an empty folder. Its rows are inserted by the owner of the schema; of a hundred offers 60 are for "
        "their owner alone, 25 for three other nations, 5 sensitive, 10 for every nation. It is served by `muster hq "
        f"serve`, {WORKERS} workers of {THREADS} threads, and {size.accounts} accounts are signed in. Pages are asked "
        f"for at fixed times, {measured.per_s:g} a second for {measured.seconds:g} s, whether others were answered or "
        "not, and a latency counts from the time at which the page was to be asked for. What is asked for: "
        f"{asked}. Later pages are 2 to {PAGES}; half of the words that are searched stand in many rows, half in one. "
        "A first round is not counted."
    )


def percentile(latencies: Sequence[float], part: float) -> float:
    """The latency that this part of all does not exceed."""
    ordered = sorted(latencies)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def _runs(runs: Sequence[Run]) -> Iterator[str]:
    yield (
        "| page | p50 ms | p95 ms | p99 ms | longest ms | wrong | rows shown | rows leaked | kB a page "
        "| processor ms a page: server, database, generator |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for run in runs:
        every = _every(run)
        shown = ("-", "-") if run.looked is None else (f"{run.looked.shown:,}", f"{run.looked.leaked:,}")
        told = (*(percentile(every, part) for part in (0.5, 0.95, 0.99)), max(every))
        yield (
            f"| {run.name} | {' | '.join(f'{latency_ms:.0f}' for latency_ms in told)} | {run.errors} of {len(every):,} "
            f"| {shown[0]} | {shown[1]} | {run.kilobytes:.1f} "
            f"| {', '.join(f'{each:.1f}' for each in run.processor_ms)} |"
        )


def _kinds(runs: Sequence[Run]) -> Iterator[str]:
    yield "| kind | of the headquarters: p50 ms | p99 ms | of the plain page: p50 ms | p99 ms |"
    yield "|---|---|---|---|---|"
    for kind in KINDS:
        figures = []
        for name in (HEADQUARTERS, PLAIN):
            latencies = list(chain.from_iterable(run.latencies_ms.get(kind, []) for run in runs if run.name == name))
            figures += [f"{percentile(latencies, part):.0f}" if latencies else "-" for part in (0.5, 0.99)]
        yield f"| {kind} | {' | '.join(figures)} |"


def _verdict(measured: Measured) -> Iterator[str]:
    """Against the target, in the median of the rounds."""
    ours = [run for run in measured.runs if run.looked is not None]
    p99_ms = statistics.median(percentile(_every(run), 0.99) for run in ours)
    wrong = sum(run.errors for run in ours)
    leaked = sum(run.looked.leaked for run in ours if run.looked is not None)
    is_whole = measured.size == WHOLE and measured.per_s >= PER_S
    is_kept = p99_ms < TARGET_P99_MS and not wrong and not leaked
    verdict = (
        "Met." if is_kept and is_whole else "Not met." if is_whole else "Not the load of the target, so no verdict."
    )
    yield (
        f"Target: {PER_S:g} pages a second, p99 under {TARGET_P99_MS:.0f} ms, nothing wrong, nothing leaked. Measured "
        f"at {measured.per_s:g} a second: p99 {p99_ms:.0f} ms in the median of {len(ours)} rounds, {wrong} wrong, "
        f"{leaked} leaked. {verdict}"
    )


def _beside(measured: Measured) -> Iterator[str]:
    yield "| beside | |"
    yield "|---|---|"
    yield f"| from `muster hq serve` to the first page, its database started with it | {measured.started_s:.1f} s |"
    yield (f"| all offers as CSV, for a planner | {measured.export_s:.1f} s, {measured.export_mb:.1f} MB |")
    for name, memory_mb in measured.memory_mb.items():
        yield f"| memory, {name} | {memory_mb:.0f} MB |"
    yield f"| founded and filled | {measured.filled_s:.0f} s |"


def _every(run: Run) -> list[float]:
    return list(chain.from_iterable(run.latencies_ms.values()))
