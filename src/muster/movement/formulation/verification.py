"""What a certificate proves, worked out from the problem and its prices alone: whole numbers, and no solver.

Choices, rows and rooms are laid out from the problem as they are for a bound. Weights are true when no set of loads
that fits into one voyage weighs more than all of it; that is checked link by link in fractions. Prices may be anything
at or above nothing: a bad one proves less, never too much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from muster.movement.formulation.certificate import Certificate, DeadlinePrice, PeriodPrices, Window, WindowPrices
from muster.movement.formulation.cheapest import Paths, bench, paths
from muster.movement.formulation.choices import Choices, Ints, choices
from muster.movement.formulation.columns import columns, trace_all
from muster.movement.formulation.deadlines import Deadline, Family
from muster.movement.formulation.exact_lateness import proven_lateness_min
from muster.movement.formulation.exact_pricing import TooHigh, proven_closure_min
from muster.movement.formulation.followers import until_closure
from muster.movement.formulation.moments import UNIT, Takings, takings
from muster.movement.formulation.packing import MEASURES_OF_OWN_RIDE, are_true, fractions
from muster.movement.formulation.pricing import Pricing
from muster.movement.formulation.rows import PARTS, Ground, Row
from muster.movement.formulation.supplies import Supply
from muster.movement.formulation.worths import COST, Prices, cost_of_room, highest, lay_prices
from muster.movement.problem import Problem

LONG_BITS = 62
"""What is added up in machine code stays below this power of two."""


class CertificateRefused(ValueError):
    """A certificate that does not belong to the problem, or holds what proves nothing.

    Attributes
    ----------
    faults
        What is wrong, a sentence each.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What a certificate proves of every plan that moves each line outside the problem's ``no_ways``."""

    closure_min: int
    weighted_lateness_min: int


def verify(problem: Problem, certificate: Certificate) -> Proved:
    """Work out what a certificate proves, whatever it claims.

    Raises
    ------
    CertificateRefused
        With everything that is wrong in it.
    """
    verifier = _Verifier(problem)
    faults: list[str] = []
    closure_min = lateness_min = 0
    try:
        closure_min = verifier.closure_min(certificate)
    except (CertificateRefused, TooHigh) as error:
        faults += _told("closure", error)
    try:
        lateness_min = verifier.lateness_min(certificate)
    except (CertificateRefused, TooHigh) as error:
        faults += _told("lateness", error)
    if faults:
        raise CertificateRefused(faults)
    return Proved(closure_min=closure_min, weighted_lateness_min=lateness_min)


def _told(what: str, error: CertificateRefused | TooHigh) -> list[str]:
    faults = error.faults if isinstance(error, CertificateRefused) else (str(error),)
    return [f"{what}: {fault}" for fault in faults]


