"""Whose picture a post looks at."""

from dataclasses import dataclass

from muster.hq.people.choices import STAFF, Role
from muster.hq.people.models import Account


@dataclass(frozen=True, slots=True)
class Side:
    """From whose side a plan is looked at.

    Attributes
    ----------
    nation
        Whose part is shown; None is the whole force.
    """

    nation: str | None


def find_side(account: Account) -> Side | None:
    """The side of an account: staff of the headquarters see the whole force, liaison officers the part of their nation.

    None is for posts that look at no plan: observers and administrators.
    """
    if account.post.role in STAFF:
        return Side(nation=None)
    if account.post.role == Role.LIAISON and account.post.nation_id is not None:
        return Side(nation=account.post.nation_id)
    return None
