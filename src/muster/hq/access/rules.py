"""Who may hold keys, and whose reading is counted."""

from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.people.models import Account
from muster.hq.people.viewing import owner_for


def may_hold_keys(account: Account) -> bool:
    """Whether programs may ask as an account: posts of the headquarters and of nations, whose acts are recorded."""
    return bool(owner_for(account))


def is_counted(account: Account) -> bool:
    """Whether it is counted how many rows an account takes out: that of everybody but the headquarters."""
    return owner_for(account) != HEADQUARTERS
