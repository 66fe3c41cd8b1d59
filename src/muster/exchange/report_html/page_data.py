"""What the page reads: the report laid out in columns and numbers, so that a large plan stays a small file."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final, TypeAlias

from muster.exchange.replan_json import ReplanRecord
from muster.exchange.report_html.chain_data import chain_rows
from muster.exchange.report_html.courses import course
from muster.exchange.report_html.march_data import convoy_rows, corridor_rows
from muster.measures import MINUTES_PER_DAY
from muster.movement.problem import Assumption, DisputedFact, ResourceKind
from muster.movement.reinforcing.unit_values import UnitValues
from muster.movement.reporting.closure import Amount
from muster.movement.reporting.report import KeyFigures, LineRow, OverrideRow, Report
from muster.movement.reporting.usage import DailyLoad

ROUTES_CREDIT: Final = "Roads and rails © OpenStreetMap contributors, ODbL 1.0; sea lanes: searoute."

KIND_NAMES: Final[Mapping[str, str]] = {
    ResourceKind.RAMP: "railhead ramps",
    ResourceKind.TRAINS: "trains a day",
    ResourceKind.BERTH_RORO: "ro-ro berths",
    ResourceKind.BERTH_CONTAINER: "container berths",
    ResourceKind.MOG: "airfield working spots",
    ResourceKind.STAGING_VEHICLES: "staging, vehicles",
    ResourceKind.STAGING_PEOPLE: "staging, people",
    ResourceKind.CROSSING_VEHICLES: "road crossing, vehicles",
    ResourceKind.CROSSING_WAGONS: "rail crossing, wagons",
    ResourceKind.CREDITS: "march credits",
    ResourceKind.TRANSHIPMENT: "transhipment, wagons",
    ResourceKind.GANGS: "loading gangs",
    ResourceKind.CAVEAT: "national caveat, people",
    "fleet": "fleet",
}

Columns: TypeAlias = dict[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """The page's data. Places, legs, lines, loads and voyages are named by their index; -1 is none.

    Attributes
    ----------
    curve
        Cumulated figures by measure, one value a step.
    replan
        What a replan changed; None for a plan that no replan made.
    basemap
        Rings of countries in hundredths of a degree, and the credit line; None draws the graticule alone.
    """

    title: str
    case: str
    version: str
    scenario_hash: str
    seed: int
    g_day_min: int
    d_day_min: int
    c_day: str | None
    end_min: int
    figures: KeyFigures
    curve: dict[str, Any]
    nations: list[str]
    sites: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    loads: Columns
    steps: Columns
    voyages: Columns
    waits: Columns
    chain: list[dict[str, Any]]
    assets: list[str]
    fleets: list[dict[str, Any]]
    resources: list[dict[str, Any]]
    flows: Columns
    legs: list[dict[str, Any]]
    convoys: list[dict[str, Any]]
    corridors: list[dict[str, Any]]
    unmoved: list[dict[str, Any]]
    overrides: list[dict[str, Any]]
    unit_values: UnitValues | None
    relaxation: str
    assumptions: tuple[Assumption, ...]
    disputed_facts: tuple[DisputedFact, ...]
    findings: list[dict[str, str]] | None
    replan: ReplanRecord | None
    basemap: Mapping[str, Any] | None
    routes_credit: str = ROUTES_CREDIT


class _Names:
    """Indices of what the report names."""

    def __init__(self, report: Report) -> None:
        self.nations = sorted({row.line.nation for row in report.lines})
        self.nation = {name: index for index, name in enumerate(self.nations)}
        self.site = {site.place: index for index, site in enumerate(report.sites)}
        self.line = {row.line.uln: index for index, row in enumerate(report.lines)}
        self.leg = {leg.leg_id: index for index, leg in enumerate(report.legs)}
        self.load = {move.load_id: index for index, move in enumerate(report.moves)}
        self.voyage = {voyage.voyage_id: index for index, voyage in enumerate(report.voyages)}
        self.assets = [asset for fleet in report.fleets.values() for asset in fleet]
        self.unit = _unit_names(report)
        self.asset = {name: index for index, name in enumerate(self.assets)}


def _unit_names(report: Report) -> Mapping[str, str]:
    """Parents of lines with a name: that of the line of this ULN, else the words that its lines' names begin with."""
    begins: dict[str, list[str]] = {}
    for row in report.lines:
        parent, words = row.line.parent_uln, row.line.name.split()
        if parent is not None:
            shared = begins.get(parent, words)
            begins[parent] = [
                word for word, other in takewhile(lambda pair: pair[0] == pair[1], zip(shared, words, strict=False))
            ]
    own = {row.line.uln: row.line.name for row in report.lines}
    return {
        parent: f"{parent} {own.get(parent, ' '.join(words).strip(' ,'))}".strip() for parent, words in begins.items()
    }


