"""How much of a resource is left, and when there is room again: by periods, or at every minute.

Both kinds of profile answer one question, ``earliest``: the first minute from which an amount fits. What is booked is
given back with the amount negated, and leaves the profile as it was.
"""

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.search.compiled import NEVER, compiled
from muster.movement.search.tables import OWN_PEOPLE, OWN_VEHICLES, Books, Ints, Records, Tables


@compiled
def next_opening(from_min: int, duration_min: int, opens_min: int, closes_min: int) -> int:
    """First minute from which a use lies within the opening hours of one UTC day; hours below 0 are day and night."""
    if opens_min < 0:
        return from_min
    if closes_min - opens_min < duration_min:
        return NEVER
    minute = from_min % MINUTES_PER_DAY
    if minute < opens_min:
        return from_min - minute + opens_min
    if minute + duration_min > closes_min:
        return from_min - minute + MINUTES_PER_DAY + opens_min
    return from_min


@compiled
def earliest_count(tables: Tables, books: Books, index: int, from_min: int, amount: int) -> int:
    """First minute at or after ``from_min`` whose period has room for an amount; :data:`NEVER` when there is none."""
    profile = tables.profiles[index]
    period_min, first, room = profile.period_min, profile.first, profile.room
    while True:
        from_min = next_opening(from_min, 1, profile.opens_min, profile.closes_min)
        period = from_min // period_min
        if period >= room:
            return NEVER
        if books.used[first + period] + amount <= tables.period_room[first + period]:
            return from_min
        from_min = (period + 1) * period_min


@compiled
def book_count(tables: Tables, books: Books, index: int, at_min: int, amount: int) -> None:
    """Take an amount in the period of a minute; a negative amount gives it back."""
    profile = tables.profiles[index]
    books.used[profile.first + at_min // profile.period_min] += amount


@compiled
def step_at(times_min: Ints, first: int, count: int, at_min: int) -> int:
    """Index of the step in force at a minute."""
    low, high = first, first + count
    while low < high:
        middle = (low + high) >> 1
        if times_min[middle] <= at_min:
            low = middle + 1
        else:
            high = middle
    return low - 1


@compiled
def earliest_span(tables: Tables, books: Books, index: int, from_min: int, duration_min: int, amount: int) -> int:
    """First minute from which an amount is free for the duration; :data:`NEVER` when there is none."""
    if duration_min <= 0:
        return from_min
    profile = tables.profiles[index]
    times_min, free, first = books.times_min, books.free, profile.first
    last = first + books.steps[index]
    while from_min < NEVER:
        from_min = next_opening(from_min, duration_min, profile.opens_min, profile.closes_min)
        if from_min >= NEVER:
            return NEVER
        end_min, later_min = from_min + duration_min, from_min
        step = step_at(times_min, first, last - first, from_min)
        while step < last and times_min[step] < end_min:
            if free[step] < amount:
                while step < last and free[step] < amount:
                    step += 1
                later_min = times_min[step] if step < last else NEVER
                break
            step += 1
        if later_min == from_min:
            return from_min
        from_min = later_min
    return NEVER


@compiled
def clear_from(tables: Tables, books: Books, index: int, start_min: int, end_min: int, amount: int) -> int:
    """First minute from which an amount is free all the time until ``end_min``; ``end_min`` when it never is."""
    first = tables.profiles[index].first
    step = step_at(books.times_min, first, books.steps[index], end_min - 1)
    clear_min = end_min
    while step >= first and books.free[step] >= amount:
        clear_min = books.times_min[step]
        if clear_min <= start_min:
            return start_min
        step -= 1
    return clear_min


@compiled
def book_span(tables: Tables, books: Books, index: int, start_min: int, end_min: int, amount: int) -> None:
    """Take an amount during ``[start_min, end_min)``; a negative amount gives it back."""
    if end_min <= start_min or amount == 0:
        return
    first = tables.profiles[index].first
    begin = _cut(books, index, first, start_min)
    end = _cut(books, index, first, end_min)
    for step in range(begin, end):
        books.free[step] -= amount
    _join(books, index, first, end)
    _join(books, index, first, begin)


@compiled
def _cut(books: Books, index: int, first: int, at_min: int) -> int:
    """Index of the step that begins at the minute, made where there is none."""
    times_min, free = books.times_min, books.free
    step = step_at(times_min, first, books.steps[index], at_min)
    if times_min[step] == at_min:
        return step
    for place in range(first + books.steps[index], step + 1, -1):
        times_min[place], free[place] = times_min[place - 1], free[place - 1]
    times_min[step + 1], free[step + 1] = at_min, free[step]
    books.steps[index] += 1
    return step + 1


@compiled
def _join(books: Books, index: int, first: int, step: int) -> None:
    """Drop a step that begins with what the one before it had."""
    times_min, free = books.times_min, books.free
    if step == first or free[step] != free[step - 1]:
        return
    books.steps[index] -= 1
    for place in range(step, first + books.steps[index]):
        times_min[place], free[place] = times_min[place + 1], free[place + 1]


@compiled
def amount_of(freight: Records, amount: int) -> int:
    """Take an amount as it is, or as the vehicles or people of the load for which it stands."""
    if amount == OWN_VEHICLES:
        return int(freight.vehicles)
    return int(freight.people) if amount == OWN_PEOPLE else amount
