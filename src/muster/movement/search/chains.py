"""One load over a chain of legs: leg by leg as early as can be, with room to wait wherever it waits."""

from typing import Final, NamedTuple

import numpy as np

from muster.movement.search.compiled import NEVER, compiled
from muster.movement.search.ledger import mark, rollback, take_ride
from muster.movement.search.profiles import amount_of, clear_from, earliest_span
from muster.movement.search.rides import find_ride
from muster.movement.search.tables import NONE, Books, Desk, Records, Settings, Tables

RETRIES: Final = 6
"""How often a leg is made later because there is no room to wait after it."""
LEARNING: Final = 0.1
"""Weight of the latest wait for a leg in the average by which chains are ranked."""
EARLY: Final = 0.05
"""What a minute is worth by which a load is there before it is needed."""
DRAFTS: Final = 512
"""Rides found for the stages of the chains of one load that are kept in mind at once."""


class Errand(NamedTuple):
    """What a load has to do.

    Attributes
    ----------
    done
        How many rides it has made before; it waits since the last of them.
    from_min
        When it is ready for the first leg.
    arrive_from_min
        It must not be at the end before.
    dwell_min
        How long it will at least wait where the chain ends.
    needed_min
        To be at the end earlier than that gains nothing for the line.
    """

    freight: int
    done: int
    from_min: int
    arrive_from_min: int
    dwell_min: int
    needed_min: int


@compiled
def best_chain(
    tables: Tables, books: Books, desk: Desk, settings: Settings, draw: np.random.Generator, errand: Errand, count: int
) -> int:
    """Book the chain that ends first, delays to others counted, of the first ``count`` on the desk.

    Returns
    -------
    The chain, :data:`NONE` where none can be made; its rides are in the slots of the load.
    """
    desk.refusal[:] = NONE
    desk.draft_count[0] = 0
    if count > 1:
        _rank(tables, desk, settings, draw, count)
    best, best_min = NONE, float(NEVER)
    until = mark(desk)
    for place in range(min(count, max(1, settings.breadth))):
        chain = desk.ranked[place]
        if not _run(tables, books, desk, settings, errand, chain, best_min):
            rollback(tables, books, desk, until)
            continue
        best = chain
        for step in range(tables.chains[chain].last - tables.chains[chain].first):
            desk.best[step] = desk.chosen[step]
        best_min = _cost_min(tables, desk, settings, errand, chain)
        if count > 1:
            rollback(tables, books, desk, until)
    if best != NONE:
        desk.refusal[:] = NONE
    if best != NONE and count > 1:
        first = tables.freights[errand.freight].slot
        for step in range(tables.chains[best].last - tables.chains[best].first):
            slot = first + errand.done + step
            books.rides[slot] = desk.drafts[desk.best[step]]
            take_ride(tables, books, desk, slot, slot - 1 if slot > first else NONE)
    return int(best)


@compiled
def _rank(tables: Tables, desk: Desk, settings: Settings, draw: np.random.Generator, count: int) -> None:
    """Put chains in the order of how long they may take, with the usual waits."""
    for place in range(count):
        chain = tables.chains[desk.ranked[place]]
        expected_min = float(chain.least_min)
        for stage in range(chain.first, chain.last):
            expected_min += desk.delay_min[tables.stages[tables.chain_stages[stage]].hop]
        if settings.noise > 0.0:
            expected_min *= 1.0 + settings.noise * draw.random()
        desk.rank[place] = expected_min
    for place in range(1, count):
        chain_index, rank = desk.ranked[place], desk.rank[place]
        before = place
        while before > 0 and desk.rank[before - 1] > rank:
            desk.ranked[before], desk.rank[before] = desk.ranked[before - 1], desk.rank[before - 1]
            before -= 1
        desk.ranked[before], desk.rank[before] = chain_index, rank


@compiled
def _cost_min(tables: Tables, desk: Desk, settings: Settings, errand: Errand, chain: int) -> float:
    """When the chain at hand ends, and what it costs others."""
    ends_min, paid_min = errand.from_min, 0.0
    for step in range(tables.chains[chain].last - tables.chains[chain].first):
        ride = desk.drafts[desk.chosen[step]]
        ends_min, paid_min = ride.end_min, paid_min + ride.cost_min
    return worth_min(errand, ends_min) + settings.thrift * paid_min


@compiled
def worth_min(errand: Errand, ends_min: float) -> float:
    """What it is worth to a line that a load is there by a minute; less is better."""
    return max(float(errand.needed_min), ends_min) + EARLY * ends_min


