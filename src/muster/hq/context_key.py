"""A key by which the context of each request is signed, and what of it the database needs."""

import secrets
from dataclasses import dataclass
from typing import Final, Self

_BLOCK: Final = 64
"""Bytes of a block of SHA-256."""
_INNER, _OUTER = 0x36, 0x5C
"""Paddings of HMAC."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the context.

    Attributes
    ----------
    secret
        At most 64 bytes.
    """

    key_id: str
    secret: bytes

    @classmethod
    def draw(cls) -> Self:
        """Draw a key."""
        return cls(secrets.token_hex(4), secrets.token_bytes(32))

    def paddings(self) -> tuple[bytes, bytes]:
        """Inner and outer block of HMAC (RFC 2104), which is all that the database needs to verify."""
        block = self.secret.ljust(_BLOCK, b"\0")
        return bytes(byte ^ _INNER for byte in block), bytes(byte ^ _OUTER for byte in block)
