"""Writing what another site lacks: headers for every site, bodies only for those that may hold them."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings

from muster.hq.records.body import Absence
from muster.hq.records.checkpoint import Checkpoint
from muster.hq.records.journal_file import Entry, JournalHead, write_journal
from muster.hq.records.keys import fingerprint
from muster.hq.records.models import SealRow
from muster.hq.records.sealing import SYNC, list_entries
from muster.hq.refused import Refused
from muster.hq.sites.bundle import Manifest, write_bundle
from muster.hq.sites.holding import Holds
from muster.hq.sites.models import KnownSite


class SiteUnknown(Refused):
    """A site of which nothing is known here."""

    def __init__(self, code: str) -> None:
        known = ", ".join(KnownSite.objects.using(SYNC).values_list("code", flat=True)) or "none"
        super().__init__(f'Site "{code}" is not known here; known: {known}. Add it with: muster hq sites add.')
        self.code = code


def send(path: Path, *, to: str, everything: bool = False) -> dict[str, int]:
    """Write a file for another site with what it lacks; gives the last sequence of each site that is in it.

    Parameters
    ----------
    everything
        Whether to send all, and not only what the site has not said that it has.

    Raises
    ------
    SiteUnknown
        When the site is not known here.
    OSError
        When the file cannot be written.
    """
    receiver = KnownSite.objects.using(SYNC).filter(code=to).first()
    if receiver is None or to == settings.SITE:
        raise SiteUnknown(to)
    has = {} if everything else {str(site): int(last) for site, last in receiver.has.items()}
    sending = {site: last for site, last in sealed_vector().items() if site != to}
    with tempfile.TemporaryDirectory(prefix=".sync-", dir=path.parent) as folder:
        journals = {site: Path(folder) / site for site in sending}
        for site, last in sending.items():
            _write(journals[site], site, after=min(has.get(site, 0), last), holds=receiver.holds())
        write_bundle(path, Manifest(settings.SITE, to, sealed_vector()), journals)
    return sending


def sealed_vector() -> Mapping[str, int]:
    """The last sealed event of each site that is here."""
    seals = SealRow.objects.using(SYNC).order_by("site", "-sequence").distinct("site")
    return dict(seals.values_list("site", "sequence"))


def key_of(site: str) -> Ed25519PublicKey:
    """The public key with which the journal of a site began.

    Raises
    ------
    SiteUnknown
        When the site is not known here.
    """
    known = KnownSite.objects.using(SYNC).filter(code=site).first()
    key = None if known is None else load_pem_public_key(known.public_key.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise SiteUnknown(site)
    return key


def _write(path: Path, site: str, *, after: int, holds: Holds) -> None:
    head = JournalHead(site, fingerprint(key_of(site)))
    write_journal(path, head, _for_holder(list_entries(site, after=after), holds))


def _for_holder(entries: Iterator[Entry | Checkpoint], holds: Holds) -> Iterator[Entry | Checkpoint]:
    for entry in entries:
        is_kept_back = isinstance(entry, Entry) and not holds.may_hold(entry.event.label)
        yield entry.without_body(Absence.WITHHELD) if isinstance(entry, Entry) and is_kept_back else entry
