"""Where the rides of a load and of a line bring them, and when."""

from muster.movement.search.compiled import NEVER, compiled
from muster.movement.search.tables import NONE, Books, Tables


@compiled
def chain_length(tables: Tables, chain: int) -> int:
    """How many legs a chain has; none where there is no chain."""
    return 0 if chain == NONE else tables.chains[chain].last - tables.chains[chain].first


@compiled
def ride_count(tables: Tables, books: Books, freight: int) -> int:
    """How many rides a load makes."""
    journey = books.journeys[freight]
    return chain_length(tables, journey.front) + chain_length(tables, journey.onward)


@compiled
def free_min(tables: Tables, books: Books, unit: int) -> int:
    """When a line may set out: ready, and all for which it waits closed; NEVER while one of those is not placed."""
    own = tables.units[unit]
    minute = own.ready_min
    for place in range(own.after_first, own.after_last):
        closed_min = books.closed_min[tables.waits[place]]
        minute = max(minute, NEVER if closed_min == NONE else closed_min)
    return int(minute)


@compiled
def staged_min(tables: Tables, books: Books, freight: int) -> int:
    """When a load is at its staging area; the ready date of its line where it begins there."""
    own = tables.freights[freight]
    count = chain_length(tables, books.journeys[freight].front)
    return int(books.rides[own.slot + count - 1].end_min if count else tables.units[own.unit].ready_min)


@compiled
def reached_min(tables: Tables, books: Books, freight: int) -> int:
    """When a load is where its rides bring it."""
    own = tables.freights[freight]
    count = ride_count(tables, books, freight)
    return int(books.rides[own.slot + count - 1].end_min if count else tables.units[own.unit].ready_min)


@compiled
def joined_min(tables: Tables, books: Books, unit: int) -> int:
    """When the last load of a line that passes its staging area is there."""
    last_min = NONE
    for place in range(tables.units[unit].staged_first, tables.units[unit].staged_last):
        last_min = max(last_min, staged_min(tables, books, tables.orders[place]))
    return last_min


@compiled
def closure_min(tables: Tables, books: Books, unit: int) -> int:
    """When the last load of a line reaches its destination."""
    own = tables.units[unit]
    last_min = NONE
    for freight in range(own.freights_first, own.freights_last):
        last_min = max(last_min, reached_min(tables, books, freight))
    return int(own.ready_min if last_min == NONE else last_min)
