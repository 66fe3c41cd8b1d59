"""Checkpoints: the signature of a site under all its events up to one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from muster.hq.records.canonical import Json, canonical_json
from muster.hq.records.chain import Sealed
from muster.hq.records.event import DIGEST_BYTES, EventRefused, refuse_no_site

SIGNATURE_BYTES: Final = 64
"""Length of an Ed25519 signature."""
_DOMAIN: Final = b"muster/records/checkpoint/1\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A site's word that its chain up to an event is as it was.

    Attributes
    ----------
    sequence, hash
        The last event that it covers, and that event's hash.
    sealed_at
        When it was signed, by the wall clock of the site, aware UTC.
    signature
        Ed25519, of the domain and the JSON text of the rest; 64 bytes.
    """

    site: str
    sequence: int
    hash: bytes
    sealed_at: datetime
    signature: bytes

    def __post_init__(self) -> None:
        """Refuse what could not be written."""
        refuse_no_site(self.site)
        if self.sealed_at.utcoffset() != timedelta(0):
            raise EventRefused(self.place, "has a checkpoint at a time that is not UTC", "pass an aware UTC instant")
        if len(self.hash) != DIGEST_BYTES or len(self.signature) != SIGNATURE_BYTES:
            raise EventRefused(self.place, "has a checkpoint with hash or signature of a wrong length", "sign it again")

    @property
    def place(self) -> str:
        """Where it stands: after ``KYI#101``."""
        return f"{self.site}#{self.sequence}"

    def to_json(self) -> dict[str, Json]:
        """What is signed, as JSON."""
        return _signed_json(self.site, self.sequence, self.hash, self.sealed_at)


def sign(sealed: Sealed, *, key: Ed25519PrivateKey, at: datetime) -> Checkpoint:
    """Sign the chain up to the last event of a batch; only what is sealed can be signed."""
    tip = sealed.tip
    text = _text(_signed_json(tip.site, tip.sequence, tip.hash, at))
    return Checkpoint(tip.site, tip.sequence, tip.hash, at, key.sign(text))


def signed_text(checkpoint: Checkpoint) -> bytes:
    """What the signature of a checkpoint is under."""
    return _text(checkpoint.to_json())


def _text(signed: dict[str, Json]) -> bytes:
    return _DOMAIN + canonical_json(signed)


def _signed_json(site: str, sequence: int, last_hash: bytes, at: datetime) -> dict[str, Json]:
    sealed_at = f"{at.isoformat(timespec='microseconds')[:26]}Z"
    return {"hash": last_hash.hex(), "sealed_at": sealed_at, "sequence": sequence, "site": site}
