"""The board in words: figures, rows and labels as people read them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from muster.disclosure.bands import Band
from muster.exchange.report_html.page_data import KIND_NAMES
from muster.hq.board.leading import Way, way_to_resource, ways_of
from muster.hq.board.pictures import LeftOut, Picture, Warned, WarningKind, list_warnings, title_of
from muster.hq.board.units import State, Unit, Whereabouts, whereabouts
from muster.measures import MINUTES_PER_DAY, DayMark, DayOffset, Timeline, date_time_group
from muster.movement.explanation.holdups import Cause
from muster.movement.reporting.report import LineStatus

CAUSES: Final = {
    Cause.READY: gettext_lazy("its line is not ready"),
    Cause.PREDECESSOR: gettext_lazy("waits for another line to close"),
    Cause.LOCK: gettext_lazy("its start is fixed by the planner"),
    Cause.JOIN: gettext_lazy("waits for the rest of its line"),
    Cause.INTEGRATION: gettext_lazy("its line is integrated at the staging area"),
    Cause.PERMIT: gettext_lazy("waits for a permit"),
    Cause.CAVEAT: gettext_lazy("held by a caveat"),
    Cause.RESOURCE: gettext_lazy("waits for room"),
    Cause.STAGING: gettext_lazy("waits for room at the next place"),
    Cause.PRIORITY: gettext_lazy("gives way to a more urgent line"),
    Cause.FLEET: gettext_lazy("waits for lift"),
    Cause.VOYAGE: gettext_lazy("waits for a load of the same voyage"),
    Cause.TOGETHER: gettext_lazy("waits so that its line arrives together"),
    Cause.CHOICE: gettext_lazy("timed so by the plan"),
}
"""Why a load waits, in words."""
FULL_ABOVE: Final = 0.9
"""A place or fleet is full on a day above this share."""
STRETCHES: Final = 6
"""Stretches of full days that are told of one place."""
BOTTLENECKS: Final = 15
"""Rows of the list of bottlenecks."""
STATES: Final = {
    State.AT_ORIGIN: gettext_lazy("at origin"),
    State.MOVING: gettext_lazy("moving"),
    State.ON_THE_WAY: gettext_lazy("on the way"),
    State.CLOSED: gettext_lazy("closed"),
    State.STAYS: gettext_lazy("stays"),
}
STATUSES: Final = {
    LineStatus.ON_TIME: gettext_lazy("on time"),
    LineStatus.LATE: gettext_lazy("late"),
    LineStatus.UNMOVED: gettext_lazy("does not move"),
}
BANDS: Final = {
    Band.UNMET: gettext_lazy("unmet"),
    Band.PARTLY: gettext_lazy("partly"),
    Band.MET: gettext_lazy("met"),
    Band.SURPLUS: gettext_lazy("surplus"),
}
LEFT_OUT: Final = {
    LeftOut.LINES: gettext_lazy("lines of other nations, and what they load on roads, ports and borders"),
    LeftOut.ASSETS: gettext_lazy("lift that carries nothing of yours, and empty trips"),
    LeftOut.CAUSES: gettext_lazy("why your units wait: it may be for others"),
    LeftOut.BOUND: gettext_lazy("how far the plan of the force is from the best there can be"),
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a row of the table beside the map."""

    unit: Unit
    whereabouts: Whereabouts
    origin: str
    destination: str
    where: str
    state: str
    status: str
    required: str
    closes: str


