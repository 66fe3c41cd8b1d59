"""Shared lift as the relaxation sees it: pools of alike assets, and how far apart places are for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from muster.movement.problem import Asset, AssetType, Problem

FAR_MIN = 1 << 40
"""Distance between places without a way, in minutes."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Assets of one type that the same nations may use.

    Attributes
    ----------
    place_of
        Row of each place in ``apart_min``.
    apart_min
        Least minutes from place to place by any chain of empty trips and loaded voyages of the type.
        Shape (n_places, n_places).
    """

    name: str
    kind: AssetType
    assets: tuple[Asset, ...]
    place_of: Mapping[str, int]
    apart_min: npt.NDArray[np.int64]
    home: npt.NDArray[np.int64] = field(init=False)
    from_min: npt.NDArray[np.int64] = field(init=False)
    until_min: npt.NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Lay homes and availability out as arrays."""
        for name, values in (
            ("home", [self.place_of[asset.home] for asset in self.assets]),
            ("from_min", [asset.available_from_min for asset in self.assets]),
            ("until_min", [asset.available_until_min for asset in self.assets]),
        ):
            object.__setattr__(self, name, np.array(values, dtype=np.int64))

    def admits(self, nation: str) -> bool:
        """Whether a nation may use these assets."""
        users = self.assets[0].users
        return not users or nation in users

    def first_at_min(self, place: str) -> int:
        """Earliest minute at which one of the assets can start loading at a place."""
        return int((self.from_min + self.apart_min[self.home, self.place_of[place]]).min())

    def capacity_min(self, potential_min: npt.NDArray[np.int64], begin_min: int, end_min: int) -> int:
        r"""Minutes that the pool has for loaded voyages and returns in a window.

        .. math:: \sum_m \bigl[(\min(U_m, e) - \max(A_m, b))^+ + \pi(\text{home}_m)\bigr]

        An asset that was available before the window begins may stand anywhere then, so it gets the largest potential.
        """
        window = np.minimum(self.until_min, end_min) - np.maximum(self.from_min, begin_min)
        bonus = np.where(self.from_min >= begin_min, potential_min[self.home], potential_min.max())
        return int(np.where(window > 0, window + bonus, 0).sum())


def pools(problem: Problem) -> tuple[Pool, ...]:
    """The assets grouped by type and users, in the order of the problem."""
    grouped: dict[tuple[str, frozenset[str]], list[Asset]] = {}
    for asset in problem.assets:
        grouped.setdefault((asset.asset_type_id, frozenset(asset.users)), []).append(asset)
    distances = {kind: _distances(problem, problem.asset_type_of[kind]) for kind in {kind for kind, _ in grouped}}
    return tuple(
        Pool(_name(assets), problem.asset_type_of[kind], tuple(assets), *distances[kind])
        for (kind, _), assets in grouped.items()
    )


def potential(pool: Pool, worth_min: Mapping[int, int]) -> npt.NDArray[np.int64]:
    r"""Extend the worth of being at some places to all, so that no trip gains more than it takes.

    .. math:: \pi(x) = \max\bigl(0, \max_q (v_q - \delta(x, q))\bigr) - \min_y \dots

    Whatever the worths are, :math:`\pi(q) - \pi(p) \le \delta(p, q)`, because the distances are a metric closure.
    """
    result = np.zeros(len(pool.place_of), dtype=np.int64)
    for place, worth in worth_min.items():
        np.maximum(result, worth - pool.apart_min[:, place], out=result)
    return np.asarray(result - result.min(), dtype=np.int64)


def _name(assets: Sequence[Asset]) -> str:
    return ", ".join(dict.fromkeys(asset.fleet_id for asset in assets))


def _distances(problem: Problem, kind: AssetType) -> tuple[Mapping[str, int], npt.NDArray[np.int64]]:
    """Least minutes between places for an empty asset that may also make a leg as a loaded voyage."""
    legs = [leg for leg in problem.legs if leg.carrier is kind.carrier and kind.asset_type_id in leg.travel_min]
    mobility = problem.mobility_of[kind.mobility_id]
    homes = (asset.home for asset in problem.assets if asset.asset_type_id == kind.asset_type_id)
    ends = (place for leg in legs for place in (leg.origin, leg.destination))
    places = {place: index for index, place in enumerate(dict.fromkeys((*mobility.places, *homes, *ends)))}
    apart = np.full((len(places), len(places)), FAR_MIN, dtype=np.int64)
    for origin, row in zip(mobility.places, mobility.travel_min, strict=True):
        for destination, minutes in zip(mobility.places, row, strict=True):
            if minutes is not None:
                apart[places[origin], places[destination]] = minutes
    for leg in legs:
        ends_at = places[leg.origin], places[leg.destination]
        apart[ends_at] = min(apart[ends_at], kind.load_min + leg.travel_min[kind.asset_type_id] + kind.unload_min)
    np.fill_diagonal(apart, 0)
    for via in range(len(places)):
        np.minimum(apart, apart[:, via, None] + apart[None, via, :], out=apart)
    return places, np.minimum(apart, FAR_MIN)
