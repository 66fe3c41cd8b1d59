"""The main path: lay out the choices, raise the closure bound, then the lateness bound, and tell what binds."""

import time
from collections.abc import Callable, Mapping

import numpy as np

from muster.movement.formulation.certificate import Certificate, closure_prices, period_prices, window_prices
from muster.movement.formulation.choices import NOT_BEGUN, Choices, choices
from muster.movement.formulation.closure import ClosureProof, bound_closure
from muster.movement.formulation.followers import until_closure
from muster.movement.formulation.lateness_by_periods import PeriodsProof, bound_by_periods
from muster.movement.formulation.lateness_by_windows import WindowsProof, bound_by_windows
from muster.movement.formulation.result import BindingResource, Bound
from muster.movement.formulation.rows import Ground
from muster.movement.problem import Problem

LatenessProof = PeriodsProof | WindowsProof
CLOSURE_SHARE = 0.4
"""Part of the time for closure; the rest is for lateness."""
MANY_LINES = 1_000
"""With more lines than this, prices of every period do not settle in the time there is, and windows prove more."""
LEAST_PRICE = 0.005
"""Binding resources with a smaller part are not told."""


def bound(
    problem: Problem,
    *,
    time_limit_s: float = 20.0,
    closure_hint_min: int | None = None,
    lateness_hint_min: int | None = None,
    begins_min: Mapping[str, int] = NOT_BEGUN,
    on_progress: Callable[[Bound], None] | None = None,
) -> Bound:
    """Prove how early the last line can close and how little weighted lateness there can be.

    The bounds hold for every plan that the checks accept and in which every line outside ``problem.no_ways`` moves.

    Parameters
    ----------
    time_limit_s
        Seconds after which no further improvement is begun; what is proved by then is the result.
    closure_hint_min, lateness_hint_min
        Closure and weighted lateness of a known plan, which tell how far ahead prices matter and how high they are; a
        wrong hint never makes the bound invalid.
    begins_min
        When loads that are on their way already go on at the earliest.
    on_progress
        Told about every better bound; first about that of dates, ways and permits alone.
    """
    began_s = time.monotonic()
    laid_out = choices(problem, begins_min)
    ground = Ground(laid_out)
    to_the_end = until_closure(laid_out)
    closing = ground if to_the_end is laid_out else Ground(to_the_end)

    floor_min = uncongested_lateness_min(laid_out)

    def told(proof: ClosureProof, late: LatenessProof | None) -> Bound:
        late = late if late is not None and late.lateness_min > floor_min else None
        return _told(laid_out, proof, late, floor_min, time.monotonic() - began_s)

    def report(proof: ClosureProof) -> None:
        if on_progress is not None:
            on_progress(told(proof, None))

    report(by_dates_alone(to_the_end))
    proof = bound_closure(closing, until_s=began_s + time_limit_s * CLOSURE_SHARE, on_progress=report)

    def report_lateness(late: LatenessProof) -> None:
        if on_progress is not None:
            on_progress(told(proof, late))

    if proof.closure_min > problem.horizon_min:
        return told(proof, None)
    late: LatenessProof | None
    reach_min = max(closure_hint_min or 2 * proof.closure_min, proof.closure_min)
    until_s = began_s + time_limit_s
    if len(laid_out.lines) > MANY_LINES:
        late = bound_by_windows(ground, closure_min=reach_min, until_s=until_s, on_progress=report_lateness)
    else:
        late = bound_by_periods(
            ground,
            closure_min=reach_min,
            lateness_min=2 * floor_min if lateness_hint_min is None else lateness_hint_min,
            until_s=until_s,
            on_progress=report_lateness,
        )
    return told(proof, late)


def by_dates_alone(laid_out: Choices) -> ClosureProof:
    """The closure that no plan beats even if every capacity were unlimited."""
    closure_min = int(laid_out.line_end_min.max(initial=0))
    return ClosureProof(closure_min, (), np.zeros(0, dtype=np.int64), np.zeros(len(laid_out.ride_way)))


def uncongested_lateness_min(laid_out: Choices) -> int:
    """Weighted lateness if every line closed as early as it could by itself."""
    return sum(
        line.weight * max(0, end_min - line.required_min)
        for line, end_min in zip(laid_out.lines, laid_out.line_end_min.tolist(), strict=True)
    )


def _told(
    laid_out: Choices, proof: ClosureProof, late: LatenessProof | None, floor_min: int, solve_s: float
) -> Bound:  # fmt: skip
    lateness_min = floor_min if late is None else late.lateness_min
    certificate = Certificate(
        closure_min=proof.closure_min,
        weighted_lateness_min=lateness_min,
        closure=closure_prices(proof),
        by_periods=period_prices(late) if isinstance(late, PeriodsProof) else None,
        by_windows=window_prices(late) if isinstance(late, WindowsProof) else None,
    )
    return Bound(
        closure_min=proof.closure_min,
        weighted_lateness_min=lateness_min,
        relaxation=_relaxation(laid_out, proof),
        binding=_binding(proof),
        solve_s=solve_s,
        certificate=certificate,
    )


def _relaxation(laid_out: Choices, proof: ClosureProof) -> str:
    text = (
        "Loads take shares of itineraries and voyages; places and fleets are kept as sums over windows (closure) and "
        "periods (lateness), return trips included; staging room, daily limits, cohesion and priorities are relaxed. "
        "Holds for plans that move every line that has a way."
    )
    horizon_min = laid_out.problem.horizon_min
    if laid_out.impossible:
        named = ", ".join(laid_out.impossible[:5])
        text += f" {len(laid_out.impossible)} lines cannot move within the horizon ({named}) and are left out."
    if proof.closure_min > horizon_min:
        text += f" Not all lines can move within the horizon of {horizon_min} min."
    return text


def _binding(proof: ClosureProof) -> tuple[BindingResource, ...]:
    """The rows by their part of the priced room, the greatest first."""
    worth = [
        price * row.room(proof.closure_min) for price, row in zip(proof.prices.tolist(), proof.rows, strict=True)
    ]  # fmt: skip
    total = sum(worth)
    if total <= 0:
        return ()
    parts: dict[tuple[str, bool, int, int], float] = {}
    for part, row in zip(worth, proof.rows, strict=True):
        key = (row.name, row.is_fleet, row.begin_min, row.tail_min)
        parts[key] = parts.get(key, 0.0) + part / total
    ranked = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        BindingResource(name=name, is_fleet=is_fleet, price=price, begin_min=begin_min, tail_min=tail_min)
        for (name, is_fleet, begin_min, tail_min), price in ranked
        if price >= LEAST_PRICE
    )
