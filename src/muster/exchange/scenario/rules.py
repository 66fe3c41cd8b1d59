"""What must hold between the cells of a case: each rule is one function, named for what it keeps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from muster.exchange.scenario.catalogue import Catalogue
from muster.exchange.scenario.faults import Fault
from muster.exchange.scenario.reading import Record
from muster.exchange.scenario.tables import TABLES
from muster.exchange.scenario.tables_movement import CALENDAR_KINDS
from muster.exchange.scenario.tables_situation import USUAL_REGIMES
from muster.forces import CaveatEffect
from muster.measures import MINUTES_PER_DAY, DayOffset, Timeline
from muster.movement.problem import OverrideKind, ResourceKind
from muster.movement.turns import find_ring
from muster.network import Mode
from muster.reference import PlaceKind

_TERMINALS: Final = frozenset({PlaceKind.PORT, PlaceKind.AIRFIELD, PlaceKind.RAILHEAD, PlaceKind.GAUGE_POINT})
_CROSSINGS: Final = frozenset({PlaceKind.BORDER, PlaceKind.BRIDGE})
_LIMITS: Final = ("limit_people_per_day", "limit_people")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case as the rules see it.

    Attributes
    ----------
    rows
        Rows that hold in the case, by table.
    regimes
        Permit regimes of all cases.
    """

    case: str
    horizon_d: int | None
    timeline: Timeline
    rows: Mapping[str, Sequence[Record]]
    catalogue: Catalogue
    regimes: frozenset[str]


def cell_fault(table: str, row: Record, column: str, rule: str, remedy: str) -> Fault:
    """Fault of one cell."""
    return Fault(TABLES[table].file, row.number, column, rule, remedy, row.cells.get(column, "")[:80])


def line_dates_rise(view: CaseView) -> Iterator[Fault]:
    """A line is ready before it is required, and within the plan."""
    for row in view.rows["lines"]:
        ready, required = row.values.get("rld"), row.values.get("rdd")
        if not (isinstance(ready, DayOffset) and isinstance(required, DayOffset)):
            continue
        if view.timeline.minute(ready) > view.timeline.minute(required):
            rule = f"the line is required at {required}, before it is ready at {ready}."
            yield cell_fault("lines", row, "rdd", rule, "Give rdd a day on or after rld.")
        if view.horizon_d is not None and view.timeline.minute(ready) >= view.horizon_d * MINUTES_PER_DAY:
            rule = f"the line is ready at {ready}, when the plan of case {view.case} has ended."
            yield cell_fault("lines", row, "rld", rule, "Make the line ready earlier, or raise horizon_d of the case.")


def line_moves_something(view: CaseView) -> Iterator[Fault]:
    """A line has people or cargo."""
    loaded = {row.values.get("uln") for row in view.rows["cargo"]}
    for row in view.rows["lines"]:
        unit = row.values.get("unit_type")
        if not row.values.get("pax") and unit is None and row.values.get("uln") not in loaded:
            remedy = "Fill pax or unit_type, or add rows to cargo.csv."
            yield cell_fault("lines", row, "pax", "the line has neither people nor cargo.", remedy)


def line_goes_somewhere(view: CaseView) -> Iterator[Fault]:
    """A line ends elsewhere than it begins."""
    for row in view.rows["lines"]:
        if row.values.get("origin") is not None and row.values.get("origin") == row.values.get("dest"):
            yield cell_fault(
                "lines", row, "dest", "the line ends where it begins.", "Correct one of the two, or drop it."
            )


def line_waits_in_turn(view: CaseView) -> Iterator[Fault]:
    """No line waits for itself, on whatever way round."""
    after = {str(row.values.get("uln")): row.values.get("after") or () for row in view.rows["lines"]}
    ring = find_ring(after)
    for row in view.rows["lines"]:
        if ring and row.values.get("uln") == ring[-1]:
            rule = f"lines wait for one another: {' after '.join(reversed(ring))}."
            yield cell_fault("lines", row, "after", rule, "Let one of them wait for none of the others.")


