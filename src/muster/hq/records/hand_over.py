"""Handing the key of a site over to a new one: an event that carries the signature of the key before."""

import uuid
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from muster.hq.records.body import Body
from muster.hq.records.canonical import Json, canonical_json

HANDED_OVER: Final = "site_key_handed_over"
"""Verb of the event. The checkpoint that covers it is still signed by the key before; all later ones by the new one."""
SITE_KIND: Final = "records.site"
"""Kind of the object that the event is about."""
PUBLIC_KEY: Final = "public_key"
"""Field that changes: 32 bytes before and after, in hexadecimal."""
SIGNATURE: Final = "signature"
"""Field that holds the signature of the key before, in hexadecimal."""
_SITES: Final = uuid.UUID("2c7bd9d4-56f5-5c26-9e0d-6e0f7c7d3a11")
_DOMAIN: Final = b"muster/records/hand-over/1\n"


def site_object(site: str) -> uuid.UUID:
    """The id by which events are about a site itself."""
    return uuid.uuid5(_SITES, site)


def handed_over(site: str, key: Ed25519PrivateKey, to: Ed25519PublicKey) -> dict[str, tuple[Json, Json]]:
    """What changes in the event: value before and after, by field."""
    before, after = raw_hex(key.public_key()), raw_hex(to)
    signed = _DOMAIN + canonical_json({"after": after, "before": before, "site": site})
    return {PUBLIC_KEY: (before, after), SIGNATURE: (None, key.sign(signed).hex())}


def raw_hex(key: Ed25519PublicKey) -> str:
    """The 32 bytes of a public key, in hexadecimal."""
    return key.public_bytes_raw().hex()


class NotHandedOver(ValueError):
    """An event that says that it hands the key of a site over, and does not."""


def next_key(site: str, key: Ed25519PublicKey, body: Body) -> Ed25519PublicKey:
    """The key to which an event hands over.

    Parameters
    ----------
    key
        The key in force, which must have signed.

    Raises
    ------
    NotHandedOver
        When it has not, or the body says something else.
    """
    told = {change.field: change.after for change in body.changes}
    after, signature = str(told.get(PUBLIC_KEY)), str(told.get(SIGNATURE))
    signed = _DOMAIN + canonical_json({"after": after, "before": raw_hex(key), "site": site})
    try:
        key.verify(bytes.fromhex(signature), signed)
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(after))
    except (InvalidSignature, ValueError):
        raise NotHandedOver(f"The key in force at {site} did not sign the hand-over.") from None
