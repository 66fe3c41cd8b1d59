"""What must hold between the rows of the force: requirements, offers, gates, caveats in service, activations."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from muster.exchange.scenario.faults import Fault
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.reading import Record
from muster.exchange.scenario.rules import CaseView, cell_fault, period_faults
from muster.forces import ActivationState, OfferStatus, Part
from muster.measures import DayOffset

_WINDOWS: Final = (
    ("requirements", "needed_from", "needed_until"),
    ("offers", "available_from", "available_until"),
    ("caveats", "starts", "until"),
)
_SAME_OFFER: Final = ("nation", "name", "capability", "size", "unit_type", "place_allowed")
"""What two rows agree in that offer the same units."""
_FACTOR_RANGES: Final = {
    "force.rotation_ratio": (1, 100),
    "force.tour_months": (1, 120),
    "force.relief_overlap_d": (0, 365),
    "force.deploy_d": (0, 365),
    "force.status.statement": (0, 1),
    "force.status.pledge": (0, 1),
    "force.status.formal": (0, 1),
}
"""Lowest and highest value of the factors of a matching."""


def window_ends_after_it_begins(view: CaseView) -> Iterator[Fault]:
    """A need, an offer and a caveat end after they begin."""
    for table, start, end in _WINDOWS:
        for row in view.rows[table]:
            yield from period_faults(view, table, row, start, end)


def requirement_is_possible(view: CaseView) -> Iterator[Fault]:
    """A requirement asks for something that somebody in the world has: a type of unit, or a capability that is known.

    Known is what an offer or another type of unit has; a requirement that nobody fills is a gap, one that nobody could
    fill is most likely a slip of the pen.
    """
    offered = {row.values.get("capability") for row in view.rows["offers"]}
    known = {str(word) for word in offered if word} | {unit.branch for unit in view.catalogue.unit_types.values()}
    near = Suggestions(known - {""})
    for row in view.rows["requirements"]:
        capability = row.values.get("capability")
        if capability is not None and capability not in known and row.values.get("unit_type") is None:
            rule = f'nobody offers "{capability}", and no type of unit has it as its branch.'
            remedy = near.remedy(capability, "Correct the word, or add a unit type with this branch to unit_types.csv.")
            yield cell_fault("requirements", row, "capability", rule, remedy)


def offer_is_made_once(view: CaseView) -> Iterator[Fault]:
    """The same units are not offered twice for the same days; conflicting reports say which row they dispute."""
    seen: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for row in view.rows["offers"]:
        if row.values.get("status") is OfferStatus.WITHDRAWN or row.values.get("disputes") is not None:
            continue
        same = tuple(row.values.get(column) for column in _SAME_OFFER)
        for earlier in seen[same]:
            if _overlap(view, earlier, row):
                rule = f"the same units stand in row {earlier.number} already, for some of the same days."
                remedy = f'Merge the two, name them apart, or write disputes "{earlier.values.get("offer_id")}".'
                yield cell_fault("offers", row, "offer_id", rule, remedy)
                break
        seen[same].append(row)


def _overlap(view: CaseView, one: Record, other: Record) -> bool:
    """Whether two offers have a day in common."""

    def starts_before_end(first: Record, second: Record) -> bool:
        start, end = first.values.get("available_from"), second.values.get("available_until")
        if not (isinstance(start, DayOffset) and isinstance(end, DayOffset)):
            return True
        return view.timeline.minute(start) < view.timeline.minute(end)

    return starts_before_end(one, other) and starts_before_end(other, one)


def dispute_is_of_another_report(view: CaseView) -> Iterator[Fault]:
    """A row disputes another row of the same nation, which itself disputes none."""
    by_id = {row.values.get("offer_id"): row for row in view.rows["offers"]}
    for row in view.rows["offers"]:
        disputed = by_id.get(row.values.get("disputes"))
        if disputed is None:
            continue
        if disputed is row:
            yield cell_fault("offers", row, "disputes", "the offer disputes itself.", "Name another row, or none.")
        elif disputed.values.get("disputes") is not None:
            rule = f'"{row.values["disputes"]}" disputes "{disputed.values["disputes"]}" itself.'
            remedy = "Let every other report dispute the one row that is planned with."
            yield cell_fault("offers", row, "disputes", rule, remedy)
        elif disputed.values.get("nation") != row.values.get("nation"):
            rule = f'"{row.values["disputes"]}" is an offer of {disputed.values.get("nation")}.'
            yield cell_fault("offers", row, "disputes", rule, "Name an offer of the same nation.")


def gate_is_of_the_nation(view: CaseView) -> Iterator[Fault]:
    """An offer waits for gates of its own nation and for those of everyone."""
    nation_of = {row.values.get("gate_id"): row.values.get("nation") for row in view.rows["gates"]}
    for row in view.rows["offers"]:
        own = row.values.get("nation")
        for gate in row.values.get("gates") or ():
            if own is not None and nation_of.get(gate) not in {None, own}:
                rule = f'"{gate}" is a gate of {nation_of[gate]}, not of {own}.'
                yield cell_fault(
                    "offers", row, "gates", rule, "Name a gate of the nation, or leave nation empty there."
                )


def contributor_offers(view: CaseView) -> Iterator[Fault]:
    """Offers come from contributors: a host receives the force, an observer watches."""
    part_of = {row.values.get("nation"): row.values.get("part") for row in view.rows["nations"]}
    for row in view.rows["offers"]:
        part = part_of.get(row.values.get("nation"))
        if part is not None and part is not Part.CONTRIBUTOR:
            rule = f"{row.values['nation']} is {'an' if part is Part.OBSERVER else 'a'} {part}."
            yield cell_fault("offers", row, "nation", rule, "Make it a contributor in nations.csv, or drop the offer.")


def caveat_concerns_something(view: CaseView) -> Iterator[Fault]:
    """A caveat concerns the way, or service, or both: conditions of the one are not mixed with those of the other."""
    for row in view.rows["caveats"]:
        way = [column for column in ("mode", "cargo", "limit_people_per_day") if column in row.cells]
        service = [column for column in ("task", "limit_people") if column in row.cells]
        if way and service:
            rule = f"{way[0]} is about the way alone and {service[0]} about service alone."
            yield cell_fault("caveats", row, service[0], rule, "Make two caveats of it.")


def caveat_area_is_known(view: CaseView) -> Iterator[Fault]:
    """A caveat names a country of the scenario: a nation's, or one with a place that is known."""
    known = {str(row.values.get("nation")) for row in view.rows["nations"]}
    known |= {country for place in view.catalogue.places.values() for country in place.countries}
    for row in view.rows["caveats"]:
        country = row.values.get("country")
        if country is not None and country not in known:
            rule = f'"{country}" is no nation of the scenario and has no known place.'
            remedy = "Correct the code, or add the nation, or a place there."
            yield cell_fault("caveats", row, "country", rule, remedy)


