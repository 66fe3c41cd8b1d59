"""What can go wrong, and how often and how badly, each figure with its source and grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muster.movement.problem import Carrier
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

_PREFIXES: Final[Mapping[Hazard, tuple[str, ...]]] = {
    Hazard.ROAD_DELAY: ("risk.road.",),
    Hazard.RAIL_DELAY: ("risk.rail.",),
    Hazard.SEA_DELAY: ("risk.sea.",),
    Hazard.AIR_DELAY: ("risk.air.",),
    Hazard.HANDLING: tuple(name for pair in HANDLING.values() for name in pair),
    Hazard.BREAKDOWN: ("risk.breakdown.",),
    Hazard.WEATHER: ("risk.weather.",),
    Hazard.PERMIT: ("risk.permit.",),
    Hazard.SLOW_PLEDGE: ("risk.pledge.",),
    Hazard.NO_SHOW: ("risk.no_show.", "sea.ark.notice", "air.salis.notice_old"),
    Hazard.LATE_LINE: ("risk.line.",),
}

_MILD_WHEN_LARGE: Final = frozenset({"risk.breakdown.road_km", "risk.breakdown.rail_km", "risk.breakdown.sea_km"})


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


def list_figures(factors: Mapping[str, Factor]) -> tuple[HazardFigure, ...]:
    """Every figure of every hazard, in the order of the hazards."""
    return tuple(
        HazardFigure(hazard, factor)
        for hazard in Hazard
        for name, factor in factors.items()
        if name.startswith(_PREFIXES[hazard])
    )


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
        """Take the figures from planning factors."""
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
