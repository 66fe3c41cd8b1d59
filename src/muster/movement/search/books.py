"""Opens books in which nothing is booked, and clears a desk for any step."""

from typing import Final

import numpy as np

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.problem import DIMENSIONS
from muster.movement.search import tables as t
from muster.movement.search.chains import DRAFTS
from muster.movement.search.following import LATER_MOST
from muster.movement.search.tables import NONE, Books, Desk, Tables

ENTRIES_A_RIDE: Final = 160
"""Room in the ledger for each ride of the lines that one step can take out."""
LINES_A_STEP: Final = 20
"""Lines that one step can take out beside those that wait for others, the largest ones supposed."""
SWAPPED_PAIRS: Final = 1024
"""Pairs of lines that may change places while priorities are restored."""


def day_count(horizon_min: int) -> int:
    """How many days are told apart, the last one with room for what begins on it."""
    return horizon_min // MINUTES_PER_DAY + 2


def empty_books(tables: Tables) -> Books:
    """Books in which nothing is booked."""
    trips = 2 * tables.slots + 64
    diaries = tables.diaries
    return Books(
        used=np.zeros(len(tables.period_room), dtype=np.int64),
        times_min=tables.step_times_min.copy(),
        free=tables.step_free.copy(),
        steps=tables.steps.copy(),
        diary_trips=np.zeros(int(diaries["trips_room"].sum()) + 1, dtype=np.int64),
        diary_count=np.zeros(len(diaries), dtype=np.int64),
        hop_trips=np.zeros(int(tables.hops["trips_room"].sum()) + 1, dtype=np.int64),
        hop_count=np.zeros(len(tables.hops), dtype=np.int64),
        day_min=tables.travelled_min.copy(),
        trips=np.zeros(trips, dtype=t.TRIP),
        room=np.zeros((trips, len(DIMENSIONS)), dtype=np.int64),
        spare_trips=np.arange(trips, dtype=np.int64),
        spare_count=np.array([trips], dtype=np.int64),
        rides=np.zeros(tables.slots, dtype=t.RIDE),
        next_aboard=np.full(tables.slots, NONE, dtype=np.int64),
        journeys=np.full(len(tables.freights), NONE, dtype=np.int64).repeat(2).view(t.JOURNEY),
        closed_min=np.full(len(tables.units), NONE, dtype=np.int64),
        refusals=np.full((len(tables.units), 3), NONE, dtype=np.int64),
        moved=np.maximum(tables.standing_legs, 0),
    )


def clear_desk(tables: Tables) -> Desk:
    """A desk large enough for any step."""
    units, freights = tables.units, tables.freights
    slots = np.diff(np.append(freights["slot"], tables.slots))
    of_unit = np.bincount(freights["unit"], weights=slots, minlength=len(units)) if len(units) else np.zeros(0)
    followers = of_unit[units["after_first"] < units["after_last"]]
    lines = LINES_A_STEP + (LATER_MOST if len(followers) else 0)
    rides = np.sort(of_unit)[-lines:].sum() + followers.sum()
    entries = ENTRIES_A_RIDE * int(rides + lines + len(followers)) + 64
    ways = int((freights["ways_last"] - freights["ways_first"]).max()) if len(freights) else 0
    options = tables.options
    crew = int((options["crew_last"] - options["crew_first"]).max()) if len(options) else 0
    return Desk(
        delay_min=np.zeros(len(tables.hops)),
        price=np.zeros(len(tables.diaries)),
        toll_min=np.zeros(len(tables.period_room)),
        entries=np.zeros(entries, dtype=t.ENTRY),
        entry_rides=np.zeros(entries, dtype=t.RIDE),
        entry_count=np.zeros(1, dtype=np.int64),
        drafts=np.zeros(DRAFTS + 1, dtype=t.RIDE),
        draft_before=np.zeros(DRAFTS, dtype=np.int64),
        draft_stage=np.zeros(DRAFTS, dtype=np.int64),
        is_draft=np.zeros(DRAFTS, dtype=np.bool_),
        draft_count=np.zeros(1, dtype=np.int64),
        best=np.zeros(DRAFTS, dtype=np.int64),
        chosen=np.zeros(DRAFTS, dtype=np.int64),
        ranked=np.zeros(ways + 1, dtype=np.int64),
        rank=np.zeros(ways + 1),
        gap_start_min=np.zeros(crew, dtype=np.int64),
        gap_latest_min=np.zeros(crew, dtype=np.int64),
        extra_min=np.zeros(day_count(tables.horizon_min), dtype=np.int64),
        floors_min=np.zeros(DRAFTS, dtype=np.int64),
        held_min=np.zeros(len(freights), dtype=np.int64),
        marks=np.zeros(DRAFTS, dtype=np.int64),
        refusal=np.full(3, NONE, dtype=np.int64),
        held=np.full(2, NONE, dtype=np.int64),
        picked=np.zeros(len(units) + 1, dtype=np.int64),
        found=np.zeros(len(units) + 1, dtype=np.int64),
        is_found=np.zeros(len(units), dtype=np.bool_),
        keys=np.zeros((len(units) + 1, 2), dtype=np.int64),
        swaps=np.zeros((SWAPPED_PAIRS, 3), dtype=np.int64),
    )
