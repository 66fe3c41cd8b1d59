"""Machine code for the inner loops of the search, made once and kept until any of its sources changes.

The compiled functions call each other across files, and the cache of the compiler looks at one file only; so the cache
has a folder named for the sources of all of them. It lies beside the sources, where other caches of Python lie, or in
the user's own cache folder where that cannot be written.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")

NEVER: Final = 1 << 40
"""Later than any horizon."""


def _cache_folder() -> Path:
    """Where the machine code of these sources is kept."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for source in sorted(here.glob("*.py")):
        digest.update(source.read_bytes())
    beside = here / "__pycache__"
    if not os.access(beside if beside.exists() else here, os.W_OK):
        beside = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "muster"
    return beside / f"search-{digest.hexdigest()[:16]}"


_FOLDER: Final = _cache_folder()
_MADE: Final = _FOLDER / "made"
"""A file that is there once all machine code is."""


def is_made() -> bool:
    """Whether the machine code of these sources is there, or must be made first."""
    return _MADE.exists()


def note_made() -> None:
    """Note that all machine code is there, and drop that of older sources."""
    if is_made():
        return
    _FOLDER.mkdir(parents=True, exist_ok=True)
    _MADE.touch()
    for older in _FOLDER.parent.glob("search-*"):
        if older != _FOLDER:
            shutil.rmtree(older, ignore_errors=True)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function when it is first called; it runs without holding other threads up."""
    settings: Any = numba.config
    usual, settings.CACHE_DIR = settings.CACHE_DIR, str(_FOLDER)
    try:
        made = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    finally:
        settings.CACHE_DIR = usual
    return cast("Callable[P, R]", made)
