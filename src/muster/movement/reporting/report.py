"""What people look at in a deployment plan, as values: ``muster.exchange.report_html`` draws them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from muster.measures import MINUTES_PER_DAY, Timeline
from muster.movement.explanation.critical_chain import CriticalChain, critical_chain
from muster.movement.explanation.holdups import Book, Cause, Wait, open_book
from muster.movement.explanation.late_causes import NOT_LATE, Lateness, explain_lateness
from muster.movement.explanation.waiting import HOLDERS, WaitsOfLoads, deciding_waits, waits_of_loads
from muster.movement.plan import Move, Plan, Voyage
from muster.movement.problem import Assumption, CargoClass, DisputedFact, Leg, Line, Override, Problem, Site
from muster.movement.reinforcing.unit_values import UnitValues
from muster.movement.reporting.bottlenecks import Bottleneck, Bound, find_number, list_rows, prices_of, rank_bottlenecks
from muster.movement.reporting.closure import (
    Amount,
    ClosureCurve,
    Flow,
    closure_curve,
    closure_of_lines,
    line_amount,
    list_flows,
    load_amounts,
)
from muster.movement.reporting.march import Convoy, MarchFactors, march_table
from muster.movement.reporting.march_graph import MovementGraph, list_corridors, movement_graph
from muster.movement.reporting.usage import DailyLoad, daily_loads

MARGIN_MIN: Final = 2 * MINUTES_PER_DAY
"""What the report shows after the last thing that happens."""


NO_PRICES: Final[Mapping[str, tuple[float | None, ...]]] = MappingProxyType({})


CORRIDORS_DRAWN: Final = 20
"""Corridors that get a movement graph, those with most convoys."""


class Finding(Protocol):
    """What the report reads of a finding of the checks."""

    @property
    def rule(self) -> str:
        """The rule that is broken."""

    @property
    def message(self) -> str:
        """The breach in a sentence."""


class LineStatus(StrEnum):
    """How a line fares."""

    ON_TIME = "on time"
    LATE = "late"
    UNMOVED = "unmoved"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """How one line fares.

    Attributes
    ----------
    closure_min
        When its last load is at its destination; None where it does not move.
    waits_min
        Minutes of waiting on the way to its closure, by cause: those of the load that joins last at the staging area,
        and from there those of the load that arrives last.
    held_by
        The place, fleet, permit, caveat or override that it waited for longest on that way; empty where there is none.
    late_because
        The fewest of those waits that make up its lateness.
    """

    line: Line
    amount: Amount
    status: LineStatus
    closure_min: int | None
    lateness_min: int
    waits_min: Mapping[Cause, int]
    held_by: str = ""
    late_because: Lateness = NOT_LATE
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRow:
    """What the planner fixed, and how much worse the plan with it is than the one without; None is not priced."""

    override: Override
    weighted_lateness_d: float | None = None
    closure_d: float | None = None
    unmet_weight: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """The head of the report. Figures that come from the summary are None where it does not give them."""

    lines: int
    on_time: int
    late: int
    unmoved: int
    total: Amount
    moved: Amount
    closure_min: int | None
    closure_bound_d: float | None
    closure_gap: float | None
    closure_uncongested_d: float | None
    weighted_lateness_d: float
    lateness_bound_d: float | None
    solve_s: float | None
    busy_resources: int
    """Resources and fleets busy on at least a fifth of the days of the move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A plan as people look at it.

    Attributes
    ----------
    end_min
        What is shown ends here, at the end of a day.
    chain
        Why the force closes when it does; None where nothing moves.
    loads
        Load on resources and fleets, in the order of ``bottlenecks``.
    legs
        Legs that the plan uses.
    shapes
        Course of a leg as (latitude, longitude) pairs; legs without one are drawn straight.
    convoys, graphs
        March table, and movement graphs of the corridors with most convoys; empty where no factors of march were given.
    overrides
        What the planner fixed; ports that nations chose in their lines are not told here.
    unit_values
        What one more unit of each bottleneck is worth; None where it was not worked out.
    daily_prices_d
        Weighted days of lateness that one more unit on a day takes off the bound, by resource or fleet and day after
        C-day; None on days without any room. Empty where no bound with prices was told.
    relaxation
        What the bound relaxed and what proves it; empty where there is none.
    """

    title: str
    case: str
    version: str
    scenario_hash: str
    seed: int
    timeline: Timeline
    end_min: int
    figures: KeyFigures
    curve: ClosureCurve
    lines: tuple[LineRow, ...]
    moves: tuple[Move, ...]
    voyages: tuple[Voyage, ...]
    waits: tuple[Wait, ...]
    chain: CriticalChain | None
    loads: tuple[DailyLoad, ...]
    bottlenecks: tuple[Bottleneck, ...]
    flows: tuple[Flow, ...]
    legs: tuple[Leg, ...]
    shapes: Mapping[str, tuple[tuple[float, float], ...]]
    sites: tuple[Site, ...]
    amounts: Mapping[str, Amount]
    cargo: Mapping[str, CargoClass]
    fleets: Mapping[str, tuple[str, ...]]
    convoys: tuple[Convoy, ...]
    graphs: tuple[MovementGraph, ...]
    unmoved: tuple[tuple[str, str], ...]
    assumptions: tuple[Assumption, ...]
    disputed_facts: tuple[DisputedFact, ...]
    overrides: tuple[OverrideRow, ...]
    unit_values: UnitValues | None
    daily_prices_d: Mapping[str, tuple[float | None, ...]]
    relaxation: str
    findings: tuple[tuple[str, str], ...] | None


def report(
    problem: Problem,
    plan: Plan,
    *,
    bound: Bound | None = None,
    summary: Mapping[str, object],
    findings: Sequence[Finding] | None = None,
    march_factors: MarchFactors | None = None,
    unit_values: UnitValues | None = None,
    daily_prices_d: Mapping[str, tuple[float | None, ...]] = NO_PRICES,
) -> Report:
    """Tell a plan as people look at it.

    Parameters
    ----------
    bound
        For the prices of resources; None takes those of the summary, where it has them.
    summary
        Figures of the run by the names of ``summary.json``; missing ones are left out of the report.
    findings
        Of the checks; None where they were not run.
    march_factors
        How convoys march; None leaves march tables out.
    unit_values
        What one more unit is worth; None where it was not worked out.
    daily_prices_d
        As of :class:`Report`.
    """
    closure_min = closure_of_lines(problem, plan)
    end_min = _end_min(problem, plan)
    amounts = load_amounts(problem)
    book = open_book(problem, plan)
    loads = daily_loads(book.facts, days=end_min // MINUTES_PER_DAY)
    by_load = waits_of_loads(book)
    waits = [wait for steps in by_load.values() for step in steps for wait in step]
    bottlenecks = rank_bottlenecks(book.facts, loads, waits, prices_of(bound, summary))
    rows = _line_rows(book, closure_min, amounts, by_load)
    convoys = () if march_factors is None else march_table(problem, plan, march_factors)
    order = {bottleneck.resource_id: rank for rank, bottleneck in enumerate(bottlenecks)}
    used_legs = {step.leg_id for move in plan.moves for step in move.steps}
    used_legs |= {voyage.leg_id for voyage in plan.voyages if voyage.leg_id is not None}
    fleets: dict[str, list[str]] = defaultdict(list)
    for asset in problem.assets:
        fleets[asset.fleet_id].append(asset.asset_id)
    return Report(
        title=problem.title,
        case=problem.case,
        version=plan.version,
        scenario_hash=plan.scenario_hash,
        seed=plan.seed,
        timeline=problem.timeline,
        end_min=end_min,
        figures=_key_figures(rows, bottlenecks, summary),
        curve=closure_curve(problem, closure_min, end_min=end_min),
        lines=rows,
        moves=plan.moves,
        voyages=plan.voyages,
        waits=tuple(waits),
        chain=critical_chain(book),
        loads=tuple(sorted(loads, key=lambda load: order[load.resource_id])),
        bottlenecks=bottlenecks,
        flows=list_flows(problem, plan),
        legs=tuple(leg for leg in problem.legs if leg.leg_id in used_legs),
        shapes={leg_id: shape for leg_id, shape in problem.shapes.items() if leg_id in used_legs},
        sites=_sites(problem, used_legs),
        amounts=amounts,
        cargo={load.load_id: load.cargo for load in problem.loads},
        fleets={fleet: tuple(assets) for fleet, assets in fleets.items()},
        convoys=convoys,
        graphs=tuple(
            movement_graph(corridor, convoys) for corridor in list_corridors(problem, convoys)[:CORRIDORS_DRAWN]
        ),
        unmoved=_unmoved(problem, plan),
        assumptions=problem.assumptions,
        disputed_facts=problem.disputed_facts,
        overrides=_overrides(problem, summary),
        unit_values=unit_values,
        daily_prices_d=daily_prices_d,
        relaxation=str(summary.get("relaxation") or ""),
        findings=None if findings is None else tuple((finding.rule, finding.message) for finding in findings),
    )


def _end_min(problem: Problem, plan: Plan) -> int:
    """End of the day some days after the last voyage, arrival or required date, within the horizon."""
    last = max(
        (
            *(voyage.unload_end_min for voyage in plan.voyages),
            *(step.end_min for move in plan.moves for step in move.steps[-1:]),
            *(min(line.required_min, problem.horizon_min) for line in problem.lines),
        ),
        default=0,
    )
    return ((last + MARGIN_MIN) // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY


def _line_rows(
    book: Book, closure_min: Mapping[str, int], amounts: Mapping[str, Amount], waits: WaitsOfLoads
) -> tuple[LineRow, ...]:
    problem = book.facts.problem
    reasons = dict(_unmoved(problem, book.facts.plan))
    rows = []
    for line in problem.lines:
        closes_min = closure_min.get(line.uln)
        own = deciding_waits(book, waits, line.uln) if closes_min is not None else []
        longest = max((wait for wait in own if wait.cause in HOLDERS), key=lambda wait: wait.minutes, default=None)
        lateness_min = max(0, closes_min - line.required_min) if closes_min is not None else 0
        late = LineStatus.LATE if lateness_min else LineStatus.ON_TIME
        rows.append(
            LineRow(
                line=line,
                amount=line_amount(line, amounts),
                status=LineStatus.UNMOVED if closes_min is None else late,
                closure_min=closes_min,
                lateness_min=lateness_min,
                waits_min={cause: sum(wait.minutes for wait in own if wait.cause is cause) for cause in Cause},
                held_by=longest.what if longest is not None else "",
                late_because=explain_lateness(own, lateness_min),
                reason=reasons.get(line.uln, ""),
            )
        )
    return tuple(rows)


def _overrides(problem: Problem, summary: Mapping[str, object]) -> tuple[OverrideRow, ...]:
    priced = {str(row["override_id"]): row for row in list_rows(summary, "override_prices")}
    return tuple(
        OverrideRow(
            override=override,
            weighted_lateness_d=find_number(priced.get(override.override_id, {}), "weighted_lateness_d"),
            closure_d=find_number(priced.get(override.override_id, {}), "closure_d"),
            unmet_weight=find_number(priced.get(override.override_id, {}), "unmet_weight"),
        )
        for override in problem.overrides
        if not override.is_chosen_port
    )


def _key_figures(
    rows: Sequence[LineRow], bottlenecks: Sequence[Bottleneck], summary: Mapping[str, object]
) -> KeyFigures:
    moved = [row for row in rows if row.closure_min is not None]
    own_lateness_d = sum(row.line.weight * row.lateness_min for row in moved) / MINUTES_PER_DAY
    return KeyFigures(
        lines=len(rows),
        on_time=sum(row.status is LineStatus.ON_TIME for row in rows),
        late=sum(row.status is LineStatus.LATE for row in rows),
        unmoved=sum(row.status is LineStatus.UNMOVED for row in rows),
        total=sum((row.amount for row in rows), Amount()),
        moved=sum((row.amount for row in moved), Amount()),
        closure_min=max((row.closure_min for row in moved if row.closure_min is not None), default=None),
        closure_bound_d=find_number(summary, "closure_bound_d"),
        closure_gap=find_number(summary, "closure_gap"),
        closure_uncongested_d=find_number(summary, "closure_uncongested_d"),
        weighted_lateness_d=own_lateness_d,
        lateness_bound_d=find_number(summary, "lateness_bound_d"),
        solve_s=find_number(summary, "solve_s"),
        busy_resources=sum(row.busy_share >= 0.2 for row in bottlenecks),
    )


def _sites(problem: Problem, used_legs: set[str]) -> tuple[Site, ...]:
    """Sites that lines, used legs, their crossings and assets' homes name."""
    named = {place for line in problem.lines for place in (line.origin, line.destination, line.staging)}
    for leg_id in used_legs:
        leg = problem.leg_of[leg_id]
        named |= {leg.origin, leg.destination, *(passage.crossing for passage in leg.passages)}
    named |= {asset.home for asset in problem.assets}
    return tuple(site for site in problem.sites if site.place in named)


def _unmoved(problem: Problem, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Unmoved lines with reasons; what was found before planning is told first."""
    found: dict[str, list[str]] = defaultdict(list)
    unmoved = {row.uln for row in plan.unmoved}
    for no_way in problem.no_ways:
        if no_way.uln in unmoved:
            found[no_way.uln].append(no_way.reason)
    for row in plan.unmoved:
        if row.reason not in found[row.uln]:
            found[row.uln].append(row.reason)
    return tuple((uln, " ".join(reasons)) for uln, reasons in found.items())
