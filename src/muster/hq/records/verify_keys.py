"""Which key signs at a place of a journal: the trusted one, and those to which it is handed over.

Nothing is shared with the code that hands over: the encoding is that of ``docs/formulation/records.md``.
"""

from hashlib import sha256
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import DecodeError, Meta, Struct, ValidationError
from msgspec.json import Decoder, encode

from muster.hq.records.verify_lines import Content, Header, Hex32

_VERB: Final = "site_key_handed_over"
_KIND: Final = "records.site"
_DOMAIN: Final = b"muster/records/hand-over/1\n"


class _Keys(Struct, forbid_unknown_fields=True, frozen=True):
    after: Hex32
    base_version: int
    before: Hex32
    field: Literal["public_key"]


class _Signature(Struct, forbid_unknown_fields=True, frozen=True):
    after: Annotated[str, Meta(pattern=r"\A[0-9a-f]{128}\Z")]
    base_version: int
    before: None
    field: Literal["signature"]


class _Body(Struct, frozen=True):
    changes: tuple[_Keys, _Signature]


class _Signed(Struct, frozen=True):
    """What the key before signs; fields in the order of their spelling."""

    after: str
    before: str
    site: str


_BODY: Final = Decoder(_Body)


class Keys:
    """The key that is in force, and those to which it was handed over so far."""

    def __init__(self, site: str, trusted: Ed25519PublicKey) -> None:
        self._site, self.current = site, trusted
        self.taken: list[tuple[int, str]] = []
        self._told: tuple[int, Ed25519PublicKey] | None = None

    def hear(self, position: int, header: Header, content: Content | str) -> str | None:
        """Take in an event whose header and body hold; gives what is wrong with it where it hands over in vain."""
        if (header.verb, header.object_kind) != (_VERB, _KIND) or header.site != self._site:
            return None
        if isinstance(content, str):
            return "hands the key of the site over, and its body is not there, so the new key is not known"
        try:
            keys, signature = _BODY.decode(bytes(content.body)).changes
        except (DecodeError, ValidationError):
            return "hands the key of the site over, and does not say to which"
        if keys.before != self.current.public_bytes_raw().hex():
            return "hands over another key than the one in force"
        signed = _DOMAIN + encode(_Signed(keys.after, keys.before, self._site))
        try:
            self.current.verify(bytes.fromhex(signature.after), signed)
        except InvalidSignature:
            return "hands the key of the site over without the signature of the key in force"
        self._told = position, Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys.after))
        return None

    def forget(self) -> None:
        """The chain is broken: what was told before is under no later checkpoint."""
        self._told = None

    def signed_through(self, sequence: int) -> None:
        """The key in force has signed the chain up to an event; a hand-over in it holds from here on."""
        if self._told is not None and self._told[0] <= sequence:
            position, self.current = self._told
            self.taken.append((position, sha256(self.current.public_bytes_raw()).hexdigest()))
            self._told = None
