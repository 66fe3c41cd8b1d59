"""Who may do what with rows; the database keeps to the same."""

from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.people.models import Account
from muster.hq.people.viewing import owner_for
from muster.hq.scenario.models import Row
from muster.hq.scenario.tables import NATIONAL, OFFERS


def may_enter(account: Account, table: str) -> bool:
    """Whether an account enters rows in a table: a nation its own, the headquarters all others.

    Offers are entered by nations alone: nobody speaks for them.
    """
    owner = owner_for(account)
    return table != OFFERS if owner == HEADQUARTERS else bool(owner) and table in NATIONAL


def may_change(account: Account, row: Row) -> bool:
    """Whether an account changes a row, or says who may see it: its owner, and nobody else."""
    return owner_for(account) == row.owner


def may_keep_versions(account: Account) -> bool:
    """Whether an account keeps versions of what it sees."""
    return bool(owner_for(account))
