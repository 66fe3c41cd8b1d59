"""A plan that can be replayed again and again, here or in another process."""

from enum import StrEnum
from typing import Any

from muster.movement.risk.handles import handle_setbacks, handle_state, handle_timetable
from muster.movement.risk.replay import replay
from muster.movement.risk.tables import Ints, Setbacks, Timetable, fresh_state
from muster.movement.search.books import empty_books
from muster.movement.search.handles import handle_books, handle_tables
from muster.movement.search.tables import Tables


class Policy(StrEnum):
    """What is done about setbacks."""

    RIGHT_SHIFT = "right-shift"
    """The plan's order is kept, and everything happens later."""
    DISPATCH = "dispatch"
    """The asset of a voyage is chosen when its loads are there."""


class Replayer:
    """A plan laid out for replays. It survives pickling; what machine code needs is made again on the other side."""

    def __init__(self, table: Timetable, capacity: Tables) -> None:
        self._table, self._capacity = table, capacity
        self._ready: tuple[Any, ...] | None = None

    def __getstate__(self) -> tuple[Timetable, Tables]:
        return self._table, self._capacity

    def __setstate__(self, state: tuple[Timetable, Tables]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def closed_min(self, setbacks: Setbacks, policy: Policy) -> Ints:
        """When each line closes; NONE for one that never does. Shape (n_lines,)."""
        table, state, tables, books, owners = self._prepared()
        replay(table, handle_setbacks(setbacks), state, tables, books, policy is Policy.DISPATCH)
        closed_min: Ints = owners[0].closed_min.copy()
        return closed_min

    def times_min(self) -> Ints:
        """Start, departure, arrival and end of each activity in the last replay. Shape (n_activities, 4)."""
        times_min: Ints = self._prepared()[-1][0].times_min.copy()
        return times_min

    def _prepared(self) -> tuple[Any, ...]:
        if self._ready is None:
            state, books = fresh_state(self._table), empty_books(self._capacity)
            handles = handle_timetable(self._table), handle_state(state), handle_tables(self._capacity)
            self._ready = (*handles, handle_books(books), (state, books))
        return self._ready
