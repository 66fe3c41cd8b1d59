"""What the lines of a matched force are called.

``FRA-ENG-02-R1-03`` is the third increment of the second unit of offer FRA-ENG, which goes to its
post as a first relief.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from muster.forces import Offer
from muster.forces.matching.plan import Tour
from muster.movement.lines.increments import Increment
from muster.movement.lines.moves import MoveKind, UnitMove
from muster.reference import UnitType

STORES: Final = "S"
"""Stands for the number of the increment in the name of a line of stores."""


class LineNames:
    """Names that tell lines apart and stay when other tours change.

    Parameters
    ----------
    offers
        By id.
    tours
        All tours of the matching, those outside the window among them: the second tour of a unit is its second in any
        window.
    """

    def __init__(self, offers: Mapping[str, Offer], tours: Sequence[Tour]) -> None:
        self._offers = offers
        self._number: dict[Tour, int] = {}
        counts: dict[tuple[str, int], int] = {}
        for tour in sorted(tours, key=lambda tour: tour.first_month):
            unit = tour.offer_id, tour.unit
            counts[unit] = self._number[tour] = counts.get(unit, 0) + 1

    def ulns(self, move: UnitMove, increments: Sequence[Increment]) -> tuple[str, ...]:
        """Names of the lines of a move: offer, unit and tour, move, increment."""
        tour, number = move.tour, self._number[move.tour]
        unit = f"{tour.unit:02d}" if number == 1 else f"{tour.unit:02d}.{number}"
        start = f"{self._stem(tour.offer_id)}-{unit}-{_letter(move)}"
        return tuple(
            f"{start}-{STORES if increment.is_stores else f'{part:02d}'}"
            for part, increment in enumerate(increments, start=1)
        )

    def titles(self, move: UnitMove, unit_type: UnitType | None, increments: Sequence[Increment]) -> tuple[str, ...]:
        """What people call the lines of a move."""
        offer = self._offers[move.tour.offer_id]
        what = offer.name or (unit_type.name if unit_type else offer.capability)
        number = f" {move.relief}" if move.kind is MoveKind.RELIEF else ""
        start = f"{what}, unit {move.tour.unit}, {move.kind}{number}"
        parts = sum(not increment.is_stores for increment in increments)
        if len(increments) == 1:
            return (start,)
        return tuple(
            f"{start}, {'stores' if increment.is_stores else f'part {part} of {parts}'}"
            for part, increment in enumerate(increments, start=1)
        )

    def _stem(self, offer_id: str) -> str:
        """Offer with its nation before it, unless it begins with it already; no two offers have one stem."""
        nation = self._offers[offer_id].nation
        rest = offer_id.removeprefix(f"{nation}-")
        is_named = offer_id.startswith(nation) and (rest == offer_id or rest not in self._offers)
        return offer_id if is_named else f"{nation}-{offer_id}"


def _letter(move: UnitMove) -> str:
    """E for an entry, R and a number for a relief, O onward, H home."""
    letters = {MoveKind.ENTRY: "E", MoveKind.RELIEF: f"R{move.relief}", MoveKind.ONWARD: "O", MoveKind.HOME: "H"}
    return letters[move.kind]
