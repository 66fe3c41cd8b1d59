"""What one more unit on a day takes off the bound, from certificates written by hand."""

from movement.instances import DAY_MIN, random_problem
from muster.movement.formulation import Certificate, daily_prices
from muster.movement.formulation.certificate import (
    ClosurePrices,
    DeadlinePrice,
    PeriodPrices,
    SupplyPrices,
    Window,
    WindowPrices,
)
from muster.movement.formulation.moments import UNIT
from muster.movement.formulation.worths import COST, NO_ROOM_A_MIN

A_MINUTE = COST // UNIT
"""Price of one part of an amount at which the whole amount costs a weighted minute."""


def certificate(*, by_periods: PeriodPrices | None = None, by_windows: WindowPrices | None = None) -> Certificate:
    return Certificate(
        closure_min=0, weighted_lateness_min=0, closure=ClosurePrices(), by_periods=by_periods, by_windows=by_windows
    )


def window(name: str, *, is_fleet: bool, begin_min: int) -> Window:
    return Window(
        name=name, place=0, is_fleet=is_fleet, begin_min=begin_min, tail_min=0, weight=(), potential_min=()
    )  # fmt: skip


def test_a_credit_saves_its_price_on_its_day_and_a_bus_its_minutes() -> None:
    # A credit on the second day is worth a weighted day; a bus is not there on the first day, and is worth a weighted
    # minute for each of its minutes on the second.
    supplies = (
        SupplyPrices(name="BORDER/credits", is_fleet=False, prices=(0, DAY_MIN * A_MINUTE)),
        SupplyPrices(name="bus", is_fleet=True, prices=(NO_ROOM_A_MIN,) * 4 + (A_MINUTE,) * 4),
    )
    own = PeriodPrices(end_min=2 * DAY_MIN, width_min=60, parts=((), ()), supplies=supplies)
    found = daily_prices(random_problem(6, line_count=3), certificate(by_periods=own))
    assert found == {"BORDER/credits": (0.0, 1.0), "bus": (None, 1.0)}


def test_fleets_that_are_priced_together_have_one_price() -> None:
    own = PeriodPrices(
        end_min=360, width_min=60, parts=((), ()),
        supplies=(SupplyPrices(name="het, bus", is_fleet=True, prices=(4 * A_MINUTE,)),),
    )  # fmt: skip
    found = daily_prices(random_problem(6, line_count=3), certificate(by_periods=own))
    assert found == {"het": (1.0,), "bus": (1.0,)}


def test_a_window_is_worth_what_lies_in_it() -> None:
    # From the noon of one day to that of the next: a bus for half of each, a credit on either of them.
    own = WindowPrices(
        price_bits=4,
        ends_min=(),
        windows=(window("bus", is_fleet=True, begin_min=720), window("BORDER/credits", is_fleet=False, begin_min=720)),
        deadlines=(
            DeadlinePrice(window=0, end_min=2_160, price=16),
            DeadlinePrice(window=1, end_min=2_160, price=16 * DAY_MIN),
        ),
    )
    found = daily_prices(random_problem(6, line_count=3), certificate(by_windows=own))
    assert found == {"bus": (0.5, 0.5), "BORDER/credits": (1.0, 1.0)}
