"""Sealing the journal in batches, as a role of its own that reads all events and writes none, and its export."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connections, transaction

from muster.hq.boundary.masks import bits_by_code
from muster.hq.people.models import Principal
from muster.hq.records.body import Absence
from muster.hq.records.chain import Tip, seal
from muster.hq.records.checkpoint import Checkpoint, sign
from muster.hq.records.hand_over import HANDED_OVER, PUBLIC_KEY, raw_hex, site_object
from muster.hq.records.journal_file import Entry, JournalHead, write_journal
from muster.hq.records.keys import fingerprint
from muster.hq.records.models import BodyRow, CheckpointRow, EventRow, SealRow
from muster.hq.refused import Refused

SYNC: Final = "sync"
"""Name of the connection of that role."""
BATCH: Final = 500
"""Events that are sealed or read at once, at most."""
_ONE_AT_A_TIME: Final = 0x5EA1
"""Lock of the database under which one process seals."""


class KeyHandedOver(Refused):
    """A key that seals no more, or not yet: the journal has handed over to another one."""


def seal_new(key: Ed25519PrivateKey, *, at: datetime) -> int:
    """Seal the events that are not sealed yet, and sign; gives how many were sealed.

    Raises
    ------
    KeyHandedOver
        When the journal has handed over to another key; what that one signs is sealed.
    """
    sealed = 0
    while batch := _seal_batch(key, at):
        sealed += batch
    return sealed


@transaction.atomic(using=SYNC)
def _seal_batch(key: Ed25519PrivateKey, at: datetime) -> int:
    with connections[SYNC].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    bits = _bits()
    tip = _tip(bits)
    rows = EventRow.objects.using(SYNC).filter(site=settings.SITE, sequence__gt=tip.sequence).order_by("sequence")
    events = [row.event(bits) for row in rows[:BATCH]]
    if not events:
        return 0
    if find_key_in_force(settings.SITE, tip.sequence) not in {None, raw_hex(key.public_key())}:
        raise KeyHandedOver(f"The key of {settings.SITE} was handed over to another one; seal with that.")
    sealed = seal(tip, events)
    SealRow.objects.using(SYNC).bulk_create(
        SealRow(site=event.site, sequence=event.sequence, hash=digest)
        for event, digest in zip(events, sealed.hashes, strict=True)
    )
    signed = sign(sealed, key=key, at=at)
    CheckpointRow.objects.using(SYNC).create(
        site=signed.site,
        sequence=signed.sequence,
        hash=signed.hash,
        sealed_at=signed.sealed_at,
        signature=signed.signature,
    )
    return len(events)


def find_key_in_force(site: str, sealed_to: int) -> str | None:
    """The public key to which a journal has handed over up to a sealed event, in hexadecimal; None without one."""
    over = EventRow.objects.using(SYNC).filter(object_id=site_object(site), verb=HANDED_OVER)
    last = over.filter(site=site, sequence__lte=sealed_to).select_related("body").order_by("-sequence").first()
    body: BodyRow | None = getattr(last, "body", None)
    told = {} if body is None else {change.field: change.after for change in body.salted().body.changes}
    found = told.get(PUBLIC_KEY)
    return found if isinstance(found, str) else None


def sealed_to() -> int:
    """The last sealed event; 0 where there is none."""
    last = SealRow.objects.using(SYNC).filter(site=settings.SITE).order_by("-sequence").first()
    return 0 if last is None else last.sequence


def export_journal(path: Path, key: Ed25519PublicKey) -> int:
    """Write all sealed events of this site with their bodies, whole or not at all; gives how many there are.

    Parameters
    ----------
    key
        With which the journal begins.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    with transaction.atomic(using=SYNC):
        write_journal(path, JournalHead(settings.SITE, fingerprint(key)), list_entries(settings.SITE))
        return SealRow.objects.using(SYNC).filter(site=settings.SITE).count()


def list_entries(site: str, *, after: int = 0) -> Iterator[Entry | Checkpoint]:
    """Sealed events of a site as they are stored now, beside the hashes of then: what was altered since can be found.

    An event that is not there any more is left out, and so leaves a gap that a verifier names.

    Parameters
    ----------
    after
        Sequence after which to begin; its hash must be here.
    """
    absence = Absence.PURGED if site == settings.SITE else Absence.WITHHELD
    all_seals = SealRow.objects.using(SYNC).filter(site=site)
    before = all_seals.filter(sequence=after).first()
    bits, previous = _bits(), Tip.start(site).hash if before is None else bytes(before.hash)
    seals = all_seals.filter(sequence__gt=after).order_by("sequence")
    while batch := list(seals[:BATCH]):
        within = {"site": site, "sequence__range": (batch[0].sequence, batch[-1].sequence)}
        events = EventRow.objects.using(SYNC).filter(**within).select_related("body")
        event_of = {row.sequence: row for row in events}
        signed = {row.sequence: row for row in CheckpointRow.objects.using(SYNC).filter(**within)}
        for row in batch:
            if event := event_of.get(row.sequence):
                body: BodyRow | None = getattr(event, "body", None)
                yield Entry(event.event(bits), previous, bytes(row.hash), body.salted() if body else absence)
            previous = bytes(row.hash)
            if found := signed.get(row.sequence):
                yield Checkpoint(found.site, found.sequence, bytes(found.hash), found.sealed_at, bytes(found.signature))
        seals = seals.filter(sequence__gt=batch[-1].sequence)


def _tip(bits: dict[str, int]) -> Tip:
    """The end of the chain so far."""
    last = SealRow.objects.using(SYNC).filter(site=settings.SITE).order_by("-sequence").first()
    if last is None:
        return Tip.start(settings.SITE)
    row = EventRow.objects.using(SYNC).get(site=last.site, sequence=last.sequence)
    return Tip(last.site, last.sequence, row.event(bits).time, bytes(last.hash))


def _bits() -> dict[str, int]:
    return bits_by_code(Principal.objects.using(SYNC).values_list("code", "bit"))
