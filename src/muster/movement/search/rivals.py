"""Who takes what a line waits for: lines that are counted at the same full place, or use the same fleet, before it."""

from typing import Final

import numpy as np

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.search.compiled import compiled
from muster.movement.search.journeys import ride_count
from muster.movement.search.scarcity import counted_period
from muster.movement.search.tables import NONE, Books, Desk, Records, Tables

REACHES_MIN: Final = (MINUTES_PER_DAY, 2 * MINUTES_PER_DAY, 4 * MINUTES_PER_DAY, 8 * MINUTES_PER_DAY)
"""How long before a line its rivals may have gone."""
SCANNED: Final = 1_000
"""Lines that are looked at."""
CONTESTED: Final = 0.5
"""Part of its room from which on a period of a place is contested."""
FLEETS: Final = 0.5
"""How often the fleet is looked at where a place on the way is contested as well."""


@compiled
def find_rivals(tables: Tables, books: Books, desk: Desk, draw: np.random.Generator, seed: int) -> int:
    """Find lines that a load of a line competes with on one of its rides; how many there are on the desk."""
    line = tables.units[seed]
    if books.closed_min[seed] == NONE or line.freights_first == line.freights_last:
        return 0
    freight = draw.integers(line.freights_first, line.freights_last)
    count = ride_count(tables, books, freight)
    if count == 0:
        return 0
    ride = books.rides[tables.freights[freight].slot + draw.integers(0, count)]
    profile, crew, at_min = _contested(tables, books, draw, ride)
    if profile == NONE and crew == NONE:
        return 0
    from_min = int(at_min - REACHES_MIN[draw.integers(0, len(REACHES_MIN))])
    found, units = 0, len(tables.units)
    start = draw.integers(0, units)
    for step in range(min(units, SCANNED)):
        unit = int((start + step) % units)
        is_free = books.closed_min[unit] != NONE and not tables.units[unit].is_locked
        if is_free and _uses(tables, books, unit, profile, crew, from_min, at_min + MINUTES_PER_DAY):
            found = find(desk, unit, seed, found)
    return found


@compiled
def find(desk: Desk, unit: int, seed: int, found: int) -> int:
    """Add a line to those among which some are picked; how many there are then."""
    if unit == seed or desk.is_found[unit]:
        return found
    desk.found[found], desk.is_found[unit] = unit, True
    return found + 1


@compiled
def _contested(tables: Tables, books: Books, draw: np.random.Generator, ride: Records) -> tuple[int, int, int]:
    """The fullest place at which a ride is counted, or else the crew of its voyage; and when."""
    option = tables.options[ride.option]
    service = tables.services[option.service]
    profile, fullest, at_min = NONE, CONTESTED, ride.start_min
    for place in range(service.counted_first, service.counted_last):
        use = tables.uses[place]
        period = counted_period(tables, use, ride.start_min)
        full = books.used[period] / max(1, tables.period_room[period])
        if full > fullest:
            profile, fullest, at_min = use.profile, full, ride.start_min + use.after_min
    if ride.diary != NONE and (profile == NONE or draw.random() < FLEETS):
        return NONE, int(option.crew), int(ride.start_min)
    return int(profile), NONE, int(at_min)


@compiled
def _uses(tables: Tables, books: Books, unit: int, profile: int, crew: int, from_min: int, until_min: int) -> bool:
    """Whether a ride of a line is counted at a place, or is with an asset of a crew, between two minutes."""
    for freight in range(tables.units[unit].freights_first, tables.units[unit].freights_last):
        first = tables.freights[freight].slot
        for slot in range(first, first + ride_count(tables, books, freight)):
            ride = books.rides[slot]
            if ride.start_min > until_min or ride.end_min < from_min:
                continue
            if crew != NONE:
                if ride.diary != NONE and tables.is_in_crew[crew, ride.diary]:
                    return True
            elif _is_counted_at(tables, ride, profile, from_min, until_min):
                return True
    return False


@compiled
def _is_counted_at(tables: Tables, ride: Records, profile: int, from_min: int, until_min: int) -> bool:
    service = tables.services[tables.options[ride.option].service]
    for place in range(service.counted_first, service.counted_last):
        use = tables.uses[place]
        if use.profile == profile and from_min <= ride.start_min + use.after_min <= until_min:
            return True
    return False
