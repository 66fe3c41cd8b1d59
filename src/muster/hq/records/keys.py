"""The key of a site: a file that only its owner reads, written once, and the public half for everybody else."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from muster.hq.refused import Refused


class KeyRefused(Refused):
    """A key file that cannot be made or used."""

    def __init__(self, path: Path, rule: str, remedy: str) -> None:
        super().__init__(f"Key file {path} {rule}; {remedy}.")
        self.path, self.rule = path, rule


def make_site_key(path: Path, seed: bytes) -> Ed25519PrivateKey:
    """Make the key of a site and write it, for its owner alone, where there is none yet.

    Parameters
    ----------
    seed
        32 random bytes; who has them has the key.

    Raises
    ------
    KeyRefused
        When the file is there already: what it signed could no longer be told from forgeries.
    OSError
        When the file cannot be written.
    """
    key = Ed25519PrivateKey.from_private_bytes(seed)
    handle, name = tempfile.mkstemp(prefix=".key-", dir=path.parent)  # made with mode 0600
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            stream.flush()
            os.fsync(stream.fileno())
        path.hardlink_to(waiting)  # unlike a rename, this never takes the place of a file
    except FileExistsError:
        raise KeyRefused(path, "is there already", "keep it, or make the new key under another name") from None
    finally:
        waiting.unlink()
    return key


def load_site_key(path: Path) -> Ed25519PrivateKey:
    """Read the key of a site.

    Raises
    ------
    KeyRefused
        When others than the owner may read the file, or it holds no Ed25519 private key.
    OSError
        When the file cannot be read.
    """
    with path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_mode & 0o077:
            raise KeyRefused(path, "may be read by others than its owner", f"run: chmod 600 {path}")
        return _read_site_key(path, stream.read())


def load_public_half(path: Path) -> Ed25519PublicKey:
    """Read the public half from the key of a site, whoever else may read that file.

    Raises
    ------
    KeyRefused
        When it holds no Ed25519 private key.
    OSError
        When the file cannot be read.
    """
    return _read_site_key(path, path.read_bytes()).public_key()


def _read_site_key(path: Path, content: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused(path, "holds no Ed25519 private key in PEM", "restore it from the backup of the site")
    return key


def public_key_pem(key: Ed25519PublicKey) -> bytes:
    """The public key as other programs read it: PEM, SubjectPublicKeyInfo (RFC 8410)."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def load_public_key(path: Path) -> Ed25519PublicKey:
    """Read a public key.

    Raises
    ------
    KeyRefused
        When the file holds no Ed25519 public key.
    OSError
        When the file cannot be read.
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyRefused(path, "holds no Ed25519 public key in PEM", "ask the site for its public key")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the 32 bytes of a public key, in hexadecimal: short enough to compare by telephone."""
    return sha256(key.public_bytes_raw()).hexdigest()