@compiled
def _run(
    tables: Tables, books: Books, desk: Desk, settings: Settings, errand: Errand, chain: int, bound_min: float
) -> bool:
    """Make one chain, booked as far as it gets; whether it is made and ends before the bound."""
    own = tables.chains[chain]
    first, length = tables.freights[errand.freight].slot, own.last - own.first
    desk.floors_min[:length] = 0
    if length:
        desk.floors_min[length - 1] = errand.arrive_from_min
    step, rest_min, paid_min, retries = 0, own.least_min, 0.0, RETRIES
    while step < length:
        slot = first + errand.done + step
        ready_min = books.rides[slot - 1].end_min if step else errand.from_min
        stage = tables.chain_stages[own.first + step]
        draft = _draft(tables, books, desk, settings, errand, step, stage, ready_min)
        if draft == NONE:
            _refuse(tables, desk, stage, NONE)
            return False
        ride, least_min = desk.drafts[draft], tables.stages[stage].least_min
        least_paid_min = settings.thrift * (paid_min + ride.cost_min)
        if worth_min(errand, ride.end_min + rest_min - least_min) + least_paid_min >= bound_min:
            return False
        since = slot - 1 if slot > first else NONE
        dwell_min = errand.dwell_min if step + 1 == length else 0
        late, from_min = shortage(tables, books, ride, since, dwell_min)
        if late <= 0:
            _refuse(tables, desk, stage, from_min)
            retries -= 1
            if retries < 0 or step + late < 0 or from_min >= NEVER:
                return False
            desk.floors_min[step + late] = from_min
            if late < 0:
                step -= 1
                rollback(tables, books, desk, desk.marks[step])
                undone = desk.drafts[desk.chosen[step]]
                paid_min -= undone.cost_min
                rest_min += tables.stages[undone.stage].least_min
            continue
        desk.marks[step], desk.chosen[step] = mark(desk), draft
        books.rides[slot] = ride
        take_ride(tables, books, desk, slot, since)
        waited_min = ride.end_min - ready_min - least_min
        hop = tables.stages[stage].hop
        desk.delay_min[hop] += LEARNING * (waited_min - desk.delay_min[hop])
        paid_min, rest_min, step = paid_min + ride.cost_min, rest_min - least_min, step + 1
    return True


@compiled
def _draft(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    errand: Errand,
    step: int,
    stage: int,
    ready_min: int,
) -> int:
    """The draft of the earliest ride for a stage; what was found after the same legs before is not sought again."""
    before, floor_min = (desk.chosen[step - 1] if step else NONE), desk.floors_min[step]
    count = desk.draft_count[0]
    if floor_min == 0:
        for known in range(count):
            if desk.draft_stage[known] == stage and desk.draft_before[known] == before:
                return known if desk.is_draft[known] else NONE
    if count + 1 >= DRAFTS:
        return NONE
    desk.draft_count[0] = count + 1
    desk.draft_stage[count] = stage if floor_min == 0 else NONE
    desk.draft_before[count] = before
    locked_min = tables.freights[errand.freight].locked_min if errand.done + step == 0 else NONE
    is_found = find_ride(tables, books, desk, settings, stage, ready_min, floor_min, locked_min, count)
    desk.is_draft[count] = is_found
    return int(count) if is_found else NONE


@compiled
def _refuse(tables: Tables, desk: Desk, stage: int, full_until_min: int) -> None:
    """Remember why a chain failed, unless another one did before."""
    if desk.refusal[0] == NONE:
        desk.refusal[0] = tables.stages[stage].freight
        desk.refusal[1] = tables.stages[stage].hop
        desk.refusal[2] = full_until_min


@compiled
def shortage(tables: Tables, books: Books, ride: Records, since: int, dwell_min: int) -> tuple[int, int]:
    """Which ride must end later for want of room to wait: 0 this one, -1 the one before, 1 none; and when it may."""
    freight = tables.freights[tables.stages[ride.stage].freight]
    if since != NONE and ride.start_min > books.rides[since].end_min:
        before = books.rides[since]
        hop = tables.hops[tables.stages[before.stage].hop]
        free_min = before.end_min
        for stay in range(hop.stays_first, hop.stays_last):
            use = tables.uses[stay]
            amount = amount_of(freight, use.amount)
            free_min = max(
                free_min, clear_from(tables, books, use.profile, before.end_min, ride.start_min, amount)
            )  # fmt: skip
        if free_min > before.end_min:
            return -1, free_min
    if dwell_min:
        room_min = _room_to_stay(tables, books, ride, freight, dwell_min)
        if room_min > ride.end_min:
            return 0, room_min
    return 1, 0


@compiled
def _room_to_stay(tables: Tables, books: Books, ride: Records, freight: Records, dwell_min: int) -> int:
    """First minute at or after the end of a ride from which the load may stay there for a while."""
    room_min = ride.end_min
    hop = tables.hops[tables.stages[ride.stage].hop]
    for _ in range(RETRIES):
        asked_min = room_min
        for stay in range(hop.stays_first, hop.stays_last):
            use = tables.uses[stay]
            room_min = earliest_span(tables, books, use.profile, room_min, dwell_min, amount_of(freight, use.amount))
        if room_min == asked_min:
            break
    return int(room_min)