def chosen_ports_serve(view: CaseView) -> Iterator[Fault]:
    """A port of embarkation or debarkation is a terminal."""
    for row in view.rows["lines"]:
        for column in ("poe", "pod"):
            place = view.catalogue.places.get(str(row.values.get(column)))
            if place is not None and not place.kinds & _TERMINALS:
                rule = f'"{place.place_id}" is no port, airfield or railhead.'
                yield cell_fault(
                    "lines", row, column, rule, "Name a terminal, or give the place that kind in places.csv."
                )


def cargo_is_carried(view: CaseView) -> Iterator[Fault]:
    """Lines and units take cargo along, not lift."""
    for table, column in (("cargo", "platform"), ("holdings", "platform_id")):
        for row in view.rows[table]:
            platform = view.catalogue.platforms.get(str(row.values.get(column)))
            if platform is not None and platform.kind.is_lift:
                rule = f'"{platform.platform_id}" is of kind {platform.kind}, which is lift.'
                yield cell_fault(table, row, column, rule, "Name a vehicle, helicopter, container or pallet.")


def fleet_is_lift(view: CaseView) -> Iterator[Fault]:
    """A fleet is made of lift, and is there for a while."""
    for row in view.rows["lift"]:
        platform = view.catalogue.platforms.get(str(row.values.get("platform")))
        if platform is not None and not platform.kind.is_lift:
            rule = f'"{platform.platform_id}" is of kind {platform.kind}, which carries no loads of others.'
            yield cell_fault("lift", row, "platform", rule, "Name a train, ship, aircraft, bus, truck or het.")
        yield from period_faults(view, "lift", row, "available_from", "available_until")


def period_ends_after_it_starts(view: CaseView) -> Iterator[Fault]:
    """Calendars, sites and events end after they start."""
    for table, start, end in (("calendars", "starts", "until"), ("sites", "from", "until"), ("events", "at", "until")):
        for row in view.rows[table]:
            yield from period_faults(view, table, row, start, end)


def period_faults(view: CaseView, table: str, row: Record, start: str, end: str) -> Iterator[Fault]:
    """Fault of a row whose two days are in the wrong order."""
    first, last = row.values.get(start), row.values.get(end)
    if not (isinstance(first, DayOffset) and isinstance(last, DayOffset)):
        return
    if view.timeline.minute(first) >= view.timeline.minute(last):
        rule = f"it ends at {last}, not after it starts at {first}."
        yield cell_fault(table, row, end, rule, f"Give {end} a later time than {start}.")


def calendar_names_a_resource(view: CaseView) -> Iterator[Fault]:
    """A calendar changes what a place has; the limit of a caveat stands in the caveat."""
    for row in view.rows["calendars"]:
        if (kind := row.values.get("resource")) is not None and kind not in CALENDAR_KINDS:
            is_what = "is the limit of a caveat" if kind is ResourceKind.CAVEAT else "is nothing that places have"
            rule = f'"{kind}" {is_what}, which has no calendar.'
            yield cell_fault("calendars", row, "resource", rule, f"Use one of: {', '.join(CALENDAR_KINDS)}.")


def permit_regime_is_used(view: CaseView) -> Iterator[Fault]:
    """A permit holds for a usual regime or for one that a case has."""
    known = view.regimes | set(USUAL_REGIMES)
    for row in view.rows["permits"]:
        regime = row.values.get("regime")
        if regime is not None and regime not in known:
            remedy = f"Use one of: {', '.join(sorted(known))}; or give a case this permit_regime."
            yield cell_fault("permits", row, "regime", f'no case has the permit regime "{regime}".', remedy)


