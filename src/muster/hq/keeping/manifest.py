"""The manifest of a backup: what is in it, at what instant, and the signature of the site under all of it."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from muster.hq.private_files import write_private
from muster.hq.records.canonical import canonical_json
from muster.hq.refused import Refused

FORMAT: Final = "muster-backup/1"
"""Name and version of the format; another version is another format."""
MANIFEST: Final = "manifest.json"
_DOMAIN: Final = b"muster/backup/1\n"
"""Begins what is signed, so that the signature is never one of anything else."""


class BackupRefused(Refused):
    """A backup that is damaged, is not of this site, or is none; or cannot be made where it is wanted.

    Attributes
    ----------
    path
        The file at fault.
    """

    def __init__(self, path: Path, rule: str, remedy: str = "use another backup") -> None:
        super().__init__(f'"{path}" {rule}; {remedy}.')
        self.path = path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes
    ----------
    made_at
        When it was begun, ISO 8601 in UTC; what it holds is as of moments later.
    muster
        Version of Muster that made it.
    postgresql
        Major version whose programs made it; the same or a later one reads it.
    sealed_to
        Last event that was sealed; 0 where none was.
    rows
        Number of rows of each table.
    files
        SHA-256 of each file, in hexadecimal.
    """

    site: str
    made_at: str
    muster: str
    postgresql: int
    sealed_to: int
    rows: dict[str, int]
    files: dict[str, str]


def write_manifest(folder: Path, manifest: Manifest, key: Ed25519PrivateKey) -> None:
    """Write the manifest into the folder of the backup, signed by the site."""
    told = {"format": FORMAT, **asdict(manifest)}
    signature = key.sign(_DOMAIN + canonical_json(told)).hex()
    write_private(folder / MANIFEST, json.dumps({"manifest": told, "signature": signature}, indent=1) + "\n")


def read_manifest(folder: Path, key: Ed25519PublicKey) -> Manifest:
    """Read the manifest of a backup, and see that each file is what the site signed.

    Raises
    ------
    BackupRefused
        When the folder holds no backup of this site, or a file of it is damaged or gone.
    """
    path = folder / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        told, signature = document["manifest"], bytes.fromhex(document["signature"])
        key.verify(signature, _DOMAIN + canonical_json(told))
    except FileNotFoundError:
        raise BackupRefused(path, "is not there, so this is no backup") from None
    except InvalidSignature:
        remedy = "use another backup, or the keys that were kept before or after a change of the key"
        raise BackupRefused(path, "is not signed by the site of these keys, or was altered", remedy) from None
    except (ValueError, KeyError, TypeError):
        raise BackupRefused(path, "is damaged") from None
    if told.pop("format") != FORMAT:
        raise BackupRefused(path, f"is not of the format {FORMAT}")
    manifest = Manifest(**told)
    for name, digest in manifest.files.items():
        if digest_of(folder / name) != digest:
            raise BackupRefused(folder / name, "is damaged or gone: it is not what was signed")
    return manifest


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file, in hexadecimal; None where there is none."""
    if not path.is_file():
        return None
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
