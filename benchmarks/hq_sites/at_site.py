"""Run as a program at one site: does one thing, and tells how long it took as JSON.

A process of its own, because Django works for one headquarters in one process.
"""

import json

# ruff: noqa: PLC0415 - what stands on models is imported once the process works for a headquarters
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.folder import PUBLIC_KEY_NAME, SITE_KEY_NAME
from muster.hq.serving import founded

TABLES: Final = ("records_eventrow", "records_bodyrow", "records_sealrow", "scenario_row")
"""What comes of taking a journal in; the baseline copies the same rows."""
_AT_ONCE: Final = 1000
_LABEL: Final = Label("FRA", Marking.RESTRICTED, frozenset({EVERY_NATION}))
_SINGLE: Final = 500
"""Writes that are made one by one."""


def fill(events: str) -> dict[str, float]:
    """Enter offers of France, a thousand in a transaction, and seal."""
    from muster.hq.records.keys import load_site_key
    from muster.hq.records.sealing import seal_new

    begun = time.monotonic()
    for first in range(0, int(events), _AT_ONCE):
        _enter(range(first, min(first + _AT_ONCE, int(events))))
    entered = time.monotonic()
    seal_new(load_site_key(_folder() / SITE_KEY_NAME), at=datetime.now(UTC))
    return {"enter_s": entered - begun, "seal_s": time.monotonic() - entered}


def write_singly() -> dict[str, float]:
    """Enter offers one by one, with events, and insert the same rows without any."""
    from django.conf import settings
    from django.db import transaction

    from muster.hq.people.queries import bits
    from muster.hq.scenario.models import Row

    begun = time.monotonic()
    for number in range(_SINGLE):
        _enter(range(10_000_000 + number, 10_000_001 + number))
    with_events = time.monotonic() - begun
    begun = time.monotonic()
    for number in range(_SINGLE):
        with transaction.atomic(using="owner"):
            row = Row(table="offers", site=settings.SITE, position=number, changed_at=datetime.now(UTC))
            row.fill(_cells(20_000_000 + number))
            row.put_label(_LABEL, bits())
            row.save(using="owner")
    return {"with_events_s": with_events, "without_s": time.monotonic() - begun, "writes": _SINGLE}


def send(path: str, to: str) -> dict[str, float]:
    """Write the file for another site."""
    from muster.hq.sites.sending import send as write

    begun = time.monotonic()
    write(Path(path), to=to)
    return {"send_s": time.monotonic() - begun, "megabytes": Path(path).stat().st_size / 1e6}


def receive(path: str) -> dict[str, float]:
    """Take the file in."""
    from muster.hq.sites.receiving import receive as take_in

    begun = time.monotonic()
    taken = take_in(Path(path), at=datetime.now(UTC))
    return {"receive_s": time.monotonic() - begun, "events": sum(taken.events.values())}


def verify(path: str) -> dict[str, float]:
    """Export the journal of the site and verify it, as somebody who has the public key alone."""
    from muster.hq.records.keys import load_public_key
    from muster.hq.records.sealing import export_journal
    from muster.hq.records.verify import verify_journal

    key = load_public_key(_folder() / PUBLIC_KEY_NAME)
    begun = time.monotonic()
    export_journal(Path(path), key)
    exported = time.monotonic()
    verified = verify_journal(Path(path), key)
    assert not verified.findings
    return {"export_s": exported - begun, "verify_s": time.monotonic() - exported, "events": float(verified.events)}


def copy_out(folder: str) -> dict[str, float]:
    """The baseline: the same tables written by the database as they are."""
    from django.db import connections

    begun = time.monotonic()
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            with (
                (Path(folder) / table).open("wb") as file,
                cursor.copy(f"COPY hq.{table} TO STDOUT (FORMAT binary)") as copy,
            ):
                for block in copy:
                    file.write(block)
    return {"copy_out_s": time.monotonic() - begun}


def copy_in(folder: str) -> dict[str, float]:
    """The baseline: read into tables of the same shape and indexes; nothing is verified, or written out of them."""
    from django.db import connections

    begun = time.monotonic()
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE hq.copy_{table} (LIKE hq.{table} INCLUDING ALL)")
            with cursor.copy(f"COPY hq.copy_{table} FROM STDIN (FORMAT binary)") as copy:
                copy.write((Path(folder) / table).read_bytes())
    return {"copy_in_s": time.monotonic() - begun}


def _enter(numbers: range) -> None:
    from django.db import transaction

    from muster.hq.founding import act_as
    from muster.hq.people.models import Account
    from muster.hq.scenario.actions import NewRow, enter_rows

    by, at = Account.objects.get(post_id="LNO-FRA"), datetime.now(UTC)
    with transaction.atomic():
        act_as(by, at=at)
        enter_rows(rows=[NewRow("offers", _cells(number), _LABEL) for number in numbers], by=by, at=at)


def _cells(number: int) -> dict[str, str]:
    return {
        "offer_id": f"FRA-{number:08}", "nation": "FRA", "name": f"Company {number}", "capability": "infantry",
        "size": "company", "quantity": "1", "people": "120", "notice_days": "20", "status": "pledge",
        "place_allowed": "in country", "has": "english;night", "said_on": "2026-03-27", "source": "notional",
    }  # fmt: skip


def _folder() -> Path:
    return Path(sys.argv[1])


def main() -> None:
    """Do what the second argument names, with the others."""
    what: dict[str, Any] = {
        each.__name__: each for each in (fill, write_singly, send, receive, verify, copy_out, copy_in)
    }
    with founded(_folder()):
        print(json.dumps(what[sys.argv[2]](*sys.argv[3:])))


if __name__ == "__main__":
    main()