def page_data(report: Report, *, replan: ReplanRecord | None, basemap: Mapping[str, Any] | None) -> PageData:
    """Lay a report out for the page."""
    names = _Names(report)
    return PageData(
        title=report.title,
        case=report.case,
        version=report.version,
        scenario_hash=report.scenario_hash,
        seed=report.seed,
        g_day_min=report.timeline.g_day_min,
        d_day_min=report.timeline.d_day_min,
        c_day=None if report.timeline.c_day is None else report.timeline.c_day.isoformat(),
        end_min=report.end_min,
        figures=report.figures,
        curve={
            "step_min": report.curve.step_min,
            "closed": _measures(report.curve.closed),
            "required": _measures(report.curve.required),
        },
        nations=names.nations,
        sites=_sites(report),
        lines=[_line(row, names, report) for row in report.lines],
        loads=_loads(report, names),
        steps=_steps(report, names),
        voyages=_voyages(report, names),
        waits=_waits(report, names),
        chain=chain_rows(report, sites=names.site),
        assets=names.assets,
        fleets=_fleets(report, names),
        resources=_resources(report),
        flows=_flows(report, names),
        legs=_legs(report, names),
        convoys=convoy_rows(report, nations=names.nation, sites=names.site),
        corridors=corridor_rows(report),
        unmoved=_unmoved(report, names),
        overrides=[_override(row) for row in report.overrides],
        unit_values=report.unit_values,
        relaxation=report.relaxation,
        assumptions=report.assumptions,
        disputed_facts=report.disputed_facts,
        findings=None
        if report.findings is None
        else [{"rule": rule, "message": message} for rule, message in report.findings],
        replan=None if replan is None else dataclasses.replace(replan, facts=(), stranded=(), held_until_min={}),
        basemap=basemap,
    )


def _measures(amounts: tuple[Amount, ...]) -> Columns:
    return {
        "people": [amount.people for amount in amounts],
        "vehicles": [amount.vehicles for amount in amounts],
        "mass_t": [round(amount.mass_t) for amount in amounts],
    }


def _sites(report: Report) -> list[dict[str, Any]]:
    """Sites with the mass that begins, ends or changes carrier there as weight of their labels."""
    weights: dict[str, float] = {}
    legs = {leg.leg_id: leg for leg in report.legs}
    for move in report.moves:
        for step in move.steps:
            for place in (legs[step.leg_id].origin, legs[step.leg_id].destination):
                weights[place] = weights.get(place, 0.0) + report.amounts[move.load_id].mass_t
    return [
        {
            "place": site.place,
            "name": site.name,
            "country": site.country,
            "latitude_deg": round(site.latitude_deg, 4),
            "longitude_deg": round(site.longitude_deg, 4),
            "kinds": list(site.kinds),
            "weight": round(weights.get(site.place, 0.0)),
            "used": site.place in weights,
        }
        for site in report.sites
    ]


