"""Draws what goes wrong in one replication.

Each hazard has streams of its own in every replication, and in them each subject (an activity of the plan, an asset,
a fleet, a line, a permit, a port) has its own place; so that one hazard left out, or made worse, leaves all other
draws as they were (common random numbers). Nothing is ever earlier or quicker than planned: nobody leaves before the
timetable.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from muster.measures import MINUTES_PER_DAY, MINUTES_PER_HOUR
from muster.movement.problem import Carrier
from muster.movement.risk.hazards import DELAYS, HANDLING, Hazard, Odds
from muster.movement.risk.tables import NONE, Flags, Ints, Setbacks, Timetable
from muster.movement.risk.timetable import Names
from muster.movement.search.compiled import NEVER
from muster.network import Mode
from muster.trials import Draws

Floats: TypeAlias = npt.NDArray[np.float64]
Stream: TypeAlias = Callable[[str], np.random.Generator]

SHIPS: Final = frozenset({Carrier.RORO_SHIP, Carrier.CONTAINER_SHIP})


class Chance:
    """What can go wrong with a plan, and how it is drawn.

    Parameters
    ----------
    hazards
        Those that can happen; the others do not.
    is_held_back
        Assets that are not used, whether they would come or not. Shape (n_assets,).
    """

    def __init__(
        self,
        table: Timetable,
        names: Names,
        *,
        odds: Odds,
        hazards: Collection[Hazard],
        is_held_back: Flags,
    ) -> None:
        self._hazards = frozenset(hazards)
        self._odds = odds
        self._planned_ready_min: Ints = table.lines["ready_min"].copy()
        self._planned_available_min: Ints = table.assets["available_min"].copy()
        self._fleet: Ints = table.assets["fleet"].copy()
        self._fleets = len(names.fleets)
        self._granted_min = np.array([granted or 0 for granted in names.permits], dtype=np.int64)
        activities = table.activities[: len(names.legs)]
        self._load_min: Floats = activities["load_min"].astype(np.float64)
        self._unload_min: Floats = activities["unload_min"].astype(np.float64)
        self._late = self._delays(names, activities["travel_min"])
        self._stopped = self._breakdowns(names, activities["asset"] != NONE)
        carriers = [leg.carrier for leg in names.legs]
        self._loading, self._unloading = (_ranges(odds, carriers, end) for end in (0, 1))
        self._charters = self._no_shows(names.carriers)
        self._open_min, self._closed_min = self._weather(names)
        self._horizon_min = names.horizon_min
        self._is_held_back = is_held_back

    def draw(self, draws: Draws, replication: int) -> Setbacks:
        """What goes wrong in a replication."""

        def stream(subject: str) -> np.random.Generator:
            return draws.stream(subject, replication=replication)

        closed_from_min, closed_until_min = self._spells(stream)
        slow_min = self._days_late(stream, Hazard.SLOW_PLEDGE, "pledge", self._fleets)
        late_permit_min = self._days_late(stream, Hazard.PERMIT, "permit", len(self._granted_min))
        return Setbacks(
            delay_min=_heavy(stream, "delay", *self._late) + _heavy(stream, "breakdown", *self._stopped),
            load_min=self._slower(stream("loading"), self._load_min, self._loading),
            unload_min=self._slower(stream("unloading"), self._unload_min, self._unloading),
            ready_min=self._planned_ready_min
            + self._days_late(stream, Hazard.LATE_LINE, "line", len(self._planned_ready_min)),
            granted_min=self._granted_min + np.where(self._granted_min > 0, late_permit_min, 0),
            available_min=self._planned_available_min + slow_min[self._fleet] + self._no_show_min(stream),
            is_absent=self._is_held_back,
            closed_from_min=closed_from_min,
            closed_until_min=closed_until_min,
        )

    def _delays(self, names: Names, travel_min: Ints) -> tuple[Floats, Floats, Floats]:
        """How often each activity is late, by how much at the median, and how much that spreads."""
        shares, medians, spreads = np.zeros((3, len(names.legs)))
        for index, leg in enumerate(names.legs):
            if DELAYS[leg.mode] in self._hazards:
                shares[index] = self._odds[f"risk.{leg.mode}.late_share"]
            medians[index] = self._odds[f"risk.{leg.mode}.delay_share"]
            spreads[index] = self._odds[f"risk.{leg.mode}.delay_spread"]
        return shares, medians * travel_min, spreads

    def _breakdowns(self, names: Names, is_lifted: Flags) -> tuple[Floats, Floats, Floats]:
        """The same of breakdowns of assets: by distance and vehicle on land and at sea, by departure in the air."""
        shares, medians = np.zeros((2, len(names.legs)))
        if Hazard.BREAKDOWN in self._hazards:
            for index in np.flatnonzero(is_lifted).tolist():
                leg = names.legs[index]
                medians[index] = self._odds[f"risk.breakdown.{leg.mode}_h"] * MINUTES_PER_HOUR
                if leg.mode is Mode.AIR:
                    shares[index] = self._odds["risk.breakdown.air_share"]
                    continue
                vehicles = max(1, names.vehicles[index]) if leg.mode is Mode.ROAD else 1
                met = vehicles * leg.distance_m / 1000 / self._odds[f"risk.breakdown.{leg.mode}_km"]
                shares[index] = -np.expm1(-met)
        return shares, medians, np.full(len(names.legs), self._odds["risk.breakdown.spread"])

    def _no_shows(self, carriers: Sequence[Carrier]) -> tuple[Floats, Floats]:
        """How often each asset does not come, and how long it takes to charter another one."""
        rows = [
            (self._odds["risk.no_show.ship_share"], self._odds["sea.ark.notice"])
            if carrier in SHIPS
            else (self._odds["risk.no_show.share"], self._odds["air.salis.notice_old"])
            if carrier is Carrier.AIRCRAFT
            else (self._odds["risk.no_show.share"], self._odds["risk.no_show.charter_d"])
            for carrier in carriers
        ]
        shares, charter_d = np.array(rows).reshape(-1, 2).T
        return shares * (Hazard.NO_SHOW in self._hazards), charter_d * MINUTES_PER_DAY

    def _weather(self, names: Names) -> tuple[Floats, Floats]:
        """Mean time between spells, and of a spell, of each port and airfield."""
        kinds = ["port" if carrier in SHIPS else "airfield" for _, carrier in names.weather]
        closed_min = np.array([self._odds[f"risk.weather.{kind}.spell_h"] * MINUTES_PER_HOUR for kind in kinds])
        shares = np.array([self._odds[f"risk.weather.{kind}.closed_share"] for kind in kinds])
        with np.errstate(divide="ignore"):
            return closed_min * (1 - shares) / shares, closed_min

    def _spells(self, stream: Stream) -> tuple[Ints, Ints]:
        """Spells in which each port and airfield is closed; open on C-day, then by turns."""
        places = len(self._open_min)
        if Hazard.WEATHER not in self._hazards or places == 0:
            never = np.full((max(1, places), 1), NEVER, dtype=np.int64)
            return never, never
        expected = self._horizon_min / float((self._open_min + self._closed_min).min())
        shape = (places, int(expected + 6 * np.sqrt(expected)) + 6)
        gaps = stream("weather, open").standard_exponential(shape) * self._open_min[:, None]
        spells = stream("weather, closed").standard_exponential(shape) * self._closed_min[:, None]
        until_min = np.cumsum(gaps + spells, axis=1)
        return _whole(until_min - spells), _whole(until_min)

    def _no_show_min(self, stream: Stream) -> Ints:
        """How much later than an asset the one comes that is chartered in its place; 0 where it comes itself."""
        shares, charter_min = self._charters
        return _whole(np.where(stream("no-show").random(len(shares)) < shares, charter_min, 0.0))

    def _days_late(self, stream: Stream, hazard: Hazard, name: str, count: int) -> Ints:
        """How late something from outside is."""
        if hazard not in self._hazards:
            return np.zeros(count, dtype=np.int64)
        share = self._odds[f"risk.{name}.{'slow' if hazard is Hazard.SLOW_PLEDGE else 'late'}_share"]
        median_min = self._odds[f"risk.{name}.delay_d"] * MINUTES_PER_DAY
        late = (np.full(count, share), np.full(count, median_min), np.full(count, self._odds[f"risk.{name}.spread"]))
        return _heavy(stream, name, *late)

    def _slower(self, stream: np.random.Generator, planned_min: Floats, ranges: Floats) -> Ints:
        """How much longer than planned handling takes: the upper part of a triangular distribution, else nothing."""
        if Hazard.HANDLING not in self._hazards:
            return np.zeros(len(planned_min), dtype=np.int64)
        low, high = ranges
        ratio = high - np.sqrt((1 - stream.random(len(planned_min))) * (high - low) * (high - 1))
        return _whole(planned_min * np.maximum(0.0, ratio - 1))


def _heavy(stream: Stream, subject: str, shares: Floats, medians: Floats, spreads: Floats) -> Ints:
    """Nothing as a rule; with some chance a lognormal amount."""
    if not shares.any():
        return np.zeros(len(shares), dtype=np.int64)
    happens = stream(f"{subject}, whether").random(len(shares)) < shares
    sizes = medians * np.exp(spreads * stream(f"{subject}, how much").standard_normal(len(shares)))
    return _whole(np.where(happens, sizes, 0.0))


def _ranges(odds: Odds, carriers: Sequence[Carrier], end: int) -> Floats:
    """Lowest and highest handling time over the likely one, by activity; 1 where nothing is known. Shape (2, n)."""
    names = [HANDLING[carrier][end] if carrier in HANDLING else None for carrier in carriers]
    return np.array([[1.0 if name is None else odds[f"{name}/{which}"] for name in names] for which in ("low", "high")])


def _whole(minutes: Floats) -> Ints:
    """Whole minutes, none beyond any plan."""
    return np.rint(np.minimum(minutes, float(NEVER))).astype(np.int64)
