"""What a log tells of an error: where it is, and not what it says, since that may be a nation's."""

import logging
import traceback
from types import TracebackType


def where(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """Kind of an error and the places that led to it, the last first.

    Examples
    --------
    >>> where(ValueError, None)
    'ValueError at an unknown place'
    """
    places = [f"{frame.filename}:{frame.lineno}" for frame in reversed(traceback.extract_tb(trace))]
    return f"{'Error' if kind is None else kind.__name__} at {' < '.join(places) or 'an unknown place'}"


class PlacesOnly(logging.Formatter):
    """Writes time, level, logger and message; of an error only where it is."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(  # noqa: N802 - as the library names it
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Tell where an error is."""
        return where(ei[0], ei[2])
