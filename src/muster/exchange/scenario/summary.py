"""A scenario in one paragraph."""

from dataclasses import dataclass

from muster.exchange.scenario.scenario import Scenario
from muster.movement.inputs import MovementInputs
from muster.reference import Grade, PlatformKind

_COUNTED = frozenset({PlatformKind.WHEELED, PlatformKind.TRACKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """Numbers of one case.

    Attributes
    ----------
    vehicles
        Vehicles that drive or are carried; trailers are towed and do not count.
    places
        Places that lines, fleets and calendars name.
    assets
        Lift assets that are scheduled one by one.
    """

    case: str
    lines: int
    people: int
    vehicles: int
    places: int
    assets: int
    permit_regime: str
    horizon_d: int


def summarise(scenario: Scenario) -> tuple[CaseSummary, ...]:
    """Numbers of each case."""
    return tuple(_case(scenario.movement_inputs(case)) for case in scenario.cases)


def count_assumptions(scenario: Scenario) -> int:
    """Rows that rest on assumption or general knowledge, in tables whose values a plan uses."""
    weak = {Grade.K.value, Grade.ASSUMED.value, None}
    tables = ("factors", "places", "platforms", "unit_types", "holdings")
    return sum(row.values.get("grade") in weak for table in tables for row in scenario.tables[table].records)


def paragraph(scenario: Scenario) -> str:
    """The scenario as one paragraph for people."""
    cases = "; ".join(
        f"{case.case} moves {case.people:,} people and {case.vehicles:,} vehicles in {case.lines:,} lines with"
        f" {case.assets:,} lift assets between {case.places:,} places, under permit regime {case.permit_regime}, within"
        f" {case.horizon_d} days"
        for case in summarise(scenario)
    )
    count, weak = len(scenario.cases), count_assumptions(scenario)
    return (
        f"{scenario.settings.title}: no faults. It has {count} case{'s' if count > 1 else ''}: {cases}."
        f" {weak} of its rows rest on assumption or general knowledge. Scenario hash {scenario.scenario_hash[:12]}."
    )


def _case(inputs: MovementInputs) -> CaseSummary:
    cargo: dict[str, int] = {}
    for item in inputs.cargo:
        counted = inputs.platforms[item.platform].kind in _COUNTED
        cargo[item.uln] = cargo.get(item.uln, 0) + item.quantity * counted
    units = {
        name: sum(count for platform, count in unit.holdings.items() if inputs.platforms[platform].kind in _COUNTED)
        for name, unit in inputs.unit_types.items()
    }
    people = vehicles = 0
    for row in inputs.lines:
        unit = inputs.unit_types[row.unit_type] if row.unit_type else None
        people += row.pax if row.pax is not None else unit.people if unit else 0
        vehicles += cargo[row.uln] if row.uln in cargo else units[row.unit_type] if row.unit_type else 0
    places = {place for row in inputs.lines for place in (row.origin, row.dest, row.staging, row.poe, row.pod) if place}
    places |= {fleet.home for fleet in inputs.fleets} | {row.place for row in inputs.calendars}
    return CaseSummary(
        case=inputs.case,
        lines=len(inputs.lines),
        people=people,
        vehicles=vehicles,
        places=len(places),
        assets=sum(fleet.count for fleet in inputs.fleets),
        permit_regime=inputs.permit_regime,
        horizon_d=inputs.horizon_d,
    )
