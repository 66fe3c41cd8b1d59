"""Machine code of inner loops, made once and kept until any of its sources changes.

Compiled functions call each other across files, and the cache of the compiler looks at one file only; so the cache has
a folder named for the sources of all of them. It lies beside the sources, where other caches of Python lie, or in the
user's own cache folder where that cannot be written.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba.core import cgutils, types
from numba.extending import intrinsic

P = ParamSpec("P")
R = TypeVar("R")


class MachineCode:
    """The machine code of some folders of sources.

    Machine code that checks every index, as the compiler makes it where ``NUMBA_BOUNDSCHECK`` is 1, is kept apart.

    Parameters
    ----------
    name
        What its folder begins with.
    folders
        Of the sources; the first is the one beside which the code is kept.
    """

    def __init__(self, name: str, *folders: Path) -> None:
        digest = hashlib.sha256(Path(__file__).read_bytes())
        for source in (source for folder in folders for source in sorted(folder.glob("*.py"))):
            digest.update(source.read_bytes())
        beside = folders[0] / "__pycache__"
        if not os.access(beside if beside.exists() else folders[0], os.W_OK):
            beside = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "muster"
        settings: Any = numba.config
        self._name = f"checked-{name}" if settings.BOUNDSCHECK else name
        self._folder = beside / f"{self._name}-{digest.hexdigest()[:16]}"

    def is_made(self) -> bool:
        """Whether all of it is there, or must be made first."""
        return (self._folder / "made").exists()

    def note_made(self) -> None:
        """Note that all of it is there, and drop that of older sources."""
        if self.is_made():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "made").touch()
        for older in self._folder.parent.glob(f"{self._name}-*"):
            if older != self._folder:
                shutil.rmtree(older, ignore_errors=True)

    def compiled(self, function: Callable[P, R]) -> Callable[P, R]:
        """Compile a function when it is first called; it runs without holding other threads up."""
        settings: Any = numba.config
        usual, settings.CACHE_DIR = settings.CACHE_DIR, str(self._folder)
        try:
            made = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
        finally:
            settings.CACHE_DIR = usual
        return cast("Callable[P, R]", made)


def _borrow(_context: Any, value: Any) -> Any:
    """Type and code of the same array, or tuple with such arrays, belonging to nobody."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return _disown(context, builder, value, arguments[0])

    return value(value), generate


def _disown(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """Code of the same value with arrays that belong to nobody."""
    if isinstance(kind, types.BaseTuple):
        unpack, members = cast("Any", cgutils.unpack_tuple), cast("Any", kind)
        parts = zip(members.types, unpack(builder, value), strict=True)
        return context.make_tuple(builder, kind, [_disown(context, builder, *part) for part in parts])
    if not isinstance(kind, types.Array):
        return value
    null: Any = cgutils.get_null_value
    made = context.make_array(kind)(context, builder, value)
    made.meminfo, made.parent = null(made.meminfo.type), null(made.parent.type)
    return made._getvalue()  # noqa: SLF001 - the compiler's own name for it


borrowed: Any = intrinsic(_borrow)
"""In compiled code, the same array or tuple of arrays belonging to nobody: whoever lends it keeps it alive.

What belongs to somebody is counted each time it is passed on, every array of a tuple by itself.
"""