def activation_rises(view: CaseView) -> Iterator[Fault]:
    """A nation is warned before it is asked, and asked before it is ordered."""
    rows_of: defaultdict[object, list[Record]] = defaultdict(list)
    for row in view.rows["activations"]:
        if isinstance(row.values.get("at"), DayOffset) and row.values.get("state") is not None:
            rows_of[row.values.get("nation")].append(row)
    states = list(ActivationState)
    for rows in rows_of.values():
        rows.sort(key=lambda row: states.index(row.values["state"]))
        for earlier, later in pairwise(rows):
            if earlier.values["state"] is later.values["state"]:
                rule = f"the {later.values['state']} stands in row {earlier.number} already."
                yield cell_fault("activations", later, "state", rule, "Keep one of the two.")
            elif view.timeline.minute(later.values["at"]) < view.timeline.minute(earlier.values["at"]):
                rule = (
                    f"the {later.values['state']} at {later.values['at']} comes before the"
                    f" {earlier.values['state']} at {earlier.values['at']}."
                )
                remedy = "Keep warning, request and order in this order."
                yield cell_fault("activations", later, "at", rule, remedy)


def matching_factor_is_in_range(view: CaseView) -> Iterator[Fault]:
    """Units rotate in a way that lets somebody serve, and a chance is one."""
    for row in view.rows["factors"]:
        likely, range_ = row.values.get("likely"), _FACTOR_RANGES.get(str(row.values.get("factor_id")))
        if likely is not None and range_ is not None and not range_[0] <= likely <= range_[1]:
            rule = f"{row.values['factor_id']} lies outside {range_[0]} to {range_[1]}."
            yield cell_fault("factors", row, "likely", rule, "Give a number in that range.")


FORCE_RULES: Final[tuple[Callable[[CaseView], Iterator[Fault]], ...]] = (
    requirement_is_possible,
    offer_is_made_once,
    dispute_is_of_another_report,
    gate_is_of_the_nation,
    contributor_offers,
    window_ends_after_it_begins,
    caveat_concerns_something,
    caveat_area_is_known,
    activation_rises,
    matching_factor_is_in_range,
)
"""Rules of the force, in the order of the tables."""
