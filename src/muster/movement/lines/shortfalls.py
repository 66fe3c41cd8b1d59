"""What of a matched force cannot become a line, or becomes one without its vehicles, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from muster.forces import Offer, Size
from muster.forces.matching.problem import MatchingProblem
from muster.movement.lines.moves import UnitMove
from muster.reference import UnitType


@dataclass(frozen=True, slots=True, order=True)
class Shortfall:
    """Moves of the units of an offer that have no line, or only lines without vehicles.

    Attributes
    ----------
    vehicles_only
        Whether it concerns the vehicles alone: the people have lines, unless something else keeps them.
    moves
        How many moves it concerns.
    """

    offer_id: str
    vehicles_only: bool
    reason: str
    remedy: str = ""
    moves: int = 1

    def __str__(self) -> str:
        """Tell it in a sentence or two."""
        what = "brings no vehicles" if self.vehicles_only else "has no lines"
        times = f"{self.moves} moves" if self.moves > 1 else "one move"
        return f'Offer "{self.offer_id}" {what} ({times}): {self.reason} {self.remedy}'.rstrip()


def shortfalls_of(
    problem: MatchingProblem, unit_types: Mapping[str, UnitType], offer: Offer, move: UnitMove
) -> Iterator[Shortfall]:
    """Everything that keeps one move from becoming lines, or its vehicles from being on them."""

    def lacks(reason: str, remedy: str = "", *, vehicles_only: bool = False) -> Shortfall:
        return Shortfall(offer.offer_id, vehicles_only, reason, remedy)

    if offer.size is Size.SHIP:
        yield lacks("a ship sails itself and needs no lift.")
        return
    if None in {move.origin, move.destination}:
        yield lacks("it names no home.", "Fill home in offers.csv.")
    elif move.origin == move.destination:
        yield lacks("it serves where it is already.")
        return
    if move.ready_d is None:
        remedy = "Fill notice_days in offers.csv, or give the order a day in activations.csv."
        yield lacks("its notice to move, or the order of its nation, is not known.", remedy)
    elif move.ready_d > move.required_d:
        days = f"it is ready on C{move.ready_d:+d} and must be in place on C{move.required_d:+d}."
        yield lacks(days, "Match again, or shorten its notice to move.")
    if not problem.people_of(offer):
        yield lacks("nobody says how many people a unit of it has.", "Fill people or unit_type in offers.csv.")
    elif offer.unit_type is None:
        yield lacks("it names no unit type.", "Fill unit_type in offers.csv.", vehicles_only=True)
    elif offer.unit_type not in unit_types:
        remedy = "Add it to unit_types.csv and holdings.csv."
        yield lacks(f'its unit type "{offer.unit_type}" is not known.', remedy, vehicles_only=True)


def add_up(shortfalls: Iterable[Shortfall]) -> tuple[Shortfall, ...]:
    """Equal shortfalls of several moves as one, in the order of offers."""
    return tuple(replace(shortfall, moves=moves) for shortfall, moves in sorted(Counter(shortfalls).items()))
