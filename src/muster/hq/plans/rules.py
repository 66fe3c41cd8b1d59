"""Who may do what with offers; the database keeps to the same."""

from muster.hq.people.models import Account
from muster.hq.plans.models import Offer


def may_enter(account: Account) -> bool:
    """Whether an account enters offers at all: those of its own nation."""
    return account.post.nation_id is not None


def may_change(account: Account, offer: Offer) -> bool:
    """Whether an account changes an offer: the nation that owns it, and nobody else."""
    return account.post.nation_id == offer.owner


def may_label(account: Account, offer: Offer) -> bool:
    """Whether an account says who may see an offer: originator control."""
    return may_change(account, offer)
