"""Handles by which compiled functions reach tables, books and desk.

Theory of operation: an array that is passed from one compiled function to the next is counted, and a tuple of thirty
arrays thirty times, at every call; that would take most of the time of the search. A handle is one pointer to a
structure whose arrays belong to nobody, so nothing is counted. Whoever holds a handle keeps the arrays alive.
"""

from typing import Any, cast

from numba import types
from numba.experimental import structref

from muster.movement.machine_code import borrowed as _borrowed
from muster.movement.search.compiled import compiled
from muster.movement.search.tables import Books, Desk, Tables

_define_proxy: Any = structref.define_proxy


@structref.register
class _TablesType(types.StructRef):
    """What the compiler knows of a handle on :class:`Tables`."""


class _TablesHandle(structref.StructRefProxy):
    """A handle on :class:`Tables`, as Python holds it."""

    __slots__ = ()


_define_proxy(_TablesHandle, _TablesType, list(Tables._fields))


@structref.register
class _BooksType(types.StructRef):
    """What the compiler knows of a handle on :class:`Books`."""


class _BooksHandle(structref.StructRefProxy):
    """A handle on :class:`Books`, as Python holds it."""

    __slots__ = ()


_define_proxy(_BooksHandle, _BooksType, list(Books._fields))


@structref.register
class _DeskType(types.StructRef):
    """What the compiler knows of a handle on :class:`Desk`."""


class _DeskHandle(structref.StructRefProxy):
    """A handle on :class:`Desk`, as Python holds it."""

    __slots__ = ()


_define_proxy(_DeskHandle, _DeskType, list(Desk._fields))


@compiled
def _tables_handle(tables: Tables) -> Any:
    return _TablesHandle(
        tables.horizon_min,
        tables.slots,
        tables.has_standing,
        _borrowed(tables.services),
        _borrowed(tables.capacity),
        _borrowed(tables.uses),
        _borrowed(tables.travel_min),
        _borrowed(tables.hops),
        _borrowed(tables.options),
        _borrowed(tables.crews),
        _borrowed(tables.is_in_crew),
        _borrowed(tables.stages),
        _borrowed(tables.chains),
        _borrowed(tables.chain_stages),
        _borrowed(tables.ways),
        _borrowed(tables.fronts),
        _borrowed(tables.freights),
        _borrowed(tables.size),
        _borrowed(tables.units),
        _borrowed(tables.orders),
        _borrowed(tables.profiles),
        _borrowed(tables.period_room),
        _borrowed(tables.step_times_min),
        _borrowed(tables.step_free),
        _borrowed(tables.steps),
        _borrowed(tables.diaries),
        _borrowed(tables.travelled_min),
        _borrowed(tables.standing_legs),
        _borrowed(tables.standing_rides),
        _borrowed(tables.standing_journeys),
        _borrowed(tables.standing_trips),
    )


@compiled
def _books_handle(books: Books) -> Any:
    return _BooksHandle(
        _borrowed(books.used),
        _borrowed(books.times_min),
        _borrowed(books.free),
        _borrowed(books.steps),
        _borrowed(books.diary_trips),
        _borrowed(books.diary_count),
        _borrowed(books.hop_trips),
        _borrowed(books.hop_count),
        _borrowed(books.day_min),
        _borrowed(books.trips),
        _borrowed(books.room),
        _borrowed(books.spare_trips),
        _borrowed(books.spare_count),
        _borrowed(books.rides),
        _borrowed(books.next_aboard),
        _borrowed(books.journeys),
        _borrowed(books.closed_min),
        _borrowed(books.refusals),
        _borrowed(books.moved),
    )


@compiled
def _desk_handle(desk: Desk) -> Any:
    return _DeskHandle(
        _borrowed(desk.delay_min),
        _borrowed(desk.price),
        _borrowed(desk.entries),
        _borrowed(desk.entry_rides),
        _borrowed(desk.entry_count),
        _borrowed(desk.drafts),
        _borrowed(desk.draft_before),
        _borrowed(desk.draft_stage),
        _borrowed(desk.is_draft),
        _borrowed(desk.draft_count),
        _borrowed(desk.best),
        _borrowed(desk.chosen),
        _borrowed(desk.ranked),
        _borrowed(desk.rank),
        _borrowed(desk.gap_start_min),
        _borrowed(desk.gap_latest_min),
        _borrowed(desk.extra_min),
        _borrowed(desk.floors_min),
        _borrowed(desk.held_min),
        _borrowed(desk.marks),
        _borrowed(desk.refusal),
        _borrowed(desk.held),
        _borrowed(desk.picked),
        _borrowed(desk.found),
        _borrowed(desk.is_found),
        _borrowed(desk.keys),
        _borrowed(desk.swaps),
    )


def handle_tables(tables: Tables) -> Tables:
    """A handle on tables; to compiled functions it is the tables."""
    return cast("Tables", _tables_handle(tables))


def handle_books(books: Books) -> Books:
    """A handle on books; to compiled functions it is the books."""
    return cast("Books", _books_handle(books))


def handle_desk(desk: Desk) -> Desk:
    """A handle on a desk; to compiled functions it is the desk."""
    return cast("Desk", _desk_handle(desk))
