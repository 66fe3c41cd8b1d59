"""More of what a move runs out of: one more unit of a resource or a fleet, and a problem that has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from muster.movement.problem import Asset, CapacityStep, Problem, Resource, ResourceKind

FLEET: Final = "fleet"
"""Kind of a reinforcement by assets."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one more unit of a kind is.

    Attributes
    ----------
    amount
        How much of the capacity one unit is.
    name
        The same in words.
    """

    amount: int
    name: str


MEASURES: Final[Mapping[str, Measure]] = {
    ResourceKind.RAMP: Measure(1, "one ramp"),
    ResourceKind.TRAINS: Measure(1, "one train a day"),
    ResourceKind.BERTH_RORO: Measure(1, "one berth"),
    ResourceKind.BERTH_CONTAINER: Measure(1, "one berth"),
    ResourceKind.MOG: Measure(100, "one wide-body spot"),
    ResourceKind.STAGING_VEHICLES: Measure(50, "room for 50 vehicles"),
    ResourceKind.STAGING_PEOPLE: Measure(100, "room for 100 people"),
    ResourceKind.CROSSING_VEHICLES: Measure(50, "50 vehicles a day"),
    ResourceKind.CROSSING_WAGONS: Measure(40, "40 wagons a day"),
    ResourceKind.CREDITS: Measure(1, "one convoy a day"),
    ResourceKind.TRANSHIPMENT: Measure(40, "40 wagons a day"),
    ResourceKind.GANGS: Measure(1, "one gang"),
    ResourceKind.CAVEAT: Measure(50, "50 people a day"),
    FLEET: Measure(1, "one asset"),
}
"""One more unit of each kind: the least that is worth asking for, a train of 40 wagons where wagons are counted."""


class UnknownReinforcement(KeyError):
    """A name that is neither a resource nor a fleet of the problem."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f'The problem has no resource or fleet "{self.name}"; give a name as the report shows it.'


@dataclass(frozen=True, slots=True)
class Reinforcement:
    """So many more units of a resource or a fleet.

    Attributes
    ----------
    name
        The resource or fleet.
    """

    name: str
    units: int

    def __post_init__(self) -> None:
        """Refuse to take away."""
        if self.units < 1:
            raise ValueError(f'Reinforcement "{self.name}" has {self.units} units; give at least 1.')


def kind_of(problem: Problem, name: str) -> str:
    """The kind of a resource, or :data:`FLEET`.

    Raises
    ------
    UnknownReinforcement
        When the problem has neither a resource nor a fleet of this name.
    """
    if name in problem.resource_of:
        return problem.resource_of[name].kind
    if any(asset.fleet_id == name for asset in problem.assets):
        return FLEET
    raise UnknownReinforcement(name)


def reinforced(problem: Problem, added: Sequence[Reinforcement]) -> Problem:
    """The problem with more units of some of its resources and fleets; everything else stays.

    More capacity holds whenever there is any; a day on which a place is closed stays closed. More assets are like the
    first of their fleet: same type, home, users and period.

    Raises
    ------
    UnknownReinforcement
        When the problem has neither a resource nor a fleet of a name.
    """
    units = {each.name: each.units for each in added}
    kinds = {name: kind_of(problem, name) for name in units}
    fleets = [name for name, kind in kinds.items() if kind == FLEET]
    return replace(
        problem,
        resources=tuple(
            widened(each, units[each.resource_id]) if each.resource_id in units else each for each in problem.resources
        ),
        assets=(*problem.assets, *(asset for fleet in fleets for asset in _more(problem, fleet, units[fleet]))),
    )


def widened(resource: Resource, units: int) -> Resource:
    """A resource with more units whenever it has any."""
    more = units * MEASURES[resource.kind].amount
    steps = tuple(
        CapacityStep(from_min=step.from_min, capacity=step.capacity + more if step.capacity else 0)
        for step in resource.steps
    )
    return replace(resource, steps=steps)


def _more(problem: Problem, fleet: str, units: int) -> list[Asset]:
    """Assets like the first of a fleet, with ids of their own."""
    like = next(asset for asset in problem.assets if asset.fleet_id == fleet)
    taken = problem.asset_of
    free = (name for number in range(1, len(taken) + units + 1) if (name := f"{fleet}+{number}") not in taken)
    return [replace(like, asset_id=name) for name, _ in zip(free, range(units), strict=False)]