class _Verifier:
    def __init__(self, problem: Problem) -> None:
        self.choices: Choices = choices(problem)
        self.ground = Ground(self.choices)
        to_the_end = until_closure(self.choices)
        self.closing = self.ground if to_the_end is self.choices else Ground(to_the_end)
        self.part, self.whole = _fractions(self.choices)

    def closure_min(self, certificate: Certificate) -> int:
        """The closure that no plan beats."""
        known_min = int(self.closing.choices.line_end_min.max(initial=0))
        own = certificate.closure
        rows = self._rows(self.closing, own.windows)
        _refuse(_price_faults(own.prices, [row.name for row in rows]))
        return proven_closure_min(Pricing(self.closing), rows, own.prices, known_min) if rows else known_min

    def lateness_min(self, certificate: Certificate) -> int:
        """The weighted lateness that no plan beats: what prices prove, or the dates, ways and permits alone."""
        ends = zip(self.choices.lines, self.choices.line_end_min.tolist(), strict=True)
        floor_min: int = sum(line.weight * max(0, end_min - line.required_min) for line, end_min in ends)
        if certificate.by_periods is not None and self.choices.lines:
            floor_min = max(floor_min, self._by_periods(certificate.by_periods))
        if certificate.by_windows is not None and self.choices.lines:
            floor_min = max(floor_min, self._by_windows(certificate.by_windows))
        return floor_min

    def _by_windows(self, own: WindowPrices) -> int:
        rows = self._rows(self.ground, own.windows)
        _refuse(_window_faults(own, self.choices.problem.horizon_min))
        _refuse(_price_faults([row.price for row in own.deadlines], [_where(own, row) for row in own.deadlines]))
        families = [Family(row, self.choices.tail_min[row.rides]) for row in rows]
        deadlines = [Deadline(row.window, row.end_min) for row in own.deadlines]
        return proven_lateness_min(
            Pricing(self.ground), families, deadlines, [row.price for row in own.deadlines],
            price_bits=own.price_bits, ends_min=np.array(own.ends_min, dtype=np.int64),
        )  # fmt: skip

    def _by_periods(self, own: PeriodPrices) -> int:
        ride_count, horizon_min = len(self.choices.ride_way), self.choices.problem.horizon_min
        if not 0 < own.end_min <= horizon_min or own.width_min < 1:
            _refuse([f"prices until {own.end_min} min in buckets of {own.width_min} min mean nothing"])
        if any(len(each) != ride_count for each in own.parts):
            _refuse([f"parts of voyages for {len(own.parts[0])} rides, where the problem has {ride_count}"])
        parts = np.array(own.parts, dtype=np.int64).T
        for each in parts.T:
            _refuse(self._weight_faults("voyages", np.arange(ride_count), each, UNIT))
        laid_out, supplies = takings(self.ground, own.end_min, np.ascontiguousarray(parts))
        _refuse(_supply_faults(own, supplies))
        priced = lay_prices(
            supplies, np.array([price for each in own.supplies for price in each.prices], dtype=np.int64)
        )
        lines = paths(self.choices)
        _refuse(_overflows(lines, laid_out, priced))
        costs = np.zeros(len(lines.weight), dtype=np.int64)
        trace_all(lines, laid_out, priced, bench(lines, own.width_min), columns(lines, laid_out), costs)
        paid: int = sum(costs.tolist())
        value: int = (paid - cost_of_room(laid_out, priced)) // COST
        return value

    def _rows(self, ground: Ground, windows: Sequence[Window]) -> list[Row]:
        rows: list[Row] = []
        faults: list[str] = []
        for window in windows:
            try:
                row = self._row(ground, window)
            except ValueError as error:
                faults.append(f"{window.name}: {error}")
                continue
            faults += self._weight_faults(window.name, row.rides, row.weight, PARTS)
            rows.append(row)
        _refuse(faults)
        return rows

    def _row(self, ground: Ground, window: Window) -> Row:
        weight = np.array(window.weight, dtype=np.int64)
        count = len(self.choices.pools) if window.is_fleet else len(self.choices.problem.resources)
        if not 0 <= window.place < count:
            raise ValueError(f"place {window.place} among {count}")
        if window.is_fleet:
            potential_min = np.array(window.potential_min, dtype=np.int64)
            row = ground.weighted_fleet_row(
                window.place, window.begin_min, window.tail_min, weight, potential_min
            )  # fmt: skip
        else:
            row = ground.weighted_resource_row(window.place, window.begin_min, window.tail_min, weight)
        if row.name != window.name:
            raise ValueError(f'the problem has "{row.name}" in its place')
        return row

    def _weight_faults(self, name: str, rides: Ints, weight: Ints, unit: int) -> Iterator[str]:
        link = self.ground.ride_link[rides]
        if not are_true(link, self.part[rides], self.whole[rides], weight, unit):
            yield f"{name}: weights by which loads that fit into one voyage are more than all of it"


