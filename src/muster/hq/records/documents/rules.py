"""Who may do what with documents; the database keeps to the same."""

from muster.hq.people.models import Account
from muster.hq.people.viewing import owner_for
from muster.hq.records.documents.models import Document


def may_add(account: Account) -> bool:
    """Whether an account adds documents: posts of nations for their nation, planners for the headquarters."""
    return bool(owner_for(account))


def may_change(account: Account, document: Document) -> bool:
    """Whether an account changes a document, or says who may see it: its owner, and nobody else."""
    return owner_for(account) == document.owner
