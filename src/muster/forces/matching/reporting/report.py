"""What people look at in a matching, as values: ``muster.exchange.report_html`` draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from muster.forces.matching.answers.answered import Answered
from muster.forces.matching.answers.sustained import Sustained
from muster.forces.matching.coverage import Coverage, coverage
from muster.forces.matching.needs import list_needs
from muster.forces.matching.objectives import Aim, Attainment
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import Assumption, MatchingProblem, Rotation
from muster.forces.matching.reporting.answer_rows import (
    UnfilledRow,
    WhatIfRow,
    WorthRow,
    list_unfilled_rows,
    list_whatif_rows,
    list_worth_rows,
)
from muster.forces.matching.reporting.burden import NationBurden, list_burdens
from muster.forces.matching.reporting.cover import CoverGroup, CoverRow, list_cover, list_groups, shares_by_month
from muster.forces.matching.reporting.likely import RiskRows, read_risk
from muster.forces.matching.reporting.offer_rows import DisputedOffer, OfferRow, list_disputes, list_offers
from muster.forces.matching.reporting.rotation import TourBar, list_tours
from muster.forces.matching.reporting.terms import CaveatRow, GateRow, list_caveats, list_gates
from muster.forces.months import month_start_d


class Finding(Protocol):
    """What the report reads of a finding of the checks."""

    @property
    def rule(self) -> str:
        """The rule that is broken."""

    @property
    def message(self) -> str:
        """The breach in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A breach of a rule."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """The head of the report.

    Attributes
    ----------
    coverage, bound
        Weighted share covered, and what no matching exceeds, 0 to 1; None is not proved.
    gap
        Share of the bound that is not proved not to be reachable; None without a bound.
    filled
        Requirements covered wholly in every month of need.
    needed
        Requirements with a need within the months planned.
    people_max, people_max_month
        Most people in place in a month, and the first month with so many.
    """

    coverage: float
    bound: float | None
    gap: float | None
    requirements: int
    needed: int
    filled: int
    offers: int
    offers_used: int
    nations: int
    nations_serving: int
    people_max: int
    people_max_month: int
    solve_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AimRow:
    """How well one aim is reached, in its own unit."""

    aim: Aim
    value: float
    bound: float | None
    gap: float | None
    is_proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A matching as the headquarters looks at it.

    Attributes
    ----------
    month_starts_d
        First day of each month after C-day, and the end of the last. Length: the months planned and one.
    shares
        Weighted share covered in each month; None where nothing is needed.
    people
        People in place in each month.
    unfilled, asks, caveat_prices, gate_prices, withdrawals, sustained, risk
        Answers; None where nobody asked.
    cut_short
        Names of answers for which the time was over before all was worked out.
    """

    title: str
    case: str
    gate_scenario: str
    scenario_hash: str
    c_day: str | None
    months: int
    month_starts_d: tuple[int, ...]
    rotation: Rotation
    burden_key: str
    figures: KeyFigures
    aims: tuple[AimRow, ...]
    findings: tuple[FindingRow, ...]
    cover: tuple[CoverRow, ...]
    groups: tuple[CoverGroup, ...]
    shares: tuple[float | None, ...]
    people: tuple[int, ...]
    burdens: tuple[NationBurden, ...]
    tours: tuple[TourBar, ...]
    offers: tuple[OfferRow, ...]
    disputes: tuple[DisputedOffer, ...]
    gates: tuple[GateRow, ...]
    caveats: tuple[CaveatRow, ...]
    assumptions: tuple[Assumption, ...]
    unfilled: tuple[UnfilledRow, ...] | None
    asks: tuple[WorthRow, ...] | None
    caveat_prices: tuple[WorthRow, ...] | None
    gate_prices: tuple[WorthRow, ...] | None
    withdrawals: tuple[WorthRow, ...] | None
    sustained: Sustained | None
    risk: RiskRows | None
    whatifs: tuple[WhatIfRow, ...]
    cut_short: tuple[str, ...]


def report(
    problem: MatchingProblem, matching: Matching, answered: Answered, *, findings: Sequence[Finding] = ()
) -> Report:
    """Everything about a matching that the headquarters looks at.

    Parameters
    ----------
    findings
        Of the checks.
    """
    needs, cover = list_needs(problem), coverage(problem, matching)
    rows = list_cover(problem, matching, cover, needs)
    burdens = list_burdens(problem, matching)
    offers = list_offers(problem, matching, answered.unused)
    people = tuple(map(sum, zip(*(burden.people for burden in burdens), strict=True))) or (0,) * problem.months
    c_day = problem.timeline.c_day
    return Report(
        title=problem.title,
        case=problem.case,
        gate_scenario=problem.gate_scenario,
        scenario_hash=problem.scenario_hash,
        c_day=None if c_day is None else c_day.isoformat(),
        months=problem.months,
        month_starts_d=tuple(month_start_d(month) for month in range(problem.months + 1)),
        rotation=problem.rotation,
        burden_key=problem.burden_key.value,
        figures=_figures(cover, answered, rows, burdens, offers, people),
        aims=tuple(_aim(attainment) for attainment in answered.attainments),
        findings=tuple(FindingRow(rule=finding.rule, message=finding.message) for finding in findings),
        cover=rows,
        groups=list_groups(problem, cover),
        shares=shares_by_month(cover),
        people=people,
        burdens=burdens,
        tours=list_tours(problem, matching, needs),
        offers=offers,
        disputes=list_disputes(problem),
        gates=list_gates(problem),
        caveats=list_caveats(problem),
        assumptions=problem.assumptions,
        unfilled=list_unfilled_rows(problem, rows, answered.unfilled),
        asks=list_worth_rows(problem, answered.asks, cover),
        caveat_prices=list_worth_rows(problem, answered.caveats, cover),
        gate_prices=list_worth_rows(problem, answered.gates, cover),
        withdrawals=list_worth_rows(problem, answered.withdrawals, cover),
        sustained=answered.sustained,
        risk=None if answered.risk is None or not answered.risk.runs else read_risk(answered.risk),
        whatifs=list_whatif_rows(answered.whatifs, cover),
        cut_short=answered.cut_short,
    )


def _figures(
    cover: Coverage,
    answered: Answered,
    rows: Sequence[CoverRow],
    burdens: Sequence[NationBurden],
    offers: Sequence[OfferRow],
    people: Sequence[int],
) -> KeyFigures:
    attained = next((each for each in answered.attainments if each.aim is Aim.COVERAGE), None)
    bound = None if attained is None or attained.bound is None or not cover.whole else attained.bound / cover.whole
    most = max(people)
    return KeyFigures(
        coverage=cover.share,
        bound=bound,
        gap=None if attained is None else attained.gap,
        requirements=len(rows),
        needed=sum(row.share is not None for row in rows),
        filled=sum(row.share is not None and row.is_filled for row in rows),
        offers=sum(burden.offers for burden in burdens),
        offers_used=sum(offer.serving > 0 for offer in offers),
        nations=sum(burden.offers > 0 for burden in burdens),
        nations_serving=sum(burden.people_months > 0 or burden.units > 0 for burden in burdens),
        people_max=most,
        people_max_month=people.index(most),
        solve_s=answered.solve_s,
    )


def _aim(attainment: Attainment) -> AimRow:
    return AimRow(
        aim=attainment.aim,
        value=attainment.value,
        bound=attainment.bound,
        gap=attainment.gap,
        is_proved=attainment.is_proved,
    )