def _line(row: LineRow, names: _Names, report: Report) -> dict[str, Any]:
    line = row.line
    starts = [report.moves[names.load[load]].steps[0].start_min for load in line.loads if _moves(report, names, load)]
    return {
        "uln": line.uln,
        "name": line.name,
        "nation": names.nation[line.nation],
        "parent": names.unit.get(line.uln if line.parent_uln is None else line.parent_uln),
        "priority": line.priority,
        "ready_min": line.ready_min,
        "required_min": line.required_min,
        "after": line.after,
        "start_min": min(starts, default=line.ready_min),
        "closure_min": row.closure_min,
        "lateness_min": row.lateness_min,
        "status": row.status,
        "people": row.amount.people,
        "vehicles": row.amount.vehicles,
        "mass_t": round(row.amount.mass_t, 1),
        "origin": names.site[line.origin],
        "destination": names.site[line.destination],
        "waits_min": {cause: minutes for cause, minutes in row.waits_min.items() if minutes},
        "held_by": row.held_by,
        "late_because": [[cause.cause, cause.what, cause.minutes] for cause in row.late_because.causes],
        "late_anyway_min": row.late_because.in_any_case_min,
        "reason": row.reason,
    }


def _moves(report: Report, names: _Names, load_id: str) -> bool:
    return load_id in names.load and bool(report.moves[names.load[load_id]].steps)


def _loads(report: Report, names: _Names) -> Columns:
    uln_of = {load_id: row.line.uln for row in report.lines for load_id in row.line.loads}
    loads = [move.load_id for move in report.moves]
    return {
        "id": loads,
        "line": [names.line[uln_of[load_id]] for load_id in loads],
        "cargo": [report.cargo[load_id] for load_id in loads],
        "people": [report.amounts[load_id].people for load_id in loads],
        "vehicles": [report.amounts[load_id].vehicles for load_id in loads],
        "mass_t": [round(report.amounts[load_id].mass_t, 1) for load_id in loads],
    }


def _steps(report: Report, names: _Names) -> Columns:
    pairs = [(number, step) for number, move in enumerate(report.moves) for step in move.steps]
    return {
        "load": [number for number, _ in pairs],
        "leg": [names.leg[step.leg_id] for _, step in pairs],
        "voyage": [-1 if step.voyage_id is None else names.voyage[step.voyage_id] for _, step in pairs],
        "start_min": [step.start_min for _, step in pairs],
        "departure_min": [step.departure_min for _, step in pairs],
        "arrival_min": [step.arrival_min for _, step in pairs],
        "end_min": [step.end_min for _, step in pairs],
    }


def _voyages(report: Report, names: _Names) -> Columns:
    voyages = report.voyages
    return {
        "id": [voyage.voyage_id for voyage in voyages],
        "asset": [names.asset[voyage.asset_id] for voyage in voyages],
        "leg": [-1 if voyage.leg_id is None else names.leg[voyage.leg_id] for voyage in voyages],
        "origin": [names.site.get(voyage.origin, -1) for voyage in voyages],
        "destination": [names.site.get(voyage.destination, -1) for voyage in voyages],
        "load_start_min": [voyage.load_start_min for voyage in voyages],
        "departure_min": [voyage.departure_min for voyage in voyages],
        "arrival_min": [voyage.arrival_min for voyage in voyages],
        "unload_end_min": [voyage.unload_end_min for voyage in voyages],
    }


def _waits(report: Report, names: _Names) -> Columns:
    waits = report.waits
    return {
        "load": [names.load[wait.load_id] for wait in waits],
        "place": [names.site[wait.place] for wait in waits],
        "start_min": [wait.start_min for wait in waits],
        "end_min": [wait.end_min for wait in waits],
        "minutes": [wait.minutes for wait in waits],
        "cause": [wait.cause for wait in waits],
        "what": [wait.what for wait in waits],
    }


