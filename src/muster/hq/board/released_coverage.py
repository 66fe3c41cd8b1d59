"""Cover of requirements for one nation: the bands that were released to every nation, and units of its own.

The bands are read from the very form that was released; nothing of others is worked out here. Units of its own come
from the nation's own lines of the plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from muster.disclosure.bands import Band
from muster.disclosure.release import NOT_RELEASED
from muster.exchange.report_html.page import data_of
from muster.forces.months import QUARTER_MONTHS, month_start_d


@dataclass(frozen=True, slots=True)
class OwnTour:
    """A unit of the nation that serves in a requirement, in days after C-day, ``[start_d, end_d)``."""

    requirement_id: str
    unit: str
    start_d: float
    end_d: float


@dataclass(frozen=True, slots=True)
class BandCell:
    """A requirement in a quarter.

    Attributes
    ----------
    band
        None where it is not released; ``is_needed`` tells that from where nothing is needed.
    own
        Units of the nation that serve there then.
    """

    band: Band | None
    is_needed: bool
    own: int


@dataclass(frozen=True, slots=True)
class BandMapRow:
    """A requirement, or the sum of several, with its quarters."""

    name: str
    title: str
    criticality: int | None
    cells: tuple[BandCell, ...]


@dataclass(frozen=True, slots=True)
class BandMap:
    """What a nation may see of the cover; without bands where none were released.

    Attributes
    ----------
    quarter_starts_d
        First day of each quarter after C-day.
    totals, rows
        The force with its components; requirements, the most critical first.
    """

    quarter_starts_d: tuple[int, ...]
    totals: tuple[BandMapRow, ...]
    rows: tuple[BandMapRow, ...]
    has_bands: bool


class _Row(msgspec.Struct):
    name: str
    title: str
    criticality: int | None
    needed: list[int]
    bands: list[str | None]


class _Form(msgspec.Struct):
    """What is read of a released form; all else in it is left."""

    quarter_starts_d: list[int]
    totals: list[_Row]
    rows: list[_Row]


def band_map(form: bytes | None, own: Iterable[OwnTour], names: Mapping[str, str]) -> BandMap | None:
    """The map of a nation; None where there is nothing to show.

    Parameters
    ----------
    form
        The page that was released to every nation; None where there is none.
    own
        Tours of the nation's own units.
    names
        What the requirements are called in which these serve.
    """
    tours = list(own)
    told = None if form is None else _read(form)
    if told is not None:
        starts = tuple(told.quarter_starts_d)
        return BandMap(
            starts[:-1],
            tuple(_row(row, starts, ()) for row in told.totals),
            tuple(_row(row, starts, tours) for row in sorted(told.rows, key=lambda row: row.criticality or 0)),
            has_bands=True,
        )
    if not tours:
        return None
    quarters = 1
    while month_start_d(QUARTER_MONTHS * quarters) < max(tour.end_d for tour in tours):
        quarters += 1
    starts = tuple(month_start_d(QUARTER_MONTHS * quarter) for quarter in range(quarters + 1))
    rows = tuple(
        BandMapRow(name, title, None, tuple(BandCell(None, False, count) for count in _own(name, starts, tours)))
        for name, title in sorted(names.items())
    )
    return BandMap(starts[:-1], (), rows, has_bands=False)


def _read(form: bytes) -> _Form | None:
    """What a form says; None where it says it in another way, as one of another version may."""
    data = data_of(form)
    try:
        return None if data is None else msgspec.json.decode(data, type=_Form)
    except msgspec.ValidationError:
        return None


def _row(row: _Row, starts: Sequence[int], tours: Sequence[OwnTour]) -> BandMapRow:
    cells = tuple(
        BandCell(None if band in {None, NOT_RELEASED} else Band(band), is_needed=bool(needed), own=own)
        for band, needed, own in zip(row.bands, row.needed, _own(row.name, starts, tours), strict=True)
    )
    return BandMapRow(row.name, row.title, row.criticality, cells)


def _own(requirement_id: str, starts: Sequence[int], tours: Sequence[OwnTour]) -> list[int]:
    """Units that serve in a requirement, quarter by quarter."""
    of_it = [tour for tour in tours if tour.requirement_id == requirement_id]
    return [
        len({tour.unit for tour in of_it if tour.start_d < end and tour.end_d > start})
        for start, end in pairwise(starts)
    ]
