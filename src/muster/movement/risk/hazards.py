"""What can go wrong, and how often and how badly, each figure with its source and grade."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from muster.movement.problem import Carrier, Problem
from muster.network import Mode
from muster.reference import Factor


class Hazard(StrEnum):
    """One kind of thing that goes wrong; each can be left out."""

    ROAD_DELAY = "road-delay"
    RAIL_DELAY = "rail-delay"
    SEA_DELAY = "sea-delay"
    AIR_DELAY = "air-delay"
    HANDLING = "handling"
    BREAKDOWN = "breakdown"
    WEATHER = "weather"
    PERMIT = "permit"
    SLOW_PLEDGE = "slow-pledge"
    NO_SHOW = "no-show"
    LATE_LINE = "late-line"


MEANINGS: Final[Mapping[Hazard, str]] = {
    Hazard.ROAD_DELAY: "legs by road take longer",
    Hazard.RAIL_DELAY: "legs by rail take longer",
    Hazard.SEA_DELAY: "legs by sea take longer",
    Hazard.AIR_DELAY: "legs by air take longer",
    Hazard.HANDLING: "loading and unloading take longer",
    Hazard.BREAKDOWN: "an asset waits for a repair on its way",
    Hazard.WEATHER: "weather closes a port or an airfield for a spell",
    Hazard.PERMIT: "a permit that is outstanding on C-day comes late",
    Hazard.SLOW_PLEDGE: "a fleet is available later than pledged",
    Hazard.NO_SHOW: "an asset does not come, and another one is chartered",
    Hazard.LATE_LINE: "a line is ready later than it said",
}

DELAYS: Final[Mapping[Mode, Hazard]] = {
    Mode.ROAD: Hazard.ROAD_DELAY,
    Mode.RAIL: Hazard.RAIL_DELAY,
    Mode.SEA: Hazard.SEA_DELAY,
    Mode.AIR: Hazard.AIR_DELAY,
}

HANDLING: Final[Mapping[Carrier, tuple[str, str]]] = {
    Carrier.TRAIN: ("rail.ramp.load_min", "rail.ramp.unload_min"),
    Carrier.RORO_SHIP: ("port.roro.load_min", "port.roro.unload_min"),
    Carrier.CONTAINER_SHIP: ("port.container.load_min", "port.container.unload_min"),
    Carrier.BUS: ("road.bus.load_min", "road.bus.unload_min"),
    Carrier.TRUCK: ("road.truck.load_min", "road.truck.unload_min"),
    Carrier.HET: ("road.het.load_min", "road.het.unload_min"),
}
"""Planning factors whose ranges tell how much longer loading and unloading can take, by carrier."""

FIGURES: Final[Mapping[Hazard, tuple[str, ...]]] = {
    Hazard.ROAD_DELAY: ("risk.road.late_share", "risk.road.delay_share", "risk.road.delay_spread"),
    Hazard.RAIL_DELAY: ("risk.rail.late_share", "risk.rail.delay_share", "risk.rail.delay_spread"),
    Hazard.SEA_DELAY: ("risk.sea.late_share", "risk.sea.delay_share", "risk.sea.delay_spread"),
    Hazard.AIR_DELAY: ("risk.air.late_share", "risk.air.delay_share", "risk.air.delay_spread"),
    Hazard.HANDLING: tuple(name for pair in HANDLING.values() for name in pair),
    Hazard.BREAKDOWN: (
        "risk.breakdown.road_km",
        "risk.breakdown.rail_km",
        "risk.breakdown.sea_km",
        "risk.breakdown.air_share",
        "risk.breakdown.road_h",
        "risk.breakdown.rail_h",
        "risk.breakdown.sea_h",
        "risk.breakdown.air_h",
        "risk.breakdown.spread",
    ),
    Hazard.WEATHER: (
        "risk.weather.port.closed_share",
        "risk.weather.port.spell_h",
        "risk.weather.airfield.closed_share",
        "risk.weather.airfield.spell_h",
    ),
    Hazard.PERMIT: ("risk.permit.late_share", "risk.permit.delay_d", "risk.permit.spread"),
    Hazard.SLOW_PLEDGE: ("risk.pledge.slow_share", "risk.pledge.delay_d", "risk.pledge.spread"),
    Hazard.NO_SHOW: (
        "risk.no_show.share",
        "risk.no_show.ship_share",
        "risk.no_show.charter_d",
        "sea.ark.notice",
        "air.salis.notice_old",
    ),
    Hazard.LATE_LINE: ("risk.line.late_share", "risk.line.delay_d", "risk.line.spread"),
}
"""The planning factors that each hazard is drawn from."""

_CHANCES: Final = frozenset(
    {
        *(f"risk.{way}.late_share" for way in ("road", "rail", "sea", "air", "permit", "line")),
        "risk.breakdown.air_share",
        "risk.pledge.slow_share",
        "risk.no_show.share",
        "risk.no_show.ship_share",
        "risk.weather.port.closed_share",
        "risk.weather.airfield.closed_share",
    }
)
"""Figures from 0 to 1."""

_MILD_WHEN_LARGE: Final = frozenset({"risk.breakdown.road_km", "risk.breakdown.rail_km", "risk.breakdown.sea_km"})


class UnusableFigures(ValueError):
    """Figures of hazards from which nothing can be drawn.

    Attributes
    ----------
    faults
        Every fault found, one sentence each.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Severity(StrEnum):
    """Which end of the ranges of the figures is taken; a figure without a range stays as it is."""

    MILD = "mild"
    LIKELY = "likely"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class HazardFigure:
    """A figure that a hazard is drawn from."""

    hazard: Hazard
    factor: Factor


