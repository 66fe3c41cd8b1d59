"""Taking in what another site wrote: verified, in an order in which causes come first, whole or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connections, transaction

from muster.hq.records.body import SaltedBody
from muster.hq.records.chain import Tip
from muster.hq.records.clock import HybridTime
from muster.hq.records.journal_file import Entry, JournalRefused, open_journal
from muster.hq.records.models import EventRow, SealRow, Site
from muster.hq.records.sealing import find_key_in_force
from muster.hq.sites.bundle import BundleRefused, open_bundle
from muster.hq.sites.incoming import Incoming
from muster.hq.sites.models import OWNER, KnownSite
from muster.hq.sites.sending import SiteUnknown, key_of
from muster.hq.sites.storing import Storing

_AT_ONCE: Final = 1000
_ONE_AT_A_TIME: Final = 0x5EA3
"""Lock of the database under which one process takes journals in."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file.

    Attributes
    ----------
    events
        New events of each site.
    not_taken
        Bodies that the sender should not have sent here: only their digests were kept.
    conflicts
        Open conflicts between things that were written to.
    waiting
        For each site the event that waits, and the one that it waits for: that has to come from elsewhere first.
    """

    events: Mapping[str, int]
    not_taken: int
    conflicts: int
    waiting: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def receive(path: Path, *, at: datetime) -> Received:
    """Take in a file that another site sent. Taking it in again changes nothing.

    Raises
    ------
    BundleRefused
        When it is for another site, damaged, or not what the sites signed.
    OSError
        When it cannot be read.
    """
    with ExitStack() as stack:
        manifest, journals = stack.enter_context(open_bundle(path))
        if manifest.receiver != settings.SITE:
            raise BundleRefused(path, f"is for {manifest.receiver}", f"take it in there; this is {settings.SITE}")
        with transaction.atomic(using=OWNER):
            with connections[OWNER].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
            coming = {
                site: stack.enter_context(_opened(path, site, journal))
                for site, journal in sorted(journals.items())
                if site != settings.SITE
            }
            received = _take_in(coming, Storing(path, at))
            KnownSite.objects.using(OWNER).filter(code=manifest.sender).update(has=dict(manifest.has))
            return received


@contextmanager
def _opened(path: Path, site: str, journal: Path) -> Iterator[Incoming]:
    try:
        with open_journal(journal) as (head, entries):
            if head.site != site:
                raise BundleRefused(path, f"has the journal of {head.site} under {site}", "ask the site for it again")
            tip = _tip(site)
            yield Incoming(path, entries, tip, _key(path, site, tip))
    except JournalRefused as error:
        raise BundleRefused(path, f"has a damaged journal of {site} ({error})", "ask the site for it again") from None


def _tip(site: str) -> Tip:
    last = SealRow.objects.using(OWNER).filter(site=site).order_by("-sequence").first()
    if last is None:
        return Tip.start(site)
    time = EventRow.objects.using(OWNER).get(site=site, sequence=last.sequence).time
    return Tip(site, last.sequence, HybridTime.parse(time), bytes(last.hash))


def _key(path: Path, site: str, tip: Tip) -> Ed25519PublicKey:
    try:
        first = key_of(site)
    except SiteUnknown:
        remedy = f"if it is one of yours, add it: muster hq sites add DIR {site} --key FILE"
        raise BundleRefused(path, f"has the journal of {site}, a site that is not known here", remedy) from None
    now = find_key_in_force(site, tip.sequence)
    return first if now is None else Ed25519PublicKey.from_public_bytes(bytes.fromhex(now))


def _take_in(coming: Mapping[str, Incoming], storing: Storing) -> Received:
    """Take what is possible, site by site in turn, until nothing more is: an event waits for all that it had seen."""
    has = dict(Site.objects.using(OWNER).values_list("code", "last_sequence"))
    taken = dict.fromkeys(coming, 0)
    goes_on = True
    while goes_on:
        goes_on = False
        for site, incoming in coming.items():
            entries = list(_possible(incoming, has))
            if entries:
                storing.store(incoming, entries)
                taken[site] += len(entries)
                goes_on = True
    storing.note_clock()
    return Received(
        events={site: count for site, count in taken.items() if count},
        not_taken=storing.not_taken,
        conflicts=storing.conflicts,
        waiting={site: told for site, incoming in coming.items() if (told := _waits(incoming, has))},
    )


def _possible(incoming: Incoming, has: dict[str, int]) -> Iterator[Entry]:
    for _ in range(_AT_ONCE):
        entry = incoming.first()
        if entry is None or _missing(entry, has):
            return
        has[entry.event.site] = entry.event.sequence
        yield incoming.take()


def _missing(entry: Entry, has: Mapping[str, int]) -> str | None:
    """An event that the writer had seen and that is not here; of a body that was kept back nobody here can tell."""
    if not isinstance(entry.content, SaltedBody):
        return None
    lacking = (f"{site}#{last}" for site, last in sorted(entry.content.body.seen.items()) if has.get(site, 0) < last)
    return next(lacking, None)


def _waits(incoming: Incoming, has: Mapping[str, int]) -> tuple[str, str] | None:
    entry = incoming.first()
    if entry is None:
        return None
    return entry.event.place, _missing(entry, has) or ""
