"""Machine code made ahead, so that no bound waits for it."""

import numpy as np

from muster.movement.formulation.cheapest import Paths, bench, price_all
from muster.movement.formulation.columns import columns, trace_all
from muster.movement.formulation.compiled import note_made
from muster.movement.formulation.moments import MOMENT, PERIODS, USE, WAY, Takings
from muster.movement.formulation.worths import prices


def make_machine_code() -> None:
    """Compile what prices lines, or load what was compiled before, on nothing at all."""
    none, first = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    paths = Paths(first, first, first, none, none, first, none, none, none, none, none, none, none, 0)
    factor = np.zeros((0, 5), dtype=np.int64)
    ways, moments, uses, periods = (np.zeros(0, dtype=kind) for kind in (WAY, MOMENT, USE, PERIODS))
    takings = Takings(none, none, factor, ways, moments, uses, periods, none)
    asked = prices(takings, (), np.zeros(0))
    places = bench(paths, 60)
    price_all(paths, takings, asked, places, none)
    trace_all(paths, takings, asked, places, columns(paths, takings), none)
    note_made()
