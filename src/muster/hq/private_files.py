"""Files that only their owner reads."""

import os
import tempfile
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, in a folder that is made where it is not there; both for their owner only.

    It is on the disk when this returns.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def open_private(path: str, flags: int) -> int:
    """Open a file as :func:`open` does, readable by its owner only where it is made."""
    return os.open(path, flags, 0o600)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, so that a new name outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