def caveat_is_complete(view: CaseView) -> Iterator[Fault]:
    """A caveat that limits says how many and, on the way, where; only one that needs approval has a date of it."""
    for row in view.rows["caveats"]:
        effect = row.values.get("effect")
        limits = [column for column in _LIMITS if column in row.cells]
        if effect is CaveatEffect.LIMITS and not limits:
            remedy = "Fill limit_people_per_day for the way, or limit_people for service."
            yield cell_fault("caveats", row, _LIMITS[0], "a caveat that limits says no number.", remedy)
        if effect is CaveatEffect.LIMITS and _LIMITS[0] in limits and "country" not in row.cells:
            yield cell_fault("caveats", row, "country", "a caveat that limits entry leaves it empty.", "Fill country.")
        if effect is not None and effect is not CaveatEffect.LIMITS:
            remedy = "Write effect limits, or leave the number empty."
            for column in limits:
                yield cell_fault("caveats", row, column, f'a caveat that "{effect}" sets no limit.', remedy)
        if effect is not None and effect is not CaveatEffect.NEEDS_APPROVAL and "approved" in row.cells:
            remedy = "Write effect needs approval, or leave the day empty."
            yield cell_fault("caveats", row, "approved", f'a caveat that "{effect}" awaits no approval.', remedy)


def link_joins_two_places(view: CaseView) -> Iterator[Fault]:
    """A link lies on a network, between two places; a closure names the crossing that is closed."""
    for row in view.rows["links"]:
        if row.values.get("mode") is Mode.AIR:
            yield cell_fault("links", row, "mode", "the air has no links.", "Use road, rail or sea.")
        if row.values.get("from_place") is not None and row.values.get("from_place") == row.values.get("to_place"):
            yield cell_fault("links", row, "to_place", "the link ends where it begins.", "Name two different places.")
        if row.values.get("closed") and "crossing" not in row.cells:
            yield cell_fault(
                "links", row, "crossing", "a closed link names no crossing.", "Name the crossing that closes."
            )
        place = view.catalogue.places.get(str(row.values.get("crossing")))
        if place is not None and not place.kinds & _CROSSINGS:
            rule = f'"{place.place_id}" is neither border nor bridge.'
            yield cell_fault(
                "links", row, "crossing", rule, "Name a crossing, or give the place that kind in places.csv."
            )


_OVERRIDE_NEEDS: Final[Mapping[OverrideKind, tuple[str, ...]]] = {
    OverrideKind.PIN: ("place", "mode"),
    OverrideKind.FORBID: ("place", "mode"),
    OverrideKind.FIX_ASSET: ("asset",),
    OverrideKind.LOCK: ("start",),
}


def override_is_complete(view: CaseView) -> Iterator[Fault]:
    """An override says whom it binds, and what its kind needs."""
    for row in view.rows["overrides"]:
        if "uln" not in row.cells and "nation" not in row.cells:
            yield cell_fault("overrides", row, "uln", "the override binds nobody.", "Fill uln or nation.")
        kind = row.values.get("kind")
        needs = _OVERRIDE_NEEDS.get(kind, ()) if kind is not None else ()
        if needs and not any(column in row.cells for column in needs):
            wanted = " or ".join(needs)
            yield cell_fault("overrides", row, needs[0], f'"{kind}" needs {wanted}.', f"Fill {wanted}.")


def case_has_lines(view: CaseView) -> Iterator[Fault]:
    """A case has something to move."""
    if view.case and not view.rows["lines"]:
        for row in view.rows["cases"]:
            if row.values.get("case_id") == view.case:
                remedy = "Add lines with this case, or with none, or drop the case."
                yield cell_fault("cases", row, "case_id", f'case "{view.case}" has no line.', remedy)


RULES: Final[tuple[Callable[[CaseView], Iterator[Fault]], ...]] = (
    case_has_lines,
    line_dates_rise,
    line_moves_something,
    line_goes_somewhere,
    line_waits_in_turn,
    chosen_ports_serve,
    cargo_is_carried,
    fleet_is_lift,
    period_ends_after_it_starts,
    calendar_names_a_resource,
    permit_regime_is_used,
    caveat_is_complete,
    link_joins_two_places,
    override_is_complete,
)
"""Rules of a case, in the order of the tables."""
