"""The folder of a headquarters: its database, its keys, and what is served from it."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from muster.hq.context_key import Key
from muster.hq.private_files import write_private
from muster.hq.refused import Refused

VARIABLE: Final = "MUSTER_HQ_FOLDER"
"""Environment variable that tells a process which headquarters it works for."""
SECRETS_NAME: Final = "secrets.json"
"""File of the keys that sign sessions, forms and contexts."""
_FOUNDED: Final = "founded"
SITE_KEY_NAME: Final = "site.key"
"""File of the key by which the site signs its records."""
NEXT_KEY_NAME: Final = "site.key.next"
"""File of a key to which that one is being handed over."""
PUBLIC_KEY_NAME: Final = "site.pub"
"""File of the public key with which the records of the site begin; the journal itself hands over to later ones."""

_SITE: Final = "site"
"""File that says which site it is."""
FIRST_SITE: Final = "PAR"
"""Where the headquarters begins."""
COLLECTED: Final = "static"
"""Folder in which files that pages load are collected under names with a digest, each time that serving begins."""


class NoHeadquarters(Refused):
    """A folder that holds no headquarters."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys that never leave the server.

    Attributes
    ----------
    session_key
        Signs sessions and forms.
    context_key
        Signs the context of each request.
    """

    session_key: str
    context_key: Key


def make_secrets(folder: Path) -> Secrets:
    """Draw keys and keep them where only their owner reads them; keys that are there stay."""
    path = folder / SECRETS_NAME
    if not path.exists():
        key = Key.draw()
        drawn = {
            "session_key": secrets.token_urlsafe(48),
            "context_key_id": key.key_id,
            "context_key": key.secret.hex(),
        }
        write_private(path, json.dumps(drawn))
    return read_secrets(folder)


def read_secrets(folder: Path) -> Secrets:
    """Read the keys of a headquarters.

    Raises
    ------
    NoHeadquarters
        When the folder has none.
    """
    path = folder / SECRETS_NAME
    if not path.exists():
        raise no_headquarters(folder)
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Secrets(kept["session_key"], Key(kept["context_key_id"], bytes.fromhex(kept["context_key"])))


def put_context_key(folder: Path, key: Key) -> None:
    """Sign contexts with another key from now on; whoever serves the folder reads it at the next request."""
    path = folder / SECRETS_NAME
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept |= {"context_key_id": key.key_id, "context_key": key.secret.hex()}
    write_private(path, json.dumps(kept))


def name_site(folder: Path, code: str) -> None:
    """Say which site the headquarters of a folder is; before anything is written there, and never again."""
    write_private(folder / _SITE, code)


def read_site(folder: Path) -> str:
    """The code of the site that the headquarters of a folder is."""
    path = folder / _SITE
    return path.read_text(encoding="ascii").strip() if path.exists() else FIRST_SITE


def is_founded(folder: Path) -> bool:
    """Whether a folder holds a headquarters that was founded to the end."""
    return (folder / _FOUNDED).exists()


def note_founded(folder: Path) -> None:
    """Note that the founding is done."""
    (folder / _FOUNDED).touch(mode=0o600)


def no_headquarters(folder: Path) -> NoHeadquarters:
    """The refusal of a folder that holds none."""
    return NoHeadquarters(f'Folder "{folder}" holds no headquarters; make one with: muster hq init {folder}')
