"""The plan as bars over time, by nation, unit or asset: rows first, then the drawing of a window in whole units."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import ngettext

from muster.hq.board.pictures import Picture
from muster.hq.board.units import Unit
from muster.measures import MINUTES_PER_DAY
from muster.movement.plan import Move, Step
from muster.movement.reporting.report import Report
from muster.network import Mode

LANES: Final = (Mode.ROAD, Mode.RAIL, Mode.SEA, Mode.AIR)
"""Each mode has a lane of its own in a row, from the top: it is told by its place as well as by its colour."""
WIDTH, LABEL_WIDTH, HEAD_HEIGHT, ROW_HEIGHT, LANE_HEIGHT = 1200, 300, 28, 30, 6
"""Of the drawing, in its own units."""
TICKS_MOST: Final = 16
_TICK_STEPS_D: Final = (1, 2, 5, 7, 14, 28, 56, 112)


class By(StrEnum):
    """What a row is."""

    NATION = "nation"
    UNIT = "unit"
    ASSET = "asset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of a row; ``is_empty`` is a trip without load."""

    mode: Mode
    start_min: int
    end_min: int
    what: str = ""
    is_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is drawn in one row; ``required_min`` and ``closure_min`` are None where they mean nothing."""

    name: str
    detail: str
    nation: str
    bars: tuple[Bar, ...]
    required_min: int | None = None
    closure_min: int | None = None

    @property
    def is_late(self) -> bool:
        """Whether it closes after it is required."""
        return self.required_min is not None and self.closure_min is not None and self.closure_min > self.required_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days ``[first_day, end_day)`` after C-day that are drawn."""

    first_day: int
    end_day: int

    def x(self, minute: int) -> float:
        """Where a minute lies in the drawing, kept within it."""
        share = (minute / MINUTES_PER_DAY - self.first_day) / (self.end_day - self.first_day)
        return round(LABEL_WIDTH + min(1.0, max(0.0, share)) * (WIDTH - LABEL_WIDTH), 1)

    def shows(self, start_min: int, end_min: int) -> bool:
        """Whether any of a stretch lies in it."""
        return end_min > self.first_day * MINUTES_PER_DAY and start_min < self.end_day * MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar as it is drawn."""

    bar: Bar
    x: float
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row as it is drawn; marks are None where they lie outside the window."""

    row: Row
    y: int
    bars: tuple[DrawnBar, ...]
    required_x: float | None
    closure_x: float | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing of some rows in a window; ticks are days with their place."""

    height: int
    ticks: tuple[tuple[int, float], ...]
    rows: tuple[DrawnRow, ...]


def list_rows(picture: Picture, by: By) -> tuple[Row, ...]:
    """All rows of a picture."""
    if by is By.ASSET:
        return tuple(_asset_rows(picture.report))
    steps = _steps_by_unit(picture)
    if by is By.UNIT:
        return tuple(
            Row(
                name=unit.name,
                detail=f"{unit.nation} {unit.uln}",
                nation=unit.nation,
                bars=_merged(steps[unit.uln], picture.report),
                required_min=unit.required_min,
                closure_min=unit.closure_min,
            )
            for unit in picture.units
        )
    return tuple(_nation_rows(picture, steps))


def _nation_rows(picture: Picture, steps: dict[str, list[Step]]) -> Iterator[Row]:
    groups: dict[str, list[Unit]] = {}
    for unit in picture.units:
        groups.setdefault(unit.nation, []).append(unit)
    for nation, units in sorted(groups.items()):
        closures = [unit.closure_min for unit in units if unit.closure_min is not None]
        yield Row(
            name=nation,
            detail=_count_of(len(units)),
            nation=nation,
            bars=_merged([step for unit in units for step in steps[unit.uln]], picture.report),
            closure_min=max(closures, default=None),
        )


def _count_of(units: int) -> str:
    return ngettext("%(count)d unit", "%(count)d units", units) % {"count": units}


def _asset_rows(report: Report) -> Iterator[Row]:
    modes = {leg.leg_id: leg.mode for leg in report.legs}
    names = {site.place: site.name for site in report.sites}
    bars: dict[str, list[Bar]] = {}
    empty: dict[str, list[tuple[int, int, str]]] = {}
    for voyage in sorted(report.voyages, key=lambda voyage: voyage.load_start_min):
        what = f"{names.get(voyage.origin, voyage.origin)} → {names.get(voyage.destination, voyage.destination)}"
        if voyage.leg_id is None:
            empty.setdefault(voyage.asset_id, []).append((voyage.departure_min, voyage.arrival_min, what))
        else:
            bars.setdefault(voyage.asset_id, []).append(
                Bar(
                    mode=modes[voyage.leg_id],
                    start_min=voyage.load_start_min,
                    end_min=voyage.unload_end_min,
                    what=what,
                )
            )
    for fleet, assets in report.fleets.items():
        for asset in assets:
            own = bars.get(asset, [])
            if own:
                trips = [Bar(mode=own[0].mode, start_min=start, end_min=end, what=what, is_empty=True)
                         for start, end, what in empty.get(asset, [])]  # fmt: skip
                yield Row(name=asset, detail=fleet, nation="", bars=(*own, *trips))


def _steps_by_unit(picture: Picture) -> dict[str, list[Step]]:
    moves: dict[str, Move] = {move.load_id: move for move in picture.report.moves}
    return {
        unit.uln: [step for load in unit.loads if load in moves for step in moves[load].steps]
        for unit in picture.units
    }  # fmt: skip


def _merged(steps: Iterable[Step], report: Report) -> tuple[Bar, ...]:
    """Stretches with a carrier, by mode, those that touch made one."""
    modes = {leg.leg_id: leg.mode for leg in report.legs}
    by_mode: dict[Mode, list[Step]] = {}
    for step in steps:
        by_mode.setdefault(modes[step.leg_id], []).append(step)
    bars: list[Bar] = []
    for mode, own in by_mode.items():
        start, end = None, 0
        for step in sorted(own, key=lambda step: step.start_min):
            if start is None or step.start_min > end:
                if start is not None:
                    bars.append(Bar(mode=mode, start_min=start, end_min=end))
                start = step.start_min
            end = max(end, step.end_min)
        if start is not None:
            bars.append(Bar(mode=mode, start_min=start, end_min=end))
    return tuple(bars)


def draw(rows: Sequence[Row], window: Window) -> Drawing:
    """Draw rows one below the other."""
    drawn = tuple(_drawn(row, HEAD_HEIGHT + number * ROW_HEIGHT, window) for number, row in enumerate(rows))
    return Drawing(HEAD_HEIGHT + len(rows) * ROW_HEIGHT, tuple(_ticks(window)), drawn)


def _drawn(row: Row, y: int, window: Window) -> DrawnRow:
    bars = []
    for bar in row.bars:
        if window.shows(bar.start_min, bar.end_min):
            left, right = window.x(bar.start_min), window.x(bar.end_min)
            lane = LANES.index(bar.mode)
            bars.append(DrawnBar(bar, left, y + 3 + lane * LANE_HEIGHT, round(max(1.0, right - left), 1)))
    return DrawnRow(row, y, tuple(bars), _mark(row.required_min, window), _mark(row.closure_min, window))


def _mark(minute: int | None, window: Window) -> float | None:
    return window.x(minute) if minute is not None and window.shows(minute - 1, minute + 1) else None


def _ticks(window: Window) -> Iterator[tuple[int, float]]:
    span = window.end_day - window.first_day
    step = next((days for days in _TICK_STEPS_D if span / days <= TICKS_MOST), _TICK_STEPS_D[-1])
    first = -(-window.first_day // step) * step
    for day in range(first, window.end_day, step):
        yield day, window.x(day * MINUTES_PER_DAY)