def _fractions(laid_out: Choices) -> tuple[Ints, Ints]:
    """Measures of every ride as part and whole. Shapes (n_rides, n_measures)."""
    own = ((1, 1),) * len(MEASURES_OF_OWN_RIDE)
    pools = [laid_out.ways[way].pool for way in laid_out.ride_way.tolist()]
    loads = [laid_out.loads[load] for load in laid_out.ride_load.tolist()]
    each = [
        own if pool is None else fractions(load, pool.kind) for pool, load in zip(pools, loads, strict=True)
    ]  # fmt: skip
    table = np.array(each, dtype=np.int64).reshape(-1, len(own), 2)
    return table[:, :, 0], table[:, :, 1]


def _refuse(faults: Sequence[str] | Iterator[str]) -> None:
    told = tuple(faults)
    if told:
        raise CertificateRefused(told)


def _price_faults(prices: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    if len(prices) != len(names):
        yield f"{len(prices)} prices for {len(names)} rows"
        return
    for price, name in zip(prices, names, strict=True):
        if price < 0:
            yield f"{name}: a price of {price}, below nothing, proves nothing"


def _where(own: WindowPrices, row: DeadlinePrice) -> str:
    name = own.windows[row.window].name if 0 <= row.window < len(own.windows) else f"window {row.window}"
    return f"{name} until {row.end_min} min"


def _window_faults(own: WindowPrices, horizon_min: int) -> Iterator[str]:
    if not own.ends_min or own.ends_min[-1] != horizon_min or list(own.ends_min) != sorted(set(own.ends_min)):
        yield f"buckets of closing times that do not rise to the horizon of {horizon_min} min"
    if not 0 <= own.price_bits <= LONG_BITS:
        yield f"prices in parts of two to the {own.price_bits}"
    if any(not 0 <= row.window < len(own.windows) for row in own.deadlines):
        yield f"deadlines of windows beyond the {len(own.windows)} there are"


def _supply_faults(own: PeriodPrices, supplies: Sequence[Supply]) -> Iterator[str]:
    there = [(supply.name, len(supply.room)) for supply in supplies]
    told = [(supply.name, len(supply.prices)) for supply in own.supplies]
    if there != told:
        odd = next((pair for pair in told if pair not in there), ("nothing", 0))
        yield (
            f"prices of {len(told)} supplies, such as {odd[1]} periods of {odd[0]}; the problem has {len(there)} that "
            "may run short, and not those"
        )
        return
    for mine, supply in zip(own.supplies, supplies, strict=True):
        for period, price in enumerate(mine.prices):
            if not 0 <= price <= highest(supply):
                limits = "below nothing, proves nothing" if price < 0 else "too high to be counted, proves nothing"
                yield f"{supply.name}, period {period}: a price of {price}, {limits}"


def _overflows(lines: Paths, laid_out: Takings, priced: Prices) -> Iterator[str]:
    """Whether anything that is added up in 64 bits could overflow."""
    amount = int(laid_out.uses["amount"].max(initial=0)) * int(laid_out.factor.max(initial=0))
    lasts = max(1, int(laid_out.uses["lasts_min"].max(initial=0)))
    paid = amount * int(priced.price.max(initial=0))
    in_use = [int(priced.price[span].max(initial=0)) for span in _spans_in_use(laid_out)]
    paid_over_time = amount * lasts * max(in_use, default=0)
    late = int(lines.weight.max(initial=0)) * lines.horizon_min * COST
    for what, most in (("price", max(paid, paid_over_time)), ("lateness", late)):
        if most.bit_length() >= LONG_BITS:
            yield f"a {what} of up to {most} cannot be counted in 64 bits"


def _spans_in_use(laid_out: Takings) -> Iterator[slice]:
    """Where the periods lie of supplies of which amounts are in use for some time."""
    for index in np.unique(laid_out.uses["supply"][laid_out.uses["lasts_min"] > 0]).tolist():
        periods = laid_out.periods[index]
        yield slice(int(periods["first"]), int(periods["first"] + periods["count"]))
