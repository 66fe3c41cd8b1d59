"""Which pools may make which leg for which load, from when on, and how long it takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from muster.movement.formulation.fleets import FAR_MIN, Pool
from muster.movement.problem import (
    DIMENSIONS,
    SELF,
    AssetType,
    CargoClass,
    Carrier,
    Leg,
    Line,
    Load,
    Override,
    OverrideKind,
    Problem,
)

_SELF_MADE_BY = {
    Carrier.CONVOY: CargoClass.WHEELED,
    Carrier.TRACKS: CargoClass.CARRIED,
    Carrier.ROTOR: CargoClass.HELICOPTER,
}


@dataclass(frozen=True, eq=False)
class Way:
    """A leg as one pool makes it for loads of one nation, or as they make it themselves.

    Attributes
    ----------
    pool
        None on a leg that the load makes itself.
    opens_min
        Nothing under way on it starts earlier: availability, permits, caveats.
    """

    index: int
    nation: str
    leg: Leg
    pool: Pool | None
    travel_min: int
    opens_min: int

    @property
    def load_min(self) -> int:
        """Minutes to load."""
        return 0 if self.pool is None else self.pool.kind.load_min

    @property
    def unload_min(self) -> int:
        """Minutes to unload."""
        return 0 if self.pool is None else self.pool.kind.unload_min

    @cached_property
    def whole_min(self) -> int:
        """Loading, travel and unloading."""
        return self.load_min + self.travel_min + self.unload_min


class Crossing:
    """Ways by load and leg; equal ones are worked out once."""

    def __init__(self, problem: Problem, fleets: Sequence[Pool]) -> None:
        self.problem = problem
        self.known: list[Way] = []
        self._of: dict[tuple[object, ...], tuple[Way, ...]] = {}
        self._way: dict[tuple[object, ...], Way | None] = {}
        self._pools: dict[str, list[Pool]] = {}
        for pool in fleets:
            self._pools.setdefault(pool.kind.asset_type_id, []).append(pool)
        self._permits: dict[tuple[str, str], list[int | None]] = {}
        for permit in problem.permits:
            self._permits.setdefault((permit.nation, permit.country), []).append(permit.granted_min)

    def ways(self, line: Line, load: Load, leg: Leg) -> tuple[Way, ...]:
        """Everything that may carry a load over a leg; nothing where it may not go."""
        fixed = tuple(override.asset for override in self._bound(line, load, OverrideKind.FIX_ASSET))
        key = (leg.leg_id, line.nation, load.cargo, load.item_mass_kg, load.item_height_cm, load.item_mlc, load.size,
               fixed)  # fmt: skip
        if key not in self._of:
            found = (self._find(line.nation, load, leg, pool) for pool in self._carriers(load, leg, fixed))
            self._of[key] = tuple(way for way in found if way is not None)
        return self._of[key]

    def keeps_overrides(self, line: Line, load: Load, legs: Sequence[Leg]) -> bool:
        """Whether a chain of legs passes what is pinned and does not pass what is forbidden."""
        pinned = all(
            any(_passes(leg, pin) for leg in legs) for pin in self._bound(line, load, OverrideKind.PIN)
        )  # fmt: skip
        return pinned and not any(
            _passes(leg, forbid) for forbid in self._bound(line, load, OverrideKind.FORBID) for leg in legs
        )

    def _bound(self, line: Line, load: Load, kind: OverrideKind) -> list[Override]:
        return [
            override
            for override in self.problem.overrides
            if override.kind is kind
            and override.uln in (None, line.uln)
            and override.nation in (None, line.nation)
            and override.cargo in (None, load.cargo)
        ]

    def _carriers(self, load: Load, leg: Leg, fixed: tuple[str | None, ...]) -> list[Pool | None]:
        if _is_barred(load, leg):
            return []
        if leg.carrier.is_self:
            return [None] if _SELF_MADE_BY[leg.carrier] is load.cargo and SELF in leg.travel_min else []
        chosen = [self.problem.asset_of[name] for name in fixed if name and name in self.problem.asset_of]
        chosen = [asset for asset in chosen if self._carrier(asset.asset_type_id) is leg.carrier]
        fitting: list[Pool | None] = []
        for kind in sorted(leg.travel_min):
            for pool in self._pools.get(kind, ()):
                is_right = pool.kind.carrier is leg.carrier and _fits(load, pool.kind)
                if is_right and all(asset in pool.assets for asset in chosen):
                    fitting.append(pool)
        return fitting

    def _carrier(self, kind: str) -> Carrier:
        return self.problem.asset_type_of[kind].carrier

    def _find(self, nation: str, load: Load, leg: Leg, pool: Pool | None) -> Way | None:
        """The way, with the earliest start that availability, permits and caveats leave."""
        key = (leg.leg_id, nation, load.cargo, None if pool is None else pool.name, id(pool))
        if key not in self._way:
            self._way[key] = self._open(nation, load, leg, pool)
        return self._way[key]

    def _open(self, nation: str, load: Load, leg: Leg, pool: Pool | None) -> Way | None:
        travel_min = leg.travel_min[SELF if pool is None else pool.kind.asset_type_id]
        opens_min = 0
        if pool is not None:
            if not pool.admits(nation):
                return None
            opens_min = pool.first_at_min(leg.origin)
        load_min = 0 if pool is None else pool.kind.load_min
        for entry in leg.countries:
            for granted_min in self._permits.get((nation, entry.country), ()) if entry.distance_m > 0 else ():
                if granted_min is None:
                    return None
                met_min = travel_min * entry.distance_m // leg.distance_m if leg.distance_m else 0
                opens_min = max(opens_min, granted_min - met_min - load_min)
        for caveat in self.problem.caveats:
            is_under = (
                caveat.nation == nation
                and caveat.mode in (None, leg.mode)
                and caveat.cargo in (None, load.cargo)
                and (caveat.place is None or _touches(leg, caveat.place))
                and (caveat.country is None or any(entry.country == caveat.country for entry in leg.countries))
            )
            if is_under and caveat.allowed_from_min is None:
                return None
            opens_min = max(opens_min, (caveat.allowed_from_min or 0) if is_under else 0)
        if opens_min >= FAR_MIN:
            return None
        self.known.append(Way(len(self.known), nation, leg, pool, travel_min, opens_min))
        return self.known[-1]


def _touches(leg: Leg, place: str) -> bool:
    return place in (leg.origin, leg.destination) or any(passage.crossing == place for passage in leg.passages)


def _passes(leg: Leg, override: Override) -> bool:
    return override.mode in (None, leg.mode) and override.place is not None and _touches(leg, override.place)


def _is_barred(load: Load, leg: Leg) -> bool:
    mlc_max = leg.mlc_tracked_max if load.cargo is CargoClass.CARRIED else leg.mlc_wheeled_max
    limits = ((load.item_mlc, mlc_max), (load.item_height_cm, leg.height_max_cm))
    return any(amount is not None and limit is not None and amount > limit for amount, limit in limits)


def _fits(load: Load, kind: AssetType) -> bool:
    limits = (
        (load.item_mass_kg, kind.item_mass_max_kg),
        (load.item_height_cm, kind.item_height_max_cm),
        (load.item_mlc, kind.item_mlc_max),
        *((getattr(load.size, dimension), getattr(kind.capacity, dimension)) for dimension in DIMENSIONS),
    )
    within = (amount is None or limit is None or amount <= limit for amount, limit in limits)
    return load.cargo in kind.carries and all(within)
