"""The keys of a headquarters in one file, apart from its backups: a backup without them is not restored.

Whoever has both has everything: what all nations entered, and the power to sign in the name of the site.
"""

import json
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from muster.hq.folder import PUBLIC_KEY_NAME, SECRETS_NAME, SITE_KEY_NAME, read_secrets
from muster.hq.private_files import write_private
from muster.hq.records.keys import load_site_key, public_key_pem
from muster.hq.refused import Refused

FORMAT: Final = "muster-keys/1"
_FILES: Final = (SECRETS_NAME, SITE_KEY_NAME)
"""Files of keys; the public key with which the records begin is kept beside them."""


class KeysRefused(Refused):
    """A file of keys that cannot be written or used.

    Attributes
    ----------
    path
        The file.
    """

    def __init__(self, path: Path, rule: str, remedy: str) -> None:
        super().__init__(f'"{path}" {rule}; {remedy}.')
        self.path = path


def keep_keys(headquarters: Path, path: Path) -> None:
    """Write the keys of a headquarters to a file that only its owner reads.

    Raises
    ------
    KeysRefused
        When there is a file already.
    NoHeadquarters, KeyRefused
        When a key is not there, or others may read it.
    """
    if path.exists():
        raise KeysRefused(path, "is there already", "name another file, or remove it")
    read_secrets(headquarters)
    load_site_key(headquarters / SITE_KEY_NAME)
    files = {name: (headquarters / name).read_text(encoding="ascii") for name in (*_FILES, PUBLIC_KEY_NAME)}
    write_private(path, json.dumps({"format": FORMAT, "files": files}) + "\n")


def put_keys(path: Path, headquarters: Path) -> Ed25519PrivateKey:
    """Put kept keys into the folder of a headquarters that is being restored; gives the key of the site.

    Raises
    ------
    KeysRefused
        When the file is not there, or holds no keys.
    """
    remedy = "name the file that muster hq backup --keys-to wrote"
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
        files = {name: str(kept["files"][name]) for name in _FILES} if kept["format"] == FORMAT else None
        begins_with = kept["files"].get(PUBLIC_KEY_NAME)
    except FileNotFoundError:
        raise KeysRefused(path, "is not there", remedy) from None
    except (ValueError, KeyError, TypeError):
        files = None
    if files is None:
        raise KeysRefused(path, "holds no keys of a headquarters", remedy)
    for name, text in files.items():
        write_private(headquarters / name, text)
    key = load_site_key(headquarters / SITE_KEY_NAME)
    public = public_key_pem(key.public_key()) if begins_with is None else str(begins_with).encode()
    (headquarters / PUBLIC_KEY_NAME).write_bytes(public)
    return key
