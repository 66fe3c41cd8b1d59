"""Assets of one fleet are alike: a voyage that collides goes to another asset of its fleet that is free.

Voyages are looked at in order of time. One keeps the asset that its nation named where that can still be there; else it
goes to the asset of the fleet that comes there last in time, so that those with time to spare stay free; where none
can, it keeps its asset and the conflict is told. Nobody's minutes change. A nation alone keeps every asset.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import empty_min, ways_of
from muster.movement.plan import Voyage
from muster.movement.problem import Asset, OverrideKind, Problem


def pool(problem: Problem, voyages: Sequence[Voyage]) -> Mapping[str, Voyage]:
    """Voyages that go to another asset of their fleet, as they are then, by voyage.

    Parameters
    ----------
    voyages
        With loads aboard; an asset that an override fixes keeps all of its own.
    """
    keeper = _Keeper(problem)
    fixed = {override.asset for override in problem.overrides if override.kind is OverrideKind.FIX_ASSET}
    moved: dict[str, Voyage] = {}
    for voyage in sorted(voyages, key=lambda voyage: (voyage.load_start_min, voyage.asset_id)):
        named = problem.asset_of[voyage.asset_id]
        if keeper.can_make(named, voyage):
            keeper.make(named, voyage)
            continue
        others = [] if named.asset_id in fixed else keeper.alike(named, without=fixed)
        able = [asset for asset in others if keeper.can_make(asset, voyage)]
        if able:
            chosen = max(able, key=lambda asset: (keeper.there_min(asset, voyage) or 0, asset.asset_id))
            keeper.make(chosen, voyage)
            moved[voyage.voyage_id] = replace(voyage, asset_id=chosen.asset_id)
    return moved


@dataclass(slots=True)
class _Keeper:
    """Where each asset is, from when on it is free, and how long its crew has travelled on each day."""

    problem: Problem
    stands: dict[str, tuple[str, int]] = field(default_factory=dict)
    travelled_min: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    fleets: dict[tuple[object, ...], list[Asset]] = field(default_factory=lambda: defaultdict(list))
    ways: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with every asset at home."""
        self.ways = ways_of(self.problem)
        for asset in self.problem.assets:
            self.fleets[_kind(asset)].append(asset)
            self.stands[asset.asset_id] = asset.home, asset.available_from_min

    def alike(self, asset: Asset, *, without: Collection[str | None]) -> list[Asset]:
        """The other assets of its fleet."""
        return [other for other in self.fleets[_kind(asset)] if other != asset and other.asset_id not in without]

    def there_min(self, asset: Asset, voyage: Voyage) -> int | None:
        """When an asset can be where a voyage begins; None where it has no way."""
        place, free_min = self.stands[asset.asset_id]
        kind = self.problem.asset_type_of[asset.asset_type_id]
        away_min = empty_min(self.problem, kind, place, voyage.origin, self.ways)
        return None if away_min is None else free_min + away_min

    def can_make(self, asset: Asset, voyage: Voyage) -> bool:
        """Whether an asset can be there in time, is available, and its crew keeps its hours."""
        there_min = self.there_min(asset, voyage)
        is_free = there_min is not None and there_min <= voyage.load_start_min
        return is_free and voyage.unload_end_min <= asset.available_until_min and self._is_rested(asset, voyage)

    def make(self, asset: Asset, voyage: Voyage) -> None:
        """Send an asset."""
        for start_min, end_min in self._travels(asset, voyage):
            self.travelled_min[asset.asset_id, start_min // MINUTES_PER_DAY] += end_min - start_min
        self.stands[asset.asset_id] = voyage.destination, voyage.unload_end_min

    def _is_rested(self, asset: Asset, voyage: Voyage) -> bool:
        limit_min = self.problem.asset_type_of[asset.asset_type_id].daily_limit_min
        if limit_min is None or asset.asset_id == voyage.asset_id:
            return True
        added: dict[int, int] = defaultdict(int)
        for start_min, end_min in self._travels(asset, voyage):
            added[start_min // MINUTES_PER_DAY] += end_min - start_min
        return all(self.travelled_min[asset.asset_id, day] + minutes <= limit_min for day, minutes in added.items())

    def _travels(self, asset: Asset, voyage: Voyage) -> list[tuple[int, int]]:
        """The travel of a voyage and of the empty trip before it, cut at midnights."""
        place, free_min = self.stands[asset.asset_id]
        away_min = (self.there_min(asset, voyage) or free_min) - free_min
        spans = [(voyage.load_start_min - away_min, voyage.load_start_min)] if place != voyage.origin else []
        spans.append((voyage.departure_min, voyage.arrival_min))
        return [part for span in spans for part in _cut(*span)]


def _cut(start_min: int, end_min: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    while start_min < end_min:
        midnight_min = (start_min // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY
        parts.append((start_min, min(end_min, midnight_min)))
        start_min = midnight_min
    return parts


def _kind(asset: Asset) -> tuple[object, ...]:
    """What makes assets alike: all but their own number."""
    return (asset.fleet_id, asset.asset_type_id, asset.nation, asset.home, asset.users)
