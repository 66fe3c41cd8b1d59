"""The certificate of a bound: prices as whole numbers, and what it takes to charge them again without a solver.

What is stored decides nothing about what is true: :mod:`.verification` derives rows, rooms and weights from the problem
anew, refuses weights and potentials that do not hold, and takes any prices at or above nothing.
"""

from dataclasses import dataclass

from muster.movement.formulation.choices import Ints
from muster.movement.formulation.closure import ClosureProof
from muster.movement.formulation.lateness_by_periods import PeriodsProof
from muster.movement.formulation.lateness_by_windows import WindowsProof
from muster.movement.formulation.rows import Row
from muster.movement.formulation.worths import spans_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A row: what lies in a window takes no more of a resource or pool than it has there.

    Attributes
    ----------
    name, place
        The resource or the fleets of the pool, and its place among the resources of the problem or among its pools.
    begin_min, tail_min
        The window begins here, and ends so many minutes before the last line closes, or at a deadline.
    weight
        Part of a voyage that each ride in the window answers for, as whole numbers of
        :data:`~muster.movement.formulation.rows.PARTS`.
    potential_min
        Worth of each place of a pool; nothing for a resource.
    """

    name: str
    place: int
    is_fleet: bool
    begin_min: int
    tail_min: int
    weight: tuple[int, ...]
    potential_min: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosurePrices:
    """What proves the bound on closure; without windows it is the dates, ways and permits alone.

    Attributes
    ----------
    prices
        Of the windows.
    """

    windows: tuple[Window, ...] = ()
    prices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPrices:
    """Prices of a resource or pool by period."""

    name: str
    is_fleet: bool
    prices: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPrices:
    """What proves the bound on lateness by prices of every period.

    Attributes
    ----------
    end_min
        Supplies have prices until then.
    width_min
        Of the buckets in which lines are priced.
    parts
        What part of a voyage each ride answers for in either measure, as whole numbers of
        :data:`~muster.movement.formulation.moments.UNIT`.
    """

    end_min: int
    width_min: int
    parts: tuple[tuple[int, ...], tuple[int, ...]]
    supplies: tuple[SupplyPrices, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePrice:
    """What a window costs all that must be over by a deadline."""

    window: int
    end_min: int
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPrices:
    """What proves the bound on lateness by prices of windows.

    Attributes
    ----------
    price_bits
        A price of 1 is a weighted minute divided by two to this power.
    ends_min
        Last minutes of the buckets in which lines may close; the last is the horizon.
    """

    price_bits: int
    ends_min: tuple[int, ...]
    windows: tuple[Window, ...]
    deadlines: tuple[DeadlinePrice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What proves a bound.

    Attributes
    ----------
    closure_min, weighted_lateness_min
        What it claims.
    by_periods, by_windows
        What proves the lateness: either of them, or none, and then it is the dates, ways and permits alone.
    """

    closure_min: int
    weighted_lateness_min: int
    closure: ClosurePrices
    by_periods: PeriodPrices | None = None
    by_windows: WindowPrices | None = None


def closure_prices(proof: ClosureProof) -> ClosurePrices:
    """What to keep of a proof."""
    return ClosurePrices(windows=tuple(map(_window, proof.rows)), prices=_ints(proof.prices))


def period_prices(proof: PeriodsProof) -> PeriodPrices:
    """What to keep of a proof."""
    first, second = proof.parts.T
    return PeriodPrices(
        end_min=proof.end_min,
        width_min=proof.width_min,
        parts=(_ints(first), _ints(second)),
        supplies=tuple(
            SupplyPrices(name=supply.name, is_fleet=supply.is_fleet, prices=_ints(proof.prices[span]))
            for supply, span in zip(proof.supplies, spans_of(proof.supplies), strict=True)
        ),
    )


def window_prices(proof: WindowsProof) -> WindowPrices:
    """What to keep of a proof."""
    return WindowPrices(
        price_bits=proof.price_bits,
        ends_min=_ints(proof.ends_min),
        windows=tuple(_window(family.row) for family in proof.families),
        deadlines=tuple(
            DeadlinePrice(window=row.family, end_min=row.end_min, price=price)
            for row, price in zip(proof.deadlines, proof.prices, strict=True)
        ),
    )


def _window(row: Row) -> Window:
    return Window(
        name=row.name,
        place=row.place,
        is_fleet=row.is_fleet,
        begin_min=row.begin_min,
        tail_min=row.tail_min,
        weight=_ints(row.weight),
        potential_min=_ints(row.potential_min),
    )


def _ints(values: Ints) -> tuple[int, ...]:
    return tuple(values.tolist())
