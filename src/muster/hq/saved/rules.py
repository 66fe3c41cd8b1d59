"""Who may save views."""

from muster.hq.people.models import Account
from muster.hq.people.viewing import owner_for


def may_save(account: Account) -> bool:
    """Whether an account saves views: one that writes rows, since what is saved is a row of its owner."""
    return bool(owner_for(account))
