"""What one more unit of a resource or fleet costs, for comparing ways to reinforce a move."""

from collections.abc import Mapping
from typing import Final

from muster.movement.problem import Problem, ResourceKind
from muster.movement.reinforcing.reinforcement import FLEET, kind_of

ASSUMED_COST: Final = 1
"""Cost of one more unit of any kind while nobody has said another: no planning factor gives one."""
NOT_TO_BE_HAD: Final = frozenset({ResourceKind.CAVEAT})
"""Kinds of which no more can be had unless a cost is given: a caveat is its nation's own decision."""


def list_names(problem: Problem) -> tuple[str, ...]:
    """Every resource and fleet of a problem."""
    fleets = dict.fromkeys(asset.fleet_id for asset in problem.assets)
    return (*problem.resource_of, *fleets)


def unit_costs(problem: Problem, given: Mapping[str, int | None]) -> Mapping[str, int]:
    """Cost of one more unit of each resource and fleet of which more can be had.

    Parameters
    ----------
    given
        By resource, fleet or kind (``fleet`` for all fleets); what is said of one of them counts before what is said of
        its kind. None says that no more can be had. The rest costs :data:`ASSUMED_COST`.
    """
    costs: dict[str, int] = {}
    for name in list_names(problem):
        kind = kind_of(problem, name)
        usual = None if kind in NOT_TO_BE_HAD else ASSUMED_COST
        cost = given.get(name, given.get(kind, usual))
        if cost is not None:
            costs[name] = cost
    return costs


def may_be_given(problem: Problem, what: str) -> bool:
    """Whether a cost can be given for this: a resource, a fleet, or a kind."""
    return what in {*list_names(problem), *ResourceKind, FLEET}