@dataclass(frozen=True, slots=True)
class BottleneckRow:
    """A place or fleet that holds the move up, in figures as people read them; empty is not known."""

    name: str
    resource_id: str
    kind: str
    busy: str
    when: str
    mean: str
    waiting: str
    price: str
    way: Way


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning in words."""

    kind: WarningKind
    word: str
    name: str
    subject: str
    says: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A stretch of what decides the closure of the force."""

    start: str
    end: str
    lasts: str
    load: str
    what: str
    is_wait: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure with its name and, where it has one, a note."""

    name: str
    value: str
    note: str = ""


def key_figures(picture: Picture) -> list[Figure]:
    """The head of the board."""
    figures, label = picture.report.figures, picture.report.timeline.label
    closes = "–" if figures.closure_min is None else label(figures.closure_min)
    bound = ""
    if figures.closure_bound_d is not None:
        earliest = label(round(figures.closure_bound_d * MINUTES_PER_DAY))
        bound = _("not before %(earliest)s, whatever the plan") % {"earliest": earliest}
    return [
        Figure(_("Closes"), closes, bound),
        Figure(_("On time"), str(figures.on_time), _("of %(lines)d lines") % {"lines": figures.lines}),
        Figure(_("Late"), str(figures.late), _("lines")),
        Figure(_("Do not move"), str(figures.unmoved), _("lines")),
        Figure(_("People"), _grouped(figures.moved.people), _("who move")),
        Figure(_("Vehicles"), _grouped(figures.moved.vehicles), _("that move")),
    ]


def unit_rows(picture: Picture, *, at_min: int) -> list[UnitRow]:
    """Units with where they are at a time."""
    names = {site.place: site.name for site in picture.report.sites}
    label = picture.report.timeline.label
    return [
        UnitRow(
            unit=unit,
            whereabouts=where,
            origin=names.get(unit.origin, unit.origin),
            destination=names.get(unit.destination, unit.destination),
            where=_where(where, names),
            state=str(STATES[where.state]),
            status=str(STATUSES[unit.status]),
            required=label(unit.required_min),
            closes="–" if unit.closure_min is None else label(unit.closure_min),
        )
        for unit, where in zip(
            picture.units, whereabouts(picture.units, picture.report, at_min=at_min), strict=True
        )
    ]  # fmt: skip


def band_words() -> dict[Band, str]:
    """What bands are called."""
    return {band: str(word) for band, word in BANDS.items()}


def told_at(timeline: Timeline, minute: int) -> str:
    """A time of the plan as a sheet of paper tells it: after C-day, and where C-day has a date as DTG and as UTC.

    Examples
    --------
    >>> told_at(Timeline(c_day=date(2026, 11, 24), g_day_min=0, d_day_min=0), 930)
    'C+0 15:30 · 241530Z NOV 26 · 2026-11-24 15:30 UTC'
    """
    offset, at = str(DayOffset(DayMark.C, minute)), timeline.instant(minute)
    return offset if at is None else f"{offset} · {date_time_group(at)} · {at:%Y-%m-%d %H:%M} UTC"


def _where(where: Whereabouts, names: Mapping[str, str]) -> str:
    place = names.get(where.place, where.place)
    return place if where.towards is None else f"{place} → {names.get(where.towards, where.towards)}"


def bottleneck_rows(picture: Picture) -> list[BottleneckRow]:
    """What holds the move up, the worst first; of a nation's own part, what it loads most."""
    pairs = list(zip(picture.report.loads, picture.report.bottlenecks, strict=True))
    return [
        BottleneckRow(
            name=title_of(load),
            resource_id=load.resource_id,
            kind=KIND_NAMES[load.kind],
            busy=f"{row.busy_share:.0%}",
            when=days_in_words(load.shares),
            mean="" if row.mean_share is None else f"{row.mean_share:.0%}",
            waiting=f"{row.waiting_load_d:.0f}" if row.waiting_loads else "",
            price="" if row.price is None else f"{row.price:.0%}",
            way=way_to_resource(load.resource_id),
        )
        for load, row in pairs[:BOTTLENECKS]
    ]


def days_in_words(shares: Sequence[float | None]) -> str:
    """Days on which more than nine tenths are used, those that follow each other together, the first few stretches.

    Examples
    --------
    >>> days_in_words([0.1, 0.95, 1.0, None, 0.91])
    'C+1–2, C+4'
    """
    full = [day for day, share in enumerate(shares) if share is not None and share > FULL_ABOVE]
    starts = [day for day in full if day - 1 not in full]
    ends = [day for day in full if day + 1 not in full]
    told = [f"C+{start}" if start == end else f"C+{start}–{end}" for start, end in zip(starts, ends, strict=True)]
    return ", ".join(told[:STRETCHES]) + (" …" if len(told) > STRETCHES else "")