def factors_of(problem: Problem, packaged: Mapping[str, Factor]) -> Mapping[str, Factor]:
    """Packaged factors with those laid over them that the scenario of a problem adopted."""
    laid = dict(packaged)
    for assumption in problem.assumptions:
        factor = packaged.get(assumption.subject)
        if factor is None or float(assumption.value) == factor.planned:
            continue
        low, high = (float(end) if end else None for end in (assumption.low, assumption.high))
        laid[factor.factor_id] = replace(
            factor, value=float(assumption.value), low=low, likely=None, high=high, note=assumption.why
        )
    return laid


def list_figures(factors: Mapping[str, Factor]) -> tuple[HazardFigure, ...]:
    """Every figure of every hazard, in the order of the hazards."""
    return tuple(HazardFigure(hazard, factors[name]) for hazard in Hazard for name in FIGURES[hazard])


@dataclass(frozen=True, slots=True)
class Odds:
    """The figures of all hazards at one severity.

    Attributes
    ----------
    numbers
        By factor id. Loading and unloading have the range over the likely value as ``factor_id/low`` and ``/high``.
    """

    numbers: Mapping[str, float]

    @classmethod
    def from_factors(cls, factors: Mapping[str, Factor], severity: Severity = Severity.LIKELY) -> "Odds":
        """Take the figures from planning factors.

        Raises
        ------
        UnusableFigures
            When a chance is not between 0 and 1, or another figure not above 0.
        """
        faults = tuple(fault for figure in list_figures(factors) for fault in _faults(figure.factor))
        if faults:
            raise UnusableFigures(faults)
        numbers: dict[str, float] = {}
        for figure in list_figures(factors):
            factor = figure.factor
            if figure.hazard is Hazard.HANDLING:
                low, high = factor.low or factor.planned, factor.high or factor.planned
                numbers[f"{factor.factor_id}/low"] = low / factor.planned
                numbers[f"{factor.factor_id}/high"] = high / factor.planned
            else:
                numbers[factor.factor_id] = _number(factor, severity)
        return cls(numbers)

    def __getitem__(self, factor_id: str) -> float:
        """One figure."""
        return self.numbers[factor_id]


def _number(factor: Factor, severity: Severity) -> float:
    is_low = (severity is Severity.MILD) is not (factor.factor_id in _MILD_WHEN_LARGE)
    end = factor.planned if severity is Severity.LIKELY else factor.low if is_low else factor.high
    return factor.planned if end is None else end


def _faults(factor: Factor) -> Iterator[str]:
    """What is wrong with the numbers of a factor."""
    name, is_chance = factor.factor_id, factor.factor_id in _CHANCES
    for number in (factor.planned, factor.low, factor.high):
        if number is None:
            continue
        is_sound = 0 <= number <= 1 if is_chance else number > 0
        is_closed_for_good = number == 1 and name.endswith("closed_share")
        if not is_sound or is_closed_for_good:
            must = "below 1" if is_closed_for_good else "from 0 to 1" if is_chance else "above 0"
            yield f'Planning factor "{name}" holds {number:g}; a replay draws from numbers {must}: change it.'
            return
