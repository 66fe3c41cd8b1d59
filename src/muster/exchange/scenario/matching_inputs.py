"""From a case of a scenario to the question of a matching: its rows, the factors it rests on, and where places lie."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from muster.exchange.scenario.catalogue import Catalogue
from muster.exchange.scenario.scenario import Scenario
from muster.forces import Activation, BurdenKey, Caveat, Gate, Nation, Offer, OfferStatus, Requirement
from muster.forces.matching.gate_scenarios import GateScenario, suppose
from muster.forces.matching.problem import Assumption, MatchingProblem, Rotation
from muster.reference import Factor

USUAL_MONTHS: Final = 24
"""Months over which a force is planned to be sustained."""
_ROTATION: Final = {
    "ratio": "force.rotation_ratio",
    "tour_months": "force.tour_months",
    "overlap_d": "force.relief_overlap_d",
    "deploy_d": "force.deploy_d",
}
_LIKELIHOOD: Final = {
    OfferStatus.STATEMENT: "force.status.statement",
    OfferStatus.PLEDGE: "force.status.pledge",
    OfferStatus.FORMAL: "force.status.formal",
}
MATCHING_FACTORS: Final = (*_ROTATION.values(), *_LIKELIHOOD.values())
"""Factors on which every matching rests."""
Row = TypeVar("Row")


def matching_problem(
    scenario: Scenario,
    case: str | None = None,
    *,
    months: int = USUAL_MONTHS,
    gates: GateScenario = GateScenario.EXPECTED,
    burden_key: BurdenKey = BurdenKey.ARMED_FORCES,
) -> MatchingProblem:
    """Everything that the scenario says about the matching of a case.

    Parameters
    ----------
    case
        None is the scenario's default case.
    months
        Months planned, counted from C-day.
    gates
        What is supposed of the gates.
    burden_key
        By what the fair share of a nation is measured.

    Raises
    ------
    UnknownCase
        When the scenario has no such case.
    """
    name = scenario.settings.default_case if case is None else case
    catalogue = scenario.catalogue(name)

    def values(table: str, kind: type[Row]) -> tuple[Row, ...]:
        return scenario.list_values(table, name, kind)

    requirements, offers = values("requirements", Requirement), values("offers", Offer)
    return MatchingProblem(
        title=scenario.settings.title,
        case=name,
        scenario_hash=scenario.scenario_hash,
        timeline=scenario.settings.timeline,
        months=months,
        rotation=_rotation(catalogue.factors),
        nations=values("nations", Nation),
        requirements=requirements,
        offers=offers,
        caveats=values("caveats", Caveat),
        gates=suppose(values("gates", Gate), gates),
        activations=values("activations", Activation),
        countries={row.place: catalogue.places[row.place].country for row in requirements},
        people_by_type=_people_by_type(catalogue, (*requirements, *offers)),
        status_likelihood=_status_likelihood(catalogue.factors),
        mission_country=scenario.settings.mission_country,
        burden_key=burden_key,
        gate_scenario=gates.value,
        assumptions=tuple(_assumption(catalogue.factors[factor_id]) for factor_id in MATCHING_FACTORS),
    )


def _rotation(factors: Mapping[str, Factor]) -> Rotation:
    return Rotation(**{name: round(factors[factor_id].planned) for name, factor_id in _ROTATION.items()})


def _status_likelihood(factors: Mapping[str, Factor]) -> Mapping[OfferStatus, float]:
    """Chance that an offer is kept; what is withdrawn is not."""
    kept = {status: factors[factor_id].planned for status, factor_id in _LIKELIHOOD.items()}
    return {**kept, OfferStatus.WITHDRAWN: 0.0}


def _people_by_type(catalogue: Catalogue, rows: Iterable[Requirement | Offer]) -> Mapping[str, int]:
    types = sorted({row.unit_type for row in rows if row.unit_type is not None})
    return {name: catalogue.unit_types[name].people for name in types}


def _assumption(factor: Factor) -> Assumption:
    return Assumption(
        factor_id=factor.factor_id,
        value=factor.planned,
        unit=factor.unit,
        source=factor.provenance.source,
        grade=factor.provenance.grade.value,
        low=factor.low,
        high=factor.high,
    )
