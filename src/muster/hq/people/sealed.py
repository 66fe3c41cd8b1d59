"""Secrets of accounts as the database has them: sealed by a key that no backup of it holds."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32


class SecretUnreadable(Exception):
    """A secret that this headquarters cannot open: it was sealed by other keys, or for something else."""


def seal_secret(secret: bytes, *, key: str, of: str) -> bytes:
    """Seal a secret for one thing, with AES-GCM.

    Parameters
    ----------
    key
        Key of the headquarters, from which that of this purpose is derived.
    of
        What the secret belongs to; for anything else it does not open.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_derived(key)).encrypt(nonce, secret, of.encode())


def open_secret(sealed: bytes, *, key: str, of: str) -> bytes:
    """Open what :func:`seal_secret` sealed.

    Raises
    ------
    SecretUnreadable
        When key or thing are others.
    """
    try:
        return AESGCM(_derived(key)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], of.encode())
    except InvalidTag as error:
        raise SecretUnreadable(
            f"The secret of {of} was sealed by other keys; remove the factor: muster hq password DIR POST --factors"
        ) from error


def _derived(key: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, None, b"muster secrets of accounts").derive(key.encode())
