"""What one more unit of a bottleneck is worth, as values; ``valuing`` finds them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a plan is worth.

    Attributes
    ----------
    seed
        Of its search.
    """

    seed: int
    unmet_weight: int
    weighted_lateness_min: int
    closure_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValue:
    """What one more unit of a resource or fleet is worth.

    Attributes
    ----------
    name, kind
        The resource or fleet.
    unit
        What one more unit is, in words.
    price
        Its part in the bound on closure; 0 where it does not bind.
    dual_min
        Minutes of the bound on closure that one more unit saves, to the first order; None where no bound was told.
    closure_min, weighted_lateness_min, unmet_weight
        What the plan with one more unit saves against the unchanged one of the same seed; below zero where the search
        happened to do worse with it.
    is_closure_clear, is_lateness_clear
        Whether that is more than the spread of unchanged plans; what is not cannot be told from luck. A loss never is:
        a plan without the unit more is a plan with it.
    """

    name: str
    kind: str
    unit: str
    price: float
    dual_min: int | None
    closure_min: int
    weighted_lateness_min: int
    unmet_weight: int
    is_closure_clear: bool
    is_lateness_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValues:
    """The values of one more unit of each bottleneck of a plan.

    Attributes
    ----------
    steps
        Steps of each search.
    unchanged
        The problem as it is, by seed; the first is what values are measured against.
    closure_spread_min, lateness_spread_min
        Largest difference between two of them.
    values
        In the order of the bottlenecks.
    left_out
        Bottlenecks that had no turn before the work was stopped.
    """

    steps: int
    unchanged: tuple[Outcome, ...]
    closure_spread_min: int
    lateness_spread_min: int
    values: tuple[UnitValue, ...]
    left_out: tuple[str, ...]