def _fleets(report: Report, names: _Names) -> list[dict[str, Any]]:
    loads = {load.resource_id: load for load in report.loads}
    return [
        {"name": f"{fleet}: {loads[fleet].name}", "assets": [names.asset[asset] for asset in assets]}
        for fleet, assets in report.fleets.items()
    ]


def _resources(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "rank": rank,
            "resource_id": load.resource_id,
            "name": _resource_name(load),
            "place": load.place,
            "kind": load.kind,
            "kind_name": KIND_NAMES[load.kind],
            "unit": load.unit,
            "used": [_short(value) for value in load.used],
            "capacity": [_short(value) for value in load.capacity],
            "busy_share": round(bottleneck.busy_share, 4),
            "mean_share": None if bottleneck.mean_share is None else round(bottleneck.mean_share, 4),
            "waiting_load_d": round(bottleneck.waiting_load_d, 2),
            "waiting_loads": bottleneck.waiting_loads,
            "price": None if bottleneck.price is None else round(bottleneck.price, 3),
            "saved_d": _saved(report, load.resource_id),
        }
        for rank, (load, bottleneck) in enumerate(zip(report.loads, report.bottlenecks, strict=True), start=1)
    ]


def _saved(report: Report, resource_id: str) -> list[float | int | None] | None:
    """Worth of one more on each day that is shown; None where it has no price."""
    priced = report.daily_prices_d.get(resource_id)
    return None if priced is None else [_short(value) for value in priced[: report.end_min // MINUTES_PER_DAY]]


def _resource_name(load: DailyLoad) -> str:
    return f"{load.resource_id}: {load.name}" if load.kind == "fleet" and load.name != load.resource_id else load.name


def _short(value: float | None) -> float | int | None:
    """Two decimals, whole where whole, for a small file."""
    if value is None:
        return None
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _flows(report: Report, names: _Names) -> Columns:
    return {
        "leg": [names.leg[flow.leg_id] for flow in report.flows],
        "day": [flow.day for flow in report.flows],
        "nation": [names.nation[flow.nation] for flow in report.flows],
        "people": [flow.amount.people for flow in report.flows],
        "vehicles": [flow.amount.vehicles for flow in report.flows],
        "mass_t": [round(flow.amount.mass_t, 1) for flow in report.flows],
    }


def _legs(report: Report, names: _Names) -> list[dict[str, Any]]:
    return [
        {
            "mode": leg.mode,
            "carrier": leg.carrier,
            "origin": names.site[leg.origin],
            "destination": names.site[leg.destination],
            "distance_m": leg.distance_m,
            "points": course(
                leg,
                report.shapes.get(leg.leg_id),
                report.sites[names.site[leg.origin]],
                report.sites[names.site[leg.destination]],
            ),
        }
        for leg in report.legs
    ]


def _override(row: OverrideRow) -> dict[str, Any]:
    fixed = row.override
    whom = fixed.uln or fixed.nation or "everyone"
    what = [str(part) for part in (fixed.place, fixed.mode, fixed.cargo, fixed.asset) if part is not None]
    return {
        "override_id": fixed.override_id,
        "kind": fixed.kind.replace("_", " "),
        "whom": whom,
        "what": " ".join(what),
        "start_min": fixed.start_min,
        "reason": fixed.reason,
        "weighted_lateness_d": row.weighted_lateness_d,
        "closure_d": row.closure_d,
        "unmet_weight": row.unmet_weight,
    }


def _unmoved(report: Report, names: _Names) -> list[dict[str, Any]]:
    rows = []
    for uln, reason in report.unmoved:
        row = report.lines[names.line[uln]]
        rows.append(
            {
                "uln": uln,
                "name": row.line.name,
                "nation": row.line.nation,
                "priority": row.line.priority,
                "people": row.amount.people,
                "vehicles": row.amount.vehicles,
                "reason": reason,
            }
        )
    return rows
