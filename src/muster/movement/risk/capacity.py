"""What places have, as the search knows it, without everything else that the search knows."""

from typing import Any, Final

import numpy as np

from muster.movement.risk.tables import Timetable
from muster.movement.search import Board, lay_out
from muster.movement.search.tables import Tables

_KEPT: Final = frozenset({"horizon_min", "profiles", "period_room", "step_times_min", "step_free", "steps"})


def lay_out_capacity(board: Board, timetable: Timetable) -> Tables:
    """Calendars of all resources, with room to book every activity of a plan."""
    laid = lay_out(board)
    profiles = laid.profiles.copy()
    times_min: list[int] = []
    free: list[int] = []
    room = _most_bookings(timetable, len(profiles))
    for index in np.flatnonzero(profiles["is_counted"] == 0).tolist():
        first, steps = int(profiles["first"][index]), int(laid.steps[index])
        spare = [0] * (2 * room[index] + 2)
        profiles["first"][index], profiles["room"][index] = len(times_min), steps + len(spare)
        times_min += [*laid.step_times_min[first : first + steps].tolist(), *spare]
        free += [*laid.step_free[first : first + steps].tolist(), *spare]
    kept: dict[str, Any] = {
        "profiles": profiles,
        "step_times_min": np.array(times_min, dtype=np.int64),
        "step_free": np.array(free, dtype=np.int64),
    }
    for name, value in laid._asdict().items():
        if name not in _KEPT:
            kept[name] = value[:0].copy() if isinstance(value, np.ndarray) else type(value)()
    return laid._replace(**kept)


def _most_bookings(timetable: Timetable, count: int) -> list[int]:
    """Most spans that can be booked of each resource in one replay."""
    most = [0] * count
    for activity in timetable.activities:
        for end in ("at_origin", "at_destination"):
            for use in timetable.uses[activity[f"{end}_first"] : activity[f"{end}_last"]]:
                most[use["profile"]] += 1
    return most
