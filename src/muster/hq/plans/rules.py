"""Who may do what with plans; the database keeps to the same."""

from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.people.models import Account
from muster.hq.people.viewing import owner_for
from muster.hq.plans.choices import State
from muster.hq.plans.models import Plan

OPEN_STATES = frozenset({State.MADE, State.IN_REVIEW})
"""States from which a plan goes on."""


def may_make(account: Account) -> bool:
    """Whether an account makes plans: the headquarters."""
    return owner_for(account) == HEADQUARTERS


def may_send(account: Account, plan: Plan) -> bool:
    """Whether an account sends a plan to the nations whose lines are in it."""
    return may_make(account) and plan.state == State.MADE


def may_speak(account: Account, plan: Plan) -> bool:
    """Whether an account says what its nation thinks of its part of a plan."""
    owner = owner_for(account)
    return bool(owner) and owner != HEADQUARTERS and plan.state in {State.IN_REVIEW, State.PROPOSED}


def may_propose(account: Account, plan: Plan) -> bool:
    """Whether an account proposes a plan for release."""
    return may_make(account) and plan.state in OPEN_STATES


def may_release(account: Account, plan: Plan) -> bool:
    """Whether an account releases a plan: somebody else than who proposed it."""
    return may_make(account) and plan.state == State.PROPOSED and plan.proposed_by != account.get_username()


def may_take_back(account: Account, plan: Plan) -> bool:
    """Whether an account takes a proposal back."""
    return may_make(account) and plan.state == State.PROPOSED


def may_set_aside(account: Account, plan: Plan) -> bool:
    """Whether an account sets a plan aside; one that is released stays."""
    return may_make(account) and plan.state in OPEN_STATES
