"""What a line may do, whatever room there is: permits, caveats, overrides, and carriers that suit a load."""

from collections.abc import Sequence

from muster.movement.problem import (
    DIMENSIONS,
    AssetType,
    CargoClass,
    Caveat,
    Leg,
    Line,
    Load,
    Override,
    OverrideKind,
    Problem,
)
from muster.movement.search.compiled import NEVER


def met_after_min(leg: Leg, travel_min: int, distance_m: int) -> int:
    """Minutes after departure at which a point of a leg is met."""
    return travel_min * distance_m // leg.distance_m if leg.distance_m else 0


def is_bound(override: Override, line: Line, load: Load) -> bool:
    """Whether a load meets every condition that the override gives."""
    return (
        override.uln in {None, line.uln}
        and override.nation in {None, line.nation}
        and override.cargo in {None, load.cargo}
    )


def locked_starts(overrides: Sequence[Override], line: Line, load: Load) -> tuple[int, ...]:
    """Minutes at which a load must begin its first leg."""
    locks = (o for o in overrides if o.kind is OverrideKind.LOCK and is_bound(o, line, load))
    return tuple(sorted({lock.start_min for lock in locks if lock.start_min is not None}))


def obeys_overrides(overrides: Sequence[Override], line: Line, load: Load, legs: Sequence[Leg]) -> bool:
    """Whether a chain of legs keeps every pin and every prohibition that binds the load."""
    for override in overrides:
        if override.kind not in {OverrideKind.PIN, OverrideKind.FORBID} or not is_bound(override, line, load):
            continue
        passes = any(_passes(override, leg) for leg in legs)
        if passes is not (override.kind is OverrideKind.PIN):
            return False
    return True


def _passes(override: Override, leg: Leg) -> bool:
    places = {leg.origin, leg.destination, *(passage.crossing for passage in leg.passages)}
    return override.place in {None, *places} and override.mode in {None, leg.mode}


def is_under(caveat: Caveat, nation: str, cargo: CargoClass, leg: Leg) -> bool:
    """Whether a leg made with a class of cargo by a nation is under a caveat."""
    return (
        caveat.nation == nation
        and (caveat.country is None or any(entry.country == caveat.country for entry in leg.countries))
        and caveat.place in {None, leg.origin, leg.destination, *(passage.crossing for passage in leg.passages)}
        and caveat.mode in {None, leg.mode}
        and caveat.cargo in {None, cargo}
    )


def least_start_min(problem: Problem, line: Line, cargo: CargoClass, leg: Leg, times_min: tuple[int, int]) -> int:
    """First minute at which a leg may start loading, for permits and caveats; never where one is refused for good.

    Parameters
    ----------
    times_min
        Minutes of loading, and of travel.
    """
    load_min, travel_min = times_min
    least_min = 0
    for caveat in problem.caveats:
        if is_under(caveat, line.nation, cargo, leg):
            least_min = max(least_min, NEVER if caveat.allowed_from_min is None else caveat.allowed_from_min)
    for permit in problem.permits:
        if permit.nation != line.nation:
            continue
        for entry in leg.countries[1:]:
            if entry.country == permit.country:
                after_min = load_min + met_after_min(leg, travel_min, entry.distance_m)
                granted_min = NEVER if permit.granted_min is None else permit.granted_min - after_min
                least_min = max(least_min, granted_min)
    return least_min


def can_pass(load: Load, leg: Leg) -> bool:
    """Whether a leg lets the largest item of a load pass, by class and height where both are known."""
    mlc_max = leg.mlc_tracked_max if load.cargo is CargoClass.CARRIED else leg.mlc_wheeled_max
    items = ((load.item_mlc, mlc_max), (load.item_height_cm, leg.height_max_cm))
    return all(item is None or most is None or item <= most for item, most in items)


def can_carry(kind: AssetType, load: Load) -> bool:
    """Whether an asset type takes a load by class, single items and size."""
    items = (
        (load.item_mass_kg, kind.item_mass_max_kg),
        (load.item_height_cm, kind.item_height_max_cm),
        (load.item_mlc, kind.item_mlc_max),
    )
    sizes = ((getattr(load.size, name), getattr(kind.capacity, name)) for name in DIMENSIONS)
    return (
        load.cargo in kind.carries
        and all(item is None or most is None or item <= most for item, most in items)
        and all(most is None or size <= most for size, most in sizes)
    )
