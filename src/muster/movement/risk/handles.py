"""Handles by which compiled functions reach timetable, setbacks and state, as those of the search."""

from typing import Any, cast

from numba import types
from numba.experimental import structref

from muster.machine_code import borrowed
from muster.movement.risk.compiled import compiled
from muster.movement.risk.tables import Setbacks, State, Timetable

_define_proxy: Any = structref.define_proxy


@structref.register
class _TimetableType(types.StructRef):
    """What the compiler knows of a handle on :class:`Timetable`."""


class _TimetableHandle(structref.StructRefProxy):
    """A handle on :class:`Timetable`, as Python holds it."""

    __slots__ = ()


_define_proxy(_TimetableHandle, _TimetableType, list(Timetable._fields))


@structref.register
class _SetbacksType(types.StructRef):
    """What the compiler knows of a handle on :class:`Setbacks`."""


class _SetbacksHandle(structref.StructRefProxy):
    """A handle on :class:`Setbacks`, as Python holds it."""

    __slots__ = ()


_define_proxy(_SetbacksHandle, _SetbacksType, list(Setbacks._fields))


@structref.register
class _StateType(types.StructRef):
    """What the compiler knows of a handle on :class:`State`."""


class _StateHandle(structref.StructRefProxy):
    """A handle on :class:`State`, as Python holds it."""

    __slots__ = ()


_define_proxy(_StateHandle, _StateType, list(State._fields))


@compiled
def _timetable_handle(table: Timetable) -> Any:
    return _TimetableHandle(*borrowed(table))


@compiled
def _setbacks_handle(setbacks: Setbacks) -> Any:
    return _SetbacksHandle(*borrowed(setbacks))


@compiled
def _state_handle(state: State) -> Any:
    return _StateHandle(*borrowed(state))


def handle_timetable(table: Timetable) -> Timetable:
    """A handle on a timetable; to compiled functions it is the timetable."""
    return cast("Timetable", _timetable_handle(table))


def handle_setbacks(setbacks: Setbacks) -> Setbacks:
    """A handle on setbacks; to compiled functions they are the setbacks."""
    return cast("Setbacks", _setbacks_handle(setbacks))


def handle_state(state: State) -> State:
    """A handle on a state; to compiled functions it is the state."""
    return cast("State", _state_handle(state))
