"""What may pass where: limits of class and height at crossings, from the places and links tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from muster.movement.inputs import LinkRow
from muster.movement.problem import CargoClass, Load
from muster.network import Mode
from muster.reference import Place


@dataclass(frozen=True, slots=True)
class Barrier:
    """The limits of a crossing, or of all crossings of a leg; None does not limit.

    Attributes
    ----------
    mlc_wheeled_max, mlc_tracked_max
        Military load class, on roads.
    height_max_cm
        Height of a vehicle, on roads and rails.
    """

    mlc_wheeled_max: int | None = None
    mlc_tracked_max: int | None = None
    height_max_cm: int | None = None

    def bars(self, load: Load, mode: Mode) -> bool:
        """Whether the load may not pass by a mode; what is not known of it does not stop it."""
        tracked = load.cargo is CargoClass.CARRIED
        mlc_max = (self.mlc_tracked_max if tracked else self.mlc_wheeled_max) if mode is Mode.ROAD else None
        limits = ((load.item_mlc, mlc_max), (load.item_height_cm, self.height_max_cm))
        return any(value is not None and limit is not None and value > limit for value, limit in limits)


def find_barriers(places: Mapping[str, Place], links: Iterable[LinkRow]) -> Mapping[str, Barrier]:
    """Crossings that limit what passes, the tightest limit of places and links tables at each."""
    found = {
        name: Barrier(place.mlc_wheeled_max, place.mlc_tracked_max, place.height_max_cm)
        for name, place in places.items()
        if any(limit is not None for limit in (place.mlc_wheeled_max, place.mlc_tracked_max, place.height_max_cm))
    }
    for row in links:
        if row.crossing is not None and (row.mlc_max is not None or row.height_max_cm is not None):
            own = Barrier(row.mlc_max, row.mlc_max, row.height_max_cm)
            found[row.crossing] = tightest((found.get(row.crossing, own), own))
    return found


def tightest(barriers: Iterable[Barrier]) -> Barrier:
    """The limits that hold where several must be passed."""
    all_of = tuple(barriers)
    return Barrier(
        _least(barrier.mlc_wheeled_max for barrier in all_of),
        _least(barrier.mlc_tracked_max for barrier in all_of),
        _least(barrier.height_max_cm for barrier in all_of),
    )


def _least(limits: Iterable[int | None]) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)
