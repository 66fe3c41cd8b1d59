"""The seat of the headquarters: which site has it, and how it moves to another one, step by step.

Each step is an event, so what every site knows of the seat comes with the journals, in any order. The seat has an
*epoch*, which grows with every move. A move needs more than half of the sites, each of which accepts one move for an
epoch at most: so no epoch ever has two seats, whatever links are cut (L. Lamport, "The part-time parliament", 1998).
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

FIRST_EPOCH: Final = 1
"""Epoch of the site where the headquarters began."""


class Step(StrEnum):
    """A step of a move, in their order; the values are verbs of the journal."""

    PLANNED = "seat_move_planned"
    FROZEN = "seat_frozen"
    PROVED = "seat_proved"
    SIGNED = "seat_signed"
    ACCEPTED = "seat_accepted"
    OPENED = "seat_opened"
    CALLED_OFF = "seat_move_called_off"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be.

    Attributes
    ----------
    leaves
        Site that has the seat when it is planned.
    voters
        All sites that are asked; more than half must accept.
    declaration
        Why the seat is taken over without the site that has it; empty where it is handed over.
    """

    move: uuid.UUID
    epoch: int
    leaves: str
    to: str
    voters: frozenset[str]
    declaration: str

    @property
    def majority(self) -> int:
        """How many sites must accept."""
        return len(self.voters) // 2 + 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken.

    Attributes
    ----------
    site
        Where.
    plan
        For :attr:`Step.PLANNED` alone.
    """

    step: Step
    move: uuid.UUID
    site: str
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """How far a move is: for each step the sites that have taken it."""

    plan: Plan
    taken: Mapping[Step, frozenset[str]]

    def by(self, step: Step) -> frozenset[str]:
        """Sites that have taken a step."""
        return self.taken.get(step, frozenset())

    @property
    def is_signed(self) -> bool:
        """Whether the sites that must sign have: both, or at a take-over the one that takes over."""
        needed = {self.plan.to} if self.plan.declaration else {self.plan.leaves, self.plan.to}
        return needed <= self.by(Step.SIGNED)

    @property
    def is_accepted(self) -> bool:
        """Whether more than half of the sites have accepted."""
        return len(self.by(Step.ACCEPTED) & self.plan.voters) >= self.plan.majority

    @property
    def is_opened(self) -> bool:
        """Whether the seat is where it moves to; without signatures and acceptance nothing was opened."""
        return self.plan.to in self.by(Step.OPENED) and self.is_signed and self.is_accepted

    @property
    def is_called_off(self) -> bool:
        """Whether it was called off."""
        return bool(self.by(Step.CALLED_OFF))

    @property
    def goes_on(self) -> bool:
        """Whether something is still to come."""
        return not self.is_opened and not self.is_called_off


@dataclass(frozen=True, slots=True)
class Register:
    """What a site knows of the seat.

    Attributes
    ----------
    moves
        By epoch.
    """

    first: str
    moves: tuple[Move, ...] = field(default=())

    @property
    def epoch(self) -> int:
        """Epoch of the seat."""
        return max((move.plan.epoch for move in self.moves if move.is_opened), default=FIRST_EPOCH)

    @property
    def seat(self) -> str:
        """Site that has the seat."""
        opened = [move.plan for move in self.moves if move.is_opened]
        return max(opened, key=lambda plan: plan.epoch).to if opened else self.first

    @property
    def live(self) -> tuple[Move, ...]:
        """Moves that go on; those that an opened one has overtaken go on no more."""
        return tuple(move for move in self.moves if move.goes_on and move.plan.epoch > self.epoch)

    @property
    def is_frozen(self) -> bool:
        """Whether acts that only the seat may do are kept back until the move is over."""
        return any(move.plan.leaves == self.seat and move.by(Step.FROZEN) for move in self.live)

    def find(self, move: uuid.UUID) -> Move | None:
        """A move by its id."""
        return next((each for each in self.moves if each.plan.move == move), None)

    def next_epoch(self) -> int:
        """Epoch of a move that is planned now: past all that were ever spoken of here."""
        return max([FIRST_EPOCH, *(move.plan.epoch for move in self.moves)]) + 1

    def holds_seat(self, site: str) -> bool:
        """Whether a site may do now what only the seat may."""
        return self.seat == site and not self.is_frozen


def fold(first: str, steps: Iterable[Taken]) -> Register:
    """What is known from steps in any order; a step of a move of which the plan is not known counts for nothing yet.

    Parameters
    ----------
    first
        Site where the headquarters began.
    """
    plans: dict[uuid.UUID, Plan] = {}
    taken: dict[uuid.UUID, dict[Step, set[str]]] = {}
    for each in steps:
        if each.plan is not None:
            plans[each.move] = each.plan
        taken.setdefault(each.move, {}).setdefault(each.step, set()).add(each.site)
    moves = [
        Move(plan, {step: frozenset(sites) for step, sites in taken[move].items()}) for move, plan in plans.items()
    ]
    return Register(first, tuple(sorted(moves, key=lambda move: (move.plan.epoch, str(move.plan.move)))))
