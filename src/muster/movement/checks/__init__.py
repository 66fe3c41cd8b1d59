"""Every promise of a deployment plan, re-derived from problem and plan alone.

Nothing here knows how plans are made. Each rule is a function of the name that it has in
``docs/formulation/movement.md``; it takes the :class:`~muster.movement.checks.facts.Facts` of a problem and a plan and
yields its breaches.
"""

from collections.abc import Callable, Iterator
from typing import Final

from muster.movement.checks.assets import (
    asset_capacity,
    asset_continuity,
    asset_daily_limit,
    asset_users,
    mode_compatibility,
)
from muster.movement.checks.borders import caveats, permit_before_crossing
from muster.movement.checks.facts import Facts, gather
from muster.movement.checks.finding import Finding
from muster.movement.checks.form import well_formed, within_horizon
from muster.movement.checks.moves import one_place_at_a_time, ready_before_moving, travel_time, whole_line
from muster.movement.checks.places import node_capacity, staging_capacity
from muster.movement.checks.priority import priority_order
from muster.movement.checks.units import overrides, predecessors_closed, rsom_join, unit_cohesion
from muster.movement.plan import Plan
from muster.movement.problem import Problem

__all__ = ["RULES", "Finding", "check"]

_CHECKS: Final[tuple[Callable[[Facts], Iterator[Finding]], ...]] = (
    well_formed,
    within_horizon,
    ready_before_moving,
    one_place_at_a_time,
    travel_time,
    whole_line,
    asset_capacity,
    asset_continuity,
    asset_daily_limit,
    asset_users,
    mode_compatibility,
    node_capacity,
    staging_capacity,
    permit_before_crossing,
    caveats,
    rsom_join,
    unit_cohesion,
    predecessors_closed,
    priority_order,
    overrides,
)

RULES: Final[tuple[str, ...]] = tuple(rule.__name__ for rule in _CHECKS)
"""The names of the rules, in the order of ``docs/formulation/movement.md``."""


def check(problem: Problem, plan: Plan) -> tuple[Finding, ...]:
    """Every breach of every rule, in the order of the rules.

    A plan that names what does not exist gets findings like any other; the rules judge what is left of it.
    """
    facts = gather(problem, plan)
    return tuple(finding for rule in _CHECKS for finding in rule(facts))
