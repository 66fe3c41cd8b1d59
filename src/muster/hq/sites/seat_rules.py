"""Which step a site may take next: by what it knows, and nothing else."""

from collections.abc import Callable, Mapping
from typing import Final

from muster.hq.sites.seat import Move, Register, Step


def may_plan(known: Register, site: str, to: str, voters: frozenset[str], *, takes_over: bool) -> bool:
    """Whether a site may plan a move: the seat hands over to another site, or another site takes over for itself."""
    if to not in voters or site not in voters or len(voters) < 2:
        return False
    if takes_over:
        return site == to != known.seat
    return site == known.seat != to and not any(move.plan.leaves == site for move in known.live)


def may_take(step: Step, known: Register, move: Move, site: str) -> bool:
    """Whether a site may take a step of a move that was planned."""
    if move not in known.live or site not in move.plan.voters or site in move.by(step):
        return False
    allowed = _ALLOWED.get(step)
    return allowed is not None and allowed(known, move, site)


def _may_freeze(_: Register, move: Move, site: str) -> bool:
    return site == move.plan.leaves and not move.plan.declaration


def _may_prove(_: Register, move: Move, site: str) -> bool:
    return site == move.plan.to and move.plan.leaves in move.by(Step.FROZEN)


def _may_sign(_: Register, move: Move, site: str) -> bool:
    if move.plan.declaration:
        return site == move.plan.to
    return site in {move.plan.leaves, move.plan.to} and bool(move.by(Step.PROVED))


def _may_accept(known: Register, move: Move, site: str) -> bool:
    """A site that has accepted a move accepts no other one of this epoch, nor of an earlier one."""
    bound = max((each.plan.epoch for each in known.moves if site in each.by(Step.ACCEPTED)), default=0)
    return move.is_signed and move.plan.epoch > bound


def _may_open(_: Register, move: Move, site: str) -> bool:
    return site == move.plan.to and move.is_signed and move.is_accepted


def _may_call_off(_: Register, move: Move, site: str) -> bool:
    """Whoever planned it, until they have signed: after that it may be open elsewhere already."""
    planner = move.plan.to if move.plan.declaration else move.plan.leaves
    return site == planner and site not in move.by(Step.SIGNED)


_ALLOWED: Final[Mapping[Step, Callable[[Register, Move, str], bool]]] = {
    Step.FROZEN: _may_freeze,
    Step.PROVED: _may_prove,
    Step.SIGNED: _may_sign,
    Step.ACCEPTED: _may_accept,
    Step.OPENED: _may_open,
    Step.CALLED_OFF: _may_call_off,
}
