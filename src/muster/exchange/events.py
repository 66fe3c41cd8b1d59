"""Events as CSV: what has happened and what has changed since a plan was made, one row each.

The columns hold those of a scenario's ``events`` table. Which of them a kind reads stands in
:mod:`muster.exchange.event_kinds`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from muster.exchange.event_kinds import (
    ACTUAL,
    COMMON,
    FILE,
    MAY_FILL,
    NEEDS,
    OVERRIDES,
    PERCENT,
    TABLE,
    VALUES,
    EventKind,
)
from muster.exchange.scenario import Fault, TablesRefused
from muster.exchange.scenario.reading import Record, read_table
from muster.measures import MINUTES_PER_DAY, DayOffset, Timeline
from muster.movement.cargo import CargoClass
from muster.movement.permissions import Override, OverrideKind
from muster.movement.replan.events import (
    Arrived,
    AssetLate,
    AssetLost,
    AssetOffered,
    CapacityChanged,
    DatesMoved,
    Departed,
    Event,
    Held,
    LineLate,
    OpeningDelayed,
    Overridden,
    PermitChanged,
    PlaceClosed,
    UnitOffered,
    UnitWithdrawn,
)
from muster.movement.resources import ResourceKind
from muster.network import Mode


class EventsRefused(TablesRefused):
    """Events that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file of events tells.

    Attributes
    ----------
    now_min
        Minutes after C-day until when it tells what has happened.
    row_of
        Row of the file, by event.
    """

    now_min: int
    events: tuple[Event, ...]
    row_of: Mapping[str, int]


def decode(document: bytes, timeline: Timeline, *, now_min: int | None = None) -> Told:
    """Events of a file.

    Parameters
    ----------
    now_min
        Minutes after C-day until when plans are facts; None takes the last departure or arrival that the file reports,
        and without one the earliest ``at``.

    Raises
    ------
    EventsRefused
        When the bytes are no table of events; every fault is told.
    """
    faults: list[Fault] = []
    records = read_table(TABLE, document, faults).records
    faults += _twice(records)
    for record in records:
        faults += _unfit(record)
    now_min = _now(records, timeline) if now_min is None else now_min
    if now_min is None and not faults:
        rule = "no row says at what time it is."
        faults.append(Fault(FILE, 0, "at", rule, "Fill at, or say what time it is with --now."))
    faults += _early_and_late(records, timeline, now_min or 0)
    if faults or now_min is None:
        raise EventsRefused(faults)
    maker = _Maker(timeline, now_min)
    events = tuple(maker.event(record) for record in records)
    rows = {record.values["event_id"]: record.number for record in records}
    return Told(now_min=now_min, events=events, row_of=rows)


def _twice(records: Sequence[Record]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for record in records:
        name = record.values.get("event_id")
        if name in seen:
            rule = f'the event "{name}" stands in row {seen[name]} already.'
            yield Fault(FILE, record.number, "event_id", rule, "Give each event a name of its own.", str(name))
        elif name is not None:
            seen[name] = record.number


def _unfit(record: Record) -> Iterator[Fault]:
    """What a row's kind needs and lacks, and values that it cannot read."""
    kind = record.values.get("kind")
    if kind is None:
        return
    kind = EventKind(kind)
    for group in NEEDS[kind]:
        if not any(name in record.cells for name in group):
            wanted = " or ".join(group)
            yield Fault(FILE, record.number, group[0], f'"{kind}" needs {wanted}.', f"Fill {wanted}.")
    read = {
        "event_id",
        "kind",
        "at",
        "reason",
        *MAY_FILL.get(kind, ()),
        *(name for group in NEEDS[kind] for name in group),
    }
    for name in TABLE.column_of:
        if name in record.cells and name not in read and name not in COMMON:
            rule = f'"{kind}" does not read {name}.'
            yield Fault(
                FILE, record.number, name, rule, "Leave it empty, or correct the kind.", record.cells[name][:80]
            )
    value = record.cells.get("value")
    if value is None or kind not in VALUES:
        return
    form, what, remedy = VALUES[kind]
    if not form.fullmatch(value):
        yield Fault(FILE, record.number, "value", f'"{value[:60]}" is no {what}.', remedy, value[:80])


def _now(records: Sequence[Record], timeline: Timeline) -> int | None:
    """The last report, or without one the first date."""
    dates = [(row.values.get("kind"), row.values["at"]) for row in records if row.values.get("at") is not None]
    reported = [timeline.minute(at) for kind, at in dates if kind in ACTUAL]
    return max(reported) if reported else min((timeline.minute(at) for _, at in dates), default=None)


