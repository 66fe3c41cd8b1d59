"""Handles by which compiled functions reach tables, books and desk.

Theory of operation: an array that is passed from one compiled function to the next is counted, and a tuple of thirty
arrays thirty times, at every call; that would take most of the time of the search. A handle is one pointer to a
structure whose arrays belong to nobody, so nothing is counted. Whoever holds a handle keeps the arrays alive.
"""

from typing import Any, cast

from numba import types
from numba.experimental import structref

from muster.machine_code import borrowed
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
    return _TablesHandle(*borrowed(tables))


@compiled
def _books_handle(books: Books) -> Any:
    return _BooksHandle(*borrowed(books))


@compiled
def _desk_handle(desk: Desk) -> Any:
    return _DeskHandle(*borrowed(desk))


def handle_tables(tables: Tables) -> Tables:
    """A handle on tables; to compiled functions it is the tables."""
    return cast("Tables", _tables_handle(tables))


def handle_books(books: Books) -> Books:
    """A handle on books; to compiled functions it is the books."""
    return cast("Books", _books_handle(books))


def handle_desk(desk: Desk) -> Desk:
    """A handle on a desk; to compiled functions it is the desk."""
    return cast("Desk", _desk_handle(desk))
