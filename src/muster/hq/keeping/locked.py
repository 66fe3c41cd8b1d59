"""A file locked by a pass phrase: read as a stream, and opened whole or not at all.

The key comes from the pass phrase by scrypt (RFC 7914) with a salt of the file, so no two files have one key. The text
is sealed in chunks by ChaCha20-Poly1305 (RFC 8439). Each chunk is sealed with its number, and the last one as the last:
none can be changed, left out, moved, or cut off.
"""

import hmac
import secrets
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from muster.hq.refused import Refused

LEAST_LETTERS: Final = 15
"""Of a pass phrase."""
CHUNK: Final = 1 << 20
"""Bytes of text in a chunk."""
_FORMAT: Final = b"muster-locked/1\n"
_SALT, _KEY, _TAG = 16, 32, 16
_COST: Final = 1 << 17
"""Of scrypt: 128 MiB of memory and about half a second for each pass phrase that is tried."""


class LockRefused(Refused):
    """A locked file that is not opened, or a pass phrase that locks nothing."""


def lock(text: IO[bytes], to: IO[bytes], passphrase: str) -> None:
    """Write a text so that only the pass phrase opens it.

    Raises
    ------
    LockRefused
        When the pass phrase is too short.
    """
    if len(passphrase) < LEAST_LETTERS:
        raise LockRefused(f"The pass phrase has {len(passphrase)} letters; take one of {LEAST_LETTERS} at least.")
    salt = secrets.token_bytes(_SALT)
    cipher, check = _derived(passphrase, salt)
    head = _FORMAT + salt + check
    to.write(head)
    number, chunk = 0, text.read(CHUNK)
    while True:
        following = text.read(CHUNK) if len(chunk) == CHUNK else b""
        to.write(cipher.encrypt(_nonce(number, is_last=not following), chunk, head))
        if not following:
            return
        number, chunk = number + 1, following


def unlock(path: Path, to: IO[bytes], passphrase: str) -> None:
    """Write the text of a locked file; what was written is good for nothing unless this returns.

    Raises
    ------
    LockRefused
        When the file is not locked by this pass phrase, or is not as it was written.
    """
    with path.open("rb") as locked:
        head = locked.read(len(_FORMAT) + _SALT + _KEY)
        if not head.startswith(_FORMAT) or len(head) < len(_FORMAT) + _SALT + _KEY:
            raise LockRefused(f'"{path}" is no locked file of this version of Muster; use another backup.')
        cipher, check = _derived(passphrase, head[len(_FORMAT) :][:_SALT])
        if not hmac.compare_digest(check, head[-_KEY:]):
            raise LockRefused(f'"{path}" does not open with this pass phrase; give the one that it was locked with.')
        number, chunk = 0, locked.read(CHUNK + _TAG)
        while True:
            following = locked.read(CHUNK + _TAG)
            try:
                to.write(cipher.decrypt(_nonce(number, is_last=not following), chunk, head))
            except InvalidTag:
                told = f'"{path}" is altered or cut off in its chunk {number + 1}; use another backup.'
                raise LockRefused(told) from None
            if not following:
                return
            number, chunk = number + 1, following


def read_passphrase(path: Path) -> str:
    """The pass phrase that a file holds, without the end of its line.

    Raises
    ------
    LockRefused
        When it is no text.
    """
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise LockRefused(f'"{path}" is no text; keep a pass phrase in it, such as: openssl rand -base64 32') from None


def _derived(passphrase: str, salt: bytes) -> tuple[ChaCha20Poly1305, bytes]:
    """The cipher of a file, and what tells whether it is that of the file."""
    both = Scrypt(salt, 2 * _KEY, _COST, 8, 1).derive(passphrase.encode())
    return ChaCha20Poly1305(both[:_KEY]), hmac.new(both[_KEY:], _FORMAT + salt, sha256).digest()


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