def _early_and_late(records: Sequence[Record], timeline: Timeline, now_min: int) -> Iterator[Fault]:
    """Periods that end before they start, and reports about the future."""
    for record in records:
        at, until = record.values.get("at"), record.values.get("until")
        if at is not None and until is not None and timeline.minute(at) >= timeline.minute(until):
            rule = f"it ends at {until}, not after it starts at {at}."
            yield Fault(FILE, record.number, "until", rule, "Give until a later time than at.", str(until))
        if record.values.get("kind") in ACTUAL and at is not None and timeline.minute(at) > now_min:
            rule = f"it is reported for {at}, which is later than now."
            remedy = "Report what has happened, give what is expected as expected, or set --now later."
            yield Fault(FILE, record.number, "at", rule, remedy, str(at))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes events of rows without faults."""

    timeline: Timeline
    now_min: int

    def event(self, record: Record) -> Event:
        kind, values = EventKind(record.values["kind"]), record.values
        if kind in OVERRIDES:
            return self._override(kind, values)
        return _MADE[kind](self, values)

    def at(self, values: Mapping[str, Any]) -> int:
        """When it happened; now where that is not said."""
        offset: DayOffset | None = values["at"]
        return self.now_min if offset is None else self.timeline.minute(offset)

    def until(self, values: Mapping[str, Any]) -> int | None:
        """When it ends."""
        offset: DayOffset | None = values["until"]
        return None if offset is None else self.timeline.minute(offset)

    def _override(self, kind: EventKind, values: Mapping[str, Any]) -> Event:
        return Overridden(
            event_id=values["event_id"],
            override=Override(
                override_id=values["event_id"],
                kind=OverrideKind(kind),
                uln=values["line"],
                nation=values["nation"],
                place=values["place"],
                mode=None if values["mode"] is None else Mode(values["mode"]),
                cargo=None if values["cargo"] is None else CargoClass(values["cargo"]),
                asset=values["asset"],
                start_min=self.at(values) if kind is EventKind.LOCK else None,
                reason=values["reason"],
            ),
        )

    def closed(self, values: Mapping[str, Any]) -> Event:
        start_min, end_min = self.at(values), self.until(values)
        return PlaceClosed(
            event_id=values["event_id"], place=values["place"], start_min=start_min, end_min=end_min
        )  # fmt: skip

    def opening(self, values: Mapping[str, Any]) -> Event:
        return OpeningDelayed(event_id=values["event_id"], place=values["place"], by_min=_minutes(values["value"]))

    def capacity(self, values: Mapping[str, Any]) -> Event:
        percent = PERCENT.fullmatch(values["value"])
        return CapacityChanged(
            event_id=values["event_id"],
            place=values["place"],
            kind=ResourceKind(values["resource"]),
            start_min=self.at(values),
            end_min=self.until(values),
            capacity=None if percent else int(values["value"]),
            percent=int(percent[1]) if percent else None,
        )

    def lost(self, values: Mapping[str, Any]) -> Event:
        return AssetLost(event_id=values["event_id"], asset_id=values["asset"], at_min=self.at(values))

    def late(self, values: Mapping[str, Any]) -> Event:
        return AssetLate(event_id=values["event_id"], asset_id=values["asset"], until_min=self.until(values) or 0)

    def asset(self, values: Mapping[str, Any]) -> Event:
        return AssetOffered(
            event_id=values["event_id"],
            asset_id=values["asset"],
            like=values["like"],
            from_min=self.at(values),
            nation=values["nation"],
            home=values["place"],
        )

    def unit(self, values: Mapping[str, Any]) -> Event:
        return UnitOffered(
            event_id=values["event_id"],
            uln=values["line"],
            like=values["like"],
            ready_min=self.at(values),
            required_min=self.until(values),
            nation=values["nation"],
        )

    def withdrawn(self, values: Mapping[str, Any]) -> Event:
        return UnitWithdrawn(event_id=values["event_id"], uln=values["line"])

    def permit(self, values: Mapping[str, Any]) -> Event:
        granted_min = self.until(values) if values["kind"] == EventKind.PERMIT_DELAYED else None
        return PermitChanged(
            event_id=values["event_id"], nation=values["nation"], country=values["country"], granted_min=granted_min
        )

    def dates(self, values: Mapping[str, Any]) -> Event:
        by_min = _minutes(values["value"])
        return DatesMoved(event_id=values["event_id"], by_min=by_min, uln=values["line"], nation=values["nation"])

    def line(self, values: Mapping[str, Any]) -> Event:
        return LineLate(event_id=values["event_id"], uln=values["line"], ready_min=self.until(values) or 0)

    def report(self, values: Mapping[str, Any]) -> Event:
        kind = EventKind(values["kind"])
        made = {EventKind.DEPARTED: Departed, EventKind.HELD: Held}.get(kind, Arrived)
        at_min = self.at(values) if kind in ACTUAL else self.until(values)
        return made(
            event_id=values["event_id"],
            place=values["place"],
            at_min=at_min or 0,
            load_id=values["load"],
            uln=values["line"],
            asset_id=values["asset"],
        )


def _minutes(days: str) -> int:
    return round(float(days) * MINUTES_PER_DAY)


_MADE: Final[Mapping[EventKind, Callable[[_Maker, Mapping[str, Any]], Event]]] = {
    EventKind.PLACE_CLOSED: _Maker.closed,
    EventKind.OPENING_DELAYED: _Maker.opening,
    EventKind.CAPACITY_CHANGED: _Maker.capacity,
    EventKind.ASSET_LOST: _Maker.lost,
    EventKind.ASSET_LATE: _Maker.late,
    EventKind.ASSET_OFFERED: _Maker.asset,
    EventKind.UNIT_OFFERED: _Maker.unit,
    EventKind.UNIT_WITHDRAWN: _Maker.withdrawn,
    EventKind.PERMIT_REFUSED: _Maker.permit,
    EventKind.PERMIT_DELAYED: _Maker.permit,
    EventKind.DATES_MOVED: _Maker.dates,
    EventKind.LINE_LATE: _Maker.line,
    EventKind.DEPARTED: _Maker.report,
    EventKind.ARRIVED: _Maker.report,
    EventKind.EXPECTED: _Maker.report,
    EventKind.HELD: _Maker.report,
}
