"""A unit cut into increments of nearly equal size: what each brings, and what goes apart as stores."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from muster.reference import UnitType

CONTAINER: Final = "container-20"
PALLET: Final = "pallet-463l"


@dataclass(frozen=True, slots=True)
class Increment:
    """A part of a unit that moves as one line.

    Attributes
    ----------
    people
        0 for stores alone.
    things
        How many of each platform it takes along, by platform id; at least one of each.
    """

    people: int
    things: Mapping[str, int]

    @property
    def is_stores(self) -> bool:
        """Whether nobody goes with it."""
        return self.people == 0


def even_parts(total: int, parts: int, turn: int = 0) -> list[int]:
    """Cut a number into whole parts that differ by one at most; a turn decides which of them are the larger ones.

    Examples
    --------
    >>> even_parts(7, 3)
    [2, 2, 3]
    >>> even_parts(7, 3, turn=1)
    [2, 3, 2]
    """
    ahead = turn % parts
    ends = [(total * part + ahead) // parts for part in range(parts + 1)]
    return [end - start for start, end in pairwise(ends)]


def cut_unit(
    people: int, unit_type: UnitType | None, *, people_per_line: int, with_stores: bool = True
) -> tuple[Increment, ...]:
    """Increments of a unit, the stores last.

    Containers and pallets are slower than people: where a unit is cut they go apart, so that no increment waits for
    them at sea.

    Parameters
    ----------
    people
        People of the unit, 1 or more. What its type holds is taken in proportion to the people of the type.
    unit_type
        None where it is not known: the increments then are people alone.
    people_per_line
        People that an increment has about.
    with_stores
        Whether containers and pallets are brought; where not, they come with the supply.
    """
    parts = max(1, round(people / people_per_line))
    vehicles, stores = _held(people, unit_type)
    stores = stores if with_stores else {}
    cuts = {name: even_parts(items, parts, turn) for turn, (name, items) in enumerate(sorted(vehicles.items()))}
    own = tuple(
        Increment(strength, {name: cut[number] for name, cut in cuts.items() if cut[number]})
        for number, strength in enumerate(even_parts(people, parts))
    )
    if parts == 1:
        return (Increment(own[0].people, {**own[0].things, **stores}),)
    return (*own, Increment(0, stores)) if stores else own


def _held(people: int, unit_type: UnitType | None) -> tuple[dict[str, int], dict[str, int]]:
    """Vehicles and stores of a unit, by platform."""
    if unit_type is None:
        return {}, {}
    share = people / unit_type.people
    stores = {CONTAINER: unit_type.containers_teu, PALLET: unit_type.pallets}
    vehicles, boxes = (
        {name: items for name, held in table.items() if (items := round(held * share))}
        for table in (unit_type.holdings, stores)
    )
    return vehicles, boxes
