"""Writing files and folders whole or not at all: first beside their place, then moved there in one step."""

import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, made where it is missing; other files of the folder stay.

    Every file is complete on the disk before the first takes its place, so that a full disk or an interruption leaves
    the folder as it was.

    Parameters
    ----------
    files
        Contents by file name.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    try:
        _fill(waiting, files)
        for name in files:
            (waiting / name).replace(folder / name)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write one file whole or not at all."""
    write_files(path.parent, {path.name: content})


def replace_folder(folder: Path, files: Mapping[str, bytes], *, stale: Collection[str]) -> None:
    """Make a folder that holds these files, in place of one that may be there, in one step.

    Parameters
    ----------
    stale
        Names of files of the folder before that go unless they are written; everything else in it stays.

    Raises
    ------
    OSError
        When the folder cannot be written; what was there before is then there still.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder.parent))
    try:
        _fill(waiting, files)
        waiting.chmod(0o777 & ~_umask())
        if folder.exists():
            _copy_rest(folder, waiting, {*stale, *files})
            before = waiting.with_name(f"{waiting.name}-before")
            folder.replace(before)
            try:
                waiting.replace(folder)
            except OSError:
                before.replace(folder)
                raise
            shutil.rmtree(before)
        else:
            waiting.replace(folder)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _copy_rest(source: Path, target: Path, without: Collection[str]) -> None:
    """Copy what a folder holds, some names left out."""
    for path in source.iterdir():
        if path.name in without:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, target / path.name, symlinks=True)
        else:
            shutil.copy2(path, target / path.name, follow_symlinks=False)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        with (folder / name).open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
