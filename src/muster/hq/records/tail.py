"""Looking at the end of the journal in the database: quick, and done while it is written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from muster.hq.boundary.masks import bits_by_code
from muster.hq.people.models import Principal
from muster.hq.records.chain import Tip, event_hash
from muster.hq.records.checkpoint import Checkpoint, signed_text
from muster.hq.records.models import CheckpointRow, EventRow, SealRow
from muster.hq.records.sealing import SYNC

LOOKED_AT: Final = 1000
"""Events at the end that are looked at; the whole journal is verified from an export."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of the journal.

    Attributes
    ----------
    last, sealed_to
        The last event written, and the last sealed; 0 where there is none.
    unsealed_since
        When the first event that is not sealed was written; None where all are.
    broken_at
        First of the events looked at that is not as it was sealed; None where all are.
    """

    last: int
    sealed_to: int
    unsealed_since: datetime | None
    broken_at: int | None


@transaction.atomic(using=SYNC)
def look_at_tail(key: Ed25519PublicKey) -> Tail:
    """Look at the last events: whether they are sealed, and are still as they were then.

    Parameters
    ----------
    key
        That signs now.
    """
    events = EventRow.objects.using(SYNC).filter(site=settings.SITE)
    seals = list(SealRow.objects.using(SYNC).filter(site=settings.SITE).order_by("-sequence")[: LOOKED_AT + 1])[::-1]
    sealed_to = seals[-1].sequence if seals else 0
    last = events.order_by("-sequence").first()
    unsealed = events.filter(sequence__gt=sealed_to).order_by("sequence").first()
    broken = _first_altered(seals)
    if broken is None and seals and not _is_signed(seals[-1], key):
        broken = sealed_to
    return Tail(last.sequence if last else 0, sealed_to, unsealed.at if unsealed else None, broken)


def _first_altered(seals: list[SealRow]) -> int | None:
    """The first event whose header, or body, is not what was sealed; the first seal only says what came before."""
    bits = bits_by_code(Principal.objects.using(SYNC).values_list("code", "bit"))
    if not seals:
        return None
    before = Tip.start(settings.SITE).hash if seals[0].sequence == 1 else None
    within = EventRow.objects.using(SYNC).filter(site=settings.SITE, sequence__gte=seals[0].sequence)
    rows = {row.sequence: row for row in within.select_related("body")}
    for seal in seals:
        if before is not None:
            row = rows.get(seal.sequence)
            if row is None or event_hash(before, row.event(bits)) != bytes(seal.hash) or not _is_own_body(row):
                return seal.sequence
        before = bytes(seal.hash)
    return None


def _is_own_body(row: EventRow) -> bool:
    """Whether the body is the one that the header tells of; one that was purged is not looked at."""
    body = getattr(row, "body", None)
    return body is None or body.salted().digest() == bytes(row.body_digest)


def _is_signed(seal: SealRow, key: Ed25519PublicKey) -> bool:
    """Whether the site has signed the chain up to a seal."""
    row = CheckpointRow.objects.using(SYNC).filter(site=seal.site, sequence=seal.sequence).first()
    if row is None or bytes(row.hash) != bytes(seal.hash):
        return False
    checkpoint = Checkpoint(row.site, row.sequence, bytes(row.hash), row.sealed_at, bytes(row.signature))
    try:
        key.verify(checkpoint.signature, signed_text(checkpoint))
    except InvalidSignature:
        return False
    return True
