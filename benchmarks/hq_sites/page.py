"""What was measured, as a page."""

import os
import platform
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import muster

CATCH_UP_S: Final = 30.0
"""Wanted for 100,000 events."""
VERIFY_S: Final = 60.0
"""Wanted for a million."""
_WHAT: Final = (
    "Paris enters {events:,} offers, a thousand in a transaction, while the link to London is cut. Then one file is "
    "written, and taken in: every event is verified, stored, and its row written out of it. Baseline, in the same go: "
    "PostgreSQL copies the same rows of the same tables out of one database and into tables with the same indexes in "
    "the other, verifies nothing, and writes nothing out of what it reads."
)
_NOT: Final = (
    "Not measured: a link, since journals travel as files; the gap in service while the seat moves, in which only "
    "reserved acts wait, for as long as people carry files."
)


def page(measured: Mapping[str, float], events: int, load: float, at: datetime) -> str:
    """The page of one go."""
    protocol = (
        f"Protocol: `python -m benchmarks.hq_sites --events {events}`, {at:%Y-%m-%d}, Muster {muster.__version__}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; the load of the machine "
        f"was {load:.1f} before it began."
    )
    parts = (
        "# Journals between sites", protocol, _WHAT.format(events=events), "\n".join(_rows(measured, events)),
        "\n".join(_targets(measured, events)), _NOT,
    )  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _rows(measured: Mapping[str, float], events: int) -> Iterator[str]:
    m = measured
    yield "| what | seconds | each second |"
    yield "|---|---|---|"
    for what, seconds, count in (
        ("entered, with events", m["enter_s"], events),
        ("sealed and signed", m["seal_s"], events),
        (f"file written ({m['megabytes']:.1f} MB)", m["send_s"], events),
        ("file taken in", m["receive_s"], events),
        ("baseline, copied out and in", m["copy_out_s"] + m["copy_in_s"], events),
        ("journal exported for the archive", m["export_s"], m["events"]),
        ("and verified with the public key alone", m["verify_s"], m["events"]),
        (f"{m['writes']:.0f} writes one by one, each with its event", m["with_events_s"], m["writes"]),
        ("baseline, the same rows with no event, rule or context", m["without_s"], m["writes"]),
    ):
        yield f"| {what} | {seconds:.1f} | {count / seconds:,.0f} |"


def _targets(measured: Mapping[str, float], events: int) -> Iterator[str]:
    catch_up = (measured["send_s"] + measured["receive_s"]) * 1e5 / events
    verified = measured["verify_s"] / measured["events"] * 1e6
    yield "| target | measured | met |"
    yield "|---|---|---|"
    for what, wanted, seconds in (
        ("100,000 events written to a file and taken in", CATCH_UP_S, catch_up),
        ("a million events verified", VERIFY_S, verified),
    ):
        yield f"| {what} in {wanted:.0f} s | {seconds:.0f} s | {'yes' if seconds < wanted else 'no'} |"
