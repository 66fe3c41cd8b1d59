"""Which processes work on the data of a cluster, told by their working folder: numbers of processes are used again."""

import os
from pathlib import Path
from typing import Final

_SERVER: Final = "postgres"
"""Name of every process of a server."""


def read_number(note: Path) -> int | None:
    """Number of the process that a server has noted; None where none has, or it was killed while it did."""
    try:
        return int(note.read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def works_in(number: int, folder: Path) -> bool:
    """Whether a process of ours lives and has this working folder, as every process of a server has its data.

    Where the machine keeps the working folder of a server of ours from us, it counts: two servers on the same data
    would destroy them.
    """
    process = Path(f"/proc/{number}")
    try:
        return (process / "cwd").samefile(folder)
    except PermissionError:
        return _is_ours(number) and (process / "comm").read_text(encoding="utf-8").strip() == _SERVER
    except OSError:
        return False


def list_working_in(folder: Path) -> list[int]:
    """Numbers of the processes of ours that have this working folder."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return sorted(number for number in numbers if works_in(number, folder))


def _is_ours(number: int) -> bool:
    try:
        os.kill(number, 0)
    except OSError:
        return False
    return True
