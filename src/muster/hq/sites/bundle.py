"""What travels between two sites: one file with the journals of all sites that the sender has, and who it is for."""

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from muster.hq.refused import Refused

FORMAT: Final = "muster-sync/1"
MANIFEST: Final = "sync.json"
_ENDING: Final = ".jsonl.gz"
_LARGEST: Final = 4 * 2**30
"""Bytes that a bundle may unpack to."""


class BundleRefused(Refused):
    """A file from another site that is not taken in."""

    def __init__(self, path: Path, rule: str, remedy: str) -> None:
        super().__init__(f'"{path}" {rule}; {remedy}. Nothing of it was taken in.')
        self.path, self.rule = path, rule


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself. It is not signed: what matters is in the journals, which are.

    Attributes
    ----------
    has
        Last sequence of each site that the sender has.
    """

    sender: str
    receiver: str
    has: Mapping[str, int]


def write_bundle(path: Path, manifest: Manifest, journals: Mapping[str, Path]) -> None:
    """Write a bundle, whole or not at all.

    Parameters
    ----------
    journals
        File of each site's journal.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    told = {
        "format": FORMAT, "sender": manifest.sender, "receiver": manifest.receiver, "has": dict(manifest.has),
    }  # fmt: skip
    waiting = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(waiting, "w") as packed:
            packed.writestr(MANIFEST, json.dumps(told, sort_keys=True))
            for site, journal in sorted(journals.items()):
                packed.write(journal, f"{site}{_ENDING}")
        waiting.chmod(0o600)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


@contextmanager
def open_bundle(path: Path) -> Iterator[tuple[Manifest, dict[str, Path]]]:
    """Open a bundle: what it says of itself, and the file of each site's journal, unpacked for as long as it is open.

    Raises
    ------
    BundleRefused
        When the file is no bundle, or damaged.
    OSError
        When it cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="muster-sync-") as folder:
        try:
            with zipfile.ZipFile(path) as packed:
                manifest = _manifest(packed)
                journals = _unpack(packed, Path(folder))
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
            remedy = "ask the site for it again"
            raise BundleRefused(path, f"is no whole file of {FORMAT} ({error})", remedy) from None
        yield manifest, journals


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    told = json.loads(packed.read(MANIFEST))
    if told["format"] != FORMAT:
        raise ValueError(f"its format is {told['format']}")
    return Manifest(str(told["sender"]), str(told["receiver"]), {str(k): int(v) for k, v in told["has"].items()})


def _unpack(packed: zipfile.ZipFile, folder: Path) -> dict[str, Path]:
    """Unpack by names of our own, so that nothing is written elsewhere."""
    if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
        raise ValueError(f"it unpacks to more than {_LARGEST} bytes")
    journals = {}
    for number, entry in enumerate(each for each in packed.infolist() if each.filename.endswith(_ENDING)):
        to = folder / f"{number}{_ENDING}"
        to.write_bytes(packed.read(entry))
        journals[entry.filename.removesuffix(_ENDING)] = to
    return journals