def chain_rows(picture: Picture) -> list[ChainRow]:
    """What decides the closure, from the ready date of one line to the end, in the order of time.

    Empty for the part of a nation: what its units wait for may be others.
    """
    report = picture.report
    if report.chain is None:
        return []
    names = {site.place: site.name for site in report.sites}
    titles = {load.resource_id: f"{title_of(load)}, {KIND_NAMES[load.kind]}" for load in report.loads}
    rows = []
    for link in report.chain.links:
        way = f"{names.get(link.origin, link.origin)} → {names.get(link.destination, link.destination)}"
        if link.cause is None:
            what = _("%(way)s by %(what)s") % {"way": way, "what": link.what}
        else:
            held = titles.get(link.what, names.get(link.what, link.what))
            what = f"{way}: {CAUSES[link.cause]}" + (f" ({held})" if held else "")
        rows.append(
            ChainRow(
                start=report.timeline.label(link.start_min),
                end=report.timeline.label(link.end_min),
                lasts=f"{link.minutes / MINUTES_PER_DAY:.1f}",
                load=link.load_id,
                what=what,
                is_wait=link.cause is not None,
            )
        )
    return rows


def warning_rows(picture: Picture, plan: uuid.UUID, standing: Iterable[Warned] = ()) -> list[WarningRow]:
    """Warnings in words, each with where it can be acted upon; first those of what stands now."""
    return [_warning_row(warned, plan, picture.nation) for warned in (*standing, *list_warnings(picture))]


def _warning_row(warned: Warned, plan: uuid.UUID, nation: str | None) -> WarningRow:
    name = warned.name
    if warned.kind is WarningKind.UNMOVED:
        word, says = _("stays"), _("%(people)d people. %(reason)s") % {"people": warned.amount, "reason": warned.reason}
    elif warned.kind is WarningKind.LATE:
        word, says = _("late"), _("%(days).1f days after its required date") % {"days": warned.amount}
    elif warned.kind is WarningKind.NO_SYMBOL:
        word, name = _("no symbol"), _("Type of unit") if warned.subject else _("Units without a type")
        says = _units_in_words(int(warned.amount))
    elif warned.kind is WarningKind.STALE:
        word, says = _("changed since"), _rows_in_words(int(warned.amount))
    elif warned.kind is WarningKind.GATE:
        word = _("gate closed")
        opens = _("opens %(day)s by what is said") % {"day": warned.reason}
        says = opens if warned.reason else _("nobody says until when")
    else:
        word, says = _("full"), _("on %(share)d %% of the days of the move") % {"share": round(100 * warned.amount)}
    ways = tuple(ways_of(warned, plan, nation=nation))
    return WarningRow(warned.kind, word, name, warned.subject, says, ways)


def _rows_in_words(rows: int) -> str:
    shown = ngettext(
        "%(count)d row of the scenario changed after it was made",
        "%(count)d rows of the scenario changed after it was made",
        rows,
    )
    return shown % {"count": rows}


def _units_in_words(units: int) -> str:
    shown = ngettext("%(count)d unit stands as a plain frame", "%(count)d units stand as a plain frame", units)
    return shown % {"count": units}


def left_out_in_words(picture: Picture) -> list[str]:
    """What a nation's picture does not hold."""
    return [str(LEFT_OUT[part]) for part in picture.left_out]


def map_words() -> dict[str, str]:
    """Words that the scripts of the board put on the page."""
    return {
        **{state.value: str(word) for state, word in STATES.items()},
        "play": _("Play"),
        "pause": _("Pause"),
        "map": _("Map; the tables below hold the same"),
        "show": _("Show on the map"),
        "loads": _("loads"),
        "people": _("people"),
        "units": _("units"),
        "full": _("fullest"),
        "empty": _("Nothing of the plan is here."),
        "closed_curve": _("closed"),
        "required_curve": _("required"),
        "day": _("days after C-day"),
        "failed": _("The map cannot be drawn in this browser; the tables below hold the same."),
    }


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
