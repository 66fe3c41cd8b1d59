"""What the bound says one more unit is worth: the shadow price of a resource or fleet, in minutes of closure."""

from muster.movement.formulation import BindingResource, Bound
from muster.movement.problem import Problem, Resource
from muster.movement.reinforcing.reinforcement import FLEET, kind_of, widened


def shadow_price_min(problem: Problem, bound: Bound, name: str) -> int:
    r"""Minutes by which one more unit lowers the bound on closure, to the first order.

    .. math:: d_r = \frac{\sum_{\rho \in r} \pi_\rho\, \Delta_\rho / \mathrm{room}_\rho}{\sum_\rho \pi_\rho / W_\rho}

    Of the window :math:`\rho`, :math:`\pi_\rho` is the part in the bound, :math:`W_\rho` the length, and
    :math:`\Delta_\rho / \mathrm{room}_\rho` the part by which one more unit widens it. A closure later by one minute
    widens it by :math:`1 / W_\rho`. 0 where the resource does not bind.

    Parameters
    ----------
    name
        A resource or fleet.
    """
    windows = [(each, _window_min(each, bound.closure_min)) for each in bound.binding]
    a_minute_later = sum(each.price / (end - begin) for each, (begin, end) in windows)
    if not a_minute_later:
        return 0
    own = (pair for pair in windows if name in pair[0].name.split(", "))
    return round(sum(each.price * _widening(problem, each, window, name) for each, window in own) / a_minute_later)


def _window_min(binding: BindingResource, closure_min: int) -> tuple[int, int]:
    end_min = closure_min - binding.tail_min
    return binding.begin_min, max(end_min, binding.begin_min + 1)


def _widening(problem: Problem, binding: BindingResource, window: tuple[int, int], name: str) -> float:
    """Part by which one more unit widens a window."""
    if kind_of(problem, name) == FLEET:
        fleets = set(binding.name.split(", "))
        return 1 / sum(asset.fleet_id in fleets for asset in problem.assets)
    resource = problem.resource_of[name]
    room = _room(resource, window)
    return (_room(widened(resource, 1), window) - room) / room if room else 0.0


def _room(resource: Resource, window: tuple[int, int]) -> int:
    """Capacity times minutes of a window, opening hours aside."""
    begin_min, end_min = window
    ends = [*(step.from_min for step in resource.steps[1:]), end_min]
    spans = (
        (max(step.from_min, begin_min), min(until, end_min), step.capacity)
        for step, until in zip(resource.steps, ends, strict=True)
    )
    return sum(max(0, until - since) * capacity for since, until, capacity in spans)
